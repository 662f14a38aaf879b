"""Draw edges of a build to read by eye: ``python3 scripts/corpus_sample.py BUILD [--seed N] [--count N] [--keep FILE]``.

BUILD is the folder of a build. Of the edges between two nodes that were read, at least 15 of each relation are drawn, the
rest from all; each is printed with the line that says it. The same seed draws the same edges from the same build.

``--keep`` adds those that are new to a table of names, relation, list, line and verdict (none of a list's text), the verdict
to be filled in: ``right`` or ``wrong``. ``tests/test_corpus_sample.py`` reads it. ``--verdicts`` draws nothing and prints what
a build says of such a table: of the edges of each relation and of each rule, how many are still said, and how many are right.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

RELATIONS = (
    "skos:broader",
    "atlas:inTopic",
    "atlas:about",
    "atlas:relatedTo",
    "atlas:mentions",
    "atlas:runsOn",
    "atlas:basedOn",
    "atlas:integratesWith",
    "atlas:alternativeTo",
    "atlas:partOf",
    "atlas:implementedIn",
    "atlas:developedBy",
    "atlas:usedBy",
    "atlas:publishedBy",
    "atlas:createdBy",
    "atlas:affiliatedWith",
    "atlas:presentedAt",
)
"""Those between two nodes."""

EACH = 15
"""At least so many edges of each relation."""

COLUMNS = ("subject", "relation", "object", "list", "line", "verdict")


class Edge(NamedTuple):
    """An edge, and the first line that says it."""

    subject: str
    relation: str
    object: str
    source: str
    line: int
    quote: str
    rule: str
    confidence: str


def edges(build: Path) -> list[Edge]:
    """Return the edges between two nodes that were read, each once, sorted."""
    csv.field_size_limit(1 << 27)
    found: dict[tuple[str, str, str], Edge] = {}
    with (build / "statements.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["line"] and row["predicate"] in RELATIONS:
                edge = Edge(
                    row["subject_label"],
                    row["predicate"],
                    row["object_label"],
                    row["source"],
                    int(row["line"]),
                    row["quote"],
                    row["rule"],
                    row["confidence"],
                )
                found.setdefault((row["subject"], row["predicate"], row["object"]), edge)
    return sorted(found.values())


def drawn(every: Sequence[Edge], count: int, seed: int) -> list[Edge]:
    """Return a sample, sorted: so many edges, and at least `EACH` of each relation that has so many.

    >>> edge = Edge("a", "runsOn", "b", "l", 1, "q", "r", "0.9")
    >>> len(drawn([edge._replace(line=line) for line in range(99)], 20, seed=1))
    20
    """
    chance = random.Random(seed)  # noqa: S311
    relations: dict[str, list[Edge]] = defaultdict(list)
    for edge in every:
        relations[edge.relation].append(edge)
    picked: set[Edge] = set()
    for name in sorted(relations):
        picked.update(chance.sample(relations[name], min(EACH, len(relations[name]))))
    rest = [edge for edge in every if edge not in picked]
    picked.update(chance.sample(rest, max(0, min(count - len(picked), len(rest)))))
    return sorted(chance.sample(sorted(picked), min(count, len(picked))))


def shown(picked: Iterable[Edge]) -> Iterator[str]:
    """Yield each edge in words, with the line that says it where the list is there."""
    for number, edge in enumerate(picked, 1):
        path = Path(edge.source)
        text = path.read_text(encoding="utf-8", errors="replace").splitlines() if path.is_file() else []
        yield f"{number:3}  {edge.subject} | {edge.relation} | {edge.object}   ({edge.rule}, {edge.confidence})"
        yield f"     {path.name}:{edge.line}  “{' '.join(edge.quote.split())}”"
        if edge.line <= len(text):
            yield f"     {text[edge.line - 1].strip()[:300]}"
        yield ""


def kept(table: Path) -> dict[tuple[str, ...], str]:
    """Return the verdicts of a table by subject, relation, object, list and line; none where there is no table."""
    if not table.exists():
        return {}
    with table.open(encoding="utf-8", newline="") as file:
        return {tuple(row[name] for name in COLUMNS[:-1]): row["verdict"] for row in csv.DictReader(file)}


def keep(picked: Iterable[Edge], table: Path) -> None:
    """Add the edges that a table lacks, without a verdict; it stays sorted."""
    rows = kept(table)
    for edge in picked:
        rows.setdefault((edge.subject, edge.relation, edge.object, Path(edge.source).name, str(edge.line)), "")
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*row, verdict) for row, verdict in sorted(rows.items()))


def folded(text: str) -> str:
    """Return a name without what its spellings differ in: a node may get another of them for its name."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def said(build: Path, table: Path) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield each edge of a table that has a verdict, with the verdict and the rule that says it in a build, if any does."""
    names: dict[str, set[str]] = defaultdict(set)
    with (build / "nodes.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names[row["iri"]] = {folded(name) for name in (row["label"], *row["aliases"].split("|"))}
    rules: dict[tuple[str, str, str, str, str], tuple[float, str]] = {}
    with (build / "statements.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["line"] and row["predicate"] in RELATIONS:
                how = float(row["confidence"]), row["rule"]
                for subject in names[row["subject"]]:
                    for target in names[row["object"]]:
                        key = subject, row["predicate"], target, Path(row["source"]).name, row["line"]
                        rules[key] = max(rules.get(key, how), how)
    for edge, verdict in kept(table).items():
        if verdict:
            subject, relation, target, source, line = edge
            confidence, rule = rules.get((folded(subject), relation, folded(target), source, line), (0.0, ""))
            yield edge, verdict, f"{rule}, {confidence}" if rule else ""


def told(found: Iterable[tuple[tuple[str, ...], str, str]]) -> Iterator[str]:
    """Yield what became of a table's edges: counts for each relation and rule, and the wrong ones that are still said."""
    every = list(found)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for edge, verdict, rule in every:
        for name in (edge[1], f"rule {rule}") if rule else (edge[1],):
            counts[name][f"{verdict} {'said' if rule else 'not said'}"] += 1
    for name, count in sorted(counts.items()):
        lost = f", {count['right not said']} right ones not said" if count["right not said"] else ""
        yield f"{name}: {count['right said']} right of {count['right said'] + count['wrong said']}{lost}"
    for edge, verdict, rule in every:
        if bool(rule) is (verdict == "wrong"):
            yield f"{verdict}, {'still' if rule else 'no more'} said: {' | '.join(edge)}  ({rule})"


def main() -> None:
    """Print a sample, and keep it where that is asked for; or what a build says of one that was read."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("build", type=Path, metavar="BUILD", help="the folder of a build")
    parser.add_argument("--seed", type=int, default=1, help="which sample (1)")
    parser.add_argument("--count", type=int, default=300, help="how many edges (300)")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="the table to add them to")
    parser.add_argument(
        "--verdicts", type=Path, metavar="FILE", help="a table that was read, to compare the build with"
    )
    arguments = parser.parse_args()
    if arguments.verdicts:
        sys.stdout.writelines(f"{line}\n" for line in told(said(arguments.build, arguments.verdicts)))
        return
    picked = drawn(edges(arguments.build), arguments.count, arguments.seed)
    sys.stdout.writelines(f"{line}\n" for line in shown(picked))
    if arguments.keep:
        keep(picked, arguments.keep)


if __name__ == "__main__":
    main()
