"""`python -m bot extract`: what it writes, and what it says of bad input."""

import argparse
import json
from pathlib import Path

import pytest

from bot.extraction.command import ExtractError, add_arguments, run


def call(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    return run(parser.parse_args(words))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("Nine people were killed in Larkport on Friday, police said.\n", encoding="utf-8")
    return path


def test_a_table(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(report), "--date", "2022-05-21") == 0
    assert "9 people" in capsys.readouterr().out


def test_json_lines(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(str(report), "--date", "2022-05-21", "--json") == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["place"] == "Larkport"


def test_a_page(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.html"
    assert call(str(report), "--date", "2022-05-21", "--html", str(out)) == 0
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_report_file_that_the_seeds_take(tmp_path: Path) -> None:
    path, out = tmp_path / "report.txt", tmp_path / "out.toml"
    path.write_text("Nine people were killed in Shaar on Friday, the Observatory said.\n", encoding="utf-8")
    assert (
        call(str(path), "--date", "2016-12-21", "--publisher", "AFP", "--conflict", "aleppo-2016", "--seed", str(out))
        == 0
    )
    from bot.seeds.folder import read_folder

    seeds = read_folder(Path("seeds/aleppo-2016"), [out])
    loaded = next(r for r in seeds.reports if r.report.id == "afp-2016-12-21")
    assert [(fact.place, fact.sources) for fact in loaded.facts if fact.measure] == [("shaar", ("sohr",))]


@pytest.mark.parametrize(
    ("content", "words", "told"),
    [
        (b"", [], "is empty"),
        (b"  \n \n", [], "is empty"),
        (b"PK\x00\x01", [], "not plain text"),
        ("Morts : neuf blessés".encode("latin-1"), [], "not UTF-8"),
        (b"Nine died on Friday.", [], "need the date"),
        (b"Nine died.", ["--date", "21.5.2022"], "not a date"),
        (b"Nine died.", ["--seed", "x.toml"], "--date, --publisher and --conflict"),
        (b"Nine died.", ["--conflict", "atlantis"], "No conflict is called"),
    ],
)
def test_bad_input_says_what_to_do_and_leaves_nothing(
    tmp_path: Path, content: bytes, words: list[str], told: str
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    with pytest.raises(ExtractError, match=told):
        call(str(path), *words, "--html", str(tmp_path / "out.html"))
    assert [p.name for p in tmp_path.iterdir()] == ["report.txt"]


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(ExtractError, match="cannot be read"):
        call(str(tmp_path / "none.txt"))
