"""`python -m bot extract`: what it writes, and what it says of bad input."""

import argparse
import io
import json
from pathlib import Path

import pytest

from bot.extraction.command import ExtractError, add_arguments, run
from bot.extraction.outputs import write_all
from bot.extraction.progress import progress_on


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


def test_the_report_is_never_written_over(report: Path) -> None:
    before = report.read_text(encoding="utf-8")
    with pytest.raises(ExtractError, match="the report itself"):
        call(str(report), "--date", "2022-05-21", "--html", str(report))
    assert report.read_text(encoding="utf-8") == before


@pytest.mark.parametrize(("out", "told"), [("none/out.html", "no folder"), ("folder", "is a folder")])
def test_an_output_that_cannot_be_written_is_told_before_anything_is(
    report: Path, tmp_path: Path, out: str, told: str
) -> None:
    (tmp_path / "folder").mkdir()
    words = ["--date", "2022-05-21", "--publisher", "AFP", "--conflict", "aleppo-2016"]
    with pytest.raises(ExtractError, match=told):
        call(str(report), *words, "--seed", str(tmp_path / "out.toml"), "--html", str(tmp_path / out))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "report.txt"]


def test_two_outputs_need_two_paths(report: Path, tmp_path: Path) -> None:
    words = ["--date", "2022-05-21", "--publisher", "AFP", "--conflict", "aleppo-2016"]
    with pytest.raises(ExtractError, match="two outputs"):
        call(str(report), *words, "--seed", str(tmp_path / "out"), "--html", str(tmp_path / "x" / ".." / "out"))


def test_either_both_outputs_are_there_or_none(tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "none" / "second.html"
    with pytest.raises(ExtractError, match="cannot be written"):
        write_all({first: "one", second: "two"})
    assert list(tmp_path.iterdir()) == []


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_progress_is_one_line_on_a_terminal_and_ten_elsewhere() -> None:
    terminal, log = Terminal(), io.StringIO()
    for out in (terminal, log):
        tell = progress_on(out)
        for done in range(0, 2001, 50):
            tell(done, 2000)
    assert terminal.getvalue().count("\n") == 1
    assert len(log.getvalue().splitlines()) == 10
    assert log.getvalue().splitlines()[-1] == "read 2,000 of 2,000 characters"
