"""A graph as RDF: legal IRIs, typed dates, each fact once and in order, and a store that answers."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample
from hostile import builds
from linkatlas.iris import iri, is_absolute
from linkatlas.model import Build, Evidence, Graph, Node, Statement
from linkatlas.namespaces import BASE_IRI, expand
from linkatlas.store import (
    construct,
    declared_prefixes,
    literal,
    load,
    prologue,
    select,
    triples,
    value,
)
from linkatlas.vocabulary import load as load_vocabulary

VOCABULARY = load_vocabulary()
SAID = Evidence("list.md", 1, "x", "rule", 0.9)
TOOL = f"{BASE_IRI}tool/a"


def _text(term: object) -> str:
    assert isinstance(term, ox.NamedNode | ox.Literal)
    return term.value


_STARTS = st.sampled_from(["http://", "https://", "http://[::1]:80/", "mailto:", "x:", "http:", "HTTP://a/?q="])
_RESTS = st.text(st.sampled_from("/:@[]?#%| a1é.-\ue000\ud800\U000f0000") | st.characters())


@given(_STARTS, _RESTS)
def test_every_url_becomes_a_legal_iri(start: str, rest: str) -> None:
    made = iri(start + rest)
    assert ox.NamedNode(made).value == made
    assert iri(made) == made


@given(_STARTS, _RESTS)
def test_a_legal_iri_is_left_as_it_is(start: str, rest: str) -> None:
    text = start + rest
    try:
        ox.NamedNode(text)
    except ValueError:
        return
    assert iri(text) == text


@pytest.mark.parametrize(
    ("url", "made"),
    [
        ("https://a.org/x y", "https://a.org/x%20y"),
        ("https://a.org/100%", "https://a.org/100%25"),
        ("https://a.org/%C3%A9", "https://a.org/%C3%A9"),
        ("https://a.org/[x]?y[]=1#z#z", "https://a.org/%5Bx%5D?y%5B%5D=1#z%23z"),
        ("https://a b:port/", "https://a%20b%3Aport/"),
        ("https://user:pass@[::1]:80/ ", "https://user:pass@[::1]:80/%20"),
        ('https://a.org/<script>"\\^`{|}', "https://a.org/%3Cscript%3E%22%5C%5E%60%7B%7C%7D"),
        ("https://流.org/流?q=流#流", "https://流.org/流?q=流#流"),
    ],
)
def test_what_an_iri_forbids_is_percent_encoded(url: str, made: str) -> None:
    assert iri(url) == made


@pytest.mark.parametrize("text", ["", "docs/guide.md", "//a.org/x", "#top", ":x", "1http://a"])
def test_what_has_no_scheme_is_no_iri(text: str) -> None:
    assert not is_absolute(text)
    with pytest.raises(ValueError, match="not an absolute IRI"):
        iri(text)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("2020-02-29", "xsd:date"),
        ("2019-02-29", "xsd:string"),
        ("2019-06", "xsd:gYearMonth"),
        ("2019-13", "xsd:string"),
        ("2019", "xsd:gYear"),
        ("0000", "xsd:string"),
        ("June 2019", "xsd:string"),
        ("2019-06-05T10:00", "xsd:string"),
    ],
)
def test_a_date_is_typed_by_its_form(text: str, datatype: str) -> None:
    assert literal(text) == ox.Literal(text, datatype=ox.NamedNode(expand(datatype)))


def test_objects_are_iris_but_for_properties_with_literals() -> None:
    assert value("atlas:runsOn", TOOL, VOCABULARY) == ox.NamedNode(TOOL)
    assert value("atlas:homepage", "https://a.org/x y", VOCABULARY) == ox.NamedNode("https://a.org/x%20y")
    assert value("atlas:homepage", "docs/x", VOCABULARY) == ox.Literal("docs/x")
    assert value("dcterms:date", "2019", VOCABULARY) == literal("2019")


def test_a_node_reads_class_first_then_names_then_facts() -> None:
    node = Node(TOOL, "atlas:Tool", "A", ("a", "AA"), ("https://a.org/", "https://b.org/", "c/d"), "Says a.")
    facts = (
        Statement(TOOL, "atlas:homepage", "https://a.org/", SAID),
        Statement(TOOL, "atlas:homepage", "https://a.org/", SAID._replace(line=2)),
        Statement(TOOL, "atlas:runsOn", f"{BASE_IRI}tool/b", SAID),
    )
    follows = (Statement(TOOL, "atlas:inTopic", f"{BASE_IRI}topic/t", Evidence("", 0, "", "rule", 0.5)),)
    found = [
        (fact.predicate.value, _text(fact.object))
        for fact in triples(Graph(BASE_IRI, (node,), facts, follows), VOCABULARY)
    ]
    assert found == [
        (expand(name), text)
        for name, text in (
            ("rdf:type", expand("atlas:Tool")),
            ("skos:prefLabel", "A"),
            ("skos:altLabel", "a"),
            ("skos:altLabel", "AA"),
            ("dcterms:description", "Says a."),
            ("schema:url", "https://b.org/"),
            ("atlas:homepage", "https://a.org/"),
            ("atlas:inTopic", f"{BASE_IRI}topic/t"),
            ("atlas:runsOn", f"{BASE_IRI}tool/b"),
        )
    ]


@given(builds())
def test_every_fact_comes_once_and_the_store_holds_them_all(build: Build) -> None:
    found = list(triples(build.graph, VOCABULARY))
    assert found == list(triples(build.graph, VOCABULARY))
    assert len(set(found)) == len(found)
    subjects = [_text(fact.subject) for fact in found]
    assert subjects == sorted(subjects)
    assert {quad.triple for quad in load(build.graph, VOCABULARY)} == set(found)


def test_the_store_answers_without_declared_prefixes() -> None:
    store = load(sample.GRAPH, VOCABULARY)
    query = "SELECT ?name { ?tool atlas:runsOn [ skos:prefLabel 'Kubernetes' ] ; skos:prefLabel ?name } ORDER BY ?name"
    assert next(row["name"].value for row in select(store, query)) == "Apache Airflow"
    query = "CONSTRUCT { ?maker foaf:made ?tool } WHERE { ?tool atlas:developedBy ?maker }"
    made = set(construct(store, query))
    maker, tool = (ox.NamedNode(sample.iri(name)) for name in ("vendor/lyft", "tool/flyte"))
    assert ox.Triple(maker, ox.NamedNode(expand("foaf:made")), tool) in made


def test_a_query_of_another_form_is_refused() -> None:
    store = ox.Store()
    with pytest.raises(ValueError, match="not a SELECT"):
        list(select(store, "ASK {}"))
    with pytest.raises(ValueError, match="not a CONSTRUCT"):
        list(construct(store, "SELECT * {}"))
    with pytest.raises(SyntaxError):
        list(select(store, "SELECT"))


def test_declared_prefixes_are_read_and_written() -> None:
    data = ox.Store()
    data.load(VOCABULARY.files["rules.ttl"], format=ox.RdfFormat.TURTLE)
    assert declared_prefixes(data).keys() == {"atlas", "skos"}
    assert prologue({"b": "http://b/", "a": "http://a/"}) == "PREFIX a: <http://a/> PREFIX b: <http://b/>"
