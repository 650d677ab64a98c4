"""Which corrections are offered while somebody types, and which one is meant by what they typed."""

from collections.abc import Sequence

from bot.answers.corrections_log import Told, told_label
from bot.answers.knowledge import Knowledge
from bot.answers.moment import ECHO
from bot.answers.question import UnreadableQuestionError
from bot.chat.corrections_log.ids import Reference, read_reference
from bot.chat.corrections_log.reading import reference, told
from bot.chat.corrections_log.screen import Interaction
from bot.chat.people import person_of
from bot.chat.scope import scope_of
from bot.corrections.permission import Action, Allowed, may
from bot.errors import SitrepError
from bot.facts.revision import EVERYONE, Revision
from bot.i18n import _
from bot.places.resolution import Ambiguous, Found
from bot.store.correcting.correction_log import listing, overridden

MOST = 50
"""Corrections that are looked through: the latest."""

Offered = tuple[Reference, Told]


async def readable(interaction: Interaction) -> list[Offered]:
    """The latest that can be read of here."""
    database = interaction.client.database
    found = await listing(database, scope_of(interaction), limit=MOST)
    return [(reference(one.revision), await told(database, one.revision)) for one in found]


async def undoable(interaction: Interaction) -> list[Offered]:
    """The latest of each history that the one who asks may undo, the latest first."""
    database, server, person = interaction.client.database, scope_of(interaction), await person_of(interaction)
    found = []
    if server != EVERYONE and isinstance(may(person, Action.UNDO, server), Allowed):
        found += list((await overridden(database, server)).values())
    if isinstance(may(person, Action.UNDO, EVERYONE), Allowed):
        latest: dict[str, Revision] = {}
        for logged in await listing(database, EVERYONE, limit=MOST):
            latest.setdefault(logged.revision.fact.id, logged.revision)
        found += list(latest.values())
    found.sort(key=lambda one: -one.recorded_at)
    return [(reference(one), await told(database, one)) for one in found[:MOST]]


async def find_reference(
    interaction: Interaction, text: str, offered: Sequence[Offered], *, undoing: bool = False
) -> Reference:
    """The correction that was chosen or typed.

    Args:
        undoing: those offered are the ones that may be undone.

    Raises:
        SitrepError: none is meant, or several are.
    """
    plain = text.strip()
    try:
        return read_reference(plain)
    except UnreadableQuestionError:
        pass
    known = interaction.client.library.known
    words = plain.casefold().replace(",", "").split()[:8]
    found = [
        key
        for key, one in offered
        if words and all(word in f"{told_label(one, known)} {key.fact}".casefold().replace(",", "") for word in words)
    ]
    if len(found) == 1:
        return found[0]
    if undoing and not found:
        raise SitrepError(
            _("No correction that you may take back holds these words."),
            _("/corrections list shows all there are. What holds for everyone, only editors take back."),
        )
    what = _("Several corrections hold these words.") if found else _("No correction here holds these words.")
    raise SitrepError(what, _("Start typing a place or a number, and choose one of those offered."))


def find_place(text: str, known: Knowledge) -> str:
    """The id of the place that was chosen or typed.

    Raises:
        SitrepError: none is certain; it names the nearest.
    """
    found = known.lookup.resolve(text)
    if isinstance(found, Found):
        return found.place.id
    near = found.candidates if isinstance(found, Ambiguous) else found.nearest
    names = ", ".join(place.name for place in near[:5])
    raise SitrepError(
        _("“{name}” is no place that I am sure of.").format(name=text[:ECHO]),
        _("Did you mean one of these: {names}?").format(names=names)
        if names
        else _("Choose one of those offered while you type."),
    )
