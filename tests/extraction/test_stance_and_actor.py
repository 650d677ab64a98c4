"""How the report stands to a claim, and who did it."""

from collections.abc import Callable

import pytest

from bot.extraction.draft import Draft
from bot.facts.vocabulary import Stance

Read = Callable[..., tuple[Draft, ...]]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("Nine people were killed.", Stance.ASSERTED),
        ("Nine people were reportedly killed.", Stance.ASSERTED),
        ("Up to 900 people could be displaced by the dam.", Stance.HYPOTHETICAL),
        ("If the dam fails, 900 people would be displaced.", Stance.HYPOTHETICAL),
        ("Some 900 people are expected to be displaced.", Stance.EXPECTED),
        ("The group plotted to kill nine people.", Stance.HYPOTHETICAL),
        ("The army denied killing nine people.", Stance.DENIED),
        ("Nine people were not killed.", Stance.DENIED),
        ("The army was accused of killing nine people.", Stance.ALLEGED),
    ],
)
def test_stance(read: Read, text: str, stance: Stance) -> None:
    assert [d.stance for d in read(text) if d.measure] == [stance]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("Nine people were killed by rebel fire.", "rebel fire"),
        ("Government forces killed nine people.", "Government forces"),
        ("Nine people were killed in Russian air strikes.", "Russian air strikes"),
        ("Unidentified gunmen killed nine people.", None),
        ("Nine people were killed in the rebel-held port.", None),
    ],
)
def test_actor(read: Read, text: str, actor: str | None) -> None:
    assert [d.actor for d in read(text) if d.measure] == [actor]
