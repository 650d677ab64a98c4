"""`extract`: a report's text in, its draft facts out. The chain of the stages, each of which is a module here."""

from datetime import date

from bot.extraction.assembly import Progress, assemble
from bot.extraction.draft import Draft
from bot.extraction.pack import Pack
from bot.extraction.segmentation import quotations
from bot.extraction.sentence import Sentences


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
        publisher: who printed it. Kept apart from the speakers: what it tells on its own account has no source.
        pack: the conflict's names, gazetteer and lexicons.
        progress: called now and then with (characters read, characters in all).
    """
    return assemble(text, Sentences(text, pack.lexicon), quotations(text), report_date, pack, progress)
