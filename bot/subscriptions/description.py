"""A subscription in a few sentences, in the language in force."""

from collections.abc import Sequence

from bot.i18n import _
from bot.subscriptions.quiet import Quiet
from bot.subscriptions.rule import EVERY_DAY, WEEKDAYS, WEEKEND, Hourly, Rule, Weekly
from bot.subscriptions.subscription import Corrections, Subscription, Unchanged

__all__ = ["describe", "describe_rule", "describe_times"]


def describe(subscription: Subscription, topics: Sequence[str] = (), places: Sequence[str] = ()) -> str:
    """When, about what and where, what happens when nothing changed, corrections, quiet hours.

    Args:
        topics: the names of its topics in the language in force; empty for all.
        places: the names of its places, likewise.
    """
    when = describe_times(subscription)
    what = _listed(topics) if topics else _("all topics")
    where = _listed(places) if places else _("all places")
    sentences = [
        _("{when}: {topics} · {places}.").format(when=when, topics=what, places=where),
        _unchanged(subscription.unchanged),
        _corrections(subscription.corrections),
    ]
    if subscription.quiet is not None:
        sentences.append(_quiet(subscription.quiet))
    return " ".join(sentences)


def describe_times(subscription: Subscription) -> str:
    """`Every day at 08:00, Asia/Damascus time`."""
    rule, zone = describe_rule(subscription.rule), subscription.zone.key
    words = _("{rule}, {zone}") if zone == "UTC" else _("{rule}, {zone} time")
    return words.format(rule=rule, zone=zone)


def describe_rule(rule: Rule) -> str:
    """`Every day at 08:00`, `Every Monday and Thursday at 18:00`, `Every hour at minute 15`."""
    if isinstance(rule, Hourly):
        return _("Every hour at minute {minute}").format(minute=f"{rule.minute:02}")
    if isinstance(rule, Weekly):
        return _("{days} at {time}").format(days=_days(rule.days), time=f"{rule.at:%H:%M}")
    return _("By the cron line `{line}`").format(line=rule.line)


def _days(days: tuple[int, ...]) -> str:
    if days == EVERY_DAY:
        return _("Every day")
    if days == WEEKDAYS:
        return _("Monday to Friday")
    if days == WEEKEND:
        return _("Saturday and Sunday")
    names = (_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"))
    return _("Every {days}").format(days=_listed([names[day] for day in days]))


def _listed(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("{most} and {last}").format(most=_(", ").join(names[:-1]), last=names[-1])


def _unchanged(choice: Unchanged) -> str:
    if choice is Unchanged.SILENT:
        return _("When nothing has changed, nothing is posted.")
    return _("When nothing has changed, one line says so.")


def _corrections(choice: Corrections) -> str:
    if choice is Corrections.AT_ONCE:
        return _("Corrections are posted at once.")
    return _("Corrections come with the next digest.")


def _quiet(quiet: Quiet) -> str:
    return _("Nothing is posted from {start} to {end}; what falls into these hours comes at {end}.").format(
        start=f"{quiet.start:%H:%M}", end=f"{quiet.end:%H:%M}"
    )
