"""What a person reads when a build is done: what is in the graph, a taste of it, what was left out, where to look."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from math import prod
from pathlib import Path
from textwrap import fill
from typing import TYPE_CHECKING

from .across import disagree, filing, kindred
from .model import Build, Graph, Place

if TYPE_CHECKING:
    from .vocabulary import Vocabulary

WIDTH = 96
MOST_NAMED = 5
"""How many of the things that most lists name are told."""

EXAMPLES = 3
"""How many of the graph's own statements are told."""

Fact = tuple[str, str, str]
"""Subject, predicate, object."""

COMMON = {"atlas:about", "atlas:inTopic", "atlas:mentions", "atlas:publishedBy", "atlas:relatedTo", "skos:broader"}
"""What is said of nearly every entry: told only where there is nothing else to tell."""


def summary(build: Build, vocabulary: Vocabulary, files: Sequence[Path], colour: bool = False) -> str:
    """Return the closing words of a build, a few lines for a terminal.

    `files` are those that were written; `colour` sets the counts and the file to open first in bold.
    """
    bold = _bold if colour else str
    told = [
        _counts(build.graph, vocabulary, bold),
        "\n".join(f"  {sentence}" for sentence in examples(build.graph, vocabulary)),
        _across(build.graph, vocabulary),
        _empty(build),
        _left_out(build, any(path.name == "report.json" for path in files)),
        _where(files, bold),
    ]
    return "\n\n".join(part for part in told if part)


def examples(graph: Graph, vocabulary: Vocabulary) -> list[str]:
    """Return a few of the statements that were read as sentences: sure ones, unlike each other.

    Of those that are equally sure, what several entries say comes first, then what is about well-connected things.
    """
    nodes = {node.iri: node for node in graph.nodes}
    words = {name: term.words for name, term in vocabulary.properties.items() if term.words}
    titled = {cls for cls in vocabulary.classes if vocabulary.is_a(cls, "atlas:Resource")}
    said: dict[Fact, dict[Place, float]] = defaultdict(dict)
    for subject, predicate, target, evidence in graph.statements:
        if predicate in words and subject in nodes and target in nodes:
            place = Place(evidence.source, evidence.line)
            readings = said[subject, predicate, target]
            readings[place] = max(evidence.confidence, readings.get(place, 0.0))
    degrees = Counter(end for fact in said for end in (fact[0], fact[2]))

    def rank(fact: Fact) -> tuple[bool, bool, float, int, int, Fact]:
        common, title = fact[1] in COMMON, nodes[fact[0]].cls in titled
        doubt = prod(1 - confidence for confidence in said[fact].values())
        return common, title, round(doubt, 1), -len(said[fact]), -degrees[fact[0]] - degrees[fact[2]], fact

    def name(iri: str) -> str:
        label = printable(nodes[iri].label)
        return f"“{label}”" if nodes[iri].cls in titled else label

    chosen = _varied(sorted(said, key=rank))
    return [f"{name(one)} {words[predicate]} {name(other).removesuffix('.')}." for one, predicate, other in chosen]


def printable(text: str) -> str:
    r"""Return text as one line that a terminal shows and does not obey: control characters become U+FFFD.

    >>> printable("a\x1b[31m\n b")
    'a\ufffd[31m b'
    """
    return "".join(letter if letter.isprintable() else "\ufffd" for letter in " ".join(text.split()))


def _varied(facts: Sequence[Fact]) -> list[Fact]:
    """Pick the first facts with new subjects and predicates, then with new predicates, then any."""
    picked: list[Fact] = []
    for fields in ((0, 1), (1,), ()):
        for fact in facts:
            if len(picked) == EXAMPLES:
                return picked
            if fact not in picked and all(fact[field] != other[field] for field in fields for other in picked):
                picked.append(fact)
    return picked


def _counts(graph: Graph, vocabulary: Vocabulary, bold: Callable[[str], str]) -> str:
    named = []
    for cls, count in sorted(Counter(node.cls for node in graph.nodes).items(), key=_largest):
        term = vocabulary.classes.get(cls)
        one, many = (term.label, term.plural or term.label) if term else (cls, cls)
        named.append(f"{count:,} {one if count == 1 else many}")
    facts = len({said[:3] for said in graph.statements})
    inferred = f", and {len(graph.inferred):,} more by inference" if graph.inferred else ""
    nodes = fill(f"{_list(named) or 'Nothing'} from {_some(len(graph.lists), 'list')}.", WIDTH)
    return re.sub(
        r"\b\d[\d,]*", lambda number: bold(number[0]), f"{nodes}\n{_some(facts, 'fact')} between them{inferred}."
    )


def _across(graph: Graph, vocabulary: Vocabulary) -> str:
    """Return what several lists say of one thing: what most of them name, and what they file differently."""
    if len(graph.lists) < 2:
        return ""
    entities = [node for node in graph.nodes if node.lists > 1 and vocabulary.is_a(node.cls, "atlas:Entity")]
    most = sorted(entities, key=lambda node: (-node.lists, node.iri))[:MOST_NAMED]
    named = _list([f"{printable(node.label)} ({node.lists:,})" for node in most])
    filed = {iri: lists for iri, lists in filing(graph).items() if len(lists) > 1}
    kin = kindred(graph)
    differing = sum(disagree(lists, kin) for lists in filed.values())
    lines = [f"Of {len(graph.lists):,} lists, most name {named}."] if most else []
    if filed:
        lines.append(
            f"{_some(len(filed), 'thing')} {'stands' if len(filed) == 1 else 'stand'} in several lists;"
            f" they file {differing:,} under different topics."
        )
    return fill(" ".join(lines), WIDTH)


def _empty(build: Build) -> str:
    """Return which lists have no entry, so that somebody who expected some can look: a broken file, a column without a name."""
    empty = [printable(source.source) for source in build.graph.lists if not source.entries]
    more = [f"{len(empty) - MOST_NAMED:,} more"] if len(empty) > MOST_NAMED else []
    return fill(f"No entry was found in {_list([*empty[:MOST_NAMED], *more])}.", WIDTH) if empty else ""


def _left_out(build: Build, reported: bool) -> str:
    """Return what became nothing and what broke a shape, in a line each; nothing where there is none."""
    skips = Counter(skip.reason for source in build.graph.sources for skip in source.skips)
    findings = Counter(finding.severity.lower() for finding in build.findings)
    lines = []
    if skips:
        reasons = ", ".join(f"{reason} × {count:,}" for reason, count in sorted(skips.items(), key=_largest))
        lines.append(f"{_some(skips.total(), 'link')} became nothing: {reasons}.")
    if findings:
        kinds = [_some(count, kind) for kind, count in sorted(findings.items(), key=_largest)]
        lines.append(f"The shapes of the ontology find {_list(kinds)}.")
    if lines and reported:
        lines[-1] += " report.json names each."
    return "\n".join(fill(line, WIDTH) for line in lines)


def _where(files: Sequence[Path], bold: Callable[[str], str]) -> str:
    if not files:
        return ""
    page = next((path for path in files if path.suffix == ".html"), None)
    others = [printable(path.name) for path in files if path != page]
    if page is None:
        return f"Written to {printable(str(files[0].parent))}: {_list(others)}."
    beside = f"\nBeside it: {_list(others)}." if others else ""
    return f"Open {bold(printable(str(page)))} in a browser.{beside}"


def _some(count: int, noun: str) -> str:
    """Return a count with its noun.

    >>> _some(1, "link"), _some(2, "link")
    ('1 link', '2 links')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _list(words: Sequence[str]) -> str:
    """Return words as a list in a sentence.

    >>> _list(["a", "b", "c"])
    'a, b and c'
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _largest(item: tuple[str, int]) -> tuple[int, str]:
    return -item[1], item[0]


def _bold(text: str) -> str:
    return f"\x1b[1m{text}\x1b[0m"
