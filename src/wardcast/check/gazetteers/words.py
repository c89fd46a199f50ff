"""How common an English word is, and the words that are never a name.

Frequencies: the `wordfreq` package (Speer, 2022), as zipf values: 7 for "the", 3 for once in a
million.
"""

import math
from functools import cache, lru_cache

from wordfreq import get_frequency_dict

from wardcast.check.gazetteers.folding import listed


@cache
def _frequencies() -> dict[str, float]:
    return get_frequency_dict("en", wordlist="large")


@lru_cache(maxsize=65536)
def zipf(word: str) -> float:
    """How common a folded word is in English, 0 for a word never seen."""
    frequency = _frequencies().get(word)
    return math.log10(frequency) + 9 if frequency else 0.0


STOP = listed(
    """
    a an the this that these those my your his her its our their i you he she it we they me
    him us them who whom whose which what when where why how and or but nor so if then than
    as because while until although though since of at by for with about against between
    into through during before after above below to from up down in out on off over under
    again further once here there all any both each few more most other some such no not
    only own same too very can could will would shall should may might must do does did
    doing done have has had having be am is are was were been being isn't aren't wasn't
    don't doesn't didn't won't can't couldn't i'm you're he's she's it's we're they're i've
    you've we've they've i'd you'd he'd she'd we'd they'd i'll you'll he'll she'll we'll
    they'll let's that's there's what's who's here's okay ok oh um uh uhm erm like just also
    even still yet already ever never always now today tomorrow yesterday tonight maybe
    really actually basically well yeah yes hey hi hello please thank thanks sorry anyway
    got get gets go goes going gone went come comes came coming say says said saying see
    sees saw seen tell tells told ask asks asked know knows knew think thinks thought take
    takes took make makes made give gives gave want wants need needs put keep keeps kept
    look looks back one two three many much lot every everyone nobody somebody someone
    anybody anyone everybody nothing something anything everything another first last next
    new old young little big long short good bad great
    """
)
"""Words that no rule takes for a name, in any style."""

PERSON_VERBS = listed(
    """
    came comes walked walks presented presents had has was is said says told died coded
    asked asks passed got went lives lived fell tried gave needed needs wanted wants called
    calls cried smiled thanked knew thinks thought felt woke collapsed arrested recovered
    survived refused signed lost stopped started told looked looks brought sat drove drives
    denied denies complained complains developed developed received underwent keeps kept
    took takes didn't couldn't wasn't isn't hasn't would will did does allergic
    """
)
"""What a person does, in a case told aloud."""

WORD_NAMES = listed(
    """
    till dries an said may job line per hope guy else america june april august jesus german france
    floor christian will van paris faith israel lucky mark tea grant max urban mile grace
    joy mate constant marine roman junior charity comfort dean dawn angel chase bill jack
    jimmy rob art gene bob pat sue drew frank ray rich chelsea eve oscar jon edit isis barry
    warren brooklyn robin mario nail ken patience mar olive martial bailey stan milan
    orlando bent neo pal mercedes dale moses ruby amber monica florence casey lily pierce
    nova theres holly saga hardy alberta violet ivy eden finn jade daisy silva alexandria
    shannon brooke iris romeo santiago trinidad serena savannah dante basil sol willow mare
    isa baba doris beau rosemary tor vera lea lara hazel augustine cas aura lex jude che una
    oswald pol vega vivian merlin corona georges maj levin dino samson demi rein mina hella
    prima ante una rowan titus una ravi sonny benedict valentine bella gloria regina sierra
    melody destiny summer autumn winter heaven ivory crystal jewel pearl penny candy sandy
    cherry ginger rose rosie ruth rusty skip rod rex chip cliff dusty earnest ernest forest
    gale glen harmony heath heather herb jasmine jasper jay jean jerry jo joe jet josh kitty
    lance lane lee leo lou luna major mason miles misty nick norm norma olga parker paw peg
    poppy porter price prince queen rain raven reed robbie rocky royal sage scarlet sky star
    sterling stormy story sunny terry tiffany tony trace tracy tripp troy tucker ty victor
    victoria virginia carolina georgia dakota montana madison austin dallas houston jackson
    washington lincoln charlotte chance china india jordan kenya london paris sydney vienna
    verona florence asia africa don dick tom tim pa ma al ali ed mo jan jun sun sum sam ben
    ann ma ana ada ace art bo cal clay colt dot duke earl fern ford guy hall harry heidi
    hunter iris king knight kit lamb lark laurel love merry nan nat piper rand rich rip rush
    sally sandy shay so son sport temple tommy tory wade walker ward weaver west wren young
    baby doctor nurse sister mister miss judge abel andes bill cancer bishop abbot dom sir
    saint lady ida ala ora era eta beta theta alba asa bart bea bert bud buddy buck cam
    carol celeste clement cody coral cash cosmo dell del dee dolly faye fay flora gay hank
    hans ham jade jess jib kai kay kim lex lin lily liv mal may max mel mia mimi mo ned nell
    noel nora pam pat peter pip polly rae ria roy rue sal sol storm tab tad tate ted teddy
    tess tina trey val vi vic viola wally wes will zion
    """
) - listed(
    """
    peter tony victor tommy sam ben ann tina tess teddy ted nora noel mia lin kim kay hans
    hank heidi harry jess jean jerry josh joe jo leo lou nick norma olga rosie ruth sally
    terry tiffany tracy troy victoria robbie pam polly roy pierce monica doris ravi vivian
    daisy lily ruby oscar mario barry ken casey shannon brooke finn violet ivy holly amber
    jasmine heather carol vera ali ana jan jimmy ernest celeste dolly flora madeleine hazel
    milo rowan stan chelsea bob jon eden bella sandy hannah regina gloria luna
    """
)
"""Names that are words, months, places or works as well: a name only where the sentence says so."""
