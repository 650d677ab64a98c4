"""Naming the speaker: "the monitor", "it", "the same source" are whoever was named before."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.extraction import tags as tg
from bot.extraction.lexicon import Lexicon
from bot.extraction.tokens import Tokens
from bot.extraction.words import word_set

_ADJECTIVES = ("-based", "-led", "-run", "-backed", "-held", "-owned")
_ARTICLES = word_set("the a an its their his her this that")
_MONITORS = word_set("observatory monitor monitoring rights watch network centre center group watchdog project")
_GROUPLIKE = word_set("monitor group organisation organization watchdog source charity")
_PERSON_WORDS = word_set(
    """he she spokesman spokeswoman spokesperson official officer envoy minister governor commander director chief
    mayor doctor president general source member resident activist witness medic nurse aide survivor lawyer"""
)


_GIVERS = word_set("agency charity organisation organization")
_OWN_PEOPLE = word_set("staff teams team doctors medics workers volunteers")
_DOCUMENTS = word_set(
    """report reports update updates statement statements figures data estimate estimates count tally bulletin dashboard
    records statistics numbers assessment briefing survey matrix register tracker toll"""
)


def _author(tokens: Tokens, first: int, past: int) -> int:
    """Where the name ends of whose document it is: "OCHA's latest flash update" is OCHA's word."""
    if tokens.low[past - 1] in _DOCUMENTS:
        for k in range(past - 2, first - 1, -1):
            if tokens.low[k].endswith("'s") and tokens.tag[k] & tg.CAPITAL:
                return k + 1
    return past


_MEMORY = 60  # speakers; a report that names more no longer means the first of them by "the group"


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    words: frozenset[str]
    person: bool


@dataclass(slots=True)
class SourceBook:
    """The speakers named so far in one report. Lives for one extraction.

    `aliases` are a pack's names for its sources, in small letters, each with the name to show.
    """

    aliases: Mapping[str, str]
    lexicon: Lexicon
    _named: deque[_Named] = field(default_factory=lambda: deque(maxlen=_MEMORY))

    def resolve(self, tokens: Tokens, first: int, past: int) -> tuple[str, str]:
        """(the name, the rule that gave it) of the speaker written at tokens [first, past)."""
        past = _author(tokens, first, past)
        new = first < past - 1 and tokens.low[first] in ("a", "an", "another")
        while first < past - 1 and tokens.low[first] in _ARTICLES:
            first += 1
        words = [tokens.low[k].removesuffix("'s") for k in range(first, past)]
        written = (
            " ".join(tokens.raw[k] for k in range(first, past)).replace(" ,", ",").replace(" ’", "’").replace(" '", "'")
        )
        capitals = [
            tokens.low[k].removesuffix("'s")
            for k in range(first, past)
            if tokens.tag[k] & tg.CAPITAL
            and not tokens.tag[k] & tg.DETERMINER
            and not tokens.low[k].endswith(_ADJECTIVES)
            and not (k == 0 and tokens.tag[k] & tg.SPEAKER_ADJECTIVE)  # "Local media said"
        ]
        if written.endswith(("'s", "’s")):
            written = written[:-2]
        several = self._several(tokens, first, past)
        if several is not None:
            return several, "several"
        alias = self._alias(words, capitals)
        if alias is not None:
            self._remember(alias, alias.lower().split(), person=False)
            return alias, "pack_alias"
        if capitals and not (
            len(words) == 1 and words[0] in self.lexicon.organisation_anaphora | self.lexicon.person_anaphora
        ):
            known = self._short_for(capitals, words) if not self.lexicon.sides.issuperset(capitals) else None
            if known is not None:
                self._named.append(known)
                return known.name, "short_name"
            self._remember(written, words, person=self._is_person(words, capitals))
            return written, "named"
        if new:
            self._remember(written, words, person=self._is_person(words, ["", *words]))
            return written, "as_written"
        return self._anaphora(words, written)

    def _several(self, tokens: Tokens, first: int, past: int) -> str | None:
        """ "the Observatory and SANA": two names the pack knows."""
        joints = [k for k in range(first + 1, past - 1) if tokens.low[k] == "and"]
        if len(joints) != 1 or not self.aliases:
            return None
        names = []
        for a, b in ((first, joints[0]), (joints[0] + 1, past)):
            part = [tokens.low[k].removesuffix("'s") for k in range(a, b) if tokens.low[k] not in _ARTICLES]
            capital = [w for k, w in zip(range(a, b), part, strict=False) if tokens.tag[k] & tg.CAPITAL]
            names.append(self._alias(part, capital or part))
        if None in names or names[0] == names[1]:
            return None
        return " and ".join(name for name in names if name is not None)

    def _alias(self, words: list[str], capitals: list[str]) -> str | None:
        whole = " ".join(words)
        if whole in self.aliases:
            return self.aliases[whole]
        for alias, name in self.aliases.items():
            if (" " in alias and f" {alias} " in f" {whole} ") or (len(alias) > 3 and alias in capitals):
                return name
        return None

    def _remember(self, name: str, words: list[str], *, person: bool) -> None:
        self._named.append(_Named(name, frozenset(words), person))

    def _of_other_office(self, words: list[str], named: _Named) -> bool:
        """ "Morland's commission" is not "Morland's government"."""
        offices = {word for word in words if self.lexicon.tags.get(word, 0) & tg.SPEAKER}
        others = {word for word in named.words if self.lexicon.tags.get(word, 0) & tg.SPEAKER}
        return bool(offices and others) and offices.isdisjoint(others)

    def _short_for(self, capitals: list[str], words: list[str]) -> _Named | None:
        wanted = frozenset(capitals)
        for named in reversed(self._named):
            if wanted < named.words and len(named.words) > len(wanted) and not self._of_other_office(words, named):
                return named
        return None

    def _is_person(self, words: list[str], capitals: list[str]) -> bool:
        if any(word in _PERSON_WORDS for word in words) or self.lexicon.tags.get(words[-1], 0) & tg.PERSON_SG:
            return True
        return len(capitals) == len(words) <= 3 and not any(
            self.lexicon.tags.get(word, 0) & tg.SPEAKER for word in words
        )

    def _anaphora(self, words: list[str], written: str) -> tuple[str, str]:
        if len(words) == 2 and words[0] in _GIVERS and words[1] in _OWN_PEOPLE:
            words = words[:1]  # "the charity's staff"
        head = {"him": "he", "them": "they"}.get(words[-1], words[-1])
        if head == "observatory" or head in _GROUPLIKE:
            for named in reversed(self._named):
                if named.person:
                    continue  # "the Observatory's director" is not "the monitor"
                if head in named.words or (head in _GROUPLIKE and head != "charity" and named.words & _MONITORS):
                    self._named.append(named)
                    return named.name, "anaphora"
        if head in ("it", "they"):
            for named in reversed(self._named):
                if not named.person or head == "they":
                    return named.name, "pronoun"
        elif head in ("he", "she"):
            for named in reversed(self._named):
                if named.person:
                    return named.name, "pronoun"
            if self._named:
                return self._named[-1].name, "pronoun"
        elif len(words) <= 2 and head in self.lexicon.organisation_anaphora:
            for named in reversed(self._named):
                if head in named.words:
                    return named.name, "anaphora"
            giver = next((n for n in reversed(self._named) if not n.person and n.name[0].isupper()), None)
            if giver is not None and head in _GIVERS and words == [head]:
                return giver.name, "anaphora"  # "UNICEF … the agency"
        if head not in ("it", "they", "he", "she"):
            self._remember(written, words, person=self._is_person(words, ["", *words]))
        return written, "as_written"
