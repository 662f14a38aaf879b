"""Questions to the graph in SPARQL, asked and answered inside the page."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph
import pytest

from browser.test_safety import faults, hostile
from linkatlas.export import html
from linkatlas.model import Build
from linkatlas.vocabulary import load
from sample import BUILD, iri
from town import town

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from browser.conftest import Open

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

RUNS_ON = "SELECT ?tool ?platform { ?tool atlas:runsOn ?platform }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
RING = (0, 102, 143)
"""The colour of rings, light."""


def editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name="SPARQL query")


def ask(page: Page, query: str) -> None:
    editor(page).fill(query)
    page.get_by_role("button", name="Run", exact=True).click()


def status(page: Page) -> Locator:
    return page.get_by_role("region", name="Ask").get_by_role("status")


def answer(page: Page) -> Locator:
    return page.get_by_role("group", name="Answer")


def has_colour(page: Page, colour: tuple[int, int, int]) -> bool:
    found: bool = page.evaluate(
        """([r, g, b]) => {
          const canvas = document.querySelector('#picture canvas').cloneNode();
          const copy = canvas.getContext('2d');
          copy.drawImage(document.querySelector('#picture canvas'), 0, 0);
          const pixels = copy.getImageData(0, 0, canvas.width, canvas.height).data;
          for (let i = 0; i < pixels.length; i += 4)
            if (pixels[i] === r && pixels[i + 1] === g && pixels[i + 2] === b) return true;
          return false;
        }""",
        list(colour),
    )
    return found


def test_the_nodes_of_an_answer_light_up_and_lead_to_their_details(asking: Open) -> None:
    page = asking().page
    assert not has_colour(page, RING)
    ask(page, RUNS_ON)
    expect(status(page)).to_contain_text("4 rows · 6 nodes lit")
    page.wait_for_timeout(500)  # the picture comes to rest
    assert has_colour(page, RING)
    answer(page).get_by_role("button", name="Waimak", exact=True).click()
    details = page.get_by_role("region", name="Details")
    expect(details.get_by_role("heading", name="Waimak", exact=True)).to_be_visible()
    page.get_by_role("button", name="Reset").click()
    expect(answer(page).get_by_role("table")).to_have_count(0)
    page.wait_for_timeout(500)
    assert not has_colour(page, RING)


def test_of_a_large_graph_what_an_answer_names_is_drawn_and_brought_into_the_window(asking: Open) -> None:
    page = asking(town(4000)).page
    ask(page, "SELECT ?tool { ?tool skos:prefLabel 'Tool 3777' }")
    expect(status(page)).to_contain_text("1 row · 1 node lit")
    page.wait_for_timeout(500)
    assert has_colour(page, RING)


def test_the_engine_is_made_when_the_panel_is_opened(asking: Open) -> None:
    page = asking(hash_="").page
    assert page.workers == []
    page.get_by_role("button", name="Ask").click()
    expect(status(page)).to_contain_text("triples to ask")
    assert len(page.workers) == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT ?s ?quote ?n { ?s atlas:quote ?quote ; atlas:line ?n }",
        "SELECT ?s (COUNT(?o) AS ?n) { ?s atlas:runsOn|atlas:developedBy ?o } GROUP BY ?s",
        "PREFIX tool: <http://example.org/>\nSELECT ?x { VALUES ?x { tool:a 'é'@fr 1.50 true UNDEF } }",
        "CONSTRUCT { ?a atlas:partOf ?b } { ?a atlas:runsOn ?b }",
    ],
)
def test_rows_are_those_that_oxigraph_gives_in_python(asking: Open, tmp_path: Path, query: str) -> None:
    page = asking().page
    ask(page, query)
    expect(status(page)).to_contain_text(re.compile(r"^[\d,]+ rows?\b"))
    assert taken(page, tmp_path) == expected(query)


def taken(page: Page, folder: Path) -> list[list[str]]:
    """The rows of an answer as the page exports them, sorted, under their names."""
    with page.expect_download() as download:
        page.get_by_role("button", name="Rows as CSV").click()
    download.value.save_as(folder / "answer.csv")
    with (folder / "answer.csv").open(encoding="utf-8", newline="") as file:
        head, *rows = csv.reader(file)
    return [head, *sorted(row or [""] for row in rows)]


def expected(query: str, build: Build = BUILD) -> list[list[str]]:
    """The same from pyoxigraph, over the same triples."""
    asked = html.sparql(build, load())
    store = pyoxigraph.Store()
    for text in (asked.facts, asked.evidence):
        store.load(text, format=pyoxigraph.RdfFormat.TURTLE)
    found: Any = store.query(query, prefixes=dict(asked.prefixes))
    names = ["subject", "predicate", "object"]
    if isinstance(found, pyoxigraph.QuerySolutions):
        names = [variable.value for variable in found.variables]
        return [names, *sorted([term.value if term else "" for term in row] for row in found)]
    return [names, *sorted([fact.subject.value, fact.predicate.value, fact.object.value] for fact in found)]


@pytest.mark.parametrize(("query", "truth"), [("ASK { ?a atlas:runsOn ?b }", "Yes"), ("ASK { ?a a atlas:No }", "No")])
def test_a_question_of_truth_is_answered_in_a_word(asking: Open, query: str, truth: str) -> None:
    page = asking().page
    ask(page, query)
    expect(answer(page)).to_have_text(truth)


@pytest.mark.parametrize(
    ("query", "said", "caret"),
    [
        ("SELECT ?a {\n  ?a foo:b ?c }", "Line 2, column 6: the prefix foo: is not declared.", 17),
        ("# 日本😀\nSELECT * { ?a ?p '日本😀' } x", "Line 2, column 27: the query cannot go on like this.", 34),
        ("SELECT * { ?s ?p ?o", "Line 1, column 20: expected ", 19),
    ],
)
def test_a_fault_is_told_with_its_place(asking: Open, query: str, said: str, caret: int) -> None:
    page = asking().page
    ask(page, query)
    expect(page.get_by_role("alert")).to_contain_text(said)
    assert editor(page).evaluate("area => area.selectionStart") == caret
    ask(page, RUNS_ON)
    expect(page.get_by_role("alert")).to_be_hidden()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("# all\nDELETE WHERE { ?s ?p ?o }", "The graph of this page can be asked, not changed."),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "The service <https://example.org/> is not"),
    ],
)
def test_what_a_page_cannot_do_is_refused_in_a_sentence(asking: Open, query: str, said: str) -> None:
    page = asking().page
    ask(page, query)
    expect(page.get_by_role("alert")).to_contain_text(said)


def test_a_query_without_end_can_be_stopped_and_the_page_answers_meanwhile(asking: Open) -> None:
    page = asking().page
    ask(page, ENDLESS)
    expect(status(page)).to_contain_text("Asking")
    page.get_by_role("searchbox", name="Search").fill("kedro")
    expect(page.get_by_role("option").first).to_contain_text("Kedro")
    page.get_by_role("searchbox", name="Search").press("Escape")
    page.get_by_role("button", name="Stop").click()
    expect(status(page)).to_have_text("Stopped.")
    ask(page, RUNS_ON)
    expect(status(page)).to_contain_text("4 rows")


def test_a_further_query_ends_the_one_that_runs(asking: Open) -> None:
    view = asking()
    ask(view.page, ENDLESS)
    expect(status(view.page)).to_contain_text("Asking")
    view.page.evaluate(f"location.hash = 'ask=1&query={quote(RUNS_ON)}'")
    expect(status(view.page)).to_contain_text("4 rows")
    for _ in range(100):  # the browser takes a moment to end a worker
        if len(view.page.workers) > 1:
            view.page.wait_for_timeout(100)
    assert len(view.page.workers) == 1


def test_a_link_asks_again_and_back_leads_to_the_question_before(asking: Open) -> None:
    page = asking().page
    ask(page, RUNS_ON)
    expect(status(page)).to_contain_text("4 rows")
    ask(page, "SELECT ?made { ?made atlas:developedBy ?by }")
    expect(answer(page).get_by_role("columnheader")).to_have_text(["made"])
    page.reload()
    expect(answer(page).get_by_role("columnheader")).to_have_text(["made"])
    page.go_back()
    expect(answer(page).get_by_role("columnheader")).to_have_text(["tool", "platform"])
    expect(editor(page)).to_have_value(RUNS_ON)


def test_asking_works_by_keyboard_alone(asking: Open) -> None:
    page = asking(hash_="").page
    page.get_by_role("button", name="Ask").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("searchbox", name="Find a question")).to_be_focused()
    editor(page).focus()
    page.keyboard.insert_text(RUNS_ON)
    page.keyboard.press("Control+Enter")
    expect(status(page)).to_contain_text("4 rows")
    answer(page).get_by_role("button").first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Details").get_by_role("heading").first).not_to_have_text("Awesome MLOps")
    page.keyboard.press("Escape")
    expect(page.get_by_role("region", name="Ask")).to_be_hidden()
    expect(page.get_by_role("button", name="Ask")).to_be_focused()


def test_nodes_stand_by_their_names_and_lines_of_a_list_as_places(asking: Open) -> None:
    page = asking().page
    ask(
        page,
        "SELECT ?tool ?toolLabel ?cls ?place { ?tool a ?cls ; skos:prefLabel ?toolLabel ."
        " ?r rdf:subject ?tool ; rdf:predicate atlas:runsOn ; rdf:object tool:kubernetes ;"
        " prov:wasQuotedFrom ?place } ORDER BY ?tool LIMIT 1",
    )
    expect(answer(page).get_by_role("columnheader")).to_have_text(["tool", "cls", "place"])
    expect(answer(page).get_by_role("cell")).to_have_text(["Apache Airflow", "atlas:Tool", "mlops.md, line 6"])


def test_more_rows_than_fit_are_shown_on_demand(asking: Open) -> None:
    page = asking().page
    ask(page, "SELECT ?s ?o ?tool { ?s ?p ?o . ?tool a atlas:Tool } LIMIT 450")
    rows = answer(page).get_by_role("row")
    expect(rows).to_have_count(201)
    page.get_by_role("button", name="Show 200 more of 450").click()
    page.get_by_role("button", name="Show 50 more of 450").click()
    expect(rows).to_have_count(451)


def test_too_many_readings_stay_out_and_the_page_says_so(asking: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "READINGS_MOST", 3)
    page = asking().page
    expect(page.get_by_text("the readings behind them are in evidence.ttl")).to_be_visible()
    ask(page, "SELECT * { ?reading a rdf:Statement }")
    expect(status(page)).to_contain_text("0 rows")


def test_nothing_in_an_answer_from_a_hostile_list_runs(asking: Open, tmp_path: Path) -> None:
    page = asking(hostile()).page
    ask(page, "SELECT * { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'alert') || STRLEN(STR(?o)) > 9000) }")
    expect(status(page)).to_contain_text(" rows")
    assert page.evaluate("document.querySelectorAll('img, svg [onload], iframe, [onerror]').length") == 0
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.protocol)")
    assert set(links) <= {"http:", "https:"}
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    ask(page, "SELECT ?name { VALUES ?name { '=cmd' '<b>' } }")
    expect(status(page)).to_contain_text("2 rows")
    assert taken(page, tmp_path) == [["name"], ["'=cmd"], ["<b>"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing_in_the_panel(asking: Open, page: Page, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    view = asking()
    assert faults(view.page) == []
    for query in (RUNS_ON, "SELECT ?a { ?a foo:b ?c }", "ASK {}", f"SELECT * {{ <{iri('tool/flyte')}> ?p ?o }}"):
        ask(view.page, query)
        view.page.wait_for_timeout(300)
        assert faults(view.page) == [], query
    assert view.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
