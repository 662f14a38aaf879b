"""What breaks a shape: every planted fault is found, a good graph has none, and another engine agrees."""

from __future__ import annotations

import time
from io import BytesIO

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate as other_engine
from rdflib import RDF, Namespace
from rdflib import Graph as RdfGraph

import sample
from hostile import builds
from linkatlas.errors import OntologyError
from linkatlas.export import Write, evidence, turtle
from linkatlas.infer import infer
from linkatlas.model import Build, Evidence, Finding, Graph, Node, Statement
from linkatlas.namespaces import BASE_IRI, PREFIXES
from linkatlas.store import triples
from linkatlas.validate import compile_shapes, findings, validate
from linkatlas.vocabulary import Vocabulary, load

VOCABULARY = load()
SHAPE = "https://w3id.org/linkatlas/shapes#"
SH = Namespace(PREFIXES["sh"])
SAID = Evidence("list.md", 1, "x", "rule", 0.9)
SHAPES = RdfGraph().parse(data=VOCABULARY.files["shapes.ttl"], format="turtle")
ONTOLOGY = RdfGraph().parse(data=VOCABULARY.files["atlas.ttl"], format="turtle")
HEADER = (
    "".join(f"@prefix {prefix}: <{space}> .\n" for prefix, space in PREFIXES.items()) + "@prefix : <https://a.org/> .\n"
)

Broken = set[tuple[str, str]]
"""Pairs of a focus node and the name of the shape that it breaks."""


def broken(found: tuple[Finding, ...]) -> Broken:
    return {(finding.node, finding.shape.removeprefix(SHAPE)) for finding in found}


def by_other_engine(text: str, form: str) -> Broken:
    """Run pySHACL over a graph; what a shape's inner shape reports is reported by that one."""
    data = RdfGraph().parse(data=text, format=form)
    _, report, _ = other_engine(data, shacl_graph=SHAPES, ont_graph=ONTOLOGY)
    assert isinstance(report, RdfGraph)
    return {
        (str(report.value(result, SH.focusNode)), str(report.value(result, SH.sourceShape)).removeprefix(SHAPE))
        for result in report.subjects(RDF.type, SH.ValidationResult)
    }


def of_turtle(text: str, vocabulary: Vocabulary = VOCABULARY) -> tuple[Finding, ...]:
    store = ox.Store()
    store.load(text, format=ox.RdfFormat.TURTLE)
    return findings(store, compile_shapes(vocabulary))


def shapes(text: str) -> Vocabulary:
    """Return the vocabulary with one shape, ``:One``, in place of its own."""
    text = f"{HEADER} :One a sh:NodeShape ; sh:targetClass atlas:Tool ; sh:property :Two . :Two a sh:PropertyShape . {text}"
    return VOCABULARY._replace(files={**VOCABULARY.files, "shapes.ttl": text})


# ---- good graphs -----------------------------------------------------------------------------------------------------


def test_a_good_graph_breaks_nothing() -> None:
    whole = sample.GRAPH._replace(inferred=infer(sample.GRAPH, VOCABULARY))
    assert validate(whole, VOCABULARY) == ()
    assert by_other_engine("".join(f"{fact} .\n" for fact in triples(whole, VOCABULARY)), "nt") == set()


@pytest.mark.parametrize("write", [turtle.write, evidence.write], ids=["graph.ttl", "evidence.ttl"])
def test_what_a_build_writes_breaks_nothing(write: Write) -> None:
    out = BytesIO()
    write(Build(sample.GRAPH._replace(inferred=infer(sample.GRAPH, VOCABULARY))), VOCABULARY, out)
    text = out.getvalue().decode("utf-8")
    assert of_turtle(text) == ()
    assert by_other_engine(text, "turtle") == set()


def test_an_ontology_without_shapes_finds_nothing() -> None:
    without = VOCABULARY._replace(files={"atlas.ttl": ""})
    assert validate(sample.GRAPH, without) == ()


# ---- planted faults --------------------------------------------------------------------------------------------------

GOOD = """
:tool a atlas:Tool ; skos:prefLabel "Tool" ; skos:altLabel "tool" ; atlas:runsOn :other ; atlas:homepage <https://b.org/> .
:other a atlas:Tool ; skos:prefLabel "Other" .
:go a atlas:Language ; skos:prefLabel "Go" .
:vendor a atlas:Vendor ; skos:prefLabel "Vendor" .
:jane a atlas:Person ; skos:prefLabel "Jane" .
:post a atlas:Article ; skos:prefLabel "Post" ; dcterms:date "2019-06"^^xsd:gYearMonth .
:event a atlas:Event ; skos:prefLabel "Event" .
:topic a atlas:Topic ; skos:prefLabel "Topic" ; skos:broader :top .
:top a atlas:Topic ; skos:prefLabel "Top" .
:said a rdf:Statement ; rdf:subject :tool ; rdf:predicate atlas:runsOn ; rdf:object :other ; atlas:rule "cue" ;
    atlas:confidence 0.9 ; prov:wasQuotedFrom <https://a.org/list#L12> ; atlas:line 12 ; atlas:quote "on Other" .
:inferred a rdf:Statement ; rdf:subject :tool ; rdf:predicate atlas:runsOn ; rdf:object :top ; atlas:rule "r" ;
    atlas:confidence 1.0 .
"""
RELATIONS = {
    "atlas:inTopic": (":tool", ":topic", ":jane"),
    "atlas:about": (":post", ":vendor", ":topic"),
    "atlas:mentions": (":vendor", ":tool", ":topic"),
    "atlas:relatedTo": (":tool", ":vendor", ":post"),
    "atlas:runsOn": (":go", ":tool", ":vendor"),
    "atlas:basedOn": (":tool", ":go", ":vendor"),
    "atlas:integratesWith": (":tool", ":other", ":vendor"),
    "atlas:alternativeTo": (":tool", ":other", ":vendor"),
    "atlas:partOf": (":tool", ":other", ":vendor"),
    "atlas:implementedIn": (":tool", ":go", ":vendor"),
    "atlas:developedBy": (":go", ":jane", ":post"),
    "atlas:usedBy": (":tool", ":vendor", ":post"),
    "atlas:publishedBy": (":event", ":vendor", ":tool"),
    "atlas:createdBy": (":post", ":jane", ":tool"),
    "atlas:affiliatedWith": (":jane", ":vendor", ":tool"),
    "atlas:presentedAt": (":post", ":event", ":tool"),
    "skos:broader": (":top", ":topic", ":tool"),
    "skos:closeMatch": (":top", ":topic", ":tool"),
}
"""Each with a subject and an object that fit, and a node that is neither."""

FAULTS = [
    (":new a atlas:Tool .", ":new Node-name"),
    (':tool skos:prefLabel "Second" .', ":tool Node-name"),
    (':new a atlas:Tool ; skos:prefLabel "" .', ":new Node-name"),
    (':new a atlas:Tool ; skos:prefLabel "Neu"@de .', ":new Node-name"),
    (':tool skos:altLabel "Tool" .', ":tool Node-name"),
    (':tool skos:altLabel "" .', ":tool Node-alias"),
    (":tool skos:altLabel 7 .", ":tool Node-alias"),
    (":tool a atlas:Person .", ":tool Node-class"),
    (":post a atlas:Vendor .", ":post Node-class"),
    (":tool atlas:runsOn :tool .", ":tool NotItself"),
    (":tool atlas:mentions :tool .", ":tool NotItself"),
    (":top skos:broader :topic .", ":top TopicTree", ":topic TopicTree"),
    (":top skos:broader :top .", ":top TopicTree", ":topic"),
    (":tool atlas:partOf :other . :other atlas:partOf :tool .", ":tool PartTree", ":other PartTree"),
    (":tool atlas:homepage <ftp://b.org/> .", ":tool Address-homepage"),
    (':vendor atlas:homepage "https://b.org/" .', ":vendor Address-homepage"),
    (":vendor atlas:repository <http:///x> .", ":vendor Address-repository"),
    (":tool atlas:documentation <mailto:a@b.org> .", ":tool Address-documentation"),
    (":post atlas:homepage <https://b.org/> .", ":post Address"),
    (':post dcterms:date "2019" .', ":post Date-value"),
    (':post dcterms:date "soon" .', ":post Date-value"),
    (":post dcterms:date 2019 .", ":post Date-value"),
    (':tool dcterms:date "2019"^^xsd:gYear .', ":tool Date"),
    (":topic dcterms:license <https://spdx.org/licenses/MIT> .", ":topic Licence"),
    (':tool dcterms:license "MIT" .', ":tool Licence-value"),
    (':topic schema:keywords "paid" .', ":topic Keyword"),
    (":tool schema:keywords 2019 .", ":tool Keyword-value"),
    (":said rdf:subject :other .", ":said Reading-subject"),
    (':said rdf:predicate "x" .', ":said Reading-predicate"),
    (":inferred rdf:object [] .", ":inferred Reading-object"),
    (':said atlas:rule "another" .', ":said Reading-rule"),
    (
        ":new a rdf:Statement .",
        *(f":new Reading-{part}" for part in ("subject", "predicate", "object", "rule", "confidence")),
    ),
    (":said atlas:confidence 1.1 .", ":said Reading-confidence"),
    (':said atlas:confidence "high" .', ":said Reading-confidence"),
    (":inferred atlas:line 3 .", ":inferred Quotation-place", ":inferred Quotation-quote"),
    (":said atlas:line 0 .", ":said Quotation-line"),
    (":said prov:wasQuotedFrom <https://a.org/list> .", ":said Quotation-place"),
    (':tool atlas:quote "x" .', ":tool Quotation", ":tool Quotation-place", ":tool Quotation-line"),
]
for name, (subject, target, stranger) in RELATIONS.items():
    local = name.partition(":")[2]
    FAULTS.append((f"{stranger} {name} {target} .", f"{stranger} {local}"))
    FAULTS.append((f"{subject} {name} {stranger} .", f"{subject} {local}-object"))
    FAULTS.append((f'{subject} {name} :unknown , "text" .', f"{subject} {local}-object"))


def test_the_graph_that_faults_are_planted_in_is_good() -> None:
    fitting = "".join(
        f"{subject} {name} {target} .\n" for name, (subject, target, _) in RELATIONS.items() if name != "skos:broader"
    )
    assert of_turtle(HEADER + GOOD + fitting) == ()
    assert by_other_engine(HEADER + GOOD + fitting, "turtle") == set()


@pytest.mark.parametrize(
    ("fault", "expected"), [(fault, expected) for fault, *expected in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_every_planted_fault_is_found(fault: str, expected: list[str]) -> None:
    text = HEADER + GOOD + fault
    found = broken(of_turtle(text))
    for pair in expected:
        node, _, shape = pair.partition(" ")
        assert not shape or (f"https://a.org/{node[1:]}", shape) in found


@pytest.mark.slow
@pytest.mark.parametrize("fault", [fault for fault, *_ in FAULTS], ids=[case[0] for case in FAULTS])
def test_another_engine_finds_every_planted_fault(fault: str) -> None:
    text = HEADER + GOOD + fault
    assert broken(of_turtle(text)) == by_other_engine(text, "turtle")


def test_every_shape_has_its_fault() -> None:
    planted = {pair.partition(" ")[2] for _, *expected in FAULTS for pair in expected}
    everything = {str(shape).removeprefix(SHAPE) for shape in SHAPES.subjects() if str(shape).startswith(SHAPE)}
    assert everything - planted == {"Node", "Reading"}  # these two speak of blank nodes: see the next test


def test_a_node_without_an_iri_is_found() -> None:
    text = f'{HEADER} [] a atlas:Tool ; skos:prefLabel "x" . [] a rdf:Statement .'
    assert {shape for _, shape in broken(of_turtle(text))} >= {"Node", "Reading"}


# ---- findings --------------------------------------------------------------------------------------------------------


def test_a_finding_names_the_node_the_shape_and_the_value() -> None:
    tool, vendor = f"{BASE_IRI}tool/a", f"{BASE_IRI}vendor/v"
    nodes = (Node(tool, "atlas:Tool", "A"), Node(vendor, "atlas:Vendor", "V"))
    said = (
        Statement(tool, "atlas:runsOn", vendor, SAID),
        Statement(tool, "atlas:runsOn", vendor, SAID._replace(line=2)),
    )
    assert validate(Graph(BASE_IRI, nodes, said), VOCABULARY) == (
        Finding(tool, f"{SHAPE}runsOn-object", "Violation", f"atlas:runsOn leads to a tool: {vendor}"),
    )


def test_severity_and_message_come_from_the_shape() -> None:
    warning = shapes(
        ':Two sh:path skos:altLabel ; sh:minCount 1 ; sh:severity sh:Warning ; sh:message "needs another name" .'
    )
    (found,) = of_turtle(HEADER + ":go a atlas:Language .", warning)
    assert found == Finding("https://a.org/go", "https://a.org/Two", "Warning", "needs another name")
    plain = shapes(":Two sh:path skos:altLabel ; sh:minCount 1 .")
    (found,) = of_turtle(HEADER + ":go a atlas:Language .", plain)
    assert found == Finding("https://a.org/go", "https://a.org/Two", "Violation", "https://a.org/Two")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (":Two sh:path skos:altLabel ; sh:uniqueLang true .", "Two: sh:uniqueLang is not supported"),
        (":One sh:closed true .", "One: sh:closed is not supported"),
        (":One sh:deactivated true .", "One: sh:deactivated is not supported"),
        (":One sh:not [ sh:class atlas:Vendor ] .", "One: sh:not is not supported"),
        (":Three a sh:NodeShape ; sh:targetNode :x .", "Three: sh:targetNode is not supported"),
        (":Three a sh:NodeShape , rdfs:Class ; sh:nodeKind sh:IRI .", "Three: a shape that is a class"),
        (":Two sh:path [ sh:inversePath atlas:about ] ; sh:minCount 1 .", "Two: sh:path is not supported"),
        (":Two sh:path atlas:about ; sh:property :One .", "Two: sh:property and sh:sparql are not supported"),
        (":One sh:minCount 1 .", "One: sh:minCount needs sh:path"),
        (":One sh:property [ sh:path atlas:about ; sh:minCount 1 ] .", "there is no shape of this name"),
        (":One sh:property [ a sh:PropertyShape ; sh:path atlas:about ] .", "a shape needs an IRI"),
        (":One sh:nodeKind sh:Nonsense .", "One: sh:nodeKind .* is not supported"),
        (":One sh:or ( [ sh:minCount 1 ] ) .", "One: sh:or is not supported but with"),
        (':One sh:sparql [ sh:ask "ASK {}" ] .', "One: sh:ask is not supported in sh:sparql"),
        (':One sh:sparql [ sh:select "SELECT $this {}" ] .', "One: sh:sparql needs a sh:select with a WHERE"),
        (':One sh:sparql [ sh:select "SELECT $this WHERE {" ] .', "One: sh:sparql: error at"),
        (
            ':One sh:sparql [ sh:select "CONSTRUCT { $this a ?o } WHERE { $this ?p ?o }" ] .',
            "One: sh:sparql: .*not a SELECT",
        ),
    ],
)
def test_what_is_not_supported_is_refused(text: str, message: str) -> None:
    with pytest.raises(OntologyError, match=f"shapes.ttl: .*{message}"):
        of_turtle(HEADER, shapes(text))


# ---- the other engine ------------------------------------------------------------------------------------------------

_classes = st.sampled_from(["Tool", "Language", "Vendor", "Person", "Topic", "Article", "Event"]).map("atlas:{}".format)
_names = st.sampled_from(["a", "b", "c", "d"])
_labels = st.sampled_from(["", "x", "y"])
_predicates = st.sampled_from([*RELATIONS, "atlas:homepage", "dcterms:date"])
_targets = _names.map(lambda name: BASE_IRI + name) | st.sampled_from(
    ["2019", "soon", "https://a.org/x y", "ftp://a.org/", "x"]
)


@st.composite
def small_graphs(draw: st.DrawFn) -> Graph:
    nodes = draw(
        st.lists(
            st.builds(Node, _names.map(lambda name: BASE_IRI + name), _classes, _labels, further=st.just(())),
            unique_by=lambda node: node.iri,
        )
    )
    aliased = [node._replace(aliases=draw(st.sampled_from([(), ("",), ("x",), ("z",)]))) for node in nodes]
    ends = _names.map(lambda name: BASE_IRI + name)
    said = draw(st.lists(st.builds(Statement, ends, _predicates, _targets, st.just(SAID)), max_size=8, unique=True))
    return Graph(BASE_IRI, tuple(sorted(aliased)), tuple(sorted(said)))


@pytest.mark.slow
@settings(max_examples=60)
@given(small_graphs())
def test_another_engine_finds_the_same(graph: Graph) -> None:
    text = "".join(f"{fact} .\n" for fact in triples(graph, VOCABULARY))
    assert broken(validate(graph, VOCABULARY)) == by_other_engine(text, "nt")


@given(builds())
def test_no_graph_is_too_odd_to_be_checked(build: Build) -> None:
    found = validate(build.graph, VOCABULARY)
    assert list(found) == sorted(set(found))


@pytest.mark.slow
def test_a_large_graph_takes_seconds() -> None:
    size = 50_000
    topic = Node(f"{BASE_IRI}topic/t", "atlas:Topic", "T")
    tools = [Node(f"{BASE_IRI}tool/{n}", "atlas:Tool", f"Tool {n}", (f"tool-{n}",)) for n in range(size)]
    said = [Statement(tool.iri, "atlas:inTopic", topic.iri, SAID) for tool in tools]
    said += [Statement(tool.iri, "atlas:runsOn", tools[n - 1].iri, SAID) for n, tool in enumerate(tools)]
    said += [Statement(tool.iri, "atlas:homepage", f"https://a.org/{n}", SAID) for n, tool in enumerate(tools)]
    graph = Graph(BASE_IRI, tuple(sorted([topic, *tools])), tuple(sorted(said)))
    start = time.process_time()
    assert validate(graph, VOCABULARY) == ()
    assert time.process_time() - start < 15
