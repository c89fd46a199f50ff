"""Identifiers as people say and type them, and what stands where they could and is none."""

import pytest

from wardcast.check import examine_text
from wardcast.check.making.scripts import told
from wardcast.check.normalise import normalise


def found(text: str) -> dict[str, str]:
    return {f.text: f.kind for f in examine_text(text).findings if f.severity != "info"}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("i had a lady named king first name ottoline", "king", "name"),
        ("i had a lady named king first name ottoline", "ottoline", "name"),
        ("the kid's name was ocean and he had a fever", "ocean", "name"),
        ("his nana's name is miracle and she is furious", "miracle", "name"),
        ("already when her aunty hinemoa said look at her lips", "hinemoa", "name"),
        ("um so yusuf al hashimi sixty seven comes in with stools like tar",
         "yusuf al hashimi", "name"),
        ("Then Ignatius, 73, chokes on a grape at the salad bar.", "Ignatius", "name"),
        ("name lakeisha brown dob 7 7 82 wants her labs", "lakeisha brown", "name"),
        ("We went to 1187 Old Quarry Road for a fall.", "1187 Old Quarry Road", "address"),
        ("She lives alone at 34 Rue des Tilleuls.", "34 Rue des Tilleuls", "address"),
        ("the address was apartment 3 c 97 north delancey", "apartment 3 c 97 north delancey",
         "address"),
        ("his sheltered flat at 396 church road has a cord", "396 church road", "address"),
        ("he was from the two hundred block of west magnolia", "two hundred block of west magnolia",
         "address"),
        ("she lives on old quarry lane number eight", "old quarry lane number eight", "address"),
        ("I asked for her zip code and she said 59718.", "59718", "postcode"),
        ("her handle's at sunny underscore kofi nine by the way", "sunny underscore kofi nine",
         "handle"),
        ("the patient's at the real granny voltage on tiktok", "the real granny voltage", "handle"),
        ("He is u/one_more_night, he posts his scans.", "u/one_more_night", "handle"),
        ("His scan is up at vidshare.example/v/9kTz2.", "vidshare.example/v/9kTz2", "url"),
        ("his blog is at my three livers dot wordpress dot com",
         "my three livers dot wordpress dot com", "url"),
        ("the man in trauma two was blue", "trauma two", "room"),
        ("the patient in 412 by the window", "412", "room"),
        ("Mr. Long is at three, 5N-22, and nobody rang.", "5N-22", "room"),
        ("she was ninety four she had a hip", "ninety four", "age_over_89"),
        ("Her granddad, ninety-one, used to sail.", "ninety-one", "age_over_89"),
        ("her husband's ninety three and holds her hand", "ninety three", "age_over_89"),
        ("discharged on six slash eleven slash twenty two with pills",
         "six slash eleven slash twenty two", "date"),
        ("the last four of his social are 8825", "8825", "national_id"),
        ("the account well i've got it all six six one dash two two dash nine oh five",
         "six six one dash two two dash nine oh five", "record_number"),
        ("record number 2 2 9 8 4 0 1 for the old man", "2 2 9 8 4 0 1", "record_number"),
        ("her policy number was b c nine nine two oh four", "b c nine nine two oh four",
         "record_number"),
        ("pt Li #88213 has a renin of 38", "88213", "record_number"),
        ("i rang five three six five five five oh one six nine eleven times",
         "five three six five five five oh one six nine eleven", "phone"),
        ("his wife calls from plus four four seven seven double oh nine hundred four five six",
         "plus four four seven seven double oh nine hundred four five six", "phone"),
        ("the blue car zsk 9430 was still running when we found him", "zsk 9430", "plate"),
        ("Discuss with PA Lindgren in two weeks about her.", "PA Lindgren", "staff"),
    ],
)  # fmt: skip
def test_what_is_said_is_found_whole(text: str, words: str, kind: str) -> None:
    assert found(text).get(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "my name's tobias and i'm a pharmacist and the question i get is about grapefruit",
        "I'm a paramedic, by the way, name's Fergal, and this is about ketones.",
        "hey it's dr king and i'm gonna say it again antibiotics don't touch a cold",
        "hey it's your favorite pulmonologist dr teller and this is about smoke",
        "there's this great paper in the lancet by okafor and singh about sleep",
        "Dr. Atul Gawande wrote a whole book about checklists.",
        "Hakaru Hashimoto wrote his paper in 1912, in German.",
        "Brain Trauma Foundation: levetiracetam for seven days after a severe injury?",
        "Which is safest with a QTcF of 490 and a PTHrP pending?",
        "new MR murmur and splenomegaly for three weeks, who has seen this?",
        "poison control is one eight hundred two two two one two two two",
        "the name of the drug is important and the name was changed",
        "February fourth is World Cancer Day.",
    ],
)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    kinds = set(found(text).values())
    assert not kinds & {"name", "staff", "phone", "date", "facility"}


@pytest.mark.parametrize(
    "text",
    [
        "\"I'm Coralie, I'm eleven, I can't feel my legs,\" said the girl under the rubble.",
        "He said my name is Coralie and then he coded.",
        "and she goes i'm coralie and i am not ready",
        '"Don\'t call me Coralie," she says.',
    ],
)
def test_a_patient_who_says_their_name_is_no_author(text: str) -> None:
    assert "name" in found(text).values()


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("record 2 2 9 8 4 please", "record 22984 please"),
        ("policy b c nine nine two", "policy bc992"),
        ("661 dash 22", "661-22"),
        ("six slash eleven", "6/11"),
        ("named [removed] she left", "named ; she left"),
        ("[nurse] hello", "\n hello"),
    ],
)
def test_signs_and_single_digits_are_written_out(said: str, written: str) -> None:
    made = normalise(said)
    assert made.text == written
    assert len(made.starts) == len(made.ends) == len(written)


def test_long_stories_of_test_share_no_template_with_training() -> None:
    for spoken in (False, True):
        held = told("test", 200, 2, spoken=spoken)
        assert held == told("test", 200, 2, spoken=spoken)
        assert not {s.text for s in held} & {s.text for s in told("train", 2000, 2, spoken=spoken)}


def test_most_of_what_long_stories_hold_is_found() -> None:
    """A floor, not the figure: `bench/identifiers.py` measures it."""
    spans = hits = 0
    for spoken in (False, True):
        for script in told("test", 150, 4, spoken=spoken):
            flags = [f.span for f in examine_text(script.text).findings if f.span]
            for start, end, _ in script.spans:
                spans += 1
                hits += any(f.start < end and start < f.end for f in flags)
    assert spans > 300
    assert hits > 0.82 * spans
