"""Run what the README shows, and write its answers again: ``python3 scripts/readme.py``.

Block by block, in one new folder with a copy of ``ontology/``:

- ``console``: each line after ``$`` is run; the lines below it are what it prints.
- ``python``: run as a script; the ``text`` block below it is what it prints. A script whose libraries are not installed
  is left as it is.
- a command or a script that is shown without its output only has to succeed.
- ``sparql``: asked of ``output/graph.ttl``; the table below it is the answer.
- a block under a line that ends with a file's name in backquotes and a colon: added to that file.

The tables between the marks ``accuracy`` are those of ``scripts/accuracy.py``, where its labelled lists are.
``tests/test_readme.py`` fails where the README and its answers differ.
"""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import accuracy
import environment

README = environment.CHECKOUT / "README.md"
STEP = re.compile(
    r"(?P<file>`(?P<path>[\w./-]+)`:\n\n)?```(?P<language>\w+)\n(?P<body>.*?)^```\n"
    r"(?P<answer>\n```text\n.*?^```\n|\n(?:\|[^\n]*\n)+)?",
    re.MULTILINE | re.DOTALL,
)
ACCURACY = re.compile(r"(<!-- accuracy: (\w+) -->\n).*?(<!-- /accuracy -->)", re.DOTALL)


def refreshed(text: str, folder: Path) -> str:
    """Return the README with every answer as it is now; the commands run in `folder`."""
    shutil.copytree(environment.CHECKOUT / "ontology", folder / "ontology")
    return STEP.sub(lambda step: _step(step, folder), text)


def _step(step: re.Match[str], folder: Path) -> str:
    language, body, answer = step["language"], step["body"], step["answer"] or ""
    if step["file"]:
        with (folder / step["path"]).open("a", encoding="utf-8") as file:
            file.write(body)
    if language == "console":
        return f"```console\n{_console(body, folder)}```\n{answer}"
    if language == "python" and not _missing(body):
        printed = _run([sys.executable, "-c", body], folder)
        answer = answer and f"\n```text\n{printed}```\n"
    if language == "sparql":
        answer = "\n" + _table(body, folder)
    return step[0].removesuffix(step["answer"] or "") + answer


def _console(body: str, folder: Path) -> str:
    """Run the commands of a block, and return it with what they print."""
    lines = []
    for part in re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]:
        command, shown = part.split("\n", 1)
        printed = _run(["bash", "-euo", "pipefail", "-c", command], folder)
        lines.append(f"$ {command}\n{printed if shown.strip() else shown}")
    return "".join(lines)


def _run(command: list[str], folder: Path) -> str:
    """Run a command with the environment's programs, and return all that it prints."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    variables = {**os.environ, "PATH": path, "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    printed = done.stdout.decode("utf-8")
    if done.returncode:
        sys.exit(f"readme: {command[-1]}\nended with {done.returncode}:\n{printed}")
    return printed


def _missing(script: str) -> set[str]:
    """Return the libraries that a script imports and that are not installed."""
    wanted = re.findall(r"^(?:import|from) (\w+)", script, re.MULTILINE)
    return {name for name in wanted if importlib.util.find_spec(name) is None}


def _table(query: str, folder: Path) -> str:
    """Return the answer of a SELECT query as a table in Markdown."""
    import pyoxigraph as ox

    store = ox.Store()
    store.load(path=str(folder / "output" / "graph.ttl"), format=ox.RdfFormat.TURTLE)
    found = store.query(query)
    if not isinstance(found, ox.QuerySolutions):
        sys.exit("readme: not a SELECT query")
    names = [variable.value for variable in found.variables]
    rows = [[_cell(row[name]) for name in names] for row in found]
    return "".join(f"| {' | '.join(row)} |\n" for row in (names, ["---"] * len(names), *rows))


def _cell(term: object) -> str:
    return "" if term is None else str(getattr(term, "value", term)).replace("|", "\\|")


def with_accuracy(text: str, folder: Path) -> str:
    """Return the README with its tables of accuracy as they are now."""
    tables = accuracy.tables(folder)
    return ACCURACY.sub(lambda found: f"{found[1]}{tables[found[2]]}{found[3]}", text)


def main() -> None:
    """Write the README again, with every answer as it is now."""
    text = README.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        text = refreshed(text, Path(folder))
        if accuracy.GOLD.is_dir():
            text = with_accuracy(text, Path(folder))
    README.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    if Path(sys.prefix) == environment.VENV:
        main()
    else:
        sys.exit(environment.run(__file__))
