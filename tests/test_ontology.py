"""The ontology itself: legal for every parser, complete, consistent, and aligned with terms that exist."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib import DCTERMS, DOAP, FOAF, OWL, PROV, RDF, RDFS, SKOS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from linkatlas.errors import OntologyError
from linkatlas.namespaces import ATLAS, PREFIXES, expand
from linkatlas.triples import ontology_files
from linkatlas.vocabulary import load

FILES = ontology_files()
AT = Namespace(ATLAS)
SH = Namespace(PREFIXES["sh"])
HERE = URIRef(ATLAS.rstrip("#"))
KNOWN = (rdflib.DCAT, DCTERMS, DOAP, FOAF, OWL, PROV, RDF, RDFS, rdflib.SDO, SKOS, rdflib.XSD)
"""Vocabularies whose terms rdflib knows by name."""
ALIGNMENTS = (RDFS.subClassOf, RDFS.subPropertyOf, OWL.equivalentClass, OWL.equivalentProperty, SKOS.closeMatch)


def parsed(name: str) -> Graph:
    return Graph().parse(data=FILES[name], format="turtle")


ONTOLOGY = parsed("atlas.ttl")
OWN = sorted({term for term in ONTOLOGY.subjects() if isinstance(term, URIRef) and term in AT})
CLASSES = sorted(term for term in OWN if (term, RDF.type, OWL.Class) in ONTOLOGY)
PROPERTIES = sorted(
    term
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in ONTOLOGY.subjects(RDF.type, kind)
    if isinstance(term, URIRef)
)


def members(head: Node | None) -> set[Node]:
    """The members of an RDF list."""
    assert head is not None
    return set(Collection(ONTOLOGY, head))


def names(terms: list[URIRef]) -> list[str]:
    return [str(term).removeprefix(ATLAS) for term in terms]


@pytest.mark.parametrize("name", FILES)
def test_rdflib_and_oxigraph_read_the_same_triples(name: str) -> None:
    # Blank nodes count as one another's equals: to match hundreds of them takes minutes.
    triples = (quad.triple for quad in ox.parse(FILES[name], format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
    other = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES), format="nt")
    assert _anonymous(other) == _anonymous(parsed(name))


def _anonymous(graph: Graph) -> Counter[tuple[str, ...]]:
    return Counter(tuple("_:" if isinstance(term, BNode) else term.n3() for term in triple) for triple in graph)


def test_the_header_describes_the_ontology() -> None:
    assert (HERE, RDF.type, OWL.Ontology) in ONTOLOGY
    for said in (DCTERMS.title, DCTERMS.description, DCTERMS.license, OWL.versionInfo):
        assert len(set(ONTOLOGY.objects(HERE, said))) == 1, said


@pytest.mark.parametrize("term", OWN, ids=names(OWN))
def test_every_term_says_what_it_is(term: URIRef) -> None:
    assert len(set(ONTOLOGY.objects(term, RDF.type))) >= 1
    for said in (RDFS.label, RDFS.comment):
        texts = list(ONTOLOGY.objects(term, said))
        assert len(texts) == 1 and isinstance(texts[0], Literal) and texts[0].language == "en" and str(texts[0]), said
    assert list(ONTOLOGY.objects(term, RDFS.isDefinedBy)) == [HERE]


@pytest.mark.parametrize("term", [term for term in OWN if str(term).removeprefix(ATLAS)[0].islower()])
def test_every_property_has_one_domain_and_one_range(term: URIRef) -> None:
    # Several would mean: in all of them at once. A union has a class of its own.
    for said in (RDFS.domain, RDFS.range):
        assert len(list(ONTOLOGY.objects(term, said))) == 1, said


@pytest.mark.parametrize("term", PROPERTIES, ids=names(PROPERTIES))
def test_every_property_reads_as_a_sentence_in_both_directions(term: URIRef) -> None:
    for said in (AT.inWords, AT.inverseInWords):
        words = [str(text) for text in ONTOLOGY.objects(term, said)]
        assert len(words) == 1 and re.fullmatch("[a-z][a-z ]+[a-z]", words[0]), said


def test_every_class_that_a_node_can_have_has_a_plural() -> None:
    unions = {term for term in CLASSES if (term, OWL.unionOf, None) in ONTOLOGY}
    assert {term for term in CLASSES if (term, AT.plural, None) in ONTOLOGY} == set(CLASSES) - unions


@pytest.mark.parametrize("term", [*CLASSES, *PROPERTIES], ids=names([*CLASSES, *PROPERTIES]))
def test_a_term_is_aligned_with_terms_that_exist(term: URIRef) -> None:
    aligned = [other for how in ALIGNMENTS for other in ONTOLOGY.objects(term, how)]
    for other in aligned:
        assert isinstance(other, URIRef)
        assert other in OWN or any(other in space for space in KNOWN), f"no vocabulary has {other}"
    unaligned = {
        AT.Entity,
        AT.Item,
        AT.rule,
        AT.confidence,
        AT.listCount,
    }  # two unions, and three of which no vocabulary speaks
    assert aligned or term in unaligned or term not in AT


def test_a_schema_org_term_that_does_not_exist_would_be_found() -> None:
    assert URIRef("https://schema.org/SoftwareApplication") in rdflib.SDO
    assert URIRef("https://schema.org/SoftwareAplication") not in rdflib.SDO


def test_unions_and_their_members_agree() -> None:
    for union, head in ONTOLOGY.subject_objects(OWL.unionOf):
        assert set(ONTOLOGY.subjects(RDFS.subClassOf, union)) == members(head), union
    kinds = members(ONTOLOGY.value(AT.Resource, OWL.disjointUnionOf))
    assert kinds == set(ONTOLOGY.subjects(RDFS.subClassOf, AT.Resource))


def test_no_class_is_below_two_that_exclude_each_other() -> None:
    axiom = ONTOLOGY.value(None, RDF.type, OWL.AllDisjointClasses)
    apart = members(ONTOLOGY.value(axiom, OWL.members))
    assert apart
    for term in CLASSES:
        above = {top for top in ONTOLOGY.transitive_objects(term, RDFS.subClassOf) if top in apart}
        assert len(above) <= 1, f"{term} is a {above}"


def test_superproperties_reach_as_far() -> None:
    # What a subproperty may join, its superproperty has to allow; only DCTERMS and FOAF state such limits here.
    limits: dict[Node, URIRef] = {
        DCTERMS.creator: DCTERMS.Agent,
        DCTERMS.publisher: DCTERMS.Agent,
        FOAF.page: FOAF.Document,
    }
    for term in PROPERTIES:
        for above in ONTOLOGY.objects(term, RDFS.subPropertyOf):
            if above in limits:
                reach = ONTOLOGY.value(term, RDFS.range)
                assert limits[above] in set(ONTOLOGY.transitive_objects(reach, RDFS.subClassOf)), term


@pytest.mark.parametrize("name", FILES)
def test_no_file_uses_a_term_that_is_not_defined(name: str) -> None:
    graph = parsed(name)
    used = {str(term) for triple in graph for term in triple if isinstance(term, URIRef) and term.startswith(ATLAS)}
    queries = [str(text) for how in (SH.select, SH.construct) for text in graph.objects(None, how)]
    used |= {expand(found) for text in queries for found in re.findall(r"\batlas:\w+", text)}
    assert sorted(used - set(map(str, OWN)) - {ATLAS}) == []


def test_the_contract_and_the_ontology_name_the_same_terms(shared: Path) -> None:
    text = (shared / "semantics" / "SEMANTICS.md").read_text(encoding="utf-8")
    rows = {name for line in text.splitlines() if line.startswith("| `") for name in re.findall("`([^`]+)`", line)}
    kinds = set(re.findall("`([A-Z][A-Za-z]+)`", text.partition("Resource kinds")[2].partition("Headings are")[0]))
    properties = {name for name in rows if re.fullmatch("(?:atlas|skos|dcterms):[a-z][A-Za-z]+", name)}
    classes = {name for name in rows if re.fullmatch("atlas:[A-Z][A-Za-z]+", name)} | {
        f"atlas:{kind}" for kind in kinds
    }
    vocabulary = load()
    assert classes == {name for name, term in vocabulary.classes.items() if term.plural}
    evidence = {"atlas:confidence", "atlas:line", "atlas:quote", "atlas:rule"}
    beside = {"dcterms:license", "schema:keywords"}  # what stands beside an entry in a field or a tag of its own
    across = {"atlas:listCount", "skos:closeMatch"}  # what no single list says
    assert properties == set(vocabulary.properties) - evidence - beside - across


def test_shapes_and_ontology_agree_on_domains_and_ranges() -> None:
    shapes = parsed("shapes.ttl")
    for term in PROPERTIES:
        domain, reach = ONTOLOGY.value(term, RDFS.domain), ONTOLOGY.value(term, RDFS.range)
        if domain in CLASSES:
            found = {shapes.value(shape, SH["class"]) for shape in shapes.subjects(SH.targetSubjectsOf, term)}
            assert found - {None} == {domain}, f"the domain of {term}"
        if reach in CLASSES:
            found = {shapes.value(shape, SH["class"]) for shape in shapes.subjects(SH.path, term)}
            assert found == {reach}, f"the range of {term}"


@pytest.mark.parametrize("name", ["shapes.ttl", "rules.ttl"])
def test_shapes_and_rules_say_what_they_are_for(name: str) -> None:
    graph = parsed(name)
    for shape in graph.subjects(RDF.type, SH.PropertyShape):
        assert all((shape, said, None) in graph for said in (SH.name, SH.message, SH.severity)), shape
    for shape in graph.subjects(RDF.type, SH.NodeShape):
        assert (shape, RDFS.label, None) in graph, shape
    for rule in graph.subjects(RDF.type, SH.SPARQLRule):
        assert all((rule, said, None) in graph for said in (RDFS.label, RDFS.comment, AT.confidence)), rule
        assert (None, SH.rule, rule) in graph, f"{rule} belongs to no shape, so that no engine runs it"


def test_a_cue_calls_a_known_thing_by_its_label(tmp_path: Path) -> None:
    """By another name the guard would never hold."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with (tmp_path / "lexicon.ttl").open("a", encoding="utf-8") as file:
        file.write(
            "\nlex:kites-on a atlas:Cue ; atlas:property atlas:runsOn ; atlas:confidence 0.9 ;"
            ' atlas:before "kites on" ; atlas:onlyFor "K8s" .\n'
        )
    with pytest.raises(OntologyError, match="onlyFor says “K8s” of what is called “Kubernetes”"):
        load(tmp_path)


def test_two_sets_of_words_of_one_name_are_a_fault(tmp_path: Path) -> None:
    """One would silently take the other's place."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with (tmp_path / "words.ttl").open("a", encoding="utf-8") as file:
        file.write('\nlex:further-ideas a atlas:Wording ; rdfs:label "idea" ; atlas:words "kite" .\n')
    with pytest.raises(OntologyError, match="has the rdfs:label 'idea' too"):
        load(tmp_path)
