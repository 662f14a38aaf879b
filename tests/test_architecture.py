"""The rules that the source keeps: imports go one way, modules and functions stay short, names say something."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parent.parent
SOURCE = CHECKOUT / "graph"

LAYERS = [
    set(line.split(" "))
    for line in (
        # the first is the package itself, which has no name within it
        " engine errors iris letters lists model name_places names namespaces spans urls",
        "triples vocabulary",
        "namesakes own_pages short_names small_words",
        "addresses facts genres headings homes institutions kinds layout list_subject list_titles local_names looks mentions"
        " neighbours nouns packing personal phrases relations title_marks titles",
        "descriptions homonyms items parse read references survey",
        "rules",
        "describe",
        "across alike corrections infer network query resolve store topics validate",
        "view",
        "export",
        "output pipeline readback skips summary",
        "atlas explain serve",
        "cli",
        "__main__",
    )
]
"""Modules and subpackages of the package, lowest first. Each may import from its own layer and from those below it."""

MODULE_LINES = 400
FUNCTION_LINES = 45
EMPTY_NAMES = {"base", "common", "helper", "helpers", "manager", "managers", "misc", "util", "utils"}
HEAVY = {"IPython", "bs4", "networkx", "pandas", "pyshacl", "pyspark", "pyvis", "rdflib", "starlette", "uvicorn"}
"""What takes a tenth of a second or more to import, and so is imported only by the module that works with it."""


def files(*folders: Path) -> list[Path]:
    return sorted(path for folder in folders for path in folder.rglob("*.py"))


def name(path: Path) -> str:
    """The dotted name of a module within the package: ``parse.blocks``; empty for the package itself."""
    return ".".join(path.relative_to(SOURCE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


MODULES = {name(path): path for path in files(SOURCE)}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(CHECKOUT)}:{getattr(node, 'lineno', 1)}"


def imported(path: Path) -> Iterator[tuple[ast.ImportFrom, str]]:
    """The modules of the package that a module imports, each with its statement."""
    if path == SOURCE / "__init__.py":
        return  # what the package offers lies on top of everything, and is loaded when it is first asked for
    package = list(path.relative_to(SOURCE).parent.parts)
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level:
            origin = package[: len(package) - node.level + 1] + (node.module.split(".") if node.module else [])
            for alias in node.names:
                full = ".".join([*origin, alias.name])
                yield node, full if full in MODULES else ".".join(origin)


def layer(module: str) -> int:
    top = module.partition(".")[0]
    return next((number for number, names in enumerate(LAYERS) if top in names), -1)


def listed(faults: Iterator[str]) -> None:
    """Fail with every fault on a line of its own."""
    lines = list(faults)
    if lines:
        pytest.fail("\n".join(lines), pytrace=False)


def test_every_module_has_its_layer() -> None:
    listed(
        f"{path.relative_to(CHECKOUT)}: no layer is named for it; add it to LAYERS in {Path(__file__).name}"
        for module, path in MODULES.items()
        if layer(module) < 0
    )


def test_imports_go_one_way() -> None:
    listed(
        f"{where(path, node)}: {module or 'linkatlas'} may not import {target or 'linkatlas'}, which stands above it"
        for module, path in MODULES.items()
        for node, target in imported(path)
        if layer(target) > layer(module)
    )


def test_no_import_leads_in_a_circle() -> None:
    graph = {module: {target for _, target in imported(path)} - {module} for module, path in MODULES.items()}
    for start in graph:
        reached, waiting = set[str](), [start]
        while waiting:
            for target in graph.get(waiting.pop(), set()) - reached:
                reached.add(target)
                waiting.append(target)
        assert start not in reached, f"{start} imports itself by way of {sorted(reached)}"


def test_the_package_imports_itself_relatively() -> None:
    listed(
        f"{where(path, node)}: write the import relatively"
        for path in files(SOURCE)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for module in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [part.name for part in node.names])
        if module.partition(".")[0] == "linkatlas" and not getattr(node, "level", 0)
    )


def test_modules_are_short() -> None:
    listed(
        f"{path.relative_to(CHECKOUT)}: {count} lines, more than {MODULE_LINES}"
        for path in files(SOURCE, CHECKOUT / "scripts", CHECKOUT / "tests")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > MODULE_LINES
    )


def test_functions_fit_a_screen() -> None:
    listed(
        f"{where(path, node)}: {node.name} has {count} lines, more than {FUNCTION_LINES}"
        for path in files(SOURCE, CHECKOUT / "scripts", CHECKOUT / "tests")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (count := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    )


def test_modules_are_named_for_what_they_do() -> None:
    listed(
        f"{path.relative_to(CHECKOUT)}: the name says nothing of what it does"
        for path in files(SOURCE, CHECKOUT / "scripts")
        if path.stem in EMPTY_NAMES
    )


def test_the_command_line_starts_without_the_heavy_libraries() -> None:
    code = "import sys, linkatlas.cli; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = sorted(HEAVY & set(done.stdout.split()))
    assert not loaded, f"importing linkatlas.cli loads {loaded}"
