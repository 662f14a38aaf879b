"""A hostile list, and people who do not see, or do not point."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from linkatlas.model import Build, Evidence, Node, Place, Statement
from sample import BUILD, GRAPH, SOURCE, iri

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.conftest import Open

sync_api = pytest.importorskip("playwright.sync_api")
axe = pytest.importorskip("axe_playwright_python.sync_playwright")

EVIL = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "javascript:alert(4)",
    "\u202eevil\u202c \u2066name\u2069",
    "&lt;b&gt; {{ 7*7 }} ${alert(5)} <!--",
    "x" * 10_000,
    "=cmd|'/c calc'!A1",
    "__proto__",
    "constructor",
)
URLS = ("javascript:alert(6)", "data:text/html,<script>alert(7)</script>", "file:///etc/passwd", "https://example.org/")


def hostile() -> Build:
    nodes = [
        Node(iri(f"tool/evil-{n}"), "atlas:Tool", name, (name + " too",), URLS, name, (Place(SOURCE, 5),))
        for n, name in enumerate(EVIL)
    ]
    why = Evidence(SOURCE, 5, EVIL[0] + EVIL[1], EVIL[2], 0.5)
    said = [Statement(node.iri, "atlas:runsOn", iri("tool/kubernetes"), why) for node in nodes]
    said += [Statement(node.iri, "atlas:homepage", URLS[n % 4], why) for n, node in enumerate(nodes)]
    source = GRAPH.sources[0]._replace(title=EVIL[1])
    statements = tuple(sorted([*GRAPH.statements, *said]))
    return Build(GRAPH._replace(nodes=tuple(sorted([*GRAPH.nodes, *nodes])), statements=statements, sources=(source,)))


def test_nothing_in_a_hostile_list_runs(opened: Open) -> None:
    page = opened(hostile()).page
    for n in range(len(EVIL)):
        page.evaluate(f"location.hash = 'node=tool/evil-{n}'")
        for button in page.get_by_role("button", name="Evidence", exact=True).all():
            button.click()
    page.get_by_role("searchbox", name="Search").fill("alert")
    page.get_by_role("searchbox", name="Search").press("Escape")
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("radio", name="Edges").check()
    assert page.evaluate("document.querySelectorAll('img, svg [onload], iframe, [onerror]').length") == 0
    links = page.evaluate("[...document.querySelectorAll('a')].map(a => a.protocol)")
    assert set(links) <= {"http:", "https:"}


def test_a_very_long_name_stays_in_its_place(opened: Open) -> None:
    page = opened(hostile(), "#node=tool/evil-6").page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def faults(page: Page) -> list[str]:
    return [f"{v['id']}: {v['nodes'][0]['html']}" for v in axe.Axe().run(page).response["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(opened: Open, page: Page, scheme: Any, width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    view = opened(BUILD)
    states = ("", "node=tool/apache-airflow&path=tool/tekton", "node=tool/flyte&only=1&hops=1", "tab=table")
    for state in (*states, "tab=table&rows=edges", "edge=tool/waimak atlas:runsOn tool/apache-spark"):
        view.page.evaluate(f"location.hash = '{state}'")
        for button in view.page.get_by_role("button", name="Evidence", exact=True).all()[:2]:
            button.click()
        assert faults(view.page) == [], state
    view.page.get_by_role("searchbox", name="Search").fill("air")
    assert faults(view.page) == []
    view.page.get_by_role("searchbox", name="Search").press("Escape")
    view.page.get_by_role("button", name="Take away").click()
    assert faults(view.page) == []
