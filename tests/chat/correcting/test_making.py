"""Making a correction, as a moderator does."""

import pytest

from tests.asking import Person
from tests.chat.correcting.forms import FACT, GOOD, LINK, REASON, Corrector

CONTROL = "Tariq al-Bab"


async def test_from_the_command_to_the_figure_that_everybody_in_the_server_sees(
    moderator: Corrector, reader: Person, stranger: Corrector
) -> None:
    offered = await moderator.type("correct", "fact", "310 east")
    assert FACT in offered.values()
    form = await moderator.correct(FACT)
    assert form.filled["value"] == "about 310"
    assert form.filled["kind"] == ""
    preview = await moderator.fill(form, **GOOD)
    assert preview.private
    assert preview.seen.line("about 310 → **at least 320**")
    assert preview.seen.under("about 310 →") == "our reading was wrong"
    assert preview.seen.line(REASON)
    assert preview.seen.line("example.org")
    assert preview.seen.line("In this server only")
    assert list(preview.seen.buttons) == ["Confirm", "Change", "Cancel"]
    assert await moderator.sees() == "**About 310** civilians killed · East Aleppo", "nothing before it is confirmed"
    done = await moderator.tap(preview.message, "Confirm")
    assert done.message.id == preview.message.id
    assert done.seen.title == "Corrected in this server"
    assert done.seen.line("about 310 → **at least 320**")
    answer = await reader.use("casualties")
    assert answer.seen.line("**At least 320** civilians killed")
    assert "**corrected**" in answer.seen.under("**At least 320**")
    assert await stranger.sees() == "**About 310** civilians killed · East Aleppo"


@pytest.mark.parametrize(
    ("elsewhere", "change"),
    [
        ("since 15 Nov 2016", "time: 15 Nov – 3 Dec 2016 → **since 15 Nov 2016**"),
        ("2016-12-01/2016-12-03", "time: 15 Nov – 3 Dec 2016 → **1–3 Dec 2016**"),
        ("place: Shaar", "place: East Aleppo → **Shaar**"),
        ("shaar", "place: East Aleppo → **Shaar**"),
        ("الشعار", "place: East Aleppo → **Shaar**"),
        ("Time: unknown", "time: 15 Nov – 3 Dec 2016 → **time not stated**"),
        ("where: sheikh-saeed", "place: East Aleppo → **Sheikh Saeed**"),
        ("Shaar; 3 Dec 2016", "time: 15 Nov – 3 Dec 2016 → **3 Dec 2016** · place: East Aleppo → **Shaar**"),
    ],
)
async def test_time_and_place_as_people_write_them(moderator: Corrector, elsewhere: str, change: str) -> None:
    preview = await moderator.preview(value="about 310", elsewhere=elsewhere, evidence="")
    assert preview.seen.line(change)
    assert (await moderator.tap(preview.message, "Confirm")).seen.title == "Corrected in this server"


async def test_a_clarification_becomes_the_note(moderator: Corrector) -> None:
    preview = await moderator.preview(value="about 310", kind=["clarification"], evidence="")
    assert preview.seen.line(f"note: none → **{REASON}**")
    await moderator.tap(preview.message, "Confirm")
    assert (await moderator.ask("source", fact=FACT)).line(f"**Note** {REASON}")


async def test_a_retraction_withdraws_it(moderator: Corrector, reader: Person) -> None:
    preview = await moderator.preview(value="about 310", kind=["retraction"], evidence="")
    assert preview.seen.line("about 310 → **withdrawn**")
    await moderator.tap(preview.message, "Confirm")
    assert "310" not in (await reader.ask("casualties")).text
    again = await moderator.preview(value="about 310", kind=["retraction"], evidence="")
    assert again.seen.line("This figure is withdrawn already.")
    back = await moderator.preview(value="about 300")
    assert back.seen.line("withdrawn → **about 300**")
    await moderator.tap(back.message, "Confirm")
    assert "**About 300**" in (await reader.ask("casualties")).text


async def test_what_was_typed_can_be_changed_before_it_is_confirmed(moderator: Corrector) -> None:
    preview = await moderator.preview(elsewhere="since 15 Nov 2016")
    form = await moderator.opens(preview.message, "Change")
    typed = {"value": "at least 320", "kind": "reading", "reason": REASON, "evidence": LINK}
    assert form.filled == {**typed, "elsewhere": "since 15 Nov 2016"}
    changed = await moderator.fill(form, value="at least 321")
    assert changed.message.id == preview.message.id
    assert "about 310 → **at least 321**" in changed.seen.text
    await moderator.tap(changed.message, "Confirm")
    assert "**At least 321**" in await moderator.sees()


async def test_cancelling_changes_nothing(moderator: Corrector) -> None:
    preview = await moderator.preview()
    cancelled = await moderator.tap(preview.message, "Cancel")
    assert cancelled.seen.title == "Nothing was corrected"
    assert cancelled.seen.buttons == {}
    assert "**About 310**" in await moderator.sees()


MISTAKES = [
    ({"value": "lots"}, "the value", "is not a number I can read", "at least 69"),
    ({"value": "at least 320 or perhaps not"}, "the value", "is left over", "at least 69"),
    ({"value": "60 percent"}, "the value", "This figure is a count, not a share.", "about 310"),
    ({"value": "9" * 20}, "the value", "is not a number I can read", "at least 69"),
    ({"value": "2" + "0" * 12}, "the value", "", ""),
    ({"value": "about 310"}, "the value", "Nothing would change", "at least 69"),
    ({"evidence": ""}, "the evidence", "A changed number needs a link", "https"),
    ({"evidence": "see the page"}, "the evidence", "A link holds no spaces", "https"),
    ({"evidence": "ftp://example.org/a"}, "the evidence", "begins with https:// or http://", "https"),
    ({"evidence": "javascript:alert(1)"}, "the evidence", "begins with https:// or http://", "https"),
    ({"evidence": "https://a@example.org/"}, "the evidence", "can make it look like another site", "https"),
    ({"reason": "so"}, "the reason", "A correction needs its reason", "the monitor"),
    ({"reason": "ask <@123456789012345678>"}, "the reason", "would call people", "the monitor"),
    ({"reason": "hello @everyone"}, "the reason", "would call people", "the monitor"),
    ({"reason": "it is **wrong**"}, "the reason", "is formatting", "the monitor"),
    ({"reason": "see [the page](https://example.org)"}, "the reason", "is formatting", "the monitor"),
    ({"elsewhere": "3 Dec"}, "the time", "it has no year", "since March 2011"),
    ({"elsewhere": "2016-13-45"}, "the time", "is no time I can read", "since March 2011"),
    ({"elsewhere": "place: Atlantis"}, "the place", "neither a time nor a place I know", ""),
    ({"elsewhere": "place: Aleppo Countryside; Shaar"}, "the place", "", ""),
    ({"elsewhere": "2015; 2016"}, "the time", "There are two times", "15 Nov 2016"),
    ({"kind": ["retraction"]}, "the sort of correction", "A retraction withdraws the figure as it is", ""),
    ({"kind": ["clarification"]}, "the sort of correction", "A clarification leaves the number as it is", ""),
]


@pytest.mark.parametrize(("fields", "field", "why", "example"), MISTAKES)
async def test_what_cannot_be_taken_is_told_and_mended(
    moderator: Corrector, fields: dict[str, str], field: str, why: str, example: str
) -> None:
    unfit = await moderator.preview(**fields)
    assert unfit.private
    assert unfit.seen.title == f"Not yet: {field}"
    plain = unfit.seen.text.replace("\\", "").replace("\u200b", "")
    assert why in plain
    assert example in plain
    assert "<@1" not in unfit.seen.text
    assert "@everyone" not in unfit.seen.text
    assert list(unfit.seen.buttons) == ["Mend it", "Cancel"]
    form = await moderator.opens(unfit.message, "Mend it")
    kept = {name: "".join(value) for name, value in {**GOOD, **fields}.items()}
    assert {name: form.filled[name] for name in kept} == kept, "nothing typed is lost"
    mended = await moderator.fill(form, **{**GOOD, "elsewhere": ""})
    assert mended.seen.title == "Correct it like this?"
    assert (await moderator.tap(mended.message, "Confirm")).seen.title == "Corrected in this server"


async def test_a_place_that_may_be_several_names_them(moderator: Corrector) -> None:
    unfit = await moderator.preview(elsewhere="Salah")
    assert unfit.seen.title == "Not yet: the place"
    assert unfit.seen.line("“Salah”")


@pytest.mark.parametrize("reason", ["turned \u202e round and \u2066 hidden\u0007", "line\nbreak   and more"])
async def test_what_is_invisible_is_taken_out_and_said(moderator: Corrector, reason: str) -> None:
    preview = await moderator.preview(reason=reason)
    assert not any(mark in preview.seen.text for mark in "\u202e\u2066\u0007")
    assert ("Invisible characters were taken out" in preview.seen.text) == ("\u202e" in reason)


async def test_half_a_character_is_no_obstacle(moderator: Corrector) -> None:
    preview = await moderator.preview(reason="the page \ud83d says so")
    assert preview.seen.line("the page says so")
