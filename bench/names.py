"""Made-up gazetteers of any size, and what people make of the names when they type.

Run it (`python -m bench.names`) for the time of a suggestion and of a lookup at 150 and at 100,000 names.
The names are syllables in the pattern of Arabic place names, so that beginnings, common first words and near
twins are about as frequent as in a real list; they are the same for the same seed.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from bot.places.gazetteer import Gazetteer
from bot.places.lookup import PlaceIndex
from bot.places.place import Place

__all__ = ["keystrokes", "mistyped", "synthetic_places"]

#: Latin and Arabic writing of a consonant; the first two are written alike by some and apart by others.
_CONSONANTS: Final = tuple(
    zip(
        ["q", "k", "b", "t", "j", "h", "kh", "d", "r", "z", "s", "sh", "gh", "f", "l", "m", "n", "y", "w"],
        ["ق", "ك", "ب", "ت", "ج", "ح", "خ", "د", "ر", "ز", "س", "ش", "غ", "ف", "ل", "م", "ن", "ي", "و"],
        strict=True,
    )
)
_VOWELS: Final = (("a", ""), ("i", ""), ("u", ""), ("aa", "ا"), ("ee", "ي"), ("ou", "و"))
_ENDINGS: Final = (("", ""), ("", ""), ("a", "ة"), ("iya", "ية"), ("in", "ين"))
_FIRST_WORDS: Final = (("Sheikh", "الشيخ"), ("Bab", "باب"), ("Karm", "كرم"), ("Tal", "تل"), ("Kafr", "كفر"))
_ROMANISED_OTHERWISE: Final = (("ee", "i"), ("ou", "u"), ("aa", "a"), ("q", "k"), ("iya", "iyeh"))


def synthetic_places(names: int, seed: int = 1) -> tuple[Place, ...]:
    """Places that bear `names` names in all: each a displayed name, an Arabic one and one other spelling."""
    rng = random.Random(seed)
    places: list[Place] = [Place("root", "Root", None, (), None, None, "country", None, "made up", "none")]
    taken = {"Root"}
    left = names - 1
    while left > 0:
        latin, arabic = _name(rng)
        if latin in taken:
            continue
        taken.add(latin)
        spellings = (_otherwise(latin),) if left > 2 else ()
        lat, lon = round(rng.uniform(33, 37), 5), round(rng.uniform(36, 42), 5)
        places.append(
            Place(
                id=f"place-{len(places)}",
                name=latin,
                name_ar=arabic if left > 1 else None,
                aliases=spellings,
                lat=lat,
                lon=lon,
                kind="neighbourhood",
                part_of="root",
                source="made up",
                confidence="high",
                pcode=f"X{len(places)}",
            )
        )
        left -= 1 + (left > 1) + len(spellings)
    return tuple(places)


def mistyped(name: str, rng: random.Random, slips: int = 1) -> str:
    """The name with that many letters (never a space) left out, added, changed or swapped with the next."""
    letters = list(name)
    for _ in range(slips):
        spots = [n for n in range(1, len(letters) - 1) if letters[n] != " " != letters[n + 1]]
        if not spots:
            break
        at = rng.choice(spots)
        match rng.randrange(4):
            case 0:
                del letters[at]
            case 1:
                letters.insert(at, rng.choice("abdefhiklmnorstu"))
            case 2:
                letters[at] = rng.choice("abdefhiklmnorstu")
            case _:
                letters[at], letters[at + 1] = letters[at + 1], letters[at]
    return "".join(letters)


def keystrokes(places: Sequence[Place], count: int, seed: int = 2) -> list[str]:
    """What autocomplete is asked while people type displayed names letter by letter."""
    rng = random.Random(seed)
    typed: list[str] = []
    while len(typed) < count:
        name = rng.choice(places).name
        typed += [name[:end] for end in range(1, len(name) + 1)]
    return typed[:count]


def _name(rng: random.Random) -> tuple[str, str]:
    pairs: list[tuple[str, str]] = []
    for _ in range(rng.choice((2, 2, 3))):
        pairs += [rng.choice(_CONSONANTS), rng.choice(_VOWELS)]
    pairs += [rng.choice(_CONSONANTS), rng.choice(_ENDINGS)]
    latin, arabic = ("".join(parts) for parts in zip(*pairs, strict=True))
    if rng.random() < 0.4:
        first = rng.choice(_FIRST_WORDS)
        return f"{first[0]} al-{latin.title()}", f"{first[1]} ال{arabic}"
    return latin.title(), f"ال{arabic}"


def _otherwise(latin: str) -> str:
    for written, other in _ROMANISED_OTHERWISE:
        latin = latin.replace(written, other)
    return f"el-{latin}"


def _milliseconds(ask: Callable[[str], object], questions: Iterable[str]) -> list[float]:
    spent: list[float] = []
    for question in questions:
        start = time.perf_counter()
        ask(question)
        spent.append((time.perf_counter() - start) * 1000)
    return sorted(spent)


def main() -> None:
    """Print one line for each size and question."""
    print(f"{'names':>8} {'question':<22} {'p50 ms':>8} {'p99 ms':>8} {'worst':>8}")
    for names in (150, 100_000):
        places = synthetic_places(names)
        start = time.perf_counter()
        index = PlaceIndex(Gazetteer(places))
        built = time.perf_counter() - start
        rng = random.Random(3)
        some = [rng.choice(places).name for _ in range(500)]
        rounds = {
            "suggest, key stroke": (index.suggest, keystrokes(places, 2000)),
            "resolve, as listed": (index.resolve, some),
            "resolve, one slip": (index.resolve, [mistyped(name, rng) for name in some]),
            "resolve, two slips": (index.resolve, [mistyped(name, rng, 2) for name in some]),
        }
        for question, (ask, texts) in rounds.items():
            spent = _milliseconds(ask, texts)
            p50, p99 = statistics.median(spent), spent[int(len(spent) * 0.99)]
            print(f"{names:>8,} {question:<22} {p50:>8.3f} {p99:>8.3f} {spent[-1]:>8.3f}")
        print(f"{names:>8,} {'building the index':<22} {built * 1000:>8.0f}")


if __name__ == "__main__":
    main()
