"""Errors that people are meant to read: what is wrong, where, and what to do."""


class SitrepError(Exception):
    """An expected failure. The message is shown to the person as it stands.

    Args:
        what: what happened, one sentence.
        remedy: what to do about it, one sentence; may be empty.
    """

    def __init__(self, what: str, remedy: str = "") -> None:
        self.what = what
        self.remedy = remedy
        super().__init__(f"{what} {remedy}".strip())
