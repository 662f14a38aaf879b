"""What a reader does with the view: find, filter, understand, follow, come back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from linkatlas.model import Document
from linkatlas.pipeline import build
from linkatlas.vocabulary import load
from sample import AIRFLOW_ON_K8S, BUILD

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

    from browser.conftest import Open

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect


def details(page: Page) -> Locator:
    return page.get_by_role("region", name="Details")


def find(page: Page, text: str) -> None:
    page.get_by_role("searchbox", name="Search").fill(text)
    page.keyboard.press("Enter")


def test_the_picture_is_drawn_at_once(opened: Open) -> None:
    page = opened(BUILD).page
    colours = page.evaluate(
        """() => {
          const canvas = document.querySelector('#picture canvas');
          const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
          const seen = new Set();
          for (let i = 0; i < pixels.length; i += 4) if (pixels[i + 3] === 255) seen.add(pixels.slice(i, i + 3).join());
          return [...seen];
        }"""
    )
    assert {"0,114,178", "213,94,0", "0,158,115"} <= set(colours), "tools, vendors and topics in their colours"


def test_search_finds_names_and_aliases_and_enter_opens(opened: Open) -> None:
    page = opened(BUILD).page
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
    page.keyboard.type("k8s")
    options = page.get_by_role("listbox", name="Results").get_by_role("option")
    expect(options.first).to_contain_text("Kubernetes")
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", name="Kubernetes", exact=True)).to_be_visible()
    assert page.url.endswith("#node=tool/kubernetes") or "#node=tool/kubernetes&" in page.url


def test_things_of_one_name_are_told_apart_by_their_addresses(opened: Open) -> None:
    lists = [
        Document(f"{who}.md", f"# Awesome {who}\n\n- [Tidewheel](https://github.com/{who}/tidewheel) - {said}\n")
        for who, said in (("ada", "A window manager."), ("bea", "Brokers of messages in Go."))
    ]
    page = opened(build(lists, load())).page
    page.get_by_role("searchbox", name="Search").fill("tidewheel")
    options = page.get_by_role("listbox", name="Results").get_by_role("option")
    expect(options).to_have_text(["Tidewheelgithub.com/bea/tidewheel", "Tidewheelgithub.com/ada/tidewheel"])


def test_arrow_keys_go_through_the_results(opened: Open) -> None:
    page = opened(BUILD).page
    page.get_by_role("searchbox", name="Search").fill("kube")
    options = page.get_by_role("option")
    expect(options).to_have_count(4)
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    chosen = page.locator("[role=option][aria-selected=true]")
    expect(chosen).to_have_count(1)
    name = chosen.inner_text().splitlines()[0]
    page.keyboard.press("Enter")
    expect(details(page).get_by_role("heading", name=name, exact=True)).to_be_visible()


def test_details_say_who_says_so(opened: Open) -> None:
    page = opened(BUILD, "#node=tool/apache-airflow").page
    panel = details(page)
    expect(panel.get_by_role("heading", name="Apache Airflow", exact=True)).to_be_visible()
    expect(panel.get_by_text("Also: AirFlow, Airflow")).to_be_visible()
    expect(panel.get_by_text("plans workflows as graphs.")).to_be_visible()
    expect(panel.get_by_role("link", name="airflow.apache.org").first).to_have_attribute("rel", re.compile("noopener"))
    row = panel.get_by_role("listitem").filter(has=page.get_by_role("button", name="Kubernetes", exact=True))
    row.get_by_role("button", name="Evidence").click()
    expect(row.get_by_role("blockquote")).to_have_text("AirFlow on K8S")
    expect(row.locator("mark")).to_have_text(["AirFlow", "K8S"])
    expect(row.get_by_text("mlops.md, line 6")).to_be_visible()
    expect(row.get_by_text("95 % sure")).to_be_visible()


def test_each_kind_is_a_checkbox_that_hides_it(opened: Open) -> None:
    page = opened(BUILD).page
    expect(page.locator("#count")).to_have_text("25 shown")
    for kind, count in (("Tool", 10), ("Vendor", 7), ("Article", 2), ("Topic", 3), ("Person", 1), ("Talk", 1)):
        box = page.get_by_role("checkbox", name=re.compile(f"^{kind}"))
        expect(box).to_have_count(1)
        box.uncheck()
        expect(page.locator("#count")).to_have_text(f"{25 - count} of 25 shown")
        box.check()
    page.get_by_role("checkbox", name=re.compile("^Resource")).uncheck()
    expect(page.locator("#count")).to_have_text("22 of 25 shown")


def test_back_undoes_and_reload_keeps(opened: Open) -> None:
    page = opened(BUILD).page
    find(page, "Kedro")
    find(page, "Flyte")
    page.get_by_role("checkbox", name=re.compile("^Vendor")).uncheck()
    page.reload()
    expect(details(page).get_by_role("heading", name="Flyte", exact=True)).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("^Vendor"))).not_to_be_checked()
    page.go_back()
    expect(page.get_by_role("checkbox", name=re.compile("^Vendor"))).to_be_checked()
    page.go_back()
    expect(details(page).get_by_role("heading", name="Kedro", exact=True)).to_be_visible()


@pytest.mark.parametrize("key", ["tool/kedro", "https://w3id.org/linkatlas/id/tool/kedro", "Kedro"])
def test_a_link_opens_a_node_by_key_iri_or_name(opened: Open, key: str) -> None:
    page = opened(BUILD, f"#node={key}").page
    expect(details(page).get_by_role("heading", name="Kedro", exact=True)).to_be_visible()


def test_a_link_to_a_resource_or_an_edge(opened: Open) -> None:
    view = opened(BUILD, f"#node={AIRFLOW_ON_K8S}")
    expect(details(view.page).get_by_role("heading", name="AirFlow on K8S", exact=True)).to_be_visible()
    view.page.evaluate("location.hash = 'edge=tool/waimak atlas:runsOn tool/apache-spark'")
    expect(details(view.page).get_by_role("heading", name="Waimak runs on Apache Spark")).to_be_visible()
    expect(details(view.page).get_by_role("blockquote")).to_have_text("in Apache Spark")


def test_the_shortest_path_is_told_step_by_step(opened: Open) -> None:
    page = opened(BUILD, "#node=tool/apache-airflow").page
    page.get_by_role("combobox", name="Path to").fill("tekton")
    page.get_by_role("listbox", name="Path results").get_by_role("option").first.click()
    steps = page.get_by_role("list", name="Path").locator("> li")
    words = [text.splitlines()[0] for text in steps.all_inner_texts()]
    assert words[0] == "Apache Airflow"
    assert words[-1] == "Tekton"
    assert words[1:3] == ["runs on Evidence", "Kubernetes"]
    assert "path=tool/tekton" in page.url


def test_only_this_and_back(opened: Open) -> None:
    page = opened(BUILD, "#node=tool/flyte").page
    details(page).get_by_role("button", name="Only this").click()
    expect(page.locator("#count")).to_have_text(re.compile(r"^[34] of 25 shown"))
    details(page).get_by_role("button", name="2 hops").click()
    expect(page.locator("#count")).not_to_have_text(re.compile(r"^[34] of 25"))
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#count")).to_have_text("25 shown")


def test_relation_topic_and_confidence_filter(opened: Open) -> None:
    page = opened(BUILD, "#tab=table&rows=edges").page
    rows = page.get_by_role("row")
    everything = rows.count()
    page.get_by_role("button", name="runs on").first.click()
    expect(rows).to_have_count(everything - 4)
    page.get_by_role("slider", name=re.compile("^Confidence")).fill("95")
    assert rows.count() < everything - 4
    page.get_by_role("button", name="Reset").click()
    page.get_by_role("combobox", name="Topic").fill("Platforms")
    page.keyboard.press("Enter")
    page.get_by_role("radio", name="Nodes").check()
    table = page.get_by_role("table")
    expect(table.get_by_role("button", name="MLflow", exact=True)).to_be_visible()
    expect(table.get_by_role("button", name="Flyte", exact=True)).to_have_count(0)


def test_the_table_sorts_and_filters(opened: Open) -> None:
    page = opened(BUILD).page
    page.get_by_role("tab", name="Table").click()
    expect(page.get_by_role("row")).to_have_count(26)
    header = page.get_by_role("columnheader", name="Edges")
    header.get_by_role("button").click()
    header.get_by_role("button").click()
    expect(header).to_have_attribute("aria-sort", "descending")
    expect(page.get_by_role("row").nth(1)).to_contain_text("Apache Airflow")
    page.get_by_role("textbox", name="Filter rows").fill("lyft")
    expect(page.get_by_role("row")).to_have_count(2)
    page.get_by_role("button", name="Lyft", exact=True).click()
    expect(details(page).get_by_role("heading", name="Lyft", exact=True)).to_be_visible()


def test_the_keyboard_alone_is_enough(opened: Open) -> None:
    page = opened(BUILD).page
    page.locator("#picture").focus()
    page.keyboard.press("ArrowRight")
    first = details(page).get_by_role("heading").first.inner_text()
    page.keyboard.press("ArrowDown")
    expect(details(page).get_by_role("heading").first).not_to_have_text(first)
    for key in "+-0":
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    expect(details(page).get_by_text("Most connected")).to_be_visible()
    page.get_by_role("tab", name="Graph").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Table")).to_be_focused()
    expect(page.get_by_role("table")).to_be_visible()


def test_a_click_selects_what_it_hits(opened: Open) -> None:
    page = opened(BUILD, "#node=tool/waimak&view=0,0,1").page
    page.get_by_role("button", name="Fit").click()
    page.wait_for_timeout(500)
    page.keyboard.press("Escape")
    box = page.locator("#picture canvas").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    expect(details(page).get_by_role("heading", name="MLOps", exact=True)).to_be_visible()
