"""People who ask."""

from tests.people import channel, member, reader

__all__ = ["channel", "member", "reader"]
