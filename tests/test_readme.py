"""The README: every command in it runs, and every answer in it is the one that comes out."""

from __future__ import annotations

import csv
import difflib
import re
import sys
from pathlib import Path

import pytest

from conftest import CHECKOUT
from linkatlas.export.tables import NODE_COLUMNS, STATEMENT_COLUMNS

sys.path.insert(0, str(CHECKOUT / "scripts"))

import accuracy
import readme

TEXT = readme.README.read_text(encoding="utf-8")
RUN_ELSEWHERE = {"sh": "tests/test_scripts.py", "cypher": "nowhere; its columns are checked below"}


def compared(now: str) -> None:
    """Fail with the difference where the README is not as it would be written now."""
    changes = difflib.unified_diff(TEXT.splitlines(), now.splitlines(), "README", "now", n=1, lineterm="")
    if now != TEXT:
        pytest.fail("\n".join(changes) + "\nIf this is as it should be: python3 scripts/readme.py", pytrace=False)


@pytest.mark.slow
def test_what_the_readme_shows_is_what_comes_out(tmp_path: Path) -> None:
    compared(readme.refreshed(TEXT, tmp_path))


@pytest.mark.slow
def test_the_accuracy_is_what_the_labelled_lists_say(shared: Path, tmp_path: Path) -> None:
    assert shared == accuracy.GOLD.parent
    compared(readme.with_accuracy(TEXT, tmp_path))


def test_every_block_is_one_that_is_run() -> None:
    fences = re.findall(r"^```(\w+)$", TEXT, re.MULTILINE)
    assert set(fences) <= {"console", "python", "sparql", "turtle", "markdown", "text", *RUN_ELSEWHERE}
    shell = re.search(r"^```sh\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert shell is not None
    commands = [line.partition("#")[0].strip() for line in shell[1].splitlines()]
    assert commands == ["python3 scripts/build.py", "python3 scripts/test.py"]


def test_the_columns_that_neo4j_is_given_are_there() -> None:
    cypher = re.search(r"^```cypher\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
    assert cypher is not None
    nodes, statements = cypher[1].split("statements.csv")
    assert set(re.findall(r"row\.(\w+)", nodes)) <= set(NODE_COLUMNS)
    assert set(re.findall(r"row\.(\w+)", statements)) <= set(STATEMENT_COLUMNS)


def test_links_within_the_checkout_lead_somewhere() -> None:
    links = re.findall(r"(?:\]\(|src(?:set)?=\")(?!https?:)([^)\"#]+)", TEXT)
    assert links
    assert [link for link in links if not (CHECKOUT / link).exists()] == []


def test_the_options_and_formats_are_those_of_the_command() -> None:
    from linkatlas.cli.build import build
    from linkatlas.export import EXPORTERS

    section = TEXT.partition("## Options")[2].partition("\n## ")[0]
    options = {word for option in build.params for word in option.opts if word.startswith("--")}
    assert options == set(re.findall(r"--[a-z][a-z-]*", section))
    assert all(f"`{name}`" in section for name in EXPORTERS)
    assert all(f"`{exporter.filename}`" in TEXT for exporter in EXPORTERS.values())


def test_the_kept_tables_have_the_columns_of_the_readme() -> None:
    with (CHECKOUT / "tests" / "golden" / "statements.csv").open(encoding="utf-8", newline="") as file:
        assert tuple(next(csv.reader(file))) == STATEMENT_COLUMNS
