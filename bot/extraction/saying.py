"""Whether a word says something: verbs of saying where they are used as such, and what stands for them."""

from bot.extraction import tags as tg
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

VIEWS = word_set("assessment estimate conclusion finding view claim position account version belief verdict")
ACCOUNTS = word_set("reckoning account count estimate tally estimates figures calculation calculations")
_ARTICLES = word_set("the a an its their his her")
# "three women accused of witchcraft", "men believed to be rebels": they are no speakers.
_SAID_OF_THEM = frozenset(
    (("accused", "of"), ("described", "as"), ("believed", "to"), ("said", "to"), ("reported", "to"), ("known", "as"))
)
_CLAIMS = frozenset(("claim", "claims", "claimed", "claiming"))
_TAKEN_BY_CLAIM = word_set("lives life victims responsibility")
_PUTS = word_set("put puts placed set sets gave gives raised raises revised lowered cut updated")
_TOLLS = word_set("toll number figure figures count total dead tally losses casualties estimate")
_SEES = frozenset(("saw", "seen", "sees"))
_BODIES = word_set("bodies corpses dead wounded injured")
_HAS = frozenset(("had", "has"))
_TOLD_OF = word_set("dead killed wounded injured missing deaths")
OTHER_WORDS = _PUTS | _SEES | ACCOUNTS | {"saying"}
"""Words that may tell who says so besides the verbs of saying."""
STEERING = OTHER_WORDS | _HAS | VIEWS | {"by", "saying"}
"""All words besides verbs of saying and what opens a name that the search for speakers stops at."""


def says(tokens: Tokens, at: int) -> bool:
    """Whether somebody says something by the word at token `at`."""
    low, tag = tokens.low, tokens.tag
    word = low[at]
    if tag[at] & tg.SPEECH:
        noun = at > 0 and low[at - 1] in _ARTICLES  # "the claim that"
        described = at + 1 < len(low) and (word, low[at + 1]) in _SAID_OF_THEM
        if not noun and not described and not _claims_lives(low, at):
            return True
    if word == "saying":  # "the army saying 17 had died"
        return at > 0 and bool(tag[at - 1] & (tg.SPEAKER | tg.CAPITAL))
    if word in _PUTS:
        return _puts_toll(low, at)
    if word in _SEES:
        return _sees_bodies(tokens, at)
    return word in _HAS and _has_dead(tokens, at)


def _claims_lives(low: list[str], at: int) -> bool:
    """ "has claimed more than 3,300 lives" says nothing."""
    return low[at] in _CLAIMS and not _TAKEN_BY_CLAIM.isdisjoint(low[at + 1 : at + 8])


def _puts_toll(low: list[str], at: int) -> bool:
    """ "police put the death toll at 10", "the army puts it at 12"."""
    return low[at + 1 : at + 3] == ["it", "at"] or not _TOLLS.isdisjoint(low[at + 1 : at + 6])


def _sees_bodies(tokens: Tokens, at: int) -> bool:
    """ "A doctor had seen 22 corpses": who saw them says so."""
    return not _BODIES.isdisjoint(tokens.low[at + 1 : at + 6]) and any(
        bits & tg.QUANTITY for bits in tokens.tag[at + 1 : at + 4]
    )


def _has_dead(tokens: Tokens, at: int) -> bool:
    """ "The Observatory had 59 dead": a number it gives, not one of its own."""
    counts = at + 1 < len(tokens.low) and tokens.tag[at + 1] & tg.QUANTITY
    told = not _TOLD_OF.isdisjoint(tokens.low[at + 2 : at + 4])
    return bool(counts and told and at and tokens.tag[at - 1] & tg.SPEAKER)
