"""``graph.graphml``: the network as GraphML, for Gephi, yEd, Cytoscape and networkx.

One node a thing, one directed edge a fact; two facts between the same two nodes are two edges. Nodes carry ``label``,
``class``, ``aliases``, ``urls`` and ``description``, and what is said of them that is no other node (a date, a
repository) under the property's name. Edges carry ``label`` (the relation in words), ``predicate``, ``count`` (how
often the lists say it; 0 if inferred), ``confidence`` (the highest) and ``evidence`` (the first places and words).

Characters that XML 1.0 forbids become U+FFFD. The file is written as it goes: 340,000 edges took 6 s and no
memory to speak of, where networkx took 14 s to write the same, after building it in 1.2 GB.

GraphML: http://graphml.graphdrawing.org/specification.html, characters: https://www.w3.org/TR/xml/#charsets
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, BinaryIO
from xml.sax.saxutils import escape

from . import utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ..model import Build, Evidence, Graph
    from ..vocabulary import Vocabulary

_NODE_KEYS = ("label", "class", "aliases", "urls", "description")
_EDGE_KEYS = {"label": "string", "predicate": "string", "count": "int", "confidence": "double", "evidence": "string"}
_SHOWN = 3
"""How many readings an edge quotes."""
_QUOTE = 200
"""The characters of a quote that an edge shows."""
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ufffd\U00010000-\U0010ffff]")
_MARKUP = re.compile('[<>&"]')
_ENTITIES = {'"': "&quot;", "\r": "&#13;"}

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""


def write(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write the network of a build, nodes in the order of their IRIs and edges in the order of the facts."""
    graph = build.graph
    ids = {node.iri: xml(node.iri) for node in graph.nodes}
    values = _values(graph, ids)
    named = sorted({name for told in values.values() for name in told})
    with utf8(out) as text:
        text.write(_HEAD)
        text.writelines(_key("node", name, "string") for name in (*_NODE_KEYS, *named))
        text.writelines(_key("edge", name, kind) for name, kind in _EDGE_KEYS.items())
        text.write('<graph edgedefault="directed">\n')
        text.writelines(_nodes(graph, ids, values))
        text.writelines(_edges(graph, ids, vocabulary))
        text.write("</graph>\n</graphml>\n")


def xml(text: str) -> str:
    """Return a text as it may stand in an element or between double quotes.

    >>> xml('</script> & "' + chr(0))
    '&lt;/script&gt; &amp; &quot;\\ufffd'
    """
    if text.isprintable() and not _MARKUP.search(text):  # as most are: what Unicode has for printable, XML allows
        return text
    return escape(_FORBIDDEN.sub("\ufffd", text), _ENTITIES)


def _values(graph: Graph, ids: Mapping[str, str]) -> Mapping[str, Mapping[str, list[str]]]:
    """Return what is said of each node that is no other node: its values by the property's local name."""
    values: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for (subject, predicate, value), _ in graph.facts:
        if value not in ids:
            name = predicate.rpartition(":")[2]
            values[subject][predicate if name in _NODE_KEYS else name].append(value)
    return values


def _key(target: str, name: str, kind: str) -> str:
    return f'<key id="{target}-{xml(name)}" for="{target}" attr.name="{xml(name)}" attr.type="{kind}"/>\n'


def _data(target: str, values: Iterable[tuple[str, str]]) -> str:
    return "".join(f'<data key="{target}-{xml(name)}">{xml(value)}</data>' for name, value in values if value)


def _nodes(graph: Graph, ids: Mapping[str, str], values: Mapping[str, Mapping[str, list[str]]]) -> Iterator[str]:
    for node in graph.nodes:
        own = (node.label, node.cls, " | ".join(node.aliases), " ".join(node.urls), node.description)
        told = ((name, " ".join(said)) for name, said in sorted(values.get(node.iri, {}).items()))
        data = _data("node", (*zip(_NODE_KEYS, own, strict=True), *told))
        yield f'<node id="{ids[node.iri]}">{data}</node>\n'


def _edges(graph: Graph, ids: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[str]:
    @cache
    def relation(predicate: str) -> str:
        term = vocabulary.properties.get(predicate)
        return _data("edge", (("label", term.words if term and term.words else predicate), ("predicate", predicate)))

    number = 0
    for (subject, predicate, value), found in graph.facts:
        if subject in ids and value in ids:
            said = [statement.evidence for statement in found]
            count = sum(1 for evidence in said if evidence.source)
            confidence = max(evidence.confidence for evidence in said)
            yield (
                f'<edge id="e{number}" source="{ids[subject]}" target="{ids[value]}">{relation(predicate)}'
                f'<data key="edge-count">{count}</data><data key="edge-confidence">{confidence}</data>'
                f'<data key="edge-evidence">{xml(_shown(said))}</data></edge>\n'
            )
            number += 1


def _shown(said: list[Evidence]) -> str:
    """Return the first readings of a fact in words: list, line and quote, one a line."""
    lines = [_place(evidence) for evidence in said[:_SHOWN]]
    return "\n".join(lines if len(said) <= _SHOWN else [*lines, f"and {len(said) - _SHOWN} more"])


def _place(evidence: Evidence) -> str:
    if not evidence.source:
        return f"inferred by {evidence.rule}"
    quote = " ".join(evidence.quote.split())
    quote = quote if len(quote) <= _QUOTE else f"{quote[: _QUOTE - 1]}…"
    return f"{evidence.source}, line {evidence.line}: {quote}"
