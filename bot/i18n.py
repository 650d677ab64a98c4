"""The reader's language, held in a context variable: wording needs no parameter, and background work no guess."""

import gettext as _gettext
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache, wraps
from pathlib import Path
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")

DEFAULT = "en"
_LOCALE_DIR = Path(__file__).parent / "locale"
_language: ContextVar[str] = ContextVar("language", default=DEFAULT)


@lru_cache(maxsize=256)  # Discord has some thirty languages, each asked for about every command
def _catalogue(language: str) -> _gettext.NullTranslations:
    return _gettext.translation("sitrep", _LOCALE_DIR, languages=[language], fallback=True)


def language() -> str:
    """The language in force, as an IETF tag."""
    return _language.get()


@contextmanager
def speaking(tag: str) -> Iterator[None]:
    """Use the language `tag` within the block; English where there is no catalogue."""
    token = _language.set(tag)
    try:
        yield
    finally:
        _language.reset(token)


def use(tag: str) -> None:
    """Use the language `tag` from here on, within the task that says so."""
    _language.set(tag)


def has_catalogue(tag: str) -> bool:
    """Whether there is a translation into `tag`."""
    return isinstance(_catalogue(tag), _gettext.GNUTranslations)


def languages() -> tuple[str, ...]:
    """The languages that Sitrep speaks: English, and those with a catalogue."""
    found = {path.parent.parent.name for path in _LOCALE_DIR.glob("*/LC_MESSAGES/sitrep.mo")}
    return (DEFAULT, *sorted(found - {DEFAULT}))


def remembered(function: Callable[P, T]) -> Callable[P, T]:
    """Keep the last few thousand results of a wording, each for its language: an answer says the same things often."""

    @lru_cache(maxsize=4096)
    def of(_tag: str, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    kept = cast("Callable[..., T]", of)

    @wraps(function)
    def wording(*args: P.args, **kwargs: P.kwargs) -> T:
        return kept(_language.get(), *args, **kwargs)

    return wording


def _(message: str) -> str:
    """`message` in the language in force."""
    return _catalogue(_language.get()).gettext(message)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form for `count` in the language in force."""
    return _catalogue(_language.get()).ngettext(singular, plural, count)
