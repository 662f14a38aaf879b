"""The HTML view as a file: what is in it, what cannot get out of it, and where things stand in its picture."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zlib
from html.parser import HTMLParser
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from hostile import builds
from linkatlas.export.html import write
from linkatlas.layout import SMALLEST, Layout, layout
from linkatlas.model import Build, Graph
from linkatlas.network import importance, links, network
from linkatlas.view.data import tables
from linkatlas.view.page import notebook, page
from linkatlas.vocabulary import Vocabulary, load
from sample import BUILD, GRAPH, iri
from town import town

VOCABULARY: Vocabulary = load()


class Parts(HTMLParser):
    """The elements of a page: scripts and styles with their text, the policy, and every attribute met."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.scripts: list[tuple[dict[str, str | None], str]] = []
        self.styles: list[str] = []
        self.policy = ""
        self.attributes: list[tuple[str, str, str | None]] = []
        self.open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.open = tag
        if tag == "script":
            self.scripts.append((dict(attrs), ""))
        elif tag == "style":
            self.styles.append("")
        elif tag == "meta" and dict(attrs).get("http-equiv") == "Content-Security-Policy":
            self.policy = dict(attrs).get("content") or ""

    def handle_endtag(self, _: str) -> None:
        self.open = ""

    def handle_data(self, data: str) -> None:
        if self.open == "script":
            attrs, text = self.scripts[-1]
            self.scripts[-1] = (attrs, text + data)
        elif self.open == "style":
            self.styles[-1] += data


def data_of(text: str, name: str) -> Any:
    attrs, content = next(script for script in Parts(text).scripts if script[0].get("id") == name)
    return json.loads(content if attrs["type"] == "application/json" else zlib.decompress(base64.b64decode(content)))


def placed(build: Build) -> Layout:
    net = network(build.graph, VOCABULARY)
    labels = {node.iri: node.label for node in build.graph.nodes}
    topics = [node.iri for node in build.graph.nodes if node.cls == "atlas:Topic"]
    return layout(links(net), labels, topics, importance(net))


def test_the_page_is_one_file_that_loads_nothing() -> None:
    parts = Parts(page(BUILD, VOCABULARY))
    loading = [item for item in parts.attributes if item[1] in {"src", "href", "action", "srcset", "style"}]
    assert loading == [("link", "href", "data:,")]
    assert not any("@import" in style or "url(" in style for style in parts.styles)
    assert not any("sourceMappingURL" in text for _, text in parts.scripts)


def test_the_policy_names_every_script_and_style_and_nothing_else() -> None:
    parts = Parts(page(BUILD, VOCABULARY))

    def hashes(texts: list[str]) -> set[str]:
        return {f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in texts}

    rules = {words[0]: set(words[1:]) for words in (rule.split() for rule in parts.policy.split(";"))}
    assert rules["default-src"] == {"'none'"}
    assert rules["script-src"] == hashes([text for attrs, text in parts.scripts if "type" not in attrs])
    assert rules["style-src"] == hashes(parts.styles)
    assert rules["img-src"] == {"data:", "blob:"}


def test_the_page_holds_every_node_fact_and_reading() -> None:
    text = page(BUILD, VOCABULARY)
    first, more = data_of(text, "data-first"), data_of(text, "data-more")
    assert sorted(first["nodes"]["label"]) == sorted(node.label for node in GRAPH.nodes)
    facts = {statement[:3] for statement in GRAPH.statements + GRAPH.inferred}
    assert len(first["edges"]["s"]) == len(facts)
    assert sum(more["evidence"]["count"]) == len(GRAPH.statements) + len(GRAPH.inferred)
    assert sorted(more["evidence"]["quote"]) == sorted(s.evidence.quote for s in GRAPH.statements + GRAPH.inferred)
    base = first["base"]
    names = [base + name[1:] if name.startswith("~") else name for name in first["nodes"]["iri"]]
    relations = [relation["name"] for relation in first["relations"]]
    ends = [names[o] if o >= 0 else first["values"][-o - 1] for o in first["edges"]["o"]]
    read = {(names[s], relations[p], o) for s, p, o in zip(first["edges"]["s"], first["edges"]["p"], ends, strict=True)}
    assert read == facts


def test_kinds_are_named_as_the_ontology_names_them() -> None:
    first, _ = tables(BUILD, VOCABULARY)
    kinds = {kind["label"]: (kind["family"], kind["count"], kind["mark"]) for kind in first["kinds"]}
    assert kinds["Article"] == ("Resource", 2, "diamond")
    assert kinds["Tool"][0] == "Tool"
    shapes = {(kind["mark"], kind["light"]) for kind in first["kinds"] if kind["family"] != "Resource"}
    assert len(shapes) == len({mark for mark, _ in shapes}), "two kinds that differ by colour alone"


def test_text_from_a_list_cannot_leave_its_element() -> None:
    evil = "</script><script>alert(1)</script><!--<img src=x onerror=alert(2)>"
    nodes = tuple(node._replace(label=evil, description=evil) for node in GRAPH.nodes)
    source = GRAPH.sources[0]._replace(title=evil)
    text = page(Build(GRAPH._replace(nodes=nodes, sources=(source,))), VOCABULARY)
    parts = Parts(text)
    assert len(parts.scripts) == 4
    assert not any(name.startswith("on") for _, name, _ in parts.attributes)
    assert data_of(text, "data-first")["nodes"]["label"][0] == evil


@given(builds())
@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
def test_any_graph_makes_a_page(build: Build) -> None:
    file = io.BytesIO()
    write(build, VOCABULARY, file)
    text = file.getvalue().decode("utf-8")
    assert len(data_of(text, "data-first")["nodes"]["label"]) == len(build.graph.nodes)


def test_an_empty_graph_makes_a_page() -> None:
    assert data_of(page(Build(Graph("https://example.org/", (), ())), VOCABULARY), "data-first")["kinds"] == []


def test_the_page_is_the_same_under_any_hash_seed() -> None:
    code = (
        "import hashlib; from sample import BUILD; from linkatlas.view.page import page; "
        "from linkatlas.vocabulary import load; print(hashlib.sha256(page(BUILD, load()).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parent), *sys.path]))}
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={**environment, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]


def test_a_notebook_shows_the_page_in_a_frame_that_is_shut_off() -> None:
    frame = notebook(BUILD, VOCABULARY)
    found = Parts(frame).attributes
    assert {tag for tag, _, _ in found} == {"iframe"}
    attributes = {name: value for _, name, value in found}
    assert attributes["srcdoc"] == page(BUILD, VOCABULARY)
    assert "allow-same-origin" not in (attributes["sandbox"] or "")


def test_the_root_of_a_list_is_in_the_middle() -> None:
    drawn = placed(town(400))
    x, y = drawn.places["https://example.org/topic/0"]
    assert hypot(x, y) < drawn.discs[0].radius / 4


@pytest.mark.parametrize("size", [50, 500, 2000])
def test_discs_lie_within_each_other_and_apart(size: int) -> None:
    discs = placed(town(size)).discs
    for number, disc in enumerate(discs[1:], 1):
        around = discs[disc.parent]
        assert hypot(disc.x - around.x, disc.y - around.y) + disc.radius <= around.radius + 1e-6
        for other in discs[1:number]:
            if other.parent == disc.parent:
                assert hypot(disc.x - other.x, disc.y - other.y) >= disc.radius + other.radius - 1e-6


@pytest.mark.parametrize("size", [50, 500, 2000])
def test_marks_do_not_cover_each_other(size: int) -> None:
    drawn = placed(town(size))
    cells: dict[tuple[int, int], list[str]] = {}
    for node, (x, y) in drawn.places.items():
        cells.setdefault((int(x // 60), int(y // 60)), []).append(node)
    for (column, row), nodes in cells.items():
        near = [n for dx in (-1, 0, 1) for dy in (-1, 0, 1) for n in cells.get((column + dx, row + dy), ())]
        for node in nodes:
            for other in near:
                apart = hypot(*(a - b for a, b in zip(drawn.places[node], drawn.places[other], strict=True)))
                assert node == other or apart >= drawn.sizes[node] + drawn.sizes[other]


def test_what_is_only_named_stands_with_its_neighbours() -> None:
    drawn = placed(BUILD)
    workflows = next(number for number, disc in enumerate(drawn.discs) if disc.node == iri("topic/workflows"))
    assert drawn.home[iri("vendor/lyft")] == workflows
    assert drawn.home[iri("tool/kubernetes")] not in (-1, workflows), "shared by two topics, it stands between them"


def test_importance_is_a_share_of_the_most_connected() -> None:
    weight = importance(network(GRAPH, VOCABULARY))
    assert max(weight.values()) == weight[iri("tool/apache-airflow")] == 1
    assert min(weight.values()) >= 0
    assert min(placed(BUILD).sizes.values()) >= SMALLEST


def test_the_network_has_an_edge_a_fact() -> None:
    net = network(GRAPH, VOCABULARY)
    edge = net.edges[iri("tool/apache-airflow"), iri("tool/kubernetes"), "atlas:runsOn"]
    assert edge == {"words": "runs on", "readings": 1, "confidence": 0.95}
    assert net.edges[iri("tool/kubeflow-pipelines"), iri("tool/kubernetes"), "atlas:runsOn"]["readings"] == 0
    assert net.nodes[iri("tool/python")]["cls"] == "atlas:Language"


@pytest.mark.slow
def test_eighty_thousand_nodes_are_laid_out() -> None:
    drawn = placed(town(72_000))
    assert len(drawn.places) > 80_000


def test_every_part_of_the_script_is_in_the_page() -> None:
    text = page(BUILD, VOCABULARY)
    assert re.findall(r"^// (\w+\.js): ", text, re.MULTILINE)[-1] == "view.js"
