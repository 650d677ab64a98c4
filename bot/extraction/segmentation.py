"""Paragraphs, sentences and quotations, as offsets into the text."""

import re
from dataclasses import dataclass

_BLOCK = re.compile(r"\S[^\n]*")
# The end of a sentence: a full stop (or the like), closing quotes, then a blank and a capital, digit or quote; or a
# full stop that lost its blank before a capital ("officials said.Two other").
_END = re.compile(
    r"""[.!?…]["”’')\]]*(?=\s+[_âÂ\x80-\x9f]*["“‘'(\[]?[^\W_a-z]|["”]?\s*$)|(?<=[a-z0-9)])[.!?]["”]?(?=[A-Z][a-z])"""
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“])(?:mr|mrs|ms|dr|prof|gen|lt|col|maj|capt|sgt|cpl|brig|adm|sen|rep|gov|pres|hon|rev|fr|st|mt|ft|no|nos|vs|"
    r"etc|inc|ltd|co|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|approx|dept|est|fig|[a-z]|(?:[a-z]\.){1,5}[a-z])\.$",
    re.IGNORECASE,
)
_DATELINE_INITIALS = re.compile(r"(?:U\.S|U\.N|U\.K|D\.C|E\.U|a\.m|p\.m)\.$", re.IGNORECASE)
_OPEN, _CLOSE = "“«", "”»"
LONGEST_SENTENCE = 2_000


@dataclass(frozen=True, slots=True)
class SentenceSpan:
    """Paragraph and sentence number, both from 1, and the characters [start, end)."""

    paragraph: int
    number: int
    start: int
    end: int


def sentences(text: str) -> list[SentenceSpan]:
    """Every sentence of every paragraph; a line is a paragraph, as agencies write them.

    A sentence longer than `LONGEST_SENTENCE` characters (no report has one; hostile text does) is cut, so that every
    later stage is linear in the length of the text.
    """
    found: list[SentenceSpan] = []
    for paragraph, block in enumerate(_BLOCK.finditer(text), 1):
        number = 0
        start, stop = block.start(), block.end()
        ends = _ends(text, start, stop)
        if paragraph == 1 and stop - start >= _WHOLE_ARTICLE:
            ends = sorted({*ends, *_headline_ends(text, start, stop)})
        for end in (*ends, stop):
            while start < end and text[start].isspace():
                start += 1
            while start < end:
                cut = min(end, start + LONGEST_SENTENCE)
                number += 1
                found.append(SentenceSpan(paragraph, number, start, cut))
                start = cut
    return found


_WHOLE_ARTICLE = 600  # characters of a first line that holds headline and text
_HEADLINE = 300
_DASH = re.compile(r"\s[-–—|]+\s+(?=[\"“‘']?[A-Z0-9])")
_TITLE_WORD = re.compile(r"[^\W\d_]{2,}")
_SHORTEST_TITLE = 4  # words besides those of a date
_OF_DATE = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|gmt|utc|last|updated?",
    re.IGNORECASE,
)


def _headline_ends(text: str, start: int, stop: int) -> list[int]:
    """Where a headline ends that stands in one line with its text, with a dash between them."""
    ends = []
    for dash in _DASH.finditer(text, start, min(stop, start + _HEADLINE)):
        title = text[start : dash.start()]
        if title.endswith((")", ",")):
            break  # "BEIRUT (Reuters) - Six people": a dateline belongs to its sentence
        words = [word for word in _TITLE_WORD.findall(title) if not _OF_DATE.fullmatch(word)]
        if len(words) >= _SHORTEST_TITLE:
            ends.append(dash.end())
            start = dash.end()
    return ends


def _ends(text: str, start: int, stop: int) -> list[int]:
    ends = []
    for match in _END.finditer(text, start, stop):
        if match.group()[0] == "." and match.end() < stop:
            before = text[max(start, match.start() - 12) : match.start() + 1]
            if _ABBREVIATION.search(before) and not _ends_with_initials(text, before, match.end()):
                continue
        ends.append(match.end())
    return ends


def _ends_with_initials(text: str, before: str, end: int) -> bool:
    """ "in the U.S. The army": initials end a sentence where a determiner or pronoun with a capital follows."""
    return bool(_DATELINE_INITIALS.search(before)) and bool(_OPENER.match(text, end))


_OPENER = re.compile(r"\s+(?:The|A|An|It|He|She|They|In|On|At|But|This|That|There|Some|Many|More)\s")


def quotations(text: str) -> list[tuple[int, int]]:
    """The characters inside quotation marks, the marks included. An unclosed quotation ends with its paragraph."""
    spans: list[tuple[int, int]] = []
    opened: int | None = None
    for match in re.finditer(r'["“”«»\n]', text):
        sign, at = match.group(), match.start()
        if sign == "\n":
            if opened is not None:
                spans.append((opened, at))
            opened = None
        elif opened is None:
            opened = at if sign not in _CLOSE else None
        elif sign not in _OPEN:
            spans.append((opened, at + 1))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans
