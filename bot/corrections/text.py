"""Free text from people: what is taken out of it, and what is refused with its reason."""

import re
import unicodedata

from bot.corrections.errors import UnfitError
from bot.i18n import _

# Arabic and Persian need the joiners to spell; they turn and hide nothing.
_JOINERS = "\u200c\u200d"
_SPACES = re.compile(r"\s+")
_MENTION = re.compile(r"<(?:@[!&]?\d|#\d|/[^>]*:\d|a?:\w+:\d|t:-?\d|id:)[^>]*>|@(?:everyone|here)\b")
_MARKUP = re.compile(
    r"""
    \*\*|__|~~|\|\|            # bold, underlined, struck through, hidden
    |`[^`]+`|```               # code
    |\[[^\]]*\]\([^)]*\)       # a link that shows other words than its address
    |(?<![\w*])\*[^\s*](?:[^*]*[^\s*])?\*(?![\w*])
    |(?<!\w)_[^\s_](?:[^_]*[^\s_])?_(?!\w)
    |^(?:\#{1,3}|-\#|>{1,3})\s # heading, small print, quotation
    """,
    re.VERBOSE,
)
_OTHER_SCHEME = re.compile(r"\b(?!https?://)[a-z][a-z0-9+.-]*://", re.IGNORECASE)


def without_invisible(text: str) -> tuple[str, bool]:
    """`text` on one line without control characters, direction overrides and other invisible marks, and whether any
    were taken out. Line breaks become spaces."""
    kept = [
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", text)
        if character.isspace()
        or character in _JOINERS
        # Cc control, Cf format (the direction marks among them), Cs half a character, which no file can hold.
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    ]
    plain = _SPACES.sub(" ", "".join(kept)).strip()
    removed = any(
        not character.isspace() and character not in _JOINERS and unicodedata.category(character) in ("Cc", "Cf", "Cs")
        for character in text
    )
    return plain, removed


def refuse_markup(text: str) -> None:
    """Nothing if `text` is plain words.

    Raises:
        UnfitError: it mentions somebody, formats, or links to anything but http and https.
    """
    mention = _MENTION.search(text)
    if mention is not None:
        raise UnfitError(
            _("“{mention}” would call people or stand for something else; corrections mention nobody.").format(
                mention=mention[0][:40]
            ),
            _("the monitor's page now says 320"),
        )
    markup = _MARKUP.search(text)
    if markup is not None:
        raise UnfitError(
            _("“{markup}” is formatting; a reason is kept as plain words.").format(markup=markup[0][:40].strip()),
            _("the monitor's page now says 320"),
        )
    scheme = _OTHER_SCHEME.search(text)
    if scheme is not None:
        raise UnfitError(
            _("“{scheme}” is no link to a web page; only http and https are taken.").format(scheme=scheme[0][:40]),
            "https://example.org/report",
        )


def at_most(text: str, limit: int) -> None:
    """Nothing if `text` has at most `limit` characters.

    Raises:
        UnfitError: it is longer.
    """
    if len(text) > limit:
        raise UnfitError(
            _("This is {length} characters long; at most {limit} fit.").format(length=len(text), limit=limit)
        )
