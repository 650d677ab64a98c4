"""Writes `bot/locale/sitrep.pot`, every text that a person may read, for translators: `python -m bot.messages`.

Needs Babel, which is there for development only. Words that come from closed lists (vague quantities, fractions, kinds
of places) stand in no call of `_`, so they are added by name.
"""

from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from bot.facts.grammar import VAGUE_FLOORS
from bot.facts.numerals import FRACTION_WORDS
from bot.places.place import KINDS

ROOT = Path(__file__).parent.parent
TEMPLATE = ROOT / "bot" / "locale" / "sitrep.pot"
KEYWORDS = {"_": None, "ngettext": (1, 2)}
_HEADER = "# Every text of Sitrep that a person may read. Made by `make messages`; do not edit it here."


def catalogue() -> Catalog:
    """All messages, with the files they stand in. Without line numbers, which would change with every edit."""
    found = Catalog(project="Sitrep", header_comment=_HEADER, charset="utf-8")
    for folder in ("bot", "cogs"):
        rows = extract_from_dir(ROOT / folder, [("**.py", "python")], keywords=KEYWORDS)
        for name, _line, message, _comments, _context in sorted(rows, key=lambda row: row[:2]):
            found.add(message, locations=[(f"{folder}/{name}", 0)])
    for source, words in (
        ("bot/facts/grammar.py", VAGUE_FLOORS),
        ("bot/facts/numerals.py", FRACTION_WORDS.values()),
        ("bot/places/place.py", sorted(KINDS)),
    ):
        for word in words:
            found.add(word, locations=[(source, 0)])
    return found


def template_text() -> str:
    """The text of the template; the same for the same messages."""
    file = BytesIO()
    write_po(file, catalogue(), width=100, sort_output=True, include_lineno=False, omit_header=True)
    header = f'{_HEADER}\nmsgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return header + file.getvalue().decode()


if __name__ == "__main__":
    TEMPLATE.parent.mkdir(exist_ok=True)
    TEMPLATE.write_text(template_text(), encoding="utf-8")
