"""The graph of the built-in list: the files that are kept as golden, what every RDF tool reads in them, what it says."""

from __future__ import annotations

import difflib
import shutil
import subprocess
from functools import cache
from io import BytesIO
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate

from linkatlas.export import EXPORTERS
from linkatlas.model import Build, Document
from linkatlas.pipeline import build
from linkatlas.read import built_in
from linkatlas.triples import ontology_files
from linkatlas.vocabulary import load

GOLDEN = Path(__file__).parent / "golden"
FILES = {EXPORTERS[name].filename: name for name in ("turtle", "evidence", "nodes", "statements")}
KEPT = sorted(path.name for path in GOLDEN.iterdir())

SENTENCES = """
    Apache Airflow | runsOn | Kubernetes | AirFlow on K8S
    Apache Airflow | developedBy | Apache Software Foundation | Airflow (Apache, Originally AirBnb)
    Apache Airflow | developedBy | Airbnb | Airflow (Apache, Originally AirBnb)
    Apache Airflow | usedBy | CrowdStrike | How we used AirFlow at CrowdStrike
    MLflow | developedBy | Databricks | By [Databricks](https://databricks.com)
    Flyte | developedBy | Lyft | created at Lyft
    Kedro | developedBy | QuantumBlack | by [Quantum Black Labs](https://www.quantumblack.com/labs/)
    Kubeflow Pipelines | partOf | Kubeflow | with Kubeflow Pipelines (Cloud Next '19
    Waimak | runsOn | Apache Spark | in Apache Spark
    Seldon Core | runsOn | Kubernetes | on a Kubernetes cluster
"""
"""Subject, property and object, and words of the line that says it."""


@cache
def built() -> Build:
    return build([built_in()], load())


@cache
def written(filename: str) -> bytes:
    out = BytesIO()
    EXPORTERS[FILES[filename]].write(built(), load(), out)
    return out.getvalue()


@pytest.mark.parametrize("filename", KEPT)
def test_the_output_is_the_golden_one(filename: str) -> None:
    expected, found = (GOLDEN / filename).read_bytes(), written(filename)
    if found != expected:
        before, now = (data.decode("utf-8").splitlines() for data in (expected, found))
        changes = [line[:160] for line in difflib.unified_diff(before, now, "golden", "built", n=0, lineterm="")]
        shown = "\n".join(changes[:40])
        pytest.fail(
            f"{shown}\n{len(changes)} lines of difference. If this is as it should be: python3 scripts/golden.py",
            pytrace=False,
        )


@pytest.mark.parametrize("filename", ["graph.ttl", "evidence.ttl"])
def test_rdf_tools_read_the_same_triples(filename: str) -> None:
    data = written(filename)
    count = len({quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE)})
    assert len(rdflib.Graph().parse(data=data, format="turtle")) == count
    if shutil.which("rapper") is None:
        pytest.skip("rapper (raptor2-utils) is not installed")
    command = ["rapper", "-q", "-i", "turtle", "-o", "ntriples", "-", "https://example.org/"]
    ran = subprocess.run(command, input=data, capture_output=True, check=True)
    assert ran.stdout.count(b" .\n") == count


def test_the_graph_conforms_to_the_shapes() -> None:
    """By pySHACL, as anyone may run it: facts and evidence as data, the ontology for the subclasses."""
    data, shapes, ontology = rdflib.Graph(), rdflib.Graph(), rdflib.Graph()
    for filename in ("graph.ttl", "evidence.ttl"):
        data.parse(data=written(filename), format="turtle")
    files = ontology_files()
    shapes.parse(data=files["shapes.ttl"], format="turtle")
    ontology.parse(data=files["atlas.ttl"], format="turtle")
    conforms, _, report = validate(data, shacl_graph=shapes, ont_graph=ontology, advanced=True)
    assert conforms, report


def test_the_build_finds_nothing_wrong() -> None:
    assert built().findings == ()


def said(graph_of: Build, subject: str, predicate: str, target: str) -> list[int]:
    """Return the lines that state a relation between two nodes, each given by any of its names."""
    names = {node.iri: {node.label, *node.aliases} for node in graph_of.graph.nodes}
    return [
        line.evidence.line
        for line in graph_of.graph.statements
        if line.predicate == f"atlas:{predicate}"
        and subject in names[line.subject]
        and target in names.get(line.object, ())
    ]


def missing(built_graph: Build, text: str) -> list[str]:
    lines = text.split("\n")
    sentences = [[part.strip() for part in sentence.split("|")] for sentence in SENTENCES.strip().splitlines()]
    return [
        f"{subject} {predicate} {target}"
        for subject, predicate, target, words in sentences
        if not any(words.casefold() in lines[at - 1].casefold() for at in said(built_graph, subject, predicate, target))
    ]


def test_the_graph_says_what_a_reader_of_the_list_would() -> None:
    assert missing(built(), built_in().text) == []


def test_the_graph_of_the_seed_says_the_same(shared: Path) -> None:
    text = (shared / "gold" / "seed" / "list.md").read_text(encoding="utf-8")
    assert missing(build([Document("seed.md", text)], load()), text) == []
