"""The built graph against the hand-labelled seed list, as it stands and rewritten: nothing of this one file is in the code."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from linkatlas.export import EXPORTERS
from linkatlas.model import Document
from linkatlas.pipeline import build
from linkatlas.vocabulary import load

Lines = list[str]


def score(folder: Path, text: str, out: Path) -> dict[str, Any]:
    """Build a list and return what the scorer says of it."""
    vocabulary = load()
    built = build([Document("list.md", text)], vocabulary)
    for name in ("nodes", "statements"):
        with (out / EXPORTERS[name].filename).open("wb") as file:
            EXPORTERS[name].write(built, vocabulary, file)
    command = [
        sys.executable,
        str(folder.parent / "score.py"),
        str(folder),
        str(out / "nodes.csv"),
        str(out / "statements.csv"),
    ]
    if not (folder.parent / "score.py").exists():
        command[1] = str(folder / "score.py")
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    result: dict[str, Any] = json.loads(ran.stdout)
    return result


def sections(lines: Lines) -> list[Lines]:
    """Cut a list at its top-level headings, so that each part keeps what stands under it."""
    parts: list[Lines] = [[]]
    for line in lines:
        if line.startswith("# "):
            parts.append([])
        parts[-1].append(line)
    return [part for part in parts if part]


def as_it_is(lines: Lines) -> Lines:
    return lines


def other_order(lines: Lines) -> Lines:
    """Sections from last to first, and the items of each block from last to first."""
    turned: Lines = []
    for part in reversed(sections(lines)):
        block: Lines = []
        for line in [*part, ""]:
            if line.startswith("- "):
                block.insert(0, line)
                continue
            turned += block
            block = []
            turned.append(line)
    return turned


def stars(lines: Lines) -> Lines:
    return [re.sub(r"^- ", "*   ", line) for line in lines]


def numbers(lines: Lines) -> Lines:
    return [re.sub(r"^- ", f"{at + 1}. ", line) for at, line in enumerate(lines)]


def deeper(lines: Lines) -> Lines:
    return [f"#{line}" if line.startswith("#") else line for line in lines]


def everything(lines: Lines) -> Lines:
    return stars(deeper(other_order(lines)))


@pytest.mark.parametrize("rewrite", [as_it_is, other_order, stars, numbers, deeper, everything])
def test_the_seed_is_read_as_labelled(shared: Path, tmp_path: Path, rewrite: Callable[[Lines], Lines]) -> None:
    gold = shared / "gold" / "seed"
    lines = (gold / "list.md").read_text(encoding="utf-8").split("\n")
    numbered = rewrite([f"{line}\x00{at + 1}" if line else "" for at, line in enumerate(lines)])
    moved = {int(line.partition("\x00")[2]): at + 1 for at, line in enumerate(numbered) if line}
    folder = tmp_path / "gold"
    folder.mkdir()
    for name in ("gold.jsonl", "headings.json", "aliases.json"):
        text = (gold / name).read_text(encoding="utf-8")
        (folder / name).write_text(
            re.sub(r'"line": (\d+)', lambda found: f'"line": {moved[int(found[1])]}', text), encoding="utf-8"
        )
    (folder / "score.py").write_bytes((shared / "gold" / "score.py").read_bytes())
    result = score(folder, "\n".join(line.partition("\x00")[0] for line in numbered), tmp_path)
    assert result["items"]["f1"] == 1.0
    assert result["kind_accuracy"] >= 0.97
    assert result["name_accuracy"] >= 0.97
    assert result["all_relations"]["f1"] >= 0.97
    assert result["typed_relations"]["f1"] >= 0.97
    assert result["heading_accuracy"] == 1.0
    assert result["identity"]["split"] == 0
    assert result["identity"]["wrongly_merged"] == 0
