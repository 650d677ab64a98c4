"""The table of an export: a row for each revision, and nothing in it that a spreadsheet would run."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.exchange import table
from bot.facts.grammar import parse_quantity
from bot.store.exchange.export_table import names, rows
from bot.store.exchange.exporting import Extent
from bot.store.snapshot import snapshot
from tests.store.by_hand import ONE, correct, propose, publish, undo
from tests.store.small_world import bring, figure, opened, world


def read(path: Path, extent: Extent) -> list[dict[str, str]]:
    out = io.BytesIO()
    with snapshot(path) as connection:
        count = table.write(rows(connection, extent), names(connection), out)
    found = list(csv.DictReader(io.StringIO(out.getvalue().decode("utf-8-sig"), newline="")))
    assert count == len(found)
    return found


async def test_a_row_for_each_revision_with_what_people_read(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        share = figure("r1/2.1", "about 60 percent", "2016-12-03", of="the town", summary="=1+1 of it", sources=())
        await bring(db, world(figure("r1/1.1", "at least 310", actor="army"), share))
        await correct(db, "20 to 30", ONE)
        await undo(db, ONE)
        first, *own, other = read(db.path, Extent(server=ONE))
    assert first["fact"] == "r1/1.1"
    assert (first["value"], first["low"], first["high"], first["modifier"]) == ("at least 310", "310", "", "at_least")
    assert (first["place"], first["window_start"], first["window_end"]) == ("East", "2016-11-15", "2016-12-03")
    assert (first["sources"], first["publisher"], first["actor"]) == ("The Watch", "Wire Agency", "government forces")
    assert (first["scope"], first["in_force"], first["correction"]) == ("everyone", "yes", "initial")
    assert [(row["scope"], row["revision"], row["value"], row["in_force"]) for row in own] == [
        (ONE, "1", "20 to 30", "no"),
        (ONE, "2", "at least 310", "no"),  # which follows everyone again
    ]
    assert (own[0]["author"], own[0]["reason"], own[0]["evidence"]) == (
        "moderator", "the page says so", "https://example.org/a",
    )  # fmt: skip
    assert own[0]["recorded_at"].endswith("Z")
    assert (other["value"], other["low"], other["unit"], other["of"]) == (
        "about 60 percent", "60", "percent", "the town",
    )  # fmt: skip
    assert other["summary"] == "'=1+1 of it"


async def test_nobody_is_named_unless_asked_for(tmp_path: Path) -> None:
    async with opened(tmp_path) as db:
        await bring(db, world(figure("r1/1.1", "at least 310")))
        await publish(db, await propose(db, await correct(db, "20 to 30", ONE)))
        for extent in (Extent(), Extent(server=ONE), Extent(everything=True)):
            told = {row["author"] for row in read(db.path, extent)}
            assert told <= {"seeds", "moderator", "editor"}
            assert "editor" in told
        assert {"mona", "edda"} <= {row["author"] for row in read(db.path, Extent(everything=True, authors=True))}


@pytest.mark.parametrize(
    "cell",
    ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\uff1d1", "\u00a0=1", "\x00=1", "=cmd|' /C calc'!A0"],
)
def test_a_cell_that_would_be_a_formula_is_text(cell: str) -> None:
    assert table.harmless(cell).startswith("'")


@given(st.text(max_size=20))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    made = table.harmless(cell)
    assert made.lstrip()[:1] not in {"=", "+", "-", "@"} or not made
    assert made == cell or made == "'" + cell.replace("\x00", "")


@pytest.mark.parametrize("cell", ["310", "about 310", "'quoted'", "حلب", ""])
def test_what_is_harmless_stays(cell: str) -> None:
    assert table.harmless(cell) == cell


def test_a_number_that_could_be_a_formula_cannot_come_about() -> None:
    with pytest.raises(ValueError, match="read"):
        parse_quantity("-5")
