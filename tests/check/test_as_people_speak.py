"""Identifiers as people say and type them, and what stands where they could and is none."""

import pytest

from wardcast.check import examine_text
from wardcast.check.making.scripts import templates, told
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
    ("text", "kind"),
    [
        ("A man named John Allen came in with chest pain.", "name"),
        ("Dolores Cobb coded after lunch.", "name"),
        ("a patient named dolores weiss came in", "name"),
        ("We talked with Dolores Rasmussen after the scan.", "name"),
        ("My patient Dale Hamilton bled after the procedure.", "name"),
        ("her daughter's cell is eight six one five five five one two one two", "phone"),
        ("call me on eight six zero five five five two one three four", "phone"),
        ("she was in room 4 1 2", "room"),
        ("bed 4 1 2 was his", "room"),
        ("she lives at 4 1 2 maple street", "address"),
        ("chart 2 2 9 8 4 0 1", "record_number"),
        ("call me at 5 5 5 2 1 3 4 5 6 7 today", "phone"),
        ("There was this guy, name's Tobias, who came in with a stroke.", "name"),
        ("The patient, name's Coralie, came in and Coralie died.", "name"),
        ("My patient Emma Thompson came in with sepsis.", "name"),
        ("John Carter, 54, died in our unit.", "name"),
        ("Her name was Mary Joseph and she coded.", "name"),
        ("my patient henry marsh came in with chest pain", "name"),
        ("We discussed it with Dr. David Ho from our ward.", "staff"),
        ("her son's name is nash and he coded", "name"),
        ("my patient aldo came in with sepsis", "name"),
        ("her name is ama and she coded", "name"),
        ("her daughter iga died", "name"),
        ("My patient Peg came in with sepsis.", "name"),
        ("her aunt cath came in with her", "name"),
        ("his wife ros came in with him", "name"),
        ("Alpha came in with sepsis.", "name"),
        ("Mrs. Peg Foley was here today.", "name"),
        ("After the chart review she was driven home by Marcus Reed.", "name"),
        ("In the trial she was abused by Marcus Reed for years.", "name"),
        ("the journal was brought by Ada Reed who is 54 and has lupus", "name"),
        ("Should I, Marcus asked, go home? Marcus died the next day.", "name"),
        ("She calls me Marcus by mistake; Marcus was her son who died.", "name"),
        ("hello marcus here is your chart. marcus had a stroke.", "name"),
        ('She grabbed me: "Please help me, doctor, I\'m Coralie." Coralie died at noon.', "name"),
        ("She told me my name is Coralie and Coralie died at noon.", "name"),
        ("Ask your own Dr. Okafor about her scan.", "staff"),
        ("He was elected president. Marcus coded on Tuesday.", "name"),
        ("My patient, a senator Ada Reed, came in.", "name"),
        ("We all cried for Howell that night on the ward.", "name"),
        ("The nurses loved Hicks and his jokes.", "name"),
        ("Duffy's pressure kept falling and we ran.", "name"),
        ("Fiona Stanley came in with chest pain.", "name"),
        ("He lives on abbey road number 3.", "address"),
        ("She lives on ash lane number eight.", "address"),
        ("ROSS, Ottoline was seen for sepsis.", "name"),
        ("Jordan, Michael, 54M, chest pain", "name"),
    ],
)
def test_a_patient_is_found_whoever_has_the_same_name(text: str, kind: str) -> None:
    """Discoverers, people of public life, authors and abbreviations have patients' names too."""
    assert kind in found(text).values()


def test_a_family_name_that_is_a_country_is_found_with_the_first_name() -> None:
    text = "Jordan, Michael, 54M, chest pain"
    assert "name" in {k for words, k in found(text).items() if "Jordan" in words}


@pytest.mark.parametrize(
    "text",
    [
        "he drives 80 mph all day",
        "he drove 3 hrs to get here",
        "the car hit 3 people",
        "she drove my 2 kids home",
        "his truck was 40 feet away",
        "the van is 10 ft long",
        "honda fit 2019",
        "the taxi was 15 min late",
        "oxygen via mask 10 litres",
        "tube feeds at 60 via peg",
        "give 5 via iv",
        "we met via zoom 30 minutes",
        "fire brigade 12 came",
        "He is on 5 place mats",
        "take calcium plus 1000 units of vitamin d",
        "name brand or generic does not matter",
        "name changes are hard",
        "name badge on, mask up",
        "we're on a first name basis with sepsis",
        "last name order please",
        "the nickname stuck",
        "the drug brand name is longer",
        "a condition known as lazy eye",
        "takotsubo is also known as broken heart syndrome",
        "insurance pays for 100 visits",
        "her account has all 300 photos",
        "the patient no longer takes 50000 units of vitamin d",
        "he was in the icu 2 weeks",
        "icu 3 nights",
        "he walked the hallway 3 times",
        "Level 1 trauma 2 minutes out",
        "chair 30 second stand test",
        "P value of 5e-08 for this gene.",
        "one woman in 12 gets breast cancer",
        "Insulin glargine 20 U/day.",
        "500 u/hour",
        "#mental_health covid_19",
        "i can't handle at work what i see",
        "the handle at the top of the door broke",
        "she posts at night on tiktok",
        "we tagged him at the scene on twitter",
        "my mom was 104 this morning",
        "She is 98 kilos.",
        "she is 99 sure",
        "I'm 100 behind you",
        "each patient, 95, and still counting",
        "Day 100 was when his counts came back.",
        "An elevated PA Systolic was seen.",
    ],
)
def test_everyday_talk_is_let_be(text: str) -> None:
    assert not set(found(text).values()) - {"relative_date"}


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
    for name in ("told", "told_lessons", "asked", "asked_lessons", "said", "said_lessons"):
        held, read = set(templates(name, "test")), set(templates(name, "train"))
        assert held
        assert not held & read
    assert told("test", 200, 2, spoken=True) == told("test", 200, 2, spoken=True)


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
