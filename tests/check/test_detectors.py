"""What each recogniser promises: what it finds, and what it leaves alone."""

import pytest

from wardcast.check import Lexicon, Severity, examine_text


def found(text: str) -> dict[str, str]:
    return {f.text: f.kind for f in examine_text(text).findings}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("So I had a patient today, Harold Okafor, came in.", "Harold Okafor", "name"),
        ("so i had a patient today harold okafor came in with chest pain", "harold okafor", "name"),
        ("I told Mrs. Quintero that her biopsy was benign.", "Mrs. Quintero", "name"),
        ("a kid named zoë asked me about his tumor", "zoë", "name"),
        ("Grace came in at three with a broken arm.", "Grace", "name"),
        ("Frank told me that he had never seen a doctor.", "Frank", "name"),
        ("this is charity's ct scan", "charity", "name"),
        ("he turned a hundred and four last week", "a hundred and four", "age_over_89"),
        ("She walked out of Westgate Clinic two days later.", "Westgate Clinic", "facility"),
        ("Her husband Vincent held her hand.", "Vincent", "name"),
        ("MY PATIENT SARAH JONES WENT HOME", "SARAH JONES", "name"),
        ("shout out to nurse bellweather for that catch", "nurse bellweather", "staff"),
        ("Ask for Dr. Amara Nwosu.", "Dr. Amara Nwosu", "staff"),
        ("the mrn is five zero oh oh eight oh", "five zero oh oh eight oh", "record_number"),
        ("medical record number H7513500", "H7513500", "record_number"),
        ("ninety four twenty eighty, no, that is her chart number",
         "ninety four twenty eighty", "record_number"),
        ("social security number 219 09 9999", "219 09 9999", "national_id"),
        ("call me at 402-555-8387", "402-555-8387", "phone"),
        ("call me on seven five four five five five oh one one two",
         "seven five four five five five oh one one two", "phone"),
        ("ring 07700 900 982 please", "07700 900 982", "phone"),
        ("his daughter called from 555 0142", "555 0142", "phone"),
        ("she rang from five five five oh one four two",
         "five five five oh one four two", "phone"),
        ("write to jo dot marsh at example dot com", "jo dot marsh at example dot com", "email"),
        ("write to j o h n at example dot com", "j o h n at example dot com", "email"),
        ("born march third sixty one", "march third sixty one", "birth_date"),
        ("date of birth oh three zero five nineteen sixty five",
         "oh three zero five nineteen sixty five", "birth_date"),
        ("On the tenth of December we had a man in shock.", "the tenth of December", "date"),
        ("he was in room four twelve", "room four twelve", "room"),
        ("mr davies in bed six zero five", "bed six zero five", "room"),
        ("a ninety four year old woman", "ninety four", "age_over_89"),
        ("She lives at 982 Maple Lane and she came in last night.", "982 Maple Lane", "address"),
        ("he was seen at oak street health centre", "oak street health centre", "facility"),
        ("We transferred her from St. Luke's.", "St. Luke's", "facility"),
        ("the only case of this in duluth, and i diagnosed it", "duluth", "place"),
        ("her licence plate was KLM 4821", "KLM 4821", "plate"),
        ("my patient came in this morning", "this morning", "relative_date"),
        ("thanks @the.marshes for letting me share", "@the.marshes", "handle"),
    ],
)  # fmt: skip
def test_an_identifier_is_found_with_its_words(text: str, words: str, kind: str) -> None:
    assert found(text).get(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Parkinson's disease usually starts with a tremor on one side of the body.",
        "if you have graves disease your eyes may look like they are bulging",
        "The Chaddock reflex and the Wells score are both worth knowing.",
        "a foley catheter should come out as soon as it is not needed",
        "stop taking tylenol with alcohol your liver will thank you",
        "Taylor Swift talked about sleep and honestly she is right.",
        "the apgar score was invented by virginia apgar",
        "Mark your calendar, flu shots start soon, and the young and the old should go first.",
        "Hope is not a plan, but grace and patience help.",
        "in may we start to see more tick bites",
        "A 54-year-old woman with diabetes needs her eyes checked every year.",
        "people over 90 years old bruise easily",
        "She's 92 percent on room air and her pressure was 95 over 60.",
        "heart rate one ten blood pressure ninety over sixty what do you do next",
        "call nine one one if the pain does not go away in five minutes",
        "Poison control is at 1-800-222-1222.",
        "A Mayo Clinic study followed 4,212 patients across twelve hospitals.",
        "I trained in Ohio and I studied at Johns Hopkins.",
        "Read the journal paper from last week, link below: https://doi.org/10.1000/182",
        "ask your doctor about the vaccine, a nurse may call you",
        "may i ask you something, will you miss the bus",
        "The ADA recommends an A1C under seven; see trial NCT01234567.",
    ],
)
def test_a_lesson_is_left_alone(text: str) -> None:
    assert found(text) == {}


def test_the_author_who_introduces_herself_is_no_patient() -> None:
    assert found("Hi, I'm Dr. Patel and I am an emergency physician.") == {}
    assert found("My name is Ana Reyes and I fix hearts.") == {}


def test_a_handle_of_the_authors_own_is_left_alone() -> None:
    report = examine_text("Follow @ana.reyes for more", lexicon=Lexicon.of(["@ana.reyes"]))
    assert report.findings == ()


def test_a_date_weighs_more_beside_a_case() -> None:
    (apart,) = examine_text("The guideline was published on March 9, 2019.").findings
    (beside,) = examine_text("We admitted him on March 9, 2019.").findings
    assert (apart.severity, beside.severity) == (Severity.INFO, Severity.ASK)


def test_a_reason_is_a_sentence_and_a_suggestion_can_be_said() -> None:
    report = examine_text("I told Mrs. Quintero in room 12 that Dr. Nwosu would call on May 3rd.")
    assert len(report.findings) == 4
    for finding in report.findings:
        assert finding.reason.endswith(".")
        assert finding.reason[0].isupper()
        assert finding.suggestion
        assert 0 < finding.confidence <= 1
        assert finding.actions


def test_a_language_the_check_does_not_know_is_not_checked() -> None:
    report = examine_text(
        "Hoy vino una paciente con dolor en el pecho y la ingresamos por la noche"
    )
    (state,) = report.channels
    assert state.state == "not_checked"
    assert "Spanish" in state.reason


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Mary B., treated at Brigham and Women's Hospital, Boston.",
         "Brigham and Women's Hospital", "facility"),
        ("Pt seen at Our Lady of the Lake on Dec 3.", "Our Lady of the Lake", "facility"),
        ("Ms. O'Neil, 34, was seen at Children's in Boston.", "Children's", "facility"),
        ("Sarah Lopez, a resident of Maple Grove Nursing Home, has a fever.",
         "Maple Grove Nursing Home", "facility"),
        ("He lives at 45 Oak Ln, Springfield, IL.", "45 Oak Ln, Springfield, IL", "address"),
        ("What are the guidelines for a man, Peter Stone, seen in clinic on May 5th, 2023?",
         "May 5th, 2023", "date"),
        ("She was discharged three weeks ago.", "three weeks ago", "relative_date"),
        ("She was seen at a clinic in early January.", "January", "date"),
        ("Email him at jdoe AT gmail.com soon.", "jdoe AT gmail.com", "email"),
        ("P. Johnson, 56M, had a bypass.", "P. Johnson", "name"),
        ("she died on the second of august", "the second of august", "date"),
        ("Certificate #CT-88812 was hers.", "CT-88812", "record_number"),
        ("pull up five five oh two one nine please", "five five oh two one nine", "record_number"),
        ("hi beverly how are you today", "beverly", "name"),
    ],
)  # fmt: skip
def test_an_identifier_as_it_is_typed_in_a_hurry_is_found(text: str, words: str, kind: str) -> None:
    assert found(text).get(words) == kind


@pytest.mark.parametrize(
    "text",
    [
        "Tables by J. Smith et al. show no benefit.",
        "He said look at example.com for tips on sleep.",
        "In March we see more ticks.",
        "Last month the agency approved a drug.",
        "The blood pressure was 140/90 and strength was 5/5.",
        "I am five years cancer free today.",
        "My social media has 219099999 followers.",
        "The parents came from work and asked about croup.",
    ],
)
def test_what_looks_like_one_in_a_lesson_is_left_alone(text: str) -> None:
    assert not {k for k in found(text).values() if k not in {"url", "date"}}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("On May 3 a woman of 93 walked in.", "93", "age_over_89"),
        ("How should I treat Ana Reed who was discharged from Lakeshore on Oct. 12?",
         "Oct. 12", "date"),
        ("Is warfarin ok for Helen West (Mercy Health, Toledo OH, 04/2023)?",
         "Toledo OH", "place"),
        ("Is warfarin ok for Helen West (Mercy Health, Toledo OH, 04/2023)?", "04/2023", "date"),
        ("Her social security number ends in 4321.", "4321", "national_id"),
        ("the social on the fax was four three nine seventy five two two five eight",
         "four three nine seventy five two two five eight", "national_id"),
        ("Happy birthday Samira, three years cancer free today.", "today", "relative_date"),
        ("Jet Lowe in bay 537 needs a sitter before tonight.", "tonight", "relative_date"),
        ("A patient of 96 was wheeled in with a rupture.", "96", "age_over_89"),
        ("It was 19 August 2020 when she got the new kidney.", "19 August 2020", "date"),
        ("the brothers came from liaocheng by bus", "liaocheng", "place"),
        ("He fell on Christmas Eve 2022.", "on Christmas Eve 2022", "relative_date"),
        ("She lives in Little Havana with her son.", "Little Havana", "place"),
        ("My patient was seen at Sunset Pediatrics.", "Sunset Pediatrics", "facility"),
        ("Robert Stone visited on the 3rd.", "on the 3rd", "date"),
        ("She works at the quarry in Truro.", "works at the quarry", "circumstance"),
    ],
)  # fmt: skip
def test_dates_places_and_numbers_in_short_forms_are_found(
    text: str, words: str, kind: str
) -> None:
    assert found(text).get(words) == kind
