"""A conflict's pack, made from what its seeds say: sources, actors, gazetteer and an optional `lexicon.toml`."""

import tomllib
from collections.abc import Iterable, Mapping
from typing import Any

from bot.extraction.lexicon import load_lexicon
from bot.extraction.pack import Gazetteer, NoGazetteer, Pack
from bot.facts.fact import Actor, Source


class PackError(ValueError):
    """A pack's `lexicon.toml` that cannot be used. The message says what is wrong and what to do."""


def make_pack(
    name: str,
    sources: Iterable[Source],
    actors: Iterable[Actor],
    gazetteer: Gazetteer | None = None,
    lexicon_toml: str = "",
) -> Pack:
    """The pack of a conflict.

    Args:
        lexicon_toml: `country = "…"` · `[sources]` and `[actors]` with id = "a phrase, another phrase" · and
            `[lexicons.NAME]` with words to add to a packaged lexicon.

    Raises:
        PackError: the text is not TOML, or names a source, actor or lexicon that does not exist.
    """
    try:
        added: dict[str, Any] = tomllib.loads(lexicon_toml)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"lexicon.toml of {name} is not TOML: {error}") from None
    names: dict[str, str] = {}
    ids: dict[str, str] = {}
    by_id = {source.id: source for source in sources}
    for source in by_id.values():
        ids[source.name] = source.id
        for alias in (source.name, source.short, source.id.replace("-", " ")):
            if alias is not None:
                names[alias.lower()] = source.name
    for source_id, phrases in _section(added, "sources", by_id, name).items():
        names.update(dict.fromkeys(phrases, by_id[source_id].name))
    known_actors = {actor.id: actor for actor in actors}
    acting = {actor.name.lower(): actor.id for actor in known_actors.values()}
    for actor_id, phrases in _section(added, "actors", known_actors, name).items():
        acting.update(dict.fromkeys(phrases, actor_id))
    try:
        lexicon = load_lexicon(added.get("lexicons"))
    except ValueError as error:
        raise PackError(f"lexicon.toml of {name}: {error}") from None
    return Pack(lexicon, gazetteer or NoGazetteer(), names, ids, acting, added.get("country"), name)


def _section(added: Mapping[str, Any], key: str, known: Mapping[str, object], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for entry, phrases in added.get(key, {}).items():
        if entry not in known:
            raise PackError(
                f"lexicon.toml of {name}, [{key}]: nobody has the id '{entry}'; use one of {', '.join(known)}"
            )
        found[entry] = [phrase.strip().lower() for phrase in phrases.split(",") if phrase.strip()]
    return found


def actor_id(pack: Pack, words: str | None) -> str | None:
    """The id of the side that an actor's words name: of several, the one named first. None when none is certain."""
    if words is None:
        return None
    low = f" {words.lower().replace('’s', '').replace(chr(39) + 's', '')} "
    at = [(low.find(f" {alias} "), -len(alias), found) for alias, found in pack.actors.items() if f" {alias} " in low]
    return min(at)[2] if at else None
