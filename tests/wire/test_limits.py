"""The documented limits, as the stand-in enforces them."""

from __future__ import annotations

from typing import Any

import pytest

from .standin.errors import ApiError
from .standin.limits import check_choices, check_message, check_modal
from .standin.limits_commands import check_commands
from .standin.ratelimit import RateLimiter

V2 = 1 << 15
TEXT = {"type": 10, "content": "x"}
BUTTON = {"type": 2, "style": 2, "label": "Sources", "custom_id": "sources"}


def layout(*components: dict[str, Any]) -> dict[str, Any]:
    return {"flags": V2, "components": list(components)}


def command(**changes: Any) -> dict[str, Any]:
    return {"name": "casualties", "description": "Figures", "type": 1, "options": [], **changes}


@pytest.mark.parametrize(
    "body",
    [
        {"content": "x" * 2000},
        {"embeds": [{"description": "x" * 4096}]},
        layout(*[TEXT] * 40),
        layout({"type": 17, "components": [TEXT, {"type": 14}, {"type": 1, "components": [BUTTON]}]}),
        layout({"type": 9, "components": [TEXT], "accessory": BUTTON}),
        {"components": [{"type": 1, "components": [BUTTON]}]},
    ],
)
def test_messages_within_the_limits(body: dict[str, Any]) -> None:
    assert check_message(body) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ({}, "empty message"),
        ({"content": "x" * 2001}, "2000"),
        ({"content": "x", "nonce": "n" * 26}, "25"),
        ({"embeds": [{"description": "x" * 4097}]}, "4096"),
        ({"embeds": [{"description": "x" * 4000}, {"description": "x" * 2001}]}, "6000"),
        ({"embeds": [{}]}, "empty"),
        ({"embeds": [{"fields": [{"name": "a", "value": ""}]}]}, "required"),
        (layout(*[TEXT] * 41), "41 components"),
        (layout({"type": 10, "content": "x" * 4001}), "4001 characters"),
        (layout({"type": 10, "content": " "}), "must not be empty"),
        ({**layout(TEXT), "content": "x"}, "allows no content"),
        (layout({"type": 17, "components": [{"type": 17, "components": [TEXT]}]}), "type 17 is not allowed"),
        (layout({"type": 17, "components": []}), "must not be empty"),
        (layout({"type": 9, "components": [TEXT]}), "accessory"),
        (layout({"type": 1, "components": [BUTTON] * 2}), "custom_id must be unique"),
        (layout({"type": 1, "components": [{**BUTTON, "custom_id": str(i)} for i in range(6)]}), "five buttons"),
        (layout({"type": 1, "components": [{**BUTTON, "label": "x" * 81}]}), "80"),
        (layout({"type": 1, "components": [{**BUTTON, "custom_id": "x" * 101}]}), "100"),
        (layout({"type": 1, "components": [{"type": 2, "style": 5, "label": "x"}]}), "link button"),
        (layout({"type": 1, "components": [{"type": 3, "custom_id": "s", "options": []}]}), "1 to 25"),
        ({"components": [TEXT]}, "type 10 is not allowed"),
    ],
)
def test_messages_beyond_the_limits(body: dict[str, Any], complaint: str) -> None:
    assert any(complaint in text for _, text in check_message(body))


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"name": "Casualties"}, "invalid"),
        ({"name": "two words"}, "invalid"),
        ({"name": "خَبَر"}, "invalid"),
        ({"description": "x" * 101}, "1 to 100"),
        ({"description_localizations": {"ar": "x"}}, "'ar' is unknown"),
        ({"contexts": [0, 3]}, "contexts"),
        ({"options": [{"name": f"o{i}", "description": "x", "type": 3} for i in range(26)]}, "25"),
        ({"options": [{"name": "o", "description": "x", "type": 3}] * 2}, "unique"),
        (
            {
                "options": [
                    {"name": "a", "description": "x", "type": 3},
                    {"name": "b", "description": "x", "type": 3, "required": True},
                ]
            },
            "before optional",
        ),
        (
            {
                "options": [
                    {
                        "name": "o",
                        "description": "x",
                        "type": 3,
                        "choices": [{"name": "n" * 100, "value": f"{i:0100}"} for i in range(25)],
                    },
                    {
                        "name": "p",
                        "description": "x",
                        "type": 3,
                        "choices": [{"name": "n" * 100, "value": f"{i:0100}"} for i in range(25)],
                    },
                ]
            },
            "8000",
        ),
    ],
)
def test_commands_beyond_the_limits(change: dict[str, Any], complaint: str) -> None:
    assert check_commands([command(), command(name="خبر")]) == []
    found = check_commands([command(**change)])
    assert any(complaint in f"{path} {text}" for path, text in found), found


def test_a_hundred_slash_commands_and_no_two_of_one_name() -> None:
    assert check_commands([command(name=f"c{i}") for i in range(100)]) == []
    assert check_commands([command(name=f"c{i}") for i in range(101)])
    assert check_commands([command(), command()])


def test_forms_and_choices() -> None:
    row = {"type": 18, "label": "Value", "component": {"type": 4, "custom_id": "v"}}
    assert check_modal({"title": "Correct", "custom_id": "c", "components": [row]}) == []
    assert check_modal({"title": "x" * 46, "custom_id": "c", "components": [row]})
    assert check_modal({"title": "x", "custom_id": "c", "components": [row] * 6})
    assert check_modal({"title": "x", "custom_id": "c", "components": [{**row, "label": "x" * 46}]})
    assert check_choices([{"name": "Aleppo", "value": "aleppo"}] * 25) == []
    assert check_choices([{"name": "Aleppo", "value": "aleppo"}] * 26)
    assert check_choices([{"name": "x" * 101, "value": "aleppo"}])


def test_one_route_and_the_whole_bot_have_a_limit_and_callbacks_have_none() -> None:
    limiter = RateLimiter(enabled=True)
    for left in range(4, -1, -1):
        headers = limiter.take("POST", "/channels/1/messages", with_token=False)
        assert headers["X-RateLimit-Remaining"] == str(left)
    with pytest.raises(ApiError) as refusal:
        limiter.take("POST", "/channels/1/messages", with_token=False)
    assert refusal.value.headers["X-RateLimit-Scope"] == "user"
    for i in range(44):
        limiter.take("POST", f"/channels/{i + 2}/messages", with_token=False)
    with pytest.raises(ApiError) as refusal:
        limiter.take("POST", "/channels/99/messages", with_token=False)
    assert refusal.value.body["global"] is True
    for _ in range(100):
        assert limiter.take("POST", "/interactions/1/token/callback", with_token=True) == {}
