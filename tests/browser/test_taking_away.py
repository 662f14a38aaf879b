"""What a reader takes away: pictures, tables and Turtle of what is shown."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pyoxigraph
import pytest

from sample import BUILD, GRAPH, iri

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from browser.conftest import Open

pytest.importorskip("playwright.sync_api")


def take(page: Page, button: str, folder: Path) -> Path:
    page.get_by_role("button", name="Take away").click()
    with page.expect_download() as download:
        page.get_by_role("button", name=button, exact=True).click()
    page.keyboard.press("Escape")
    target = folder / str(download.value.suggested_filename)
    download.value.save_as(target)
    return target


def test_png(opened: Open, tmp_path: Path) -> None:
    file = take(opened(BUILD).page, "Export PNG", tmp_path)
    assert file.read_bytes().startswith(b"\x89PNG")
    assert file.stat().st_size > 10_000


def test_svg_is_well_formed_and_names_what_is_seen(opened: Open, tmp_path: Path) -> None:
    root = ElementTree.parse(take(opened(BUILD).page, "Export SVG", tmp_path)).getroot()  # noqa: S314 - our own file
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"Apache Airflow", "Kubernetes", "Workflows"} <= texts
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == len(GRAPH.nodes)


def test_csv_holds_what_the_filters_let_through(opened: Open, tmp_path: Path) -> None:
    page = opened(BUILD, "#hide=atlas:Vendor").page
    with take(page, "Export CSV", tmp_path).open(newline="", encoding="utf-8") as file:
        nodes = list(csv.DictReader(file))
    assert {row["iri"] for row in nodes} == {node.iri for node in GRAPH.nodes if node.cls != "atlas:Vendor"}
    with take(page, "Export edges as CSV", tmp_path).open(newline="", encoding="utf-8") as file:
        edges = list(csv.DictReader(file))
    assert not any("/vendor/" in row["object"] for row in edges)
    kept = next(row for row in edges if row["predicate"] == "atlas:runsOn" and row["subject"] == iri("tool/waimak"))
    assert (kept["quote"], kept["line"], kept["confidence"]) == ("in Apache Spark", "16", "0.8")


def test_turtle_parses_and_says_the_same(opened: Open, tmp_path: Path) -> None:
    text = take(opened(BUILD).page, "Export Turtle", tmp_path).read_bytes()
    triples = {
        (quad.subject.value, quad.object.value)
        for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
        if isinstance(quad.subject, pyoxigraph.NamedNode) and not isinstance(quad.object, pyoxigraph.Triple)
    }
    assert {(s.subject, s.object) for s in GRAPH.statements + GRAPH.inferred} <= triples
