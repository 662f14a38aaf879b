"""Everything the page knows, as two JSON texts: what the first picture needs, and what it shows when asked.

Tables are written as columns (one list a column), which is a third of the size of records and quick to read.
Nodes are numbered by importance, facts by subject. A fact's object below 0 is no node but the number of a value.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import groupby
from pathlib import PurePosixPath
from typing import Any

from ..model import Build, Graph, Node, Statement
from ..namespaces import PREFIXES
from ..network import MEMBERSHIP, facts, network
from ..vocabulary import Vocabulary
from .picture import Picture, picture
from .style import FAMILIES, LINES, family, look


def tables(build: Build, vocabulary: Vocabulary) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the page's data: what it needs at once, and what it needs when a node is opened."""
    graph = build.graph
    drawn = picture(network(graph, vocabulary), vocabulary, one_list=len(graph.lists) < 2)
    number = {iri: index for index, iri in enumerate(drawn.order)}
    nodes = [node for _, node in sorted((number[node.iri], node) for node in graph.nodes)]
    known = _known(drawn, facts(graph), number)
    edges, values = _facts([key for key, _ in known])
    edges["c"] = [round(100 * max(said.evidence.confidence for said in readings)) for _, readings in known]
    kinds = _kinds(graph, vocabulary)
    first = {
        "title": _title(graph),
        "base": graph.base_iri,
        "prefixes": {name: PREFIXES[name] for name in _prefixes(kinds, known)},
        "lists": [
            {"title": s.title or PurePosixPath(s.source).stem, "source": s.source, "iri": s.iri} for s in graph.sources
        ],
        "kinds": kinds,
        "relations": _relations([key[1] for key, _ in known], vocabulary),
        "nodes": _nodes(nodes, drawn, [kind["name"] for kind in kinds], graph.base_iri),
        "aliases": {str(index): list(node.aliases) for index, node in enumerate(nodes) if node.aliases},
        "discs": _discs(drawn, number),
        "edges": edges,
        "values": values,
        "options": json.loads(drawn.pyvis.get_network_data()[5]),
    }
    return first, _details(graph, nodes, [readings for _, readings in known])


def _known(
    drawn: Picture, said: dict[tuple[str, str, str], list[Statement]], number: dict[str, int]
) -> list[tuple[tuple[int, str, int, str], list[Statement]]]:
    """Return each fact as ``(subject, predicate, object or -1, object's IRI or text)`` with its readings.

    First the edges that pyvis carries, then what a node has that is no node: links and dates.
    """
    order = drawn.order
    keys = [(edge["from"], edge["title"], edge["to"], order[edge["to"]]) for edge in drawn.pyvis.edges]
    keys += sorted((number[s], p, -1, o) for s, p, o in said if s in number and o not in number)
    return [(key, said[order[key[0]], key[1], key[3]]) for key in keys]


def _prefixes(kinds: list[dict[str, Any]], known: list[Any]) -> list[str]:
    """Return the prefixes that the page needs to write its part of the graph as Turtle."""
    names = {kind["name"] for kind in kinds} | {key[1] for key, _ in known} | {"skos:prefLabel"}
    return sorted({name.partition(":")[0] for name in names} & set(PREFIXES))


def _title(graph: Graph) -> str:
    titles = [source.title for source in graph.lists if source.title]
    if len(graph.lists) == 1:
        return titles[0] if titles else PurePosixPath(graph.lists[0].source).stem
    return f"{len(graph.lists)} lists" if graph.lists else "A knowledge graph"


def _kinds(graph: Graph, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Return the classes met, in the legend's order: by family, the family's own class first, then by name."""
    count = Counter(node.cls for node in graph.nodes)

    def place(cls: str) -> tuple[int, str, bool, str]:
        top = family(cls, vocabulary)
        return FAMILIES.index(top) if top in FAMILIES else len(FAMILIES), top, cls != top, cls

    return [
        {"name": cls, "label": _label(cls), "count": count[cls]}
        | {"family": _label(family(cls, vocabulary))}
        | look(cls, vocabulary)._asdict()
        for cls in sorted(count, key=place)
    ]


def _label(cls: str) -> str:
    """Return a class in words: its own name, so that the legend, the tables and the ontology say the same.

    >>> _label("atlas:CodeExample")
    'Code example'
    """
    name = cls.rpartition(":")[2]
    return name[:1] + re.sub(r"(?<=[a-z])([A-Z])", lambda found: " " + found[1].lower(), name[1:])


def _relations(predicates: list[str], vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """Return the properties met, sorted: their names, the words for both directions, the way they are drawn."""
    count = Counter(predicates)
    rows = []
    for name in sorted(count):
        term = vocabulary.properties.get(name)
        words = term.words if term and term.words else name.rpartition(":")[2]
        rows.append(
            {
                "name": name,
                "label": term.label if term else words,
                "words": words,
                "inverse": term.inverse_words if term else "",
                "line": LINES.get(name, "technical"),
                "member": name in MEMBERSHIP,
                "count": count[name],
            }
        )
    return rows


def _nodes(nodes: list[Node], drawn: Picture, kinds: list[str], base: str) -> dict[str, list[Any]]:
    carried = drawn.pyvis.nodes
    kind = {name: index for index, name in enumerate(kinds)}
    return {
        "iri": ["~" + node.iri.removeprefix(base) if node.iri.startswith(base) else node.iri for node in nodes],
        "label": [node["label"] for node in carried],
        "kind": [kind[node["group"]] for node in carried],
        "x": [node["x"] for node in carried],
        "y": [node["y"] for node in carried],
        "size": [node["size"] for node in carried],
        "home": [drawn.layout.home[iri] for iri in drawn.order],
    }


def _discs(drawn: Picture, number: dict[str, int]) -> dict[str, list[int]]:
    discs = drawn.layout.discs
    return {
        "node": [number.get(disc.node, -1) for disc in discs],
        "parent": [disc.parent for disc in discs],
        "x": [round(disc.x) for disc in discs],
        "y": [round(disc.y) for disc in discs],
        "r": [round(disc.radius) for disc in discs],
    }


def _facts(keys: list[tuple[int, str, int, str]]) -> tuple[dict[str, list[Any]], list[str]]:
    """Return the facts as columns, with the texts and URLs that are no nodes."""
    relation = {name: index for index, name in enumerate(sorted({key[1] for key in keys}))}
    values = sorted({value for _, _, object_, value in keys if object_ < 0})
    place = {value: -1 - index for index, value in enumerate(values)}
    return {
        "s": [key[0] for key in keys],
        "p": [relation[key[1]] for key in keys],
        "o": [key[2] if key[2] >= 0 else place[key[3]] for key in keys],
    }, values


def _details(graph: Graph, nodes: list[Node], readings: list[list[Statement]]) -> dict[str, Any]:
    """Return what the panel shows: descriptions, links, places, and the evidence of each fact."""
    source = {item.source: index for index, item in enumerate(graph.sources)}
    said = [(fact, statement.evidence) for fact, statements in enumerate(readings) for statement in statements]
    rules = sorted({evidence.rule for _, evidence in said})
    rule = {name: index for index, name in enumerate(rules)}
    return {
        "description": [node.description for node in nodes],
        "urls": ["" if node.urls == (node.iri,) else " ".join(node.urls) for node in nodes],
        "listed": [
            [number for place in node.listed_at for number in (source.get(place.source, -1), place.line)]
            for node in nodes
        ],
        "rules": rules,
        "evidence": {
            "count": [len(list(group)) for _, group in groupby(said, key=lambda pair: pair[0])],
            "source": [source.get(evidence.source, -1) for _, evidence in said],
            "line": [evidence.line for _, evidence in said],
            "quote": [evidence.quote for _, evidence in said],
            "rule": [rule[evidence.rule] for _, evidence in said],
            "confidence": [round(100 * evidence.confidence) for _, evidence in said],
        },
    }
