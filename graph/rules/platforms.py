"""Operating systems that a description counts in a bracket or a sentence of their own: what the thing runs on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..model import Claim
from ..names import fold
from ..vocabulary import Vocabulary
from .reading import Reading, named

RULE = "platforms"
_PART = re.compile(r"(?:[^.;!?()\[\]\n—–]|[.;!?](?!\s|$))+")
"""A sentence, or what stands in a bracket or between dashes."""
_BETWEEN = re.compile(r"[,/|&+:]|\b(?:and|or)\b")
_WORD = re.compile(r"\S+")


def on_platforms(reading: Reading) -> Iterator[Claim]:
    """The systems that a description counts by themselves are what a tool runs on: "(Windows, macOS)", "Linux and iOS only"."""
    item, text, vocabulary = reading.item, reading.item.entry.passage.text, reading.vocabulary
    if not vocabulary.is_a(item.cls, "atlas:Tool"):
        return
    for part in _PART.finditer(text, item.body):
        systems = _systems(text, *part.span(), vocabulary)
        for start, end in systems:
            evidence = reading.evidence(RULE, 0.9, systems[0][0], systems[-1][1])
            name = vocabulary.names[fold(text[start:end])]
            yield Claim(item.thing, "atlas:runsOn", named(name, text[start:end]), evidence)


def _systems(text: str, begin: int, stop: int, vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """Return where the names of systems stand in a part of a text, if it counts two or more and says nothing else."""
    around, systems = vocabulary.words["around platforms"], vocabulary.words["platform"]
    found: list[tuple[int, int]] = []
    ends = [(match.start(), match.end()) for match in _BETWEEN.finditer(text, begin, stop)]
    for start, end in zip((begin, *(end for _, end in ends)), (*(start for start, _ in ends), stop), strict=True):
        said = _bare(text, start, end, around)
        name = vocabulary.names.get(fold(text[slice(*said)]))
        if name is not None and name.label in systems:
            found.append(said)
        elif said[0] < said[1]:
            return []
    return found if len(found) > 1 else []


def _bare(text: str, start: int, end: int, around: frozenset[str]) -> tuple[int, int]:
    """Return the place of some words without those around them that only lead to platforms, or stand behind them."""
    words = [word.span() for word in _WORD.finditer(text, start, end)]
    while words and text[slice(*words[0])].lower() in around:
        words = words[1:]
    while words and text[slice(*words[-1])].lower() in around:
        words = words[:-1]
    return (words[0][0], words[-1][1]) if words else (end, end)
