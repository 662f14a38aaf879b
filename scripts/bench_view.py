#!/usr/bin/env python3
"""Time the HTML view in Chromium beside a stock pyvis page of the same graph.

    python scripts/bench_view.py [GRAPH_HTML...]

Prints, medians of three: when the picture stands and search answers, and the frames a second while the picture is dragged, for
made-up graphs of 500 and 5,000 nodes and for each page that is named; then how long stock pyvis takes to settle with 500 nodes.
It needs the package with its browser extra, and Chromium.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from linkatlas.network import network
from linkatlas.view.page import page as view_page
from linkatlas.vocabulary import load

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests"))
from town import town

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
DRAG = """() => new Promise(done => {
  let frames = 0; const begin = performance.now();
  const tick = now => { frames += 1; now - begin < 1000 ? requestAnimationFrame(tick) : done(frames * 1000 / (now - begin)); };
  requestAnimationFrame(tick);
})"""


def main() -> int:
    """Print one line a page."""
    vocabulary = load()
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        pages = [Path(name).resolve() for name in sys.argv[1:]]
        for size in (5000, 500):
            pages.insert(0, Path(scratch) / f"{size}-nodes.html")
            pages[0].write_text(view_page(town(size), vocabulary), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        for file in pages:
            runs = [ours(browser.new_page(viewport={"width": 1280, "height": 800}), file) for _ in range(3)]
            drawn, frames = (statistics.median(column) for column in zip(*runs, strict=True))
            print(f"{file.name:<20} usable after {drawn / 1000:5.2f} s   {frames:4.0f} frames a second while dragged")
        stock = Path(scratch) / "stock.html"
        stock_page(stock)
        print(f"{'stock pyvis, 500':<20} settled after {settled(browser.new_page(), stock) / 1000:5.1f} s")
        browser.close()
    return 0


def ours(page: Page, file: Path) -> tuple[float, float]:
    """Return the milliseconds until the picture stands, and the frames a second of a drag."""
    page.goto(file.as_uri())
    page.wait_for_selector("html[data-ready=all]")
    drawn: float = page.evaluate("performance.getEntriesByName('picture')[0].startTime")
    page.mouse.move(600, 400)
    page.mouse.down()
    counting = page.evaluate_handle(f"window.frames_ = ({DRAG})()")
    for step in range(60):
        page.mouse.move(600 + step * 3, 400 + step)
    frames: float = page.evaluate("window.frames_")
    page.mouse.up()
    counting.dispose()
    page.close()
    return drawn, frames


def stock_page(file: Path) -> None:
    """Write the same 500 nodes with pyvis as it comes."""
    from pyvis.network import Network

    stock = Network(height="800px", cdn_resources="in_line")
    graph = network(town(500).graph, load())
    for node in graph:
        stock.add_node(node, label=node[-12:])
    for left, right in graph.edges():
        stock.add_edge(left, right)
    file.write_text(stock.generate_html(), encoding="utf-8")


def settled(page: Page, file: Path) -> float:
    """Return the milliseconds until pyvis's physics comes to rest, three minutes at the most."""
    page.goto(file.as_uri(), wait_until="domcontentloaded")
    page.wait_for_function("typeof network !== 'undefined'")
    script = "() => new Promise(done => network.once('stabilizationIterationsDone', () => done(performance.now())))"
    page.set_default_timeout(180_000)
    took: float = page.evaluate(script)
    page.close()
    return took


if __name__ == "__main__":
    sys.exit(main())
