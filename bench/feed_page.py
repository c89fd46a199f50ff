"""What a page of the feed costs: ten clips for a person, out of 10,000 by 100 authors.

The house has 1,000 people, 20 open corrections that are not owed, and a history for everyone who
asks. A request goes through the whole stack as a server calls it (WSGI, every middleware, session,
policy, ledger written and synced). Baseline: a Django view without any middleware that answers
"ok", called in the same way in the same run.

Run: `python bench/feed_page.py [videos] [people]`.
"""

import random
import statistics
import sys
import time
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import orjson
from figures import house, note, tell

GOAL_MS = 4.0
COLD_GOAL_MS = 10.0
AUTHORS = 100
READERS = 60
SESSION_PAGES = 6
CORRECTIONS = 20
HISTORY = 200


def main() -> int:
    videos = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    people = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    with house():
        note(f"making {videos:,} videos and {people:,} people")
        cookies = fill(videos, people)
        feed, bare = applications()
        readers = dict.fromkeys(cookies, "")
        note("asking for pages: the first ones, with nothing kept in memory")
        cold, floor = measure(feed, bare, readers)
        note("asking for pages: the same sessions again")
        warm, same = measure(feed, bare, readers)
    say(f"CPU of a feed page of 10, {videos:,} videos", warm, same, GOAL_MS)
    say("CPU of a feed page after a start, cards not made", cold, floor, COLD_GOAL_MS)
    return 0


def say(name: str, pages: list[float], floor: list[float], goal: float) -> None:
    """Prints the mean of the pages beside that of the bare view."""
    value, baseline = statistics.mean(pages) * 1000, statistics.mean(floor) * 1000
    tell(name, value, "ms", baseline, f"≤ {goal} ms", value <= goal)


def measure(feed: Any, bare: Any, cursors: dict[str, str]) -> tuple[list[float], list[float]]:
    """CPU seconds of each page and of each answer of the bare view, taken in turns. Everyone reads
    on from where their last page ended, and begins anew at the end of the session."""
    pages: list[float] = []
    floor: list[float] = []
    for cookie in list(cursors) * SESSION_PAGES:
        before = time.process_time()
        body = call(feed, "/api/v1/feed", cookie, f"cursor={cursors[cookie]}")
        between = time.process_time()
        call(bare, "/bare", cookie)
        floor.append(time.process_time() - between)
        pages.append(between - before)
        found = orjson.loads(body)
        if len(found["items"]) != 10:
            raise SystemExit(f"not a page of ten: {body[:300]!r}")
        cursors[cookie] = found["next"] or ""
    return pages, floor


def applications() -> tuple[Any, Any]:
    """The house as its server calls it, and Django with one view and no middleware."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.core.wsgi import get_wsgi_application
    from django.http import HttpRequest, HttpResponse
    from django.test import override_settings
    from django.urls import path

    from wardcast.project import urls

    def bare(request: HttpRequest) -> HttpResponse:
        return HttpResponse("ok")

    urls.urlpatterns.insert(0, path("bare", bare))
    with override_settings(MIDDLEWARE=[]):
        alone = WSGIHandler()
    return get_wsgi_application(), alone


def call(handler: Any, path: str, cookie: str, query: str = "") -> bytes:
    """The body of a GET request that must succeed."""
    said: list[str] = []

    def start(status: str, headers: object, problem: object = None) -> None:
        said.append(status)

    answer = handler(environ(path, cookie, query), start)
    body = b"".join(answer)
    answer.close()
    if said != ["200 OK"]:
        raise SystemExit(f"{path} answered {said}: {body[:300]!r}")
    return body


def environ(path: str, cookie: str, query: str) -> dict[str, Any]:
    """A request as WSGI describes it."""
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "8000",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost:8000",
        "HTTP_COOKIE": cookie,
        "HTTP_ACCEPT": "application/json",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(b""),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def fill(videos: int, people: int) -> list[str]:
    """Makes the house; answers the cookies of those who read."""
    from wardcast.platform import clock

    dice = random.Random(7)
    now = clock.now()
    users, numbers = make_people(people, now)
    authors = users[:AUTHORS]
    make_follows(users, authors, dice, now)
    versions = make_videos(videos, authors, dice, now)
    readers = list(zip(users, numbers, strict=True))[AUTHORS : AUTHORS + READERS]
    make_history(versions, [number for _, number in readers], dice, now)
    make_corrections(versions, now)
    return [sign_in(user) for user, _ in readers]


def make_people(people: int, now: datetime) -> tuple[list[UUID], list[int]]:
    from wardcast.accounts.models import AccountViewer, Credential, User, Viewer

    users = [
        User(handle=f"person{n}", email=f"person{n}@example.org", name=f"Person {n}", password="!")
        for n in range(people)
    ]
    save(users)
    save(
        Credential(
            user=user, profession="physician", specialty="surgery", checked_how="x", checked_at=now
        )
        for user in users[:AUTHORS]
    )
    save(Viewer(number=n + 1, kind="account", created_at=now) for n in range(people))
    save(AccountViewer(user_id=user.pk, viewer_id=n + 1) for n, user in enumerate(users))
    return [user.pk for user in users], list(range(1, people + 1))


def make_follows(
    users: Sequence[UUID], authors: Sequence[UUID], dice: random.Random, now: datetime
) -> None:
    from wardcast.accounts.models import Follow

    save(
        Follow(follower_id=user, followed_id=author, at=now)
        for user in users
        for author in dice.sample(authors, 20)
        if author != user
    )


def make_videos(
    videos: int, authors: Sequence[UUID], dice: random.Random, now: datetime
) -> list[tuple[int, int, UUID, UUID]]:
    """Public posts as publication leaves them; (post number, serial, post, version) of each."""
    from wardcast.conversation.models import Counts
    from wardcast.feed.models import Candidate
    from wardcast.feed.rules import score
    from wardcast.gate.edits import NO_EDITS
    from wardcast.media.models import Asset, Publication, Render
    from wardcast.platform import ids
    from wardcast.posts.models import Post, Standing, Version

    edits = NO_EDITS.to_json()
    rows: dict[type, list[Any]] = {
        kind: []
        for kind in (Asset, Render, Post, Version, Standing, Publication, Counts, Candidate)
    }
    made = []
    for n in range(1, videos + 1):
        author = dice.choice(authors)
        at = now - timedelta(minutes=30 * (videos - n))
        likes = int(dice.paretovariate(1.2)) - 1
        asset = Asset(
            owner_id=author,
            kind="original",
            name="clip.mp4",
            size=1,
            sha256=f"{n:064x}",
            sealed_ref="-",
            state="ready",
            created_at=at,
        )
        render = Render(
            asset=asset,
            edits=edits,
            edits_hash="0" * 64,
            state="ready",
            duration_ms=20_000,
            width=1080,
            height=1920,
            clip_sha256=f"{n:064x}",
            created_at=at,
        )
        words = {"title": f"Lesson {n}", "text": "Keep taking it, also on good days. " * 4}
        post = Post(
            number=n,
            author_id=author,
            state="public",
            edits=edits,
            asset=asset,
            created_at=at,
            updated_at=at,
            published_at=at,
            **words,
        )
        version = Version(
            post=post,
            number=1,
            serial=n,
            hash=f"{n:064x}",
            state="public",
            edits=edits,
            lane="lesson",
            render=render,
            render_hash=f"{n:064x}",
            created_at=at,
            public_at=at,
            **words,
        )
        rows[Asset].append(asset)
        rows[Render].append(render)
        rows[Post].append(post)
        rows[Version].append(version)
        rows[Standing].append(Standing(version=version))
        rows[Publication].append(
            Publication(
                render=render,
                version_id=version.pk,
                folder=ids.public_id(),
                state="live",
                created_at=at,
                published_at=at,
            )
        )
        rows[Counts].append(Counts(post=post, likes=likes, comments=likes // 9))
        published = round(at.timestamp() * 1000)
        rows[Candidate].append(
            Candidate(
                post_id=post.pk,
                post_number=n,
                version_id=version.pk,
                version_serial=n,
                author_id=author,
                lane="lesson",
                visibility="public",
                published_at=published,
                likes=likes,
                score=score(likes, published),
            )
        )
        made.append((n, n, post.pk, version.pk))
    for some in rows.values():
        save(some)
    for post, version in zip(rows[Post], rows[Version], strict=True):
        post.current_id = post.working_id = version.pk
    Post.objects.bulk_update(rows[Post], ["current", "working"], batch_size=400)
    return made


def make_history(
    versions: Sequence[tuple[int, int, UUID, UUID]],
    viewers: Sequence[int],
    dice: random.Random,
    now: datetime,
) -> None:
    """What each reader has watched: mostly what is new."""
    from wardcast.feed.models import Seen
    from wardcast.recall.models import Exposure

    recent = versions[-HISTORY * 3 :]
    at = round(now.timestamp() * 1000)
    watched = [
        (viewer, each)
        for viewer in viewers
        for each in dice.sample(recent, min(HISTORY, len(recent)))
    ]
    save(Seen(viewer=viewer, post_number=number) for viewer, (number, *_) in watched)
    save(
        Exposure(
            version_serial=serial,
            viewer=viewer,
            level=2,
            first_at=at,
            last_at=at,
        )
        for viewer, (_, serial, *_) in watched
    )


def make_corrections(versions: Sequence[tuple[int, int, UUID, UUID]], now: datetime) -> None:
    """Open corrections of old videos that none of the readers was served."""
    from wardcast.recall.models import Cohort, Notice

    at = round(now.timestamp() * 1000)
    for number, serial, post, version in versions[:CORRECTIONS]:
        notice = Notice.objects.create(
            post_id=post,
            version_id=version,
            post_number=number,
            version_serial=serial,
            author_id=post,
            severity="correct",
            what_right="Right.",
            what_wrong="Wrong.",
            apology="Sorry.",
            by=post,
            at=now,
        )
        Cohort.objects.create(
            notice=notice, post_number=number, version_serial=serial, opened_at=at, sealed_at=at
        )


def sign_in(user_id: UUID) -> str:
    """The cookie of a browser in which this person is signed in."""
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client()
    client.force_login(get_user_model().objects.get(pk=user_id))
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def save(rows: Iterable[Any]) -> None:
    """Writes rows of one kind."""
    kept = list(rows)
    if kept:
        type(kept[0])._default_manager.bulk_create(kept, batch_size=400)


if __name__ == "__main__":
    sys.exit(main())
