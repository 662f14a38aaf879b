"""Operating systems that a description names in a bracket, or counts in a sentence of their own: what the thing runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, pairwise

from ..headings import words
from ..model import Claim
from ..names import fold
from ..vocabulary import Vocabulary
from .reading import Reading, named

_PART = re.compile(r"(?:[^.;!?()\[\]\n]+|[.;!?](?!\s|$))+")
"""A sentence, or what stands in a bracket."""
_BETWEEN = re.compile(r"[,|&+:]|(?<![Gg][Nn][Uu])/|\b(?:and|or)\b")
_WORD = re.compile(r"\S+")
_SENTENCE = re.compile(r"(?:[^.;!?\n]|[.;!?](?!\s))*$")
_ENDED = re.compile(r"[)\]](?:\W*(?:$|[.;!?\n])| by\b)")
"""What stands behind the bracket that ends a sentence, but for who made the thing."""
_BLANK = re.compile(r"\s*")
_LAST = re.compile(r"[)\]]\W*(?:$|\n)")
"""What stands behind the bracket that ends a description."""
_LONGEST = 200
"""How many characters before a bracket are looked at."""
_NEAR = 4
"""Within so many words before a bracket stands what denies it: "not yet there (Windows, Linux)"."""


def on_platforms(reading: Reading) -> Iterator[Claim]:
    """The systems that a description counts by themselves are what a tool runs on: "(Windows, macOS)", "Linux and iOS only"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if not vocabulary.is_a(item.cls, "atlas:Tool"):
        return
    for part in _PART.finditer(text, item.body):
        systems = _systems(text, *part.span(), vocabulary)
        if not systems or (len(systems) == 1 and not _stands_alone(text, item.body, *part.span())):
            continue
        if not _is_of_the_thing(text, item.body, *part.span(), vocabulary):
            continue
        evidence = reading.evidence("platforms", 0.9, systems[0][0], systems[-1][1])
        for start, end in systems:
            name = vocabulary.names[fold(text[start:end])]
            yield Claim(item.thing, "atlas:runsOn", named(name, text[start:end]), evidence)


def _systems(text: str, begin: int, stop: int, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return where the names of systems stand in a part of a text, if it counts them and says nothing else."""
    around, systems = vocabulary.words["around platforms"], vocabulary.words["platform"]
    found: list[tuple[int, int]] = []
    joints = (joint.span() for joint in _BETWEEN.finditer(text, begin, stop))  # the first mostly tells enough
    for (_, start), (end, _) in pairwise(chain([(begin, begin)], joints, [(stop, stop)])):
        said = _bare(text, start, end, around)
        name = vocabulary.names.get(fold(text[slice(*said)]))
        if name is not None and name.label in systems:
            found.append(said)
        elif said[0] < said[1]:
            return []
    return found


def _stands_alone(text: str, body: int, start: int, end: int) -> bool:
    """Whether a part is a bracket that begins or ends a description, where one system is as good as several: "A diary (iOS)."."""
    bracketed = text[start - 1 : start] in ("(", "[")
    return bracketed and (_BLANK.fullmatch(text, body, start - 1) is not None or _LAST.match(text, end) is not None)


def _bare(text: str, start: int, end: int, around: frozenset[str]) -> tuple[int, int]:
    """Return the place of some words without those around them that only lead to platforms, or stand behind them."""
    spans = [word.span() for word in _WORD.finditer(text, start, end)]
    told = [at for at, span in enumerate(spans) if text[slice(*span)].lower() not in around]
    return (spans[told[0]][0], spans[told[-1]][1]) if told else (end, end)


def _is_of_the_thing(text: str, body: int, start: int, end: int, vocabulary: Vocabulary) -> bool:
    """Whether a part that counts systems is told of the thing, not of what stands before its bracket, nor asked or denied."""
    if text[start - 1 : start] not in ("(", "["):
        return not text.startswith("?", end)
    if text.startswith("?", end + 1):
        return False
    before = _SENTENCE.search(text, max(body, start - _LONGEST), start - 1)
    said = words(before[0]) if before is not None else []
    if not vocabulary.words["without"].isdisjoint(said[-_NEAR:]):
        return False
    noun = said[-1] if said else ""
    if noun in vocabulary.words["has a system"]:
        return False  # "malware sandbox with guests (Windows, Android)"
    return not noun or noun in vocabulary.words["software noun"] or _ENDED.match(text, end) is not None
