"""``linkatlas serve``: a SPARQL endpoint, a search API and the HTML view, over a build or any RDF files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import UsageError
from ..serve.limits import MEBIBYTE, Limits

_DEFAULTS = Limits()


def _origins(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    for origin in value:
        if origin != "*" and (not origin.startswith(("http://", "https://")) or origin.count("/") != 2):
            raise click.BadParameter(f"{origin!r} is neither '*' nor an origin such as https://example.org.")
    return value


@click.command(
    epilog="""
\b
What is where:
  /sparql             the endpoint, SPARQL 1.1 Protocol, read-only
  /query              a page to write queries in, which needs no network
  /                   the HTML view, where the build has one
  /api/search?q=      things by their names, as JSON
  /api/node?iri=      a thing with its edges and the evidence for them, as JSON

\b
Examples:
  linkatlas serve                              what is in output/
  linkatlas serve there/ --port 9000           another build
  linkatlas serve data.trig more.ttl           any RDF
  curl http://127.0.0.1:8000/sparql --data-urlencode 'query=SELECT ?t { ?t a atlas:Tool }'
  curl 'http://127.0.0.1:8000/api/search?q=airflow'

\b
Statuses of queries, beside 200:
  400  the query is wrong              503  too many queries at once; try again
  403  an update, or SERVICE           504  past --timeout
  406  no such form of an answer       507  past --memory
  413  past a mebibyte                 422  past --limit

\b
Exit codes:
  0    stopped with Ctrl-C or SIGTERM
  2    the call is wrong
  3    the data cannot be read, or the address cannot be had
"""
)
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen at: this machine alone.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option(
    "--timeout",
    metavar="SECONDS",
    default=_DEFAULTS.seconds,
    show_default=True,
    type=click.FloatRange(0, 86_400, min_open=True),
    help="What a query may take of time.",
)
@click.option(
    "--limit",
    metavar="ROWS",
    default=_DEFAULTS.rows,
    show_default=True,
    type=click.IntRange(1),
    help="What an answer may have of rows or triples.",
)
@click.option(
    "--memory",
    metavar="MIB",
    default=_DEFAULTS.memory // MEBIBYTE,
    show_default=True,
    type=click.IntRange(16),
    help="What a query may take of memory, beside the data.",
)
@click.option(
    "--workers",
    metavar="N",
    default=_DEFAULTS.workers,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Queries that are answered at once; others wait in turn.",
)
@click.option(
    "--cors",
    "origins",
    metavar="ORIGIN",
    multiple=True,
    callback=_origins,
    help="A web origin whose pages may read the answers, or '*'; may be given several times.",
)
def serve(
    files: tuple[Path, ...],
    host: str,
    port: int,
    timeout: float,
    limit: int,
    memory: int,
    workers: int,
    origins: tuple[str, ...],
) -> None:
    """Serve a build, or any RDF files, to other programs and to browsers.

    A FILE is the folder of a build or a file of RDF (.ttl, .nt, .nq, .trig, .rdf, .jsonld); output/ where none is named.
    A query that names no dataset sees the union of all graphs. When the files change, they are loaded anew.
    """
    if sys.platform == "win32":
        raise UsageError("serve needs a system that can fork a process, such as Linux or macOS")
    import asyncio

    from ..serve.server import Address, serve

    limits = _DEFAULTS._replace(seconds=timeout, rows=limit, memory=memory * MEBIBYTE, workers=workers)
    paths = files or (Path("output"),)
    asyncio.run(
        serve(paths, Address(host, port), limits, origins, lambda said: click.echo(f"linkatlas: {said}", err=True))
    )
