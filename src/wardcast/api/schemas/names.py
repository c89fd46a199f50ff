"""Words of the house that the API spells out one by one, so that clients know them all."""

from typing import Literal

Lane = Literal["lesson", "patient_story", "humour", "off_duty"]
"""What an author files a post under."""

Part = Literal["colleague", "lay"]
"""As whom somebody is asked to answer a rehearsal."""

Waiver = Literal["rehearsal", "second_attestation"]
"""What a host's standing consent may leave out."""
