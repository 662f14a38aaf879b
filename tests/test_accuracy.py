"""The accuracy script: its intervals, and what it makes of labels that are right, wrong and arguable."""

from __future__ import annotations

import doctest
import json
import sys
from pathlib import Path

import pytest

from conftest import CHECKOUT

sys.path.insert(0, str(CHECKOUT / "scripts"))

import accuracy

LIST = """# Awesome Pipelines

- [Tidewheel](https://tidewheel.dev/) - Runs on Kubernetes, written in Go. A scheduler by Airbnb.
- [Brambledb](https://b.dev/) - Runs on Kubernetes.
"""
LABELS = [
    {
        "line": 3,
        "name": "Tidewheel",
        "kind": "Tool",
        "kinds_ok": ["Tool"],
        "url": "https://tidewheel.dev/",
        "edges": [["Tidewheel", "runsOn", "Kubernetes"], ["Tidewheel", "usedBy", "Netflix"]],
        "maybe": [["Tidewheel", "implementedIn", "Go"]],
    }
]


def test_the_examples_in_its_docstrings_hold() -> None:
    assert doctest.testmod(accuracy).failed == 0


@pytest.mark.parametrize(
    ("right", "said", "low", "high"), [(0, 0, 0, 1), (0, 10, 0, 0.2775), (10, 10, 0.7225, 1), (45, 50, 0.7864, 0.9565)]
)
def test_intervals_are_those_of_the_books(right: int, said: int, low: float, high: float) -> None:
    """The figures are those of R's ``prop.test(..., correct = FALSE)``."""
    assert accuracy.wilson(right, said) == pytest.approx((low, high), abs=1e-4)


@pytest.fixture
def labelled(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    gold = tmp_path / "gold"
    (gold / "small").mkdir(parents=True)
    (gold / "score.py").write_bytes((shared / "gold" / "score.py").read_bytes())
    for name, text in {
        "list.md": LIST,
        "gold.jsonl": "\n".join(map(json.dumps, LABELS)),
        "headings.json": "[]",
        "aliases.json": "{}",
        "ranges.json": "[[1, 3]]",
    }.items():
        (gold / "small" / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(accuracy, "GOLD", gold)
    return gold


@pytest.mark.usefixtures("labelled")
def test_what_is_required_and_what_is_defensible_is_right_and_the_rest_is_wrong(tmp_path: Path) -> None:
    (small,) = accuracy.scored(tmp_path)
    assert sorted((edge.rule, edge.right) for edge in small.edges) == [
        ("by", False),
        ("implemented-in", True),
        ("runs-on", True),
    ]
    assert accuracy.relations([small]).splitlines()[2:] == [
        "| `runsOn` | 1 | 1.000 (0.21 to 1.00) | 1.000 (0.21 to 1.00) |",
        "| `usedBy` | 1 | none | 0.000 (0.00 to 0.79) |",
        "| `developedBy` | 0 | 0.000 (0.00 to 0.79) | none |",
    ]
    assert accuracy.reliability([small]).splitlines()[2:] == [
        "| 0.90 to 0.95 | 0.90 | 1 | 0 | 0.000 (0.00 to 0.79) |",
        "| 0.95 and more | 0.95 | 2 | 2 | 1.000 (0.34 to 1.00) |",
    ]


def test_with_other_lists_only_the_labelled_one_is_scored(labelled: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "other.md").write_text(LIST.replace("tidewheel", "ferncast").replace("Tidewheel", "Ferncast"), "utf-8")
    alone, together = accuracy.scored(tmp_path / "a"), accuracy.scored(tmp_path / "b", corpus=corpus)
    assert [one.score for one in alone] == [one.score for one in together]
    assert labelled.is_dir()


def test_the_ontology_without_names_is_whole_but_for_them(tmp_path: Path) -> None:
    from linkatlas.vocabulary import load

    bare = load(accuracy.without_names(tmp_path))
    assert not bare.names
    assert bare.before == load().before


def summed(found: list[accuracy.Scored], relations: str) -> dict[str, int]:
    """How many edges of some lists are right, wrong and missing, together."""
    return {what: sum(one.score[relations][what] for one in found) for what in ("tp", "fp", "fn")}


@pytest.mark.slow
def test_built_with_all_lists_of_the_corpus_the_labelled_ones_keep_their_figures(shared: Path, tmp_path: Path) -> None:
    """What other lists call things takes nothing from what a list says: the figures asked of each list hold in one graph."""
    found = accuracy.scored(tmp_path, corpus=shared / "corpus")
    assert len(found) == 6
    for one in found:
        typed, same = one.score["typed_relations"], one.score["identity"]
        assert one.score["kind_accuracy"] >= 0.95, one.name
        assert one.score["heading_accuracy"] >= 0.95, one.name
        assert typed["p"] >= 0.95, one.name
        assert typed["r"] >= 0.88, one.name
        assert one.score["all_relations"]["f1"] >= 0.92, one.name
        assert same["wrongly_merged"] == 0, one.name
        assert same["split"] * 50 <= same["split"] + same["whole"], one.name


@pytest.mark.slow
def test_lists_of_other_fields_keep_their_figures(shared: Path, tmp_path: Path) -> None:
    """Over all of `tests/labels`: what is said is right, most of what the lists say is said, and names are kept apart."""
    assert shared / "corpus" == accuracy.CORPUS
    found = accuracy.scored(tmp_path, which=accuracy.further)
    assert len(found) == 28
    every = summed(found, "all_relations")
    typed = summed(found, "typed_relations")
    assert typed["tp"] / (typed["tp"] + typed["fp"]) >= 0.95
    assert typed["tp"] / (typed["tp"] + typed["fn"]) >= 0.82
    assert every["tp"] / (every["tp"] + (every["fp"] + every["fn"]) / 2) >= 0.87
    assert all(one.score["items"]["f1"] >= 0.98 and one.score["name_accuracy"] >= 0.98 for one in found)
    assert sum(one.score["identity"]["wrongly_merged"] for one in found) == 0


@pytest.mark.slow
def test_lists_labelled_last_keep_their_figures(shared: Path, tmp_path: Path) -> None:
    """Over all of `tests/fresh_labels`: the figures that this set of rules reached, a little rounded down."""
    assert shared / "corpus" == accuracy.CORPUS
    found = accuracy.scored(tmp_path, which=accuracy.fresh)
    assert len(found) == 295
    every = summed(found, "all_relations")
    assert every["tp"] / (every["tp"] + every["fp"]) >= 0.94
    assert every["tp"] / (every["tp"] + (every["fp"] + every["fn"]) / 2) >= 0.86
