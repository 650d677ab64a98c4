"""From a question to its page."""

from bot.answers.about import help_page, privacy_page
from bot.answers.changes import changes_page
from bot.answers.compare import compare_page
from bot.answers.district import district_page
from bot.answers.history import history_page
from bot.answers.knowledge import Knowledge
from bot.answers.lists import list_page
from bot.answers.page import Page
from bot.answers.question import Ask, Question
from bot.answers.record import record_page
from bot.answers.sources import provenance_page, sources_page
from bot.errors import SitrepError
from bot.i18n import _


async def answer(question: Question, known: Knowledge) -> Page:
    """The page that answers `question`, worded in the language in force.

    Raises:
        SitrepError: the question names a place or fact that does not exist.
        StoreError: the database fails.
    """
    if question.ask is Ask.HELP:
        return help_page(known)
    if question.ask is Ask.PRIVACY:
        return privacy_page()
    if question.place is not None and question.place not in known.places:
        raise SitrepError(
            _("The gazetteer no longer has the place “{place}”.").format(place=question.place[:60]),
            _("Ask the question again and choose a place."),
        )
    page = await _PAGES.get(question.ask, list_page)(question, known)
    return page._replace(correct=question) if page.facts else page


_PAGES = {
    Ask.CHANGES: changes_page,
    Ask.DISTRICT: district_page,
    Ask.COMPARE: compare_page,
    Ask.SOURCES: sources_page,
    Ask.SOURCE: record_page,
    Ask.PROVENANCE: provenance_page,
    Ask.HISTORY: history_page,
}
