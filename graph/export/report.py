"""``report.json``: what was read, and what became of every link of every list.

One JSON object (RFC 8259), UTF-8, without any clock:

- ``base_iri``: what the IRIs of nodes without an address of their own begin with;
- ``sources``: each list with its size, its entries and what became of its links;
- ``links``: the same for all lists together; ``total`` is exactly ``entry`` + ``part`` + ``evidence`` + ``skipped``: the
  links that entries are about, the further links that belong to entries, those of them from which a fact was read, and
  those that became nothing;
- ``skipped``: the reasons in words with their counts, and every such link with its list and line;
- ``nodes`` by class, ``statements`` (readings) by predicate and by rule, and ``facts``, each once, by predicate;
- ``findings``: what breaks a shape of the ontology, worst first;
- ``notes``: corrections that came to nothing, a sentence each;
- ``kept``: what the other fates mean, and every link that is not among the skipped ones, one a line: the number of its
  list among ``sources`` (from 0), its line, its address, what it became, and the node that it belongs to.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any, BinaryIO

from ..model import FATES, SKIP_REASONS
from . import utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Build, Finding, Graph, Source
    from ..vocabulary import Vocabulary

_SEVERITIES = ("Violation", "Warning", "Info")


def write(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:  # noqa: ARG001
    """Write the report of a build."""
    found = report(build)
    rows = found["kept"].pop("links")
    with utf8(out) as text:
        text.write(json.dumps(found, ensure_ascii=False, indent=1).removesuffix("\n }\n}"))
        # A row of its own for each link: indented, the file would have seven lines for it.
        lines = ",\n   ".join(map(json.JSONEncoder(ensure_ascii=False).encode, rows))
        text.write(',\n  "links": [\n   ' + lines + "\n  ]\n }\n}\n")


def report(build: Build) -> dict[str, Any]:
    """Return the report of a build as plain dicts, lists, strings and numbers."""
    graph = build.graph
    return {
        "base_iri": graph.base_iri,
        "sources": [_source(source) for source in graph.sources],
        "links": links(graph.sources),
        "skipped": _skipped(graph.sources),
        "nodes": _counted("class", (node.cls for node in graph.nodes)),
        "statements": {
            **_counted("predicate", (statement.predicate for statement in graph.statements)),
            **_counted("rule", (statement.evidence.rule for statement in graph.statements)),
        },
        "facts": _facts(graph),
        "findings": _findings(build.findings),
        "notes": list(build.notes),
        "kept": {
            "meaning": FATES,
            "columns": ["source", "line", "url", "became", "node"],
            "links": [[number, *kept] for number, source in enumerate(graph.sources) for kept in source.kept],
        },
    }


def links(sources: Iterable[Source]) -> dict[str, int]:
    """Return how many links the lists have, and what became of them.

    >>> from linkatlas.model import Skip, Source
    >>> links([Source("a.md", "https://example.org/a", "A", "text/markdown", 99, 4, 7, (Skip("u", 1, "badge"),))])
    {'total': 7, 'entry': 4, 'part': 2, 'evidence': 0, 'skipped': 1}
    """
    sums = {"total": 0, "entry": 0, "part": 0, "evidence": 0, "skipped": 0}
    for source in sources:
        read = sum(kept.became == "evidence" for kept in source.kept)
        counts = (source.links, source.entries, source.parts - read, read, len(source.skips))
        for fate, count in zip(sums, counts, strict=True):
            sums[fate] += count
    return sums


def _source(source: Source) -> dict[str, Any]:
    return {
        "source": source.source,
        "iri": source.iri,
        "title": source.title,
        "media_type": source.media_type,
        "characters": source.characters,
        "curated": source.curated,
        "entries": source.entries,
        "links": links([source]),
    }


def _skipped(sources: Sequence[Source]) -> dict[str, Any]:
    counts = Counter(skip.reason for source in sources for skip in source.skips)
    return {
        "by_reason": {
            reason: {"count": counts[reason], "meaning": SKIP_REASONS.get(reason, "")} for reason in sorted(counts)
        },
        "links": [
            {"source": source.source, "line": skip.line, "url": skip.url, "reason": skip.reason}
            for source in sources
            for skip in source.skips
        ],
    }


def _facts(graph: Graph) -> dict[str, Any]:
    """Count each fact once, however often it was read."""
    facts = [
        (predicate, first.evidence.source == "") for (_, predicate, _), found in graph.facts for first in [next(found)]
    ]
    inferred = sum(1 for _, is_inferred in facts if is_inferred)
    counts = {"total": len(facts), "read": len(facts) - inferred, "inferred": inferred}
    return counts | _counted("predicate", (predicate for predicate, _ in facts))


def _findings(findings: Iterable[Finding]) -> dict[str, Any]:
    def rank(finding: Finding) -> tuple[int, Finding]:
        known = finding.severity in _SEVERITIES
        return (_SEVERITIES.index(finding.severity) if known else len(_SEVERITIES), finding)

    ranked = [finding._asdict() for finding in sorted(findings, key=rank)]
    return _counted("severity", (finding["severity"] for finding in ranked)) | {"all": ranked}


def _counted(what: str, values: Iterable[str]) -> dict[str, Any]:
    """Return a total and the count of each value, by name.

    >>> _counted("class", ["atlas:Tool", "atlas:Talk", "atlas:Tool"])
    {'total': 3, 'by_class': {'atlas:Talk': 1, 'atlas:Tool': 2}}
    """
    counts = Counter(values)
    return {"total": counts.total(), f"by_{what}": dict(sorted(counts.items()))}
