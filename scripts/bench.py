"""Measure what a person waits for: ``python3 scripts/bench.py [--corpus FOLDER]``.

Prints the medians of five runs, each in a new process: the start of the command line, a build of the built-in list with
its peak memory, and each stage's share of such a build.

With ``--corpus`` it also builds a folder of lists once, stage by stage, on all cores and without the HTML view, and runs
beside it `scripts/peer.py`, a plain script that reads the same lists. Of each it prints the wall time, the processor time
and the peak memory, forked processes included: a page that several share is counted once. Compare ratios within one run;
seconds differ by machine.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

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
    show("linkatlas --help", typical([measure([*command, "--help"]) for _ in range(RUNS)]))
    show("linkatlas build", typical([measure([*command, "build", "-q", "-o", folder]) for _ in range(RUNS)]))
    runs = [staged(["--stages", folder])[0] for _ in range(RUNS)]
    shares({stage: Spent(*map(median, zip(*(run[stage] for run in runs), strict=True))) for stage in runs[0]})


def corpus(lists: Path, folder: str) -> None:
    """Measure a folder of lists, and the peer on the same folder."""
    size = sum(path.stat().st_size for path in lists.rglob("*") if path.is_file())
    print(f"\n{lists.name}: {size / 1e6:.1f} MB, {os.cpu_count()} cores")
    spent, ours = staged(["--stages", folder, "--corpus", str(lists)])
    show("linkatlas", ours)
    shares(spent)
    peer = str(Path(__file__).with_name("peer.py"))
    theirs = measure([str(environment.python()), peer, str(lists), f"{folder}/peer.ttl"])
    show("plain script", theirs)
    print(
        f"the plain script takes {theirs.wall / ours.wall:.1f} times as long, "
        f"{theirs.processor / ours.processor:.1f} times the processor time, {theirs.memory / ours.memory:.1f} times the memory"
    )


class Spent(NamedTuple):
    """What something took."""

    wall: float
    """Seconds."""
    processor: float
    """Seconds of all cores together, forked processes included."""
    memory: float = 0
    """The peak in MiB, forked processes included."""


def typical(runs: Sequence[Spent]) -> Spent:
    """Return the medians of several runs."""
    return Spent(*map(median, zip(*runs, strict=True)))


def show(name: str, spent: Spent) -> None:
    """Print the figures of one command."""
    print(f"{name:<18}{spent.wall:8.2f} s{spent.processor:8.2f} s of processors{spent.memory:8.0f} MiB", flush=True)


def shares(spent: Mapping[str, Spent]) -> None:
    """Print what each stage took, and what part of the whole time it is."""
    whole = sum(stage.wall for stage in spent.values())
    for name, stage in spent.items():
        print(f"  {name:<16}{stage.wall:8.3f} s{stage.processor:8.3f} s {stage.wall / whole:6.0%}", flush=True)


def measure(command: Sequence[str], out: int = subprocess.DEVNULL) -> Spent:
    """Run a command and return what it took; what it prints goes to the open file ``out``."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=out)
    peak = Peak(process.pid)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    memory = max(peak.end(), usage.ru_maxrss * RSS_UNIT / MEBIBYTE)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: {' '.join(command)} ended with {process.returncode}")
    return Spent(seconds, usage.ru_utime + usage.ru_stime, memory)


class Peak:
    """The most memory that a process and its children hold together, looked at five times a second; 0 outside Linux.

    A page that several of them share counts in parts (the kernel's "proportional set size").
    """

    def __init__(self, process: int) -> None:
        self._process, self._most = process, 0.0
        self._ended = threading.Event()
        self._watch = threading.Thread(target=self._look)
        self._watch.start()

    def end(self) -> float:
        """Stop looking, and return the peak in MiB."""
        self._ended.set()
        self._watch.join()
        return self._most

    def _look(self) -> None:
        while not self._ended.wait(0.2):
            family = [self._process, *_children(self._process)]
            sizes = (re.search(r"^Pss:\s+(\d+)", _read(f"{each}/smaps_rollup"), re.MULTILINE) for each in family)
            self._most = max(self._most, sum(int(size[1]) for size in sizes if size) / 1024)


def _children(process: int) -> list[int]:
    """Return the processes that a process has started and that have not ended."""
    stats = (_read(f"{path.name}/stat") for path in Path("/proc").glob("[0-9]*"))
    found = (re.match(rf"(\d+) \(.*\) \w {process} ", stat, re.DOTALL) for stat in stats)
    return [int(child[1]) for child in found if child]


def _read(path: str) -> str:
    """Return what the kernel says of a process; nothing where it has ended."""
    try:
        return Path("/proc", path).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def staged(arguments: Sequence[str]) -> tuple[dict[str, Spent], Spent]:
    """Run `stages` in a process of its own; return what each stage took, and what the whole did."""
    with tempfile.TemporaryFile() as out:
        whole = measure([str(environment.python()), __file__, *arguments], out.fileno())
        out.seek(0)
        return {name: Spent(*figures) for name, figures in json.load(out).items()}, whole


def stages(lists: Path | None, out: Path) -> dict[str, tuple[float, float]]:
    """Build the built-in list, or a folder of lists, in this process; return the two times of each stage, in order.

    A stage's time includes what it is the first to import. A folder is built without the HTML view, and on all cores.
    """
    watch = Stopwatch("import")
    from linkatlas.engine import on_all_cores
    from linkatlas.export import EXPORTERS
    from linkatlas.namespaces import BASE_IRI
    from linkatlas.output import write_all
    from linkatlas.pipeline import build
    from linkatlas.read import built_in, read_all
    from linkatlas.vocabulary import load

    gc.disable()  # as the command line does
    watch.lap("ontology")
    vocabulary = load()
    watch.lap("read")
    documents = [built_in()] if lists is None else list(read_all([str(lists)], print_problem))
    built = build(documents, vocabulary, BASE_IRI, lambda stage, _done, _total: watch.lap(stage), on_all_cores)
    if lists is None:
        for name in EXPORTERS:
            watch.lap(f"write {name}")
            write_all(out, [name], built, vocabulary)
    else:
        watch.lap("write")
        write_all(out, [name for name in EXPORTERS if name != "html"], built, vocabulary, on_all_cores)
    watch.lap("")
    return watch.spent


def print_problem(problem: Exception) -> None:
    """Say on standard error which list cannot be read."""
    print(problem, file=sys.stderr)


class Stopwatch:
    """The wall and processor seconds spent in each of several stages, which may take turns."""

    def __init__(self, stage: str) -> None:
        self.spent: dict[str, tuple[float, float]] = {}
        self._stage, self._since = stage, self._now()

    def lap(self, stage: str) -> None:
        """End the stage that runs and begin another."""
        now = self._now()
        before = self.spent.get(self._stage, (0.0, 0.0))
        wall, processor = (spent + end - begin for spent, end, begin in zip(before, now, self._since, strict=True))
        self.spent[self._stage] = wall, processor
        self._stage, self._since = stage, now

    @staticmethod
    def _now() -> tuple[float, float]:
        forked = resource.getrusage(resource.RUSAGE_CHILDREN)  # counts them when they have ended: within their stage
        return time.perf_counter(), time.process_time() + forked.ru_utime + forked.ru_stime


if __name__ == "__main__":
    main()
