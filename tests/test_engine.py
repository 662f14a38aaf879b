"""Work on all cores: what one process gives, several give; what ends one of them ends the work, and none is left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from linkatlas import engine
from linkatlas.engine import on_all_cores, one_by_one
from linkatlas.errors import InputError, ProcessError
from linkatlas.model import Document
from linkatlas.output import write_all
from linkatlas.pipeline import build
from linkatlas.vocabulary import load

VOCABULARY = load()
FORMATS = ["turtle", "evidence", "graphml", "nodes", "statements", "report"]


@pytest.fixture(autouse=True)
def several_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes, whatever the machine has, and for the least work."""
    if not hasattr(os, "fork"):
        pytest.skip("this system forks no processes")
    monkeypatch.setattr(engine, "cores", lambda: 3)
    monkeypatch.setattr(engine, "WORTH", 1)


def each(jobs: int) -> Callable[[Callable[[int], object]], list[object]]:
    return lambda work: on_all_cores(work, range(jobs), lambda _: 1, lambda _: None)


def nothing_is_left() -> bool:
    """Whether none of the processes that were forked is there, not even one that has ended."""
    return not multiprocessing.active_children()


def slowly(number: int) -> tuple[int, int]:
    time.sleep(0.002)
    return number, os.getpid()


def test_results_come_in_the_order_of_the_jobs_from_several_processes() -> None:
    found = on_all_cores(slowly, range(200), lambda number: number, lambda _: None)
    assert [number for number, _ in found] == list(range(200))
    assert len({process for _, process in found}) == 3


@pytest.mark.parametrize("jobs", [0, 1, 2, 1000])
def test_any_number_of_jobs_is_done_as_by_one_process(jobs: int) -> None:
    numbers = range(jobs)
    assert on_all_cores(str, numbers, lambda _: 1, lambda _: None) == one_by_one(
        str, numbers, lambda _: 1, lambda _: None
    )


def test_one_core_or_little_work_needs_no_process(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("WORTH", 1000), ("cores", lambda: 1)):
        monkeypatch.setattr(engine, name, value)
        assert set(each(20)(lambda _: os.getpid())) == {os.getpid()}


def test_progress_is_told_as_jobs_are_begun() -> None:
    told: list[int] = []
    on_all_cores(slowly, range(200), lambda _: 1, told.append)
    assert told == sorted(told) and told[-1] < 200 and len(told) > 1


def test_a_build_has_the_same_bytes_on_any_number_of_cores(tmp_path: Path) -> None:
    lists = [
        Document(
            f"list-{number}.md",
            f"# Awesome {number}\n\n## Orchestration\n"
            + "".join(
                f"- [Brambleflow {at}](https://bramble{at}.dev/{number}) - Like Jenkins, runs on Kubernetes.\n"
                for at in range(number)
            ),
        )
        for number in range(1, 12)
    ]
    files = []
    for spread in (one_by_one, on_all_cores):
        folder = tmp_path / spread.__name__
        made = build(lists, VOCABULARY, spread=spread)
        files.append([path.read_bytes() for path in write_all(folder, FORMATS, made, VOCABULARY, spread)])
    assert files[0] == files[1]


def test_what_goes_wrong_in_any_process_is_raised() -> None:
    def fail(number: int) -> None:
        time.sleep(0.002)
        if number > 20:
            raise InputError(f"list {number}: cannot be read")

    with pytest.raises(InputError, match=r"^list \d+: cannot be read$"):
        each(200)(fail)
    assert nothing_is_left()


def test_a_process_that_is_killed_ends_the_work() -> None:
    parent = os.getpid()

    def die(_: int) -> None:
        time.sleep(0.002)
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(ProcessError, match="a process of the build ended before its work did"):
        each(200)(die)
    assert nothing_is_left()


LONG = """
import sys, time
from linkatlas import cli, engine, pipeline

def work(*_):
    sys.stderr.write("works\\n")
    sys.stderr.flush()
    time.sleep(0.3)
    return ()

engine.cores, engine.WORTH, pipeline.parse = lambda: 3, 1, work
sys.exit(cli.run(["build", "-q", "-o", sys.argv[1], sys.argv[2]]))
"""


@pytest.mark.parametrize("ended_by", [signal.SIGINT, signal.SIGKILL])
def test_no_process_outlives_a_build_that_is_stopped(tmp_path: Path, ended_by: signal.Signals) -> None:
    (tmp_path / "lists").mkdir()
    for number in range(200):
        (tmp_path / "lists" / f"{number}.md").write_text("# A\n- [B](https://b.example)\n", encoding="utf-8")
    words = [sys.executable, "-c", LONG, str(tmp_path / "out"), str(tmp_path / "lists")]
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, start_new_session=True) as running:
        assert running.stderr is not None
        assert [running.stderr.readline() for _ in range(3)] == ["works\n"] * 3
        if ended_by == signal.SIGINT:
            os.killpg(running.pid, ended_by)  # as a terminal does
        else:
            running.kill()
        said = running.stderr.read().splitlines()  # ends when the last process that could write has ended
    assert len(said) < 60
    if ended_by == signal.SIGINT:
        assert (running.returncode, said[-1]) == (130, "linkatlas: stopped")
