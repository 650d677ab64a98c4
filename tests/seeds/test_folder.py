"""Every kind of bad file is refused with its name, the line, the field and what to do; none is guessed or dropped."""

import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.errors import SitrepError
from bot.seeds.errors import SeedError
from bot.seeds.folder import read_folder

CONFLICT = """[conflict]
id = "small"
name = "Small conflict"
place = "land"

[[actor]]
id = "army"
name = "government forces"

[[actor]]
id = "rebels"
name = "rebel forces"
"""
SOURCES = """[[source]]
id = "wire"
name = "Wire Agency"
sort = "news agency"

[[source]]
id = "state"
name = "State Radio"
sort = "broadcaster"
party = "army"
"""
PLACES = """id,name,name_ar,aliases,lat,lon,kind,part_of,ocha_pcode,source,confidence
land,Land,,,,,country,,,test,none
town,Town,,,,,city,land,,test,none
"""
REPORT = """[report]
id = "first"
publisher = "wire"
published = 2016-12-03
about = "A day of shelling"

[[fact]]
id = "1.1"
kind = "figure"
sentence = 1
measure = "killed"
quantity = "about 310"
population = "civilians"
accounting = "flow"
cumulative = true
place = "town"
window = "2016-11-15/2016-12-03"
actor = "army"
sources = ["state"]
span = [5, 9]

[[fact]]
id = "1.2"
kind = "event"
sentence = 2
event = "shelling"
place = "town"
window = "2016-12-03"
part_of = "1.1"
summary = "Shells fell on the market"
"""


class Folder(NamedTuple):
    path: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Replace what stands exactly once."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def refusal(self, *extra: Path) -> str:
        """What is wrong, with the folder's own path cut off."""
        with pytest.raises(SitrepError) as caught:
            read_folder(self.path, extra)
        return str(caught.value).replace(f"{self.path}/", "")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    path = tmp_path / "small"
    (path / "reports").mkdir(parents=True)
    for name, text in (("conflict.toml", CONFLICT), ("sources.toml", SOURCES), ("places.csv", PLACES)):
        (path / name).write_text(text, encoding="utf-8")
    (path / "reports" / "first.toml").write_text(REPORT, encoding="utf-8")
    return Folder(path)


def test_the_folder_that_the_others_break_is_whole(folder: Folder) -> None:
    seeds = read_folder(folder.path)
    assert [fact.id for fact in seeds.facts] == ["first/1.1", "first/1.2"]
    assert [relation.to for fact in seeds.facts for relation in fact.relations] == ["first/1.1"]


FIELDS = "docs/seeds.md lists the fields and their values."
SPELLING = "Check the spelling against docs/seeds.md, or take the line out."
EXAMPLES = "69 · at least 69 · about 310 · nearly 20,000 · 20 to 30 · tens of thousands · about 60 percent · unknown"


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (
            "reports/first.toml", 'quantity = "about 310"', "quantity = about 310",
            "reports/first.toml, line 12: this is not TOML: Invalid value. "
            "Texts stand in double quotes, lists in [ ], and every fact begins with [[fact]].",
        ),
        (
            "reports/first.toml", "measure =", "mesure =",
            f"reports/first.toml, line 11, fact 1.1, mesure: object contains unknown field `mesure`. {SPELLING}",
        ),
        (
            "reports/first.toml", 'kind = "figure"\n', "",
            "reports/first.toml, line 7, fact 1.1, kind: object missing required field `kind`. Add `kind = …` to it.",
        ),
        (
            "reports/first.toml", '"killed"', '"kiled"',
            f"reports/first.toml, line 11, fact 1.1, measure: invalid enum value 'kiled'. {FIELDS}",
        ),
        (
            "reports/first.toml", "sentence = 2", 'sentence = "2"',
            f"reports/first.toml, line 25, fact 1.2, sentence: expected `int`, got `str`. {FIELDS}",
        ),
        (
            "reports/first.toml", '"about 310"', '"quite a few"',
            "reports/first.toml, line 12, fact 1.1, quantity: 'quite a few' is not a number I can read: "
            f"it is neither a number nor a share. Examples: {EXAMPLES}. Write it as one of the examples.",
        ),
        (
            "reports/first.toml", '"2016-11-15/2016-12-03"', '"2016-12-03/2016-11-15"',
            "reports/first.toml, line 17, fact 1.1, window: the window ends (2016-11-15) before it starts "
            "(2016-12-03). docs/seeds.md shows every form.",
        ),
        (
            "reports/first.toml", 'window = "2016-12-03"', 'window = "Saturday"',
            "reports/first.toml, line 28, fact 1.2, window: 'Saturday' is not a date; write 2016-12-03, 2016-11 or "
            "2016, with ~ for 'about then'. docs/seeds.md shows every form.",
        ),
        (
            "reports/first.toml", 'window = "2016-12-03"', 'window = "2016-02-30"',
            "reports/first.toml, line 28, fact 1.2, window: '2016-02-30' is not a day of the calendar "
            "(day is out of range for month). docs/seeds.md shows every form.",
        ),
        (
            "reports/first.toml", 'id = "1.2"', 'id = "1.1"',
            "reports/first.toml, line 23, fact 1.1, id: another fact of this file has it. "
            "Count on: the next free ordinal.",
        ),
        (
            "reports/first.toml", 'place = "town"\nwindow = "2016-12-03"', 'place = "twon"\nwindow = "2016-12-03"',
            "reports/first.toml, line 27, fact 1.2, place: nothing is called 'twon'. "
            "Use an id of places.csv, or add it there first.",
        ),
        (
            "reports/first.toml", 'actor = "army"', 'actor = "navy"',
            "reports/first.toml, line 18, fact 1.1, actor: nothing is called 'navy'. "
            "Use an id of conflict.toml, or add it there first.",
        ),
        (
            "reports/first.toml", '["state"]', '["state", "radio"]',
            "reports/first.toml, line 19, fact 1.1, sources: nobody is called 'radio'. "
            "Use an id of sources.toml, or add it there first.",
        ),
        (
            "reports/first.toml", 'publisher = "wire"', 'publisher = "wires"',
            "reports/first.toml, line 3, report, publisher: nobody is called 'wires'. "
            "Use an id of sources.toml, or add it there.",
        ),
        (
            "reports/first.toml", 'part_of = "1.1"', 'part_of = "7.1"',
            "reports/first.toml, line 29, fact 1.2, part_of: there is no fact 'first/7.1'. "
            "Use the id of a fact of these seeds.",
        ),
        (
            "reports/first.toml", 'part_of = "1.1"', 'part_of = "1.2"',
            "reports/first.toml, line 29, fact 1.2, part_of: a fact cannot stand in relation to itself. "
            "Name the other fact.",
        ),
        (
            "reports/first.toml", "span = [5, 9]", 'restates = "1.2"',
            "reports/first.toml, line 20, fact 1.1, restates: it leads in a circle, by 'first/1.2' back to itself. "
            "Take one of the relations out: only the smaller, or the later wording, names the other.",
        ),
        (
            "reports/first.toml", "[5, 9]", "[9, 5]",
            "reports/first.toml, line 20, fact 1.1, span: it ends before it begins. "
            "Write [first, one behind the last] in characters.",
        ),
        (
            "reports/first.toml", 'population = "civilians"\n', "",
            "reports/first.toml, line 7, fact 1.1, population: a figure needs it. Add `population = …` to it.",
        ),
        (
            "reports/first.toml", 'event = "shelling"', 'event = "shelling"\nmeasure = "killed"',
            "reports/first.toml, line 27, fact 1.2, measure: it belongs to a figure, not to an event. "
            "Take the line out.",
        ),
        (
            "reports/first.toml", '"about 310"', '"half"',
            "reports/first.toml, line 7, fact 1.1, of: it is missing. "
            "Say what is counted, or what the share is a share of.",
        ),
        (
            "reports/first.toml", 'accounting = "flow"', 'accounting = "stock"',
            "reports/first.toml, line 15, fact 1.1, cumulative: only a flow adds up over time. "
            "Take the line out, or make it a flow.",
        ),
        (
            "reports/first.toml", "[report]", "[reprot]",
            f"reports/first.toml, line 1, reprot: object contains unknown field `reprot`. {SPELLING}",
        ),
        (
            "reports/first.toml", 'about = "A day of shelling"\n', "",
            "reports/first.toml, line 1, report, about: object missing required field `about`. Add `about = …` to it.",
        ),
        (
            "conflict.toml", 'place = "land"', 'place = "sea"',
            "conflict.toml, line 4, conflict, place: no place 'sea'. Use an id of places.csv.",
        ),
        (
            "conflict.toml", '"rebels"', '"army"',
            "conflict.toml, line 11, actor army, id: another actor of this file has it. "
            "Give it an id of its own, or take it out.",
        ),
        (
            "sources.toml", 'id = "state"', 'id = "wire"',
            "sources.toml, line 7, source wire, id: another source of this file has it. "
            "Give it an id of its own, or take it out.",
        ),
        (
            "sources.toml", 'party = "army"', 'party = "navy"',
            "sources.toml, line 10, source state, party: no actor 'navy'. "
            "Use an actor of conflict.toml, or add it there first.",
        ),
        (
            "places.csv", "city,land", "city,sea",
            "places.csv, line 3: part_of: there is no place 'sea'. "
            "Use the id of a place in this list, or leave it empty.",
        ),
    ],
)  # fmt: skip
def test_what_is_wrong_and_what_to_do(folder: Folder, file: str, old: str, new: str, said: str) -> None:
    folder.change(file, old, new)
    assert folder.refusal() == said


def test_an_error_knows_its_parts(folder: Folder) -> None:
    folder.change("reports/first.toml", '"about 310"', '"some"')
    with pytest.raises(SeedError) as caught:
        read_folder(folder.path)
    error = caught.value
    assert (Path(error.file).name, error.line, error.field) == ("first.toml", 12, "fact 1.1, quantity")
    assert error.remedy == "Write it as one of the examples."


@pytest.mark.parametrize("name", ["conflict.toml", "sources.toml", "places.csv"])
def test_a_file_that_is_missing(folder: Folder, name: str) -> None:
    (folder.path / name).unlink()
    assert folder.refusal() == f"{name}: there is no such file. docs/seeds.md says what a folder holds."


@pytest.mark.parametrize("name", ["conflict.toml", "sources.toml", "places.csv", "reports/first.toml"])
def test_a_file_that_is_not_utf8(folder: Folder, name: str) -> None:
    (folder.path / name).write_bytes("naïve".encode("latin-1"))
    assert folder.refusal() == f"{name}: this is not UTF-8 text. Save it again with the encoding UTF-8."


def test_a_folder_where_a_file_should_be(folder: Folder) -> None:
    (folder.path / "reports" / "second.toml").mkdir()
    said = "reports/second.toml: it cannot be read: Is a directory. Give the path of a file that you may read."
    assert folder.refusal() == said


@pytest.mark.parametrize("name", ["conflict.toml", "sources.toml", "places.csv", "reports/first.toml"])
def test_the_mark_that_windows_editors_put_first_does_no_harm(folder: Folder, name: str) -> None:
    path = folder.path / name
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert len(read_folder(folder.path).facts) == 2


def test_two_reports_of_the_same_id(folder: Folder) -> None:
    shutil.copy(folder.path / "reports" / "first.toml", folder.path / "reports" / "second.toml")
    assert folder.refusal() == (
        f"reports/second.toml, line 2, report, id: the report 'first' stands in {folder.path}/reports/first.toml too. "
        "Give it an id of its own."
    ).replace(f"{folder.path}/", "")


# Reports from elsewhere

SECOND = REPORT.replace('"first"', '"second"').replace('part_of = "1.1"', 'part_of = "{to}"')


def extra(folder: Folder, to: str) -> Path:
    path = folder.path / "second.toml"
    path.write_text(SECOND.format(to=to), encoding="utf-8")
    return path


def test_a_report_from_elsewhere_refers_to_the_folder_and_to_what_was_loaded_before(folder: Folder) -> None:
    assert len(read_folder(folder.path, [extra(folder, "first/1.1")]).facts) == 4
    earlier = extra(folder, "earlier/3.1")
    assert "there is no fact 'earlier/3.1'" in folder.refusal(earlier)
    assert len(read_folder(folder.path, [earlier], {"earlier/3.1": []}).facts) == 4


def test_a_circle_through_what_was_loaded_before_is_refused(folder: Folder) -> None:
    with pytest.raises(SeedError, match=r"fact 1\.2, part_of: it leads in a circle, by 'earlier/3\.1'"):
        read_folder(folder.path, [extra(folder, "earlier/3.1")], {"earlier/3.1": ["second/1.2"]})


def test_the_folder_stands_alone_since_the_next_start_reads_it_alone(folder: Folder) -> None:
    folder.change("reports/first.toml", 'part_of = "1.1"', 'part_of = "second/1.1"')
    other = extra(folder, "1.1")
    assert "there is no fact 'second/1.1'" in folder.refusal(other)
    with pytest.raises(SeedError, match=r"there is no fact 'second/1\.1'"):
        read_folder(folder.path, (), {"second/1.1": []})


def test_a_report_named_twice_is_read_once(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder.path)
    other = extra(folder, "first/1.1")
    seeds = read_folder(folder.path, [other, Path("second.toml"), Path("reports/first.toml")])
    assert [loaded.report.id for loaded in seeds.reports] == ["first", "second"]
