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
    written = ["write"] if corpus else [f"write {name}" for name in EXPORTERS]
    spent = json.loads(ran.stdout)
    assert list(spent) == ["import", "ontology", "read", *STAGES, *written]
    assert all(wall >= 0 and processor >= 0 for wall, processor in spent.values())


@pytest.mark.skipif(sys.platform != "linux", reason="the peak of several processes is known from /proc")
def test_the_peak_counts_forked_processes() -> None:
    """Measured from a small process: what a process forks begins with its parent's peak (getrusage(2))."""
    hold = "held = bytes(range(256)) * 2**19; import time; time.sleep(2)"  # 128 MiB
    fork = f"import os; child = os.fork(); {hold}; child and os.wait()"
    code = f"import bench, sys; print(bench.measure([sys.executable, '-c', {fork!r}]).memory)"
    ran = subprocess.run([sys.executable, "-c", code], cwd=SCRIPTS, capture_output=True, text=True, check=True)
    assert 256 <= float(ran.stdout) < 384


def test_the_plain_script_writes_turtle(lists: Path, tmp_path: Path) -> None:
    out = tmp_path / "peer.ttl"
    subprocess.run([sys.executable, str(SCRIPTS / "peer.py"), str(lists), str(out)], check=True)
    assert len(rdflib.Graph().parse(out)) == 4
