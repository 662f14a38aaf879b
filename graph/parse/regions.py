"""The parts of a web page: which of its markup is the list, and which is menus, headers, footers and forms.

Elements are matched by their names alone, so that one end tag too few spoils nothing but its own element.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from .markup import VOID, Event

_AROUND = frozenset({"nav", "footer", "header", "aside", "form", "template", "svg", "button", "select", "dialog"})
_AROUND_ROLES = frozenset({"navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar"})
_MAIN_IDS = frozenset({"content", "main", "main-content", "mw-content-text", "readme"})
_MAY_HOLD_LIST = frozenset({"header", "aside", "form"})
"""Elements around a list that some authors put the whole list into."""
_SILENT = frozenset(
    {"html", "head", "body", "title", "base", "link", "meta", "script", "style", "textarea", "noscript"}
)
_SILENT |= {"template", "svg"}
"""Elements that are nothing to a list; where one is never closed, what stands behind it still may be."""

Span = tuple[int, int]
"""The places of an element's first and last event."""


class Regions(NamedTuple):
    """What becomes of each event of a page."""

    kept: Sequence[bool]
    """Whether the event belongs to the page's list."""
    plain: frozenset[int]
    """Preformatted elements that hold links, and so are no code."""
    title: Span | None
    """The page's title, where its list holds no ``<h1>``."""


def regions(events: Sequence[Event]) -> Regions:
    """Find the list of a page among its events."""
    spans = list(elements(events))
    links = running(is_link(event) for event in events)
    main = [span for tag, span in spans if _is_main(tag, events[span[0]])]
    articles = [span for tag, span in spans if tag == "article"]
    inner = _mask(len(events), main + articles)
    around = [
        span
        for tag, span in spans
        if _is_around(tag, events[span[0]])
        and not (tag == "header" and inner[span[0]])
        and not (tag in _MAY_HOLD_LIST and 2 * within(links, span) > links[-1])
    ]
    hidden = _mask(len(events), around + [span for tag, span in spans if tag in ("title", "textarea")])
    left = running(is_link(event) and not gone for event, gone in zip(events, hidden, strict=True))
    chosen = _chosen(events, spans, main, articles, left)
    kept = [
        inside and not gone and (event.kind == "text" or event.value not in _SILENT)
        for event, gone, inside in zip(events, hidden, chosen, strict=True)
    ]
    preformatted = [span for tag, span in spans if tag == "pre"]
    closed = {place for span in preformatted if not within(links, span) for place in span}
    plain = frozenset(
        at for at, event in enumerate(events) if event.value == "pre" and event.kind != "text" and at not in closed
    )
    return Regions(kept, plain, _title(events, spans, kept))


def elements(events: Sequence[Event]) -> Iterator[tuple[str, Span]]:
    """Yield the elements that are closed, in the order in which they end."""
    opened: dict[str, list[int]] = defaultdict(list)
    for at, event in enumerate(events):
        if event.kind == "start" and event.value not in VOID:
            if event.value == "a":
                opened["a"].clear()  # a link ends where the next one begins (HTML 13.2.6.4.7)
            opened[event.value].append(at)
        elif event.kind == "end" and opened[event.value]:
            yield event.value, (opened[event.value].pop(), at)


def is_link(event: Event) -> bool:
    """Whether an event begins a link that leads somewhere."""
    return event.kind == "start" and event.value == "a" and "href" in event.attributes


def running(steps: Iterator[bool]) -> list[int]:
    """Return how many of the steps are true before each place; one more than the steps."""
    return list(accumulate(steps, initial=0))


def within(counts: Sequence[int], span: Span) -> int:
    """Return how many true steps a span holds, by their running count."""
    return counts[span[1]] - counts[span[0]]


def _mask(length: int, spans: Sequence[Span]) -> list[bool]:
    """Return for each event whether one of the spans covers it."""
    changes = [0] * (length + 1)
    for first, last in spans:
        changes[first] += 1
        changes[last + 1] -= 1
    return [count > 0 for count in accumulate(changes[:-1])]


def _is_main(tag: str, event: Event) -> bool:
    return tag == "main" or event.attributes.get("role", "").lower() == "main"


def _is_around(tag: str, event: Event) -> bool:
    return tag in _AROUND or event.attributes.get("role", "").lower() in _AROUND_ROLES


def _chosen(
    events: Sequence[Event],
    spans: Sequence[tuple[str, Span]],
    main: list[Span],
    articles: list[Span],
    links: Sequence[int],
) -> list[bool]:
    """Whether each event stands in the main part: the whole page where no part is marked, or none holds its links."""
    if any(within(links, span) for span in main):
        return _mask(len(events), main)
    named = [span for _, span in spans if events[span[0]].attributes.get("id", "").lower() in _MAIN_IDS]
    for part in (_together(articles, spans, links), named):
        mask = _mask(len(events), part)
        if 2 * sum(links[at + 1] - links[at] for at, inside in enumerate(mask) if inside) > links[-1]:
            return mask
    return [True] * len(events)


def _together(articles: list[Span], spans: Sequence[tuple[str, Span]], links: Sequence[int]) -> list[Span]:
    """Return the element around several articles with links, which can be the cards of a page with headings between them.

    Where one of them has most of the links, it is the page, and the others are comments or further reading.
    """
    outer = [one for one in articles if not any(start < one[0] and one[1] < end for start, end in articles)]
    counts = [within(links, span) for span in outer]
    if sum(map(bool, counts)) < 2 or 2 * max(counts) > sum(counts):
        return articles
    first, last = min(start for start, _ in outer), max(end for _, end in outer)
    around = [span for _, span in spans if span[0] < first and span[1] > last]
    return [min(around, key=lambda span: span[1] - span[0])] if around else articles


def _title(events: Sequence[Event], spans: Sequence[tuple[str, Span]], kept: Sequence[bool]) -> Span | None:
    if any(keep and event.kind == "start" and event.value == "h1" for keep, event in zip(kept, events, strict=True)):
        return None
    words = running(event.kind == "text" and bool(event.value.strip()) for event in events)
    titles = [(tag, span) for tag, span in spans if tag in ("h1", "title") and within(words, span)]
    return min(titles, default=("", None))[1]
