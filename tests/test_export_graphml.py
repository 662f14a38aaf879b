"""``graph.graphml``: well-formed whatever a list says, and read by networkx as it was meant."""

from __future__ import annotations

from collections import defaultdict
from io import BytesIO
from xml.etree import ElementTree

import networkx as nx
from hypothesis import given

import sample
from hostile import builds, spoken
from linkatlas.export import graphml
from linkatlas.model import Build, Evidence, Graph, Statement
from linkatlas.vocabulary import load

VOCABULARY = load()
SPACE = "{http://graphml.graphdrawing.org/xmlns}"


def written(build: Build) -> bytes:
    out = BytesIO()
    graphml.write(build, VOCABULARY, out)
    return out.getvalue()


def read(build: Build) -> nx.MultiDiGraph[str]:
    network = nx.read_graphml(BytesIO(written(build)), force_multigraph=True)
    assert isinstance(network, nx.MultiDiGraph)
    return network


def legal(text: str) -> str:
    """Return a text as XML 1.0 can hold it."""
    return "".join(c if c in "\t\n\r" or " " <= c <= "\ufffd" or c > "\uffff" else "\ufffd" for c in spoken(text))


def test_networkx_reads_the_sample() -> None:
    network = read(sample.BUILD)
    airflow, kubernetes = sample.iri("tool/apache-airflow"), sample.iri("tool/kubernetes")
    assert network.is_directed()
    assert network.number_of_nodes() == len(sample.GRAPH.nodes)
    assert network.nodes[airflow] == {
        "label": "Apache Airflow",
        "class": "atlas:Tool",
        "aliases": "AirFlow | Airflow",
        "urls": "https://airbnb.io/projects/airflow/ https://airflow.apache.org/ https://github.com/apache/airflow",
        "description": "plans workflows as graphs.",
        "homepage": "https://airflow.apache.org/",
        "repository": "https://github.com/apache/airflow",
    }
    (edge,) = network.get_edge_data(airflow, kubernetes).values()
    assert edge["label"] == "runs on"
    assert (edge["predicate"], edge["count"], edge["confidence"]) == ("atlas:runsOn", 1, 0.95)
    assert edge["evidence"] == "lists/mlops.md, line 6: AirFlow on K8S"
    assert network.nodes[sample.CROWDSTRIKE_TALK]["date"] == "2019-06"


def test_an_edge_gathers_its_readings() -> None:
    network = read(sample.BUILD)
    (edge,) = network.get_edge_data(sample.iri("tool/apache-airflow"), sample.iri("topic/workflows")).values()
    assert edge["count"] == 2
    assert edge["evidence"] == "lists/mlops.md, line 5: Workflows\nlists/mlops.md, line 8: Workflows"
    (edge,) = network.get_edge_data(sample.iri("tool/kubeflow-pipelines"), sample.iri("tool/kubernetes")).values()
    assert (edge["count"], edge["evidence"]) == (0, "inferred by part-runs-where-whole-runs")


def test_long_evidence_is_cut() -> None:
    one, other = sample.GRAPH.nodes[:2]
    readings = tuple(
        Statement(one.iri, "atlas:about", other.iri, Evidence("a.md", line, "x" * 999, "r", 0.5))
        for line in range(1, 9)
    )
    (edge,) = (
        read(Build(Graph("https://example.org/", (one, other), readings))).get_edge_data(one.iri, other.iri).values()
    )
    assert edge["count"] == 8
    assert edge["evidence"].splitlines()[0] == f"a.md, line 1: {'x' * 199}…"
    assert edge["evidence"].endswith("\nand 5 more")


def test_two_relations_of_two_nodes_are_two_edges() -> None:
    one, other = sample.GRAPH.nodes[:2]
    said = Evidence("a.md", 1, "q", "r", 0.5)
    facts = tuple(Statement(one.iri, predicate, other.iri, said) for predicate in ("atlas:about", "atlas:mentions"))
    network = nx.read_graphml(BytesIO(written(Build(Graph("https://example.org/", (one, other), facts)))))
    assert sorted(edge["predicate"] for _, _, edge in network.edges(data=True)) == ["atlas:about", "atlas:mentions"]


def test_every_value_has_a_declared_key() -> None:
    root = ElementTree.fromstring(written(sample.BUILD))  # noqa: S314
    keys = {(key.get("for"), key.get("id")) for key in root.iter(SPACE + "key")}
    for kind in ("node", "edge"):
        assert {(kind, data.get("key")) for element in root.iter(SPACE + kind) for data in element} <= keys
    assert [element.tag.removeprefix(SPACE) for element in root][-1] == "graph"


@given(build=builds())
def test_a_fact_survives_in_graphml(build: Build) -> None:
    network = read(build)
    edges = {(one, edge["predicate"], other) for one, other, edge in network.edges(data=True)}
    values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    known = {node.iri for node in build.graph.nodes}
    for subject, predicate, value in sorted({fact[:3] for fact in (*build.graph.statements, *build.graph.inferred)}):
        if value in known:
            assert (subject, predicate, value) in edges
        else:
            values[subject, predicate.rpartition(":")[2]].append(value)
    for (subject, name), said in values.items():
        assert network.nodes[subject].get(name, "") == legal(" ".join(said))
    for node in build.graph.nodes:
        assert network.nodes[node.iri].get("label", "") == legal(node.label)
