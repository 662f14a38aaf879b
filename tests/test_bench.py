"""The benchmark's parts run and name every stage; how fast they are is not a test's to say."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib

from conftest import CHECKOUT
from linkatlas.export import EXPORTERS
from linkatlas.pipeline import STAGES

SCRIPTS = CHECKOUT / "scripts"
LIST = "# Awesome Pipelines\n\n## Orchestration\n- [Brambleflow](https://brambleflow.dev/) - Runs on Kubernetes.\n"


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "a.md").write_text(LIST, encoding="utf-8")
    return folder


@pytest.mark.parametrize("corpus", [False, True])
def test_every_stage_and_format_has_its_share(lists: Path, corpus: bool) -> None:
    words = ["--stages", str(lists.parent), *(["--corpus", str(lists)] if corpus else [])]
    ran = subprocess.run([sys.executable, str(SCRIPTS / "bench.py"), *words], capture_output=True, check=True)
    written = [f"write {name}" for name in EXPORTERS if not (corpus and name == "html")]
    assert list(json.loads(ran.stdout)) == ["import", "ontology", "read", *STAGES, *written, "memory"]


def test_the_plain_script_writes_turtle(lists: Path, tmp_path: Path) -> None:
    out = tmp_path / "peer.ttl"
    subprocess.run([sys.executable, str(SCRIPTS / "peer.py"), str(lists), str(out)], check=True)
    assert len(rdflib.Graph().parse(out)) == 4
