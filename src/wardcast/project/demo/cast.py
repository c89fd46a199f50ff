"""The people of the demo. All of them are fictional."""

from dataclasses import dataclass
from uuid import UUID

from wardcast.accounts import actions, queries
from wardcast.platform.policy import Actor

PASSWORD = "ward-cast-demo"  # noqa: S105  # printed in the README: the demo's doors are open


@dataclass(frozen=True, slots=True)
class Role:
    """Who someone is. `specialty` and `profession` are empty for those who are no clinicians."""

    handle: str
    name: str
    bio: str
    profession: str = ""
    specialty: str = ""


ROLES = (
    Role("ada", "Ada Admin", "Runs this house."),
    Role("ana", "Ana Moreau", "Lungs, winters, and how to breathe.", "physician", "pneumologist"),
    Role("ines", "Ines Duarte", "Hearts. Off duty: one dog.", "physician", "cardiologist"),
    Role("noor", "Noor Haddad", "Skin, sun and small jokes.", "nurse practitioner", "dermatology"),
    Role("dev", "Dev Rao", "Moderates here."),
    Role("mara", "Mara Lind", "The host's named person."),
    Role("ben", "Ben Ito", "Learns something every day."),
    Role("cleo", "Cleo King", "Watches on the bus."),
    Role("finn", "Finn Berg", ""),
    Role("gia", "Gia Costa", ""),
    Role("hana", "Hana Sato", ""),
)
FOLLOWS = (
    ("ines", "ana"),
    ("ana", "ines"),
    ("noor", "ana"),
    ("noor", "ines"),
    ("ines", "noor"),
    ("ben", "ana"),
    ("ana", "ben"),
    ("cleo", "ana"),
    ("ben", "noor"),
    ("finn", "ines"),
    ("noor", "gia"),
    ("gia", "noor"),
)

Cast = dict[str, UUID]


def lives_here() -> bool:
    """Whether the demo's people moved in before."""
    return queries.id_of("ana") is not None


def move_in() -> Cast:
    """Makes the people, their credentials and who follows whom."""
    cast = {
        role.handle: actions.create_account(
            handle=role.handle,
            email=f"{role.handle}@wardcast.example",
            name=role.name,
            password=PASSWORD,
        )
        for role in ROLES
    }
    actions.make_admin(cast["ada"])
    actions.set_roles(cast["ada"], cast["dev"], moderator=True, admin=False)
    actions.change_host(
        cast["ada"], name="Harbour Street Practice", contact="desk@wardcast.example"
    )
    actions.set_named_person(cast["ada"], cast["mara"])
    for role in ROLES:
        if role.profession:
            actions.verify(
                cast["ada"], cast[role.handle], role.profession, role.specialty, "demo register"
            )
        if role.bio:
            actions.update_profile(cast[role.handle], bio=role.bio)
    for follower, followed in FOLLOWS:
        actions.follow(cast[follower], cast[followed])
    return cast


def viewer(cast: Cast, handle: str) -> Actor:
    """Someone of the cast, able to watch."""
    return queries.actor_of(cast[handle])
