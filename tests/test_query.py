"""Queries in Python: the data, the prefixes, the evaluation, the formats of an answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pyoxigraph as ox
import pytest
import rdflib

from linkatlas.errors import InputError, LinkatlasError, QueryError, TimeLimitError, UsageError
from linkatlas.query.dataset import open_dataset, signature
from linkatlas.query.evaluate import evaluate, keywords
from linkatlas.query.limits import within
from linkatlas.query.prefixes import prefixes_of, shortened
from linkatlas.query.results import GRAPH_FORMATS, ROW_FORMATS, variables, write_graph

TERMS = """
@prefix ex: <http://example.org/> .
ex:a ex:says "a,\\"b\\"\\n\\tc", "\\u0001<&]]>", "=1+1", "ü"@de, 3, 1.5e0, true, [], ex:dot. , <http://other.example/> .
"""


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.ttl"
    path.write_text(TERMS.replace("ex:dot. ,", "<http://example.org/dot.> ,"), encoding="utf-8")
    return path


def rows(path: Path, query: str, form: str) -> str:
    found = evaluate(open_dataset([path]), query, prefixes_of([path]))
    assert isinstance(found, ox.QuerySolutions)
    return "".join(ROW_FORMATS[form].rows(variables(found), found))


def test_a_build_folder_is_its_facts_and_its_evidence(tmp_path: Path) -> None:
    (tmp_path / "graph.ttl").write_text("<http://e/a> <http://e/p> 1 .", "utf-8")
    (tmp_path / "evidence.ttl").write_text("<http://e/b> <http://e/p> 2 .", "utf-8")
    assert len(open_dataset([tmp_path])) == 2
    assert len(open_dataset([tmp_path], evidence=False)) == 1
    assert len(open_dataset([tmp_path / "evidence.ttl"], evidence=False)) == 1


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("nothing", None, "nothing: no such build; make one first: linkatlas build -o "),
        ("nothing.ttl", None, r"nothing\.ttl: no such file$"),
        ("list.md", "# A", r"list\.md: no RDF file by its name"),
        ("broken.ttl", "<http://e/a>\n <http://e/p> .", r"broken\.ttl:2: "),
        ("empty/x", "", "no build is there; make one first"),
    ],
)
def test_data_that_cannot_be_had_is_named_in_one_sentence(
    tmp_path: Path, name: str, content: str | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, "utf-8")
    with pytest.raises(InputError, match=said):
        open_dataset([tmp_path / "empty" if name == "empty/x" else path])


def test_the_signature_tells_of_a_change(tmp_path: Path) -> None:
    path = tmp_path / "graph.ttl"
    path.write_text("<http://e/a> <http://e/p> 1 .", "utf-8")
    before = signature([tmp_path])
    assert signature([tmp_path]) == before
    path.write_text("<http://e/a> <http://e/p> 12 .", "utf-8")
    assert signature([tmp_path]) != before
    (tmp_path / "evidence.ttl").write_text("", "utf-8")
    assert len(signature([tmp_path])) == 2


def test_named_graphs_are_one_unless_the_query_names_its_own(tmp_path: Path) -> None:
    path = tmp_path / "two.trig"
    path.write_text(
        "<http://e/g> { <http://e/a> <http://e/p> 1 } <http://e/h> { <http://e/a> <http://e/p> 2 }", "utf-8"
    )
    store = open_dataset([path])
    counts = {
        "SELECT * { ?s ?p ?o }": 2,
        "SELECT * FROM <http://e/g> { ?s ?p ?o }": 1,
        "SELECT * { GRAPH ?g { ?s ?p ?o } }": 2,
        "SELECT * # FROM\n{ ?from ?p ?o FILTER(?o != ' FROM ') }": 2,
    }
    for query, count in counts.items():
        found = evaluate(store, query)
        assert isinstance(found, ox.QuerySolutions)
        assert sum(1 for _ in found) == count, query


def test_blank_nodes_of_two_files_are_two(tmp_path: Path) -> None:
    for name in ("a.nt", "b.nt"):
        (tmp_path / name).write_text("_:x <http://e/p> <http://e/o> .", "utf-8")
    assert len(open_dataset([tmp_path / "a.nt", tmp_path / "b.nt"])) == 2


def test_the_prefixes_are_known_and_those_of_a_file_win(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("@prefix tool: <http://mine/> . @prefix x: <http://x/> . tool:a a x:B .", "utf-8")
    assert rows(path, "SELECT ?t { ?t a x:B FILTER(?t = tool:a) }", "csv") == "t\r\nhttp://mine/a\r\n"
    assert prefixes_of([path])["atlas"] == "https://w3id.org/linkatlas/ontology#"


def test_an_iri_is_shortened_where_it_needs_no_escape() -> None:
    spaces = {"e": "http://e/", "f": "http://e/f/"}
    found = [shortened(iri, spaces) for iri in ("http://e/a", "http://e/f/b", "http://e/a.", "http://e/a/b", "urn:x")]
    assert found == ["e:a", "f:b", "<http://e/a.>", "<http://e/a/b>", "<urn:x>"]


def test_every_format_says_every_term(terms: Path) -> None:
    query = "SELECT ?o ?none { ex:a ex:says ?o }"
    text = rows(terms, query, "json")
    said = {cell["o"]["value"] for cell in json.loads(text)["results"]["bindings"] if cell["o"]["type"] != "bnode"}
    assert {'a,"b"\n\tc', "\x01<&]]>", "ü", "3", "true", "http://other.example/"} < said
    assert {row["o"] for row in csv.DictReader(io.StringIO(rows(terms, query, "csv"), newline=""))} > said - {"1.5e0"}
    tree = ElementTree.fromstring(rows(terms, query, "xml"))  # noqa: S314
    assert {value.text for value in tree.iter() if value.text} > (said - {"\x01<&]]>"}) | {"\ufffd<&]]>"}
    lines = rows(terms, query, "tsv").splitlines()
    assert lines[0] == "?o\t?none"
    assert all(line.count("\t") == 1 for line in lines)


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_other_programs_read_the_answer(terms: Path, form: str) -> None:
    from rdflib.query import Result

    # rdflib reads no control character, neither escaped in TSV nor in any form in XML.
    limit = "FILTER(isBlank(?o) || !CONTAINS(STR(?o), '<'))" if form in ("xml", "tsv") else ""
    query = f"SELECT ?o ?none {{ ex:a ex:says ?o {limit} }}"
    text = rows(terms, query, form)
    parsed = Result.parse(io.BytesIO(text.encode()), format=form)
    assert [str(name) for name in parsed.vars or ()] == ["o", "none"]
    assert len(parsed) == (9 if limit else 10)


def test_a_graph_is_written_as_every_tool_reads_it(terms: Path) -> None:
    store = open_dataset([terms])
    for form, name in (("turtle", "turtle"), ("ntriples", "nt"), ("jsonld", "json-ld")):
        found = evaluate(store, "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
        assert isinstance(found, ox.QueryTriples)
        out = io.BytesIO()
        write_graph(found, GRAPH_FORMATS[form], out, prefixes_of([terms]))
        assert len(rdflib.Graph().parse(data=out.getvalue(), format=name)) == 10, form


def test_an_answer_is_yes_or_no_in_every_format() -> None:
    assert {name: form.boolean(True) for name, form in ROW_FORMATS.items() if name != "xml"} == {
        "csv": "true\n",
        "tsv": "true\n",
        "json": '{"head":{},"boolean":true}\n',
    }
    assert "<boolean>false</boolean>" in ROW_FORMATS["xml"].boolean(False)


def test_words_in_texts_and_names_are_no_keywords() -> None:
    query = """PREFIX from: <http://e/SERVICE> SELECT ?from { ?a from:b "a \\" FROM", '''FROM''' , 'it''s' } # FROM"""
    assert keywords(query) == {"PREFIX", "SELECT"}
    assert "FROM" in keywords("SELECT * from <x> {}")


def test_a_fault_of_the_query_is_an_error_with_its_place() -> None:
    with pytest.raises(QueryError) as caught:
        evaluate(ox.Store(), "SELECT ?x {\n ?x a }")
    assert (caught.value.line, caught.value.exit_code) == (2, 2)


def test_no_query_goes_out_to_the_network() -> None:
    with pytest.raises(UsageError, match="SERVICE"):
        evaluate(ox.Store(), "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_a_query_ends_when_its_time_is_over() -> None:
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(f"http://e/{n}"), ox.NamedNode("http://e/p"), ox.Literal(n)) for n in range(150))
    query = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(TimeLimitError, match=r"after 0\.1 seconds"):
        within(0.1, lambda: evaluate(store, query))


def test_what_fails_in_time_fails_with_its_own_error() -> None:
    def fail() -> None:
        raise LinkatlasError("broken")

    with pytest.raises(LinkatlasError, match="broken"):
        within(5, fail)
