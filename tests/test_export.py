"""What all formats have in common, and the report."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings

import sample
from hostile import builds
from linkatlas.export import EXPORTERS
from linkatlas.export.report import links, report
from linkatlas.model import SKIP_REASONS, Build, Finding, Graph, Kept, Source
from linkatlas.vocabulary import load

VOCABULARY = load()
LIGHT = [name for name in EXPORTERS if name != "html"]
"""The formats that are quick to write; the view has tests of its own."""

DIGESTS = """
import sys
from hashlib import sha256
from io import BytesIO
sys.path.insert(0, sys.argv[1])
from sample import BUILD
from linkatlas.export import EXPORTERS
from linkatlas.vocabulary import load
for name in sys.argv[2:]:
    out = BytesIO()
    EXPORTERS[name].write(BUILD, load(), out)
    print(name, sha256(out.getvalue()).hexdigest())
"""


def written(name: str, build: Build) -> bytes:
    """Return the file of a format."""
    out = BytesIO()
    EXPORTERS[name].write(build, VOCABULARY, out)
    assert not out.closed
    return out.getvalue()


def test_the_quotes_of_the_sample_stand_on_their_lines() -> None:
    lines = sample.TEXT.splitlines()
    headings = {4: "Workflows", 12: "Platforms"}
    for statement in sample.GRAPH.statements:
        said = statement.evidence
        above = [heading for line, heading in headings.items() if line <= said.line]
        assert said.quote in lines[said.line - 1] or said.quote == above[-1]
    assert list(sample.GRAPH.nodes) == sorted(sample.GRAPH.nodes)
    assert list(sample.GRAPH.statements) == sorted(sample.GRAPH.statements)


@pytest.mark.parametrize("name", LIGHT)
def test_every_format_is_utf8_with_plain_line_ends(name: str) -> None:
    data = written(name, sample.BUILD)
    assert data.decode("utf-8").endswith("\n")
    assert b"\r" not in data
    assert not data.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("name", LIGHT)
def test_every_format_writes_an_empty_graph(name: str) -> None:
    assert written(name, Build(Graph("https://example.org/", (), ())))


@pytest.mark.parametrize("name", LIGHT)
@settings(max_examples=30)
@given(build=builds())
def test_every_format_takes_any_text(name: str, build: Build) -> None:
    assert written(name, build).decode("utf-8")


def test_two_processes_write_the_same_bytes() -> None:
    command = [sys.executable, "-c", DIGESTS, str(Path(__file__).parent), *LIGHT]
    seeds = ("0", "1")
    runs = [
        subprocess.run(
            command, capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": seed}
        ).stdout
        for seed in seeds
    ]
    assert len(runs[0].splitlines()) == len(LIGHT)
    assert runs[0] == runs[1]


def test_the_libraries_of_a_format_are_loaded_when_it_is_written() -> None:
    code = "import sys, linkatlas.output; print(*{'pyvis', 'networkx', 'rdflib', 'csv', 'json'} & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"pyvis", "networkx", "rdflib"} & set(found)


def test_the_report_accounts_for_every_link() -> None:
    found = json.loads(written("report", sample.BUILD))
    assert found == report(sample.BUILD)
    assert found["links"] == {"total": 14, "entry": 11, "part": 1, "evidence": 0, "skipped": 2}
    assert found["skipped"]["by_reason"]["badge"] == {"count": 1, "meaning": SKIP_REASONS["badge"]}
    assert len(found["skipped"]["links"]) == found["links"]["skipped"]
    assert found["skipped"]["links"][0] == {
        "source": sample.SOURCE,
        "line": 2,
        "url": "https://awesome.re/badge.svg",
        "reason": "image",
    }


def test_the_report_has_a_line_for_each_link_that_was_kept() -> None:
    (source,) = sample.GRAPH.sources
    kept = (Kept(5, "https://airflow.example/", "entry", "https://example.org/tool/airflow"),)
    build = Build(sample.GRAPH._replace(sources=(source._replace(kept=kept),)))
    assert json.loads(written("report", build)) == report(build)
    assert b'\n   [0, 5, "https://airflow.example/", "entry", "https://example.org/tool/airflow"]\n' in written(
        "report", build
    )


def test_the_links_of_several_lists_add_up() -> None:
    one, other = sample.GRAPH.sources[0], Source("b.md", "https://example.org/b", "", "text/markdown", 9, 2, 5)
    sums = {fate: count + links([other])[fate] for fate, count in links([one]).items()}
    assert links([one, other]) == sums
    assert links([]) == {"total": 0, "entry": 0, "part": 0, "evidence": 0, "skipped": 0}


def test_the_report_counts_readings_and_facts_apart() -> None:
    found = report(sample.BUILD)
    assert found["nodes"]["total"] == len(sample.GRAPH.nodes)
    assert found["statements"]["by_predicate"]["atlas:inTopic"] == 11
    assert found["facts"]["by_predicate"]["atlas:inTopic"] == 10
    assert found["facts"]["inferred"] == 1
    assert found["facts"]["total"] == found["facts"]["read"] + 1 == sum(found["facts"]["by_predicate"].values())


def test_the_report_has_the_worst_finding_first() -> None:
    findings = tuple(
        Finding("https://example.org/", "shape", severity, "") for severity in ("Info", "Violation", "Warning")
    )
    found = report(Build(sample.GRAPH, findings))["findings"]
    assert [finding["severity"] for finding in found["all"]] == ["Violation", "Warning", "Info"]
    assert found["total"] == 3
