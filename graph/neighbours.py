"""What the entries around one say of its kind: those of its list, those under its heading, those of its site."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

from .kinds import Weights, lead
from .model import Entry
from .phrases import less
from .urls import split
from .vocabulary import Hint, Vocabulary

_TOOL = "atlas:Tool"
_PERSON = "atlas:Person"
_READ = ("atlas:Article", "atlas:Talk")
"""Kinds that repositories hardly are."""
_ENOUGH = 0.2
"""The share of entries with signs of software from which on any bare name and home page is taken for software."""
_FEW = 3
"""How many entries that show such signs each list is taken to have beside its own: a short list bears nothing out."""
_LIST = 3
"""How many entries under its heading weigh as much as the whole list does."""
_SURE = 3.0
"""How far the kind with most weight must be ahead of the next for the entry to speak for its neighbours."""
_FIRM = 6.0
"""What weighs as much needs no neighbours to tell its kind."""
_FEWEST, _MOST = 3, 0.5
"""How many sure neighbours of one kind, and which share of all, speak for the others."""
_PULL = 2.0
"""How much they speak for them."""


def among(entries: Sequence[tuple[Entry, Weights]], vocabulary: Vocabulary) -> list[Weights]:
    """Return the hints of a list's entries once more, with what those around each entry say of its kind.

    A page of a host of code among articles is none for that.
    """
    weighed = _presuming(entries)
    leads = [lead(each) for each in weighed]
    sure = [kind if first - second >= _SURE else "" for kind, first, second in leads]
    rows = _pulling([entry.path for entry, _ in entries], sure)
    pages = [split(entry.url) for entry, _ in entries]
    sites = _pulling([(page.host, len(page.path)) for page in pages], sure)
    told = [
        "" if vocabulary.keeps_code(page.host) and (row or site) in _READ else row or site
        for page, row, site in zip(pages, rows, sites, strict=True)
    ]
    return [
        each if first >= _FIRM or first - second >= _SURE else _pulled(each, kind)
        for each, (_, first, second), kind in zip(weighed, leads, told, strict=True)
    ]


def _presuming(entries: Sequence[tuple[Entry, Weights]]) -> list[Weights]:
    """Return the hints, those that presume software weighed by how many of the list and of the section show signs of it."""
    shows = [any(not hint.presumed for hint in weights.get(_TOOL, ())) for _, weights in entries]
    sections: dict[tuple[int, ...], list[bool]] = defaultdict(list)
    for (entry, _), shown in zip(entries, shows, strict=True):
        sections[entry.path].append(shown)
    whole = (sum(shows) + _FEW) / (len(shows) + _FEW)
    share = {path: (sum(each) + _LIST * whole) / (len(each) + _LIST) for path, each in sections.items()}
    return [_presumed(weights, min(1.0, share[entry.path] / _ENOUGH)) for entry, weights in entries]


def _presumed(weights: Weights, share: float) -> Weights:
    if share == 1.0 or _TOOL not in weights:
        return weights
    return {**weights, _TOOL: [less(hint, share) if hint.presumed else hint for hint in weights[_TOOL]]}


def _pulling(keys: Sequence[Hashable], sure: Sequence[str]) -> list[str]:
    """Return for each entry which kind most of its group are surely of; nothing where they are of none, or software.

    How far those around are software, the hints that presume it tell.
    """
    groups: dict[Hashable, list[str]] = defaultdict(list)
    for key, kind in zip(keys, sure, strict=True):
        groups[key].append(kind)
    found = {}
    for key, kinds in groups.items():
        for kind, count in Counter(kinds).items():
            if kind not in ("", _TOOL) and count >= _FEWEST and count > _MOST * len(kinds):
                found[key] = kind
    return [found.get(key, "") for key in keys]


def _pulled(weights: Weights, kind: str) -> Weights:
    """Return an entry's hints with what its neighbours say; beside people stands much that nothing calls a person."""
    if kind == _PERSON and kind not in weights:
        return weights
    return {**weights, kind: [*weights.get(kind, ()), Hint("neighbours", kind, _PULL)]} if kind else weights
