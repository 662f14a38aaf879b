"""The built-in list has the seed's links, titles and headings, and descriptions of its own."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest

URL = re.compile(r"https?://[^\s)\]]+")
WORD = re.compile(r"[^\W_]+")
LONGEST_RUN = 6
"""More words than this in the seed's order are its sentence, not a fact."""


def lines_of(text: str) -> list[str]:
    return text.split("\n")


def halves(line: str) -> tuple[str, str]:
    """Cut an entry into its title with the first link, and what is said after it."""
    link = URL.search(line)
    if not line.startswith("- ") or link is None:
        return line, ""
    end = link.end() + len(line[link.end() :]) - len(line[link.end() :].lstrip(")]"))
    return line[:end], line[end:]


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = WORD.findall(text.casefold())
    return {tuple(words[start : start + length]) for start in range(len(words) - length + 1)}


@pytest.fixture(scope="module")
def own() -> list[str]:
    return lines_of((files("linkatlas") / "lists" / "mlops.md").read_text(encoding="utf-8"))


@pytest.fixture
def seed(shared: Path) -> list[str]:
    return lines_of((shared / "seed" / "mlops.md").read_text(encoding="utf-8"))


def test_titles_links_and_headings_are_the_seeds(own: list[str], seed: list[str]) -> None:
    assert [halves(line)[0] for line in own] == [halves(line)[0] for line in seed]


def test_every_link_stands_on_the_seeds_line(own: list[str], seed: list[str]) -> None:
    assert [URL.findall(line) for line in own] == [URL.findall(line) for line in seed]


def test_ends_of_lines_are_the_seeds(own: list[str], seed: list[str]) -> None:
    """Spaces at the end, and the bracket too many after Kedro's maker."""
    for ours, theirs in zip(own, seed, strict=True):
        assert re.findall(r"[\s\])]*$", ours)[0] == re.findall(r"[\s\])]*$", theirs)[0]


def test_what_the_seed_describes_is_described(own: list[str], seed: list[str]) -> None:
    assert [bool(halves(line)[1].strip()) for line in own] == [bool(halves(line)[1].strip()) for line in seed]


def test_descriptions_are_our_own_words(own: list[str], seed: list[str]) -> None:
    for ours, theirs in zip(own, seed, strict=True):
        said, copied = URL.sub("", halves(ours)[1]), URL.sub("", halves(theirs)[1])
        if said.strip():
            assert said.strip() != copied.strip(), ours
            assert not runs(said, LONGEST_RUN + 1) & runs(copied, LONGEST_RUN + 1), ours


QUIRKS = [
    "- [ETL Best Practices with Apache Airflow][https://gtoonstra.github.io/etl-with-airflow/index.html]",
    "- [Accelerating Machine Learning App Development with Kubeflow Pipelines (Cloud Next '19](https://www.youtube.com/watch?v=TZ1lGrJLEZ0)",
    "- [Google ](https://cloud.google.com/dataflow/docs/guides/deploying-a-pipeline)",
    "- [Argo CD](https://argoproj.github.io/argo-cd/) ",
    "- https://dotscience.com/about/",
    "## Mlfow (DataBricks)",
    "## Data Versioning & Validation ",
]
FACTS = [
    ("OReilly", "by OReilly, June 2019"),
    ("Kedro", "(by [Quantum Black Labs](https://www.quantumblack.com/labs/)])"),
    ("mlfow", "By [Databricks](https://databricks.com)"),
    ("Seldon", "on a Kubernetes cluster"),
    ("Flyte", "created at Lyft"),
    ("Waimak", "in Apache Spark"),
]


@pytest.mark.parametrize("line", QUIRKS)
def test_quirks_stand(own: list[str], line: str) -> None:
    assert line in own


@pytest.mark.parametrize(("entry", "fact"), FACTS)
def test_facts_stay_readable(own: list[str], entry: str, fact: str) -> None:
    assert any(entry in line and fact in line for line in own)


def test_one_entry_stands_in_two_sections(own: list[str]) -> None:
    entries = [line for line in own if line.startswith("- ")]
    assert [line[:52] for line in entries if entries.count(line) > 1] == [
        "- [Deploying Python ML Models with Flask, Docker and"
    ] * 2
