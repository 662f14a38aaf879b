"""The one stream of markup that every text format is read into, and the tags that HTML fragments add to it.

Whatever a list is written in becomes `Event` tuples in document order, named by their HTML elements. `tags` reads
HTML one tag at a time, with no tree, so that a ``<table>`` or ``<details>`` opened in one HTML block of a Markdown file goes
round the Markdown that follows, as it does in a browser. It scans each character a fixed number of times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple

_NONE: Mapping[str, str] = {}


class Event(NamedTuple):
    """A start tag, an end tag or a stretch of text, with the characters of the source that it was read from."""

    kind: str
    """``start``, ``end`` or ``text``."""
    value: str
    """The element's name in lower case, or the text."""
    start: int
    end: int
    attributes: Mapping[str, str] = _NONE


VOID = frozenset({"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"})
"""Elements without an end tag (HTML Living Standard, 13.1.2)."""

# No group repeats possessively here: before Python 3.11.5 such a group could keep half of a turn that failed.
_TAG = re.compile(
    r"""<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9:-]*+)(?P<attributes>(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*)>"""
    r"""|<(?P<close2>/?)(?P<name2>[A-Za-z][A-Za-z0-9:-]*+)(?P<attributes2>[^<>]*+)>"""
    r"""|<[!?](?!--)[^<>]*+>"""
)
_ATTRIBUTE = re.compile(r"""([^\s=>"'/]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++)))?""")


def tags(html: str, offset: int = 0) -> Iterator[Event]:
    """Yield the tags and the text of an HTML fragment; comments and declarations yield nothing.

    >>> [(e.kind, e.value) for e in tags("<b>a &amp; b</b><br>")]
    [('start', 'b'), ('text', 'a & b'), ('end', 'b'), ('start', 'br'), ('end', 'br')]
    """
    at = 0
    while at < len(html):
        sign = html.find("<", at)
        if sign < 0:
            yield from _text(html, at, len(html), offset)
            return
        if html.startswith("<!--", sign):
            yield from _text(html, at, sign, offset)
            closing = html.find("-->", sign + 2)
            at = len(html) if closing < 0 else closing + 3
            continue
        tag = _TAG.match(html, sign)
        if tag is None:
            yield from _text(html, at, sign + 1, offset)
            at = sign + 1
            continue
        yield from _text(html, at, sign, offset)
        yield from _tag(tag, offset)
        at = tag.end()


def _text(html: str, start: int, end: int, offset: int) -> Iterator[Event]:
    if start < end:
        yield Event("text", unescape(html[start:end]), offset + start, offset + end)


def _tag(tag: re.Match[str], offset: int) -> Iterator[Event]:
    name = (tag["name"] or tag["name2"] or "").lower()
    start, end = offset + tag.start(), offset + tag.end()
    if not name:
        return
    if tag["close"] or tag["close2"]:
        if name not in VOID:
            yield Event("end", name, start, end)
        return
    found = _ATTRIBUTE.findall(tag["attributes"] or tag["attributes2"] or "")
    attributes = {key.lower(): unescape(double or single or bare) for key, double, single, bare in reversed(found)}
    yield Event("start", name, start, end, attributes)
    if name in VOID:
        yield Event("end", name, end, end)
