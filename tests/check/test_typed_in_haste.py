"""What clinicians type to one another, and hurried talk as a recogniser hears it. All made up."""

import pytest

from wardcast.check import examine_text
from wardcast.check.finding import Severity


def found(text: str) -> dict[str, str]:
    """What one is asked about or stopped by, by its words."""
    report = examine_text(text)
    return {
        text[f.span.start : f.span.end]: f.kind
        for f in report.findings
        if f.span and f.severity is not Severity.INFO
    }


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        # days, typed
        ("pt Rourke, blood cx drawn 3/14, GPC in clusters", "3/14", "date"),
        ("58F s/p lap chole 11/3, fever again", "11/3", "date"),
        ("her last fill was 12/29, pharmacy says too early", "12/29", "date"),
        ("72M adm 21.02 w/ NSTEMI", "21.02", "date"),
        ("his next appt 15-Aug", "15-Aug", "date"),
        ("our pt had shocks 29/12, all AF", "29/12", "date"),
        ("46M last drink Tues night", "Tues", "relative_date"),
        ("mum says she has not slept since Sat", "Sat", "relative_date"),
        ("he was admitted, r/v Weds?", "Weds", "relative_date"),
        ("the patient had her last dose 0800 Sunday", "Sunday", "relative_date"),
        ("so this is thursday night and my patient coded", "thursday night", "relative_date"),
        ("he has been to three clinics since Diwali", "Diwali", "relative_date"),
        ("she started it on the 22nd. Cut by half?", "on the 22nd", "date"),
        # codes, sign by sign
        ("his insurance number's x j k four oh nine nine two seven",
         "x j k four oh nine nine two seven", "record_number"),
        ("the plate is b d seven four kilo echo", "b d seven four kilo echo", "plate"),
        ("the pacemaker serial is p j n two two eight six zero four",
         "p j n two two eight six zero four", "record_number"),
        ("pt Silva, claim 7719-0026-B denied", "7719-0026-B", "record_number"),
        ("61M, lic K520-4418-7731, needs a physical", "K520-4418-7731", "record_number"),
        ("ssn on the form is wrong, it should end 6604", "6604", "national_id"),
        # where
        ("my patient lives off Quarry Road with her cats", "Quarry Road", "place"),
        ("she lives alone on station road", "station road", "place"),
        ("he was thrown off his bike on Route 9", "Route 9", "place"),
        ("the patient was a welder from the Northgate area", "Northgate", "place"),
        ("her brother saw it at a gas station in wilmot falls", "wilmot falls", "place"),
        ("I stood in a kitchen in Tiger Bay and he would not wake", "Tiger Bay", "place"),
        ("her sister kept calling from east garrison", "east garrison", "place"),
        ("we took her back to her sister's in Little Marrow", "Little Marrow", "place"),
        ("one of the kids on sunflower ward made me a bracelet", "sunflower ward", "facility"),
        ("she would not speak to anyone at Rata Adolescent Unit",
         "Rata Adolescent Unit", "facility"),
        ("he bled and then needed a stent at Clinique du Val-Serein",
         "Clinique du Val-Serein", "facility"),
        ("the gentleman in Hall Bed C threw a sandwich at me", "Hall Bed C", "room"),
        ("pt in rm 4A-12, eGFR 22", "rm 4A-12", "room"),
        ("her wound vac is off again, 312-A, tell them", "312-A", "room"),
        # who
        ("my first patient's name is uh maverick and he bit me", "maverick", "name"),
        ("so her name was april and she came in in may", "april", "name"),
        ("mister long had the shortest admission ever", "mister long", "name"),
        ("Her daughter Temperance used to bring us kettle corn", "Temperance", "name"),
        ("When Will came off the vent he asked for his dog", "Will", "name"),
        ("bedside swallow failed twice, Cpt. Holloway, PEG?", "Cpt. Holloway", "name"),
        ("pt D'Angelo Whitfield, BMI 41", "D'Angelo Whitfield", "name"),
        ("her follower writes as night owl underscore 88, she was my patient",
         "night owl underscore 88", "handle"),
        ("his tacrolimus was started by pcp Wozniak", "pcp Wozniak", "staff"),
        ("94F from a home, unwitnessed fall", "94", "age_over_89"),
        ("she was what ninety three i think and she told me to sit", "ninety three", "age_over_89"),
        ("I sat with a 102-year-old woman who taught me to crochet", "102", "age_over_89"),
    ],
)  # fmt: skip
def test_it_is_found_whole(text: str, words: str, kind: str) -> None:
    """The very words, as that kind, though nothing announces them."""
    assert found(text).get(words) == kind, found(text)


@pytest.mark.parametrize(
    "text",
    [
        # shorthand and drugs are nobody
        "ref range for am cortisol on OCPs? fatigue, cortisol 38 acth wnl",
        "soft abdo, vomiting 2/7. rads pushing back",
        "can i crush bisoprolol down an NG, NBM, pharmacy shut",
        "cat scratch, azithro 5d or watch? bartonella serol takes 2wk here",
        "max dose of acetaminophen in cirrhosis child pugh B, wt 58 kg",
        "What goes in my pockets: flushes, one lip balm and cervidil instructions.",
        "my shift runs on graham crackers and ginger ale",
        "and p.r.n. is pro re nata, as the thing is born",
        # scores and shares are no days
        "power 4/5 on the left, GCS 14/15, pain 7/10, apgars 8/9",
        "two thirds, 2/3, of adults never hear of it",
        # books are no cases
        "What is a Foley, anyway? Frederic Foley was a urologist in Minnesota, in the 1930s.",
        "Kegel exercises were described by Arnold Kegel in 1948.",
        "In 1928 Alexander Fleming came back to a messy lab in London and saw what mould does.",
        "Happy International Nurses Day, the 12th of May! Tag the nurse who taught you.",
        "Mary Seacole paid her own way to the Crimea and opened the British Hotel in 1855.",
        # who speaks
        "hey it's nurse tobi and here is the one page brain sheet",
        "I trained at the Christian Medical College in Vellore, and I would again.",
    ],
)
def test_talk_about_nobody_is_left_alone(text: str) -> None:
    """Neither asked about nor stopped."""
    assert found(text) == {}


def test_a_monday_in_general_dates_nobody() -> None:
    """A weekday counts beside a case alone."""
    assert found("Wash your hands on Monday, and on Tuesday, and every day.") == {}
