"""What recall does later: seal a cohort once no address handed out before still works, and pack
exposures that have come to rest; count what a notice has reached and erase what is too old, each
day; remind by mail and by a knock who was not back, and tell subscribers."""

from datetime import timedelta

from wardcast.platform import clock, config, jobs
from wardcast.recall import actions, departing, ending, knocking, reminding, resting, subscribing


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


@jobs.task("recall.expire", each=timedelta(days=1))
def expire(job: jobs.JobView) -> None:
    """Erases exposures that are older than the house keeps them and that nothing needs."""
    if days := config.current().keep_days:
        departing.expire(clock.now(), timedelta(days=days))


@jobs.task("recall.end", each=timedelta(days=1))
def end(job: jobs.JobView) -> None:
    """Terminates the recalls that may be, where the host lets the house do so."""
    if config.current().recall_ends_itself:
        ending.end_due(clock.now())


@jobs.task("recall.remind", each=reminding.EACH)
def remind(job: jobs.JobView) -> None:
    """Mails those who have owed something for three days and were not shown it."""
    reminding.remind(clock.now())


@jobs.task("recall.tell_subscribers", each=subscribing.EACH)
def tell_subscribers(job: jobs.JobView) -> None:
    """Mails what was corrected to those who asked for it."""
    subscribing.send(clock.now())


@jobs.task("recall.knock", each=knocking.EACH)
def knock(job: jobs.JobView) -> None:
    """Knocks at the browsers of those who have owed something for a day and were not shown it."""
    knocking.knock(clock.now())
