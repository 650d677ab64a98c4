"""Table, JSON Lines, page and report file."""

import json
import tomllib
from collections.abc import Callable
from datetime import date

import pytest

from bot.extraction.conflict_pack import PackError, actor_id, make_pack
from bot.extraction.draft import Draft
from bot.extraction.extract import extract
from bot.extraction.jsonl import lines
from bot.extraction.marks import stretches
from bot.extraction.page import page
from bot.extraction.seed_file import SeedReport, seed_file
from bot.extraction.table import table
from bot.facts.fact import Actor, Source

Read = Callable[..., tuple[Draft, ...]]
TEXT = (
    "Nine farmers & two <children> were killed in Larkport on Friday by rebel fire, the Harbour Observatory said.\n\n"
    "It said four more were wounded. Seventy people were killed or wounded in Dunmere.\n"
)
SOURCES = (Source("harbour", "Harbour Observatory", "monitor"), Source("gazette", "The Gazette", "newspaper"))
ACTORS = (Actor("rebels", "rebel forces"),)


class OneTown:
    def resolve(self, words: str) -> str | None:
        return "larkport" if words == "Larkport" else None


def test_the_table_says_how_sure_it_is(read: Read) -> None:
    shown = table(read(TEXT))
    assert "9 farmers" in shown
    assert "doubt: killed and injured are counted together" in shown
    assert shown.splitlines()[-1].endswith("doubtful")


def test_json_lines_hold_every_field(read: Read) -> None:
    rows = [json.loads(line) for line in lines(read(TEXT))]
    assert rows[0]["measure"] == "killed"
    assert rows[0]["window"] == "2022-05-20"
    assert TEXT[slice(*rows[0]["span"])] == "Nine"
    assert {"trace", "doubts", "confidence", "doubtful", "stance"} <= set(rows[0])


def test_stretches_cover_the_text_once(read: Read) -> None:
    cut = stretches(len(TEXT), read(TEXT))
    assert "".join(TEXT[s.start : s.end] for s in cut) == TEXT


def test_the_page_escapes_the_report_and_loads_nothing(read: Read) -> None:
    shown = page(TEXT, read(TEXT), "a <b> report", date(2022, 5, 21), "The Gazette")
    assert "<children>" not in shown
    assert "&lt;children&gt;" in shown
    assert "<script" not in shown
    assert "http://" not in shown.replace("http-equiv", "")
    assert 'class="figure"' in shown
    assert "How it was read" in shown
    assert "no source named" in shown


def test_the_report_file_sets_doubts_apart() -> None:
    pack = make_pack("harbour", SOURCES, ACTORS, OneTown(), '[actors]\nrebels = "rebel, rebels"\n')
    drafts = extract(TEXT, date(2022, 5, 21), "The Gazette", pack)
    written = seed_file(TEXT, drafts, SeedReport("gazette-2022-05-21", "gazette", date(2022, 5, 21), "A day"), pack)
    facts = tomllib.loads(written)["fact"]
    assert {fact.get("quantity") for fact in facts if fact["kind"] == "figure"} == {"9", "2", "4"}
    assert all(fact["place"] == "larkport" for fact in facts)
    assert {"harbour"} == {source for fact in facts for source in fact.get("sources", ())}
    assert "# Doubt: killed and injured are counted together" in written
    assert "# Doubt: no place of the gazetteer is certain: Dunmere" in written


def test_an_actor_is_named_by_the_pack_or_not_at_all() -> None:
    pack = make_pack("harbour", SOURCES, ACTORS, None, '[actors]\nrebels = "rebel"\n')
    assert actor_id(pack, "rebel fire") == "rebels"
    assert actor_id(pack, "pirates") is None


@pytest.mark.parametrize("added", ['[sources]\nnobody = "x"', "not toml", '[lexicons.moods]\nsad = "x"'])
def test_a_wrong_pack_says_what_is_wrong(added: str) -> None:
    with pytest.raises(PackError, match=r"lexicon\.toml of harbour"):
        make_pack("harbour", SOURCES, ACTORS, None, added)


def test_a_pack_adds_words() -> None:
    pack = make_pack("harbour", SOURCES, ACTORS, None, '[lexicons.people]\nsingular = "lampwright"\n')
    drafts = extract("A lampwright was killed.", None, None, pack)
    assert [d.unit_words for d in drafts if d.measure] == ["lampwright"]
