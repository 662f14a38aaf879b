#!/usr/bin/env python3
"""Write the pictures that the README shows: ``docs/view-light.png``, ``docs/view-dark.png``, ``docs/view-node.png``,
``docs/ask-light.png``, ``docs/ask-dark.png`` and, where a folder of lists is given, ``docs/corpus.jpg`` (thousands of
circles are no work for PNG).

    python scripts/screenshots.py [FOLDER]

It needs the package with its browser extra, and Chromium.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH, HEIGHT = 1280, 800
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
RUNS_ON = "Tools that run on a platform"


class Shot(NamedTuple):
    """One picture: the page, its state, the theme and the file."""

    page: Path
    state: str
    scheme: str
    name: str
    question: str = ""
    """The question of the gallery that is asked, by its title."""


def main() -> int:
    """Build the pages, take the pictures, say where they are."""
    parser = argparse.ArgumentParser(description="Write the pictures that the README shows.")
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of lists, for the picture of a large graph")
    folder: Path | None = parser.parse_args().folder
    chromium = shutil.which("chromium")
    if chromium is None:
        print("screenshots.py needs Chromium: apt-get install chromium", file=sys.stderr)
        return 3
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        small = build(Path(scratch) / "list")
        asking = build(Path(scratch) / "asking", "--with-sparql")
        shots = [
            Shot(small, "", "light", "view-light.png"),
            Shot(small, "", "dark", "view-dark.png"),
            Shot(small, "#node=tool/apache-airflow&path=tool/docker", "light", "view-node.png"),
            Shot(asking, "#ask=1", "light", "ask-light.png", RUNS_ON),
            Shot(asking, "#ask=1", "dark", "ask-dark.png", RUNS_ON),
        ]
        if folder is not None:
            shots.append(Shot(build(Path(scratch) / "corpus", str(folder)), "", "light", "corpus.jpg"))
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        for shot in shots:
            take(browser, shot)
        browser.close()
    return 0


def build(target: Path, *words: str) -> Path:
    """Build a view into a folder and return its file; the built-in list where no source is among the words."""
    command = [sys.executable, "-m", "linkatlas", "build", "--quiet", "--format", "html", "-o", str(target)]
    subprocess.run([*command, *words], check=True)
    return target / "graph.html"


def take(browser: Browser, shot: Shot) -> None:
    """Open a page in its state and write what is seen."""
    page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
    page.emulate_media(color_scheme="dark" if shot.scheme == "dark" else "light", reduced_motion="reduce")
    page.goto(shot.page.resolve().as_uri() + shot.state)
    page.wait_for_selector("html[data-ready=all]", timeout=60_000)
    if shot.question:
        page.get_by_role("button", name=shot.question, exact=True).click()
        page.wait_for_selector("#ask table")
    page.wait_for_timeout(400)  # the last frame
    if shot.name.endswith(".jpg"):
        page.screenshot(path=DOCS / shot.name, type="jpeg", quality=72)
    else:
        page.screenshot(path=DOCS / shot.name)
    page.close()
    print(f"docs/{shot.name}: {(DOCS / shot.name).stat().st_size // 1000} kB")


if __name__ == "__main__":
    sys.exit(main())
