"""Whether all is well, for whoever restarts what is not."""

from bot.metrics.reading import Vitals

GATEWAY, SCHEDULER, DATABASE = "gateway", "scheduler", "database"


def ailments(vitals: Vitals, *, readable: bool) -> tuple[str, ...]:
    """What does not work; empty when all is well.

    Args:
        readable: whether the database answers.
    """
    works = ((GATEWAY, vitals.online), (SCHEDULER, vitals.ticking), (DATABASE, readable))
    return tuple(name for name, well in works if not well)
