"""``linkatlas build``: read lists, make the graph, write its files, and say what was found."""

from __future__ import annotations

import gc
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import InputError, LinkatlasError, UsageError
from ..namespaces import BASE_IRI
from .terminal import colour, progress_bar, say, standard_output

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

    from ..model import Build, Document
    from ..pipeline import Progress
    from ..vocabulary import Vocabulary

SEVERITIES = ("violation", "warning", "info")
"""What ``--fail-on`` takes, the gravest first; each stands for itself and those before it."""

_VALIDATING = 170
"""About how long it takes to validate a graph, in hundredths of the time for its ``graph.ttl``."""

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+[/#:]$")


class _BuildCommand(click.Command):
    """A command whose help ends with the formats, as the table of exporters has them."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from ..export import EXPORTERS

        with formatter.section("Formats"):
            formatter.write_dl([(name, f"{each.filename}: {each.title}") for name, each in EXPORTERS.items()])
        super().format_epilog(ctx, formatter)


def _formats(_: click.Context, __: click.Parameter, value: tuple[str, ...]) -> list[str]:
    """Return the formats that are asked for, all where none is, in the order of the table."""
    from ..export import EXPORTERS

    asked = {name.strip() for names in value for name in names.split(",")}
    for name in sorted(asked - set(EXPORTERS)):
        raise click.BadParameter(f"{name!r} is not one of {', '.join(EXPORTERS)}.")
    return [name for name in EXPORTERS if name in asked or not asked]


def _complete_formats(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    from ..export import EXPORTERS

    before, comma, last = incomplete.rpartition(",")
    return [
        CompletionItem(f"{before}{comma}{name}", help=exporter.title)
        for name, exporter in EXPORTERS.items()
        if name.startswith(last)
    ]


def _base_iri(_: click.Context, __: click.Parameter, value: str) -> str:
    if not _IRI.match(value):
        raise click.BadParameter(f"{value!r} is not an absolute IRI that ends with '/', '#' or ':'.")
    return value


def _complete_sources(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(incomplete, type="file")]


@click.command(
    cls=_BuildCommand,
    epilog="""
\b
Examples:
  linkatlas build                                  the built-in list, into output/
  linkatlas build mylist.md lists/ -o there        a file and a folder, into there/
  linkatlas build 'lists/**/*.md'                  every file that matches
  linkatlas build github:owner/repo@v2             the README of a tag
  linkatlas build https://example.org/links.html   a page
  curl -s https://example.org/a.md | linkatlas build -
  linkatlas build list.md --format turtle -o - | less

\b
Exit codes:
  0    done
  1    the graph has findings of the kind that --fail-on names
  2    the call is wrong
  3    a source cannot be read, the output not written, or a process of the build was killed
  4    a source on the network cannot be had
  130  stopped with Ctrl-C
Of several sources, those that can be read are built; the others are named.
""",
)
@click.argument("sources", metavar="[SOURCE]...", nargs=-1, shell_complete=_complete_sources)
@click.option(
    "-o",
    "--output",
    metavar="DIR",
    default="output",
    show_default=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="The folder for the files; made if it is not there. '-' writes the one format that --format names to "
    "standard output.",
)
@click.option(
    "--format",
    "formats",
    metavar="NAME[,NAME]...",
    multiple=True,
    callback=_formats,
    shell_complete=_complete_formats,
    help="What to write; may be given several times. All formats where it is not given.",
)
@click.option(
    "--base-iri",
    metavar="IRI",
    default=BASE_IRI,
    show_default=True,
    callback=_base_iri,
    help="What the IRIs of tools, vendors, topics and people begin with.",
)
@click.option(
    "--ontology",
    metavar="DIR",
    type=click.Path(path_type=Path, file_okay=False),
    help="A folder of Turtle files to use instead of the built-in ontology.",
)
@click.option(
    "--corrections",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A Turtle file of reviewed facts, denials and merges, which win over what the lists say.",
)
@click.option(
    "--min-confidence",
    metavar="N",
    type=click.FloatRange(0, 1),
    default=0.0,
    help="Leave out statements of a confidence below N (0 to 1), and the nodes that nothing else names.",
)
@click.option(
    "--with-sparql",
    is_flag=True,
    help="Make a graph.html that answers SPARQL in the browser, offline; some 2 MB larger.",
)
@click.option(
    "--fail-on",
    type=click.Choice(SEVERITIES, case_sensitive=False),
    help="End with exit code 1 where the graph breaks a shape of this severity or a graver one.",
)
@click.option(
    "--explain-skips",
    is_flag=True,
    help="Print, for each list, what became of its links, and each that became nothing with the reason.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def build(
    sources: tuple[str, ...],
    output: Path,
    formats: list[str],
    base_iri: str,
    ontology: Path | None,
    corrections: Path | None,
    min_confidence: float,
    with_sparql: bool,
    fail_on: str | None,
    explain_skips: bool,
    quiet: bool,
) -> None:
    """Build the graph of one or several lists.

    A SOURCE is a file, a folder, a glob, '-' (standard input), a web address, a GitHub page's address or
    github:owner/repo[@branch]. Without one, linkatlas builds its own list of MLOps resources.
    """
    folder = None if str(output) == "-" else output
    if folder is None and len(formats) != 1:
        raise UsageError("standard output takes one format: name it with --format")
    if with_sparql and "html" not in formats:
        raise UsageError("--with-sparql is about the format html: name that too")
    problems: list[LinkatlasError] = []
    with _without_collector(), progress_bar(not quiet and sys.stderr.isatty()) as progress:
        made = _built(sources, folder, ontology, base_iri, corrections, min_confidence, problems, progress)
        made, files = _write(folder, formats, with_sparql, made, progress) if made else (None, [])
    told: list[LinkatlasError | str] = [*problems, *(made[0].notes if made else ())]
    for one in told:
        say(one)
    if made is not None:
        built, vocabulary = made
        if explain_skips:
            from ..skips import explanation

            click.echo(explanation(built.graph.sources))
        if not quiet:
            from ..summary import summary

            coloured = colour()
            click.echo(summary(built, vocabulary, files, coloured), err=True, color=coloured)
        if not problems and _fails(built, fail_on):
            raise click.exceptions.Exit(1)
    if problems:
        raise click.exceptions.Exit(min(problem.exit_code for problem in problems))


@contextmanager
def _without_collector() -> Iterator[None]:
    """Stop the cyclic garbage collector: records make no cycles, and it would walk millions of them again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _built(
    sources: Sequence[str],
    folder: Path | None,
    ontology: Path | None,
    base_iri: str,
    corrections: Path | None,
    min_confidence: float,
    problems: list[LinkatlasError],
    progress: Progress,
) -> tuple[Build, Vocabulary] | None:
    """Build the graph of what can be read, not validated yet; None where nothing can. What cannot be read goes to `problems`."""
    from ..corrections import read_corrections
    from ..engine import on_all_cores
    from ..export import EXPORTERS
    from ..output import prepare
    from ..pipeline import unvalidated
    from ..read import built_in, read_all
    from ..vocabulary import load

    vocabulary = load(ontology)
    corrected = read_corrections(corrections, vocabulary) if corrections is not None else None
    # The next build of a folder must not read what this one writes there.
    own = {(folder / exporter.filename).resolve() for exporter in EXPORTERS.values()} if folder else set()
    named = read_all(sources, problems.append, leave=own) if sources else iter([built_in()])
    documents = _readable(named, problems, progress)
    first = next(documents, None)
    if first is None:
        return None
    if folder is not None:
        prepare(folder)
    documents = chain([first], documents)
    made = unvalidated(documents, vocabulary, base_iri, progress, on_all_cores, corrected, min_confidence)
    return made, vocabulary


def _readable(documents: Iterator[Document], problems: list[LinkatlasError], progress: Progress) -> Iterator[Document]:
    """Yield the documents that a parser reads, and tell how many there were."""
    from ..parse import PARSERS

    for number, document in enumerate(documents, 1):
        progress("read", number, 0)
        if document.media_type in PARSERS:
            yield document
        else:
            problems.append(InputError(f"{document.source}: no parser reads {document.media_type}"))


def _write(
    folder: Path | None,
    names: Sequence[str],
    with_sparql: bool,
    made: tuple[Build, Vocabulary],
    progress: Progress,
) -> tuple[tuple[Build, Vocabulary], list[Path]]:
    """Write the formats to a folder, or the one format to standard output; return what was made, validated, and the files.

    The one format that tells what was found is written behind that; the others are, while it is looked for.
    """
    from ..engine import beside, on_all_cores
    from ..export import EXPORTERS, WITH_SPARQL
    from ..output import write_all
    from ..pipeline import validated
    from ..validate import validate

    built, vocabulary = made
    exporters = WITH_SPARQL if with_sparql else EXPORTERS
    before = folder is None or "report" in names
    if before:
        built = validated(built, vocabulary, progress, on_all_cores)
    progress("write", 0, len(names))
    if folder is None:
        with standard_output():
            exporters[names[0]].write(built, vocabulary, sys.stdout.buffer)
        return (built, vocabulary), []
    found = [*built.findings]
    effort = _VALIDATING * len(built.graph.statements)
    look = beside(on_all_cores, lambda: validate(built.graph, vocabulary), effort, found.extend)
    files = write_all(folder, names, built, vocabulary, on_all_cores if before else look, exporters)
    return (built._replace(findings=tuple(found)), vocabulary), files


def _fails(built: Build, fail_on: str | None) -> bool:
    if fail_on is None:
        return False
    grave = SEVERITIES[: SEVERITIES.index(fail_on) + 1]
    return any(finding.severity.lower() in grave for finding in built.findings)
