"""Default graphs of several graphs, in which each triple is one (RDF 1.1 Semantics, 4.1; SPARQL 1.1, 13.1 and 13.2).

Oxigraph can put graphs together while it answers, but it then counts a triple once for each graph that holds it. So the
triples are put together beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pyoxigraph as ox

from .evaluate import TOKEN

_FORMS = {"ASK", "CONSTRUCT", "DESCRIBE", "SELECT"}


def unite(store: ox.Store) -> None:
    """Add to the default graph what the named graphs hold."""
    for graph in list(store.named_graphs()):
        store.bulk_extend(_copies(store, graph, ox.DefaultGraph()))


@contextmanager
def merged(store: ox.Store, names: Iterable[str]) -> Iterator[list[ox.NamedNode | ox.BlankNode]]:
    """Give a default graph made of some named ones as Oxigraph takes it; of several it makes one, for the time being."""
    graphs: list[ox.NamedNode | ox.BlankNode] = [ox.NamedNode(name) for name in dict.fromkeys(names)]
    if len(graphs) < 2:
        yield graphs
        return
    whole = ox.BlankNode()
    try:
        for graph in graphs:
            store.bulk_extend(_copies(store, graph, whole))
        yield [whole]
    finally:
        store.remove_graph(whole)


def default_graphs(query: str, prefixes: Mapping[str, str], base: str | None = None) -> Sequence[str]:
    """Return the IRIs of the graphs that a query's FROM clauses make its default graph; none for a query that is wrong.

    >>> default_graphs("PREFIX e: <http://e/> ASK FROM e:a FROM NAMED e:b FROM <http://c/> { ?from ?p 'FROM' }", {})
    ['http://e/a', 'http://c/']
    """
    tokens = [token for token in TOKEN.finditer(query) if not token["comment"]]
    words = [(token["word"] or "").upper() for token in tokens]
    start = next((token.start() for token, word in zip(tokens, words, strict=True) if word in _FORMS), 0)
    named = [tokens[at + 1][0] for at, word in enumerate(words[:-1]) if word == "FROM" and words[at + 1] != "NAMED"]
    if not named:
        return []
    # The engine itself says what the names stand for, by the query's own prologue.
    asked = f"{query[:start]} SELECT ?graph {{ VALUES ?graph {{ {' '.join(named)} }} }}"
    try:
        found = ox.Store().query(asked, base_iri=base, prefixes=dict(prefixes))
    except (SyntaxError, ValueError):
        return []
    return [row["graph"].value for row in found] if isinstance(found, ox.QuerySolutions) else []


def _copies(store: ox.Store, graph: ox.NamedNode | ox.BlankNode, to: ox.DefaultGraph | ox.BlankNode) -> list[ox.Quad]:
    quads = store.quads_for_pattern(None, None, None, graph)
    return [ox.Quad(quad.subject, quad.predicate, quad.object, to) for quad in quads]
