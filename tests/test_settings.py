"""Every setting is described once, and every wrong one is named at once without showing what is secret."""

from dataclasses import FrozenInstanceError, asdict
from pathlib import Path

import pytest
from dotenv import dotenv_values

from bot.errors import SitrepError
from bot.setting_values import Secret
from bot.settings import Settings, load_settings, render_env_example

EXAMPLE = Path(__file__).parent.parent / ".env.example"

# The shape of a token, and nobody's.
TOKEN = "NDIxODgyMTIzNDU2Nzg5MDEy.GaBcDe." + "x7" * 19


def test_the_example_is_what_the_program_describes() -> None:
    assert EXAMPLE.read_text(encoding="utf-8") == render_env_example(), "run: python -m bot.settings > .env.example"


def test_the_example_loads_and_holds_the_defaults() -> None:
    env = dotenv_values(EXAMPLE)
    assert set(env) == {name.upper() for name in asdict(Settings())}
    assert load_settings(env) == Settings() == load_settings({})


def test_every_setting_can_be_set() -> None:
    settings = load_settings(
        {
            "DISCORD_TOKEN": f" {TOKEN}\n",
            "DATABASE_URL": "sqlite:////srv/sitrep.db",
            "SEEDS_DIR": "/srv/seeds",
            "CONFLICT": "darfur-2004",
            "LOG_LEVEL": "debug",
            "LOG_FORMAT": "JSON",
            "DISCORD_API_URL": "http://proxy:8081/api/v10/",
            "DISCORD_GATEWAY_URL": "ws://127.0.0.1:9000",
            "PREVIEW_PORT": "0",
            "READERS": "8",
            "EDITORS": "210987654321098765, 310987654321098765,210987654321098765",
            "EDITORS_SERVER": "410987654321098765",
            "EDITORS_ROLE": "510987654321098765",
            "CORRECTIONS_RATE": "5",
            "SUBSCRIPTIONS_PER_SERVER": "3",
            "PATH": "/bin",
        }
    )
    assert settings == Settings(
        discord_token=Secret(TOKEN),
        database_url="sqlite:////srv/sitrep.db",
        seeds_dir=Path("/srv/seeds"),
        conflict="darfur-2004",
        log_level="DEBUG",
        log_format="json",
        discord_api_url="http://proxy:8081/api/v10",
        discord_gateway_url="ws://127.0.0.1:9000",
        preview_port=0,
        readers=8,
        editors=(210987654321098765, 310987654321098765),
        editors_server=410987654321098765,
        editors_role=510987654321098765,
        corrections_rate=5,
        subscriptions_per_server=3,
    )
    with pytest.raises(FrozenInstanceError):
        settings.readers = 1  # type: ignore[misc]


def test_blank_is_the_default() -> None:
    assert load_settings({"DISCORD_TOKEN": "  ", "READERS": "", "LOG_LEVEL": None}) == Settings()


def test_the_token_is_shown_only_to_who_asks_for_it() -> None:
    settings = load_settings({"DISCORD_TOKEN": TOKEN})
    assert TOKEN not in f"{settings} {settings!r} {asdict(settings)} {settings.discord_token}"
    assert settings.discord_token is not None
    assert settings.discord_token.reveal() == TOKEN
    assert settings.discord_token != Secret("another")


def test_every_wrong_setting_is_named_in_one_error() -> None:
    with pytest.raises(SitrepError) as caught:
        load_settings({"READERS": "many", "LOG_FORMAT": "xml", "CONFLICT": "../etc", "DATABASE_URL": "mysql://host/db"})
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("4 settings are wrong.")
    assert ".env.example" in lines[0]
    assert "- READERS (many): allowed is a whole number from 1 to 8." in lines
    assert "- LOG_FORMAT (xml): allowed is text or json." in lines
    assert "- CONFLICT (../etc): allowed is small letters, digits and single hyphens." in lines
    assert any(line.startswith("- DATABASE_URL (mysql://host/db): ") for line in lines)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DISCORD_TOKEN", f"Bot {TOKEN}"),
        ("DISCORD_TOKEN", f"{TOKEN}\u200b"),
        ("DISCORD_API_URL", TOKEN),
        ("DATABASE_URL", TOKEN),
        ("SEEDS_DIR", f"\0{TOKEN}"),
    ],
)
def test_no_error_shows_a_token(name: str, value: str) -> None:
    with pytest.raises(SitrepError, match=name) as caught:
        load_settings({name: value})
    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(caught.value.__cause__)


def test_no_error_shows_the_password_of_a_database() -> None:
    with pytest.raises(SitrepError, match="later version") as caught:
        load_settings({"DATABASE_URL": "postgresql://sitrep:hunter2@with/odd@signs@host/db"})
    assert "(postgresql://…@host/db)" in str(caught.value)


def test_a_value_cannot_break_the_list() -> None:
    with pytest.raises(SitrepError) as caught:
        load_settings({"LOG_LEVEL": "loud\n- READERS (2): allowed\u202e" + "x" * 500})
    assert len(caught.value.what.splitlines()) == 2
    assert "\u202e" not in str(caught.value)
    assert len(str(caught.value)) < 400


@pytest.mark.parametrize(
    ("name", "value"),
    [
        *(("READERS", value) for value in ("0", "9", "-1", "2.0", "٣", "1_0", "+2", "9" * 5000)),
        *(("PREVIEW_PORT", value) for value in ("65536", "-1", "http", "80 80")),
        *(
            ("EDITORS", value)
            for value in ("me", "1234", "210987654321098765,", "210987654321098765 310987654321098765")
        ),
        *(("EDITORS_SERVER", value) for value in ("9" * 20, "٣" * 18, "-10987654321098765")),
        *(("CORRECTIONS_RATE", value) for value in ("0", "1001")),
        *(("LOG_LEVEL", value) for value in ("LOUD", "20", "NOTSET")),
        *(("CONFLICT", value) for value in ("Aleppo", "a--b", "-a", "a/b", "حلب")),
        *(
            ("DISCORD_API_URL", value)
            for value in ("proxy:8080", "ws://proxy", "http://", "http://a:99999", "http://a b")
        ),
        *(("DISCORD_API_URL", value) for value in ("http://a:0", "http://a/?q=1", "http://[::1", "http://a/#x")),
        *(("DISCORD_GATEWAY_URL", value) for value in ("https://gateway", "wss://", "gateway")),
        *(("DATABASE_URL", value) for value in ("sitrep.db", "sqlite:///", "sqlite://x.db", "sqlite:///:memory:")),
    ],
)
def test_values_out_of_bounds_are_refused(name: str, value: str) -> None:
    with pytest.raises(SitrepError, match=rf"One setting is wrong\. .*\n- {name} "):
        load_settings({name: value})


@pytest.mark.parametrize(("set_", "missing"), [("EDITORS_ROLE", "EDITORS_SERVER"), ("EDITORS_SERVER", "EDITORS_ROLE")])
def test_a_role_without_its_server_makes_no_editors(set_: str, missing: str) -> None:
    with pytest.raises(SitrepError, match=rf"- {missing} \(missing\): {set_} is set"):
        load_settings({set_: "410987654321098765"})


@pytest.mark.parametrize("name", [name.upper() for name in asdict(Settings())])
def test_every_setting_is_described(name: str) -> None:
    block = next(block for block in render_env_example().split("\n\n") if f"\n{name}=" in block)
    assert block.startswith("# ")
    assert "\n# Allowed: " in block
