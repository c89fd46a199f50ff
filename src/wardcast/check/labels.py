"""What people call channels and kinds of findings, and how sure the check is, in words."""

from collections.abc import Iterable, Mapping

from wardcast.check.language import name_of
from wardcast.check.report import translated_into

CHANNEL_LABELS: Mapping[str, str] = {
    "title": "title",
    "caption": "text beside the clip",
    "captions": "captions",
    "script": "script",
    "speech": "speech",
    "screen": "words in the picture",
    "faces": "faces",
    "voices": "voices",
    "metadata": "data in the file",
}
"""What people call the channels."""

KIND_LABELS: Mapping[str, str] = {
    "name": "A name",
    "birth_date": "A date of birth",
    "record_number": "A record number",
    "national_id": "A national number",
    "phone": "A phone number",
    "email": "An e-mail address",
    "address": "An address",
    "plate": "A number plate",
    "staff": "A colleague's name",
    "facility": "A workplace",
    "room": "A room or bed",
    "date": "A date",
    "relative_date": "A day",
    "season": "A season",
    "age_over_89": "An age over 89",
    "place": "A place",
    "postcode": "A postcode",
    "handle": "An account's name",
    "url": "A link",
    "public_figure": "A well-known name",
    "appearance": "How somebody looks",
    "circumstance": "Something unusual",
    "story": "A story that fits few people",
    "access_code": "A code for a door",
    "password": "A password",
    "home": "Your own address",
    "family": "Your own family",
    "unheard": "Something to listen to",
    "speaker": "Who speaks",
    "voice": "Another voice",
    "form": "A form in the picture",
    "face": "A face",
    "location": "Where it was recorded",
    "recorded_at": "When it was recorded",
    "device": "What it was recorded with",
    "description": "Words in the file",
}
"""What people call the kinds of findings."""


def label_of(kind: str) -> str:
    """What people call a kind of finding."""
    return KIND_LABELS.get(kind, kind.replace("_", " ").capitalize())


def sure(confidence: float) -> str:
    """A confidence, 0 to 1, in words."""
    if confidence >= 0.9:
        return "almost sure"
    return "likely" if confidence >= 0.6 else "possible"


def label_of_channel(channel: str) -> str:
    """What people call a channel."""
    language = translated_into(channel)
    if language is not None:
        return f"captions in {name_of(language)}"
    return CHANNEL_LABELS.get(channel, channel)


def listed(channels: Iterable[str]) -> str:
    """Channels as one says them: "speech, faces and voices"."""
    names = [label_of_channel(each) for each in channels]
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
