"""The browser tests: Debian's Chromium, driven by pytest-playwright.

Where the browser or the plugin is missing they are skipped, with a word on what to install; under CI they fail instead.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from linkatlas.export import WITH_SPARQL, Write, html
from linkatlas.model import Build
from linkatlas.vocabulary import load
from sample import BUILD

if TYPE_CHECKING:
    from playwright.sync_api import Dialog, Page

HERE = Path(__file__).resolve().parent
CHROMIUM = shutil.which("chromium")
FLAGS = (
    "--no-sandbox",  # the tests also run as root, which Chromium's sandbox refuses
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

Open = Callable[..., "Opened"]


def _missing() -> str:
    if importlib.util.find_spec("pytest_playwright") is None:
        return "needs the browser extra: pip install linkatlas[browser]"
    return "" if CHROMIUM else "needs Chromium: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    missing = _missing()
    if missing and os.environ.get("CI"):
        raise pytest.UsageError(f"the browser tests may not be skipped here: {missing}")
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if missing:
                item.add_marker(pytest.mark.skip(reason=missing))


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """How pytest-playwright starts the browser: the machine's own Chromium, not a downloaded one."""
    return {"executable_path": CHROMIUM, "args": list(FLAGS)}


class Opened:
    """A view in a browser, with all that the page did which it should not have."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self.refuse)

    def refuse(self, dialog: Dialog) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def foreign(self) -> list[str]:
        """What the page asked for beside itself."""
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:"))]

    def go(self, file: Path, hash_: str = "") -> None:
        self.page.goto(file.as_uri() + hash_)
        self.page.wait_for_selector("html[data-ready=all]")


@pytest.fixture
def opened(page: Page, tmp_path: Path) -> Iterator[Open]:
    """Opens a build's view as a file: ``opened(build, "#node=...")``, and with `write`, one of another make.

    At the end of the test, the page has asked for nothing and nothing has complained.
    """
    views: list[Opened] = []

    def open_view(build: Build, hash_: str = "", write: Write = html.write) -> Opened:
        file = tmp_path / f"graph-{len(views)}.html"
        with file.open("wb") as out:
            write(build, load(), out)
        views.append(Opened(page))
        views[-1].go(file, hash_)
        return views[-1]

    yield open_view
    for view in views:
        assert view.foreign() == []
        assert view.complaints == []


@pytest.fixture
def asking(opened: Open) -> Open:
    """Opens a view that answers SPARQL."""

    def open_view(build: Build = BUILD, hash_: str = "#ask=1") -> Opened:
        return opened(build, hash_, WITH_SPARQL["html"].write)

    return open_view
