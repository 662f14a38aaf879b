"""Large graphs: what is drawn stays bounded, what is found does not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from linkatlas.model import Build, Graph, Node
from town import town

if TYPE_CHECKING:
    from browser.conftest import Open

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

DRAWN = re.compile(r"^([\d,]+) of ([\d,]+) drawn")


def test_a_large_graph_opens_on_the_important(opened: Open) -> None:
    page = opened(town(4000)).page
    count = DRAWN.match(page.locator("#count").inner_text())
    assert count is not None
    assert int(count[1]) <= 1500
    assert count[2] == "4,600"


def test_search_opens_the_disc_of_what_it_finds(opened: Open) -> None:
    page = opened(town(4000)).page
    before = page.locator("#count").inner_text()
    page.get_by_role("searchbox", name="Search").fill("Tool 3777")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("region", name="Details").get_by_role("heading", name="Tool 3777", exact=True)
    ).to_be_visible()
    expect(page.locator("#count")).not_to_have_text(before)
    page.get_by_role("button", name="Reset").click()
    expect(page.locator("#count")).to_have_text(before)


def test_the_table_has_every_node(opened: Open) -> None:
    page = opened(town(4000), "#tab=table&filter=3999").page
    expect(page.get_by_role("button", name="Tool 3999", exact=True)).to_be_visible()


@pytest.mark.slow
def test_a_graph_as_large_as_three_hundred_lists_opens_and_answers(opened: Open) -> None:
    page = opened(town(72_000)).page  # how fast: scripts/bench_view.py
    page.get_by_role("searchbox", name="Search").fill("Tool 71999")
    page.keyboard.press("Enter")
    expect(
        page.get_by_role("region", name="Details").get_by_role("heading", name="Tool 71999", exact=True)
    ).to_be_visible()


def test_a_link_reopens_the_discs_that_were_open(opened: Open) -> None:
    page = opened(town(4000)).page
    for name in ("Tool 3777", "Tool 1234"):
        page.get_by_role("searchbox", name="Search").fill(name)
        page.keyboard.press("Enter")
    page.wait_for_timeout(600)  # the picture comes to rest
    count = page.locator("#count").inner_text()
    page.reload()
    expect(page.locator("#count")).to_have_text(count)
    assert "open=topic/" in page.url


def test_an_empty_graph_and_a_single_node_open(opened: Open) -> None:
    empty = Graph("https://example.org/", (), ())
    assert opened(Build(empty)).page.locator("#count").inner_text() == "0 shown"
    one = empty._replace(nodes=(Node("https://example.org/tool/x", "atlas:Tool", "X"),))
    view = opened(Build(one), "#node=tool/x")
    expect(view.page.get_by_role("region", name="Details").get_by_role("heading", name="X", exact=True)).to_be_visible()
