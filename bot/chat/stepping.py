"""Ids that begin with a letter for the step they stand for, as those of corrections do."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Concatenate, ParamSpec

from bot.answers.question import UnreadableQuestionError
from bot.chat.client import Interaction

P = ParamSpec("P")


def by_letter(
    steps: Mapping[str, Callable[Concatenate[Interaction, str, P], Awaitable[None]]],
) -> Callable[Concatenate[Interaction, str, P], Awaitable[None]]:
    """What takes the step that the first letter of its text stands for, and hands it the rest.

    It raises UnreadableQuestionError for a letter that is not there: the id belongs to another version of Sitrep.
    """

    async def take(interaction: Interaction, text: str, /, *args: P.args, **kwargs: P.kwargs) -> None:
        step = steps.get(text[:1])
        if step is None:
            raise UnreadableQuestionError
        await step(interaction, text[1:], *args, **kwargs)

    return take
