"""A fact's value as one person or file gave it, at one time, for one scope."""

import msgspec

from bot.facts.fact import Fact
from bot.facts.vocabulary import CorrectionKind

EVERYONE = ""
"""The scope that every server sees. Any other scope is the id of one server."""


class Revision(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """Nothing is updated in place: a change is the next revision, and so is an undo.

    Attributes:
        number: from 1 within (fact, scope), without gaps.
        author: who made it: `seeds` for a file, else the id of a person.
        recorded_at: seconds since the epoch, UTC.
        restores: the number in the same history that it gives back; 0 for what there was before a server's first, so
            that the server follows everyone again. None for what is new.
    """

    fact: Fact
    scope: str = EVERYONE
    number: int = 1
    kind: CorrectionKind = CorrectionKind.INITIAL
    author: str = "seeds"
    reason: str | None = None
    evidence: str | None = None
    recorded_at: int = 0
    restores: int | None = None
