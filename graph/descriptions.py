"""What a list says of an entry, as a reader would repeat it: without the labels of its links, tags, figures and emoji."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from .model import Entry
from .names import clean
from .parse.links import label

_JOINT = re.compile(r"[\s,;/|&+·•]*(?:and|or)?[\s,;/|&+·•]*")
"""What stands between labels: "docs / source and demo"."""
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_STOPS = ".!?|/,;:-–—·•~)]}\n"
"""What ends the words before or behind a label that stands apart from them."""
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
    for start, end in sorted([*_labels(entry, roles), *_tags(entry)]):
        if end > at:
            kept.append(text[at : max(start, at)])
            at = end
    kept.append(text[at:])
    said = " ".join(_SHORT_CODE.sub(" ", "".join(kept)).split()).strip(_EDGES)
    plain = clean(said)
    return plain + ("." if said.endswith(".") and not plain.endswith(".") else "")


def _labels(entry: Entry, roles: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield where labels of links stand apart from what is said, with the brackets and joints around them."""
    text = entry.passage.text
    runs: list[tuple[int, int]] = []
    for link in entry.links:
        if link.start >= entry.body and label(text[link.start : link.end]) in roles:
            if runs and _JOINT.fullmatch(text, runs[-1][1], link.start):
                runs[-1] = (runs[-1][0], link.end)
            else:
                runs.append((link.start, link.end))
    for start, end in runs:
        before, behind = text[entry.body : start].rstrip(" "), text[end : end + 40].lstrip(" ")
        if before and before[-1] in _BRACKETS and behind[:1] == _BRACKETS[before[-1]]:
            yield entry.body + len(before[:-1].rstrip(" ")), text.index(behind[0], end) + 1
        elif (not before or before[-1] in _STOPS) and (not behind or behind[0] in _STOPS):
            joined = before[-1:] in (",", ";", "/", "|", "·", "•")
            doubled = behind[:1] == "." and before[-1:] in (".", "!", "?")
            yield (entry.body + len(before) - 1 if joined else start), (text.index(".", end) + 1 if doubled else end)


def _tags(entry: Entry) -> Iterator[tuple[int, int]]:
    """Yield where figures above the line stand, and the words in code at the end that say a licence or a language."""
    text = entry.passage.text
    end = len(text.rstrip())
    for mark in sorted(entry.passage.marks, key=lambda mark: mark.end, reverse=True):
        if mark.start < entry.body:
            continue
        if mark.tag == "sup" and not any(map(str.isalpha, text[mark.start : mark.end])):
            yield mark.start, mark.end
        elif mark.tag == "code" and not text[mark.end : end].strip(_EDGES):
            yield mark.start, mark.end
            end = mark.start
