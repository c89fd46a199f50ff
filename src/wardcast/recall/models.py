"""The ledger of who was served what, notices, and receipts for them.

The ledger knows viewers by number alone. New exposures are rows keyed by (viewer, version), with
times in milliseconds since 1970; after a while they are packed into `History` and `Audience`, the
largest tables of the house.
"""

from typing import ClassVar

from django.db import models

from wardcast.platform.ids import new_id
from wardcast.recall import closing, rules


class Exposure(models.Model):
    """A viewer was served a version, as it is known since it was last packed. Once a pair, however
    often; the level only rises."""

    class Level(models.IntegerChoices):
        """How much is known to have been played. Who is owed a correction does not depend on it."""

        SERVED = 0
        FRAME = 1
        TWO_SECONDS = 2
        FINISHED = 3

    pk = models.CompositePrimaryKey("viewer", "version_serial")
    viewer = models.IntegerField()
    version_serial = models.IntegerField()
    level = models.SmallIntegerField(choices=Level)
    known = models.SmallIntegerField(default=0)
    first_at = models.BigIntegerField()
    last_at = models.BigIntegerField()
    played = models.BinaryField(default=bytes)


class History(models.Model):
    """Exposures of one viewer that have come to rest, about 1 kB of them (`packing`)."""

    pk = models.CompositePrimaryKey("viewer", "part")
    viewer = models.IntegerField()
    part = models.IntegerField()
    data = models.BinaryField()


class Audience(models.Model):
    """The viewers of one version whose exposures have come to rest, about 1 kB of them."""

    pk = models.CompositePrimaryKey("version_serial", "part")
    version_serial = models.IntegerField()
    part = models.IntegerField()
    data = models.BinaryField()


class LedgerState(models.Model):
    """One row: who packs or erases holds it; counts how often something was erased."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    erasures = models.IntegerField(default=0)


class BeaconSeen(models.Model):
    """An event that was counted, by the id that the client gave it."""

    id = models.UUIDField(primary_key=True)
    at = models.BigIntegerField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["at"], name="beacon_age")]


class Notice(models.Model):
    """What was wrong with a version and what is right, said to everyone who was served it.

    `by` is who says so and signs; `privacy` means that the words of what was wrong would repeat
    the leak, so that neither they nor the post's title are shown. `corrects` is an earlier notice
    on the same version that was wrong itself, `passed_from` the notice on a video that this one was
    made from.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    post_id = models.UUIDField(db_index=True)
    version_id = models.UUIDField(db_index=True)
    post_number = models.IntegerField()
    version_serial = models.IntegerField()
    author_id = models.UUIDField()
    severity = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in rules.Severity]
    )
    span_start_ms = models.PositiveIntegerField(null=True)
    span_end_ms = models.PositiveIntegerField(null=True)
    what_right = models.CharField(max_length=rules.HEADLINE_CHARS)
    what_wrong = models.CharField(max_length=rules.TEXT_CHARS, blank=True)
    what_now = models.CharField(max_length=rules.TEXT_CHARS, blank=True)
    apology = models.CharField(max_length=rules.TEXT_CHARS, blank=True)
    privacy = models.BooleanField(default=False)
    by = models.UUIDField()
    at = models.DateTimeField()
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrected_by")
    passed_from = models.ForeignKey("self", models.PROTECT, null=True, related_name="passed_to")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(severity="note") | ~models.Q(apology=""),
                name="a_correction_apologises",
            ),
            models.CheckConstraint(
                condition=models.Q(span_start_ms=None, span_end_ms=None)
                | models.Q(span_end_ms__gt=models.F("span_start_ms")),
                name="a_span_has_a_length",
            ),
        ]


class NoticeDraft(models.Model):
    """A notice that the house asks somebody to send, such as when a consent was withdrawn.

    `because` is the id of what asks for it, `notice` the one that was opened in its place. Its
    words are the rules': the same for all, since they must restate nothing.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    post_id = models.UUIDField(db_index=True)
    version_id = models.UUIDField()
    because = models.UUIDField()
    severity = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in rules.Severity]
    )
    at = models.DateTimeField()
    notice = models.ForeignKey(Notice, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version_id", "because"], name="one_draft_a_cause")
        ]


class Cohort(models.Model):
    """Who owes a notice: every viewer first served the version before the cohort was sealed.

    One row a notice and none a viewer; a `note` has no cohort, since nobody owes it. Unsealed, the
    cohort is open: whoever is served the version meanwhile owes it as well. With a span, who is
    known not to have played any of it is no part of the cohort. `reminded_at`: since when everyone
    who was to be reminded by mail has been; `knocked_at` likewise for browsers. From
    `terminated_at` on nobody owes it (`Termination`).
    """

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="cohort")
    post_number = models.IntegerField()
    version_serial = models.IntegerField()
    span_start_ms = models.PositiveIntegerField(null=True)
    span_end_ms = models.PositiveIntegerField(null=True)
    opened_at = models.BigIntegerField()
    sealed_at = models.BigIntegerField(null=True)
    reminded_at = models.BigIntegerField(null=True)
    knocked_at = models.BigIntegerField(null=True)
    terminated_at = models.BigIntegerField(null=True)


class Termination(models.Model):
    """The end of a recall: what it had reached, which is never counted again, and why it ended.

    `by` is who ended it, or None where the house did by its own rule; `coverage` is as `frozen`
    writes it.
    """

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="ending")
    at = models.BigIntegerField()
    because = models.CharField(
        max_length=20, choices=[(each.value, each.value) for each in closing.Because]
    )
    words = models.CharField(max_length=300)
    by = models.UUIDField(null=True)
    goal = models.FloatField()
    coverage = models.JSONField()


class Receipt(models.Model):
    """A viewer's client reported the notice painted, and later that it was read."""

    pk = models.CompositePrimaryKey("notice_id", "viewer")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="receipts")
    viewer = models.IntegerField()
    shown_at = models.BigIntegerField()
    acknowledged_at = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["viewer"], name="receipt_viewer")]


class Reminder(models.Model):
    """An account was sent a mail that names the notice: written before the mail leaves, so that no
    second one does."""

    pk = models.CompositePrimaryKey("notice_id", "viewer")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="reminders")
    viewer = models.IntegerField()
    at = models.BigIntegerField()


class Knock(models.Model):
    """A viewer's browsers were told that something waits, the notice among it: written before."""

    pk = models.CompositePrimaryKey("notice_id", "viewer")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="knocks")
    viewer = models.IntegerField()
    at = models.BigIntegerField()


class AskedLater(models.Model):
    """What the author of a notice asks some of its readers later: what is right, and statements
    that are not (`asking`)."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="question")
    right = models.CharField(max_length=rules.HEADLINE_CHARS)
    wrong = models.JSONField()


class Effect(models.Model):
    """The effectiveness check of a notice: who draws below `bar` by `root` is asked, `most` at
    most, and how the answers were. It knows nobody."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="effect")
    root = models.CharField(max_length=64)
    bar = models.BigIntegerField()
    most = models.PositiveIntegerField()
    asked = models.PositiveIntegerField(default=0)
    right = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)


class Asked(models.Model):
    """A viewer was asked whether the correction arrived, and never is again; not what they
    answered. `done`: they answered, or would rather not."""

    pk = models.CompositePrimaryKey("notice_id", "viewer")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="asked")
    viewer = models.IntegerField()
    done = models.BooleanField(default=False)


class Departed(models.Model):
    """Some of the exposed whose exposures are gone: counted still, nameless and numberless."""

    id = models.BigAutoField(primary_key=True)
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="departed")
    group = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in rules.Group]
    )
    outcome = models.CharField(
        max_length=12, choices=[(each.value, each.value) for each in rules.Outcome]
    )
    told_at = models.BigIntegerField(null=True)
    why = models.CharField(
        max_length=10,
        choices=[(each.value, each.value) for each in rules.Lost],
        default=rules.Lost.ERASED,
    )
    count = models.PositiveIntegerField(default=1)


class Expired(models.Model):
    """How many exposures of a version were erased because nothing needed them any more: exposed
    all the same, for a notice that is opened later."""

    pk = models.CompositePrimaryKey("version_serial", "group")
    version_serial = models.IntegerField()
    group = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in rules.Group]
    )
    count = models.PositiveIntegerField()


class Viewed(models.Model):
    """How often a version was served to who has no number: a count, and nobody behind it. `door`:
    the house's own feed and pages, or pages elsewhere that show it."""

    pk = models.CompositePrimaryKey("version_serial", "door")
    version_serial = models.IntegerField()
    door = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in rules.Door]
    )
    count = models.BigIntegerField()


class Beside(models.Model):
    """What stands beside a notice's sum: how often its version had been served without a number
    when the cohort was sealed (None until then), and how often browsers that remember by themselves
    have shown the notice."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="beside")
    feed = models.BigIntegerField(null=True)
    embed = models.BigIntegerField(null=True)
    shown = models.BigIntegerField(default=0)


class Subscriber(models.Model):
    """An address that gets the corrections of this house, since whoever reads its mail asked for
    them. Not a person: nothing ties it to an account, or to what anybody watched."""

    address = models.EmailField(unique=True)
    told_until = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)


class LogEntry(models.Model):
    """An entry of a notice's log as it was written, and the signed root over all until this one."""

    pk = models.CompositePrimaryKey("notice_id", "number")
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="log")
    number = models.IntegerField()
    text = models.TextField()
    root = models.CharField(max_length=64)
    at = models.CharField(max_length=40)
    signature = models.CharField(max_length=128)


class LogCohort(models.Model):
    """The leaves of a sealed cohort, 32 bytes each, in order."""

    notice = models.OneToOneField(Notice, models.PROTECT, primary_key=True, related_name="leaves")
    leaves = models.BinaryField()
