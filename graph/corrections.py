"""A curator's corrections: a small Turtle file in the graph's own terms, which is evidence like any list and wins.

- ``tool:a atlas:runsOn tool:b .`` adds a fact; ``tool:a a atlas:Tool ; skos:prefLabel "A" .`` names or adds a node.
- ``[] a owl:NegativePropertyAssertion ; owl:sourceIndividual tool:a ; owl:assertionProperty atlas:runsOn ;
  owl:targetIndividual tool:b .`` takes one away, read or inferred (``owl:targetValue`` for a literal).
- ``tool:a owl:sameAs tool:b .`` makes one node of two: ``tool:b``, which keeps its name.

OWL 2, negative property assertions: https://www.w3.org/TR/owl2-mapping-to-rdf/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pyoxigraph as ox

from .errors import InputError
from .iris import iri
from .model import Evidence, Graph, Node, Place, Source, Statement
from .namespaces import contract
from .vocabulary import Vocabulary

RULE = "correction"
"""The rule that the evidence of a correction names; its confidence is 1."""

_NEGATIVE = "owl:NegativePropertyAssertion"
_DISJOINT = ("atlas:Tool", "atlas:Vendor", "atlas:Person", "atlas:Topic", "atlas:Resource")

Fact = tuple[str, str, str]
"""Subject, predicate (prefixed) and object, as in a `Statement`."""


class Corrections(NamedTuple):
    """A file of corrections, read and free of contradictions."""

    path: str
    characters: int = 0
    kinds: Mapping[str, str] = MappingProxyType({})
    """The class of a node, by its IRI."""
    labels: Mapping[str, str] = MappingProxyType({})
    aliases: tuple[tuple[str, str], ...] = ()
    """IRIs with another spelling of the node."""
    added: tuple[Statement, ...] = ()
    removed: Mapping[Fact, int] = MappingProxyType({})
    """Facts that do not hold, with the line that says so."""
    merged: Mapping[str, tuple[str, int]] = MappingProxyType({})
    """By IRI the one that stands for both, with the line that says so."""


class _Said(NamedTuple):
    """One triple of the file."""

    subject: ox.NamedNode | ox.BlankNode
    predicate: str
    object: ox.NamedNode | ox.BlankNode | ox.Literal
    line: int
    quote: str


def read_corrections(path: Path, vocabulary: Vocabulary) -> Corrections:
    """Read a file of corrections. Raises `InputError`, with file and line, for what is no correction or contradicts another."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    source = str(path)
    triples = list(_triples(source, text))
    denials = {said.subject for said in triples if _is_denial(said)}
    groups: dict[object, list[_Said]] = defaultdict(list)
    for said in triples:
        if said.subject in denials:
            groups[said.subject].append(said)
    found = _plain(
        Corrections(source, len(text)), [said for said in triples if said.subject not in denials], vocabulary
    )
    return _consistent(found._replace(removed=dict(_denied(source, group, vocabulary) for group in groups.values())))


def _is_denial(said: _Said) -> bool:
    return (
        said.predicate == "rdf:type"
        and isinstance(said.object, ox.NamedNode)
        and contract(said.object.value) == _NEGATIVE
    )


def _triples(source: str, text: str) -> Iterator[_Said]:
    """Yield the triples of a Turtle text, each with the line on which it ends.

    The parser tells no lines, but how many triples it has found when the text breaks off: so many end there.
    """
    lines = text.splitlines(keepends=True)
    try:
        quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    except SyntaxError as error:
        raise _fault(Place(source, error.lineno or 1), error.msg) from error
    done = 0
    for number, line in enumerate(lines, 1):
        ended = min(len(quads), _count("".join(lines[:number])))
        for quad in quads[done:ended]:
            if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
                raise _fault(Place(source, number), "a triple within a triple is no correction")
            yield _Said(quad.subject, contract(quad.predicate.value), quad.object, number, line.strip())
        done = ended


def _count(text: str) -> int:
    """Return how many triples a text that may break off anywhere has."""
    count = 0
    try:
        for _ in ox.parse(text, format=ox.RdfFormat.TURTLE):
            count += 1
    except SyntaxError:  # it breaks off here; what came before is counted
        return count
    return count


def _plain(empty: Corrections, triples: Iterable[_Said], vocabulary: Vocabulary) -> Corrections:
    """Sort what is stated plainly: kinds, names, merges, facts."""
    kinds: dict[str, str] = {}
    labels: dict[str, str] = {}
    merged: dict[str, tuple[str, int]] = {}
    aliases, added = [], []
    for said in triples:
        place = Place(empty.path, said.line)
        if isinstance(said.subject, ox.BlankNode):
            raise _fault(place, "a blank node names no node of the graph")
        subject = said.subject.value
        if said.predicate == "owl:sameAs":
            other, _ = merged.setdefault(subject, (_iri(said, place), said.line))
            if other != _iri(said, place):
                raise _fault(place, f"merges <{subject}> into a second node; merge the two nodes that it goes into")
        elif said.predicate == "rdf:type":
            cls = contract(_iri(said, place))
            if cls not in vocabulary.classes:
                raise _fault(place, f"{cls} is no class of the ontology")
            if kinds.setdefault(subject, cls) != cls:
                raise _fault(place, f"gives <{subject}> a second kind")
        elif said.predicate == "skos:prefLabel":
            if labels.setdefault(subject, _text(said, place)) != _text(said, place):
                raise _fault(place, f"gives <{subject}> a second name; further ones are skos:altLabel")
        elif said.predicate == "skos:altLabel":
            aliases.append((subject, _text(said, place)))
        else:
            fact = _fact(place, said.subject, said.predicate, said.object, vocabulary)
            added.append(Statement(*fact, Evidence(empty.path, said.line, said.quote, RULE, 1.0)))
    return empty._replace(kinds=kinds, labels=labels, aliases=tuple(aliases), added=tuple(added), merged=merged)


def _iri(said: _Said, place: Place) -> str:
    if not isinstance(said.object, ox.NamedNode):
        raise _fault(place, f"{said.predicate} takes an IRI")
    return said.object.value


def _text(said: _Said, place: Place) -> str:
    if not isinstance(said.object, ox.Literal):
        raise _fault(place, f"{said.predicate} takes a text")
    return said.object.value


def _fact(place: Place, subject: object, predicate: str, target: object, vocabulary: Vocabulary) -> Fact:
    """Return a fact of the graph's own terms; raise where it is none."""
    term = vocabulary.properties.get(predicate)
    if term is None:
        raise _fault(place, f"{predicate} is no property of the ontology")
    if not isinstance(subject, ox.NamedNode):
        raise _fault(place, "a fact needs the IRI of a node as its subject")
    if not isinstance(target, ox.Literal if term.literal else ox.NamedNode):
        raise _fault(place, f"{predicate} takes {'a text' if term.literal else 'an IRI'}")
    return subject.value, predicate, target.value


def _denied(source: str, group: Iterable[_Said], vocabulary: Vocabulary) -> tuple[Fact, int]:
    """Return the fact that a negative property assertion takes away, with its line."""
    found = {said.predicate: said for said in group}
    place = Place(source, found["rdf:type"].line)
    target = found.get("owl:targetIndividual") or found.get("owl:targetValue")
    subject, predicate = found.get("owl:sourceIndividual"), found.get("owl:assertionProperty")
    if subject is None or predicate is None or target is None:
        what = "owl:sourceIndividual, owl:assertionProperty, and owl:targetIndividual or owl:targetValue"
        raise _fault(place, f"what is denied needs {what}")
    return _fact(place, subject.object, contract(_iri(predicate, place)), target.object, vocabulary), place.line


def _consistent(found: Corrections) -> Corrections:
    """Return corrections as they are; raise where one contradicts another."""
    for one, (_, line) in found.merged.items():
        seen = {one}
        at = one
        while at in found.merged:
            at = found.merged[at][0]
            if at in seen:
                raise _fault(Place(found.path, line), f"merges <{one}> into a node that is itself merged into it")
            seen.add(at)
    for said in found.added:
        place = Place(said.evidence.source, said.evidence.line)
        if said[:3] in found.removed:
            raise _fault(place, f"adds a fact that line {found.removed[said[:3]]} takes away")
        if _end(said.subject, found) == _end(said.object, found):
            raise _fault(place, "relates a node to itself")
    return found


def _end(node: str, corrections: Corrections) -> str:
    """Return the IRI that stands for a node after all merges."""
    while node in corrections.merged:
        node = corrections.merged[node][0]
    return node


def ends(corrections: Corrections) -> dict[str, str]:
    """Return for each IRI that is merged the one that stands for it in the end."""
    return {one: _end(one, corrections) for one in corrections.merged}


def _fault(place: Place, what: str) -> InputError:
    return InputError(f"{place.source}, line {place.line}: {what}")


# What they do to a graph


def corrected(graph: Graph, corrections: Corrections, vocabulary: Vocabulary) -> Graph:
    """Return a graph with its corrections made: they win over what the lists say.

    What they say of nodes that are not in the graph is left out; `stale` tells. Raises `InputError` for a merge of two
    nodes that cannot be one thing.
    """
    nodes = _renamed(graph, corrections)
    into = {one: end for one, end in ends(corrections).items() if one in nodes and end in nodes}
    for name, end in into.items():
        one, other = nodes[name], nodes[end]
        if _family(one, vocabulary) != _family(other, vocabulary):
            kinds = [vocabulary.classes[node.cls].label for node in (one, other)]
            place = Place(corrections.path, corrections.merged[name][1])
            raise _fault(place, f"merges {one.label} ({kinds[0]}) into {other.label} ({kinds[1]})")
        nodes[end] = _together(other, one)
    removed = {_moved(fact, into) for fact in corrections.removed}
    statements = {
        Statement(*_moved(said[:3], into), said.evidence)
        for said in (*graph.statements, *_fitting(corrections.added, nodes, vocabulary))
    }
    kept = tuple(sorted(one for one in statements if one.subject != one.object and one[:3] not in removed))
    source = Source(
        source=corrections.path,
        iri=source_iri(corrections.path, graph.base_iri),
        title="Corrections",
        media_type="text/turtle",
        characters=corrections.characters,
        entries=0,
        links=0,
        curated=True,
    )
    return graph._replace(
        nodes=tuple(sorted(node for name, node in nodes.items() if name not in into)),
        statements=kept,
        sources=tuple(sorted((*graph.sources, source))),
    )


def held(inferred: Iterable[Statement], corrections: Corrections) -> tuple[Statement, ...]:
    """Return what was inferred without the facts that the corrections take away."""
    removed = {_moved(fact, ends(corrections)) for fact in corrections.removed}
    return tuple(said for said in inferred if said[:3] not in removed)


def stale(corrections: Corrections, before: Graph, after: Graph) -> tuple[str, ...]:
    """Return the corrections that came to nothing, a sentence each.

    `before` is the graph without them, `after` the one with them and with everything that can be inferred.
    """
    there = {node.iri for node in before.nodes} | {node.iri for node in after.nodes}
    made = {said[:3] for said in after.statements}
    known = {said[:3] for said in (*before.statements, *after.inferred)}
    lines = [
        (line, "a node of the merge is not in the graph")
        for one, (other, line) in corrections.merged.items()
        if not {one, other} <= there
    ]
    into = ends(corrections)
    lines += [
        (said.evidence.line, "a node of the fact is not in the graph; give it a kind and a skos:prefLabel to add it")
        for said in corrections.added
        if _moved(said[:3], into) not in made
    ]
    lines += [
        (line, "the fact that it takes away is not in the graph")
        for fact, line in corrections.removed.items()
        if fact not in known and _moved(fact, into) not in known
    ]
    return tuple(f"{corrections.path}, line {line}: {what}" for line, what in sorted(lines))


def source_iri(source: str, base_iri: str) -> str:
    """Return the IRI of a list or a file whose address nobody knows."""
    return iri(source if source.startswith(("http://", "https://")) else f"{base_iri}list/{source.lstrip('./')}")


def _renamed(graph: Graph, corrections: Corrections) -> dict[str, Node]:
    """Return the nodes by IRI with their corrected kinds and names, and those that the corrections add."""
    nodes = {node.iri: node for node in graph.nodes}
    for name in sorted(corrections.kinds.keys() & corrections.labels.keys() - nodes.keys()):
        nodes[name] = Node(name, corrections.kinds[name], corrections.labels[name])
    for name, cls in corrections.kinds.items():
        if name in nodes:
            nodes[name] = nodes[name]._replace(cls=cls)
    for name, label in corrections.labels.items():
        if name in nodes:
            node = nodes[name]
            others = {node.label, *node.aliases} - {label}
            nodes[name] = node._replace(label=label, aliases=tuple(sorted(others)))
    for name, alias in corrections.aliases:
        if name in nodes and alias != nodes[name].label:
            nodes[name] = nodes[name]._replace(aliases=tuple(sorted({*nodes[name].aliases, alias})))
    return nodes


def _fitting(added: Iterable[Statement], nodes: Mapping[str, Node], vocabulary: Vocabulary) -> Iterator[Statement]:
    """Yield the added facts whose nodes are there."""
    for said in added:
        between = vocabulary.properties[said.predicate].range in vocabulary.classes
        if said.subject in nodes and (said.object in nodes or not between):
            yield said


def _together(one: Node, other: Node) -> Node:
    """Return the first of two nodes with all that is known of the second."""
    names = {*one.aliases, other.label, *other.aliases} - {one.label}
    return one._replace(
        aliases=tuple(sorted(names)),
        urls=tuple(sorted({*one.urls, *other.urls})),
        description=max(one.description, other.description, key=lambda text: (len(text), text)),
        listed_at=tuple(sorted({*one.listed_at, *other.listed_at})),
        further=tuple(sorted({*one.further, *other.further} - {one.cls})),
    )


def _moved(fact: Fact, into: Mapping[str, str]) -> Fact:
    subject, predicate, target = fact
    return into.get(subject, subject), predicate, into.get(target, target)


def _family(node: Node, vocabulary: Vocabulary) -> str:
    """Return which of the classes that share no member a node is of (``owl:AllDisjointClasses`` in ``atlas.ttl``)."""
    return next((cls for cls in _DISJOINT if vocabulary.is_a(node.cls, cls)), node.cls)
