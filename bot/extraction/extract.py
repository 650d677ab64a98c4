"""`extract`: a report's text in, its draft facts out. The chain of the stages, each of which is a module here."""

from collections.abc import Callable
from datetime import date

from bot.extraction.assembly import assemble
from bot.extraction.draft import Draft
from bot.extraction.pack import Pack
from bot.extraction.segmentation import quotations, sentences
from bot.extraction.sentence import Sentence, read_sentence

Progress = Callable[[int, int], None]


def extract(
    text: str,
    report_date: date | None,
    publisher: str | None,
    pack: Pack,
    progress: Progress | None = None,
) -> tuple[Draft, ...]:
    """The draft facts of a report, in the order of the text. Deterministic.

    Args:
        text: the report. Every span in the result counts its characters.
        report_date: what "Saturday" and "overnight" are counted from; without it such windows keep only their words.
        publisher: who printed it; its name is no source of what it tells on its own account.
        pack: the conflict's names, gazetteer and lexicons.
        progress: called now and then with (characters read, characters in all).
    """
    read: list[Sentence] = []
    size = len(text)
    for count, span in enumerate(sentences(text)):
        read.append(read_sentence(text, span, pack.lexicon))
        if progress is not None and count % 500 == 0:
            progress(span.end, size)
    drafts = assemble(text, read, quotations(text), report_date, publisher, pack)
    if progress is not None:
        progress(size, size)
    return drafts
