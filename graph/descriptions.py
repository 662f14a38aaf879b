"""What a list says of an entry, as a reader would repeat it: without the labels of its links, tags, figures and emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .model import Entry
from .names import clean
from .parse.links import label

_EMPTY_BRACKETS = re.compile(r"\s*[(\[{][\s,;:/|&+·•.\-–—]*[)\]}]")
_GAP = re.compile(r"\s*[,;/|·•]+\s*(?=[,;/|·•.)]|$)|(?<=[(\[])\s*[,;/|·•]+\s*")
_SPACES = re.compile(r"\s+")
_EDGES = "-–—―:|/~=»«·•,; \n\t"
_SHORT_CODE = re.compile(r":[a-z0-9_+-]{1,40}:")


def description(entry: Entry, roles: Mapping[str, str]) -> str:
    """Return an entry's description as plain text on one line.

    ``roles`` maps the words of a link that names a part of an entry to the part's role.

    >>> from .model import Link, Mark, Passage
    >>> text = "Fold: Folds paper. (Docs, Source) MIT"
    >>> links = (Link("https://a.b/d", 20, 24, 1), Link("https://a.b/s", 26, 32, 1))
    >>> marks = (Mark("code", 34, 37),)
    >>> passage = Passage(text, links, marks, text, ((0, 0),), 1)
    >>> description(Entry(passage, (0, 4), 6, "https://a.b/", links, (), 1), {"docs": "", "source": ""})
    'Folds paper.'
    """
    text, at, kept = entry.passage.text, entry.body, list[str]()
    for start, end in sorted(_left_out(entry, roles)):
        if end > at:
            kept.append(text[at : max(start, at)])
            at = end
    kept.append(text[at:])
    said = "".join(kept)
    while (shorter := _EMPTY_BRACKETS.sub("", said)) != said:
        said = shorter
    said = _SPACES.sub(" ", _GAP.sub(" ", _SHORT_CODE.sub(" ", said))).strip(_EDGES)
    return _SPACES.sub(" ", clean(said)) if said else ""


def _left_out(entry: Entry, roles: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of the passage that are no part of what is said: labels of links, figures, tags at the end."""
    text = entry.passage.text
    for link in entry.links:
        if label(text[link.start : link.end]) in roles:
            yield link.start, link.end
    end = len(text.rstrip())
    for mark in sorted(entry.passage.marks, key=lambda mark: mark.end, reverse=True):
        if mark.tag == "sup" and mark.end > entry.body and not any(map(str.isalpha, text[mark.start : mark.end])):
            yield mark.start, mark.end
        elif mark.tag == "code" and mark.start >= entry.body and not text[mark.end : end].strip(_EDGES):
            yield mark.start, mark.end
            end = mark.start
