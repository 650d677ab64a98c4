"""Who says so, by scope and with its anaphora."""

from collections.abc import Callable

import pytest

from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]


def sources(drafts: tuple[Draft, ...]) -> list[str | None]:
    return [d.source for d in drafts if d.measure is not None]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nine people were killed, the Red Cross said.", ["Red Cross"]),
        ("Nine people were killed the Red Cross said.", ["Red Cross"]),
        ("According to the health ministry nine people were killed.", ["health ministry"]),
        ("Police put the death toll at nine.", ["Police"]),
        ("Nine people were killed, said a doctor at the main hospital.", ["doctor at the main hospital"]),
        ("Governor Lena Ortiz told reporters nine people had died.", ["Governor Lena Ortiz"]),
        ("The daily quoted army sources as saying nine people were killed.", ["army sources"]),
        ("Police said nine people were killed, while the army said 12 died.", ["Police", "army"]),
        ("Nine people were killed on Friday.", [None]),
        ("Nine people were reported killed.", [None]),
        ("Nine were killed, the union said, adding that 12 were wounded.", ["union", "union"]),
    ],
)
def test_scope(read: Read, text: str, expected: list[str | None]) -> None:
    assert sources(read(text)) == expected


def test_anaphora_names_whoever_was_named_before(read: Read) -> None:
    text = (
        "Nine people were killed, the Harbour Observatory for Human Rights said. It added that 12 were wounded. "
        "Three more died overnight, the observatory said."
    )
    assert set(sources(read(text))) == {"Harbour Observatory for Human Rights"}


def test_a_quotation_takes_its_speaker_from_the_sentence_beside_it(read: Read) -> None:
    text = '"We ran," said a teacher at the village school. "Nine people were killed."'
    assert sources(read(text)) == ["teacher at the village school"]


def test_a_headline_takes_the_source_of_the_figure_told_again(read: Read) -> None:
    text = "Market blast kills 21\nA bomb in the market killed 21 people on Friday, police said."
    drafts = [d for d in read(text) if d.measure]
    assert [d.source for d in drafts] == ["police", "police"]
    assert "source" in drafts[0].inherited
    assert drafts[1].restates == 0
