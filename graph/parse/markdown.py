"""Markdown (CommonMark with GitHub's tables, strike-through and bare links) as a stream of markup.

pulldown-cmark (through pyromark) names the bytes behind each event, so that every quote is exact. HTML inside the
Markdown is read tag by tag into the same stream.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

from pyromark import Options, events_with_range

from .markup import Event, tags

OPTIONS = (
    Options.ENABLE_TABLES
    | Options.ENABLE_STRIKETHROUGH
    | Options.ENABLE_TASKLISTS
    | Options.ENABLE_FOOTNOTES
    | Options.ENABLE_YAML_STYLE_METADATA_BLOCKS
)

_ELEMENTS = {
    "Paragraph": "p",
    "Item": "li",
    "TableRow": "tr",
    "TableCell": "td",
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "del",
    "BlockQuote": "blockquote",
    "CodeBlock": "pre",
    "Heading": "h",
    "List": "ul",
    "Table": "table",
    "Link": "a",
    "Image": "img",
    "FootnoteDefinition": "aside",
    "MetadataBlock": "head",
}
"""pulldown-cmark's names for what HTML has an element for."""


def events(text: str) -> Iterator[Event]:
    """Yield the markup of a Markdown text; offsets count characters of the text."""
    offset = _characters(text)
    head = False
    html: list[tuple[str, int]] = []
    for event, span in events_with_range(text, options=OPTIONS):
        start, end = offset(span["start"]), offset(span["end"])
        if isinstance(event, str):
            yield from _atom(event, start, end)
            continue
        ((kind, value),) = event.items()
        if kind == "Html":
            html.append((value, start))
        elif kind == "Start":
            head = head or value == "TableHead"
            yield from _start(value, start, end, head)
        elif kind == "End":
            if value == "HtmlBlock":
                yield from _html_block(html)
                html = []
            head = head and value != "TableHead"
            yield from _end(value, end, head)
        elif kind == "InlineHtml":
            yield from tags(value, start)
        elif kind == "Code":
            ticks = max((end - start - len(value)) // 2, 0)
            yield Event("start", "code", start, start)
            yield Event("text", str(value), start + ticks, end - ticks)
            yield Event("end", "code", end, end)
        elif kind == "Text":
            yield Event("text", str(value), start, end)


def _characters(text: str) -> Callable[[int], int]:
    """Return the way from an offset in UTF-8 bytes to one in characters."""
    if text.isascii():
        return lambda position: position
    wide = [(found.start(), len(found[0].encode("utf-8")) - 1) for found in re.finditer(r"[^\x00-\x7f]", text)]
    ends, surplus, total = [], [0], 0
    for start, extra in wide:
        total += extra
        ends.append(start + 1 + total)
        surplus.append(total)
    return lambda position: position - surplus[bisect_right(ends, position)]


def _atom(event: str, start: int, end: int) -> Iterator[Event]:
    if event in ("SoftBreak", "HardBreak"):
        yield Event("text", "\n", start, end)
    elif event == "Rule":
        yield Event("start", "hr", start, end)
        yield Event("end", "hr", end, end)


def _named(value: Any) -> tuple[str, Any]:
    """Return an element's name and what the parser says of it."""
    return (value, None) if isinstance(value, str) else next(iter(value.items()))


def _start(value: Any, start: int, end: int, head: bool) -> Iterator[Event]:
    name, detail = _named(value)
    if name == "Link":
        yield Event("start", "a", start, end, {"href": detail["dest_url"]})
    elif name == "Image":
        yield Event("start", "img", start, end, {"src": detail["dest_url"]})
    elif name == "Heading":
        yield Event("start", detail["level"].lower(), start, end)
    elif name == "TableHead":
        yield Event("start", "tr", start, end)
    elif name in _ELEMENTS:
        yield Event("start", "th" if head and name == "TableCell" else _ELEMENTS[name], start, end)


def _end(value: Any, end: int, head: bool) -> Iterator[Event]:
    name, detail = _named(value)
    if name == "Heading":
        yield Event("end", detail.lower(), end, end)
    elif name == "TableHead":
        yield Event("end", "tr", end, end)
    elif name in _ELEMENTS:
        yield Event("end", "th" if head and name == "TableCell" else _ELEMENTS[name], end, end)


def _html_block(lines: list[tuple[str, int]]) -> Iterator[Event]:
    """Read an HTML block whose lines may stand apart in the source (inside a quote or an item)."""
    if not lines:
        return
    starts, total = [], 0
    for text, _ in lines:
        starts.append(total)
        total += len(text)

    def place(position: int) -> int:
        at = bisect_right(starts, position) - 1
        return lines[at][1] + position - starts[at]

    for event in tags("".join(text for text, _ in lines)):
        yield event._replace(start=place(event.start), end=place(event.end))
