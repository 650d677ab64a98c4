"""Which number belongs to which verb: by slot, not by nearness."""

from collections.abc import Callable

import pytest

from bot.extraction.draft import Draft

Read = Callable[..., tuple[Draft, ...]]


def figures(drafts: tuple[Draft, ...]) -> set[tuple[str, int, bool]]:
    return {
        (d.measure.value, d.quantity.size, d.part_of is not None)
        for d in drafts
        if d.measure is not None and d.quantity is not None and not d.doubtful
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Militants killed nine farmers and wounded four others.", {("killed", 9, False), ("injured", 4, False)}),
        ("Nine farmers were killed and four wounded by militants.", {("killed", 9, False), ("injured", 4, False)}),
        ("The blast left 17 people dead and 30 injured.", {("killed", 17, False), ("injured", 30, False)}),
        (
            "At least 17 people, including six children and a nurse, died there.",
            {("killed", 17, False), ("killed", 6, True), ("killed", 1, True)},
        ),
        (
            "Seventeen people - eleven guards and six cooks - died.",
            {("killed", 17, False), ("killed", 11, True), ("killed", 6, True)},
        ),
        ("Seventeen were killed, six of them children.", {("killed", 17, False), ("killed", 6, True)}),
        ("Three nurses were among eight people killed there.", {("killed", 8, False), ("killed", 3, True)}),
        ("Two guards, a cook and a driver were killed.", {("killed", 2, False), ("killed", 1, False)}),
        ("A family of seven was killed in the house.", {("killed", 7, False)}),
        ("Raiders shot dead 12 men and took 30 women hostage.", {("killed", 12, False), ("detained", 30, False)}),
        ("Fighting forced 40,000 people to flee the valley.", {("displaced", 40_000, False)}),
        ("Some 900 families have been displaced.", {("displaced", 900, False)}),
        ("The death toll rose from 8 to 12 on Friday.", {("killed", 12, False)}),
        ("The attack claimed 23 lives.", {("killed", 23, False)}),
        ("The bodies of 14 miners were found.", {("bodies", 14, False)}),
        ("Forty soldiers and a captain were wounded.", {("injured", 40, False), ("injured", 1, False)}),
        ("Nearly 4,000 villagers are trapped in the gorge.", {("besieged", 4_000, False)}),
        ("Of the 60 hostages, 12 were released.", set()),
        ("Rescuers freed 12 hostages.", set()),
        ("Rebels killed the mayor's dog and burned 12 huts.", set()),
        ("Gunmen killed a judge and both his guards.", {("killed", 1, False), ("killed", 2, False)}),
        ("Doctors treated 80 wounded people.", {("injured", 80, False)}),
    ],
)
def test_slots(read: Read, text: str, expected: set[tuple[str, int, bool]]) -> None:
    assert figures(read(text)) == expected


def test_of_them_is_a_part_of_the_sentence_before(read: Read) -> None:
    drafts = [
        d
        for d in read("The raid forced 9,000 people to leave the district. Nearly 4,000 of them are children.")
        if d.measure
    ]
    assert [(d.quantity.size if d.quantity else None, d.part_of) for d in drafts] == [(9_000, None), (4_000, 0)]


def test_killed_and_injured_together_is_doubtful(read: Read) -> None:
    drafts = [d for d in read("Seventy people were killed or wounded in the square.") if d.measure]
    assert drafts
    assert all(d.doubtful and "counted together" in d.doubts[0] for d in drafts)


def test_a_speaker_is_no_victim(read: Read) -> None:
    assert figures(read("Shells killed nine people, a local official said.")) == {("killed", 9, False)}
