"""The whole way from documents to a graph: parse, survey, describe, resolve, infer, validate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain
from urllib.parse import urljoin

from .describe import describe
from .engine import Spread, one_by_one
from .headings import TITLE
from .infer import infer
from .iris import iri
from .model import Build, Claim, Document, Entry, Kept, Section, Skip, Source, Thing
from .names import fold
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
    said = _said(chain.from_iterable(claims))
    sources = [_source(listing, said, base_iri) for listing in found.listings]
    graph = resolve(chain.from_iterable(claims), sources, vocabulary, base_iri)
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


_Said = Mapping[tuple[str, int], Collection[str]]
"""The objects of the claims that each line of a list makes: addresses, literals and folded names."""


def _said(found: Iterable[Thing | Claim]) -> _Said:
    said: dict[tuple[str, int], set[str]] = defaultdict(set)
    for claim in found:
        if isinstance(claim, Claim):
            target = claim.object
            names = (target,) if isinstance(target, str) else (fold(target.name), fold(target.spelling))
            said[claim.evidence.source, claim.evidence.line].update(names)
    return said


def _kept(listing: Listing, said: _Said) -> Iterator[Kept]:
    """Yield what became of the links of a list's entries."""
    source = listing.document.source
    for item in listing.items:
        entry, read = item.entry, said.get((source, item.entry.line), ())
        yield Kept(entry.line, entry.url, "entry", item.thing.key)
        for link in entry.links:
            words = fold(entry.passage.text[link.start : link.end])
            became = "evidence" if link.url in read or (words and words in read) else "part"
            yield Kept(link.line, link.url, became, item.thing.key)


def _source(listing: Listing, said: _Said, base_iri: str) -> Source:
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
        kept=tuple(sorted(_kept(listing, said))),
    )


def _source_iri(source: str, base_iri: str) -> str:
    return iri(source if source.startswith(("http://", "https://")) else f"{base_iri}list/{source.lstrip('./')}")
