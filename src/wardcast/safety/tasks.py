"""The durable work of this room."""

from wardcast.platform import jobs
from wardcast.safety import actions
from wardcast.safety.hearing import EXAMINE


@jobs.task(EXAMINE, queue="check")
def examine(job: jobs.JobView) -> None:
    """Examines the version that the job is about."""
    actions.examine(job.subject)
