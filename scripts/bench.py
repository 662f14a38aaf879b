"""Measure what a person waits for: ``python3 scripts/bench.py``. Every figure is the median of five runs.

Prints the start of the command line, a build of the built-in list from a cold start (a new process) with its peak
memory, and each stage's share of a build within one process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import environment

RUNS = 5


def main() -> None:
    """Print the figures, one a line."""
    environment.make_ready()
    command = [str(environment.python()), "-P", "-m", "linkatlas"]
    starts = [measure([*command, "--help"]) for _ in range(RUNS)]
    print(f"linkatlas --help   {median(seconds for seconds, _ in starts):6.2f} s")
    with tempfile.TemporaryDirectory() as folder:
        builds = [measure([*command, "build", "-q", "-o", folder]) for _ in range(RUNS)]
    seconds, mebibytes = (median(column) for column in zip(*builds, strict=True))
    print(f"linkatlas build    {seconds:6.2f} s {mebibytes:6.0f} MiB")
    timed = [json.loads(run_here("--stages")) for _ in range(RUNS)]
    shares = {stage: median(run[stage] for run in timed) for stage in timed[0]}
    for stage, share in shares.items():
        print(f"  {stage:<16} {share:6.3f} s {share / sum(shares.values()):6.0%}")


def measure(command: list[str]) -> tuple[float, float]:
    """Run a command and return its wall time in seconds and its peak resident memory in MiB."""
    begin = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: {' '.join(command)} ended with {process.returncode}")
    unit = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss, in bytes
    return seconds, usage.ru_maxrss * unit / 2**20


def run_here(argument: str) -> str:
    """Run this file in the environment's Python and return what it prints."""
    command = [str(environment.python()), __file__, argument]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout


def stages() -> dict[str, float]:
    """Build the built-in list in this process and return the seconds of each stage, in order."""
    from linkatlas.build import build
    from linkatlas.export import EXPORTERS
    from linkatlas.output import write_all
    from linkatlas.read import built_in
    from linkatlas.vocabulary import load

    spent: dict[str, float] = {}
    current, since = "vocabulary", time.perf_counter()

    def enter(stage: str, _done: int = 0, _total: int = 0) -> None:
        nonlocal current, since
        now = time.perf_counter()
        spent[current] = spent.get(current, 0) + now - since
        current, since = stage, now

    vocabulary = load()
    built = build([built_in()], vocabulary, progress=enter)
    enter("export")
    with tempfile.TemporaryDirectory() as folder:
        write_all(Path(folder), list(EXPORTERS), built, vocabulary)
    enter("")
    return spent


if __name__ == "__main__":
    if sys.argv[1:] == ["--stages"]:
        print(json.dumps(stages()))
    else:
        main()
