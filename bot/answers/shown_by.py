"""Which facts stood on the page under which a button stands."""

from bot.answers.district import district_facts
from bot.answers.knowledge import Knowledge
from bot.answers.lists import PAGE_SIZE, selection
from bot.answers.question import Ask, Question
from bot.store.reading.facts import Shown


async def shown_by(question: Question, known: Knowledge) -> list[Shown]:
    """The facts of the page that `question.of` names, in its order; none where it names no list."""
    if question.of is None:
        return []
    if question.of is Ask.DISTRICT:
        found, _more = await district_facts(question.place or known.area, known)
        return [row for rows in found.values() for row in rows]
    return await known.facts.select(selection(question, known), limit=PAGE_SIZE, offset=question.offset)
