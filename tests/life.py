"""One post's whole life over the API, in steps that tests and drills put together.

Each step waits for what the house promises to do, and goes on after a restart: what was
acknowledged before is not asked for again.
"""

import uuid
from dataclasses import dataclass, field
from typing import Any

from house import House, Person, eventually

CAPTIONS = """WEBVTT

00:00.000 --> 00:01.500
Wash your hands for twenty seconds.

00:01.500 --> 00:03.000
{line}
"""
CLEAN = "Do not forget your thumbs."
LEAKING = "Mister Okafor was seen in room 412."

FINE = {
    "butt": False,
    "recognise": False,
    "laughed_at": False,
    "imitates": False,
    "workplace": False,
    "waiting_room": True,
}
"""The answers of someone who minds nothing."""


@dataclass
class Cast:
    """The people of a house: all fictional, all signed in."""

    house: House
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        return self.people[name]

    def guest(self) -> Person:
        """Someone without an account, at a device of their own."""
        guest = Person(self.house, "a guest")
        guest.ask("GET", "/")  # the page gives the token that the API asks for
        return guest


def move_in(house: House, *viewers: str) -> Cast:
    """Ada runs the house, Dev moderates, Ana and Ines are verified clinicians who follow each
    other; `viewers` follow Ana."""
    cast = Cast(house)
    for name in ("ada", "dev", "ana", "ines", *viewers):
        cast.people[name] = Person(house, name).sign_up()
    house.manage("createadmin", "--email", "ada@wardcast.example")
    ids = {name: person.get("me")["id"] for name, person in cast.people.items()}
    for name, specialty in (("ana", "pneumology"), ("ines", "cardiology")):
        cast.ada.post(
            f"console/people/{ids[name]}/verify",
            {"profession": "physician", "specialty": specialty, "how": "register looked up"},
        )
    cast.ada.post(f"console/people/{ids['dev']}/roles", {"moderator": True, "admin": False})
    cast.ana.post("people/ines/follow")
    for name in ("ines", *viewers):
        cast.people[name].post("people/ana/follow")
    return cast


def upload(author: Person, clip: bytes, name: str = "clip.mp4") -> str:
    """Uploads a clip; gives the draft's id, also when an earlier try was acknowledged and lost."""
    answer = author.ask("PUT", "uploads", clip, query={"name": name})
    if answer.status == 409 and answer.body["code"] == "duplicate_upload":
        return str(answer.body["post_id"])
    assert answer.status == 201, answer
    return str(answer.body["post_id"])


def describe(
    author: Person,
    post_id: str,
    *,
    title: str = "Twenty seconds",
    line: str = CLEAN,
    lane: str = "lesson",
) -> None:
    """Writes what belongs to the clip."""
    author.patch(
        f"studio/posts/{post_id}", {"title": title, "text": "Wash your hands.", "lane": lane}
    )
    author.put(f"studio/posts/{post_id}/captions/en", {"text": CAPTIONS.format(line=line)})


def check(author: Person, post_id: str) -> dict[str, Any]:
    """Has the draft checked and gives the report, once there is one and the clip can be played."""
    answer = author.ask("POST", f"studio/posts/{post_id}/check")
    assert answer.status < 300 or answer.body["code"] == "already_submitted", answer
    return report(author, post_id)


def report(author: Person, post_id: str) -> dict[str, Any]:
    """The report of the working version, once it is examined and rendered."""

    def look() -> dict[str, Any] | None:
        post = author.get(f"studio/posts/{post_id}")
        steps = {step["step"]: step["state"] for step in post["way"]}
        if steps.get("rendered") != "done" or post["working"] is None:
            return None
        said = author.ask("GET", f"versions/{post['working']['id']}/report")
        return said.body if said.status == 200 else None

    found: dict[str, Any] = eventually(
        look, every=0.3, what=f"post {post_id} is rendered and examined"
    )
    return found


def attest(author: Person, second: Person, version_id: str) -> None:
    """The author says that what is heard is theirs and attests what was not checked, a second
    clinician agrees."""
    for finding in author.get(f"versions/{version_id}/report")["findings"]:
        if finding["channel"] == "voices" and finding["mark"] is None:
            body = {"finding_id": finding["id"], "action": "mine"}
            author.post(f"versions/{version_id}/marks", body)
    author.post(f"versions/{version_id}/attest", {"statement": True, "ask": second.get("me")["id"]})
    second.post(f"versions/{version_id}/second-attest", {"agrees": True, "note": ""})


def ask(author: Person, colleague: Person, version_id: str) -> None:
    """Asks a colleague how it lands, as soon as the rehearsal is open."""

    def opened() -> bool:
        return author.ask("GET", f"versions/{version_id}/rehearsal").status == 200

    eventually(opened, what="the rehearsal opens")
    me = colleague.get("me")["id"]
    author.ask("POST", f"versions/{version_id}/rehearsal/invite", {"user_ids": [me]})


def rehearse(author: Person, colleague: Person, version_id: str) -> None:
    """A colleague is asked, and minds nothing."""
    ask(author, colleague, version_id)
    duty = next(
        each for each in colleague.get("duties")["rehearse"] if each["version_id"] == version_id
    )
    asked = colleague.get(f"rehearsals/{duty['rehearsal_id']}")
    colleague.post(
        f"rehearsals/{duty['rehearsal_id']}/answer",
        {
            "answers": FINE,
            "line": "",
            "moment_ms": None,
            "watched_ms": asked["version"]["duration_ms"],
        },
    )


def publish(author: Person, version_id: str) -> None:
    """Publishes once every clearance is there."""

    def done() -> bool:
        return author.ask("POST", f"versions/{version_id}/publish").status == 200

    eventually(done, every=0.3, what=f"version {version_id} is public")


def bring(author: Person, clip: bytes, *, title: str, lane: str = "lesson") -> str:
    """Brings a clip and hands it to the check, without waiting for it; gives the post's id."""
    post_id = upload(author, clip)
    describe(author, post_id, title=title, lane=lane)
    author.post(f"studio/posts/{post_id}/check")
    return post_id


def see_through(author: Person, colleague: Person, post_id: str) -> str:
    """From the check on to the public; gives the version's id."""
    found = report(author, post_id)
    version_id = str(found["version"]["id"])
    attest(author, colleague, version_id)
    if author.get(f"studio/posts/{post_id}")["lane"] != "off_duty":
        rehearse(author, colleague, version_id)
    publish(author, version_id)
    return version_id


def watch(viewer: Person, version_id: str) -> dict[str, Any]:
    """Finds the clip in the feed and plays it to its end; gives its card."""
    cursor = ""
    while True:
        page = viewer.get("feed", kind="for_you", cursor=cursor)
        assert page["kind"] == "clips", page
        for item in page["items"]:
            card: dict[str, Any] = item["card"]
            if card["version_id"] == version_id:
                beacon = {"id": str(uuid.uuid4()), "version_id": version_id, "kind": "finished"}
                viewer.post("beacons", {"events": [{**beacon, "at_ms": card["duration_ms"]}]})
                return card
        cursor = page["next"]
        assert cursor, f"{viewer.name} was never shown {version_id}"


def correct(
    by: Person,
    version_id: str,
    severity: str = "correct",
    span: dict[str, int] | None = None,
) -> str:
    """Opens a notice on a version, or on a part of it (`start_ms`, `end_ms`); gives its id."""
    said = by.post(
        f"versions/{version_id}/notices",
        {
            "severity": severity,
            "what_right": "Keep taking the inhaler, also on days without symptoms.",
            "what_wrong": "I said that you can stop when you feel well.",
            "what_now": "The clip stays up with this correction.",
            "apology": "I mixed the two up, and I am sorry.",
            "span": span,
        },
    )
    return str(said["notice_id"])


def owed(viewer: Person) -> list[str]:
    """The notices that come before this viewer's next video."""
    page = viewer.get("feed", kind="for_you")
    return [notice["id"] for notice in page["notices"]] if page["kind"] == "must_see" else []


def acknowledge(viewer: Person, *notice_ids: str) -> None:
    """Sees the card and says that it was read."""
    viewer.post("notices/shown", {"ids": list(notice_ids)})
    viewer.post("notices/acknowledge", {"ids": list(notice_ids)})
