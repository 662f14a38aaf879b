"""Why an edge is there, or why it is not: the lines that say it, or the entries that name both and what stands against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from ..items import Item
from ..model import Node, Statement
from .found import Traced
from .guards import LOOSE, Scene, hindrance
from .words import ALONE, Line, fact, kind, line, marked, named, place, whole

CANDIDATES = 5
"""How many entries that name both are told."""

TRIED = 40
"""How many entries that name both are tried for what stands against an edge."""


def explain_pair(one: Node, other: Node, traced: Traced) -> Iterator[Line]:
    """Yield why two nodes are related, or the nearest that the lists come to it and why that is not enough."""
    ends = {one.iri, other.iri}
    found = sorted(said for said in traced.statements(one.iri) if {said.subject, said.object} == ends)
    for _, readings in groupby(found, key=lambda said: said[:3]):
        yield from fact(list(readings), traced)
        yield ()
    if all(said.predicate in LOOSE for said in found):
        yield from _missing(one, other, found, traced)


def _missing(one: Node, other: Node, found: list[Statement], traced: Traced) -> Iterator[Line]:
    """Yield why no close relation holds between two nodes."""
    pair = named(one.label), f" ({kind(one, traced)}) and ", named(other.label), f" ({kind(other, traced)})"
    yield line("No list says ", "more of " if found else "how ", *pair, "." if found else " are related.")
    both = list(_candidates(one, other, traced))
    if not both:
        yield line("No entry names both.")
        yield from _shared(one, other, traced)
        return
    told = []
    for item in both[:TRIED]:
        why = hindrance(Scene(item, traced.survey, traced.vocabulary, (one, other)), traced.resolution.iris)
        told.append((0 if why is None else -1, item.source, item.entry.line, item, why))
    told.sort(key=lambda each: each[:3])
    count = f"{len(both)} entries name both" if len(both) > 1 else "One entry names both"
    yield line(f"{count}{'; the nearest:' if len(both) > CANDIDATES else ':'}")
    for _, source, number, item, why in told[:CANDIDATES]:
        raw = whole(item.entry.passage, traced.text(source))
        yield line("  ", place(source, number))
        yield line("    ", *marked(raw, _spans(raw, one, other)))
        if why is None:
            yield line("    No phrase there that the lexicon knows relates the two.")
            continue
        term = traced.vocabulary.properties.get(why.claim.predicate)
        words = (term.words or term.label) if term is not None else why.claim.predicate
        yield line(f"    “{words}” (rule {why.claim.evidence.rule}) is not said: {'; '.join(why.guards)}.")


def _candidates(one: Node, other: Node, traced: Traced) -> Iterator[Item]:
    """Yield the entries that name both nodes, in whichever way."""
    patterns = [_pattern(node) for node in (one, other)]
    for listing in traced.survey.listings:
        for item in listing.items:
            own = traced.resolution.iris.get(item.thing.key)
            raw = item.entry.passage.raw
            if all(
                node.iri == own or pattern.search(raw) for node, pattern in zip((one, other), patterns, strict=True)
            ):
                yield item


def _pattern(node: Node, before: str = r"(?<!\w)", behind: str = r"(?!\w)") -> re.Pattern[str]:
    spellings = sorted({node.label, *node.aliases}, key=lambda said: (-len(said), said))
    return re.compile(f"{before}(?:{'|'.join(map(re.escape, spellings))}){behind}", re.IGNORECASE)


def _spans(raw: str, *nodes: Node) -> list[tuple[int, int]]:
    """Return where the first mention of each node stands in a text, by itself if it does anywhere, none inside another."""
    firsts = (_pattern(node, *ALONE).search(raw) or _pattern(node).search(raw) for node in nodes)
    found = sorted(first.span() for first in firsts if first)
    return [span for at, span in enumerate(found) if at == 0 or span[0] >= found[at - 1][1]]


def _shared(one: Node, other: Node, traced: Traced) -> Iterator[Line]:
    """Yield what both nodes are related to."""
    near = [
        {end for said in traced.statements(node.iri) for end in (said.subject, said.object) if end in traced.nodes}
        for node in (one, other)
    ]
    labels = sorted(traced.nodes[iri].label for iri in near[0] & near[1] - {one.iri, other.iri})
    if labels:
        more = f" and {len(labels) - CANDIDATES} more" if len(labels) > CANDIDATES else ""
        yield line("Both are tied to ", named(", ".join(labels[:CANDIDATES])), more, ".")
