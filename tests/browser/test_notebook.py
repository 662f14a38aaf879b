"""The view inside a notebook's cell: a frame that has no address of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from linkatlas.view.page import notebook
from linkatlas.vocabulary import load
from sample import BUILD

if TYPE_CHECKING:
    from playwright.sync_api import Page

sync_api = pytest.importorskip("playwright.sync_api")


def test_the_view_works_in_a_frame(page: Page, tmp_path: Path) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    file = tmp_path / "cell.html"
    file.write_text(f"<!doctype html><title>cell</title>{notebook(BUILD, load())}", encoding="utf-8")
    page.goto(file.as_uri())
    frame = page.frame_locator("iframe")
    frame.get_by_role("searchbox", name="Search").fill("kedro")
    frame.get_by_role("searchbox", name="Search").press("Enter")
    heading = frame.get_by_role("region", name="Details").get_by_role("heading", name="Kedro", exact=True)
    sync_api.expect(heading).to_be_visible()
    assert complaints == []
