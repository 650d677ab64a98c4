"""What the parser hands over: a draft fact, everything in it pointed at in the text, for a person to look at."""

from dataclasses import dataclass

from bot.facts.fact import TraceStep
from bot.facts.quantity import Quantity
from bot.facts.vocabulary import Accounting, ControlStatus, EventType, Kind, Measure, Population, Stance, Unit
from bot.facts.window import Window

DOUBTFUL_BELOW = 0.6
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One claim as read. Fields that the text does not give are None.

    Attributes:
        span: the characters of the quantity (figures) or of the claim (all others), [start, end).
        sentence_span: the characters of the sentence it was read in.
        unit_words: the noun that is counted, as written.
        place_words, window_words, source_words, actor_words: as written, or None when carried over from earlier.
        place: the name of the place, without what stands around it; `place_id` its id in the pack's gazetteer.
        source: the speaker's full name, as far as the report gives it.
        part_of, restates: indexes of other drafts of the same report.
        inherited: names of the fields that were carried over from an earlier sentence.
        confidence: from 0 to 1; below `DOUBTFUL_BELOW` the draft is doubtful and `doubts` says why.
    """

    index: int
    kind: Kind
    span: Span
    sentence_span: Span
    paragraph: int
    sentence: int
    measure: Measure | None = None
    quantity: Quantity | None = None
    population: Population | None = None
    unit: Unit | None = None
    unit_words: str | None = None
    accounting: Accounting | None = None
    of: str | None = None
    place: str | None = None
    place_id: str | None = None
    place_words: str | None = None
    origin: str | None = None
    destination: str | None = None
    window: Window | None = None
    window_words: str | None = None
    cumulative: bool = False
    source: str | None = None
    source_words: str | None = None
    actor: str | None = None
    actor_words: str | None = None
    status: ControlStatus | None = None
    event: EventType | None = None
    stance: Stance = Stance.ASSERTED
    part_of: int | None = None
    restates: int | None = None
    inherited: tuple[str, ...] = ()
    confidence: float = 1.0
    doubts: tuple[str, ...] = ()
    trace: tuple[TraceStep, ...] = ()

    @property
    def doubtful(self) -> bool:
        """Whether a person has to decide; a doubtful draft is never loaded by itself."""
        return self.confidence < DOUBTFUL_BELOW

    @property
    def title(self) -> str:
        """Measure, status or type, in one word."""
        what = self.measure or self.status or self.event
        return what.value if what is not None else self.kind.value
