"""What an import refuses: where, why, and with the database left as empty as it was."""

import hashlib
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.errors import SitrepError
from bot.exchange.errors import ExchangeError
from bot.store.database import Database
from tests.exchange.moving import EVERYTHING, exported, holds, imported
from tests.store.by_hand import ONE, correct, propose
from tests.store.small_world import bring, figure, opened, world


@pytest.fixture
async def text(tmp_path: Path) -> bytes:
    """The export of two facts, one of them corrected in a server and proposed."""
    (tmp_path / "from").mkdir()
    async with opened(tmp_path / "from") as db:
        await bring(db, world(figure("r1/1.1", "310"), figure("r2/1.1", "369", "2016-11-15/2016-12-07")))
        await propose(db, await correct(db, "320"))
        return exported(db.path, EVERYTHING)


@pytest.fixture
async def db(tmp_path: Path) -> AsyncIterator[Database]:
    (tmp_path / "to").mkdir()
    async with opened(tmp_path / "to") as db:
        yield db


def signed(lines: list[bytes]) -> bytes:
    """The lines as a document whose last line fits: what somebody who knows the format could make."""
    body = b"\n".join(lines[:-1]) + b"\n"
    footer = {"records": len(lines) - 2, "digest": hashlib.sha256(body).hexdigest()}
    return body + b"]," + json.dumps(footer).encode()[1:] + b"\n"


def at(text: bytes, marked: bytes) -> tuple[list[bytes], int]:
    """The lines of a document, and the index of the last one that holds `marked`."""
    lines = text.splitlines()
    return lines, max(index for index, line in enumerate(lines) if marked in line)


def with_field(marked: bytes, old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        lines, index = at(text, marked)
        assert old in lines[index]
        lines[index] = lines[index].replace(old, new, 1)
        return signed(lines)

    return change


def twice(marked: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        lines, index = at(text, marked)
        return signed([*lines[: index + 1], lines[index].removesuffix(b",") + b",", *lines[index + 1 :]])

    return change


def without(marked: bytes) -> Callable[[bytes], bytes]:
    def change(text: bytes) -> bytes:
        lines, index = at(text, marked)
        return signed(lines[:index] + lines[index + 1 :])

    return change


CORRECTION, READING, CLAIM = b'"@type":"CorrectionComment","', b'"@type":"Reading"', b'"@type":"Claim","'
WRONG = {
    "an unknown field": (with_field(CORRECTION, b'"logged"', b'"mood":1,"logged"'), "unknown field `mood`"),
    "an unknown field of a fact": (
        with_field(READING, b'"measure"', b'"mood":1,"measure"'),
        "$.reading.mood: this version of Sitrep does not know it",
    ),
    "a field of another type": (with_field(READING, b'"position":1', b'"position":"1"'), "$.position: expected `int`"),
    "an unknown record": (with_field(CLAIM, b'"Claim"', b'"Rumour"'), "$.@type: invalid value 'Rumour'"),
    "a quantity that contradicts itself": (
        with_field(READING, b'"high":369', b'"high":3'),
        "$.reading.quantity: bounds 369..3 do not fit",
    ),
    "the same fact twice": (twice(CLAIM), "another line above has the same id"),
    "the same revision twice": (twice(READING), "$.@id: revision 2 stands above it"),
    "the same place twice": (twice(b'"@type":"Place","'), "another line above has the same conflict, id"),
    "the same proposal twice": (twice(b'"@type":"Proposal","'), "another line above has the same id"),
    "a number left out": (with_field(CORRECTION, b'"position":1', b'"position":2'), "$.position: number 2 of r1/1.1"),
    "a revision of no fact": (without(CLAIM), "it refers to something that no line above holds"),
    "a fact of no report": (without(b'"@id":"report:r2"'), "it refers to something that no line above holds"),
    "a fact without a revision": (without(READING), "no line holds a revision of the fact r2/1.1"),
    "a correction that is not in the log": (with_field(CORRECTION, b'"logged":1,', b""), "$.logged: persons'"),
    "a correction that gives back what never was": (
        with_field(CORRECTION, b'"logged":1', b'"restores":7,"logged":1'),
        "$.restores: there is no number 7",
    ),
    "a fact under another one's id": (
        with_field(CORRECTION, b'"parentItem":"fact:r1/1.1"', b'"parentItem":"fact:r2/1.1"'),
        "$.reading.id: it is of the fact 'r1/1.1'",
    ),
    "a time without a zone": (with_field(CLAIM, b'Z"', b'"'), "$.dateCreated: expected `datetime` with a timezone"),
    "a gap in the gazetteer": (without(b'"@id":"place:small/east"'), "place 'hill'"),
    "a conflict without its place": (without(b'"@id":"place:small/land"'), "land"),
    "a proposal of what is not there": (
        with_field(b'"@type":"Proposal","', b'"revision:3"', b'"revision:1"'),
        "$.about: no line above holds this revision of a server",
    ),
    "a state that is none": (
        with_field(b'"@type":"Proposal","', b'"pending"', b'"lost"'),
        "$.state: 'lost' is none of pending, published, declined, withdrawn",
    ),
    "a later version": (with_field(b'"@context"', b'"version":1,', b'"version":2,'), "the file is of version 2"),
    "another format": (with_field(b'"@context"', b'"sitrep-export"', b'"other"'), "the format is 'other'"),
    "a table": (lambda _text: b"\xef\xbb\xbffact,conflict\r\n", "A table is for spreadsheets"),
    "something else": (lambda _text: b"hello\n", "This is no export of Sitrep"),
    "an empty file": (lambda _text: b"", "line 1: the file ends here"),
    "a file cut between two lines": (lambda text: b"\n".join(text.splitlines()[:-3]) + b"\n", "the file ends here"),
    "a file cut within a line": (lambda text: text[:-300], "line 2"),
    "a file whose last line is cut": (lambda text: text[:-20], "input data was truncated"),
    "a changed word": (lambda text: text.replace(b"State Radio", b"Royal Radio"), "$.digest: the lines are not those"),
    "a line left out": (
        lambda text: b"\n".join(line for line in text.splitlines() if b'"place:small/abroad","' not in line),
        "records were read",
    ),
    "more behind the end": (lambda text: text + b"more\n", "something follows the end"),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
async def test_a_file_that_is_not_right_is_refused_as_a_whole(db: Database, text: bytes, name: str) -> None:
    change, said = WRONG[name]
    empty = await holds(db)
    with pytest.raises(ExchangeError) as refused:
        imported(db.path, change(text))
    assert said in str(refused.value)
    assert str(refused.value).startswith("export.json")
    assert refused.value.remedy
    assert await holds(db) == empty
    assert imported(db.path, text).facts == 2


async def test_only_an_empty_database_takes_an_export(db: Database, text: bytes) -> None:
    await bring(db, world(figure("r1/1.1", "5")))
    before = await holds(db)
    with pytest.raises(SitrepError, match="holds facts already"):
        imported(db.path, text)
    assert await holds(db) == before


async def test_the_line_of_a_mistake_is_named(db: Database, text: bytes) -> None:
    _, index = at(text, CORRECTION)
    with pytest.raises(ExchangeError) as refused:
        imported(db.path, with_field(CORRECTION, b'"kind":"reading"', b'"kind":"whim"')(text))
    assert (refused.value.line, refused.value.path) == (index + 1, "$.kind")


async def test_a_document_is_one_json_object_with_the_corrections_as_comments(text: bytes) -> None:
    whole = json.loads(text)
    assert whole["@context"]["CorrectionComment"] == "schema:CorrectionComment"
    (comment,) = [record for record in whole["@graph"] if record["@type"] == "CorrectionComment"]
    assert comment["parentItem"] == "fact:r1/1.1"
    assert (comment["text"], comment["citation"]) == ("the page says so", "https://example.org/a")
    assert (comment["scope"], comment["reading"]["quantity"]) == (ONE, {"low": 320, "high": 320})
    assert whole["records"] == len(whole["@graph"])
    references = {record.get("@id") for record in whole["@graph"]}
    assert {comment["parentItem"], "report:r1", "place:small/east", "conflict:small"} <= references
    terms = {key for record in whole["@graph"] for key in record if not key.startswith("@")}
    prefixed = {"isPartOf", "location", "containedInPlace", "publisher", "appearance", "parentItem", "about"}
    for record in whole["@graph"]:
        for term in prefixed & record.keys():
            assert record[term].partition(":")[0] in whole["@context"], term
    assert prefixed <= terms | {"affiliation"}
