"""The query page of `linkatlas serve`: it works offline, and asks nobody but its server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from linkatlas.output import write_all
from linkatlas.vocabulary import load
from sample import BUILD
from serving import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

sync_api = pytest.importorskip("playwright.sync_api")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("build")
    write_all(folder, ["turtle", "html"], BUILD, load())
    with serving(folder) as served:
        yield served


@pytest.fixture
def queries(page: Page, server: Served) -> Iterator[Page]:
    """The query page; at the end, it has asked its own server alone, and nothing has complained."""
    asked: list[str] = []
    complaints: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type != "info" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"{server.url}/query")
    page.wait_for_selector("html[data-ready=all]")
    yield page
    assert asked
    assert [url for url in asked if not url.startswith((server.url, "data:", "blob:"))] == []
    assert complaints == []


def ask(page: Page, query: str) -> None:
    page.evaluate("query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)
    page.locator(".yasqe_queryButton:visible").click()


def test_a_query_is_asked_and_its_rows_are_shown(queries: Page) -> None:
    queries.locator(".yasqe_queryButton:visible").click()
    rows = queries.locator(".yasr_results table tbody tr")
    rows.first.wait_for()
    assert "Apache Airflow" in rows.first.inner_text()


def test_triples_and_truths_are_shown(queries: Page) -> None:
    ask(queries, "ASK { ?tool atlas:runsOn ?platform }")
    queries.get_by_text("True", exact=True).wait_for()
    ask(queries, "CONSTRUCT { ?tool a atlas:Tool } WHERE { ?tool skos:prefLabel 'Kedro' }")
    queries.locator(".yasr_results").get_by_text("tool/kedro").first.wait_for()


def test_prefixes_are_those_of_the_server(queries: Page, server: Served) -> None:
    known = json.loads(server.get("/api/prefixes").body)
    queries.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    queries.locator(".CodeMirror:visible").click()
    queries.keyboard.type("SELECT * { ?x a atlas:")
    queries.wait_for_function("document.querySelector('.CodeMirror').CodeMirror.getValue().includes('PREFIX')")
    text = queries.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()")
    assert f"PREFIX atlas: <{known['atlas']}>" in text


def test_it_leads_to_the_view(queries: Page) -> None:
    queries.get_by_role("link", name="The view").click()
    queries.wait_for_selector("html[data-ready=all] #search")


def test_a_faulty_query_is_explained(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/query")
    page.wait_for_selector("html[data-ready=all]")
    ask(page, "SELECT * { ?s ?p }")
    page.locator(".yasr").get_by_text("line 1, column").wait_for()


def test_hostile_text_in_the_data_stays_text(page: Page, tmp_path: Path) -> None:
    file = tmp_path / "evil.ttl"
    evil = "<img src=x onerror=alert(1)><script>alert(2)</script>"
    file.write_text(f'<http://e/a> <http://e/p> "{evil}" .', encoding="utf-8")
    said: list[str] = []

    def refuse(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", refuse)
    with serving(file) as served:
        page.goto(f"{served.url}/query")
        page.wait_for_selector("html[data-ready=all]")
        ask(page, "SELECT * { ?s ?p ?o }")
        page.locator(".yasr_results table").get_by_text("onerror").first.wait_for()
        assert page.evaluate("document.querySelectorAll('.yasr_results img, .yasr_results script').length") == 0
    assert said == []
