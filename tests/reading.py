"""What a person sees of a message made of components: its lines, buttons and lists."""

from collections.abc import Iterator
from typing import Any, NamedTuple

Component = dict[str, Any]
CONTAINER, TEXT, SEPARATOR, ROW, BUTTON, SELECT = 17, 10, 14, 1, 2, 3


class Option(NamedTuple):
    """One entry of a list to choose from."""

    label: str
    description: str
    value: str


class Seen(NamedTuple):
    """A message as read from top to bottom.

    Attributes:
        lines: in Discord's markdown, one for each line of text.
        buttons: custom id by label.
    """

    lines: tuple[str, ...]
    buttons: dict[str, str]
    options: tuple[Option, ...]

    @property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @property
    def title(self) -> str:
        """The heading, without its mark."""
        return self.lines[0].removeprefix("## ")

    def line(self, part: str) -> str:
        """The one line that holds `part`.

        Raises:
            AssertionError: no line does, or several do.
        """
        found = [line for line in self.lines if part in line]
        assert len(found) == 1, f"{part!r} stands in {len(found)} lines of:\n{self.text}"
        return found[0]

    def under(self, part: str) -> str:
        """The small line under the one line that holds `part`."""
        below = self.lines[self.lines.index(self.line(part)) + 1]
        assert below.startswith("-# "), f"under {part!r} stands no small line but: {below}"
        return below.removeprefix("-# ")

    def option(self, part: str) -> Option:
        """The one entry of the list whose label holds `part`."""
        found = [option for option in self.options if part in option.label]
        assert len(found) == 1, f"{part!r} stands in {len(found)} of {[option.label for option in self.options]}"
        return found[0]


def walk(components: list[Component]) -> Iterator[Component]:
    """Every component, nested ones included, from top to bottom."""
    for component in components:
        yield component
        yield from walk(component.get("components", []))


def read(components: list[Component]) -> Seen:
    """The message that `components` are."""
    flat = list(walk(components))
    return Seen(
        tuple(
            # A space that does not break looks like any other.
            line.replace("\u00a0", " ")
            for part in flat
            if part["type"] == TEXT
            for line in part["content"].split("\n")
        ),
        {part["label"]: part["custom_id"] for part in flat if part["type"] == BUTTON},
        tuple(
            Option(option["label"], option.get("description", ""), option["value"])
            for part in flat
            if part["type"] == SELECT
            for option in part["options"]
        ),
    )
