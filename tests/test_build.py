"""Laws of the whole way from lists to a graph: what holds whatever the lists say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkatlas.export import EXPORTERS
from linkatlas.model import Build, Document, Evidence
from linkatlas.namespaces import BASE_IRI
from linkatlas.pipeline import STAGES, build
from linkatlas.read import built_in
from linkatlas.vocabulary import load
from markdown_texts import markdown
from quoting import unfounded
from test_cases import PAGES, read_case

VOCABULARY = load()
CASES = [document._replace(source=path.stem) for path in PAGES for document in read_case(path).lists[:1]]
PIPELINES = """# Awesome Pipelines

## Orchestration
- [Brambleflow](https://brambleflow.dev/) - A workflow engine that runs on Kubernetes. By Lyft.
- [Tidewheel](https://tidewheel.dev/) - An alternative to Jenkins.

## Articles
- [Brambleflow on Spark](https://blog.pondweed.dev/2020/01/12/brambleflow-on-spark)
"""
GARDENS = """# Awesome Gardens

## Orchestration
- [Mulchmaster](https://mulchmaster.dev/) - Plans the beds of a vegetable garden.

## Tools
- [Spade](https://spade.dev/) - A library for the depth of seeds.
"""


def one(text: str, source: str = "list.md") -> Document:
    return Document(source, text)


def written(name: str, built: Build) -> bytes:
    out = BytesIO()
    EXPORTERS[name].write(built, VOCABULARY, out)
    return out.getvalue()


# ---------------------------------------------------------------------------------------------------------- evidence
def test_every_reading_quotes_the_line_that_says_it() -> None:
    """So it is in the seed; `test_cases` sees to each case."""
    document = built_in()
    assert not list(unfounded(build([document], VOCABULARY), [document]))


def test_a_date_in_a_path_is_quoted_from_the_path() -> None:
    built = build([one(PIPELINES)], VOCABULARY)
    quotes = {line.predicate: line.evidence.quote for line in built.graph.statements}
    assert "2020/01/12" in quotes["dcterms:date"]


def test_what_is_inferred_has_no_line() -> None:
    inferred = build([one(PIPELINES)], VOCABULARY).graph.inferred
    assert inferred
    assert {line.evidence[:3] for line in inferred} == {Evidence("", 0, "", "", 0)[:3]}


# ------------------------------------------------------------------------------------------------------------- order
@settings(max_examples=12)
@given(st.lists(st.sampled_from(CASES), min_size=2, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_the_order_of_the_lists_changes_nothing(documents: list[Document], shuffler: object) -> None:
    shuffled = list(documents)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    assert build(shuffled, VOCABULARY) == build(documents, VOCABULARY)


def test_an_unrelated_list_renames_no_node() -> None:
    alone = build([built_in()], VOCABULARY).graph
    together = build([built_in(), one(GARDENS)], VOCABULARY).graph
    names = {node.iri: (node.cls, node.label) for node in together.nodes}
    assert {node.iri: names.get(node.iri) for node in alone.nodes} == {
        node.iri: (node.cls, node.label) for node in alone.nodes
    }
    assert set(alone.statements) <= set(together.statements)


@pytest.mark.slow
def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    for name, text in {"a.md": PIPELINES, "b.md": GARDENS, "c.md": built_in().text}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    outputs = []
    for seed, order in (("0", "abc"), ("4711", "cab")):
        out = tmp_path / seed
        command = [sys.executable, "-m", "linkatlas", "build", "-q", "-o", str(out), *(f"{name}.md" for name in order)]
        subprocess.run(command, cwd=tmp_path, env={**os.environ, "PYTHONHASHSEED": seed}, check=True)
        outputs.append({path.name: path.read_bytes() for path in out.iterdir()})
    assert set(outputs[0]) == {exporter.filename for exporter in EXPORTERS.values()}
    assert [name for name, data in outputs[0].items() if outputs[1].get(name) != data] == []


# ------------------------------------------------------------------------------------------------------------- links
def test_every_link_of_the_built_in_list_is_accounted_for() -> None:
    document = built_in()
    (source,) = build([document], VOCABULARY).graph.sources
    assert source.links == len(re.findall("https?://", document.text))
    assert source.entries == len(re.findall("^- ", document.text, re.MULTILINE))


def test_every_link_has_its_fate_and_a_node_where_it_was_kept() -> None:
    text = (
        "# Awesome Kites\n\n- [Fold](https://fold.example/) - Folds. ([Docs](https://docs.fold.example/), "
        "[more](https://more.example/))\n- [Top](#top)\n"
    )
    graph = build([one(text)], VOCABULARY).graph
    (source,) = graph.sources
    assert [(kept.url, kept.became) for kept in source.kept] == [
        ("https://docs.fold.example/", "evidence"),
        ("https://fold.example/", "entry"),
        ("https://more.example/", "part"),
    ]
    assert {kept.node for kept in source.kept} == {f"{BASE_IRI}tool/fold"}
    assert source.links == len(source.kept) + len(source.skips)


def test_a_link_that_became_nothing_has_its_line_and_reason() -> None:
    text = (
        "# Awesome Pipelines [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)\n\n"
        "Kept by [Pondweed](https://pondweed.dev/).\n\n"
        "## Orchestration\n- [Brambleflow](https://brambleflow.dev/) - A workflow engine.\n\n"
        "## License\n- [CC0](https://creativecommons.org/publicdomain/zero/1.0/)\n"
    )
    (source,) = build([one(text)], VOCABULARY).graph.sources
    assert source.entries == 1
    assert source.links == 1 + len(source.skips)
    reasons = {skip.url: (skip.line, skip.reason) for skip in source.skips}
    assert reasons["https://pondweed.dev/"] == (3, "prose")
    assert reasons["https://creativecommons.org/publicdomain/zero/1.0/"] == (9, "housekeeping")
    assert {line for line, _ in reasons.values()} == {1, 3, 9}


# ----------------------------------------------------------------------------------------------------- any text at all
@pytest.mark.slow
@settings(max_examples=100)
@given(text=markdown())
def test_odd_markdown_builds(text: str) -> None:
    """A build of any text ends, its readings are founded, its links add up, and its files can be read again."""
    document = one(text)
    built = build([document], VOCABULARY)
    assert not list(unfounded(built, [document]))
    (source,) = built.graph.sources
    assert source.links - source.entries - len(source.skips) >= 0
    triples = [quad.triple for quad in ox.parse(written("turtle", built), ox.RdfFormat.TURTLE)]
    assert len(triples) == len(set(triples))
    assert written("statements", built).count(b"\n") > len(built.graph.statements)
    placed = {place.line for node in built.graph.nodes for place in node.listed_at}
    assert placed <= set(range(1, text.count("\n") + 2))


@pytest.mark.slow
@settings(max_examples=60)
@given(st.lists(markdown(), min_size=2, max_size=3))
def test_odd_lists_build_in_any_order(texts: list[str]) -> None:
    documents = [one(text, f"{number}.md") for number, text in enumerate(texts)]
    assert build(documents, VOCABULARY) == build(documents[::-1], VOCABULARY)


def test_no_lists_build_an_empty_graph() -> None:
    assert build([], VOCABULARY) == Build(build([], VOCABULARY).graph._replace(nodes=(), statements=()), ())


# ----------------------------------------------------------------------------------------------- options and progress
def test_the_base_iri_is_an_option() -> None:
    other = "https://example.org/graph#"
    here, there = (build([one(PIPELINES)], VOCABULARY, base).graph for base in (BASE_IRI, other))
    assert {node.iri.replace(other, BASE_IRI) for node in there.nodes} == {node.iri for node in here.nodes}
    assert not any(BASE_IRI in node.iri for node in there.nodes)
    assert len(there.statements) == len(here.statements)


def test_progress_tells_the_stages_in_order() -> None:
    told: list[str] = []
    build([one(PIPELINES)], VOCABULARY, progress=lambda stage, _done, _total: told.append(stage))
    assert tuple(dict.fromkeys(told)) == STAGES


# ----------------------------------------------------------------------------------------------------- the ontology
@pytest.fixture
def ontology(checkout: Path, tmp_path: Path) -> Path:
    """A copy of the ontology, to change."""
    return shutil.copytree(checkout / "ontology", tmp_path / "ontology")


def relations(text: str, folder: Path | None = None) -> set[tuple[str, str, str]]:
    graph = build([one(text)], load(folder)).graph
    labels = {node.iri: node.label for node in graph.nodes}
    return {(labels[line.subject], line.predicate, labels.get(line.object, "")) for line in graph.statements}


def test_without_its_cue_a_relation_is_not_read(ontology: Path) -> None:
    fact = ("Tidewheel", "atlas:alternativeTo", "Jenkins")
    assert fact in relations(PIPELINES)
    lexicon = ontology / "lexicon.ttl"
    text = lexicon.read_text(encoding="utf-8")
    cut = re.sub(r"lex:alternative-to a atlas:Cue ;.*?\.\n\n", "", text, flags=re.DOTALL)
    lexicon.write_text(cut, encoding="utf-8")
    assert cut != text
    found = relations(PIPELINES, ontology)
    assert fact not in found
    assert ("Tidewheel", "atlas:mentions", "Jenkins") in found


def test_a_new_relation_needs_turtle_alone(ontology: Path, checkout: Path) -> None:
    """The README's example: the property for atlas.ttl and the cue for lexicon.ttl are taken from its text."""
    readme = (checkout / "README.md").read_text(encoding="utf-8")
    prop, cue = re.findall(r"^```turtle\n(.*?)^```$", readme.partition("## Teach it a relation")[2], re.M | re.S)[:2]
    text = "# Awesome Pipelines\n\n## Jenkins\n- [Tidewheel](https://tidewheel.dev/) - A fork of Jenkins.\n"
    assert ("Tidewheel", "atlas:forkOf", "Jenkins") not in relations(text)
    for name, added in (("atlas.ttl", prop), ("lexicon.ttl", cue)):
        with (ontology / name).open("a", encoding="utf-8") as file:
            file.write(added)
    found = relations(text, ontology)
    assert ("Tidewheel", "atlas:forkOf", "Jenkins") in found
    assert not {("Tidewheel", f"atlas:{less}", "Jenkins") for less in ("mentions", "relatedTo")} & found
