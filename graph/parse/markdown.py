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
    "List": "ul",
    "Table": "table",
    "Link": "a",
    "Image": "img",
    "FootnoteDefinition": "aside",
    "MetadataBlock": "head",
}
"""pulldown-cmark's names for what HTML has an element for."""

_ATOMS = {"SoftBreak": ("text", "\n"), "HardBreak": ("text", "\n"), "Rule": ("start", "hr")}
_ENDS = _ELEMENTS | {"TableHead": "tr"}
_WORD = re.compile(
    r"</?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext|head|template|body|html|svg|form)\b",
    re.IGNORECASE,
)
"""Tags that are shown as text inside a line (GFM 6.11), and others that mean their own name there: "manages the <head>"."""
_NO_ATTRIBUTES: dict[str, str] = {}
_CLOSED = {tag: Event("end", tag, 0, 0) for tag in (*_ENDS.values(), "th", *(f"h{level}" for level in range(1, 7)))}
"""The end of each element: it stands nowhere, so that one event is all that are alike."""


def events(text: str) -> Iterator[Event]:
    """Yield the markup of a Markdown text; offsets count characters of the text."""
    offset = _characters(text)
    head = False
    html: list[tuple[str, int]] = []
    pairs: Iterator[tuple[Any, Any]] = iter(events_with_range(text, options=OPTIONS))
    for event, span in pairs:
        if isinstance(event, str):
            if event in _ATOMS:
                kind, value = _ATOMS[event]
                yield Event(kind, value, offset(span["start"]), 0)
            continue
        kind, value = event.popitem()  # the only one
        if kind == "Text":
            yield Event("text", value, offset(span["start"]), 0)
        elif kind == "Start":
            head = head or value == "TableHead"
            tag, attributes = _element(value, head)
            if tag:
                yield Event("start", tag, offset(span["start"]), offset(span["end"]) if tag == "img" else 0, attributes)
        elif kind == "End":
            if value == "HtmlBlock":
                yield from _html_block(html)
                html = []
            head = head and value != "TableHead"
            tag = _ENDS.get(value, "") if isinstance(value, str) else _element(value, head)[0]
            if tag:
                yield _CLOSED["th" if head and tag == "td" else tag]
        elif kind == "Html":
            html.append((value, offset(span["start"])))
        elif kind == "InlineHtml":
            start = offset(span["start"])
            yield from [Event("text", value, start, 0)] if _WORD.match(value) else tags(value, start)
        elif kind == "Code":
            yield from _code(value, offset(span["start"]), offset(span["end"]))


def _code(value: str, start: int, end: int) -> Iterator[Event]:
    ticks = max((end - start - len(value)) // 2, 0)
    yield Event("start", "code", start, start)
    yield Event("text", value, start + ticks, end - ticks)
    yield Event("end", "code", end, end)


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


def _element(value: Any, head: bool) -> tuple[str, dict[str, str]]:
    """Return the HTML element that the parser means, and its attributes; an empty name where there is none."""
    if isinstance(value, str):
        tag = _ENDS.get(value, "")
        return ("th" if head and tag == "td" else tag), _NO_ATTRIBUTES
    ((name, detail),) = value.items()
    if name == "Link":
        return "a", {"href": detail["dest_url"]}
    if name == "Image":
        return "img", {"src": detail["dest_url"]}
    if name == "Heading":
        return (detail if isinstance(detail, str) else detail["level"]).lower(), _NO_ATTRIBUTES
    return _ELEMENTS.get(name, ""), _NO_ATTRIBUTES


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
