"""Which fact somebody means who types a place, a number or a word of it."""

from bot.answers.catalogue import PER_TOPIC, Catalogue
from bot.answers.header import label
from bot.answers.knowledge import Knowledge
from bot.answers.page import Choice, Page
from bot.answers.question import Ask, Question
from bot.answers.wording import fact_label
from bot.facts.topics import Topic
from bot.i18n import _
from bot.store.lists.list_query import Selection


async def list_facts(known: Knowledge) -> Catalogue:
    """The facts that stand first in each list, under their labels."""
    labels: dict[str, str] = {}
    for topic in Topic:
        for row in await known.facts.select(Selection(topic, known.area), limit=PER_TOPIC):
            for fact in (row.fact, *row.attached):
                labels.setdefault(fact.id, fact_label(fact, known))
    return Catalogue(labels.items())


def find_fact(text: str, known: Knowledge) -> Question | Page:
    """The question for the record of the fact that `text` means, or the page that asks which one of several."""
    fact_id = known.catalogue.resolve(text)
    offered = known.catalogue.suggest(text) if text.strip() else []
    if len(offered) < 2 or fact_id != text.strip() or any(fact_id == one for one, _label in offered):
        return Question(Ask.SOURCE, fact=fact_id)
    shown = text if len(text) <= 60 else text[:60] + "…"
    return Page(
        accent="place",
        title=label(Ask.SOURCE),
        notes=((_("Several facts hold the words “{words}”. Which one?").format(words=shown),),),
        choose=_("Open the full record of one"),
        choices=tuple(Choice(words, one, Question(Ask.SOURCE, fact=one)) for one, words in offered),
    )
