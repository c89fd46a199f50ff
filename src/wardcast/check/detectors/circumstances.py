"""What is told of a patient and of few others: the news, a record, an odd thing, a public role.

Each is said in words that anybody can look up or will recognise. In a text that tells of no
patient they are none: "the first heart transplant", "people who are struck by lightning".
"""

import re
from collections.abc import Iterator

from wardcast.check.detectors.hit import Hit
from wardcast.check.detectors.told import of_one
from wardcast.check.gazetteers.folding import either
from wardcast.check.lexicon import Lexicon
from wardcast.check.reading import Reading

_IN_THE_NEWS = re.compile(
    r"\b(?:(?:the )?(?:one|1|guy|woman|man|lady|kid|girl|boy|family|case|crash|fire|accident|story|"
    r"baby) (?:that was |who was |you saw |that )?(?:from|in|on|all over) the (?:\w+ )?(?:news|"
    r"papers?|newspapers?|tv|headlines|front page|local news)"
    r"|(?:was|were|been|is) (?:all over|on|in) the (?:\w+ )?(?:news|papers?|newspapers?|headlines|"
    r"front page|television|radio)"
    r"|(?:made|makes|hit|making) (?:the )?(?:local |national |international |evening |front[- "
    r"]page "
    r")?(?:news|headlines|papers)"
    r"|(?:(?:it|he|she|video|story|photo|picture) )?(?:went|gone|going) viral"
    r"|you(?:'ve| have| may have| might have| probably| may| might| all)?(?: probably| all)? "
    r"(?:saw|seen|heard(?: about)?|read about|remember|know|recognis[ez]|recogniz?e) (?:about )?"
    r"(?:him|her|it|them|this|that|the \w+) (?:on|in|from) (?:the )?(?:\w+ )?(?:news|papers?|tv|"
    r"television|facebook|tiktok|youtube|instagram)"
    r"|(?:a|the) (?:gofundme|go fund me)(?: page)?|amber alert|front page of [\w' "
    r"]{3,30}?(?=[,.;]|$))"
    r"\b"
)
_HERE = (
    r"(?:town|the (?:\w+ )?(?:world|country|state|county|city|town|village|island|valley|area|"
    r"region|"
    r"province|hospital|school|department|district|parish|neighbou?rhood|history|literature|uk|us|"
    r"nation|family|midwest|northeast|southwest)|history|(?:the )?medical history|england|scotland|"
    r"wales|ireland|america|europe|canada|australia|this (?:county|town|state|country|hospital|"
    r"city)|"
    r"our (?:county|town|state|country|hospital|city))"
)
_RECORD = re.compile(
    rf"\b(?:(?:a|the|her|his|our|this) )?(?:(?:world|state|national|county|hospital|guinness|"
    rf"family) "
    rf"record(?:[- ]?(?:holder|setting|breaking))?"
    rf"|(?:oldest|youngest|tallest|heaviest|biggest|smallest|tiniest|largest|fattest|longest|first|"
    rf"1st|only|last) (?:[\w'-]+ ){{1,6}}?(?:ever(?: (?:to|recorded|seen|reported|born|done))?|in "
    rf"{_HERE}|"
    rf"on (?:the )?(?:island|record|earth|reservation)|(?:we|i|anyone|they) (?:have |had |has |"
    rf"'ve )?"
    rf"ever (?:seen|had|treated))"
    rf"|(?:one|1) of (?:only |just |about )?(?:a (?:handful|dozen)|\w+) (?:people|patients|cases|"
    rf"families|kids|children|babies|survivors)? ?in {_HERE}"
    rf"|(?:only|just) (?:\w+ ){{1,3}}(?:people|cases|patients|families|survivors) (?:ever |known )?"
    rf"(?:in {_HERE}|reported|described|worldwide)"
    rf")\b"
)
_FEW_ARE = re.compile(
    r"\b(?:(?:the )?(?:only|sole|lone) survivor|(?:conjoined|siamese) twins|quadruplets|"
    r"quintuplets|"
    r"sextuplets|octuplets)\b"
)
_ONLY = re.compile(
    rf"\b(?:(?:the|our|her|his|town's|village's|county's) )?only (?!one\b|1\b|way\b|thing\b|"
    rf"time\b|reason\b|"
    rf"treatment\b|option\b|drug\b|test\b|symptom\b|sign\b|cure\b|problem\b)(?:[\w'-]+ ){{1,4}}?"
    rf"(?:in {_HERE}|there|around here|in (?:these|those) parts|for miles|left in)\b"
)
_THING = either(
    r"""
    fork, spoon, knife, knives, light ?bulb, bottle, battery, batteries, magnets?, toothbrush,
    phone, cell phone, pen, pencil, coin, coins, nail, nails, screwdriver, hammer, key, keys,
    ring, sword, fence ?post, rebar, pole, branch, stick, chopsticks?, fish ?hook, arrow, harpoon,
    crossbow bolt, chess piece, toy, lego, doll, marbles?, dentures, razor(?: blades?)?, scissors,
    candle, cucumber, carrot, potato, vibrator, flashlight, torch, jar, shell, artillery shell,
    grenade, bullet, needle, hairbrush, remote(?: control)?, eel, fish, cockroach, spider, bee,
    wasp, leech, worm, pipe, wrench, axe, hatchet, saw ?blade, drill bit, umbrella, golf ball,
    billiard ball, pool ball, ball, fidget spinner, airpods?, earbud, thermometer, cross,
    crucifix, engagement ring, wedding ring
    """
)
_OBJECT = re.compile(
    rf"\b(?:swallowed|inhaled|sat on|fell on(?:to)?|impaled (?:himself |herself )?(?:on|by)|"
    rf"inserted|"
    rf"pulled|removed|extracted|ate) (?:(?:a|an|the|his|her|two|three|four|five|six|seven|\d+|some|"
    rf"several|whole|entire|live|metal|glass|wooden|plastic|button|rusty|toy|little|tiny|out) "
    rf"){{0,4}}"
    rf"{_THING}s?\b(?: (?:out of|from|up|in|through|into) (?:his|her|the) [\w'-]+)?"
    rf"|\b(?:with )?(?:a|an|the|his|her) (?:[\w'-]+ )?{_THING} (?:stuck|lodged|embedded|sticking "
    rf"out|"
    rf"jammed|wedged|buried|all the way|straight|clean|right)(?: \w+)? ?(?:in|up|through|into|out "
    rf"of|of|"
    rf"inside) (?:his|her|the|their) [\w'-]+"
)
_BEAST = either(
    r"""
    shark, bear, alligator, crocodile, cow, bull, horse, moose, elk, deer, bison, camel, kangaroo,
    pig, boar, rooster, swan, goose, python, rattlesnake, cobra, snake, bat, monkey, chimp, lion,
    tiger, cougar, mountain lion, wolf, coyote, raccoon, fox, llama, ostrich, emu, stingray,
    jellyfish, octopus, piranha, scorpion, ferret, hippo, elephant, donkey, goat, ram
    """
)
_EVENT = re.compile(
    rf"\b(?:(?:was |got |been |were )?(?:struck|hit) by (?:lightning|a (?:train|tram|bus|falling "
    rf"\w+|"
    rf"meteorite|golf cart|combine|snow ?plou?gh?|forklift|boat|baseball|police car|garbage truck|"
    rf"tree))"
    rf"|(?:was |got |been |were )?(?:bitten|attacked|mauled|gored|trampled|kicked|stung|thrown|"
    rf"chased|"
    rf"butted|crushed) (?:off )?by (?:an? |his |her |the |their )(?:\w+ ){{0,2}}{_BEAST}"
    rf"|(?:plane|helicopter|train|bus|boat|balloon|skydiving|parachut\w+|paraglid\w+|jet ?ski|zip "
    rf"?line|"
    rf"roller ?coaster|tractor|combine|snowmobile|elevator|escalator|ski ?lift|bridge|factory|"
    rf"mine|mining|"
    rf"sawmill|grain (?:bin|elevator|silo)|gas|house|apartment|school|church|nightclub|mall|"
    rf"wedding|"
    rf"hotel|school bus|ferry|avalanche|drive-by|police|mass|hunting|farm(?:ing)?) (?:crash|"
    rf"accident|"
    rf"explosion|fire|shooting|collapse|derailment|rescue|disaster|stabbing|chase|hostage \w+)"
    rf"|(?:kidnapp?ed|held hostage|shot by (?:the |a )?(?:police|officer|cops?|sniper)|stabbed by "
    rf"(?:his|"
    rf"her) \w+|thrown (?:off|from) (?:a|the) (?:bridge|balcony|roof|train|cliff)|buried (?:alive|"
    rf"in (?:an? |"
    rf"the )?(?:avalanche|grain|rubble|snow))|(?:fell|fallen|jumped|dropped|plunged) (?:off|from|"
    rf"out of|"
    rf"into|down|through) (?:a|an|the|his|her) (?:\w+ ){{0,2}}(?:balcony|bridge|cliff|roof|window|"
    rf"silo|tree|water ?fall|crane|scaffold(?:ing)?|ladder truck|helicopter|plane|well|ice|vat|"
    rf"manhole|"
    rf"volcano|zoo)|(?:fell|plunged) \d+ (?:stories|storeys|floors|feet|metres|meters)"
    rf"|caught in (?:a|an|the|his|her) (?:\w+ )?(?:baler|wood ?chipper|combine|auger|conveyor(?: "
    rf"belt)?|"
    rf"lathe|meat grinder|printing press|machine|propeller|elevator)|(?:in|into) a (?:baler|wood "
    rf"?chipper|"
    rf"meat grinder|combine harvester))"
    rf"|(?:survived|survivor of) (?:a|an|the) (?:\w+ ){{0,2}}(?:crash|fire|explosion|avalanche|"
    rf"tsunami|"
    rf"shooting|bombing|earthquake|tornado|hurricane|shipwreck|massacre|collapse|flood))\b"
)
_BIRTH = re.compile(
    r"\b(?:gave birth|delivered|(?:was|were) born|went into labou?r|had (?:her|the) baby)(?: "
    r"(?:her|the|a|"
    r"baby|twins|right|there)){0,3} (?:in|on|at|inside) (?:a|an|the|our|my|her|his) (?:\w+ "
    r"){0,2}"
    r"(?:parking (?:lot|garage)|car ?park|elevator|lift|taxi|cab|uber|car|truck|bus|train|plane|"
    r"airplane|"
    r"flight|field|barn|toilet|bathroom|lobby|street|sidewalk|pavement|driveway|bridge|highway|"
    r"freeway|"
    r"motorway|supermarket|store|mcdonald's|church|wedding|prison|jail|tent|garden|petrol station|"
    r"gas station|ambulance bay|waiting room)\b"
)
_ROLE = re.compile(
    r"\b(?:(?:the|our|a|an|this|their|his|her) )?(?:(?:local|former|retired|current|deputy|"
    r"small[- ]town|"
    r"well[- ]known|famous|popular|professional|pro|olympic|town|city|county|village|high school|"
    r"college|national|state|beloved) ){0,3}(?:(?<!mr )(?:mayor|sheriff|senator|congress(?:man|"
    r"woman)|"
    r"governor|city council(?:l?or|man|woman)|member of parliament|mp for|bishop|archbishop|"
    r"school principal|head ?teacher|headmaster|headmistress|fire chief|police chief|chief of "
    r"police|"
    r"postmaster|town crier|lighthouse keeper|football coach|basketball coach|hockey coach|news "
    r"?anchor|"
    r"weather ?man|weather girl|tv presenter|radio host|quarterback|olympian|gold medall?ist|"
    r"celebrity|celebrities|influencer|youtuber|tiktoker|rock star|pop star|movie star|film star|"
    r"opera singer|astronaut|billionaire|lottery winner|beauty queen|superintendent of schools|"
    r"world champion|national champion|tennis player|football player|nfl player|nba player|"
    r"premier league \w+|rugby player|hockey player|race ?car driver|jockey))\b"
    r"(?! (?:station|department|office|tape|elbow|sign|method|of the))"
)
_KNOWN = re.compile(
    r"\b(?:(?:a |the |our |some(?:what)? of a )?local (?:celebrity|hero|legend|star|politician|"
    r"personality|character)|(?:every(?:one|body)|the whole (?:town|village|school|city|county)|"
    r"half the "
    r"town) (?:in town |here |around here |in the village )?(?:knows|knew|remembers|recogni[sz]es|"
    r"turned out|came|was at|showed up)|(?:used to|he|she) plays? (?:\w+ )?(?:for the|in the) "
    r"(?:\w+ "
    r"){1,2}(?:league|team|orchestra|nfl|nba|nhl)?|(?:won|winning) (?:an?|the|two|three|\d+) "
    r"(?:\w+ )?"
    r"(?:gold medal|olympic \w+|oscar|grammy|emmy|nobel \w+|lottery|pulitzer|super ?bowl|world cup|"
    r"jackpot|state championship)|(?:was|is|she's|he's|been) (?:kind of |pretty |very |quite |"
    r"sort of |a "
    r"little |internet |really )?(?:famous|well[- ]known)(?: (?:in|around) (?:town|\w+))?|on "
    r"(?:america's got talent|american idol|the bachelor|x factor|britain's got talent|survivor|"
    r"big brother|love island|the voice|masterchef|jeopardy))\b"
)
_WORKPLACE = either(
    r"""
    school, church, mosque, synagogue, temple, bakery, sawmill, mill, factory, plant, mine,
    quarry, dairy, diner, restaurant, bar, pub, cafe, fire station, police station, prison, jail,
    library, post office, academy, gas station, petrol station, grocery(?: store)?, supermarket,
    hardware store, barber ?shop, flower shop, book ?shop, garage, brewery, distillery, vineyard,
    winery, zoo, museum, airport, casino, salon, town hall, lighthouse, ski resort,
    golf (?:club|course), ranch, farm shop, butcher'?s?(?: shop)?, newspaper, radio station,
    tv station, funeral home, bank, feed store, laundromat, pizzeria, pizza place
    """
)
_WORKS = re.compile(
    rf"\b(?:works?|worked|working|teaches|taught|coache[sd]|preache[sd]|runs?|ran|owns?|owned|"
    rf"manages?|"
    rf"managed|janitor|teacher|cook|chef|bartender|librarian|pastor|priest|minister|imam|rabbi|"
    rf"guard|"
    rf"barber|hairdresser|cashier|foreman|owner|manager) (?:as an? [\w' ]{{3,20}} )?(?:(?:at|in|"
    rf"for|of|"
    rf"with|down at|over at|up at|from) )?(?:the|a|an|our|his own|her own|that|this|their) "
    rf"(?:[\w'-]+ ){{0,3}}?{_WORKPLACE}\b"
    rf"(?: (?:on|down|near|next to|across from) (?:the |our )?[\w']+(?: (?:street|road|avenue|"
    rf"square))?)?"
)

_SEARCH = "It was in the news, so whoever searches finds who it was."
_FEW = "It is told of one or of few, so it points to whom it happened to."
_ROLES = "One person, or nearly, has this role in a place; many will know who."
_TABLE = (
    (_IN_THE_NEWS, 0.85, _SEARCH, "(leave it out)"),
    (_KNOWN, 0.8, _ROLES, "(leave it out)"),
    (_RECORD, 0.75, _FEW, "an unusual case"),
    (_FEW_ARE, 0.8, _FEW, "somebody"),
    (_ONLY, 0.8, _ROLES, "(leave it out)"),
    (_OBJECT, 0.55, _FEW, "an object"),
    (_BIRTH, 0.55, _FEW, "gave birth"),
    (_EVENT, 0.8, _FEW, "an accident"),
    (_ROLE, 0.75, _ROLES, "somebody"),
    (_WORKS, 0.7, "Where somebody works tells many who they are.", "works in the area"),
)

_SOMEBODY = (_KNOWN, _FEW_ARE, _ONLY, _ROLE, _WORKS)
"""Words that are themselves of somebody."""


def find(reading: Reading, lexicon: Lexicon) -> Iterator[Hit]:
    """Circumstances beside a case, said of one person."""
    for pattern, sure, reason, instead in _TABLE:
        for match in pattern.finditer(reading.low):
            start, end = match.span()
            if _told(reading, start, end, pattern):
                yield Hit("circumstance", start, end, sure, reason, instead)


def _told(reading: Reading, start: int, end: int, pattern: re.Pattern[str]) -> bool:
    """Whether this is told of a patient; the news are always of somebody."""
    if pattern is _IN_THE_NEWS:
        return reading.beside_case(start, end)
    return of_one(reading, start, end, somebody=pattern in _SOMEBODY)
