"""What a report carries from sentence to sentence: the scene it is telling of, its country, its running totals."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from bot.extraction.attach import tells_own_day, tells_when_said, token_at
from bot.extraction.countries import Countries
from bot.extraction.days_told import MONTH, WEEK, DaysTold, is_long
from bot.extraction.definite_places import DEFINITE, PlacesTold
from bot.extraction.draft import Draft
from bot.extraction.known_places import KnownPlaces
from bot.extraction.lexicon import Lexicon
from bot.extraction.local_speakers import OF_SPEAKER
from bot.extraction.pack import Gazetteer
from bot.extraction.place_mention import PART_OF_COUNTRY, PART_OF_TOWN, UNKNOWN_LEVEL, WHOLE_COUNTRY, PlaceMention, Role
from bot.extraction.scene_cues import (
    breadth,
    dateline,
    happens,
    headline_topic,
    is_apart,
    is_building,
    is_denied,
    is_eventful,
    landmark,
    narrowest,
    noun_of,
    tells_of_war_beginning,
)
from bot.extraction.scenes import Scene, Scenes, Span
from bot.extraction.sentence import Sentence
from bot.extraction.sources import SourceBook
from bot.extraction.tokens import Tokens
from bot.extraction.windows import TimeMention
from bot.extraction.words import word_set
from bot.facts.vocabulary import Accounting
from bot.facts.window import Moment, Window

_SIDES_OF_TOWN = word_set("east west north south eastern western northern southern central")
_OPENING = 4
_HALVES = frozenset(("east", "west"))
_LEAD = 2  # the sentences that tell what the report is about
_DAYS = frozenset(("weekday", "weekdays", "date", "overnight", "yesterday", "weekend", "last", "today", "day_range"))
_SINCE = frozenset(("since", "since_event", "war_began"))
_TOWNS = (" city", " town", " capital")
_PART = re.compile(r"(?:[\w-]+ )?(?P<side>\w+) of the (?:city|town|capital) of (?P<town>.+)")


class Context:
    """What is known before a sentence is read. Lives for one extraction."""

    def __init__(self, report_date: date | None, book: SourceBook, gazetteer: Gazetteer) -> None:
        self.book = book
        self.days = DaysTold(report_date)
        self.gazetteer = gazetteer
        self.scenes = Scenes()
        self.countries = Countries()
        self.capitals: Mapping[str, str] = {}
        self.told = PlacesTold()
        self.known = KnownPlaces()
        self.topic: str | None = None
        self.town: str | None = None
        self.divided: str | None = None  # the town of which a side was told: "the west" is then its other side
        self.site: tuple[str, Span, int, int] | None = None
        self.running: Draft | None = None
        self.of_country: tuple[str, int] | None = None  # the country that a total was of, and its sentence
        self.levels: dict[int, int] = {}  # draft → how narrow the place is that its own sentence gave
        self.unnamed = False  # whether the sentence tells of "the district" and no district was named
        self.position = -1
        self.paragraph = 0
        self._before: Scene | None = None
        self._entered: set[str] = set()

    @property
    def country(self) -> str | None:
        """The country that the report tells of."""
        return self.countries.told_of

    @property
    def theatre(self) -> str | None:
        """Where the war is that the report tells of: its country, or the region that two countries fight over."""
        part = self.topic is not None and self.country is not None and self.topic.endswith(f" {self.country}")
        if part or (self.topic is not None and self.countries.between_two and self.topic not in self.countries):
            return self.topic
        return self.country

    @property
    def place(self) -> str | None:
        """The place that a sentence without one tells of."""
        return self.carried()[0]

    @property
    def place_span(self) -> Span | None:
        """Where that place was named."""
        return self.carried()[1]

    def carried(self) -> tuple[str | None, Span | None]:
        """The place carried over and its characters. A building is carried only into the next sentence."""
        if self.site is not None and self.position - self.site[2] <= 1 and self.paragraph == self.site[3]:
            return self.site[0], self.site[1]
        scene = self.scenes.now
        return (scene.place, scene.span) if scene is not None else (None, None)

    def see(self, position: int, sentence: Sentence, lexicon: Lexicon) -> list[PlaceMention]:
        """Begins a sentence: its places, with those told of again under the names they had."""
        self.position = position
        self.paragraph = sentence.span.paragraph
        self._before = self.scenes.now
        self._entered = set()
        tokens = sentence.tokens
        written = dateline(tokens, lexicon) if position <= 1 else None
        if written is not None:
            scene = self.scenes.enter(
                written.name,
                tokens.span(written.first, written.past),
                written.level,
                position,
                counts=False,
                apart=False,
            )
            scene.country = written.rule
            self.told.tell(written.name, written.level, None, position)
            self.known.learn(written)
        self.capitals = lexicon.capitals
        self.countries.see(tokens, lexicon, opening=position <= 1)
        places = sentence.places(lexicon)
        places += self.known.find(tokens, lexicon, sentence.taken, places)
        if position == 0:
            self.scenes.headed = tokens.low[-1:] not in (["."], ["!"], ["?"])
            self.topic = headline_topic(tokens)
            if self.topic is not None:
                self.told.tell(self.topic, 1, "region", position)
        places.sort(key=lambda place: place.first)
        meant = []
        self.unnamed = False
        for place in places:
            named = self._meant(place)
            if named is not None:
                meant.append(named)
            else:
                self.unnamed = True
            if place.rule in (DEFINITE, WHOLE_COUNTRY) or place.role is Role.NEAR_OTHER:
                continue
            self._remember_town(place)
            self.known.learn(place)
            if place.level >= 1:
                self.told.tell(self.named(place), place.level, noun_of(tokens, place, lexicon), position)
        return meant

    def _meant(self, place: PlaceMention) -> PlaceMention | None:
        if place.rule != DEFINITE:
            return place
        name = self.told.meant(place.name, place.level, self.position, self.scenes.names())
        if name is None and place.name in ("strip", "territory"):
            name = self.theatre
        if name is None and place.name == "capital" and self.country is not None:
            name = self.capitals.get(self.country)
        if name is None:
            return None
        return PlaceMention(place.first, place.past, name, place.level, place.role, place.rule)

    def _remember_town(self, place: PlaceMention) -> None:
        words = place.name.split()
        if place.rule != PART_OF_TOWN and place.level >= 1:
            if len(words) == 2 and words[0].lower() in _SIDES_OF_TOWN:
                self.town = self.divided = words[1]
            elif self.town is None and place.level == UNKNOWN_LEVEL:
                self.town = place.name

    def named(self, place: PlaceMention) -> str:
        """The place's name; a part of "the city" with the city's name."""
        if place.rule == WHOLE_COUNTRY and self.country is not None:
            return self.country
        if place.rule == "part_of_the_country" and self.country is not None:
            return f"{place.name} of {self.country}"
        if place.rule == PART_OF_COUNTRY and self.divided is not None and place.name.lower() in _HALVES:
            return f"{place.name} {self.divided}"
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

    def enter(self, sentence: Sentence, place: PlaceMention, *, counts: bool) -> Scene:
        """The scene that the sentence's place opens or goes on with."""
        name, span = self.named(place), sentence.tokens.span(place.first, place.past)
        level = breadth(sentence.tokens, place)
        now = self.scenes.now
        if is_building(place) and now is not None and not now.wide:
            self.site = name, span, self.position, sentence.span.paragraph
            return now
        self._entered.add(name)
        apart, near = is_apart(sentence.tokens), level < place.level
        return self.scenes.enter(name, span, level, self.position, counts=counts, apart=apart, near=near)

    def leave(self) -> None:
        """Ends a sentence. One that told of several places ("two in Bidi and four in Saran") leaves the reader where
        he was before it."""
        if len(self._entered) > 1 and self._before is not None:
            self.scenes.now = self._before
            self._before.last = self.position

    def note(self, draft: Draft, level: int | None, scene: Scene | None, *, before: bool) -> None:
        """Remembers what a fact gave.

        Args:
            level: how narrow the place is that its own sentence gave; None where it was carried over.
            before: whether it was before what the report is telling of, so that its days are not carried over.
        """
        if level is not None:
            self.levels[draft.index] = level
        if draft.part_of is None:
            self.running = draft if draft.cumulative else None
        if draft.window is not None:
            self.days.last_window = draft.window, draft.cumulative, self.position, self.paragraph
        if scene is not None:
            scene.facts.append(draft.index)
            if scene.country is not None and scene.place is not None and scene.span is not None:
                self.scenes.refined[draft.index] = scene.place, scene.span
        step = next((s for s in draft.trace if s.field == "window"), None)
        if step is None or step.rule in ("inherited", "same_period") or draft.window is None:
            return
        self.days.any_window, self.days.any_cumulative = draft.window, draft.cumulative
        if draft.window_words is not None and step.rule in _SINCE and draft.window.start is not None:
            self.days.begun(draft.window_words.lower().split(), draft.window.start)
        known = scene is not None and scene.window is not None
        if scene is None or draft.accounting is Accounting.STOCK or step.span is None or (before and known):
            return
        if self.days.is_recent(draft.window, MONTH) if draft.cumulative else not is_long(draft.window):
            self._set_window(scene, draft.window, step.span, running=draft.cumulative)

    def _set_window(self, scene: Scene, window: Window, span: Span, *, running: bool) -> None:
        if scene.window is None or scene is not self.scenes.main or self.days.is_recent(window, WEEK):
            scene.window, scene.window_span, scene.running = window, span, running
            scene.window_at = self.position
            mainly = scene is self.scenes.main or self.position <= _OPENING
            if mainly and self.scenes.first_window is None and self.days.is_recent(window, MONTH):
                self.scenes.first_window = window, span

    def _day_since(self, times: list[TimeMention]) -> bool:
        """ "mourned on Thursday, a day after the strike": the strike was the day before."""
        since = next((time for time in times if time.rule == "day_since"), None)
        named = next((time.window for time in times if time.rule in _DAYS and time.window is not None), self.days.today)
        if since is None or named is None or named.end is None:
            return False
        moment = Moment(named.end.last - timedelta(days=1))
        scene = self.scenes.stay(self.position)
        self._set_window(scene, Window(moment, moment), (since.start, since.end), running=False)
        return True

    def _tells_when(self, time: TimeMention) -> bool:
        """Whether words of time in a sentence that counts nobody are the days of what it tells."""
        return time.rule in _DAYS or (time.rule == "month" and self.position <= _LEAD)

    def event_day(self, sentence: Sentence, times: list[TimeMention], lexicon: Lexicon) -> None:
        """ "Thursday's strike on Larkport", "The attack took place on 17 March": the day of what the report is about,
        whatever other days came before."""
        tokens, scenes = sentence.tokens, self.scenes
        for time in times:
            at, past = token_at(tokens, time.start), token_at(tokens, time.end)
            if time.window is None or time.rule not in _DAYS:
                continue
            possessed = past > 0 and tokens.low[past - 1].endswith("'s")
            own = possessed and bool(lexicon.deeds.intersection(tokens.low[past : past + 3]))
            if own or (self._of_story() and tells_own_day(tokens, at, lexicon)):
                scenes.tell_day(time.window, (time.start, time.end))

    def _of_story(self) -> bool:
        """Whether "the attack" is what the report is about and not what the sentence before told of elsewhere."""
        now = self.scenes.now
        return now is self.scenes.main or (now is not None and self.position - now.opened > 1)

    def _moves_to(self, tokens: Tokens, place: PlaceMention, lexicon: Lexicon, *, controls: bool) -> bool:
        """Whether a sentence that counts nobody takes the reader to its place."""
        if place.rule in (PART_OF_TOWN, OF_SPEAKER) or (controls and not is_denied(tokens)):
            return True
        return happens(tokens, place, lexicon)

    def pass_by(
        self,
        sentence: Sentence,
        lexicon: Lexicon,
        found: list[PlaceMention],
        times: list[TimeMention],
        *,
        controls: bool,
    ) -> None:
        """A sentence that counts nobody may still say where we are, and on what day.

        Args:
            controls: whether it tells who controls a place.
        """
        tokens = sentence.tokens
        best = narrowest(tokens, found) or landmark(found)
        if best is not None and self._moves_to(tokens, best, lexicon, controls=controls):
            self.enter(sentence, best, counts=False)
        telling = self.position <= _LEAD or is_eventful(tokens, lexicon)
        if self._day_since(times):
            return
        for time in times:
            if tells_when_said(tokens, token_at(tokens, time.start)):
                continue
            if time.rule == "soon" and self.days.any_window is not None:
                scene = self.scenes.stay(self.position)
                self._set_window(scene, self.days.any_window, (time.start, time.end), running=False)
                break
            if time.window is None:
                continue
            if time.window.start is not None and tells_of_war_beginning(tokens):
                self.days.begun(tokens.low, time.window.start)
                break
            if time.rule in ("year", "years"):
                self.days.past_war = time.window, self.position
            elif time.rule in _SINCE and time.window.start is not None:
                self.days.since = self.days.war_start = time.window.start
            elif self._tells_when(time) and (best is not None or (telling and self.days.is_recent(time.window, WEEK))):
                scene = self.scenes.stay(self.position)
                self._set_window(scene, time.window, (time.start, time.end), running=False)
                self.days.last_window = time.window, False, self.position, self.paragraph
                break
