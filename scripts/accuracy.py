"""Measure how right the graph is: ``python3 scripts/accuracy.py [--rules] [--misses] [--with-corpus FOLDER]``.

Builds each hand-labelled list of ``../shared/gold`` whole, scores its labelled part with the ``score.py`` that lies beside
the labels, and prints in Markdown:

- each list: kinds, headings, precision and recall of the typed relations, F1 of all, names split and merged, and the last
  F1 once more for a build that knows no names (``names.ttl`` emptied);
- each relation, over all lists;
- the lists of other fields whose labels are in ``tests/labels``, and those in ``tests/fresh_labels``, alike;
- how far confidence can be trusted: of the edges said with so much confidence, how many are right. An edge is right
  where its label is required or defensible, and wrong where it is neither.

Shares over all lists have 95 % intervals (Wilson 1927). With ``--with-corpus`` the labelled lists are built
together with all lists of a folder, and what each of them says is scored; with ``--rules`` the last table is by rule;
``--misses`` adds what is wrong or missed.
``scripts/readme.py`` writes the tables into the README.
"""

from __future__ import annotations

import argparse
import csv
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import sqrt
from pathlib import Path
from runpy import run_path
from typing import Any, NamedTuple

import environment

GOLD = environment.CHECKOUT.parent / "shared" / "gold"
FURTHER = environment.CHECKOUT / "tests" / "labels"
FRESH = environment.CHECKOUT / "tests" / "fresh_labels"
CORPUS = environment.CHECKOUT.parent / "shared" / "corpus"
Z = 1.959964
"""The normal quantile of a 95 % interval."""

BINS = (0.0, 0.75, 0.8, 0.85, 0.9, 0.95)
"""Where the bins of confidence begin."""


class Edge(NamedTuple):
    """An edge that was read from labelled lines."""

    rule: str
    confidence: float
    right: bool


class Scored(NamedTuple):
    """What the labels say of the build of one list."""

    name: str
    score: Mapping[str, Any]
    edges: tuple[Edge, ...]
    misses: tuple[Sequence[Any], ...]


def wilson(right: int, said: int) -> tuple[float, float]:
    """Return the 95 % interval of a share (Wilson 1927); all that is possible where nothing was said.

    >>> [round(end, 3) for end in wilson(9, 10)]
    [0.596, 0.982]
    """
    if not said:
        return 0.0, 1.0
    share, weight = right / said, Z * Z / said
    middle = (share + weight / 2) / (1 + weight)
    half = Z * sqrt(share * (1 - share) / said + weight / said / 4) / (1 + weight)
    return max(0.0, middle - half), min(1.0, middle + half)


class Labelled(NamedTuple):
    """A list with labels: the folder that holds these, and its text."""

    folder: Path
    text: Path


def labelled() -> list[Labelled]:
    """Return the hand-labelled lists."""
    return [Labelled(path.parent, path.parent / "list.md") for path in sorted(GOLD.glob("*/gold.jsonl"))]


def further() -> list[Labelled]:
    """Return the lists of other fields whose labels are in ``tests/labels``, where their texts are at hand."""
    return _of_the_corpus(FURTHER)


def fresh() -> list[Labelled]:
    """Return the lists whose labels are in ``tests/fresh_labels``, where their texts are at hand."""
    return _of_the_corpus(FRESH)


def _of_the_corpus(labels: Path) -> list[Labelled]:
    folders = sorted(path.parent for path in labels.glob("*/gold.jsonl"))
    return [Labelled(folder, CORPUS / f"{folder.name}.md") for folder in folders if CORPUS.is_dir()]


def without_names(folder: Path) -> Path:
    """Make a copy of the ontology whose ``names.ttl`` holds no names, and return it."""
    made = shutil.copytree(environment.CHECKOUT / "ontology", folder / "nameless")
    names = made / "names.ttl"
    lines = names.read_text(encoding="utf-8").splitlines(keepends=True)
    names.write_text("".join(line for line in lines if line.startswith("@prefix")), encoding="utf-8")
    return made


def scored(
    folder: Path,
    ontology: Path | None = None,
    corpus: Path | None = None,
    which: Callable[[], Sequence[Labelled]] = labelled,
) -> list[Scored]:
    """Build labelled lists, each by itself or all with a corpus, and return what the labels say."""
    if corpus is None:
        return [_scored(one, _built([one.text], folder / one.folder.name, ontology)) for one in which()]
    out = _built([*(one.text for one in which()), corpus], folder / "corpus", ontology)
    return [_scored(one, part) for one, part in _parts(out, which(), folder)]


def _built(lists: Sequence[Path], out: Path, ontology: Path | None) -> Path:
    command = [sys.executable, "-P", "-m", "linkatlas", "build", "-q", "--format", "nodes,statements", "-o", str(out)]
    subprocess.run([*command, *(["--ontology", str(ontology)] if ontology else []), *map(str, lists)], check=True)
    return out


def _parts(out: Path, lists: Sequence[Labelled], folder: Path) -> Iterator[tuple[Labelled, Path]]:
    """Write the part of a build that each of some lists says: its statements, and the nodes that it lists or they name.

    The scorer looks for headings and names among all nodes that it is given; what other lists call a topic or a tool is no
    role of this list's heading.
    """
    said = {str(one.text): list[Mapping[str, str]]() for one in lists}
    for row in _rows(out / "statements.csv"):
        if row["source"] in said:
            said[row["source"]].append(row)
    nodes = list(_rows(out / "nodes.csv"))
    for one in lists:
        rows = said[str(one.text)]
        named = {row[end] for row in rows for end in ("subject", "object")}
        own = [row for row in nodes if f"{one.text}#L" in row["listed_at"] or row["iri"] in named]
        part = folder / one.folder.name
        part.mkdir(parents=True)
        for name, kept in (("statements.csv", rows), ("nodes.csv", own)):
            with (part / name).open("w", encoding="utf-8", newline="") as file:
                table = csv.DictWriter(file, _head(out / name))
                table.writeheader()
                table.writerows(kept)
        yield one, part


def _head(table: Path) -> list[str]:
    """Return the names of a table's columns."""
    with table.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def _rows(table: Path) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a table of a build."""
    csv.field_size_limit(1 << 27)
    with table.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _scored(one: Labelled, out: Path) -> Scored:
    """Score one list of a build."""
    gold, source = one.folder, str(one.text)
    tables = [str(out / name) for name in ("nodes.csv", "statements.csv")]
    command = [sys.executable, str(GOLD / "score.py"), str(gold), *tables, "--source", source, "--misses"]
    said = subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    score, end = json.JSONDecoder().raw_decode(said)
    misses = tuple(json.loads(line) for line in said[end:].splitlines() if line)
    return Scored(gold.name, score, tuple(_edges(gold, out, source, misses)), misses)


def _edges(gold: Path, out: Path, source: str, misses: Iterable[Sequence[Any]]) -> Iterator[Edge]:
    """Yield the edges that the scorer compared, each once, by its surest reading."""
    wrong = {(miss[0].removeprefix("false "), miss[2], miss[3]) for miss in misses if miss[0].startswith("false ")}
    relations = run_path(str(GOLD / "score.py"))["RELATIONS"]
    ranges = gold / "ranges.json"
    parts = json.loads(ranges.read_text(encoding="utf-8")) if ranges.exists() else [[1, sys.maxsize]]
    surest: dict[tuple[str, str, str], tuple[float, str, bool]] = {}
    for row in _rows(out / "statements.csv"):
        relation = row["predicate"].partition(":")[2]
        inside = row["line"] and any(first <= int(row["line"]) <= last for first, last in parts)
        if row["source"] == source and inside and relation in relations:
            key = relation, row["subject"], row["object"]
            right = (relation, row["subject_label"], row["object_label"]) not in wrong
            surest[key] = max(surest.get(key, (0.0, "", right)), (float(row["confidence"]), row["rule"], right))
    for confidence, rule, right in surest.values():
        yield Edge(rule, confidence, right)


# The tables


def tables(folder: Path, corpus: Path | None = None) -> dict[str, str]:
    """Return the tables by name, in Markdown; `folder` is for the builds."""
    known = scored(folder, corpus=corpus)
    (folder / "bare").mkdir()
    bare = scored(folder / "bare", without_names(folder), corpus)
    (folder / "fields").mkdir()
    fields = scored(folder / "fields", which=further)
    (folder / "fresh").mkdir()
    latest = scored(folder / "fresh", which=fresh)
    return {
        "lists": lists(known, bare),
        "relations": relations(known),
        "confidence": reliability(known),
        "fields": lists(fields),
        "fresh": lists(latest),
    }


def lists(known: Sequence[Scored], bare: Sequence[Scored] = ()) -> str:
    """Return the table of the lists, with the figures of `bare` beside, where there are any."""
    head = [
        "list",
        "entries",
        "kinds",
        "headings",
        "typed: precision",
        "recall",
        "all: F1",
        "split",
        "merged",
        *(["nameless"] if bare else []),
    ]
    rows = []
    for number, one in enumerate(known):
        said, items, same = one.score, one.score["items"], one.score["identity"]
        typed, every = said["typed_relations"], said["all_relations"]
        split = f"{same['split']} of {same['split'] + same['whole']}"
        figures = said["kind_accuracy"], said["heading_accuracy"], typed["p"], typed["r"], every["f1"]
        shown = [_figure(figure) for figure in figures]
        nameless = [_figure(bare[number].score["all_relations"]["f1"])] if bare else []
        rows.append([one.name, str(items["tp"] + items["fn"]), *shown, split, str(same["wrongly_merged"]), *nameless])
    return _table(head, rows)


def relations(known: Sequence[Scored]) -> str:
    """Return the table of the relations over all lists, most said first."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in known:
        for name, figures in one.score["relations"].items():
            counts[name].update({what: figures[what] for what in ("tp", "fp", "fn")})
    rows = []
    for name, found in sorted(counts.items(), key=lambda each: (-each[1]["tp"] - each[1]["fn"], each[0])):
        said, there = found["tp"] + found["fp"], found["tp"] + found["fn"]
        rows.append([f"`{name}`", str(there), _share(found["tp"], said), _share(found["tp"], there)])
    return _table(("relation", "labelled", "precision", "recall"), rows)


def reliability(known: Sequence[Scored]) -> str:
    """Return the table of what was said with how much confidence, and how much of it is right."""
    rows = []
    ends = (*BINS[1:], 1.01)
    for begin, end in zip(BINS, ends, strict=True):
        found = [edge for one in known for edge in one.edges if begin <= edge.confidence < end]
        if found:
            mean = sum(edge.confidence for edge in found) / len(found)
            right = sum(edge.right for edge in found)
            span = f"{begin:.2f} to {end:.2f}" if end < 1 else f"{begin:.2f} and more"
            rows.append([span, f"{mean:.2f}", str(len(found)), str(right), _share(right, len(found))])
    return _table(("confidence", "on average", "edges", "right", "share"), rows)


def by_rule(known: Sequence[Scored]) -> str:
    """Return the table of the rules: what each said with which confidence, and how much of it is right."""
    found: dict[tuple[str, float], list[bool]] = defaultdict(list)
    for one in known:
        for edge in one.edges:
            found[edge.rule, edge.confidence].append(edge.right)
    rows = [
        [rule, f"{confidence:.2f}", str(len(right)), _share(sum(right), len(right))]
        for (rule, confidence), right in sorted(found.items(), key=lambda each: (-len(each[1]), each[0]))
    ]
    return _table(("rule", "confidence", "edges", "right"), rows)


def _share(right: int, said: int) -> str:
    low, high = wilson(right, said)
    return f"{right / said:.3f} ({low:.2f} to {high:.2f})" if said else "none"


def _figure(figure: float | None) -> str:
    return "" if figure is None else f"{figure:.3f}"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "".join(f"| {' | '.join(row)} |\n" for row in (head, ["---"] * len(head), *rows))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--with-corpus", type=Path, metavar="FOLDER", help="build all together with these lists")
    parser.add_argument("--rules", action="store_true", help="print what each rule said, and nothing else")
    parser.add_argument("--misses", action="store_true", help="print what is wrong or missed too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpus = arguments.with_corpus and arguments.with_corpus.resolve()
        if not (arguments.rules or arguments.misses):
            print("\n".join(tables(folder, corpus).values()), end="")
            return
        known = scored(folder, corpus=corpus)
        print(by_rule(known) if arguments.rules else lists(known))
        for one in known if arguments.misses else ():
            for miss in one.misses:
                print(one.name, json.dumps(miss, ensure_ascii=False))


if __name__ == "__main__":
    if Path(sys.prefix) == environment.VENV:
        main()
    else:
        sys.exit(environment.run(__file__, *sys.argv[1:]))
