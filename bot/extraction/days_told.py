"""What a report has told of days: the last ones, the ones it counts from."""

from datetime import date, timedelta

from bot.extraction.scene_cues import CAMPAIGNS, WARS
from bot.extraction.scenes import Scene
from bot.facts.window import Moment, Window

WEEK, MONTH = 7, 31  # days


def is_long(window: Window) -> bool:
    """Whether it is longer than a week: "this month" is not when the next thing happened."""
    start, end = window.start, window.end
    return start is not None and end is not None and (end.last - start.first).days > WEEK


class DaysTold:
    """The windows told so far. Lives for one extraction.

    Attributes:
        any_window: the last window of a figure, `any_cumulative` whether it was a count still going on.
        last_window: the last window of any sentence, whether it was a count, the sentence and its paragraph.
        past_war: the years of a war told of in passing, and the sentence.
        war_start, campaign_start, since: when the war, a campaign in it and what "since" told of last began.
    """

    def __init__(self, report_date: date | None) -> None:
        self.report_date = report_date
        self.today = Window(None, Moment(report_date)) if report_date is not None else None
        self.any_window: Window | None = None
        self.any_cumulative = False
        self.past_war: tuple[Window, int] | None = None
        self.last_window: tuple[Window, bool, int, int] | None = None
        self.war_start: Moment | None = None
        self.campaign_start: Moment | None = None
        self.since: Moment | None = None

    def day_beside(self, days: int) -> Window | None:
        """The day so many days from the one told last."""
        base = self.last_window[0] if self.last_window is not None else self.today
        end = base.end if base is not None else None
        if end is None:
            return None
        moment = Moment(end.last + timedelta(days=days))
        return Window(moment, moment)

    def begun(self, words: list[str], start: Moment) -> None:
        """Remembers when what "since" tells of began: the war, or a campaign in it."""
        self.since = start
        if not CAMPAIGNS.isdisjoint(words):
            self.campaign_start = start
        elif not WARS.isdisjoint(words):
            self.war_start = start

    def looking_back(self, scene: Scene, at: int, paragraph: int) -> tuple[Window, bool] | None:
        """The days of the sentence before, in the same paragraph: the report goes on with them where they lie back or
        the scene is new."""
        if self.last_window is None:
            return None
        window, cumulative, position, told_in = self.last_window
        near = at - position == 1 and paragraph == told_in
        new = scene.window is None and not cumulative
        return (window, cumulative) if near and (new or not self.is_recent(window, MONTH)) else None

    def is_recent(self, window: Window, days: int) -> bool:
        """Only days close to the report are carried far; "in April" or "in 2012" looks back."""
        end = window.end or window.start
        if end is None or self.report_date is None:
            return False
        start = window.start or end
        return 0 <= (self.report_date - end.first).days <= days and (end.first - start.first).days <= days
