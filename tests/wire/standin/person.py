"""The person at the other end: what Discord's client sends when somebody types, presses or submits.

Refuses (:class:`~.errors.ClientRefusalError`) what the client would not let a person do, unless ``force`` is set.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from . import objects
from .codec import Json
from .errors import ClientRefusalError
from .interactions import AUTOCOMPLETE, COMMAND, COMPONENT, MODAL, Interaction
from .limits import walk
from .scene import GUILD_INSTALL, Scene, Situation, begin, payload, situation
from .world import World

SLASH, USER_MENU, MESSAGE_MENU = 1, 2, 3
STRING, ROLE, CHANNEL = 3, 8, 7
AS_TEXT = frozenset({STRING, 6, CHANNEL, ROLE, 9, 11})


def use_command(
    world: World, scene: Scene, command: str, options: Json, *, focused: str | None = None, target: str | None = None
) -> tuple[Interaction, Json]:
    """``/name`` or ``/group name`` with options; ``focused`` makes it an autocomplete request, ``target`` a menu's."""
    at = situation(world, scene)
    kind = COMMAND if focused is None else AUTOCOMPLETE
    registered, path = find_command(world, command, at.guild["id"] if at.guild else None)
    if not scene.force:
        _visible(registered, at, scene)
    leaf, chain = registered, []
    for part in path[1:]:
        leaf = next((o for o in leaf.get("options") or () if o["name"] == part), {})
        if not leaf:
            raise ClientRefusalError(f"/{' '.join(path)} is not registered")
        chain.append(leaf)
    known = {o["name"]: o for o in leaf.get("options") or ()}
    if not scene.force:
        _fits(known, options, complete=kind == COMMAND)
    sent: list[Json] = [_sent_option(known.get(n, {}), n, v, focused) for n, v in options.items()]
    for node in reversed(chain):
        sent = [{"name": node["name"], "type": node["type"], "options": sent}]
    data = {"id": registered["id"], "name": registered["name"], "type": registered["type"], "options": sent}
    if "guild_id" in registered:
        data["guild_id"] = registered["guild_id"]
    resolved = _resolved(world, at, known, options, scene)
    if registered["type"] != SLASH:
        data["target_id"] = str(target)
        resolved = _resolved_target(world, at, registered["type"], str(target), scene)
    if resolved:
        data["resolved"] = resolved
    interaction = begin(kind, data, at)
    return interaction, payload(interaction, at, scene)


def use_component(
    world: World, scene: Scene, message_id: str, custom_id: str, values: list[str] | None = None
) -> tuple[Interaction, Json]:
    """Press a button or choose in a select of a message."""
    message = world.seen_message(message_id)
    found = next((c for c in walk(message["components"]) if c.get("custom_id") == custom_id), None)
    if found is None and not scene.force:
        raise ClientRefusalError(f"the message has no component {custom_id!r}")
    if found is not None and found.get("disabled") and not scene.force:
        raise ClientRefusalError(f"component {custom_id!r} is disabled")
    found = found or {"type": 2, "id": 1}
    if scene.where == "guild":
        scene = replace(scene, channel=message["channel_id"], guild=message.get("guild_id"))
    at = situation(world, scene)
    data: Json = {"custom_id": custom_id, "component_type": found["type"], "id": found["id"]}
    if values is not None:
        data["values"] = values
    interaction = begin(COMPONENT, data, at, message)
    return interaction, payload(interaction, at, scene)


def submit_modal(world: World, scene: Scene, source: Interaction, values: Json) -> tuple[Interaction, Json]:
    """Fill in and submit the form that ``source`` was answered with; fields not named keep what they hold."""
    modal = next((e["data"] for e in source.events if e["type"] == 9), None)
    if modal is None:
        raise ClientRefusalError("that interaction was not answered with a form")
    at = situation(world, scene)
    data = {"custom_id": modal["custom_id"], "components": [_filled(c, values) for c in modal["components"]]}
    interaction = begin(MODAL, data, at, source.message)
    return interaction, payload(interaction, at, scene)


def submit_stray_modal(world: World, scene: Scene, custom_id: str) -> tuple[Interaction, Json]:
    """Submit a form that an earlier version of the bot opened."""
    at = situation(world, scene)
    interaction = begin(MODAL, {"custom_id": custom_id, "components": []}, at)
    return interaction, payload(interaction, at, scene)


def find_command(world: World, command: str, guild_id: str | None) -> tuple[Json, list[str]]:
    """The registered command that a person picks, a server's own before a global one; a menu is ``menu:Its name``."""
    path = [command[5:]] if command.startswith("menu:") else command.lstrip("/").split()
    for scope in dict.fromkeys((guild_id, None)):
        for registered in world.commands.get(scope, ()):
            if registered["name"] == path[0]:
                return registered, path
    raise ClientRefusalError(f"/{path[0]} is not registered (did the bot sync its commands?)")


def _visible(command: Json, at: Situation, scene: Scene) -> None:
    need = command.get("default_member_permissions")
    held = scene.member_permissions
    needed = int(need) if need is not None and at.guild and not held & objects.ADMINISTRATOR else None
    if needed is not None and (needed == 0 or held & needed != needed):
        raise ClientRefusalError(f"/{command['name']} is hidden from this member (needs permissions {need})")
    contexts = command.get("contexts")
    if contexts is not None and at.context not in contexts:
        raise ClientRefusalError(f"/{command['name']} is not offered in context {at.context}")
    if at.installation not in (command.get("integration_types") or [GUILD_INSTALL]):
        raise ClientRefusalError(
            f"/{command['name']} is not offered to a {'user' if at.installation else 'guild'} install"
        )


def _fits(known: dict[str, Json], options: Json, *, complete: bool) -> None:
    for name, value in options.items():
        if name not in known:
            raise ClientRefusalError(f"there is no option {name!r}; there are {sorted(known)}")
        option = known[name]
        if complete and option.get("choices") and value not in [c["value"] for c in option["choices"]]:
            raise ClientRefusalError(f"{name}: {value!r} is not among the choices")
        longest, shortest = option.get("max_length") or 6000, option.get("min_length") or 0
        if complete and option["type"] == STRING and not shortest <= len(str(value)) <= longest:
            raise ClientRefusalError(f"{name}: {len(str(value))} characters, {shortest} to {longest} are allowed")
    missing = [n for n, o in known.items() if o.get("required") and n not in options]
    if complete and missing:
        raise ClientRefusalError(f"required options are missing: {missing}")


def _sent_option(option: Json, name: str, value: Any, focused: str | None) -> Json:
    kind = option.get("type", STRING)
    out = {"name": name, "type": kind, "value": str(value) if kind in AS_TEXT else value}
    return {**out, "focused": True} if name == focused else out


def _resolved(world: World, at: Situation, known: dict[str, Json], options: Json, scene: Scene) -> Json:
    out: Json = {}
    for name, value in options.items():
        kind = known.get(name, {}).get("type")
        if kind == CHANNEL and str(value) in world.channels:
            channel = world.channels[str(value)]
            shown = {k: channel.get(k) for k in ("id", "name", "type", "parent_id")}
            rights = {"permissions": str(scene.member_permissions), "app_permissions": str(scene.app_permissions)}
            out.setdefault("channels", {})[str(value)] = shown | rights
        if kind == ROLE and at.guild:
            roles = [r for r in at.guild["roles"] if r["id"] == str(value)]
            out.setdefault("roles", {}).update({r["id"]: r for r in roles})
    return out


def _resolved_target(world: World, at: Situation, kind: int, target: str, scene: Scene) -> Json:
    if kind == MESSAGE_MENU:
        return {"messages": {target: world.seen_message(target)}}
    return {"users": {target: at.person}, "members": {target: objects.member(at.person, scene.member_permissions)}}


def _filled(component: Json, values: Json) -> Json:
    out: Json = {"type": component["type"], "id": component.get("id", 1)}
    custom_id = component.get("custom_id")
    if custom_id is not None and component["type"] == 4:
        out |= {"custom_id": custom_id, "value": values.get(custom_id, component.get("value") or "")}
    elif custom_id is not None:
        out |= {"custom_id": custom_id, "values": values.get(custom_id, [])}
    if component.get("components"):
        out["components"] = [_filled(c, values) for c in component["components"]]
    if component.get("component"):
        out["component"] = _filled(component["component"], values)
    return out
