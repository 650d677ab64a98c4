"""`python -m bot`, as an operator uses it: real processes, their words and their exit status."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.settings import load_settings

ROOT = Path(__file__).parents[1]
TOKEN = "NDIxODgyMTIzNDU2Nzg5MDEy.GaBcDe." + "x7" * 19
SEEDS = ROOT / "seeds"
LATER = SEEDS / "aleppo-2016" / "later" / "2016-12-07-morning-star.toml"


class Operator:
    """Someone in a folder of their own, with the seeds elsewhere."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = folder / "data" / "sitrep.db"
        self.seeds = SEEDS

    def environment(self, **settings: str) -> dict[str, str]:
        ours = {name.upper() for name in load_settings({}).__dataclass_fields__}
        kept = {key: value for key, value in os.environ.items() if key not in ours}
        return {**kept, "PYTHONPATH": str(ROOT), "SEEDS_DIR": str(self.seeds), **settings}

    def run(self, *arguments: str, **settings: str) -> tuple[int, str, str]:
        """(exit status, what it says, what it complains of)."""
        done = subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=self.folder,
            env=self.environment(**settings),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.returncode, done.stdout, done.stderr

    def rows(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.database)) as db:
            return db.execute(query).fetchall()

    def own_seeds(self, file: str, old: str, new: str) -> None:
        """From now on a copy of the seeds in which `old` reads `new`."""
        copy = self.folder / "seeds" / "aleppo-2016"
        for path in (SEEDS / "aleppo-2016").rglob("*"):
            if path.is_file() and path.parent.name != "later":
                target = copy / path.relative_to(SEEDS / "aleppo-2016")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(path.read_bytes())
        text = (copy / file).read_text(encoding="utf-8")
        assert old in text
        (copy / file).write_text(text.replace(old, new, 1), encoding="utf-8")
        self.seeds = copy.parent


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator(tmp_path)


# load


def test_load_brings_the_seeds_in_once(operator: Operator) -> None:
    status, said, complaint = operator.run("load")
    (facts,) = operator.rows("SELECT COUNT(*) FROM fact_value")
    assert (status, said, complaint) == (0, f"sitrep: {facts[0]} added\n", "")
    status, said, complaint = operator.run("load")
    assert (status, complaint) == (0, "")
    assert said.endswith(" facts, nothing new\n")
    assert operator.rows("SELECT value FROM meta WHERE key = 'data_version'") == [("1",)]


def test_load_brings_a_later_report_in(operator: Operator) -> None:
    operator.run("load")
    status, said, complaint = operator.run("load", str(LATER))
    assert (status, said, complaint) == (0, "sitrep: 12 added\n", "")
    assert operator.run("load", str(LATER))[1].endswith(" facts, nothing new\n")
    assert operator.rows("SELECT COUNT(*) FROM report") == [(2,)]


def test_load_refuses_a_bad_file_and_changes_nothing(operator: Operator) -> None:
    operator.run("load")
    before = operator.rows("SELECT fact, number, body FROM revision ORDER BY fact, number")
    bad = operator.folder / "bad.toml"
    bad.write_text(LATER.read_text(encoding="utf-8").replace('"369"', '"loads of"'), encoding="utf-8")
    status, said, complaint = operator.run("load", "bad.toml")
    assert (status, said) == (1, "")
    line = bad.read_text(encoding="utf-8").splitlines().index('quantity = "loads of"') + 1
    assert complaint.startswith(f"sitrep: bad.toml, line {line}, fact 1.1, quantity: 'loads of' is not a number")
    assert complaint.endswith("Write it as one of the examples.\n")
    assert operator.rows("SELECT fact, number, body FROM revision ORDER BY fact, number") == before
    assert operator.rows("SELECT value FROM meta WHERE key = 'data_version'") == [("1",)]


def test_load_of_a_file_that_is_not_there(operator: Operator) -> None:
    status, _, complaint = operator.run("load", "nowhere.toml")
    assert status == 1
    assert complaint.startswith("sitrep: nowhere.toml: there is no such file.")


# check


def test_check_finds_all_well_and_leaves_no_database_behind(operator: Operator) -> None:
    status, said, complaint = operator.run("check")
    assert (status, complaint) == (0, "")
    lines = said.splitlines()
    assert lines[0].startswith("sitrep: settings: conflict aleppo-2016")
    assert lines[1].startswith("sitrep: seeds: 1 report, ")
    assert lines[2] == "sitrep: database: data/sitrep.db does not exist yet; the first start makes it"
    assert lines[3].startswith("sitrep: token: none")
    assert lines[4:] == ["sitrep: all is well"]
    assert list(operator.folder.iterdir()) == []


def test_check_counts_what_a_database_holds_and_changes_nothing(operator: Operator) -> None:
    operator.run("load")
    before = operator.database.read_bytes()
    status, said, _ = operator.run("check")
    (facts,) = operator.rows("SELECT COUNT(*) FROM fact_value")
    assert status == 0
    assert f"sitrep: database: data/sitrep.db, {facts[0]} facts\n" in said
    assert operator.database.read_bytes() == before
    assert [path.name for path in operator.database.parent.iterdir()] == ["sitrep.db"]


def test_check_says_which_seed_is_wrong(operator: Operator) -> None:
    operator.own_seeds("sources.toml", 'party = "government-forces"', 'party = "nobody"')
    status, said, _ = operator.run("check")
    assert status == 1
    assert "sitrep: seeds: WRONG. " in said
    assert "sources.toml, line " in said
    assert "party: no actor 'nobody'. Use an actor of conflict.toml, or add it there first.\n" in said
    assert said.endswith("sitrep: 1 of 4 need mending\n")


def test_check_says_that_a_database_is_damaged(operator: Operator) -> None:
    operator.run("load")
    whole = bytearray(operator.database.read_bytes())
    whole[12_288:60_000] = b"\xff" * (60_000 - 12_288)
    operator.database.write_bytes(whole)
    status, said, complaint = operator.run("check")
    assert (status, complaint) == (1, "")
    assert "sitrep: database: WRONG. " in said
    assert "is damaged" in said
    assert said.endswith("sitrep: 1 of 4 need mending\n")


def test_check_says_that_a_file_is_no_database(operator: Operator) -> None:
    operator.database.parent.mkdir()
    operator.database.write_text("A letter, and no database at all. " * 100)
    status, said, _ = operator.run("check")
    assert status == 1
    assert "sitrep: database: WRONG. The file data/sitrep.db is no SQLite database. Point DATABASE_URL to" in said


def test_check_tells_of_a_token_that_leads_nowhere(operator: Operator) -> None:
    # Port 9 of this machine: nobody listens there.
    status, said, complaint = operator.run("check", DISCORD_TOKEN=TOKEN, DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    assert status == 1
    assert "sitrep: token: WRONG. Discord cannot be reached (" in said
    assert TOKEN not in said + complaint


def test_everything_wrong_is_found_at_once(operator: Operator) -> None:
    operator.own_seeds("conflict.toml", 'place = "syria"', 'place = "sirya"')
    operator.database.parent.mkdir()
    operator.database.write_text("No database. " * 100)
    status, said, _ = operator.run("check", DISCORD_TOKEN=TOKEN, DISCORD_API_URL="http://127.0.0.1:9/api/v10")
    assert status == 1
    assert said.count("WRONG") == 3
    assert said.endswith("sitrep: 3 of 4 need mending\n")


# Databases of another time


@pytest.mark.parametrize("command", ["load", "check"])
def test_a_database_newer_than_the_program_is_refused(operator: Operator, command: str) -> None:
    operator.run("load")
    with closing(sqlite3.connect(operator.database)) as db:
        db.execute("INSERT INTO schema_migration VALUES (99, 'of tomorrow', 'x', 0)")
        db.commit()
    status, said, complaint = operator.run(command)
    assert status == 1
    words = f"The database data/sitrep.db is at version 99; this program knows versions up to {latest_version()}. "
    assert words + "Run the newer program again, or put back a backup made before the upgrade.\n" in said + complaint


def latest_version() -> int:
    return len(list((ROOT / "bot" / "store" / "migrations").glob("*.sql")))


# backup


def test_backup_while_somebody_writes(operator: Operator) -> None:
    operator.run("load")
    script = (
        "import sqlite3, sys, itertools\n"
        "db = sqlite3.connect(sys.argv[1], timeout=30)\n"
        "for n in itertools.count():\n"
        "    with db:\n"
        "        db.execute(\"INSERT INTO meta VALUES (?, 'a')\", (f'a{n}',))\n"
        "        db.execute(\"INSERT INTO meta VALUES (?, 'b')\", (f'b{n}',))\n"
        "    if n == 20: print('writing', flush=True)\n"
    )
    command = [sys.executable, "-c", script, str(operator.database)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        try:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "writing\n"
            status, said, complaint = operator.run("backup", "copy.db")
            assert writer.poll() is None, "the writer went on"
        finally:
            writer.kill()
    copy = operator.folder / "copy.db"
    assert (status, complaint) == (0, "")
    assert said == f"sitrep: copied to copy.db ({copy.stat().st_size:,} bytes)\n"
    with closing(sqlite3.connect(copy)) as db:
        assert db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = dict(db.execute("SELECT value, COUNT(*) FROM meta WHERE value IN ('a', 'b') GROUP BY value"))
        assert counts["a"] == counts["b"] > 20, "no transaction was cut in half"
    assert operator.run("check", DATABASE_URL=f"sqlite:///{copy}")[0] == 0


def test_backup_replaces_nothing(operator: Operator) -> None:
    operator.run("load")
    (operator.folder / "copy.db").write_text("precious")
    status, _, complaint = operator.run("backup", "copy.db")
    assert (status, complaint) == (
        1,
        "sitrep: copy.db exists already, and a backup replaces nothing. Give another name.\n",
    )
    assert (operator.folder / "copy.db").read_text() == "precious"


def test_backup_of_nothing(operator: Operator) -> None:
    status, _, complaint = operator.run("backup", "copy.db")
    assert status == 1
    assert complaint.startswith("sitrep: There is no database at data/sitrep.db.")
    assert list(operator.folder.iterdir()) == []


# Export and import


def test_what_is_exported_is_imported(operator: Operator) -> None:
    operator.run("load")
    status, said, complaint = operator.run("export", "facts.json")
    assert (status, complaint) == (0, "")
    assert said.startswith("sitrep: wrote ")
    status, said, complaint = operator.run("import", "facts.json", DATABASE_URL="sqlite:///data/moved.db")
    assert (status, complaint) == (0, "")
    facts = len(operator.rows("SELECT id FROM fact"))
    assert said.endswith(f"imported {facts} facts of 1 report, {facts} revisions\n")
    status, said, _ = operator.run("load", DATABASE_URL="sqlite:///data/moved.db")
    assert (status, said) == (0, f"sitrep: {facts} facts, nothing new\n")
    again = operator.run("import", "facts.json")
    assert (again[0], "holds facts already" in again[2]) == (1, True)
    assert "exists already, and an export replaces nothing" in operator.run("export", "facts.json")[2]


def test_an_export_to_standard_output_holds_nothing_else(operator: Operator) -> None:
    operator.run("load")
    status, document, complaint = operator.run("export")
    assert (status, complaint, json.loads(document)["format"]) == (0, "", "sitrep-export")
    status, table, complaint = operator.run("export", "--format", "csv")
    assert (status, complaint) == (0, "")
    assert table.splitlines()[0].startswith("\ufefffact,conflict,")
    (operator.folder / "table.csv").write_text(table, encoding="utf-8")
    refused = operator.run("import", "table.csv", DATABASE_URL="sqlite:///new.db")
    assert "A table is for spreadsheets and lacks what an import needs: export with `--format json`." in refused[2]
    assert operator.run("import", "nowhere.json")[2].startswith("sitrep: nowhere.json cannot be read: No such file")


def test_an_export_without_a_database_makes_none(operator: Operator) -> None:
    status, said, complaint = operator.run("export", "facts.json")
    assert (status, said) == (1, "")
    assert complaint.startswith("sitrep: There is no database at data/sitrep.db.")
    assert list(operator.folder.iterdir()) == []


# Forgetting a person


def test_a_person_is_forgotten_once(operator: Operator) -> None:
    operator.run("load")
    person = "210987654321098765"
    with closing(sqlite3.connect(operator.database)) as db, db:
        db.execute("UPDATE revision SET author = ? WHERE fact = (SELECT MIN(fact) FROM revision)", (person,))
    status, said, complaint = operator.run("forget", person)
    assert (status, complaint) == (0, "")
    assert said == f"sitrep: took {person} out of what they made: corrections 1, proposals 0, digests 0, drafts 0\n"
    assert operator.rows(f"SELECT * FROM revision WHERE author = '{person}'") == []
    assert operator.run("forget", person)[1] == f"sitrep: nothing bears the id {person}\n"


def test_a_name_is_no_id_to_forget(operator: Operator) -> None:
    status, said, complaint = operator.run("forget", "mona")
    assert (status, said) == (1, "")
    assert complaint.startswith("sitrep: 'mona' is no id of a Discord account.")
    assert list(operator.folder.iterdir()) == []


# Calls that cannot be followed


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["explode"],
        ["backup"],
        ["sync", "--guild", "my server"],
        ["import"],
        ["export", "--everything", "--server", "1"],
    ],
)
def test_a_call_that_is_not_understood(operator: Operator, arguments: list[str]) -> None:
    status, said, complaint = operator.run(*arguments)
    assert (status, said) == (2, "")
    assert complaint.startswith("usage: python -m bot")


def test_help_names_every_command(operator: Operator) -> None:
    status, said, _ = operator.run("--help")
    assert status == 0
    for command in ("start", "run", "preview", "load", "check", "sync", "backup", "export", "import", "forget"):
        assert f"    {command} " in said


@pytest.mark.parametrize("command", ["run", "sync"])
def test_what_needs_a_token_says_so(operator: Operator, command: str) -> None:
    status, _, complaint = operator.run(command)
    assert status == 1
    assert complaint.startswith("sitrep: There is no DISCORD_TOKEN. Put it into .env")
    assert list(operator.folder.iterdir()) == []


@pytest.mark.parametrize("command", [["check"], ["load"], ["run"]])
def test_all_wrong_settings_are_listed_before_anything_is_done(operator: Operator, command: list[str]) -> None:
    status, said, complaint = operator.run(*command, READERS="many", LOG_FORMAT="xml", DISCORD_TOKEN=f"Bot {TOKEN}")
    assert (status, said) == (1, "")
    assert complaint.startswith("sitrep: 3 settings are wrong. Correct this in .env or in the environment;")
    for name in ("READERS (many)", "LOG_FORMAT (xml)", "DISCORD_TOKEN (not shown here)"):
        assert f"\n- {name}: " in complaint
    assert TOKEN not in complaint
    assert list(operator.folder.iterdir()) == []


def test_settings_come_from_the_file_and_the_environment_goes_first(operator: Operator) -> None:
    (operator.folder / ".env").write_text("DATABASE_URL=sqlite:///from-file.db\nLOG_LEVEL=ERROR\n")
    assert operator.run("load")[0] == 0
    assert (operator.folder / "from-file.db").exists()
    assert operator.run("load", DATABASE_URL="sqlite:///from-environment.db")[0] == 0
    assert (operator.folder / "from-environment.db").exists()
