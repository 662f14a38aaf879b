"""A job done: what is asked of the data, written to a file in the media type that was wished for."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO, TypeVar

import pyoxigraph as ox

from ..query.evaluate import keywords
from ..query.faults import explained
from ..query.graphs import default_graphs, merged
from ..query.results import GRAPH_FORMATS, ROW_FORMATS, GraphFormat, RowFormat, variables, write_graph
from .description import SD, description
from .held import Held
from .jobs import Asked, Described, Job, Looked, Searched
from .negotiate import best
from .node import named, node
from .refusal import Refusal
from .search import search

ROWS: Mapping[str, RowFormat] = {
    **{kind.media_type: kind for kind in (ROW_FORMATS[name] for name in ("json", "xml", "csv", "tsv"))},
    "application/json": ROW_FORMATS["json"],
    "application/xml": ROW_FORMATS["xml"],
    "text/xml": ROW_FORMATS["xml"],
}
"""What SELECT and ASK are answered in; the first where anything will do. The last ones are what browsers and old clients say."""

GRAPHS: Mapping[str, GraphFormat] = {
    **{kind.media_type: kind for kind in (GRAPH_FORMATS[name] for name in ("turtle", "ntriples", "jsonld"))},
    "application/rdf+xml": GraphFormat("application/rdf+xml", ox.RdfFormat.RDF_XML),
}
"""What CONSTRUCT, DESCRIBE and the service description are answered in; the first where anything will do."""

JSON = "application/json"

T = TypeVar("T")
F = TypeVar("F")


def answer(held: Held, job: Job, rows: int, out: BinaryIO) -> str:
    """Write the answer to a job and return its media type; raises `Refusal` where there is none."""
    if isinstance(job, Asked):
        return _answer(held, job, rows, out)
    if isinstance(job, Described):
        return _describe(held, job, out)
    if isinstance(job, Searched):
        found = _found(held, job)
    else:
        found = _looked(held, job) if isinstance(job, Looked) else dict(held.prefixes)
    out.write(json.dumps(found, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    return JSON


def _answer(held: Held, job: Asked, rows: int, out: BinaryIO) -> str:
    if "SERVICE" in keywords(job.query.text):
        raise Refusal(403, "SERVICE is refused: this endpoint asks no other.")
    with _dataset(held, job) as graphs:
        found = _evaluated(held, job, graphs)
        if isinstance(found, ox.QueryTriples):
            media_type, graph_format = _chosen(job.accept, GRAPHS)
            write_graph(_at_most(rows, found), graph_format, out, held.prefixes)
            return media_type
        media_type, row_format = _chosen(job.accept, ROWS)
        with io.TextIOWrapper(out, encoding="utf-8", errors="replace", newline="") as text:
            if isinstance(found, ox.QueryBoolean):
                text.write(row_format.boolean(bool(found)))
            else:
                text.writelines(row_format.rows(variables(found), _at_most(rows, found)))
        return media_type


def _evaluated(
    held: Held, job: Asked, graphs: Mapping[str, Any]
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    text = job.query.text
    try:
        return held.store.query(text, base_iri=job.base, prefixes=dict(held.prefixes), **graphs)
    except SyntaxError as error:
        fault = explained(text, held.prefixes, error)
        raise Refusal(400, f"The query is wrong: {fault}\n{fault.excerpt}") from error


@contextmanager
def _dataset(held: Held, job: Asked) -> Iterator[Mapping[str, Any]]:
    """Give the dataset of a query as the engine takes it: the request's (section 2.1.4), or else the query's own."""
    text, dataset = job.query
    if dataset is not None:
        with merged(held.store, dataset.default) as default:
            yield {"default_graph": default, "named_graphs": [ox.NamedNode(name) for name in dataset.named]}
        return
    with merged(held.store, default_graphs(text, held.prefixes, job.base)) as default:
        yield {"default_graph": default} if default else {}


def _at_most(limit: int, rows: Iterable[T]) -> Iterator[T]:
    for number, row in enumerate(rows):
        if number == limit:
            raise Refusal(422, f"The answer has more than {limit:,} rows; ask for fewer with LIMIT.")
        yield row


def _chosen(accept: str, formats: Mapping[str, F]) -> tuple[str, F]:
    media_type = best(accept, list(formats))
    if media_type is None:
        raise Refusal(406, f"The answer can be had as {', '.join(formats)}.")
    return media_type, formats[media_type]


def _describe(held: Held, job: Described, out: BinaryIO) -> str:
    media_type, graph_format = _chosen(job.accept, GRAPHS)
    graphs = [graph for graph in held.store.named_graphs() if isinstance(graph, ox.NamedNode)]
    triples = description(job.base, graphs, held.size, [*ROWS, *GRAPHS])
    write_graph(triples, graph_format, out, {**held.prefixes, "sd": SD})
    return media_type


def _found(held: Held, job: Searched) -> dict[str, Any]:
    found = search(held.names, job.text, job.most)
    results = [{**named(held.store, ox.NamedNode(name.iri), held.prefixes), "matched": name.text} for name in found]
    return {"query": job.text, "results": results}


def _looked(held: Held, job: Looked) -> dict[str, Any]:
    try:
        found = node(held.store, job.iri, held.prefixes)
    except ValueError as error:
        raise Refusal(400, f"{job.iri[:200]!r} is no absolute IRI.") from error
    if found is None:
        raise Refusal(404, f"Nothing is known of {job.iri[:200]}.")
    return found
