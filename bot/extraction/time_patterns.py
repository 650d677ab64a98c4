"""The words of time as patterns for text in small letters; `windows` says what days they mean."""

import re

WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
YEAR = r"(?:19|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_DATE = rf"(?:{_DAY}\s+(?:of\s+)?{MONTH}\.?(?:,?\s+{YEAR})?|{MONTH}\.?\s+{_DAY}(?!\d)(?:,?\s+{YEAR})?)"
_PART = r"(?:early|late|mid|the\s+(?:start|end|beginning|middle)\s+of)[\s-]*"
MOMENT = (
    rf"(?:{_DATE}|(?:{_PART})?{MONTH}\b(?:\s+(?:{YEAR}|(?:of\s+)?(?:last|this)\s+year))?|(?:{_PART})?{YEAR}\b"
    rf"|(?:last\s+)?{WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?"
    r"|last\s+(?:week|month|year|night|weekend|summer|winter|spring|autumn)|the\s+weekend|yesterday|then"
    r"|(?:the\s+)?(?:start|beginning)\s+of\s+(?:the|this)\s+(?:year|month|week))"
)
_NUM = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several|few|couple\s+of)"
_UNIT = r"(?:hours?|days?|weeks?|months?|years?|decades?)"
_DAYS = rf"{_DAY}\s*(?:-|–|and|to|until)\s*{_DAY}"
_AGO = rf"(?:{_NUM}|a)\s+(?:days?|weeks?|months?|years?)\s+ago"
_CAMPAIGN = (
    r"(?:war|conflict|fighting|insurgency|uprising|offensive|invasion|violence|operation|assault|campaign|siege|battle"
    r"|crackdown|bombardment|advance|push|strikes|raids|clashes)"
)
_BEGAN = r"(?:began|begun|started|erupted|broke\s+out|flared(?:\s+up)?|resumed|launched|was\s+launched)"
PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "same_period",
        r"(?:(?:in|over|during)\s+(?:the\s+same|that)\s+(?:period|time)|(?:in|over|during)\s+(?:the|this)\s+(?:reporting\s+period|period\s+under\s+review)|on\s+the\s+same\s+day|(?:that\s+)?same\s+day|that\s+day|at\s+the\s+same\s+time)",
    ),
    ("since", rf"since\s+(?:{_PART})?{MOMENT}"),
    ("since_event", rf"since\s+[^.;:]{{3,110}}?\b(?:(?:on|in|of|last)\s+{MOMENT}|(?P<since_ago>{_AGO}))"),
    ("day_range", rf"(?:(?:between|from)\s+)?(?:{_DAYS}\s+{MONTH}|{MONTH}\s+{_DAYS})(?!\d)(?:,?\s+{YEAR})?"),
    (
        "years",
        rf"(?:(?:in|from|between|during)\s+)?(?:the\s+)?(?P<y1>{YEAR})\s*(?:-|–|to|and)\s*(?P<y2>(?:{YEAR}|\d\d))(?!\d)",
    ),
    ("months", rf"(?:in|during|over|between|throughout)\s+{MONTH}\s+(?:and|to)\s+{MONTH}\b(?:\s+{YEAR})?"),
    ("between", rf"(?:between|from)\s+{MOMENT}\s+(?:and|to|until|till)\s+{MOMENT}"),
    ("day_before", r"(?:the\s+|a\s+|one\s+)?(?:previous\s+day|day\s+(?:before|earlier|prior))"),
    ("day_after", r"(?:the\s+)?(?:next|following)\s+day"),
    ("day_since", r"(?:a|one|the)\s+day\s+after"),
    (
        "last_n",
        rf"(?:(?:over|in|during|within|for|through)\s+)?the\s+(?:past|last|previous)\s+(?:(?P<n>{_NUM})[\s-]+)?(?P<unit>{_UNIT})",
    ),
    ("ago", rf"(?P<n2>{_NUM}|an?)\s+(?P<unit2>days?|weeks?|months?|years?)\s+(?:ago|earlier|before)"),
    (
        "since_start",
        r"since\s+(?:[^.,;:]{3,70}?\b(?:began|begun|started|erupted|broke\s+out|resumed|escalated|flared|collapsed)"
        r"|the\s+(?:coup|takeover|invasion|uprising|war|conflict|revolution|revolt|ceasefire|truce|offensive|siege)\b"
        r"|the\s+(?:start|outbreak|beginning|onset)\s+of\s+(?:the\s+)?[\w-]+(?:\s+(?:war|conflict|offensive|fighting))?"
        r"|then\b)",
    ),
    (
        "war_began",
        rf"{_CAMPAIGN},?\s+(?:(?:that|which|it|he|they)\s+)?{_BEGAN}"
        rf"\s+(?:[\w'’-]+\s+){{0,4}}?(?:(?:on|in|last|early|late)\s+)*{MOMENT}",
    ),
    ("event_year", rf"the\s+{YEAR}(?=\s+[a-z])"),
    ("as_of", rf"as\s+(?:of|at)\s+{MOMENT}"),
    (
        "war_years",
        rf"(?:in\s+|over\s+)?(?P<n3>{_NUM}|eleven|\d+)(?:(?:-|\s)year(?:-|\s)(?:old\s+|long\s+)?|\s+years\s+of\s+)(?:\w+\s+)?(?:civil\s+)?"
        r"(?:war|conflict|insurgency|uprising|siege|rebellion|fighting|violence)",
    ),
    (
        "n_of_fighting",
        rf"(?:in|after|over|during)\s+(?:(?:about|around|nearly|almost|more\s+than|at\s+least)\s+)?(?P<n5>{_NUM})\s+(?P<unit5>days|weeks|months)\s+of"
        r"\s+(?:\w+\s+)?(?:fighting|clashes|violence|shelling|bombardment|battles|battle|air\s+strikes|airstrikes|strikes|war|unrest)",
    ),
    (
        "in_n",
        rf"(?:in|over|within|during)\s+(?:(?:just|only|about|around|nearly|barely|the|less\s+than|more\s+than|space\s+of)\s+)*(?P<n6>{_NUM}|an?)\s+(?P<unit6>{_UNIT})",
    ),
    (
        "holiday",
        r"(?:(?:on|over|at|during|since)\s+)?(?:christmas|easter|new\s+year['’]s|eid)(?:\s+(?:day|eve|sunday|monday|weekend|al-\w+))?",
    ),
    ("dawn", r"(?:before|at|after|around)\s+(?:dawn|daybreak|dusk|midnight|noon|midday|nightfall|sunrise|sunset)"),
    ("day_of_month", r"on\s+the\s+(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)"),
    ("soon", r"(?:(?:minutes|hours|moments)\s+(?:later|earlier|afterwards)|shortly\s+afterwards)"),
    ("that_day", r"that\s+(?:night|morning|afternoon|evening|weekend|week)"),
    ("recent", r"in\s+recent\s+(?:hours|days|weeks|months|years)"),
    (
        "part_of_year",
        rf"in\s+the\s+first\s+(?:half|quarter|(?P<n4>{_NUM})\s+months)\s+of\s+(?:{YEAR}|(?:the|this)\s+year)",
    ),
    (
        "weekdays",
        rf"(?:on\s+|late\s+|early\s+|last\s+|this\s+|next\s+)*{WEEKDAY}(?:\s+and\s+{WEEKDAY})(?:\s+(?:morning|afternoon|evening|night))?",
    ),
    ("date", rf"(?:on\s+(?:the\s+(?:night|morning|evening|afternoon)\s+of\s+)?)?(?:{WEEKDAY},?\s+)?{_DATE}"),
    (
        "weekday",
        rf"(?:(?:overnight|on|late|early)\s+)*(?:(?:last|this|next)\s+)?{WEEKDAY}(?:\s+(?:morning|afternoon|evening|night))?(?:\s+alone)?",
    ),
    (
        "month",
        rf"(?:in|during|by|until|through|throughout)\s+(?:{_PART})?{MONTH}\b(?:\s+(?:{YEAR}|(?:of\s+)?(?:last|this)\s+year))?",
    ),
    ("year", rf"(?:in|during|by|until|through|throughout)\s+(?:{_PART})?{YEAR}\b"),
    (
        "this",
        r"(?:so\s+far\s+|earlier\s+|later\s+)?this\s+(?:year|month|week|morning|afternoon|evening|weekend)(?:\s+so\s+far)?",
    ),
    ("last", r"(?:earlier\s+|late\s+)?last\s+(?:week|month|year|night|weekend|summer|winter|spring|autumn)"),
    ("overnight", r"overnight"),
    ("today", r"(?:(?:earlier\s+)?today\b|since\s+(?:(?:the|this|early)\s+)*(?:morning|dawn|daybreak))"),
    ("yesterday", r"yesterday(?:\s+(?:morning|afternoon|evening))?"),
    ("weekend", r"(?:(?:at|over|during)\s+the|after\s+a)\s+weekend"),
    ("so_far", r"so\s+far\b"),
    ("now", r"(?:currently|now|at\s+present|presently)"),
)
ALL = re.compile(r"\b(?:" + "|".join(f"(?P<{name}>{pattern})" for name, pattern in PATTERNS) + r")(?![\w-])")
# A cheap look before the dear one: without one of these letters runs no pattern above can match.
HINT = re.compile(
    r"christmas|later|moments|shortly|minutes|easter|\beid\b|dawn|dusk|midn|noon|sunri|sunset|\d(?:st|nd|rd|th)\b|evening|hours|as\s+(?:of|at)|first\s+(?:half|quarter)|day|since|past|last|previous|recent|year|month|week|night|today|so\s+far|same|that\s+time|ago|earlier|current|present|\bnow\b|"
    r"\b(?:19|20)\d\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
)
