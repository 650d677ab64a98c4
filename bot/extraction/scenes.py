"""The scenes of a report: a place and the days told of there. The first is what the report is mainly about."""

from dataclasses import dataclass, field

from bot.facts.window import Window

Span = tuple[int, int]
_WIDE = 1  # countries and regions: a narrower place told of next is where in them it happened
_NEAR = 3  # sentences within which the place of an attack is told more exactly


@dataclass(slots=True)
class Scene:
    """One scene. `facts` are the indexes of the drafts that happened in it; `last` is the sentence that told of it
    last, counted from 0."""

    place: str | None
    span: Span | None
    level: int
    last: int
    opened: int = 0
    landmark: bool = False  # told as "near" a place: the place itself may follow
    left: bool = False  # whether another scene was opened since
    window: Window | None = None
    window_span: Span | None = None
    window_at: int = -9
    running: bool = False  # the window is that of a count still going on
    country: str | None = None  # of a dateline: what is told of a part of this country at first happened here
    facts: list[int] = field(default_factory=list)

    @property
    def wide(self) -> bool:
        """Whether it is told so widely that a narrower place may follow."""
        return self.place is None or self.level <= _WIDE


class Scenes:
    """The scenes so far, as a reader holds them: the main one and the present one. Lives for one extraction."""

    def __init__(self) -> None:
        self.main: Scene | None = None
        self.now: Scene | None = None
        self._told: dict[str, Scene] = {}
        self.headed = False  # whether the first sentence is a headline
        self.mistaken: Window | None = None  # what `first_window` was before its day was told
        self.first_window: tuple[Window, Span] | None = None  # the days the report is mainly about
        self.refined: dict[int, tuple[str, Span]] = {}  # draft → the narrower place that was told later

    def enter(
        self, place: str, span: Span, level: int, at: int, *, counts: bool, apart: bool, near: bool = False
    ) -> Scene:
        """The scene at `place`, which sentence `at` names: the present one, the present one told more exactly, or a
        new one.

        Args:
            counts: whether the sentence counts somebody at `place`; if not, it may only say where in a region.
            near: whether the sentence tells of a place near it.
            apart: whether the sentence says that it tells of something else ("in a separate attack").
        """
        now = self.now
        if now is not None and now.place == place:
            now.last = at
            return now
        if now is not None and now.country is not None and level <= _WIDE and now.country in place:
            now.last = at
            return now
        close = now is not None and at - now.last <= _NEAR and now is self.main and not now.left and not apart
        exact = not counts or (now is not None and (now.landmark or (now.place is None and now.last == 0)))
        if now is not None and now.wide and close and level > now.level and exact:
            for fact in now.facts:
                self.refined[fact] = place, span
            now.place, now.span, now.level, now.last, now.landmark = place, span, level, at, False
            self._told[place] = now
            return now
        if self.main is not None:
            self.main.left = True
        again = self._told.get(place)
        if again is not None:
            again.last = at
            self.now = again
            return again
        scene = self._told[place] = Scene(place, span, level, at, at, near)
        if self.main is None:
            self.main = scene
        elif self.main.last == 0 and (self.main.wide or self.headed) and not apart:
            scene.window, scene.window_span, scene.running = self.main.window, self.main.window_span, self.main.running
            self.main = scene  # a headline tells widely what the first sentence then tells exactly
        self.now = scene
        return scene

    def stay(self, at: int) -> Scene:
        """The present scene, for a fact whose sentence names no place; one without a place where there is none yet."""
        if self.now is None:
            self.now = self.main = Scene(None, None, 0, at)
        return self.now

    def back(self, at: int) -> Scene:
        """The main scene again."""
        self.now = self.main
        return self.stay(at)

    def window_for(self, scene: Scene, at: int) -> tuple[Window | None, Span | None, bool]:
        """(the window, its characters, whether it is a count still going on) of a fact of the scene in sentence `at`
        that has no words of time."""
        first = self.first_window
        if scene.window is not None and (first is None or at - scene.window_at <= 1):
            return scene.window, scene.window_span, scene.running
        if first is not None and (scene.window is None or scene is self.main):
            return *first, self.main is not None and scene is self.main and self.main.running
        return scene.window, scene.window_span, scene.running

    def tell_day(self, window: Window, span: Span) -> None:
        """The day of what the report is about, told at last: it stands for the day carried over until then."""
        if self.first_window is not None and self.first_window[0] != window:
            self.mistaken = self.first_window[0]
        self.first_window = window, span
        if self.main is not None and not self.main.running:
            self.main.window, self.main.window_span = window, span

    def names(self) -> list[tuple[str, int]]:
        """(name, level) of the present scene and of the main one, as far as they have a place."""
        return [(s.place, s.level) for s in (self.now, self.main) if s is not None and s.place is not None]
