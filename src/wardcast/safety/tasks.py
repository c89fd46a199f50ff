"""The durable work of this room."""

from datetime import timedelta

from wardcast.platform import jobs
from wardcast.safety import actions, consents, keeping
from wardcast.safety.actions import EXAMINE


@jobs.task(EXAMINE, queue="check")
def examine(job: jobs.JobView) -> None:
    """Examines the version that the job is about."""
    actions.examine(job.subject)


@jobs.task("safety.consents", each=timedelta(days=1))
def look_at_consents(job: jobs.JobView) -> None:
    """Tells of consents that end soon, and acts upon those that are over."""
    consents.look_at_ends()


@jobs.task("safety.words", each=timedelta(days=1))
def destroy_old_words(job: jobs.JobView) -> None:
    """Destroys what checks found and recognisers heard, once it has been kept for long enough."""
    keeping.destroy_old_words()
