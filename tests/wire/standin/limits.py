"""Discord's documented limits on messages, components, modals and autocomplete choices.

Every ``check_*`` returns the flaws it finds as (path, what is wrong); an empty list means Discord would accept it.
Most of these rules stand only in the documentation's prose, not in the OpenAPI schema.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from .codec import Json
from .errors import Flaw

COMPONENTS_V2 = 1 << 15
ROW, BUTTON, STRING_SELECT, TEXT_INPUT = 1, 2, 3, 4
SECTION, TEXT_DISPLAY, THUMBNAIL, GALLERY, FILE, SEPARATOR, CONTAINER = 9, 10, 11, 12, 13, 14, 17
SELECTS = frozenset({3, 5, 6, 7, 8})
IN_CONTAINER = frozenset({ROW, SECTION, TEXT_DISPLAY, GALLERY, FILE, SEPARATOR})
TOP_LEVEL_V2 = IN_CONTAINER | {CONTAINER}
LINK_STYLE, PREMIUM_STYLE = 5, 6
MAX_COMPONENTS, MAX_TEXT = 40, 4000


def size(text: object) -> int:
    """Length as Discord counts it: after trimming."""
    return len(str(text or "").strip())


def walk(components: Sequence[Json] | None) -> Iterator[Json]:
    """Every component, nested ones and accessories included, in reading order."""
    for component in components or ():
        yield component
        yield from walk(component.get("components"))
        for key in ("accessory", "component"):
            if component.get(key):
                yield from walk([component[key]])


def check_message(body: Json, kind: str = "create", *, files: int = 0, v2: bool = False) -> list[Flaw]:
    """``kind`` is create, callback, followup or edit; ``v2`` tells that the edited message is one of Components V2."""
    flags = body.get("flags") or 0
    content, embeds = body.get("content"), body.get("embeds") or []
    components = body.get("components") or []
    flaws: list[Flaw] = []
    v2 = v2 or bool(flags & COMPONENTS_V2)
    if size(content) > 2000:
        flaws.append(("content", "must be 2000 or fewer in length"))
    if v2 and (content or embeds or body.get("poll") or body.get("sticker_ids")):
        flaws.append(("flags", "IS_COMPONENTS_V2 allows no content, embeds, poll or stickers"))
    if kind != "edit" and not (size(content) or embeds or components or body.get("poll") or files):
        flaws.append(("content", "cannot send an empty message"))
    if len(str(body.get("nonce") or "")) > 25:
        flaws.append(("nonce", "must be 25 or fewer in length"))
    mentions = body.get("allowed_mentions") or {}
    for key in ("users", "roles"):
        if key in (mentions.get("parse") or ()) and mentions.get(key):
            flaws.append((f"allowed_mentions/{key}", "mutually exclusive with parse"))
        if len(mentions.get(key) or ()) > 100:
            flaws.append((f"allowed_mentions/{key}", "must be 100 or fewer"))
    for i, attachment in enumerate(body.get("attachments") or ()):
        if len(attachment.get("description") or "") > 1024:
            flaws.append((f"attachments/{i}/description", "must be 1024 or fewer in length"))
    return flaws + check_embeds(embeds) + check_components(components, v2=v2)


def check_embeds(embeds: Sequence[Json]) -> list[Flaw]:
    flaws: list[Flaw] = [("embeds", "must be 10 or fewer")] if len(embeds) > 10 else []
    total = 0
    for i, embed in enumerate(embeds):
        at = f"embeds/{i}"
        fields = embed.get("fields") or []
        texts = [
            (f"{at}/title", embed.get("title"), 256),
            (f"{at}/description", embed.get("description"), 4096),
            (f"{at}/footer/text", (embed.get("footer") or {}).get("text"), 2048),
            (f"{at}/author/name", (embed.get("author") or {}).get("name"), 256),
            *((f"{at}/fields/{j}/name", field.get("name"), 256) for j, field in enumerate(fields)),
            *((f"{at}/fields/{j}/value", field.get("value"), 1024) for j, field in enumerate(fields)),
        ]
        total += sum(size(text) for _, text, _ in texts)
        flaws += [(path, f"must be {cap} or fewer in length") for path, text, cap in texts if size(text) > cap]
        flaws += [(path, "is required") for path, text, _ in texts if "/fields/" in path and not size(text)]
        if len(fields) > 25:
            flaws.append((f"{at}/fields", "must be 25 or fewer"))
        links = (embed.get("url"), *((embed.get(k) or {}).get("url") for k in ("image", "thumbnail")))
        if any(link and urlsplit(link).scheme not in ("http", "https", "attachment") for link in links):
            flaws.append((f"{at}/url", "scheme must be http, https or attachment"))
        if not (sum(size(text) for _, text, _ in texts) or embed.get("image") or embed.get("thumbnail")):
            flaws.append((at, "embed is empty"))
    if total > 6000:
        flaws.append(("embeds", f"text of all embeds is {total} characters, the maximum is 6000"))
    return flaws


def check_components(components: Sequence[Json], *, v2: bool) -> list[Flaw]:
    flaws: list[Flaw] = []
    everything = list(walk(components))
    if v2:
        if len(everything) > MAX_COMPONENTS:
            flaws.append(("components", f"{len(everything)} components, the maximum is {MAX_COMPONENTS}"))
        text = sum(len(c.get("content") or "") for c in everything if c.get("type") == TEXT_DISPLAY)
        if text > MAX_TEXT:
            flaws.append(("components", f"{text} characters of text, the maximum is {MAX_TEXT}"))
        flaws += _children(components, TOP_LEVEL_V2, "components")
    else:
        if len(components) > 5:
            flaws.append(("components", "must be 5 or fewer rows"))
        flaws += _children(components, frozenset({ROW}), "components")
    custom_ids = [c["custom_id"] for c in everything if c.get("custom_id")]
    if len(custom_ids) != len(set(custom_ids)):
        flaws.append(("components", "custom_id must be unique within the message"))
    if any(len(custom_id) > 100 for custom_id in custom_ids):
        flaws.append(("components", "custom_id must be 100 or fewer in length"))
    for component in everything:
        flaws += [("components", text) for text in _component(component)]
    return flaws


def _children(components: Sequence[Json], allowed: frozenset[int], at: str) -> list[Flaw]:
    return [
        (f"{at}/{i}", f"component type {c.get('type')} is not allowed here")
        for i, c in enumerate(components)
        if c.get("type") not in allowed
    ]


def _component(c: Json) -> Iterator[str]:
    match c.get("type"):
        case 1:
            kinds = [child.get("type") for child in c.get("components") or ()]
            single = len(kinds) == 1 and kinds[0] in SELECTS | {BUTTON, TEXT_INPUT}
            if not (single or (1 <= len(kinds) <= 5 and set(kinds) == {BUTTON})):
                yield "a row holds one to five buttons, or one select or text input"
        case 2:
            yield from _button(c)
        case 3:
            yield from _options(c.get("options") or ())
        case 9:
            kinds = [child.get("type") for child in c.get("components") or ()]
            if not (1 <= len(kinds) <= 3 and set(kinds) == {TEXT_DISPLAY}):
                yield "a section holds one to three texts"
            if (c.get("accessory") or {}).get("type") not in (BUTTON, THUMBNAIL):
                yield "a section needs a button or a thumbnail as its accessory"
        case 10:
            if not size(c.get("content")):
                yield "a text display must not be empty"
        case 12:
            if not 1 <= len(c.get("items") or ()) <= 10:
                yield "a gallery holds one to ten items"
            if any(len(item.get("description") or "") > 1024 for item in c.get("items") or ()):
                yield "an alternative text must be 1024 or fewer in length"
        case 17:
            yield from (text for _, text in _children(c.get("components") or (), IN_CONTAINER, "container"))
            if not c.get("components"):
                yield "a container must not be empty"


def _button(c: Json) -> Iterator[str]:
    style = c.get("style")
    if style not in range(1, 7):
        yield f"button style {style} is unknown"
    if size(c.get("label")) > 80:
        yield "a button label must be 80 or fewer in length"
    if not size(c.get("label")) and not c.get("emoji") and style != PREMIUM_STYLE:
        yield "a button needs a label or an emoji"
    if (style == LINK_STYLE) != bool(c.get("url")) or (style == LINK_STYLE and c.get("custom_id")):
        yield "a link button has a url and no custom_id, every other button no url"
    if style not in (LINK_STYLE, PREMIUM_STYLE) and not c.get("custom_id"):
        yield "a button needs a custom_id"
    if len(c.get("url") or "") > 512:
        yield "a url must be 512 or fewer in length"


def _options(options: Sequence[Json]) -> Iterator[str]:
    if not 1 <= len(options) <= 25:
        yield "a select has 1 to 25 options"
    if len({o.get("value") for o in options}) != len(options):
        yield "option values must be unique"
    if any(len(o.get(key) or "") > 100 for o in options for key in ("label", "value", "description")):
        yield "the texts of an option must be 100 or fewer in length"


def check_modal(body: Json) -> list[Flaw]:
    flaws: list[Flaw] = []
    rows = body.get("components") or []
    for key, cap in (("title", 45), ("custom_id", 100)):
        if not 1 <= len(body.get(key) or "") <= cap:
            flaws.append((key, f"must be 1 to {cap} in length"))
    if not 1 <= len(rows) <= 5:
        flaws.append(("components", "must be 1 to 5 rows"))
    for i, component in enumerate(walk(rows)):
        if len(component.get("label") or "") > 45:
            flaws.append((f"components/{i}/label", "must be 45 or fewer in length"))
        if component.get("type") == 18 and len(component.get("description") or "") > 100:
            flaws.append((f"components/{i}/description", "must be 100 or fewer in length"))
        if component.get("type") == TEXT_INPUT and len(component.get("value") or "") > 4000:
            flaws.append((f"components/{i}/value", "must be 4000 or fewer in length"))
    return flaws


def check_choices(choices: Sequence[Json], at: str = "choices") -> list[Flaw]:
    flaws: list[Flaw] = [(at, "must be 25 or fewer")] if len(choices) > 25 else []
    for i, choice in enumerate(choices):
        if not 1 <= len(str(choice.get("name", ""))) <= 100:
            flaws.append((f"{at}/{i}/name", "must be 1 to 100 in length"))
        if isinstance(choice.get("value"), str) and not 1 <= len(choice["value"]) <= 100:
            flaws.append((f"{at}/{i}/value", "must be 1 to 100 in length"))
    return flaws
