"""Entries that a web page shows as cards: a link round whole blocks, or a heading that is nothing but a link.

Both are rewritten into the list items that they stand for, so that the reader of lists sees a name with what is said of it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .markup import Event
from .regions import Span, elements, is_link, running, within

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BREAKS = (
    _HEADINGS
    | {"p", "div", "section", "article", "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td"}
    | {"figure", "blockquote", "header"}
)
_ENDS_CARD = frozenset({"ul", "ol", "dl", "table", "hr", "main", "article", "section", "figure"})
_CARDS = 3
"""So many headings of one level that are nothing but a link are the names of entries."""


def cards(events: Sequence[Event]) -> Iterator[Event]:
    """Yield a page's events with its cards as list items."""
    yield from _linked_headings(list(_linked_blocks(events)))


def _linked_blocks(events: Sequence[Event]) -> Iterator[Event]:
    breaks = running(event.kind == "start" and event.value in _BREAKS for event in events)
    blocks = sorted(
        span for tag, span in elements(events) if tag == "a" and is_link(events[span[0]]) and within(breaks, span)
    )
    at = 0
    for first, last in blocks:
        if first >= at:
            yield from events[at:first]
            yield from _card(events, first, last)
            at = last + 1
    yield from events[at:]


def _card(events: Sequence[Event], first: int, last: int) -> Iterator[Event]:
    """A link round blocks: its heading, or else its first text, is the name; all else is said of it."""
    link, end = events[first], events[last]
    begin, stop = _name(events, first, last)
    yield from (Event("start", tag, link.start, link.end) for tag in ("ul", "li"))
    for at in range(first + 1, last):
        event = events[at]
        if at == begin:
            yield link
        if at == stop:
            yield Event("end", "a", event.start, event.start)
        if event.kind != "text" and event.value in _BREAKS:
            yield Event("text", "\n", event.start, event.start)
        else:
            yield event
    if begin >= last:
        yield link
    if stop >= last or begin >= last:
        yield Event("end", "a", end.start, end.start)
    yield from (Event("end", tag, end.start, end.end) for tag in ("li", "ul"))


def _name(events: Sequence[Event], first: int, last: int) -> Span:
    """Return the events between which the name of a card stands."""
    inside = range(first + 1, last)
    begin = next((at for at in inside if events[at].kind == "start" and events[at].value in _HEADINGS), last)
    begin = next(
        (at for at in range(min(begin, last), last) if events[at].kind == "text" and events[at].value.strip()), last
    )
    if begin == last:
        begin = next((at for at in inside if events[at].kind == "text" and events[at].value.strip()), last)
    stop = next((at for at in range(begin, last) if events[at].kind != "text" and events[at].value in _BREAKS), last)
    return begin, stop


def _linked_headings(events: Sequence[Event]) -> Iterator[Event]:
    names = _names(events)
    opened = False
    for at, event in enumerate(events):
        ends = event.kind != "text" and (
            event.value in _ENDS_CARD or (event.value in _HEADINGS and event.kind == "start")
        )
        if opened and ends:
            yield from (Event("end", tag, event.start, event.start) for tag in ("li", "ul"))
            opened = False
        if at in names and event.kind == "start":
            yield from (Event("start", tag, event.start, event.end) for tag in ("ul", "li"))
            opened = True
        elif at in names:
            yield Event("text", "\n", event.start, event.start)
        else:
            yield event


def _names(events: Sequence[Event]) -> set[int]:
    """The first and last events of the headings that are nothing but a link, where the page has several and no lists below."""
    links = running(map(is_link, events))
    words = running(event.kind == "text" and bool(event.value.strip()) for event in events)
    linked = running(_in_links(events))
    rows = running(event.kind == "start" and event.value in ("li", "tr", "dt") for event in events)
    headings = sorted((span, tag) for tag, span in elements(events) if tag in _HEADINGS and tag != "h1")
    found: list[tuple[str, Span]] = []
    for number, (span, tag) in enumerate(headings):
        until = headings[number + 1][0][0] if number + 1 < len(headings) else len(events)
        bare = within(links, span) == 1 and within(words, span) == within(linked, span) > 0
        if bare and within(rows, (span[1], max(until, span[1]))) == 0:
            found.append((tag, span))
    many = Counter(tag for tag, _ in found)
    return {place for tag, span in found if many[tag] >= _CARDS for place in span}


def _in_links(events: Sequence[Event]) -> Iterator[bool]:
    """Yield for each event whether it is a word inside a link."""
    inside = False
    for event in events:
        if event.kind != "text" and event.value == "a":
            inside = is_link(event)
        yield inside and event.kind == "text" and bool(event.value.strip())
