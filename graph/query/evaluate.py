"""One query asked of one store, by the rules that the command line, the server and Python share.

A query that names no dataset sees the union of all graphs as its default graph.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

import pyoxigraph as ox

from ..errors import LinkatlasError, UsageError
from .prefixes import PREFIXES

Answer: TypeAlias = "ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples"

TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    | (?P<string>\"{3}(?:\\.|(?!\"{3}).)*\"{3} | '{3}(?:\\.|(?!'{3}).)*'{3} | "(?:\\.|[^"\\\n\r])*" | '(?:\\.|[^'\\\n\r])*')
    | (?P<name>[?$@]\w+ | [\w.-]*:[\w.:%\\-]*)
    | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)


def evaluate(store: ox.Store, query: str, prefixes: Mapping[str, str] = PREFIXES) -> Answer:
    """Begin to answer a query: the solutions of a SELECT and the triples of a CONSTRUCT come as they are asked for.

    Raises `QueryError`, with the place and what was expected there, for a query that does not parse, and `UsageError` for one
    that would ask another endpoint.
    """
    said = keywords(query)
    if "SERVICE" in said:
        raise UsageError("SERVICE is refused: no query goes out to the network")
    whole = names_graphs(store) and "FROM" not in said
    try:
        return store.query(query, prefixes=dict(prefixes), use_default_graph_as_union=whole)
    except SyntaxError as error:
        from .faults import explained

        raise explained(query, prefixes, error) from error
    except (OSError, ValueError, RuntimeError) as error:
        raise LinkatlasError(f"the query cannot be answered: {error}") from error


def names_graphs(store: ox.Store) -> bool:
    """Return whether a store holds any graph beside the default one."""
    return next(iter(store.named_graphs()), None) is not None


def keywords(query: str) -> set[str]:
    """Return the words of a query that are neither names nor within texts and comments, in capitals.

    >>> sorted(keywords("SELECT ?from { ?x ex:service 'FROM' } # SERVICE"))
    ['SELECT']
    """
    return {token["word"].upper() for token in TOKEN.finditer(query) if token["word"]}
