"""The closing words of a build."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkatlas.model import Build, Evidence, Finding, Graph, Node, Skip, Source, Statement
from linkatlas.namespaces import BASE_IRI
from linkatlas.summary import WIDTH, examples, printable, summary
from linkatlas.vocabulary import Vocabulary, load
from sample import BUILD, GRAPH

FILES = [Path("output", name) for name in ("graph.ttl", "graph.html", "report.json")]


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


def test_a_summary(vocabulary: Vocabulary) -> None:
    assert summary(BUILD, vocabulary, FILES).splitlines() == [
        "10 tools, 7 vendors, 3 topics, 2 articles, 1 programming language, 1 person and 1 talk from 1",
        "list.",
        "34 facts between them, and 1 more by inference.",
        "",
        "  Apache Airflow runs on Kubernetes.",
        "  Kedro was developed by QuantumBlack.",
        "  Simon Kaegi is affiliated with IBM.",
        "",
        "2 links became nothing: badge × 1, image × 1.",
        "The shapes of the ontology find 1 warning. report.json names each.",
        "",
        f"Open {Path('output', 'graph.html')} in a browser.",
        "Beside it: graph.ttl and report.json.",
    ]


def test_examples_do_not_depend_on_the_order_of_statements(vocabulary: Vocabulary) -> None:
    turned = GRAPH._replace(statements=GRAPH.statements[::-1], nodes=GRAPH.nodes[::-1])
    assert examples(turned, vocabulary) == examples(GRAPH, vocabulary)


def test_where_little_is_said_that_is_told(vocabulary: Vocabulary) -> None:
    read, tool = Node("https://a.example/", "atlas:Article", "On \x1b[2J\nFlyte"), Node("t", "atlas:Tool", "Flyte")
    said = Statement(read.iri, "atlas:about", tool.iri, Evidence("list.md", 1, "Flyte", "title", 0.9))
    graph = Graph(BASE_IRI, (read, tool), (said, said))
    assert examples(graph, vocabulary) == ["“On \ufffd[2J Flyte” is about Flyte."]
    assert "1 fact between them." in summary(Build(graph), vocabulary, [])


def test_an_empty_graph_and_other_files(vocabulary: Vocabulary) -> None:
    assert summary(Build(Graph(BASE_IRI, (), ())), vocabulary, []) == "Nothing from 0 lists.\n0 facts between them."
    said = summary(Build(Graph(BASE_IRI, (), ())), vocabulary, [Path("out/nodes.csv"), Path("out/statements.csv")])
    assert said.endswith("\n\nWritten to out: nodes.csv and statements.csv.")
    said = summary(Build(Graph(BASE_IRI, (), ())), vocabulary, [Path("graph.html")])
    assert said.endswith("\n\nOpen graph.html in a browser.")


def test_lists_without_an_entry_are_told(vocabulary: Vocabulary) -> None:
    source = GRAPH.sources[0]
    broken = [source._replace(source=f"broken-{number}.opml", entries=0) for number in range(7)]
    graph = GRAPH._replace(sources=(source, *broken))
    told = summary(Build(graph, (), ()), vocabulary, FILES)
    assert "No entry was found in broken-0.opml, broken-1.opml" in told
    assert "and 2 more." in told.replace("\n", " ")
    assert "No entry" not in summary(Build(GRAPH, (), ()), vocabulary, FILES)


def test_many_kinds_and_reasons_stay_within_the_width(vocabulary: Vocabulary) -> None:
    nodes = tuple(Node(f"n{at}", cls, "x") for at, cls in enumerate([*vocabulary.classes, "other:Thing"]))
    skips = tuple(Skip("u", 1, f"reason-{at}") for at in range(30))
    graph = Graph(BASE_IRI, nodes, (), sources=(Source("a", "a", "", "text/markdown", 1, 1, 1, skips),))
    found = tuple(Finding("n", "s", severity, "m") for severity in ("Violation", "Violation", "Info"))
    said = summary(Build(graph, found), vocabulary, FILES, colour=False)
    assert max(map(len, said.splitlines())) <= WIDTH
    assert "1 other:Thing" in said and "2 violations and 1 info." in said


def test_colour_is_on_demand(vocabulary: Vocabulary) -> None:
    assert "\x1b" not in summary(BUILD, vocabulary, FILES)
    bold = summary(BUILD, vocabulary, FILES, colour=True)
    assert f"\x1b[1m{FILES[1]}\x1b[0m" in bold and "\x1b[1m10\x1b[0m tools" in bold


def test_what_a_terminal_would_obey_is_shown_as_a_sign() -> None:
    assert printable("a\tb \u202e\x9b\x00 é 名") == "a b \ufffd\ufffd\ufffd é 名"
