"""Discord's documented limits on application commands, checked as the bulk overwrite endpoint does."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence

from .codec import Json
from .errors import Flaw
from .limits import check_choices

SLASH, SUB_COMMAND, SUB_GROUP = 1, 1, 2
CAPS = {1: 100, 2: 15, 3: 15}
# fmt: off
LOCALES = frozenset([
    "bg", "cs", "da", "de", "el", "en-GB", "en-US", "es-419", "es-ES", "fi", "fr", "hi", "hr", "hu", "id", "it",
    "ja", "ko", "lt", "nl", "no", "pl", "pt-BR", "ro", "ru", "sv-SE", "th", "tr", "uk", "vi", "zh-CN", "zh-TW",
])
# fmt: on


def check_commands(commands: Sequence[Json]) -> list[Flaw]:
    flaws: list[Flaw] = []
    kinds = [c.get("type") or SLASH for c in commands]
    for kind, n in Counter(kinds).items():
        if n > CAPS.get(kind, 0):
            flaws.append(("", f"{n} commands of type {kind}, the maximum is {CAPS.get(kind, 0)}"))
    names = Counter((kind, c.get("name")) for kind, c in zip(kinds, commands, strict=True))
    for i, (kind, command) in enumerate(zip(kinds, commands, strict=True)):
        at = str(i)
        if names[kind, command.get("name")] > 1:
            flaws.append((f"{at}/name", "command names must be unique"))
        flaws += _contexts(command, at)
        flaws += _locales(command, at)
        if kind != SLASH:
            if command.get("description") or command.get("options"):
                flaws.append((at, "a context menu has no description and no options"))
            continue
        flaws += _described(command, at)
        if _size(command) > 8000:
            flaws.append((at, f"command has {_size(command)} characters in all, the maximum is 8000"))
        flaws += _options(command.get("options") or [], f"{at}/options")
    return flaws


def _options(options: Sequence[Json], at: str) -> list[Flaw]:
    flaws: list[Flaw] = [(at, "must be 25 or fewer")] if len(options) > 25 else []
    optional_seen = False
    for i, option in enumerate(options):
        here = f"{at}/{i}"
        flaws += _described(option, here) + _locales(option, here)
        if [o.get("name") for o in options].count(option.get("name")) > 1:
            flaws.append((f"{here}/name", "option names must be unique"))
        if option.get("type") not in (SUB_COMMAND, SUB_GROUP):
            if option.get("required") and optional_seen:
                flaws.append((here, "required options must stand before optional ones"))
            optional_seen |= not option.get("required")
        if option.get("choices") and option.get("autocomplete"):
            flaws.append((here, "autocomplete and choices exclude each other"))
        flaws += check_choices(option.get("choices") or [], f"{here}/choices")
        flaws += _options(option.get("options") or [], f"{here}/options")
    return flaws


def _described(node: Json, at: str) -> list[Flaw]:
    flaws: list[Flaw] = []
    if not _name_fits(node.get("name") or ""):
        flaws.append((f"{at}/name", f"name {node.get('name')!r} is invalid"))
    if not 1 <= len(node.get("description") or "") <= 100:
        flaws.append((f"{at}/description", "must be 1 to 100 in length"))
    return flaws


def _name_fits(name: str) -> bool:
    """``^[-_'\\p{L}\\p{N}\\p{sc=Deva}\\p{sc=Thai}]{1,32}$``, lower case where the script has case."""

    def fits(ch: str) -> bool:
        devanagari, thai = "\u0900" <= ch <= "\u097f", "\u0e00" <= ch <= "\u0e7f"
        return ch in "-_'" or unicodedata.category(ch)[0] in "LN" or devanagari or thai

    return 1 <= len(name) <= 32 and all(map(fits, name)) and name == name.lower()


def _contexts(command: Json, at: str) -> list[Flaw]:
    flaws: list[Flaw] = []
    for key, allowed in (("contexts", {0, 1, 2}), ("integration_types", {0, 1})):
        values = command.get(key)
        if values is not None and (not set(values) <= allowed or len(values) != len(set(values))):
            flaws.append((f"{at}/{key}", f"must be distinct values of {sorted(allowed)}"))
    return flaws


def _locales(node: Json, at: str) -> list[Flaw]:
    keys = ("name_localizations", "description_localizations")
    return [
        (f"{at}/{key}", f"locale {locale!r} is unknown")
        for key in keys
        for locale in node.get(key) or ()
        if locale not in LOCALES
    ]


def _size(node: Json) -> int:
    """Characters of names, descriptions and choice values; of each text its longest localisation counts."""

    def longest(key: str, of: Json) -> int:
        texts = [of.get(key), *(of.get(f"{key}_localizations") or {}).values()]
        return max(len(str(text or "")) for text in texts)

    choices = sum(longest("name", c) + len(str(c.get("value", ""))) for c in node.get("choices") or ())
    nested = sum(_size(option) for option in node.get("options") or ())
    return longest("name", node) + longest("description", node) + choices + nested
