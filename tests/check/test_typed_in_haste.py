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


@pytest.mark.parametrize(
    "text",
    [
        "m r n 4 4 3 2 1 1 9",
        "m r n four four three two one one nine",
        "s s n one two three four five six seven eight nine",
        "d o b 3 4 72",
        "d o b one two nineteen forty five",
        "her birthday o c t one two nineteen eighty",
        "oscar one victor two charlie three are my patients",
        "at six oh eight m l k boulevard she fell",
        "Linda Richards, 68F, k 6.2, ekg peaked",
        "Robert Graves 71M CP, bay 3",
        "jennifer lopez in ct now, gfr 20",
        "John Nash was discharged yesterday",
        "So Linda Richards comes in and says she swallowed bleach",
        "Karen Carpenter came in with chest pain last night and coded",
        "Kate Moss has chlamydia and I had to tell her",
        "James Garner, he is 74 and has copd",
        "I was on shift with Susan Boyle and she messed up the dose",
        "Delphine Arceneaux lab drawn at 1800, k 6.2",
        "Harold Penhaligon renal transplant, u/o 1500 ml",
        "Harold Penhaligon died 1745, family aware",
        "So I looked after Harold Whitcombe, who fought in the war in 1944, and he died last night",
        "Elsie Thornbury is 83, she was a nurse in the army in 1952, and she came in with a stroke",
        "Ernest Wiltshire, Korea vet (army 1952), UTI",
        "Winifred Oyelaran, renal transplant 1969, cr 2",
        "Walter Kowalski died of a heart attack in 1968",
        "He has been on the trial since 1969, Kwabena Boateng is his name",
        "Tom Hartmann saw his cardiologist and then coded",
        "Peter Lichtenstein has been followed by his urologist",
        "Emily Freiberg, whose psychiatrist stopped lithium, overdosed",
        "George Sarnat seen by neurologist",
        "Jim Gleason was introduced to me in the ER",
        "John Kennedy died in bed 4",
        "Matthew Perry died last night after we coded him",
        "Robin Williams survived the arrest",
        "the kid got hurt at school in Tulsa and his mother brought him in",
        "I graduated and my first patient was a man from Tulsa",
        "it's nurse Tobi who gave him the wrong dose",
        "the twins grace and hope both coded last night",
        "grace in bed 4 and faith in bed 5 are septic",
        "grace and faith both need abx",
        "pt is OKONKWO, sepsis",
        "On world cancer day, January 3, she was admitted",
        "pt seen on World Diabetes Day 11/14/2023, a1c 12",
        "my patient Cath had a stroke",
        "tell Cath her labs are back",
        "mr bougie fell, mr spiro is septic",
        "pt Srb has chest pain",
        "Sam Crackers was admitted",
        "my patient Graham Ale was admitted",
        "her name is uh maverick",
    ],
)
def test_a_patient_is_not_taken_for_a_book_a_label_or_shorthand(text: str) -> None:
    """Names that discoverers, famous people, shorthand and virtues have too, and numbers with a
    label that is spelled."""
    kinds = {
        "name",
        "staff",
        "record_number",
        "national_id",
        "birth_date",
        "date",
        "place",
        "address",
    }
    assert kinds & set(found(text).values()), found(text)


@pytest.mark.parametrize(
    "text",
    [
        "ptosis 3/14",
        "ptt 3/14",
        "pta Fri",
        "normal ptt range Mon",
        "he needs care 24/7 at home",
        "pt on 24/7 o2",
        "pt on bipap 12/6, co2 80",
        "ps 10/5 on cpap, pt ok",
        "caduet 10/20 for him",
        "augmentin 8/1 in her",
        "her rom 10/20",
        "pt with 5/18 nodes positive",
        "his titre was 1/16",
        "her bun/cr 30/2",
        "his iop 12/14",
        "her murmur was 3/6",
        "Chief Complaint: cough, the patient is 40",
        "Chief Medical Officer told us to discharge her",
        "Lt Femur fracture in this lady",
        "16 Fr Foley placed in pt",
        "Pan Culture the patient",
        "Elder Abuse is missed in patients",
        "Brother Fell down the stairs",
        "Sir William Osler said listen to your patient",
        "Lady Gaga has fibromyalgia",
        "Captain Morgan technique",
        "he is on coumadin way too long",
        "he was on tamoxifen close to five years",
        "pt with fibrosis in Upper Lobes",
        "pt swelling in Lower Legs",
        "pain in Left Side of her chest",
        "burn in the Groin area of pt",
        "she takes it by route 1 or route 2, po",
        "he broke the sphenoid wing",
        "she works in the laundry unit",
        "her Motor Unit potentials on emg",
        "pt watched House on tv",
        "prince harry's wedding was on when she came in",
        "pt in sr 72 on monitor",
        "her diltiazem sr 60",
        "pt amox 500 bd 7 days",
        "postpartum 3 d, mastitis, pt ok",
        "o2 Sat dropped in pt",
        "her Sat was 88",
        "on sat 88 with nrb, she",
        "rash from sun in her",
        "Take your statin Sunday night, not in the morning, she said",
        "dialysis days are monday, wednesday and friday for her",
        "I work Monday to Friday and see patients",
        "Wednesday Addams was her costume",
        "How do I adjust insulin during Ramadan for a diabetic patient",
        "after the 2nd shock he came back",
        "on the 5th finger she has a nodule",
        "her wbc last 12.10",
        "octreotide 3-oct dosing for pt",
        "page cardiology, she is at high risk for clot",
        "I posted that she's at peace now",
        "her plt 65000 32000 , itp",
        "tmax 102F x3d, pt 4yo",
        "kid at 104F and lethargic",
        "egfr 95f in her",
        "pt walked 100m",
        "S. Lugdunensis grew in pt",
        "C. Auris in urine, pt",
        "pcp Referral sent for pt",
        "pt's mother Smoker",
        "the patient was seen thus far, Thus the plan stands",
    ],
)
def test_scores_doses_and_anatomy_are_nobody_s(text: str) -> None:
    """What has the form of a day, a place, a title or an age and is none."""
    assert found(text) == {}
