"""The whole way from documents to a graph: parse, survey, describe, resolve, infer, validate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from urllib.parse import urljoin

from .across import counted
from .corrections import Corrections, corrected, held, source_iri, stale
from .describe import describe
from .engine import Spread, one_by_one
from .headings import TITLE
from .infer import infer
from .iris import iri
from .model import Build, Claim, Document, Entry, Graph, Kept, Section, Skip, Source, Statement, Thing
from .names import fold
from .namespaces import BASE_IRI
from .parse import parse
from .resolve import Resolution, Told, gather, resolve
from .survey import Drafted, Listing, Survey, draft, survey
from .topics import near_topics
from .validate import validate
from .vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
"""Called as ``progress(stage, done, total)``."""

STAGES = ("parse", "survey", "describe", "resolve", "infer", "validate")


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def build(
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    base_iri: str = BASE_IRI,
    progress: Progress = silent,
    spread: Spread = one_by_one,
    corrections: Corrections | None = None,
    min_confidence: float = 0.0,
) -> Build:
    """Build the graph of some lists; the same documents in any order give the same graph.

    What is done list by list, or shape by shape, is done as `spread` says: by this process alone, or on all cores
    (`engine.on_all_cores`). Corrections win over what the lists say. Statements of less than `min_confidence` (0 to 1) are
    left out, and then the nodes that nothing else lists or names. Raises `InputError` for a merge of two nodes that cannot
    be one thing.
    """
    made = unvalidated(documents, vocabulary, base_iri, progress, spread, corrections, min_confidence)
    return validated(made, vocabulary, progress, spread)


def unvalidated(
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    base_iri: str = BASE_IRI,
    progress: Progress = silent,
    spread: Spread = one_by_one,
    corrections: Corrections | None = None,
    min_confidence: float = 0.0,
) -> Build:
    """Build the graph of some lists, and leave it to others to look for what breaks a shape."""
    _, resolved = read_lists(documents, vocabulary, base_iri, progress, spread)
    progress("infer", 0, 1)
    graph, notes = concluded(resolved.graph, vocabulary, corrections, min_confidence)
    if corrections is not None or min_confidence:
        graph = without_strays(graph)
    return Build(counted(graph), (), notes)


def validated(made: Build, vocabulary: Vocabulary, progress: Progress = silent, spread: Spread = one_by_one) -> Build:
    """Return a build with what in its graph breaks a shape."""
    progress("validate", 0, 1)
    findings = validate(made.graph, vocabulary, spread)
    progress("validate", 1, 1)
    return made._replace(findings=findings)


def concluded(
    read: Graph, vocabulary: Vocabulary, corrections: Corrections | None = None, min_confidence: float = 0.0
) -> tuple[Graph, tuple[str, ...]]:
    """Return what was read with its corrections and what follows from it; and the corrections that came to nothing."""
    graph = read if corrections is None else corrected(read, corrections, vocabulary)
    graph = graph._replace(statements=sure(graph.statements, min_confidence))
    follows = sorted((*infer(graph, vocabulary), *near_topics(graph, vocabulary)))
    graph = graph._replace(inferred=sure(follows, min_confidence))
    if corrections is None:
        return graph, ()
    notes = stale(corrections, read, graph)
    return graph._replace(inferred=held(graph.inferred, corrections)), notes


def sure(statements: Iterable[Statement], least: float) -> tuple[Statement, ...]:
    """Return the statements of a confidence or more."""
    return tuple(said for said in statements if said.evidence.confidence >= least) if least else tuple(statements)


def without_strays(graph: Graph) -> Graph:
    """Return a graph without the nodes that no list lists and no statement names."""
    named = {end for said in (*graph.statements, *graph.inferred) for end in (said.subject, said.object)}
    return graph._replace(nodes=tuple(node for node in graph.nodes if node.listed_at or node.iri in named))


def read_lists(
    documents: Iterable[Document],
    vocabulary: Vocabulary,
    base_iri: str = BASE_IRI,
    progress: Progress = silent,
    spread: Spread = one_by_one,
) -> tuple[Survey, Resolution]:
    """Read some lists, and return them with the graph of what they say, before anything is inferred from it."""
    lists = sorted(documents)

    def read(document: Document) -> Drafted:
        return draft((_absolute(part, document.url) for part in parse(document, vocabulary.roles)), vocabulary)

    drafted = spread(read, lists, _length, lambda done: progress("parse", done, len(lists)))
    progress("survey", 0, 1)
    found = survey(list(zip(lists, drafted, strict=True)), vocabulary)

    def described(listing: Listing) -> tuple[Told, Source]:
        said = list(describe(listing, found, vocabulary))
        return gather(said), _source(listing, said, base_iri)

    told = spread(
        described,
        found.listings,
        lambda listing: _length(listing.document),
        lambda done: progress("describe", done, len(lists)),
    )
    progress("resolve", 0, 1)
    return found, resolve([told for told, _ in told], [source for _, source in told], vocabulary, base_iri)


def _length(document: Document) -> int:
    return len(document.text)


def _absolute(part: Section | Entry | Skip, base: str) -> Section | Entry | Skip:
    """Return an entry with its relative links resolved, where the list's own address is known."""
    if not base or not isinstance(part, Entry):
        return part
    links = tuple(link._replace(url=urljoin(base, link.url)) for link in part.links)
    return part._replace(url=urljoin(base, part.url), links=links)


def _read(found: Iterable[Thing | Claim]) -> Mapping[int, Collection[str]]:
    """Return the objects of the claims that each line of a list makes: addresses, literals and folded names."""
    read: dict[int, set[str]] = defaultdict(set)
    for claim in found:
        if isinstance(claim, Claim):
            target = claim.object
            names = (target,) if isinstance(target, str) else (fold(target.name), fold(target.spelling))
            read[claim.evidence.line].update(names)
    return read


def _kept(listing: Listing, found: Iterable[Thing | Claim]) -> Iterator[Kept]:
    """Yield what became of the links of a list's entries."""
    read = _read(found)
    for item in listing.items:
        entry, said = item.entry, read.get(item.entry.line, ())
        yield Kept(entry.line, entry.url, "entry", item.thing.key)
        for link in entry.links:
            words = fold(entry.passage.text[link.start : link.end])
            became = "evidence" if link.url in said or (words and words in said) else "part"
            yield Kept(link.line, link.url, became, item.thing.key)


def _source(listing: Listing, found: Iterable[Thing | Claim], base_iri: str) -> Source:
    """Return the account of a list, by what it was found to say."""
    document = listing.document
    parts = sum(1 + len(item.entry.links) for item in listing.items)
    title = next((heading.name for heading in listing.headings if heading.role == TITLE), "")
    return Source(
        source=document.source,
        iri=iri(document.url) if document.url else source_iri(document.source, base_iri),
        title=title,
        media_type=document.media_type,
        characters=len(document.text),
        entries=len(listing.items),
        links=parts + len(listing.skips),
        skips=listing.skips,
        kept=tuple(sorted(_kept(listing, found))),
    )
