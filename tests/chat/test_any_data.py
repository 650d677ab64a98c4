"""Whatever the format of the seed files allows, Discord takes every answer, and no figure stands bare."""

from hypothesis import HealthCheck, given, settings

from bot.answers.page import Entry
from bot.seeds.folder import Seeds
from tests import strategies
from tests.chat.everything import everything
from tests.chat.generated import knowing
from tests.chat.test_rendering import check_limits
from tests.reading import read


@settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
@given(strategies.seeds())
async def test_every_answer_is_one_that_discord_takes(seeds: Seeds) -> None:
    async with knowing(seeds) as known:
        for reached in await everything(known):
            check_limits(reached.components)
            assert read(reached.components).text.strip()
            for section in reached.page.sections:
                assert all(not entry.facts or _complete(entry) for entry in section.entries)


def _complete(entry: Entry) -> bool:
    return any(str(part).strip() for part in entry.lead) and any(str(part).strip() for part in entry.detail)
