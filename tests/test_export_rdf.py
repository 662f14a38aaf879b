"""``graph.ttl`` and ``evidence.ttl``: legal for every parser, complete, and pleasant to read."""

from __future__ import annotations

import shutil
import subprocess
from collections import Counter
from io import BytesIO

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from pyshacl import validate

import sample
from hostile import builds
from linkatlas.export import evidence, turtle
from linkatlas.model import Build, Evidence, Graph, Node, Source, Statement
from linkatlas.namespaces import ATLAS, expand
from linkatlas.store import terms
from linkatlas.triples import ontology_files
from linkatlas.vocabulary import load

VOCABULARY = load()
PROV = "http://www.w3.org/ns/prov#"
WRITERS = {"graph.ttl": turtle.write, "evidence.ttl": evidence.write}


def written(name: str, build: Build) -> bytes:
    out = BytesIO()
    WRITERS[name](build, VOCABULARY, out)
    return out.getvalue()


def parsed(data: bytes) -> Counter[ox.Triple]:
    """Return the triples of a file, each with the number of times that it is written."""
    return Counter(quad.triple for quad in ox.parse(data, ox.RdfFormat.TURTLE))


def values(data: bytes) -> list[tuple[str, str, str]]:
    """Return the triples of a file as IRIs and texts."""
    return [(text(fact.subject), text(fact.predicate), text(fact.object)) for fact in parsed(data)]


def text(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


def counted_by_rapper(data: bytes) -> int:
    command = ["rapper", "-q", "-i", "turtle", "-o", "ntriples", "-", "https://example.org/"]
    return subprocess.run(command, input=data, capture_output=True, check=True).stdout.count(b" .\n")


needs_rapper = pytest.mark.skipif(shutil.which("rapper") is None, reason="rapper (raptor2-utils) is not installed")


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=60)
@given(build=builds())
def test_rdflib_and_oxigraph_read_the_same_triples(name: str, build: Build) -> None:
    data = written(name, build)
    found = parsed(data)
    assert set(found.values()) == {1}
    graph = rdflib.Graph().parse(data=data, format="turtle")
    assert len(graph) == len(found)
    assert {str(subject) for subject in graph.subjects()} == {text(fact.subject) for fact in found}


@needs_rapper
@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=40)
@given(build=builds())
def test_rapper_reads_as_many_triples(name: str, build: Build) -> None:
    data = written(name, build)
    assert counted_by_rapper(data) == parsed(data).total()


@given(build=builds())
def test_a_fact_survives_in_graph_ttl(build: Build) -> None:
    data = written("graph.ttl", build)
    facts = {ox.Triple(here, name, turtle.sayable(value)) for here, name, value in terms(build.graph, VOCABULARY)}
    assert facts <= set(parsed(data))
    found = set(values(data))
    for node in build.graph.nodes:
        assert (node.iri, expand("skos:prefLabel"), turtle.say(node.label)) in found
    for statement in (*build.graph.statements, *build.graph.inferred):
        assert (statement.subject, expand(statement.predicate), turtle.say(statement.object)) in found


@given(build=builds())
def test_a_reading_survives_in_evidence_ttl(build: Build) -> None:
    about: dict[str, dict[str, str]] = {}
    for subject, predicate, value in values(written("evidence.ttl", build)):
        about.setdefault(subject, {})[predicate] = value
    places = {source.source: source.iri for source in build.graph.sources}
    for statement in build.graph.statements:
        said = statement.evidence
        found = about[f"{build.graph.base_iri}reading/{evidence.reading_name(statement, places[said.source])}"]
        assert found[expand("rdf:subject")] == statement.subject
        assert found[expand("rdf:predicate")] == expand(statement.predicate)
        assert found[expand("rdf:object")] == turtle.say(statement.object)
        assert found[PROV + "wasQuotedFrom"] == f"{places[said.source]}#L{said.line}"
        assert (found[ATLAS + "quote"], found[ATLAS + "line"]) == (turtle.say(said.quote), str(said.line))
        assert found[ATLAS + "rule"] == said.rule
    for statement in build.graph.inferred:
        found = about[f"{build.graph.base_iri}reading/{evidence.reading_name(statement, '')}"]
        if not statement.evidence.premises:
            assert found[PROV + "wasDerivedFrom"] == turtle.dataset_iri(build.graph)
        assert float(found[ATLAS + "confidence"]) == statement.evidence.confidence
        assert ATLAS + "line" not in found


def test_what_was_inferred_is_derived_from_the_surest_reading_of_each_premise() -> None:
    base = "https://example.org/"
    one, other = Evidence("list.md", 1, "a", "weak", 0.5), Evidence("list.md", 2, "b", "strong", 0.9)
    premise = (f"{base}a", "atlas:partOf", f"{base}b")
    follows = Evidence("", 0, "", "rule", 0.9, (premise,))
    graph = Graph(
        base,
        (Node(f"{base}a", "atlas:Tool", "A"), Node(f"{base}b", "atlas:Tool", "B")),
        (Statement(*premise, one), Statement(*premise, other)),
        (Statement(f"{base}b", "atlas:relatedTo", f"{base}a", follows),),
        (Source("list.md", f"{base}list", "", "text/markdown", 9, 2, 2),),
    )
    found = [triple for triple in values(written("evidence.ttl", Build(graph))) if triple[1] == PROV + "wasDerivedFrom"]
    assert [value for _, _, value in found] == [
        f"{base}reading/{evidence.reading_name(Statement(*premise, other), f'{base}list')}"
    ]


@pytest.mark.parametrize("name", WRITERS)
def test_the_files_conform_to_the_shapes(name: str) -> None:
    texts = ontology_files()
    data = rdflib.Graph().parse(data=written("graph.ttl", sample.BUILD), format="turtle")
    data.parse(data=written(name, sample.BUILD), format="turtle")
    shapes = rdflib.Graph().parse(data=texts["shapes.ttl"], format="turtle")
    ontology = rdflib.Graph().parse(data=texts["atlas.ttl"], format="turtle")
    conforms, _, report = validate(data, shacl_graph=shapes, ont_graph=ontology, advanced=True)
    assert conforms, report


def test_a_fact_reads_well() -> None:
    text = written("graph.ttl", sample.BUILD).decode()
    assert (
        "\ntool:kubeflow a atlas:Tool ;\n"
        '    skos:prefLabel "Kubeflow" ;\n'
        '    dcterms:description "machine learning on K8s" ;\n'
        "    schema:url <https://www.kubeflow.org/> ;\n"
        "    atlas:inTopic topic:platforms ;\n"
        "    atlas:runsOn tool:kubernetes .\n"
    ) in text
    sections = [line for line in text.splitlines() if line.startswith("# ----")]
    assert sections[:3] == ["# ---- Topics: 3", "# ---- Tools: 10", "# ---- Programming languages: 1"]
    assert sections[-1] == "# ---- Talks: 1"


def test_a_reading_reads_well() -> None:
    text = written("evidence.ttl", sample.BUILD).decode()
    start = text.index("\n# Apache Airflow runs on Kubernetes\nreading:")
    assert (
        text[start:]
        .partition(" a ")[2]
        .startswith(
            "rdf:Statement ;\n"
            "    rdf:subject tool:apache-airflow ;\n"
            "    rdf:predicate atlas:runsOn ;\n"
            "    rdf:object tool:kubernetes ;\n"
            "    prov:wasQuotedFrom <https://w3id.org/linkatlas/id/list/mlops#L6> ;\n"
            '    atlas:quote "AirFlow on K8S" ;\n'
            "    atlas:line 6 ;\n"
            '    atlas:rule "cue" ;\n'
            "    atlas:confidence 0.95 .\n"
        )
    )


def test_the_dataset_counts_its_own_triples() -> None:
    data = written("graph.ttl", sample.BUILD)
    about = rdflib.URIRef(turtle.dataset_iri(sample.GRAPH))
    graph = rdflib.Graph().parse(data=data, format="turtle")
    assert int(str(graph.value(about, rdflib.VOID.triples))) == len(graph)
    assert int(str(graph.value(about, rdflib.VOID.entities))) == len(sample.GRAPH.nodes)
    run = graph.value(about, rdflib.PROV.wasGeneratedBy)
    assert graph.value(run, rdflib.PROV.used) == rdflib.URIRef(sample.GRAPH.sources[0].iri)


def test_a_fact_is_one_triple_however_often_it_is_read() -> None:
    fact = (sample.iri("tool/apache-airflow"), "atlas:inTopic", sample.iri("topic/workflows"))
    readings = [statement for statement in sample.GRAPH.statements if statement[:3] == fact]
    assert len(readings) == 2
    assert values(written("graph.ttl", sample.BUILD)).count((fact[0], ATLAS + "inTopic", fact[2])) == 1
    reified = values(written("evidence.ttl", sample.BUILD))
    about = {subject for subject, predicate, value in reified if (predicate, value) == (expand("rdf:subject"), fact[0])}
    filed = {subject for subject, predicate, value in reified if (predicate, value) == (expand("rdf:object"), fact[2])}
    assert len(about & filed) == 2


def test_a_reading_weighed_twice_is_written_once_with_the_higher_confidence() -> None:
    fact = (sample.iri("tool/kedro"), "atlas:runsOn", sample.iri("tool/python"))
    readings = tuple(Statement(*fact, Evidence(sample.SOURCE, 1, "q", "r", weight)) for weight in (0.5, 0.9))
    found = values(written("evidence.ttl", Build(sample.GRAPH._replace(statements=readings, inferred=()))))
    assert [value for _, predicate, value in found if predicate == ATLAS + "confidence"] == ["0.9"]


def test_an_iri_that_ends_in_a_dot_is_written_whole() -> None:
    node = sample.GRAPH.nodes[0]._replace(iri="https://schema.org/Thing.")
    data = written("graph.ttl", Build(Graph(sample.GRAPH.base_iri, (node,), ())))
    assert b"<https://schema.org/Thing.> a " in data


def test_another_base_iri_has_its_own_prefixes() -> None:
    node = sample.GRAPH.nodes[0]._replace(iri="https://example.org/kg/tool/x")
    assert b"\ntool:x a " in written("graph.ttl", Build(Graph("https://example.org/kg/", (node,), ())))
