"""``nodes.csv`` and ``statements.csv``: OUTPUT.md's columns, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sample
from hostile import builds, spoken
from linkatlas.export import tables
from linkatlas.model import Build, Evidence, Graph, Node, Place, Statement
from linkatlas.vocabulary import load

VOCABULARY = load()
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u3000-1", "＝1", "＋1", "－1", "＠A1")


def rows(build: Build, nodes: bool = False) -> list[dict[str, str]]:
    out = BytesIO()
    (tables.write_nodes if nodes else tables.write_statements)(build, VOCABULARY, out)
    return list(csv.DictReader(StringIO(out.getvalue().decode("utf-8"), newline=""), strict=True))


def plain(cell: str) -> str:
    """Return what a guarded cell says."""
    return cell[1:] if tables.cell(cell) != cell else cell


def written(text: str) -> str:
    return spoken(text.replace("\0", "\ufffd"))


def test_a_row_of_nodes_csv() -> None:
    row = next(row for row in rows(sample.BUILD, nodes=True) if row["label"] == "Apache Airflow")
    assert row == {
        "iri": "https://w3id.org/linkatlas/id/tool/apache-airflow",
        "label": "Apache Airflow",
        "class": "atlas:Tool",
        "aliases": "AirFlow|Airflow",
        "urls": "https://airbnb.io/projects/airflow/ https://airflow.apache.org/ https://github.com/apache/airflow",
        "listed_at": "lists/mlops.md#L5 lists/mlops.md#L8",
        "topics": "Workflows",
    }


def test_rows_of_statements_csv() -> None:
    found = rows(sample.BUILD)
    assert len(found) == len(sample.GRAPH.statements) + len(sample.GRAPH.inferred)
    assert [row for row in found if row["predicate"] == "atlas:usedBy"] == [
        {
            "subject": "https://w3id.org/linkatlas/id/tool/apache-airflow",
            "predicate": "atlas:usedBy",
            "object": "https://w3id.org/linkatlas/id/vendor/crowdstrike",
            "subject_label": "Apache Airflow",
            "object_label": "CrowdStrike",
            "source": "lists/mlops.md",
            "line": "7",
            "quote": "used Airflow at CrowdStrike",
            "rule": "cue",
            "confidence": "0.9",
        }
    ]


def test_an_inferred_fact_has_a_rule_and_no_line() -> None:
    row = next(
        row
        for row in rows(sample.BUILD)
        if row["subject_label"] == "Kubeflow Pipelines" and "runsOn" in row["predicate"]
    )
    assert (row["rule"], row["source"], row["line"], row["quote"]) == ("part-runs-where-whole-runs", "", "", "")


def test_a_topic_is_no_entry() -> None:
    assert {row["listed_at"] for row in rows(sample.BUILD, nodes=True) if row["class"] == "atlas:Topic"} == {""}


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_runs_as_a_formula(text: str) -> None:
    node = Node("https://example.org/a", "atlas:Tool", text, (text,), (), text)
    said = Statement(node.iri, "dcterms:date", text, Evidence("s.md", 1, text, text, 1.0))
    build = Build(Graph("https://example.org/", (node,), (said,)))
    cells = [cell for row in (*rows(build), *rows(build, nodes=True)) for cell in row.values()]
    assert "'" + text in cells
    assert not [cell for cell in cells if cell.lstrip()[:1] in tuple("=+-@＝＋－＠")]
    assert not [cell for cell in cells if cell[:1] in tuple("\t\r\n")]


@pytest.mark.parametrize("text", ["plain", "a-b", "1+1", "'quoted'", "(=1)", "https://example.org/=1", "–dash", ""])
def test_other_cells_are_left_alone(text: str) -> None:
    assert tables.cell(text) == text


def test_a_separator_inside_a_part_is_written_otherwise() -> None:
    topic = Node("https://example.org/t", "atlas:Topic", "on|off")
    node = Node(
        "https://example.org/a",
        "atlas:Tool",
        "a|b",
        ("c|d", "e"),
        ("docs/read me.md",),
        "",
        (Place("my lists/a\tb.md", 3),),
    )
    said = Statement(node.iri, "atlas:inTopic", topic.iri, Evidence("my lists/a\tb.md", 3, "on", "r", 1.0))
    row = rows(Build(Graph("https://example.org/", (node, topic), (said,))), nodes=True)[0]
    assert (row["label"], row["aliases"], row["topics"]) == ("a|b", "c¦d|e", "on¦off")
    assert (row["urls"], row["listed_at"]) == ("docs/read%20me.md", "my%20lists/a%09b.md#L3")


@given(build=builds())
def test_a_fact_survives_in_statements_csv(build: Build) -> None:
    expected = [
        (*fact[:3], said.source, str(said.line or ""), said.quote, said.rule, said.confidence)
        for fact in sorted((*build.graph.statements, *build.graph.inferred))
        for said in [fact.evidence]
    ]
    columns = ("subject", "predicate", "object", "source", "line", "quote", "rule")
    found = [(*(plain(row[name]) for name in columns), float(row["confidence"])) for row in rows(build)]
    assert found == [(*map(written, row[:-1]), row[-1]) for row in expected]


@given(build=builds())
def test_a_node_survives_in_nodes_csv(build: Build) -> None:
    for node, row in zip(build.graph.nodes, rows(build, nodes=True), strict=True):
        assert (row["iri"], row["class"], plain(row["label"])) == (node.iri, node.cls, written(node.label))
        assert plain(row["aliases"]) == written("|".join(alias.replace("|", "¦") for alias in node.aliases))
        assert tuple(row["urls"].split()) == node.urls


@given(st.text(st.characters()))
def test_the_guard_is_undone_by_dropping_one_apostrophe(text: str) -> None:
    assert plain(tables.cell(text)) == text


def test_pandas_reads_the_tables() -> None:
    pandas = pytest.importorskip("pandas")
    out = BytesIO()
    tables.write_statements(sample.BUILD, VOCABULARY, out)
    out.seek(0)
    frame = pandas.read_csv(out)
    assert list(frame.columns) == list(tables.STATEMENT_COLUMNS)
    assert len(frame) == len(sample.GRAPH.statements) + len(sample.GRAPH.inferred)
