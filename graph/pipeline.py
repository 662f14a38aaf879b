"""The whole way from documents to a graph: parse, survey, describe, resolve, infer, validate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from urllib.parse import urljoin

from .describe import describe
from .headings import TITLE
from .infer import infer
from .iris import iri
from .model import Build, Claim, Document, Entry, Section, Skip, Source, Thing
from .namespaces import BASE_IRI
from .parse import parse
from .resolve import Resolution, resolve
from .survey import Listing, Survey, survey
from .validate import validate
from .vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
"""Called as ``progress(stage, done, total)``."""

STAGES = ("parse", "survey", "describe", "resolve", "infer", "validate")


def silent(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def build(
    documents: Iterable[Document], vocabulary: Vocabulary, base_iri: str = BASE_IRI, progress: Progress = silent
) -> Build:
    """Build the graph of some lists; the same documents in any order give the same graph."""
    _, resolved = read_lists(documents, vocabulary, base_iri, progress)
    progress("infer", 0, 1)
    graph = resolved.graph._replace(inferred=infer(resolved.graph, vocabulary))
    progress("validate", 0, 1)
    findings = validate(graph, vocabulary)
    progress("validate", 1, 1)
    return Build(graph, findings)


def read_lists(
    documents: Iterable[Document], vocabulary: Vocabulary, base_iri: str = BASE_IRI, progress: Progress = silent
) -> tuple[Survey, Resolution]:
    """Read some lists, and return them with the graph of what they say, before anything is inferred from it."""
    lists = sorted(documents)
    parsed = []
    for number, document in enumerate(lists):
        progress("parse", number, len(lists))
        parsed.append((document, tuple(_absolute(part, document.url) for part in parse(document, vocabulary.roles))))
    progress("survey", 0, 1)
    found = survey(parsed, vocabulary)
    claims: list[Thing | Claim] = []
    for number, listing in enumerate(found.listings):
        progress("describe", number, len(lists))
        claims += describe(listing, found, vocabulary)
    progress("resolve", 0, 1)
    sources = [_source(listing, base_iri) for listing in found.listings]
    return found, resolve(claims, sources, vocabulary, base_iri)


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
