"""``linkatlas query``: where the query and the data come from, how the answer is shown, what is said of faults."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from linkatlas import cli

GRAPH = """
@prefix atlas: <https://w3id.org/linkatlas/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix tool: <https://w3id.org/linkatlas/id/tool/> .
tool:flyte a atlas:Tool ; skos:prefLabel "Flyte" ; atlas:runsOn tool:kubernetes .
tool:kubernetes a atlas:Tool ; skos:prefLabel "Kubernetes" , "\\u001b[31mK|8\\ns<b>" .
"""
LABELS = "SELECT ?tool ?name { ?tool skos:prefLabel ?name } ORDER BY ?name"
COSTLY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = 0 || ?f = 0 || ?i = 0) }"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a build in ``output``, where the test stands."""
    (tmp_path / "output").mkdir()
    (tmp_path / "output" / "graph.ttl").write_text(GRAPH, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def asked(capfdbinary: pytest.CaptureFixture[bytes], *words: str) -> tuple[int, str, str]:
    code = cli.run(["query", *words])
    out, said = capfdbinary.readouterr()
    return code, out.decode(), said.decode()


Capture = pytest.CaptureFixture[bytes]


@pytest.mark.usefixtures("folder")
def test_a_slip_in_a_term_is_told_where_nothing_is_found(capfdbinary: Capture) -> None:
    code, _, said = asked(
        capfdbinary, "SELECT ?x { ?x atlas:runOn tool:kubernetes ; atlas:zzz ?y ; skos:prefLabel ?l }"
    )
    assert code == 0
    assert said.splitlines() == [
        "linkatlas: atlas:runOn is no term of the ontology; did you mean atlas:runsOn?",
        "linkatlas: atlas:zzz is no term of the ontology",
    ]
    assert asked(capfdbinary, "SELECT ?x { ?x atlas:runsOn tool:nothing }")[2] == ""


@pytest.mark.usefixtures("folder")
def test_a_table_is_aligned_and_its_texts_are_harmless(capfdbinary: Capture) -> None:
    code, out, said = asked(capfdbinary, LABELS)
    assert (code, said) == (0, "")
    lines = [line.split() for line in out.splitlines()]
    assert lines[0] == ["tool", "name"]
    assert lines[2:] == [
        ["tool:kubernetes", "\ufffd[31mK|8", "s<b>"],
        ["tool:flyte", "Flyte"],
        ["tool:kubernetes", "Kubernetes"],
    ]
    assert (
        len({line.index(cell) for line, cell in zip(out.splitlines()[3:], ("Flyte", "Kubernetes"), strict=True)}) == 1
    )


@pytest.mark.usefixtures("folder")
def test_markdown_escapes_what_would_be_markup(capfdbinary: Capture) -> None:
    assert asked(capfdbinary, LABELS, "--format", "md")[1].splitlines()[:3] == [
        "| tool | name |",
        "| --- | --- |",
        "| tool:kubernetes | \ufffd\\[31mK\\|8 s\\<b> |",
    ]


@pytest.mark.usefixtures("folder")
def test_the_formats_for_programs(capfdbinary: Capture) -> None:
    assert asked(capfdbinary, "SELECT ?n { tool:flyte skos:prefLabel ?n }", "--format", "csv")[1] == "n\r\nFlyte\r\n"
    assert json.loads(asked(capfdbinary, "ASK { ?x a atlas:Tool }", "--format", "json")[1])["boolean"] is True
    assert asked(capfdbinary, "ASK { ?x a atlas:Person }")[1] == "false\n"
    graph = asked(capfdbinary, "CONSTRUCT WHERE { ?t atlas:runsOn ?p }")[1]
    assert graph.splitlines()[-1] == "tool:flyte atlas:runsOn tool:kubernetes ."
    assert asked(capfdbinary, "DESCRIBE tool:flyte", "--format", "ntriples")[1].count(" .\n") == 3


@pytest.mark.usefixtures("folder")
def test_a_format_that_the_answer_cannot_have_is_a_usage_error(capfdbinary: Capture) -> None:
    assert asked(capfdbinary, "ASK {}", "--format", "turtle")[::2] == (
        2,
        "linkatlas: the answer of a SELECT or ASK is no turtle: --format takes table, csv, tsv, json, xml, md\n",
    )
    assert asked(capfdbinary, "CONSTRUCT WHERE { ?s ?p ?o }", "--format", "csv")[0] == 2


def test_the_query_comes_from_a_file_or_standard_input(folder: Path) -> None:
    (folder / "q.rq").write_text("\ufeffASK { tool:flyte ?p ?o }", "utf-8")
    command = [sys.executable, "-m", "linkatlas", "query"]
    for words, piped in ((["-f", "q.rq"], ""), ([], "ASK {}"), (["-"], "ASK {}"), (["-f", "-"], "ASK {}")):
        done = subprocess.run([*command, *words], input=piped, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout, done.stderr) == (0, "true\n", "")


@pytest.mark.usefixtures("folder")
def test_a_query_that_is_given_twice_or_in_no_file_is_refused(capfdbinary: Capture) -> None:
    assert asked(capfdbinary, "ASK {}", "-f", "q.rq")[0] == 2
    code, _, said = asked(capfdbinary, "-f", "missing.rq")
    assert (code, said) == (3, "linkatlas: missing.rq: cannot be read (no such file or directory)\n")


def test_any_rdf_file_can_be_asked(folder: Path, capfdbinary: Capture) -> None:
    (folder / "more.nq").write_text("<http://e/a> <http://e/p> <http://e/b> <http://e/g> .\n", "utf-8")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    assert asked(capfdbinary, count, "-d", "more.nq", "--format", "csv")[1] == "n\r\n1\r\n"
    assert asked(capfdbinary, count, "-d", "more.nq", "-d", "output", "--format", "csv")[1] == "n\r\n7\r\n"


def test_without_a_build_it_says_to_build_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: Capture
) -> None:
    monkeypatch.chdir(tmp_path)
    assert asked(capfdbinary, "ASK {}") == (
        3,
        "",
        "linkatlas: output: no such build; make one first: linkatlas build -o output\n",
    )


@pytest.mark.parametrize(
    ("query", "said", "line", "caret"),
    [
        ("SELECT ?x {\n ?x a }", "line 2, column 7: a term or a sign of a path is expected, not '}'", " ?x a }", 6),
        ("SELCT ?x {}", "line 1, column 1: ASK, BASE, CONSTRUCT, DESCRIBE, PREFIX or SELECT", "SELCT ?x {}", 0),
        ("SELECT * { ?x a atlas:Tool", "column 27: a pattern such as FILTER or OPTIONAL, ',', '.'", "", -1),
        ("SELECT * { ?x altas:runsOn ?y }", "the prefix altas: is not declared; did you mean atlas:?", "", 14),
        ("SELECT * { ?x a 'tool }", "column 17: the text that begins here does not end", "", 16),
        ("SELECT * { ?x a atlas:Tool } LIMIT ten", "column 36: a whole number is expected, not 'ten'", "", 35),
        ("SELECT * { <x> ?p ?o }", "column 12: the IRI is relative, and the query has no BASE", "", 11),
        ("SELECT ?x (COUNT(*) AS ?n) {}", "the SELECT contains a variable that is unbound", "", -1),
        ("SELECT * { ?x a ?y FILTER(?x = ) }", "column 32: an expression is expected, not ')'", "", 31),
        ("INSERT DATA {}", "SELECT is expected, not 'INSERT'", "", 0),
        ("", "is expected, not the end of the query", "", 0),
    ],
)
@pytest.mark.usefixtures("folder")
def test_a_fault_is_shown_where_it_stands(capfdbinary: Capture, query: str, said: str, line: str, caret: int) -> None:
    code, out, shown = asked(capfdbinary, query, "--format", "csv")
    assert (code, out) == (2, "")
    message, excerpt, mark = shown.splitlines()
    assert said in message
    assert line in excerpt
    assert caret < 0 or mark.index("^") == len("  1 | ") + caret


@pytest.mark.usefixtures("folder")
def test_the_limit_holds(capfdbinary: Capture) -> None:
    code, out, said = asked(capfdbinary, LABELS, "--limit", "1", "--format", "csv")
    assert (code, out.count("\r\n")) == (0, 2)
    assert said == "linkatlas: the first 1; there may be more (--limit)\n"
    assert (
        asked(capfdbinary, "CONSTRUCT WHERE { ?s ?p ?o }", "--limit", "2", "--format", "ntriples")[1].count("\n") == 2
    )


def costly(folder: Path, *words: str) -> subprocess.Popen[str]:
    facts = "".join(f"<http://e/{n}> <http://e/p> {n + 1} .\n" for n in range(3000))
    (folder / "many.ttl").write_text(facts, "utf-8")
    command = [sys.executable, "-m", "linkatlas", "query", "-d", "many.ttl", COSTLY, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_time_limit_holds(folder: Path) -> None:
    with costly(folder, "--timeout", "0.3") as process:
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (5, "linkatlas: the query was ended after 0.3 seconds\n")


@pytest.mark.skipif(sys.platform == "win32", reason="sends a signal")
def test_control_c_ends_a_running_query_at_once(folder: Path) -> None:
    with costly(folder) as process:
        time.sleep(1.5)
        begun = time.monotonic()
        os.kill(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=20)
    assert (process.returncode, said.strip()) == (130, "linkatlas: stopped")
    assert time.monotonic() - begun < 2


def test_a_reader_that_goes_away_ends_it_quietly(folder: Path) -> None:
    facts = "".join(f"<http://e/{n}> <http://e/p> {n} .\n" for n in range(30_000))
    (folder / "many.ttl").write_text(facts, "utf-8")
    command = [sys.executable, "-m", "linkatlas", "query", "-d", "many.ttl", "SELECT * { ?s ?p ?o }", "--format", "csv"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
