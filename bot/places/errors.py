"""What can be wrong with the list of places, said so that a person can mend it."""

from __future__ import annotations

from bot.errors import SitrepError

__all__ = ["PlaceDataError"]


class PlaceDataError(SitrepError, ValueError):
    """A row of the gazetteer cannot be used.

    `where` names the row (file and line, or the place's id), `field` the column, `problem` what is wrong and
    `remedy` what to do about it; the message is all four.
    """

    def __init__(self, where: str, field: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}: {field}: {problem}.", f"{remedy}.")
        self.where = where
        self.field = field
        self.problem = problem
