"""The whole way from documents to a graph: parse, survey, describe, resolve, infer, validate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import chain
from urllib.parse import urljoin

from .describe import describe
from .engine import Spread, one_by_one
from .headings import TITLE
from .infer import infer
from .iris import iri
from .model import Build, Claim, Document, Entry, Section, Skip, Source, Thing
from .namespaces import BASE_IRI
from .parse import parse
from .resolve import resolve
from .survey import Drafted, Listing, draft, survey
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
) -> Build:
    """Build the graph of some lists; the same documents in any order give the same graph.

    What is done list by list is done as `spread` says: by this process alone, or on all cores (`engine.on_all_cores`).
    """
    lists = sorted(documents)

    def read(document: Document) -> Drafted:
        return draft((_absolute(part, document.url) for part in parse(document, vocabulary.roles)), vocabulary)

    read_lists = spread(read, lists, _length, lambda done: progress("parse", done, len(lists)))
    progress("survey", 0, 1)
    found = survey(list(zip(lists, read_lists, strict=True)), vocabulary)

    def described(listing: Listing) -> list[Thing | Claim]:
        return list(describe(listing, found, vocabulary))

    claims = spread(
        described,
        found.listings,
        lambda listing: _length(listing.document),
        lambda done: progress("describe", done, len(lists)),
    )
    progress("resolve", 0, 1)
    graph = resolve(
        chain.from_iterable(claims), [_source(listing, base_iri) for listing in found.listings], vocabulary, base_iri
    )
    progress("infer", 0, 1)
    graph = graph._replace(inferred=infer(graph, vocabulary))
    progress("validate", 0, 1)
    findings = validate(graph, vocabulary)
    progress("validate", 1, 1)
    return Build(graph, findings)


def _length(document: Document) -> int:
    return len(document.text)


def _absolute(part: Section | Entry | Skip, base: str) -> Section | Entry | Skip:
    """Return an entry with its relative links resolved, where the list's own address is known."""
    if not base or not isinstance(part, Entry):
        return part
    links = tuple(link._replace(url=urljoin(base, link.url)) for link in part.links)
    return part._replace(url=urljoin(base, part.url), links=links)


def _source(listing: Listing, base_iri: str) -> Source:
    document = listing.document
    parts = sum(1 + len(item.entry.links) for item in listing.items)
    title = next((heading.name for heading in listing.headings if heading.role == TITLE), "")
    return Source(
        source=document.source,
        iri=iri(document.url) if document.url else _source_iri(document.source, base_iri),
        title=title,
        media_type=document.media_type,
        characters=len(document.text),
        entries=len(listing.items),
        links=parts + len(listing.skips),
        skips=listing.skips,
    )


def _source_iri(source: str, base_iri: str) -> str:
    return iri(source if source.startswith(("http://", "https://")) else f"{base_iri}list/{source.lstrip('./')}")
