"""The filters that narrow the view to one list, and that dim what is filtered out instead of hiding it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from browser.test_taking_away import take
from linkatlas.model import Build, Evidence, Node, Place, Statement
from sample import BUILD, GRAPH, iri

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.conftest import Open

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

PATH = "{http://www.w3.org/2000/svg}path"


def two_lists() -> Build:
    """The sample with a second list, which has one tool of its own and names one of the first list's."""
    second = GRAPH.sources[0]._replace(
        source="lists/clusters.md", iri=GRAPH.base_iri + "list/clusters", title="Clusters"
    )
    argo = Node(iri("tool/argo"), "atlas:Tool", "Argo", listed_at=(Place(second.source, 3),))
    why = Evidence(second.source, 3, "Argo, on Kubernetes", "cue", 0.9)
    said = Statement(argo.iri, "atlas:runsOn", iri("tool/kubernetes"), why)
    return Build(
        GRAPH._replace(
            nodes=tuple(sorted([*GRAPH.nodes, argo])),
            statements=tuple(sorted([*GRAPH.statements, said])),
            sources=(*GRAPH.sources, second),
        )
    )


def test_the_list_filter_leaves_what_a_list_holds_or_names_and_what_it_says(opened: Open) -> None:
    page = opened(two_lists()).page
    expect(page.locator("#count")).to_have_text("26 shown")
    page.get_by_role("combobox", name="List").fill("Clusters")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("2 of 26 shown")
    assert "list=lists/clusters.md" in page.url
    page.get_by_role("tab", name="Table").click()
    page.get_by_role("radio", name="Edges").check()
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("row").last).to_contain_text("Argo")
    page.reload()
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("combobox", name="List").fill("Awesome MLOps")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Argo", exact=True)).to_have_count(0)
    page.get_by_role("combobox", name="List").fill("")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Graph").click()
    expect(page.locator("#count")).to_have_text("26 shown")


def marks(page: Page, folder: Path) -> list[float]:
    """How opaque each mark in the picture is."""
    root = ElementTree.parse(take(page, "Export SVG", folder)).getroot()  # noqa: S314 - our own file
    return sorted(float(path.get("opacity", "1")) for path in root.iter(PATH))


def test_what_is_filtered_out_is_hidden_or_dimmed(opened: Open, tmp_path: Path) -> None:
    page = opened(BUILD, "#hide=atlas:Vendor").page
    assert marks(page, tmp_path) == [1.0] * 18
    page.get_by_role("checkbox", name="Dim the rest instead of hiding it").check()
    assert marks(page, tmp_path) == [0.13] * 7 + [1.0] * 18
    expect(page.locator("#count")).to_have_text("18 of 25 shown")
    page.reload()
    expect(page.get_by_role("checkbox", name="Dim the rest instead of hiding it")).to_be_checked()
    assert marks(page, tmp_path) == [0.13] * 7 + [1.0] * 18
    page.get_by_role("button", name="Reset").click()
    assert marks(page, tmp_path) == [1.0] * 25
