"""Work of the rehearsals that waits for its time."""

from wardcast.platform import jobs
from wardcast.platform.jobs import JobView
from wardcast.rehearsal import actions


@jobs.task(actions.OVERDUE)
def tell_overdue(job: JobView) -> None:
    """Tells the host's named person of a rehearsal that may be released."""
    actions.tell_overdue(job.subject)
