"""The turns of phrase that tell of one patient: what makes a date or a house beside them matter."""

import re

_PATTERNS = (
    # somebody is spoken of
    r"my (?:\w+ )?(?:patient|lady|guy)\b",
    r"(?:a|an|the|this|that|our|one|her|his) (?:\S+ ){0,2}(?:patient|pt)\b",
    r"patient(?:'s)? (?:\w+ )?(?:today|named|called|from|in|with|who|was|is|had|has|came|name)\b",
    r"pt(?:'s)?\b(?! (?:inr|ptt|aptt|sessions?|evaluation|eval|\d+ ?/ ?\d+|range)\b)"
    r"(?<!what is pt)(?<!optimal pt)(?<!normal pt)",
    r"(?:a|an|one|another|little|young|old|elderly|sweet|poor|some) (?:\w+ )?(?:kid|lady|guy|"
    r"gentleman|fellow|man|woman|boy|girl|baby|toddler|teenager|farmer|teacher|nurse|student|"
    r"mother|father|grandmother|grandfather|worker|driver|couple)\b",
    r"the (?:guy|lady|gentleman|kid)\b",
    r"this (?:\w+ )?(?:guy|lady|man|woman|kid|boy|girl|gentleman)\b",
    r"\d+[- ]?(?:years?|yrs?|months?|weeks?|days?)[- ]old\b",
    r"\d+ ?(?:yo|y/o|yof|yom|[mf])\b",
    r"(?:fe)?male,",
    r"(?:by|per|from|with|w|tell|told|call|called|his|her|their) (?:pcp|gp)\b",
    r"patient,",
    # something happened to them
    r"(?:came|comes|walked|wheeled|rolled|brought|rushed) in(?:to)?\b",
    r"(?:was|is|were|been|got) (?:\w+ )?(?:brought|admitted|transferred|seen|referred|discharged|"
    r"treated|"
    r"diagnosed|hospitalized|hospitalised|born|operated|evaluated|delivered|assessed|scheduled)\b",
    r"(?:treated|seen|admitted|diagnosed|referred|evaluated|hospitalized|hospitalised|"
    r"performed|done|"
    r"follow(?:ed)?[ -]up|consultation|appointment|visit|check-?up) (?:at|by|in|on|from)\b",
    r"presented (?:at|to|with|in|on)\b",
    r"(?:we|i|they) (?:\w+ )?(?:had|saw|admitted|transferred|treated|met|operated|lost|delivered|"
    r"intubated|discharged|coded|diagnosed|resuscitated)\b",
    r"(?:his|her|their) (?:\w+ )?(?:mother|father|mom|dad|mum|wife|husband|son|daughter|"
    r"family|brother|"
    r"sister|partner|chart|biopsy|scan|chest|name|date|birth|life|record|hand)\b",
    r"saved \S+ (?:\S+ )?life\b",
    r"case of\b",
    r"lives? (?:in|at|near|alone|outside)\b",
    r"i (?:got to )?diagnosed?\b",
    r"gave birth\b|burst into tears|rest in peace|fought so hard",
    r"(?:accident|crash|shooting|stabbing|overdose|drowning|incident|fall) "
    r"(?:was|happened|on|in)\b",
    r"our (?:next|first|last|new|oldest|youngest) (?:case|one|admission|patient|kid|baby)\b",
    r"(?:the|that|this) (?:\w+ )?(?:family|case|scan|biopsy|x-?ray|chart|wristband|ct|mri|film)\b",
    r"(?:seen|discharged|flew|flown|picked up|left) (?:at|from|in|on|against)\b",
    r"(?:only|first|second|third) (?:\w+ )?case\b|rural rotation\b",
    r"(?:family|woman|man|farmer|kids?|teenager|child|baby) (?:in|from|with)\b",
    r"(?:family|brothers?|sisters?|parents|relatives|mother|father|wife|husband) (?:all )?"
    r"(?:came|drove|flew|travell?ed) (?:\w+ ){0,3}from\b",
    r"(?:quadru|tri)plets\b|twins\b|discharge letter\b|letter from\b",
    r"(?:helicopter|ambulance|paramedics?) (?:\w+ )?(?:took|brought|picked|flew|came)\b",
    r"(?:team|colleagues|nurses|surgeons) (?:\S+ ){0,5}(?:delivered|operated|saved|lost|missed)\b",
    r"(?:delivered|resuscitated|coded|collapsed|survived|intubated) (?:a|an|the|on|at|in|for|both|"
    r"after|during|twice|quad)",
    r"(?:got|gets|getting|received|waited for|waiting for) (?:a|an|the|his|her|their) (?:new )?"
    r"(?:kidney|liver|heart|lungs?|pancreas|cornea|transplant|pacemaker|valve)\b",
    r"post[- ]?op(?:erative)? (?:day|check|visit)\b|day \w+ post[- ]?op\b",
    r"[a-z]{3,} [b-hj-z]\.(?:[,)?;]| (?:who|with|seen|from|at|on|is|was|has|had)\b)",
    # a query is typed in haste
    r"pt (?:seen|admitted|portal|name|initials|works|lives|goes)\b|(?:hx|h/o|s/p|c/o|f/u|w/) ",
    r"d/c'?d\b|dc'd\b|dx'd\b|tx'?d? from\b|last (?:dose|seen|visit)\b|re: ",
    r"(?:stroke|surgery|seizure|fall) on\b|(?:admit|discharge) date\b|surgery \d",
    r"(?:transplanted|intubated|extubated|coded|arrested|biopsied|cannulated|sectioned|resuscitated|"
    r"pronounced|catheterised|catheterized|discharged|relapsed|aspirated|desaturated|haemorrhaged)\b",
    r"(?:delivered|postpartum|listed for|resected|sent (?:him|her|them) home|pt wants|pt's|"
    r"sibs?)\b",
    r"(?:arrest|exam|lp done|tte|scan|mri|ct|biopsy) (?:on )?\d",
    r"bedside\b|code status\b|consent form\b|next of kin\b|emergency contact\b|wristband\b|"
    r"(?:last|first) (?:fill|refill|dialysis|chemo|scan|dose of)\b|stickers? (?:on|in)\b",
    r"(?:two|three|both|these|those|my|our|the) (?:patients|sisters|brothers|twins|siblings|"
    r"kids)\b",
    r"the (?:husband|wife|mother|mum|mom|father|dad|son|daughter|widow|boy|girl|toddler|teen|"
    r"teenager|grandmother|grandfather|caller|woman|man|family)\b",
    # the house speaks
    r"(?:bay|bed|cubicle) \d+\b",
    r"on (?:my|our) (?:shift|ward|list|unit)\b",
    r"in (?:my|our) (?:clinic|ward|er|ed|unit|theatre|icu)\b",
    r"round(?:ing|ed)\b",
    r"admitted\b|transferred\b|mrn\b|medical record\b|chart for\b|date of birth\b|dob\b",
    # somebody, whoever: last, so that "her mother" is more than "her"
    r"(?:he|she|him|his|her|hers)\b",
)
CASE = re.compile(r"\b(?:" + "|".join(_PATTERNS) + ")")
"""Matches where a lower-case text tells of one patient."""
