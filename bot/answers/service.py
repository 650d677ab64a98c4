"""From a question to its page."""

from typing import TYPE_CHECKING

from bot.answers.district import district_page
from bot.answers.knowledge import Knowledge
from bot.answers.lists import list_page
from bot.answers.page import Page
from bot.answers.question import Ask, Question
from bot.answers.recent import whats_changed
from bot.errors import SitrepError
from bot.i18n import _
from bot.lazy import lazily

if TYPE_CHECKING:
    from bot.answers import about, changes, compare, history, record, sources
else:
    about = lazily("bot.answers.about")
    changes = lazily("bot.answers.changes")
    compare = lazily("bot.answers.compare")
    history = lazily("bot.answers.history")
    record = lazily("bot.answers.record")
    sources = lazily("bot.answers.sources")


async def answer(question: Question, known: Knowledge) -> Page:
    """The page that answers `question`, worded in the language in force.

    Raises:
        SitrepError: the question names a place or fact that does not exist.
        StoreError: the database fails.
    """
    if question.ask is Ask.HELP:
        return about.help_page(known)
    if question.ask is Ask.PRIVACY:
        return about.privacy_page()
    if question.place is not None and question.place not in known.places:
        raise SitrepError(
            _("The gazetteer no longer has the place “{place}”.").format(place=question.place[:60]),
            _("Ask the question again and choose a place."),
        )
    page = await _page(question, known)
    return page._replace(correct=question, changed=whats_changed(question, known)) if page.facts else page


async def _page(question: Question, known: Knowledge) -> Page:
    match question.ask:
        case Ask.CHANGES:
            return await changes.changes_page(question, known)
        case Ask.DISTRICT:
            return await district_page(question, known)
        case Ask.COMPARE:
            return await compare.compare_page(question, known)
        case Ask.SOURCES:
            return await sources.sources_page(question, known)
        case Ask.SOURCE:
            return await record.record_page(question, known)
        case Ask.PROVENANCE:
            return await sources.provenance_page(question, known)
        case Ask.HISTORY:
            return await history.history_page(question, known)
        case _:
            return await list_page(question, known)
