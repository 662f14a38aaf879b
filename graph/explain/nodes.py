"""Everything that is known of a node: its names and why they are one, where it is listed, what is said of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from ..across import disagree, filing, kindred, naming
from ..items import ENTITIES
from ..model import Node, Place, Thing
from ..names import fold
from ..summary import printable
from .found import Traced
from .words import Line, fact, faint, kind, line, named, place


def explain_node(node: Node, traced: Traced) -> Iterator[Line]:
    """Yield what is known of a node, line by line."""
    yield line(named(node.label), f", {kind(node, traced)}")
    yield line("  ", faint(node.iri))
    for url in node.urls:
        if url != node.iri:
            yield line("  ", faint(url))
    yield from _listed(node, traced)
    yield from _spellings(node, traced)
    yield from _homonyms(node, traced)
    said = sorted(traced.statements(node.iri), key=lambda one: (one.object == node.iri, one))
    for _, readings in groupby(said, key=lambda one: one[:3]):
        yield ()
        yield from fact(list(readings), traced)


def _listed(node: Node, traced: Traced) -> Iterator[Line]:
    """Yield how many lists name a node, where it is listed, under which topic each files it, and whether they agree."""
    of = len(traced.graph.lists)
    lists = len(naming(traced.graph)[node.iri])
    yield line(
        f"  named in {lists} of {of} {'list' if of == 1 else 'lists'}{', listed' if node.listed_at else ', listed in none'}"
    )
    topics = _topics(node, traced)
    for at in node.listed_at:
        under = ", ".join(topics.get(at, []))
        yield line("    ", place(at.source, at.line), " under " if under else "", named(under))
    if disagree(filing(traced.graph).get(node.iri, {}), kindred(traced.graph)):
        yield line("  the lists do not agree on its topic")


def _topics(node: Node, traced: Traced) -> dict[Place, list[str]]:
    found: dict[Place, list[str]] = defaultdict(list)
    for subject, predicate, target, said in traced.graph.statements:
        if subject == node.iri and predicate == "atlas:inTopic":
            found[Place(said.source, said.line)].append(traced.nodes[target].label)
    return found


def _spellings(node: Node, traced: Traced) -> Iterator[Line]:
    """Yield the other spellings of a node, each with the reason for which it is one."""
    things = [thing for thing in traced.resolution.things if traced.resolution.iris[thing.key] == node.iri]
    if node.aliases:
        yield line("  also written:")
    for spelling in node.aliases:
        yield line("    ", named(spelling), f": {_reason(spelling, node, things, traced)}")
    names: dict[str, str] = {}
    for thing in sorted(things):
        names.setdefault(thing.key, thing.name)
    for merge in traced.resolution.merges:
        if merge.left in names and merge.right in names and merge.left != merge.right:
            where = f" ({place(*merge.place)})" if merge.place is not None else ""
            left, right = names[merge.left], names[merge.right]
            if merge.left.startswith("v:") and left == right:
                yield line("  its maker is called ", named(left), " too: one node stands for both")
            else:
                yield line("  ", named(left), " and ", named(right), f" {merge.reason}", where)


def _homonyms(node: Node, traced: Traced) -> Iterator[Line]:
    """Yield the other entities of a node's name, which nothing but the name ties to it."""
    if node.cls not in ENTITIES:
        return
    key = fold(node.label)
    for other in traced.graph.nodes:
        if other.cls == node.cls and other.iri != node.iri and fold(other.label) == key:
            yield line("  another of this name: ", faint(other.iri))


def _reason(spelling: str, node: Node, things: list[Thing], traced: Traced) -> str:
    """Return why a spelling names a node, as the end of a sentence."""
    key = fold(spelling)
    known = traced.vocabulary.names.get(key)
    if key == fold(node.label):
        return "the same letters"
    if known is not None and known.label == node.label:
        return "the lexicon knows it as another name"
    using = sorted(thing for thing in things if spelling in (thing.spelling, thing.name))
    beside = [thing for thing in using if thing.spelling == spelling and thing.place is not None]
    if beside and beside[0].place is not None:
        return f"stands for {printable(beside[0].name)} at {place(*beside[0].place)}"
    if any(thing.key.startswith("u:") for thing in using):
        return "another title of the same address"
    if any(thing.key.startswith("t:") for thing in using):
        return "the lexicon has both for one topic"
    return "the reason stands below" if any(fold(thing.name) == key for thing in using) else "a list writes it so"
