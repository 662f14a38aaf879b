"""The page that answers SPARQL, as a file: what it carries, and what it is allowed."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from importlib.resources import files
from pathlib import Path

import pyoxigraph
import pytest

from linkatlas.cli import run
from linkatlas.export import EXPORTERS, WITH_SPARQL
from linkatlas.export.html import sparql
from linkatlas.view.page import page
from linkatlas.vocabulary import load
from sample import BUILD
from test_view import Parts, data_of

VOCABULARY = load()
PAGE = page(BUILD, VOCABULARY, sparql(BUILD, VOCABULARY))


def carried(name: str) -> bytes:
    text = next(text for attrs, text in Parts(PAGE).scripts if attrs.get("id") == f"sparql-{name}")
    return zlib.decompress(base64.b64decode(text))


def written(name: str) -> bytes:
    out = io.BytesIO()
    EXPORTERS[name].write(BUILD, VOCABULARY, out)
    return out.getvalue()


def test_a_page_without_sparql_carries_and_allows_none_of_it() -> None:
    text = page(BUILD, VOCABULARY)
    assert "sparql-" not in text
    assert "wasm" not in Parts(text).policy
    assert "worker-src" not in Parts(text).policy
    assert len(PAGE) - len(text) > 1_000_000


def test_the_policy_allows_webassembly_and_a_worker_beside_the_hashes_and_nothing_more() -> None:
    plain = Parts(page(BUILD, VOCABULARY)).policy.split("; ")
    rules = Parts(PAGE).policy.split("; ")
    assert [rule.split()[0] for rule in rules] == [
        *(rule.split()[0] for rule in plain[:4]), "worker-src", *(rule.split()[0] for rule in plain[4:])
    ]  # fmt: skip
    assert "worker-src blob:" in rules
    sources = next(rule for rule in rules if rule.startswith("script-src")).split()[1:]
    own = [text for attrs, text in Parts(PAGE).scripts if "type" not in attrs]
    hashes = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in own]
    assert sources == [*hashes, "'wasm-unsafe-eval'"]


def test_the_page_carries_the_two_turtle_files_and_the_prefixes_for_them() -> None:
    assert carried("facts") == written("turtle")
    assert carried("evidence") == written("evidence")
    known = data_of(PAGE, "sparql-asking")["prefixes"]
    for text in (carried("facts"), carried("evidence")):
        parser = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
        next(parser)
        assert parser.prefixes.items() <= known.items()


def test_the_engine_is_the_one_of_npm_unchanged() -> None:
    folder = files("linkatlas.view") / "oxigraph"
    digests = {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in ("web.js", "web_bg.wasm")}
    assert digests == {
        "web.js": "2fcfdcadc79c9146cee98028a273aebc93df3282eb0299c248595bc529deca41",
        "web_bg.wasm": "b95b15accb6b789667b8d8b0b8f139d5de588e572499672ff37ce9ba01c4a428",
    }, "after a new version, write its number into oxigraph/LICENSE"
    assert carried("engine") == (folder / "web_bg.wasm").read_bytes()
    assert "Permission is hereby granted" in (folder / "LICENSE").read_text(encoding="utf-8")


def test_the_worker_is_no_module_and_goes_to_no_network_for_its_engine() -> None:
    script = carried("script").decode()
    assert not re.search(r"^\s*(export|import)\b|import\.meta", script, re.MULTILINE)
    assert "self.onmessage" in script


def test_the_page_is_the_same_each_time() -> None:
    out = io.BytesIO()
    WITH_SPARQL["html"].write(BUILD, VOCABULARY, out)
    assert out.getvalue().decode() == PAGE


def test_the_option_makes_the_page_that_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "tools.md"
    source.write_text("# Tools\n\n- [Kedro](https://kedro.org/) - runs on Docker.\n", encoding="utf-8")
    command = ["build", str(source), "-q", "--with-sparql", "-o", str(tmp_path / "out")]
    assert run([*command, "--format", "html,turtle"]) == 0
    text = (tmp_path / "out" / "graph.html").read_text(encoding="utf-8")
    assert data_of(text, "sparql-asking")["evidence"] is True
    assert run([*command, "--format", "turtle"]) == 2
    assert "--with-sparql is about the format html" in capsys.readouterr().err
