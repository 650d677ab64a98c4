"""Every answer that can be reached by pressing and choosing, from every question there is."""

from collections.abc import Iterator
from typing import NamedTuple

from bot.answers.knowledge import Knowledge
from bot.answers.page import Page
from bot.answers.question import Ask, Question, decode
from bot.answers.service import answer
from bot.answers.span import Span
from bot.chat.custom_ids import QUESTION
from bot.chat.rendering import TURN, render
from tests.reading import Component, read


class Reached(NamedTuple):
    """One answer, and the question whose button led to it first."""

    question: Question
    page: Page
    components: list[Component]
    through: Question | None


def carried(components: list[Component]) -> Iterator[Question]:
    """The questions under a message."""
    seen = read(components)
    for custom_id in seen.buttons.values():
        if custom_id.startswith(QUESTION):
            yield decode(custom_id.removeprefix(TURN).removeprefix(QUESTION))
    for option in seen.options:
        yield decode(option.value)


async def everything(known: Knowledge) -> list[Reached]:
    """All answers, each once."""
    waiting: list[tuple[Question, Question | None]] = [
        (Question(ask), None) for ask in Ask if ask not in (Ask.SOURCE, Ask.PROVENANCE, Ask.CHANGES)
    ]
    waiting.append((Question(Ask.CHANGES, span=Span.over(0, 10**6)), None))
    met = {question for question, _ in waiting}
    found: list[Reached] = []
    while waiting:
        question, through = waiting.pop()
        page = await answer(question, known)
        components = render(page)
        found.append(Reached(question, page, components, through))
        for following in carried(components):
            if following not in met:
                met.add(following)
                waiting.append((following, question))
    return found
