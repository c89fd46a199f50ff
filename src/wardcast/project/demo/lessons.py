"""What the demo's clips show and say. All people, places and stories in it are fictional."""

from dataclasses import dataclass

from wardcast.project.demo.scenes import Look

_TEAL = Look((11, 60, 74), (7, 32, 41), (146, 214, 205), (255, 226, 160))
_NIGHT = Look((24, 33, 66), (10, 14, 33), (246, 232, 190), (255, 190, 110))
_ROSE = Look((110, 42, 66), (52, 18, 36), (255, 156, 150), (255, 214, 196))
_SAND = Look((36, 92, 120), (188, 138, 96), (255, 213, 112), (255, 236, 184))
_GREEN = Look((30, 84, 64), (12, 40, 33), (188, 232, 204), (255, 240, 190))
_PLUM = Look((70, 52, 110), (30, 22, 56), (214, 198, 250), (255, 206, 146))
_SLATE = Look((58, 74, 92), (24, 32, 42), (206, 220, 232), (132, 190, 226))
_BROWN = Look((72, 58, 48), (38, 30, 26), (214, 168, 120), (158, 110, 72))


@dataclass(frozen=True, slots=True)
class Lesson:
    """One clip: who made it, what it shows, what is said (the captions are its lines in order)."""

    key: str
    author: str
    lane: str
    title: str
    text: str
    heading: str
    scene: str
    look: Look
    lines: tuple[str, ...]
    duration_ms: int

    @property
    def script(self) -> str:
        """What is said, as its author would type it."""
        return " ".join(self.lines)

    @property
    def webvtt(self) -> str:
        """The captions: the lines share the clip evenly."""
        share = self.duration_ms // len(self.lines)
        cues = [
            f"{_stamp(number * share)} --> {_stamp((number + 1) * share)}\n{line}"
            for number, line in enumerate(self.lines)
        ]
        return "WEBVTT\n\n" + "\n\n".join(cues) + "\n"


def _stamp(ms: int) -> str:
    return f"00:{ms // 60000:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


PUBLIC = (
    Lesson(
        "hands",
        "ines",
        "lesson",
        "Twenty seconds is longer than you think",
        "Wash your hands for the whole twenty seconds. The thumbs are what most people forget.",
        "Twenty seconds",
        "clock",
        _TEAL,
        ("Wash your hands for twenty seconds.", "Do not forget your thumbs."),
        6000,
    ),
    Lesson(
        "spacer",
        "ana",
        "lesson",
        "How to use a spacer",
        "Shake, one puff, then breathe slowly. A spacer brings more of it to where it works.",
        "With a spacer: three steps",
        "steps",
        _PLUM,
        ("Shake it well.", "One puff into the spacer.", "Then breathe in slowly, five times."),
        7000,
    ),
    Lesson(
        "inhaler",
        "ana",
        "lesson",
        "Your preventer inhaler in winter",
        "When do you need the preventer, and when the reliever?",
        "The preventer inhaler",
        "breath",
        _SLATE,
        ("Feeling well all week?", "Then you can stop your inhaler until it comes back."),
        7000,
    ),
    Lesson(
        "heart",
        "ines",
        "lesson",
        "A heart attack does not always hurt in the chest",
        "Jaw, back, nausea, sudden tiredness: call for help early.",
        "Not always the chest",
        "pulse",
        _ROSE,
        (
            "A heart attack can be felt in the jaw or the back.",
            "Sudden sweat and nausea count too.",
            "Call for help early.",
        ),
        8000,
    ),
    Lesson(
        "sun",
        "noor",
        "lesson",
        "How much sunscreen is enough",
        "Two finger lengths for face and neck, and again after two hours.",
        "Two fingers of sunscreen",
        "sun",
        _SAND,
        ("Two finger lengths for face and neck.", "Again after two hours, or a swim."),
        6000,
    ),
    Lesson(
        "steth",
        "noor",
        "humour",
        "The stethoscope is always cold",
        "We do warm it. It forgets.",
        "It is always cold",
        "cold",
        _GREEN,
        ("Yes, we warm it up first.", "No, it never helps."),
        5000,
    ),
    Lesson(
        "dog",
        "ines",
        "off_duty",
        "Who decides when my shift is over",
        "Off duty. He takes this very seriously.",
        "My supervisor",
        "dog",
        _BROWN,
        ("This is who decides when my shift is over.", "He is strict about walks."),
        5000,
    ),
    Lesson(
        "breathing",
        "ana",
        "lesson",
        "One slow breath",
        "Longer out than in. Three times, before anything difficult.",
        "Longer out than in",
        "breath",
        _GREEN,
        ("Breathe in for four.", "Breathe out for six.", "Three times, before anything difficult."),
        8000,
    ),
)
"""Published, in this order."""

NIGHT_SHIFT = Lesson(
    "night",
    "ana",
    "patient_story",
    "Night shift story",
    "What one night taught me about listening. Mister Okafor in room 412 changed how I ask.",
    "What a night taught me",
    "night",
    _NIGHT,
    (
        "It was three in the morning.",
        "Mister Okafor looks at me and says he has never felt better.",
        "His daughter called from 555 0142.",
        "I learned to ask twice.",
    ),
    9000,
)
"""A draft with words that identify a patient (a fictional one): what the check is for."""

STAIRS = Lesson(
    "stairs",
    "ines",
    "lesson",
    "Take the stairs, once a day",
    "One flight a day is a start.",
    "One flight a day",
    "steps",
    _SLATE,
    ("One flight.", "Once a day.", "It is a start."),
    6000,
)
"""Waits for a colleague's answer."""
