"""Control claims, events and statements."""

from collections.abc import Callable

import pytest

from bot.extraction.draft import Draft
from bot.facts.vocabulary import ControlStatus, EventType, Kind

Read = Callable[..., tuple[Draft, ...]]


@pytest.mark.parametrize(
    ("text", "status", "place", "size"),
    [
        ("Government troops seized the district of Larkport.", ControlStatus.CAPTURED, "Larkport", None),
        ("The army has recaptured around 60 percent of Larkport.", ControlStatus.RECAPTURED, "Larkport", 6_000),
        ("Rebels still control about 40 percent of the old city.", ControlStatus.HELD, None, 4_000),
        ("Rebels took six villages on Friday.", ControlStatus.CAPTURED, None, 6),
        ("Rebels withdrew from Larkport.", ControlStatus.LOST, "Larkport", None),
        ("Larkport was captured by the army.", ControlStatus.CAPTURED, "Larkport", None),
    ],
)
def test_control(read: Read, text: str, status: ControlStatus, place: str | None, size: int | None) -> None:
    found = [d for d in read(text) if d.kind is Kind.CONTROL]
    assert [(d.status, d.place, d.quantity.size if d.quantity else None) for d in found] == [(status, place, size)]


@pytest.mark.parametrize(
    "text", ["The talks took place in Larkport.", "Police captured three men.", "The ministry holds talks."]
)
def test_no_control(read: Read, text: str) -> None:
    assert not [d for d in read(text) if d.kind is Kind.CONTROL]


def test_events(read: Read) -> None:
    drafts = read("Rebels shot down a plane near Larkport as fierce clashes raged.")
    assert {d.event for d in drafts if d.kind is Kind.EVENT} == {EventType.AIRCRAFT_LOST, EventType.CLASH}


def test_statements_have_their_speaker(read: Read) -> None:
    drafts = read('"We will not leave," General Omar Sande said. The union warned of hunger.')
    assert [d.source for d in drafts if d.kind is Kind.STATEMENT] == ["General Omar Sande", "union"]
