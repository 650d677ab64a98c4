"""Making a correction, as a moderator does."""

from bot.app import App
from tests.asking import Person
from tests.chat.correcting.forms import FACT, GOOD, LINK, REASON, Corrector, opened


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
