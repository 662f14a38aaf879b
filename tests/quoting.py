"""Whether each reading of a build quotes words that stand where it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from linkatlas.model import Build, Document, Entry, Section
from linkatlas.parse import parse
from linkatlas.vocabulary import load

VOCABULARY = load()


def sayings(document: Document) -> dict[int, list[str]]:
    """Return, by line, the source texts that a reading from that line may quote: its own and the headings' above it.

    One that stands in no other may be the list's title, which is above all.
    """
    headings: dict[int, str] = {}
    outermost: list[str] = []
    texts: dict[int, list[str]] = defaultdict(list)
    for part in parse(document, VOCABULARY.roles):
        if isinstance(part, Section):
            headings[part.line] = part.passage.raw
            texts[part.line].append(part.passage.raw)
            outermost += () if part.path else (part.passage.raw,)
        elif isinstance(part, Entry):
            texts[part.line] += [part.passage.raw, part.url, *(fact.quote for fact in part.facts)]
            texts[part.line] += [headings[line] for line in part.path]
    return {line: said + outermost for line, said in texts.items()}


def unfounded(built: Build, documents: Sequence[Document]) -> Iterator[str]:
    """Yield the readings whose quote does not stand where they say."""
    known = {document.source: (document.text, sayings(document)) for document in documents}
    for statement in built.graph.statements:
        source, line, quote, rule, confidence, _ = statement.evidence
        text, texts = known[source]
        if not quote or quote not in text:
            yield f"{source}: not in the list: {quote!r} ({rule})"
        elif not any(quote in said for said in texts.get(line, [])):
            yield f"{source}, line {line}: does not say {quote!r} ({rule})"
        if not (rule and 0 < confidence <= 1):
            yield f"{source}, line {line}: {rule!r} with confidence {confidence}"
