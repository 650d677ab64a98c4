"""What a report carries from sentence to sentence: the place and the day it is telling of."""

import re
from datetime import date

from bot.extraction import tags as tg
from bot.extraction.attach import tells_when_said, token_at
from bot.extraction.draft import Draft
from bot.extraction.lexicon import Lexicon
from bot.extraction.pack import Gazetteer
from bot.extraction.places import PART_OF_COUNTRY, PART_OF_TOWN, UNKNOWN_LEVEL, WHOLE_COUNTRY, PlaceMention, Role
from bot.extraction.sentence import Sentence
from bot.extraction.sources import SourceBook
from bot.extraction.tokens import Tokens
from bot.extraction.windows import TimeMention
from bot.extraction.words import word_set
from bot.facts.vocabulary import Accounting
from bot.facts.window import Moment, Window

_SIDES_OF_TOWN = word_set("east west north south eastern western northern southern central")


_WEEK = 7
_DAYS = frozenset(("weekday", "weekdays", "date", "overnight", "yesterday", "weekend", "last"))
_TOWNS = (" city", " town", " capital")
_PART = re.compile(r"(?:[\w-]+ )?(?P<side>\w+) of the (?:city|town|capital) of (?P<town>.+)")


def _whole_name(tokens: Tokens, at: int, lexicon: Lexicon) -> str:
    """ "Burkina Faso", "South Sudan": the country's name that the word at token `at` belongs to."""
    first, past = at, at + 1
    while past < len(tokens.low) and tokens.low[past].removesuffix("'s") in lexicon.countries:
        past += 1
    if first > 0 and tokens.low[first - 1] in ("south", "north") and tokens.tag[first - 1] & tg.CAPITAL:
        first -= 1
    return " ".join(tokens.raw[first:past]).removesuffix("'s").removesuffix("’s")


class Context:
    """Place and window of the last fact that had its own. Lives for one extraction."""

    def __init__(self, report_date: date | None, book: SourceBook) -> None:
        self.report_date = report_date
        self.book = book
        self.today = Window(None, Moment(report_date)) if report_date is not None else None
        self.town: str | None = None
        self.country: str | None = None
        self.place: str | None = None
        self.place_span: tuple[int, int] | None = None
        self.window: Window | None = None
        self.window_span: tuple[int, int] | None = None
        self.any_window: Window | None = None
        self.any_cumulative = False
        self.running: Draft | None = None

    def note(self, draft: Draft) -> None:
        """Remembers what a fact of the narrative gave."""
        self.running = draft if draft.cumulative else None
        for step in draft.trace:
            if step.field == "place" and step.rule != "inherited":
                self.place, self.place_span = draft.place, step.span
            elif step.field == "window" and step.rule not in ("inherited", "same_period") and draft.window is not None:
                self.any_window, self.any_cumulative = draft.window, draft.cumulative
                if not draft.cumulative and draft.accounting is not Accounting.STOCK and self._recent(draft.window):
                    self.window, self.window_span = draft.window, step.span

    def see(self, sentence: Sentence, lexicon: Lexicon, places: list[PlaceMention]) -> None:
        """Remembers the town that "the city" will mean, and the country that "the war" will."""
        if self.country is None and sentence.span.number == 1:
            for k, word in enumerate(sentence.tokens.low):
                if word.removesuffix("'s") in lexicon.countries:
                    self.country = _whole_name(sentence.tokens, k, lexicon)
                    break
        for place in places:
            if place.level == 0 and self.country is None and place.rule != WHOLE_COUNTRY:
                self.country = place.name
            words = place.name.split()
            if place.rule != PART_OF_TOWN and place.level >= 1 and place.role is not Role.NEAR_OTHER:
                if len(words) == 2 and words[0].lower() in _SIDES_OF_TOWN:
                    self.town = words[1]
                elif self.town is None and place.level == UNKNOWN_LEVEL:
                    self.town = place.name

    def named(self, place: PlaceMention) -> str:
        """The place's name; a part of "the city" with the city's name."""
        if place.rule == WHOLE_COUNTRY and self.country is not None:
            return self.country
        if place.rule == PART_OF_COUNTRY and self.country is not None:
            return f"{place.name} {self.country}"
        if place.rule == PART_OF_TOWN and self.town is not None:
            return f"{place.name} {self.town}"
        if place.rule == "part_of" and place.name.lower().endswith(_TOWNS) and self.town is not None:
            return f"{place.name} of {self.town}"
        return place.name

    def resolve(self, gazetteer: Gazetteer, name: str | None) -> str | None:
        """The gazetteer's id for a name; "the west of the city of Larkport" is looked up as west Larkport."""
        if name is None:
            return None
        part = _PART.fullmatch(name)
        return gazetteer.resolve(f"{part['side']} {part['town']}" if part is not None else name)

    def _recent(self, window: Window) -> bool:
        """Only days close to the report are carried over; "in April" or "in 2012" looks back."""
        end = window.end or window.start
        if end is None or self.report_date is None:
            return False
        start = window.start or end
        return 0 <= (self.report_date - end.first).days <= _WEEK and (end.first - start.first).days <= _WEEK

    def pass_by(
        self, sentence: Sentence, lexicon: Lexicon, found: list[PlaceMention] | None, times: list[TimeMention]
    ) -> None:
        """A sentence without a fact of its own may still say where we are, and on what day."""
        for time in times:
            day = time.window if time.rule in _DAYS else None
            if (
                day is not None
                and self._recent(day)
                and not tells_when_said(sentence.tokens, token_at(sentence.tokens, time.start))
            ):
                self.window, self.window_span = day, (time.start, time.end)
                break
        best: PlaceMention | None = None
        for place in sentence.places(lexicon) if found is None else found:
            if place.role is Role.AT and place.level >= 1 and (best is None or place.level > best.level):
                best = place
        if best is not None:
            self.place = self.named(best)
            self.place_span = sentence.tokens.span(best.first, best.past)
