"""Measure what a person waits for: ``python3 scripts/bench.py [--corpus FOLDER]``.

Prints the medians of five runs, each in a new process: the start of the command line, a build of the built-in list with
its peak memory, and each stage's share of such a build.

With ``--corpus`` it also builds a folder of lists once, stage by stage and without the HTML view, and runs beside it
`scripts/peer.py`, a plain script that reads the same lists. Compare ratios within one run; seconds differ by machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import environment

RUNS = 5
MEBIBYTE = 2**20
RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Of ``ru_maxrss``, in bytes."""


def main() -> None:
    """Print the figures, one a line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--corpus", type=Path, metavar="FOLDER", help="a folder of lists to build once")
    parser.add_argument("--stages", metavar="OUT", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.stages:
        print(json.dumps(stages(arguments.corpus, Path(arguments.stages))))
        return
    environment.make_ready()
    with tempfile.TemporaryDirectory() as folder:
        built_in(folder)
        if arguments.corpus:
            corpus(arguments.corpus.resolve(), folder)


def built_in(folder: str) -> None:
    """Measure the command line and the built-in list."""
    command = [str(environment.python()), "-P", "-m", "linkatlas"]
    starts = [measure([*command, "--help"]) for _ in range(RUNS)]
    show("linkatlas --help", median(seconds for seconds, _ in starts))
    builds = [measure([*command, "build", "-q", "-o", folder]) for _ in range(RUNS)]
    seconds, memory = (median(column) for column in zip(*builds, strict=True))
    show("linkatlas build", seconds, memory)
    timed = [staged(["--stages", folder])[0] for _ in range(RUNS)]
    shares({stage: median(run[stage] for run in timed) for stage in timed[0]})


def corpus(lists: Path, folder: str) -> None:
    """Measure a folder of lists, and the peer on the same folder."""
    size = sum(path.stat().st_size for path in lists.rglob("*") if path.is_file())
    print(f"\n{lists.name}: {size / 1e6:.1f} MB")
    spent, memory = staged(["--stages", folder, "--corpus", str(lists)])
    ours = sum(spent.values())
    show("linkatlas", ours, memory)
    shares(spent)
    command = [str(environment.python()), str(Path(__file__).with_name("peer.py")), str(lists), f"{folder}/peer.ttl"]
    theirs, their_memory = measure(command)
    show("plain script", theirs, their_memory)
    print(f"the plain script takes {theirs / ours:.1f} times as long, {their_memory / memory:.1f} times the memory")


def show(name: str, seconds: float, memory: float = 0) -> None:
    """Print one figure, with the peak of resident memory in MiB."""
    print(f"{name:<18}{seconds:8.2f} s{f'{memory:8.0f} MiB' if memory else ''}", flush=True)


def shares(spent: dict[str, float]) -> None:
    """Print the seconds of each stage, and what part of the whole they are."""
    for stage, seconds in spent.items():
        print(f"  {stage:<16}{seconds:8.3f} s {seconds / sum(spent.values()):6.0%}", flush=True)


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command and return its wall time in seconds and its peak resident memory in MiB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: {' '.join(command)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss * RSS_UNIT / MEBIBYTE


def staged(arguments: list[str]) -> tuple[dict[str, float], float]:
    """Run `stages` in a process of its own; return the seconds of each stage and the peak memory in MiB."""
    command = [str(environment.python()), __file__, *arguments]
    printed = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    result: dict[str, float] = json.loads(printed)
    memory = result.pop("memory")
    return result, memory


def stages(lists: Path | None, out: Path) -> dict[str, float]:
    """Build the built-in list, or a folder of lists, in this process; return the seconds of each stage, in order.

    A stage's time includes what it is the first to import. A folder is built without the HTML view.
    """
    watch = Stopwatch("import")
    from linkatlas.export import EXPORTERS
    from linkatlas.pipeline import build
    from linkatlas.read import built_in, read_all
    from linkatlas.vocabulary import load

    watch.lap("ontology")
    vocabulary = load()
    watch.lap("read")
    documents = [built_in()] if lists is None else list(read_all([str(lists)], print_problem))
    built = build(documents, vocabulary, progress=lambda stage, _done, _total: watch.lap(stage))
    for name, exporter in EXPORTERS.items():
        if lists is None or name != "html":
            watch.lap(f"write {name}")
            with (out / exporter.filename).open("wb") as file:
                exporter.write(built, vocabulary, file)
    watch.lap("")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT / MEBIBYTE
    return {**watch.seconds, "memory": peak}


def print_problem(problem: Exception) -> None:
    """Say on standard error which list cannot be read."""
    print(problem, file=sys.stderr)


class Stopwatch:
    """The seconds spent in each of several stages, which may take turns."""

    def __init__(self, stage: str) -> None:
        self.seconds: dict[str, float] = {}
        self._stage, self._since = stage, time.perf_counter()

    def lap(self, stage: str) -> None:
        """End the stage that runs and begin another."""
        now = time.perf_counter()
        self.seconds[self._stage] = self.seconds.get(self._stage, 0) + now - self._since
        self._stage, self._since = stage, now


if __name__ == "__main__":
    main()
