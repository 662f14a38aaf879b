"""What a list says of an entry, as a reader would repeat it: without the labels of its links, tags, figures and emoji."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from .model import Entry
from .names import clean
from .parse.links import is_address, label
from .parse.tags import ASIDE

_JOINT = re.compile(r"[\s,;/|&+·•]*(?:and|or)?[\s,;/|&+·•]*")
"""What stands between labels: "docs / source and demo"."""
_BRACKETS = {"(": ")", "[": "]", "{": "}"}
_STOPS = ".!?|/,;:-–—·•~)]}\n"
"""What ends the words before or behind a label that stands apart from them."""
_SENTENCES = ".!?|)]}\n"
_EDGES = "-–—―:|/~=»«·•,; \n\t"
_CUTS = re.compile(r"\0(?:[\s,;/|&+·•]*\0)+")
_EMPTIED = re.compile(r"[(\[{][\s,;/|&+·•]*\0[\s,;/|&+·•]*[)\]}]|[\s–—:|-]*\0(?=\s*[.,;!?](?:\s|$))|\0")
"""Where something was cut: the brackets and the space around it that nothing is left for."""
_SHORT_CODE = re.compile(r":[a-z0-9_+-]{1,40}:")


def description(entry: Entry, roles: Mapping[str, str], is_tag: Callable[[str], object] = bool) -> str:
    """Return an entry's description as plain text on one line.

    ``roles`` maps the words of a link that names a part of an entry to the part's role; ``is_tag`` tells whether words
    that look like a tag, but stand there only once, are one.

    >>> from .model import Fact, Link, Passage
    >>> text = "Fold: Folds paper. (Docs, Source) MIT"
    >>> links = (Link("https://a.b/d", 20, 24, 1), Link("https://a.b/s", 26, 32, 1))
    >>> passage = Passage(text, links, (), text, ((0, 0),), 1)
    >>> facts = (Fact("tag", "MIT", "MIT", (34, 37)),)
    >>> description(Entry(passage, (0, 4), 6, "https://a.b/", links, (), 1, facts), {"docs": "", "source": ""})
    'Folds paper.'
    """
    text, at, kept = entry.passage.text, entry.body, list[str]()
    for start, end in sorted([*_labels(entry, roles), *_tags(entry, is_tag)]):
        if end > at:
            kept.append(text[at : max(start, at)])
            at = end
    kept.append(text[at:])
    if len(kept) > 1:
        kept = [_EMPTIED.sub("", _CUTS.sub("\0", "\0".join(kept)))]
    said = " ".join(_SHORT_CODE.sub(" ", "".join(kept)).split()).strip(_EDGES)
    plain = clean(said)
    if not any(map(str.isalnum, plain)):
        return ""
    return plain + ("." if said.endswith(".") and not plain.endswith(".") else "")


def _labels(entry: Entry, roles: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """Yield where labels of links stand apart from what is said, with the brackets and joints around them."""
    text = entry.passage.text
    runs: list[tuple[int, int]] = []
    for link in entry.passage.links:
        if link.start >= entry.body and _is_label(text[link.start : link.end], roles):
            if runs and _JOINT.fullmatch(text, runs[-1][1], link.start):
                runs[-1] = (runs[-1][0], link.end)
            else:
                runs.append((link.start, link.end))
    for start, end in runs:
        before, behind = text[entry.body : start].rstrip(" "), text[end : end + 40].lstrip(" ")
        if before and before[-1] in _BRACKETS and behind[:1] == _BRACKETS[before[-1]]:
            yield entry.body + len(before[:-1].rstrip(" ")), text.index(behind[0], end) + 1
        elif (not before or before[-1] in _stops(text[start:end])) and (not behind or behind[0] in _STOPS):
            joined = before[-1:] in (",", ";", "/", "|", "·", "•")
            doubled = behind[:1] == "." and before[-1:] in (".", "!", "?")
            yield (entry.body + len(before) - 1 if joined else start), (text.index(".", end) + 1 if doubled else end)


def _stops(words: str) -> str:
    """Return what ends the words before a label; before an address, a colon or a dash belongs to words that lead up to it."""
    return _SENTENCES if is_address(words.strip()) else _STOPS


def _is_label(words: str, roles: Mapping[str, str]) -> bool:
    """Whether the words of a link say nothing of the entry: a label, an address, or figures."""
    said = label(words)
    return said in roles or is_address(words.strip()) or (bool(said) and not any(map(str.isalpha, said)))


def _tags(entry: Entry, is_tag: Callable[[str], object]) -> Iterator[tuple[int, int]]:
    """Yield where figures above the line stand, and the fields, tags and marks that are facts of their own."""
    text = entry.passage.text
    for mark in entry.passage.marks:
        if mark.tag == "sup" and mark.start >= entry.body and not any(map(str.isalpha, text[mark.start : mark.end])):
            yield mark.start, mark.end
    for fact in entry.facts:
        if fact.span[1] > entry.body and (fact.field != ASIDE or is_tag(fact.value)):
            yield fact.span
