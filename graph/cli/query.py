"""``linkatlas query``: ask a built graph, or any RDF, with SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import InputError, UsageError
from .answers import ENOUGH, GRAPH_FORMATS, ROW_FORMATS, Shape, show

DATA = click.option(
    "-d",
    "--data",
    metavar="PATH",
    multiple=True,
    type=click.Path(path_type=Path),
    default=("output",),
    show_default="output",
    help="What to ask: the folder of a build, or an RDF file (Turtle, N-Triples, N-Quads, TriG, RDF/XML, JSON-LD). "
    "May be given several times.",
)
LIMIT = click.option(
    "--limit",
    metavar="N",
    type=click.IntRange(1),
    help=f"The most rows; {ENOUGH:,} in a table on a terminal, else all.",
)
TIMEOUT = click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(0, min_open=True),
    help="End a query that takes longer, with exit code 5.",
)


def enough(form: str | None, limit: int | None) -> int | None:
    """Return the most rows: those asked for, or what fits a terminal where an answer is shown on one."""
    return ENOUGH if limit is None and form in (None, "table") and sys.stdout.isatty() else limit


@click.command(
    epilog="""
\b
Examples:
  linkatlas query 'SELECT ?tool { ?tool atlas:runsOn tool:kubernetes }'
  linkatlas query -f question.rq --format csv > answer.csv
  linkatlas query -d there/ 'ASK { tool:flyte atlas:developedBy vendor:lyft }'
  linkatlas query -d people.ttl -d places.nq 'DESCRIBE ?x { ?x a foaf:Person }'
  cat question.rq | linkatlas query --timeout 10

\b
Prefixes need no declaration: the vocabularies (atlas, skos, dcterms, prov, schema, ...), the kinds of
nodes (tool, vendor, person, topic, ...) and those that the files themselves declare.

\b
Exit codes:
  0    done
  2    the call or the query is wrong
  3    the data cannot be read
  5    the query took longer than --timeout
  130  stopped with Ctrl-C
""",
)
@click.argument("query", metavar="[QUERY]", required=False)
@DATA
@click.option(
    "-f",
    "--file",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, allow_dash=True),
    help="Read the query from a file; '-' is standard input.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice([*ROW_FORMATS, *GRAPH_FORMATS]),
    help="How to write the answer. SELECT and ASK: table (by default) to md; CONSTRUCT and DESCRIBE: turtle (by "
    "default) to jsonld.",
)
@LIMIT
@TIMEOUT
def query(
    query: str | None,
    data: tuple[Path, ...],
    file: Path | None,
    form: str | None,
    limit: int | None,
    timeout: float | None,
) -> None:
    """Ask a built graph with SPARQL 1.1.

    The QUERY is an argument, a file (-f) or standard input. It sees the facts of the build and their evidence; of data
    with named graphs, it sees all of them as one unless it names some.
    """
    from ..query.dataset import open_dataset
    from ..query.prefixes import prefixes_of

    text = _text(query, file)
    show(text, open_dataset(data), prefixes_of(data), Shape(form or "", enough(form, limit), timeout))


def _text(query: str | None, file: Path | None) -> str:
    """Return the query from the one place where it is given."""
    if query is not None and file is not None:
        raise UsageError("the query is given twice: as an argument and by --file")
    if query == "-" or str(file) == "-" or (query is None and file is None):
        if query is None and file is None and sys.stdin.isatty():
            raise UsageError("no query is given: write it as an argument, name its file with -f, or pipe it in")
        return _decoded(sys.stdin.buffer.read(), "standard input")
    if file is not None:
        try:
            return _decoded(file.read_bytes(), str(file))
        except OSError as error:
            raise InputError(f"{file}: cannot be read ({(error.strerror or str(error)).lower()})") from error
    return query or ""


def _decoded(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: is no UTF-8 text") from error
