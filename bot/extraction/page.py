"""The report as a page: every span that was read is marked by kind, and each fact stands beside its paragraph with its
fields, its doubts and its trace. One file, no scripts, nothing loaded from elsewhere, everything escaped."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from importlib.resources import files

from bot.extraction.draft import Draft
from bot.extraction.marks import Stretch, stretches
from bot.extraction.wording import amount, relation, when, where
from bot.facts.vocabulary import Unit

# Of several marks over one word the first of these is shown.
_ORDER = ("figure", "measure", "place", "window", "source", "actor", "control", "event", "statement")
_LEGEND = ("figure", "measure", "place", "window", "source", "actor", "control", "event", "statement")


def page(text: str, drafts: Sequence[Draft], title: str, report_date: date | None, publisher: str | None) -> str:
    """The whole page."""
    style = (files("bot.extraction") / "page.css").read_text(encoding="utf-8")
    printed = " · ".join(part for part in (publisher, report_date.isoformat() if report_date else None) if part)
    doubtful = sum(draft.doubtful for draft in drafts)
    legend = "".join(f'<b class="{kind}">{kind}</b>' for kind in _LEGEND)
    body = "".join(_paragraphs(text, drafts))
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{escape(title)}</title><style>{style}</style></head><body>"
        f"<header><h1>{escape(title)}</h1><p>{escape(printed)}{' · ' if printed else ''}{len(drafts)} read, "
        f'{doubtful} doubtful – a doubtful fact is for a person to decide</p><p class="legend">{legend}</p></header>'
        f"<main>{body}</main></body></html>\n"
    )


def _paragraphs(text: str, drafts: Sequence[Draft]) -> Iterator[str]:
    """One grid row for each line of the text that is not empty."""
    marked = stretches(len(text), drafts)
    position = 0
    by_paragraph: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_paragraph.setdefault(draft.paragraph, []).append(draft)
    start = 0
    number = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line)
        if line.strip():
            number += 1
            while marked and position and marked[position].start > start:
                position -= 1
            pieces = []
            while position < len(marked) and marked[position].start < end:
                pieces.append(_marked(text, marked[position], start, end))
                if marked[position].end > end:
                    break
                position += 1
            facts = "".join(_article(text, draft) for draft in by_paragraph.get(number, ()))
            beside = f'<div class="facts">{facts}</div>'
            yield f'<section class="paragraph"><p class="text">{"".join(pieces)}</p>{beside}</section>'
        start = end


def _marked(text: str, stretch: Stretch, start: int, end: int) -> str:
    words = escape(text[max(start, stretch.start) : min(end, stretch.end)].rstrip("\r\n"))
    if not stretch.marks or not words:
        return words
    kinds = [kind for kind, _ in stretch.marks]
    shown = min(kinds, key=_ORDER.index)
    told = ", ".join(dict.fromkeys(f"{kind} of {index + 1}" for kind, index in stretch.marks))
    return f'<mark class="{shown}" title="{escape(told)}">{words}</mark>'


def _article(text: str, draft: Draft) -> str:
    marks = f"{draft.kind.value}{' doubtful' if draft.doubtful else ''}"
    head = escape(f"{amount(draft)} {draft.title.replace('_', ' ')}".strip())
    rows = "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in _fields(draft) if value)
    kind = f"{draft.kind.value} · " if draft.title != draft.kind.value else ""
    doubts = f'<p class="doubt">Doubt: {escape("; ".join(draft.doubts))}</p>' if draft.doubts else ""
    return (
        f'<article class="{marks}" id="f{draft.index + 1}"><h2>{draft.index + 1}. {head} '
        f"<small>{kind}sure {draft.confidence:.2f}</small></h2><dl>{rows}</dl>{doubts}"
        f"<details><summary>How it was read</summary><ul>{''.join(_trace(text, draft))}</ul></details></article>"
    )


def _fields(draft: Draft) -> Iterable[tuple[str, str]]:
    yield "where", where(draft) + (f" → {draft.destination}" if draft.destination else "")
    yield "when", when(draft) + (", a running total" if draft.cumulative else "")
    yield "who says so", draft.source or "no source named"
    yield "by whom", draft.actor or ""
    households = ", households" if draft.unit is Unit.HOUSEHOLD else ""
    yield "counted", f"{draft.population.value if draft.population else ''}{households}"
    yield "stance", draft.stance.value if draft.stance.value != "asserted" else ""
    yield "stands to", relation(draft)


def _trace(text: str, draft: Draft) -> Iterator[str]:
    for step in draft.trace:
        words = f": “{text[slice(*step.span)]}”" if step.span is not None else ""
        yield f"<li>{escape(f'{step.field} – {step.rule}{words}')}</li>"
