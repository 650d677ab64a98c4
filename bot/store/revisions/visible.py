"""Whether a reader has anything to see of a change."""

from msgspec.structs import replace

from bot.facts.fact import Fact
from bot.store.revisions.loading import SEEDS
from bot.store.revisions.seen import Seen


def differ(before: Seen, after: Seen) -> bool:
    """Whether somebody who was shown `before` has to hear of `after`. What a person gave a reason for is told even
    where the figure stays."""
    if before.answers != after.answers:
        return True
    if before.fact == after.fact:
        return False
    return after.revision.author != SEEDS or visible(before.fact) != visible(after.fact)


def visible(fact: Fact) -> Fact:
    """The fact without what no list shows: how and where it was read."""
    return replace(
        fact, trace=(), locator=replace(fact.locator, span=None, sha256=None), note=None, place_words=None,
        window_words=None if fact.window.known else fact.window_words,
    )  # fmt: skip
