"""What recall does later: seal a cohort once no address handed out before still works, and pack
exposures that have come to rest; count what a notice has reached, each day."""

from wardcast.platform import jobs
from wardcast.recall import actions, resting


@jobs.task(actions.SEAL)
def seal(job: jobs.JobView) -> None:
    """Seals the cohort of the notice that the job is about."""
    actions.seal(job.subject)


@jobs.task(actions.COUNT)
def count(job: jobs.JobView) -> None:
    """Writes into the log what the notice that the job is about has reached."""
    actions.count(job.subject)


@jobs.task(resting.PACK)
def pack(job: jobs.JobView) -> None:
    """Packs new exposures while there are many."""
    resting.pack_many()
