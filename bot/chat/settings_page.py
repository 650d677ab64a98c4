"""The page of `/settings`: what is set, in the controls that change it."""

from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from bot.chat.custom_ids import SETTING
from bot.chat.escape import escape, label
from bot.chat.permission_names import permission_names
from bot.chat.rendering import Component, Prepared
from bot.i18n import _, languages, speaking
from bot.store.keeping.servers import Repeat, ServerSettings, Told
from bot.subscriptions.zone_suggest import ZoneChoice

ROLE, LOG, DECISIONS, ZONE, FIND, LANGUAGE, REPEAT = (
    SETTING + name for name in ("role", "log", "decisions", "zone", "find", "language", "repeat")
)
"""Ids of the controls. Which server is meant follows from where they are used."""
FRESH = "|"
"""Ends the id of a list; what follows is new with each showing. A list that keeps its id keeps showing what somebody
chose from it, also where that was refused."""
ZONE_FIELD = "zone"

_CONTAINER, _TEXT, _SEPARATOR, _ROW, _BUTTON = 17, 10, 14, 1, 2
_CHOICE, _ROLE, _CHANNEL = 3, 6, 8
_LOG_CHANNELS = (0, 5)
"""Discord's types of channels that can be a log channel: text and announcement."""
_ACCENT = 0x4B5563
MOST_ZONES = 25
"""Most options that Discord takes for a list."""


class View(NamedTuple):
    """What stands on the page.

    Attributes:
        server: its name.
        role_gone: the role chosen before no longer exists.
        channel_gone: the channel chosen before no longer exists, or is hidden from Sitrep.
        lacking: permissions that Sitrep lacks in the log channel.
        zones: offered, in this order, 25 at most.
        found: they come of a search, so that none counts as chosen yet.
        subscriptions: the most digests that a server can have.
        fresh: sets the lists of this showing apart from those of the one before.
        note: what has just happened, in Discord's markdown.
    """

    server: str
    settings: ServerSettings
    role_gone: bool
    channel_gone: bool
    lacking: tuple[str, ...]
    zones: tuple[ZoneChoice, ...]
    conflict: str
    subscriptions: int
    fresh: str
    found: bool = False
    note: str | None = None


def settings_page(view: View) -> Prepared:
    """The finished page."""
    settings = view.settings
    small = _("Changes are kept as soon as you choose.")
    parts: list[Component] = [_text(f"## {_('Settings')}\n-# {escape(label(view.server, 100))} · {small}")]
    if view.note is not None:
        parts += [_rule(), _text(view.note)]
    parts += [_rule(), *_corrections(view), _rule(), *_posts(view), _rule()]
    digests = _("up to {count} in this server").format(count=view.subscriptions)
    parts.append(
        _text(
            f"**{_('Conflict')}**  {escape(label(view.conflict, 150))}\n**{_('Digests')}**  {digests}\n"
            f"-# {_('Both are set by whoever runs Sitrep.')}"
        )
    )
    if len(languages()) == 1:
        parts[-1]["content"] += (
            f"\n-# {_('Sitrep speaks {language} so far.').format(language=language_name(settings.language))}"
        )
    for part in parts:
        for inside in part.get("components", ()):
            if inside["type"] != _BUTTON:
                inside["custom_id"] += FRESH + view.fresh
                inside["id"] = crc32(inside["custom_id"].encode()) % 2**31 or 1
    return Prepared([{"type": _CONTAINER, "accent_color": _ACCENT, "components": parts}])


def _corrections(view: View) -> list[Component]:
    settings = view.settings
    role_about = _("Besides everybody with {permissions}.").format(permissions=permission_names(["manage_messages"]))
    if view.role_gone:
        role_about = _("The role chosen before is gone. Choose another one, or none.")
    log_about = _("Hears of corrections, of decisions on proposals, and of digests that pause.")
    if view.channel_gone:
        log_about = _("The channel chosen before is gone, or Sitrep may not see it. Choose another one, or none.")
    elif view.lacking:
        log_about = _("Sitrep lacks {permissions} there, and cannot write.").format(
            permissions=permission_names(view.lacking)
        )
    return [
        _head(_("Role that may correct figures"), role_about, warn=view.role_gone),
        _entity(_ROLE, ROLE, _("No role"), "role", None if view.role_gone else settings.corrections_role),
        _head(_("Log channel"), log_about, warn=view.channel_gone or bool(view.lacking)),
        _entity(
            _CHANNEL,
            LOG,
            _("No channel"),
            "channel",
            None if view.channel_gone else settings.log_channel,
            channel_types=list(_LOG_CHANNELS),
        ),
        _head(_("Decisions of editors"), _("Where you hear what became of corrections proposed for every server.")),
        _select(DECISIONS, ((told.value, told_words(told), told is settings.decisions) for told in Told)),
    ]


def _posts(view: View) -> list[Component]:
    settings = view.settings
    found = [
        _head(_("Time zone"), _("Proposed for new digests.")),
        _select(
            ZONE,
            ((zone.name, zone.label, zone.name == settings.time_zone and not view.found) for zone in view.zones),
            _("Choose one of these"),
        ),
        _row({"type": _BUTTON, "style": 2, "label": _("Find another time zone"), "custom_id": FIND}),
    ]
    if len(languages()) > 1:
        found += [
            _head(_("Language"), _("Of what Sitrep posts by itself. Answers come in each reader’s own.")),
            _select(LANGUAGE, ((tag, language_name(tag), tag == settings.language) for tag in languages())),
        ]
    return [
        *found,
        _head(
            _("If a post may be lost"),
            _("Only where Sitrep lacks {permissions} and cannot look.").format(
                permissions=permission_names(["read_message_history"])
            ),
        ),
        _select(REPEAT, ((repeat.value, repeat_words(repeat), repeat is settings.repeat) for repeat in Repeat)),
    ]


def told_words(told: Told) -> str:
    """The choice in words."""
    return {
        Told.LOG: _("In the log channel"),
        Told.PROPOSER: _("In a direct message to who proposed"),
    }[told]


def repeat_words(repeat: Repeat) -> str:
    """The choice in words."""
    return {
        Repeat.SKIP: _("Never twice, perhaps missing"),
        Repeat.REPEAT: _("Never missing, perhaps twice"),
    }[repeat]


def language_name(tag: str) -> str:
    """What the language calls itself."""
    with speaking(tag):
        return _("English")  # for translators: the name of your own language, in it


def _head(name: str, about: str, *, warn: bool = False) -> Component:
    return _text(f"**{name}**\n{'⚠️ ' if warn else '-# '}{about}")


def _text(content: str) -> Component:
    return {"type": _TEXT, "content": content}


def _rule() -> Component:
    return {"type": _SEPARATOR, "divider": True, "spacing": 1}


def _row(inside: Component) -> Component:
    return {"type": _ROW, "components": [inside]}


def _entity(
    kind: int, custom_id: str, nothing: str, of: str, chosen: str | None, channel_types: list[int] | None = None
) -> Component:
    """A list of the server's own roles or channels. Choosing none takes the choice back."""
    found: Component = {"type": kind, "custom_id": custom_id, "placeholder": nothing, "min_values": 0, "max_values": 1}
    if channel_types is not None:
        found["channel_types"] = channel_types
    if chosen is not None:
        found["default_values"] = [{"id": chosen, "type": of}]
    return _row(found)


def _select(custom_id: str, options: Iterable[tuple[str, str, bool]], open_: str | None = None) -> Component:
    """A list of choices; `open_` is what it says while none is chosen."""
    listed = [{"label": label(words, 100), "value": value, "default": chosen} for value, words, chosen in options]
    found: Component = {"type": _CHOICE, "custom_id": custom_id, "options": listed}
    return _row(found if open_ is None else {**found, "placeholder": label(open_, 150)})
