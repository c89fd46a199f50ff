"""A proof that was touched in any way is caught; one that was not holds, for a viewer in it too."""

import copy
import json
import os
import random
import secrets
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from wardcast.project import proofs
from wardcast.proof import merkle, verify

TAMPERED = 10_000 if os.environ.get("WARDCAST_DRILLS") == "full" else 500
Proof = dict[str, Any]

# The entries and roots of the reference implementation of RFC 6962 (certificate-transparency).
ENTRIES = [
    b"", b"\x00", b"\x10", b"\x20\x21", b"\x30\x31", b"\x40\x41\x42\x43",
    b"\x50\x51\x52\x53\x54\x55\x56\x57",
    b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
]  # fmt: skip
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# (index, size, path) of the same.
PATHS = [
    (0, 1, []),
    (0, 8, [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]),
    (5, 8, [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
]  # fmt: skip


@pytest.mark.parametrize("size", range(9))
def test_roots_are_those_of_rfc_6962(size: int) -> None:
    assert merkle.root([merkle.leaf(each) for each in ENTRIES[:size]]).hex() == ROOTS[size]


@pytest.mark.parametrize(("index", "size", "path"), PATHS)
def test_paths_are_those_of_rfc_6962(index: int, size: int, path: list[str]) -> None:
    top, steps = bytes.fromhex(ROOTS[size]), [bytes.fromhex(each) for each in path]
    assert merkle.included(merkle.leaf(ENTRIES[index]), index, size, steps, top)
    for wrong in (index + 1, index - 1):
        assert not merkle.included(merkle.leaf(ENTRIES[index]), wrong, size, steps, top)
    assert not merkle.included(merkle.leaf(b"other"), index, size, steps, top)


@given(st.lists(st.binary(max_size=8), max_size=70))
def test_the_root_is_that_of_the_definition(entries: list[bytes]) -> None:
    def defined(part: list[bytes]) -> bytes:
        if len(part) < 2:
            return sha256(b"\0" + part[0]).digest() if part else sha256(b"").digest()
        split = 1
        while split * 2 < len(part):
            split *= 2
        return sha256(b"\1" + defined(part[:split]) + defined(part[split:])).digest()

    assert merkle.root([merkle.leaf(each) for each in entries]) == defined(entries)


HOUSE, OTHER = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()


def made(
    dice: random.Random,
    members: int,
    counts: int,
    by: Ed25519PrivateKey = HOUSE,
    *,
    ended: bool = False,
) -> Proof:
    """A proof as a house that keeps to the format writes it; its members' secrets under "mine"."""
    notice, video = str(secrets.token_hex(16)), secrets.token_hex(32)
    mine = [dice.randbytes(32).hex() for _ in range(members)]
    leaves = sorted(verify.leaf_of(each, video).hex() for each in mine)
    top = merkle.root([merkle.leaf(bytes.fromhex(each)) for each in leaves]).hex()
    bodies: list[Proof] = [{"kind": "opened", "video_key": video}]
    for number in range(counts + 1):
        read = dice.randint(0, members)
        sums = {
            "signed_in": sums_of(members, members - read, read),
            "guests": sums_of(0, 0, 0),
        }
        body: Proof = {"kind": "count", "coverage": sums}
        if number == 0:
            body |= {"kind": "sealed", "cohort_size": members, "cohort_root": top, "departed": 0}
        bodies.append(body)
    if ended:
        bodies.append(end_of(members, dice.randint(0, members)))
    proof = {
        "format": verify.ENDED_FORMAT if ended else verify.FORMAT,
        "notice": notice,
        "cohort": leaves,
        "entries": chain(notice, bodies),
    }
    return sign(proof, by) | {"mine": mine}


def end_of(members: int, read: int, because: str = "no_further_reach") -> Proof:
    classes = {
        "signed_in": sums_of(members, members - read, read),
        "guests": sums_of(0, 0, 0),
    }
    for counts in classes.values():
        counts["not_reached"] = counts.pop("owed")
    return {
        "kind": "terminated",
        "coverage": classes,
        "because": because,
        "words": "Nobody new was shown it for 30 days.",
        "goal": 0.95,
        "by": "a person",
    }


def sums_of(exposed: int, owed: int, read: int) -> dict[str, int]:
    names = ("exposed", "owed", "shown_only", "acknowledged", "unreachable")
    return dict(zip(names, (exposed, owed, 0, read, 0), strict=True))


def chain(notice: str, bodies: list[Proof]) -> list[str]:
    entries: list[str] = []
    for number, body in enumerate(bodies, 1):
        before = sha256(entries[-1].encode()).hexdigest() if entries else "0" * 64
        whole = {
            "at": f"day {number}",
            **body,
            "notice": notice,
            "number": number,
            "before": before,
        }
        entries.append(json.dumps(whole))
    return entries


def sign(proof: Proof, by: Ed25519PrivateKey) -> Proof:
    entries = proof["entries"]
    top = merkle.root([merkle.leaf(each.encode()) for each in entries]).hex()
    words = f"{proof['format']}\n{proof['notice']}\n{len(entries)}\n{top}\nnow\n"
    public = by.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    signature = by.sign(words.encode()).hex()
    head = {"size": len(entries), "root": top, "at": "now", "signature": signature}
    return {**proof, "key": public, "head": head}


def edit(proof: Proof, dice: random.Random) -> None:
    """Changes one character of an entry, a leaf or the head."""
    where = dice.choice(["entries", "cohort", "head"])
    if where == "head":
        name = dice.choice(["root", "signature", "at"])
        proof["head"][name] = _other(proof["head"][name], dice)
        return
    at = dice.randrange(len(proof[where]))
    proof[where][at] = _other(proof[where][at], dice)


def delete(proof: Proof, dice: random.Random) -> None:
    part = proof[dice.choice(["entries", "cohort"])]
    del part[dice.randrange(len(part))]


def reorder(proof: Proof, dice: random.Random) -> None:
    part = proof[dice.choice(["entries", "cohort"])]
    one, other = dice.sample(range(len(part)), 2)
    part[one], part[other] = part[other], part[one]


def insert(proof: Proof, dice: random.Random) -> None:
    part = proof[dice.choice(["entries", "cohort"])]
    part.insert(dice.randint(0, len(part)), dice.choice(part))


def mend_the_chain(proof: Proof, dice: random.Random) -> None:
    """Tells another story whose hashes all fit, with the signature of the true one."""
    _retell(proof, dice)
    proof["head"]["root"] = merkle.root(
        [merkle.leaf(each.encode()) for each in proof["entries"]]
    ).hex()


def sign_anew(proof: Proof, dice: random.Random) -> None:
    """Tells another story and signs it with a key of one's own."""
    _retell(proof, dice)
    proof.update(sign(proof, OTHER))


def fork(proof: Proof, dice: random.Random) -> None:
    """The house itself tells another story than it told before."""
    _retell(proof, dice)
    proof.update(sign(proof, HOUSE))


def _retell(proof: Proof, dice: random.Random) -> None:
    bodies = [json.loads(each) for each in proof["entries"]]
    counts = bodies[dice.randrange(1, len(bodies))]["coverage"]["signed_in"]
    waiting = "owed" if "owed" in counts else "not_reached"
    step = 1 if counts[waiting] else -1
    counts[waiting] -= step
    counts["acknowledged"] += step
    own = ("at", "notice", "number", "before")
    kept = [{k: v for k, v in each.items() if k not in own[1:]} for each in bodies]
    proof["entries"] = chain(proof["notice"], kept)


def _other(text: str, dice: random.Random) -> str:
    at = dice.randrange(len(text))
    other = dice.choice([each for each in "0123456789abcdef" if each != text[at]])
    return text[:at] + other + text[at + 1 :]


WAYS: list[Callable[[Proof, random.Random], None]] = [
    edit, delete, reorder, insert, mend_the_chain, sign_anew, fork,
]  # fmt: skip


def test_every_tampered_proof_is_caught() -> None:
    seed = int(os.environ.get("WARDCAST_DRILL_SEED") or 20261125)
    dice = random.Random(seed)
    pinned = HOUSE.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    missed = []
    for number in range(TAMPERED):
        true = made(dice, dice.randint(2, 40), dice.randint(1, 6), ended=dice.random() < 0.5)
        mine = true.pop("mine")
        assert verify.check(true, key=pinned, mine=dice.choice(mine)).whole
        false = copy.deepcopy(true)
        way = WAYS[number % len(WAYS)]
        way(false, dice)
        # Whoever looked before keeps what they saw: against that a fork by the house itself shows.
        before = true if way is fork else None
        if false != true and verify.check(false, key=pinned, before=before).whole:
            missed.append((number, way.__name__))
    assert not missed, f"seed {seed}: {missed[:5]}"


def test_a_longer_log_continues_the_older_one() -> None:
    dice = random.Random(1)
    new = made(dice, 5, 3)
    new.pop("mine")
    old = sign({**new, "entries": new["entries"][:3]}, HOUSE)
    assert verify.check(new, before=old).whole
    assert "does not continue" in " ".join(verify.check(old, before=new).wrong)


@given(st.lists(st.binary(max_size=8), max_size=40))
def test_the_roots_of_all_beginnings_are_those_of_each(entries: list[bytes]) -> None:
    leaves = [merkle.leaf(each) for each in entries]
    expected = [merkle.root(leaves[:size]) for size in range(1, len(leaves) + 1)]
    assert list(merkle.roots(leaves)) == expected


def test_a_log_that_the_house_retold_whole_is_caught_by_a_root_that_somebody_kept() -> None:
    dice = random.Random(5)
    pinned = HOUSE.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
    for _ in range(60):
        true = made(dice, dice.randint(2, 20), dice.randint(1, 6))
        true.pop("mine")
        seen = sign(
            {**true, "entries": true["entries"][: dice.randint(2, len(true["entries"]))]}, HOUSE
        )
        kept = seen["head"]["root"]
        grown = verify.check(true, key=pinned, root=kept)
        assert grown.whole, grown.wrong
        assert any("under the root that was kept" in each for each in grown.holds)

        # Its opening tells another story, and all that follows is chained, summed and signed anew.
        false = copy.deepcopy(true)
        bodies = [json.loads(each) for each in true["entries"]]
        bodies[0]["severity"] = "note"
        own = ("notice", "number", "before")
        kept_bodies = [{k: v for k, v in each.items() if k not in own} for each in bodies]
        false["entries"] = chain(true["notice"], kept_bodies)
        false.update(sign(false, HOUSE))
        assert verify.check(false, key=pinned).whole
        (wrong,) = verify.check(false, key=pinned, root=kept).wrong
        assert "has not grown from the root that was kept" in wrong
        # One that only became shorter is caught as well.
        short = sign({**true, "entries": seen["entries"][:-1]}, HOUSE)
        assert "has not grown" in " ".join(verify.check(short, key=pinned, root=kept).wrong)


def test_a_viewer_finds_their_leaf_and_nobody_elses() -> None:
    proof = made(random.Random(2), 9, 1)
    secret = proof.pop("mine")[4]
    assert "You are one of them." in verify.check(proof, mine=secret).holds
    (wrong,) = verify.check(proof, mine="ab" * 32).wrong
    assert "You are not in this cohort" in wrong


def test_a_sum_that_does_not_add_up_is_said_in_words() -> None:
    proof = made(random.Random(3), 9, 0)
    proof.pop("mine")
    bodies = [json.loads(each) for each in proof["entries"]]
    bodies[1]["coverage"]["guests"]["exposed"] = 4
    proof["entries"] = chain(proof["notice"], bodies)
    wrong = " ".join(verify.check(sign(proof, HOUSE)).wrong)
    assert "Entry 2 does not add up for guests: 4 exposed, but 0 + 0 + 0 + 0 = 0." in wrong


anything = st.recursive(
    st.none() | st.integers() | st.text(),
    lambda each: st.lists(each) | st.dictionaries(st.text(), each),
)


@given(anything)
def test_what_is_no_proof_is_refused_and_breaks_nothing(value: Any) -> None:
    with pytest.raises(verify.Unreadable):
        verify.read(json.dumps(value).encode())
    names = ("notice", "key", "entries", "head", "cohort")
    assert not verify.check({"format": verify.FORMAT, **dict.fromkeys(names, value)}).whole


def test_the_command_says_what_is_wrong_and_by_its_exit_code(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = made(random.Random(4), 3, 1)
    proof.pop("mine")
    path = tmp_path / "proof.json"
    path.write_text(json.dumps(proof))
    assert proofs.verify_file(str(path)) == 0
    said = capsys.readouterr().out
    assert "3 exposed = " in said
    assert f"keep this root: {proof['head']['root']}" in said
    assert proofs.verify_file(str(path), root=proof["head"]["root"]) == 0
    assert proofs.verify_file(str(path), root="00" * 32) == 1
    assert "has not grown from the root" in capsys.readouterr().out
    assert proofs.verify_file(str(path), key="00" * 32) == 1
    assert "another key than the house's" in capsys.readouterr().out
    path.write_text("nothing")
    assert proofs.verify_file(str(path)) == 2
    assert proofs.verify_file(str(tmp_path / "none.json")) == 2
    assert "cannot be read" in capsys.readouterr().err


def retold(ended: bool, change: Callable[[list[Proof]], None], form: str = "") -> str:
    """What is said of a log that the house itself changed, chained and signed anew."""
    proof = made(random.Random(11), 12, 2, ended=ended)
    proof.pop("mine")
    bodies = [json.loads(each) for each in proof["entries"]]
    change(bodies)
    proof["format"] = form or proof["format"]
    kept = [
        {k: v for k, v in each.items() if k not in ("notice", "number", "before")}
        for each in bodies
    ]
    return " ".join(
        verify.check(sign(proof | {"entries": chain(proof["notice"], kept)}, HOUSE)).wrong
    )


def _nothing(bodies: list[Proof]) -> None:
    pass


def _twice(bodies: list[Proof]) -> None:
    bodies.append(bodies[-1])


def _count_after(bodies: list[Proof]) -> None:
    bodies.append(bodies[2])


def _before_the_seal(bodies: list[Proof]) -> None:
    bodies.insert(1, bodies.pop())


def _still_owed(bodies: list[Proof]) -> None:
    for counts in bodies[-1]["coverage"].values():
        counts["owed"] = counts.pop("not_reached")


def _both(bodies: list[Proof]) -> None:
    for counts in bodies[-1]["coverage"].values():
        counts["owed"] = 0


def _one_more(bodies: list[Proof]) -> None:
    bodies[-1]["coverage"]["guests"]["not_reached"] += 1


def _goal(bodies: list[Proof]) -> None:
    bodies[-1] |= end_of(12, 11, "goal_reached")


def _because(bodies: list[Proof]) -> None:
    bodies[-1]["because"] = "we_are_tired"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_nothing, ""),
        (_twice, "terminated more than once"),
        (_count_after, "Something follows the termination"),
        (_before_the_seal, "terminated before its cohort was sealed"),
        (_still_owed, "wrong form (KeyError)"),
        (_both, "counts something else than it should"),
        (_one_more, "does not add up for guests"),
        (_goal, "says that the goal was reached, but 11 of 12 are not 95%"),
        (_because, "for a reason that is not known"),
    ],
)
def test_an_end_that_cannot_be_is_caught_though_the_house_signed_it(
    change: Callable[[list[Proof]], None], said: str
) -> None:
    wrong = retold(True, change)
    assert said in wrong
    assert bool(wrong) == bool(said)


def test_the_first_form_knows_no_end_and_the_second_knows_all_of_the_first() -> None:
    assert "a kind that wardcast-proof-1 does not know" in retold(True, _nothing, verify.FORMAT)
    assert retold(False, _nothing, verify.ENDED_FORMAT) == ""
    with pytest.raises(verify.Unreadable, match="wardcast-proof-1 or wardcast-proof-2"):
        verify.read(b'{"format": "wardcast-proof-3"}')


def test_a_log_that_ended_continues_the_one_before_and_not_the_other_way_round() -> None:
    ended = made(random.Random(4), 8, 2, ended=True)
    ended.pop("mine")
    before = sign({**ended, "format": verify.FORMAT, "entries": ended["entries"][:-1]}, HOUSE)
    assert verify.check(before).whole
    assert verify.check(ended, before=before, root=before["head"]["root"]).whole
    # The end taken off again is the older log: who kept the later root sees it.
    assert "has not grown" in " ".join(verify.check(before, root=ended["head"]["root"]).wrong)
