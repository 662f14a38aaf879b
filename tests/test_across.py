"""Several lists: how many name a thing, what they file differently, and which topics are nearly one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkatlas.across import disagree, filing, kindred, naming
from linkatlas.explain import explain_node, matching, trace
from linkatlas.model import Build, Document
from linkatlas.pipeline import build
from linkatlas.store import triples
from linkatlas.summary import summary
from linkatlas.topics import near_key
from linkatlas.vocabulary import Vocabulary, load

ONE = """# Awesome Pipelines

## Message Queues
- [Tidewheel](https://tidewheel.dev/) - Runs on Kubernetes.
- [Brambledb](https://b.dev/) - A store.
"""
OTHER = """# Awesome Stores

## Message Queue
- [Tidewheel](https://tidewheel.dev/) - A queue.

## Search
- [Brambledb](https://b.dev/) - Runs on Kubernetes.
"""
DOCUMENTS = [Document("one.md", ONE), Document("other.md", OTHER)]


@cache
def vocabulary() -> Vocabulary:
    return load()


def both() -> Build:
    return build(DOCUMENTS, vocabulary())


def iri(built: Build, name: str) -> str:
    return next(node.iri for node in built.graph.nodes if node.label == name)


def test_lists_that_name_a_thing_are_counted_and_told_in_rdf() -> None:
    built = both()
    assert naming(built.graph)[iri(built, "Kubernetes")] == {"one.md", "other.md"}
    assert naming(built.graph)[iri(built, "Search")] == {"other.md"}
    counts = {
        str(fact.subject): str(fact.object) for fact in triples(built.graph, vocabulary()) if "listCount" in str(fact)
    }
    assert set(counts) == {f"<{iri(built, name)}>" for name in ("Tidewheel", "Brambledb", "Kubernetes")}
    assert set(counts.values()) == {'"2"^^<http://www.w3.org/2001/XMLSchema#integer>'}
    alone = build(DOCUMENTS[:1], vocabulary())
    assert not [fact for fact in triples(alone.graph, vocabulary()) if "listCount" in str(fact)]


def test_lists_agree_where_their_topics_are_near() -> None:
    graph, built = both().graph, both()
    filed, kin = filing(graph), kindred(graph)
    assert not disagree(filed[iri(built, "Tidewheel")], kin)
    assert disagree(filed[iri(built, "Brambledb")], kin)


def test_the_summary_tells_what_most_lists_name_and_file_differently() -> None:
    said = summary(both(), vocabulary(), [])
    assert "Of 2 lists, most name Brambledb (2), Kubernetes (2) and Tidewheel (2)." in said
    assert "2 things stand in several lists; they file 1 under different topics." in " ".join(said.split())
    assert "lists" not in summary(build(DOCUMENTS[:1], vocabulary()), vocabulary(), [])


def test_an_explanation_tells_how_each_list_files_a_thing() -> None:
    found = trace(DOCUMENTS, vocabulary())
    (node,) = matching(found.graph, "Brambledb")
    said = "\n".join("".join(part.text for part in line) for line in explain_node(node, found))
    assert (
        "named in 2 of 2 lists, listed\n    one.md line 5 under Message Queues\n    other.md line 7 under Search"
        in said
    )
    assert "the lists do not agree on its topic" in said


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Message Queues", "Message Queue"),
        ("Queues for Messages", "Message Queue"),
        ("Security & Privacy", "Privacy and Security"),
        ("Data Visualisation", "Data Visualizations"),
        ("Colour Schemes", "color scheme"),
        ("Code Analysers", "Code Analyzer"),
        ("Service Catalogue", "Service Catalogs"),
        ("Data-Centres", "Data Centers"),
    ],
)
def test_near_names_have_one_key(one: str, other: str) -> None:
    assert near_key(one) == near_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Testing", "Tests"),
        ("Steam", "Stream"),
        ("Graph", "DGraph"),
        ("Organization", "Organs"),
        ("C", "C++"),
        ("Text to Speech", "Speech to Text"),
        ("News", "New"),
        ("CSS", "CS"),
        ("Graph Databases", "Databases"),
        ("Server Testing", "Testing"),
    ],
)
def test_names_that_are_merely_alike_have_two(one: str, other: str) -> None:
    assert near_key(one) != near_key(other)


@given(words=st.lists(st.text("xyzs &-", max_size=12), max_size=5))
def test_the_order_of_words_changes_no_key(words: Iterable[str]) -> None:
    said = list(words)
    assert near_key(" ".join(said)) == near_key(" ".join(reversed(said)))


ABBREVIATED = """# Awesome Sails

## Tools
- [KISS](https://kiss.example/) - A mast.
- [EventBus](https://github.com/ada/eventbus) - Rigs.
- [Jan](https://jan.example/) - A hull.
- [Tidewheel](https://tidewheel.dev/) - A wheel.
"""
ELSEWHERE = """# Awesome Rivers

## Tools
- [Ebb](https://ebb.example/) - A tide clock that follows KISS and Tidewheel, with an EventBus (Jan 2019).
- [Silt](https://silt.example/) - An event bus for boats; one event bus, no other event bus.
"""


def test_abbreviations_dates_and_sewn_phrases_are_names_only_in_the_lists_that_define_them() -> None:
    built = build([Document("sails.md", ABBREVIATED), Document("rivers.md", ELSEWHERE)], vocabulary())
    labels = {node.iri: node.label for node in built.graph.nodes}
    ebb = iri(built, "Ebb")
    named = {labels[said.object] for said in built.graph.statements if said.subject == ebb and said.object in labels}
    assert {"Tidewheel"} <= named
    assert not named & {"KISS", "EventBus", "Jan"}
