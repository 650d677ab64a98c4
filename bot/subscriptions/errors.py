"""What can be wrong with what a channel manager typed, said so that it can be typed again."""

from bot.errors import SitrepError

__all__ = ["QuietError", "RuleError", "SubscriptionError", "ZoneNameError"]


class RuleError(SitrepError, ValueError):
    """A schedule that cannot be read, or that may not be had."""


class QuietError(SitrepError, ValueError):
    """Quiet hours that cannot be read."""


class ZoneNameError(SitrepError, ValueError):
    """No time zone of that name.

    Attributes:
        nearest: names that may have been meant, best first; may be empty.
    """

    def __init__(self, what: str, remedy: str, nearest: tuple[str, ...] = ()) -> None:
        super().__init__(what, remedy)
        self.nearest = nearest


class SubscriptionError(SitrepError, ValueError):
    """A subscription that cannot be stored.

    Attributes:
        reasons: everything that is wrong with it, one sentence each.
    """

    def __init__(self, reasons: tuple[str, ...], remedy: str = "") -> None:
        super().__init__(" ".join(reasons), remedy)
        self.reasons = reasons
