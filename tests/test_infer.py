"""What follows from what the lists say: each rule on small graphs, and the engine against another one."""

from __future__ import annotations

import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import shacl_rules
from rdflib import Graph as RdfGraph

import sample
from linkatlas.errors import OntologyError
from linkatlas.infer import LONGEST, infer, read_rules
from linkatlas.model import Evidence, Graph, Node, Statement
from linkatlas.namespaces import BASE_IRI, contract
from linkatlas.store import triples
from linkatlas.vocabulary import Vocabulary, load

VOCABULARY = load()


def said(text: str, confidence: float = 1.0) -> Statement:
    """Return a statement from three words: ``a atlas:partOf b``."""
    subject, predicate, target = text.split()
    return Statement(BASE_IRI + subject, predicate, BASE_IRI + target, Evidence("list.md", 1, text, "read", confidence))


def graph(statements: Iterable[Statement], nodes: Iterable[Node] = ()) -> Graph:
    return Graph(BASE_IRI, tuple(sorted(nodes)), tuple(sorted(statements)))


def short(statements: Iterable[Statement]) -> list[str]:
    return [" ".join((s.removeprefix(BASE_IRI), p, o.removeprefix(BASE_IRI))) for s, p, o, _ in statements]


def follows(*texts: str) -> list[str]:
    return short(infer(graph(map(said, texts)), VOCABULARY))


def rules(construct: str, said_of_rule: str = "", target: str = "sh:targetSubjectsOf atlas:partOf") -> Vocabulary:
    """Return the vocabulary with one rule in place of its own."""
    text = f'''
        @prefix atlas: <https://w3id.org/linkatlas/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
        @prefix rule: <https://example.org/rules#> .
        rule:Shape a sh:NodeShape ; {target} ; sh:rule rule:one .
        rule:one a sh:SPARQLRule ; {said_of_rule} sh:construct """{construct}""" .'''
    return VOCABULARY._replace(files={**VOCABULARY.files, "rules.ttl": text})


# ---- the rules -------------------------------------------------------------------------------------------------------


def test_what_is_in_a_topic_is_in_the_broader_ones() -> None:
    found = follows("x atlas:inTopic c", "c skos:broader b", "b skos:broader a")
    assert found == ["x atlas:inTopic a", "x atlas:inTopic b"]


def test_nothing_follows_where_a_topic_has_two_broader_ones() -> None:
    assert follows("x atlas:inTopic c", "c skos:broader a", "c skos:broader b") == []
    assert follows("x atlas:inTopic d", "d skos:broader c", "c skos:broader a", "c skos:broader b") == [
        "x atlas:inTopic c"
    ]


def test_topics_that_go_in_circles_end() -> None:
    assert follows("x atlas:inTopic a", "a skos:broader b", "b skos:broader a") == ["x atlas:inTopic b"]


def test_an_alternative_is_one_both_ways() -> None:
    assert follows("a atlas:alternativeTo b") == ["b atlas:alternativeTo a"]
    assert follows("a atlas:alternativeTo b", "b atlas:alternativeTo a") == []


def test_a_part_of_a_part_is_part_of_the_whole() -> None:
    found = follows("a atlas:partOf b", "b atlas:partOf c", "c atlas:partOf d")
    assert found == ["a atlas:partOf c", "a atlas:partOf d", "b atlas:partOf d"]
    assert follows("a atlas:partOf b", "b atlas:partOf a") == []


def test_a_part_has_the_makers_of_its_whole() -> None:
    found = follows("part atlas:partOf whole", "whole atlas:developedBy x", "whole atlas:developedBy y")
    assert found == ["part atlas:developedBy x", "part atlas:developedBy y"]


def test_a_part_with_a_maker_of_its_own_keeps_it() -> None:
    assert follows("part atlas:partOf whole", "whole atlas:developedBy x", "part atlas:developedBy y") == []


def test_the_nearest_whole_with_makers_counts() -> None:
    found = follows("a atlas:partOf b", "b atlas:partOf c", "b atlas:developedBy x", "c atlas:developedBy y")
    assert found == ["a atlas:developedBy x", "a atlas:partOf c"]
    found = follows("a atlas:partOf b", "b atlas:partOf c", "c atlas:developedBy y")
    assert found == ["a atlas:developedBy y", "a atlas:partOf c", "b atlas:developedBy y"]


def test_nothing_else_follows() -> None:
    assert follows("a atlas:runsOn b", "b atlas:runsOn c", "a atlas:basedOn d", "d atlas:implementedIn e") == []
    assert follows("part atlas:partOf whole", "whole atlas:runsOn k", "whole atlas:usedBy u") == []


def test_the_sample_graph() -> None:
    assert "tool/kubeflow-pipelines atlas:inTopic topic/mlops" in short(infer(sample.GRAPH, VOCABULARY))


# ---- the evidence ----------------------------------------------------------------------------------------------------


def test_a_conclusion_names_its_rule_and_is_as_sure_as_its_premises() -> None:
    statements = [said("part atlas:partOf whole", 0.8), said("whole atlas:developedBy x", 0.5)]
    (found,) = infer(graph([*statements, said("whole atlas:developedBy x", 0.9)]), VOCABULARY)
    assert found.evidence[:5] == ("", 0, "", "part-by-the-same-maker", round(0.95 * 0.8 * 0.9, 4))


def test_a_conclusion_has_its_premises() -> None:
    statements = [said("part atlas:partOf whole"), said("whole atlas:partOf city"), said("city atlas:developedBy x")]
    found = {short([one])[0]: one.evidence.premises for one in infer(graph(statements), VOCABULARY)}
    assert {
        fact: [short([Statement(*one, Evidence("", 0, "", "", 1.0))])[0] for one in premises]
        for fact, premises in found.items()
    } == {
        "part atlas:partOf city": ["part atlas:partOf whole", "whole atlas:partOf city"],
        "whole atlas:developedBy x": ["whole atlas:partOf city", "city atlas:developedBy x"],
        "part atlas:developedBy x": ["part atlas:partOf city", "city atlas:developedBy x"],
    }


def test_of_several_ways_the_surest_counts() -> None:
    ways = [said("a atlas:partOf b", 0.5), said("b atlas:partOf d", 0.5)]
    ways += [said("a atlas:partOf c", 0.9), said("c atlas:partOf d", 0.9)]
    (found,) = infer(graph(ways), VOCABULARY)
    assert (short([found]), found.evidence.confidence) == (["a atlas:partOf d"], 0.81)


def test_the_longest_chain() -> None:
    chain = [said("x atlas:inTopic t0"), *(said(f"t{n} skos:broader t{n + 1}") for n in range(100))]
    assert len(infer(graph(chain), VOCABULARY)) == LONGEST - 1


# ---- laws ------------------------------------------------------------------------------------------------------------

_ends = st.sampled_from("abcde")
_properties = st.sampled_from(
    ["atlas:inTopic", "skos:broader", "atlas:alternativeTo", "atlas:partOf", "atlas:developedBy", "atlas:runsOn"]
)
_facts = st.lists(st.tuples(_ends, _properties, _ends).map(" ".join), max_size=10, unique=True)


@given(_facts)
def test_conclusions_are_new_sorted_and_final(texts: list[str]) -> None:
    read = graph(map(said, texts))
    found = infer(read, VOCABULARY)
    assert list(found) == sorted(found)
    assert not {fact[:3] for fact in found} & {fact[:3] for fact in read.statements}
    assert len({fact[:3] for fact in found}) == len(found)
    assert infer(graph([*read.statements, *found]), VOCABULARY) == ()


@pytest.mark.filterwarnings("ignore:Dataset.default_context")
@settings(max_examples=40)
@given(_facts)
def test_another_engine_draws_the_same_conclusions(texts: list[str]) -> None:
    read = graph(map(said, texts))
    data = RdfGraph()
    lines = "".join(f"{fact} .\n" for fact in triples(read, VOCABULARY))
    data.parse(data=lines, format="nt")
    expanded = shacl_rules(data, shacl_graph=VOCABULARY.files["rules.ttl"], advanced=True, iterate_rules=True)
    assert isinstance(expanded, RdfGraph)
    everything = {(str(s), contract(str(p)), str(o)) for s, p, o in expanded.triples((None, None, None))}
    ours = {fact[:3] for fact in (*read.statements, *infer(read, VOCABULARY))}
    assert ours == everything


# ---- the engine ------------------------------------------------------------------------------------------------------


def test_rules_come_from_the_ontology() -> None:
    assert [(rule.order, rule.name) for rule in read_rules(VOCABULARY)] == [
        (1.0, "alternative-both-ways"),
        (1.0, "broader-topic"),
        (1.0, "part-of-part"),
        (2.0, "part-by-the-same-maker"),
    ]
    without = VOCABULARY._replace(files={name: text for name, text in VOCABULARY.files.items() if name != "rules.ttl"})
    assert read_rules(without) == () and infer(sample.GRAPH, without) == ()


def test_a_new_rule_needs_turtle_alone() -> None:
    construct = """CONSTRUCT { $this atlas:runsOn ?place }
        WHERE { $this atlas:partOf ?whole . ?whole atlas:runsOn ?place ; a atlas:Tool }"""
    whole = Node(BASE_IRI + "whole", "atlas:Tool", "Whole")
    read = graph([said("part atlas:partOf whole", 0.9), said("whole atlas:runsOn k8s", 0.5)], [whole])
    (found,) = infer(read, rules(construct, "atlas:confidence 0.5 ;"))
    assert short([found]) == ["part atlas:runsOn k8s"]
    assert (found.evidence.rule, found.evidence.confidence) == ("one", 0.225)
    assert infer(read._replace(nodes=(whole._replace(cls="atlas:Vendor"),)), rules(construct)) == ()


@pytest.mark.parametrize(
    ("construct", "message"),
    [
        ("SELECT * { ?a ?b ?c }", "not of the form"),
        ("CONSTRUCT { $this atlas:partOf ?x . ?x atlas:partOf $this } WHERE { $this atlas:partOf ?x }", "one triple"),
        ("CONSTRUCT { $this atlas:partOf ?y } WHERE { $this atlas:partOf ?x }", "variables from its premises"),
        ("CONSTRUCT { $this atlas:partOf ?x } WHERE { $this atlas:partOf+ ?x }", "supported in patterns, not: +"),
        ("CONSTRUCT { $this atlas:partOf ?x } WHERE { $this ?p ?x ; atlas:partOf ?x }", "no plain triple"),
        ("CONSTRUCT { $this atlas:partOf ?x } WHERE { $this atlas:partOf ?x OPTIONAL { ?x a ?y } }", "not: OPTIONAL"),
        ("CONSTRUCT { $this atlas:partOf ?x } WHERE { $this atlas:partOf ?x BIND (1 AS ?y) }", "not: BIND"),
        ("CONSTRUCT { $this nope:x ?x } WHERE { $this atlas:partOf ?x }", "not: nope:x"),
        ("CONSTRUCT { $this atlas:partOf ?x } WHERE { ?x atlas:partOf $this }", "target"),
        ("CONSTRUCT { $this atlas:partOf ?x } WHERE { $this atlas:partOf ?x FILTER (?x ! ) }", "one: error at"),
    ],
)
def test_a_rule_that_the_engine_cannot_run_is_refused(construct: str, message: str) -> None:
    with pytest.raises(OntologyError) as error:
        infer(graph([said("a atlas:partOf b")]), rules(construct))
    assert "rules.ttl: one: " in str(error.value) and message in str(error.value)


def test_a_feature_that_the_engine_does_not_know_is_refused() -> None:
    construct = "CONSTRUCT { ?x atlas:partOf $this } WHERE { $this atlas:partOf ?x }"
    for feature in ("sh:deactivated true ;", "sh:condition rule:Shape ;"):
        with pytest.raises(OntologyError, match=f"one: {feature.split()[0]} is not supported"):
            infer(graph([said("a atlas:partOf b")]), rules(construct, feature))


@pytest.mark.slow
def test_the_time_grows_with_the_graph_alone() -> None:
    def seconds(size: int) -> float:
        topics = [said(f"t{n} skos:broader t{n // 6}") for n in range(1, size // 20)]
        items = [said(f"x{n} atlas:inTopic t{n % (size // 20)}") for n in range(size)]
        parts = [said(f"x{n} atlas:partOf x{n + 1}") for n in range(0, size, 2)]
        read = graph([*topics, *items, *parts])
        start = time.process_time()
        infer(read, VOCABULARY)
        return time.process_time() - start

    seconds(1_000)
    assert seconds(40_000) < 4 * 3 * seconds(10_000)
