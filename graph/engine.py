"""Work on all cores: one function over many jobs, here and in forked processes, with the same results in the same order.

A forked process has everything that its parent has read, so that only results are sent, once each process is done. The
parent works too. Whoever is free takes the next job, the largest first, and makes its results ready to be sent before it
takes another: so all are done at about the same time.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol, TypeVar

from .errors import ProcessError

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import ForkProcess

Job = TypeVar("Job")
Result = TypeVar("Result")
Other = TypeVar("Other")

WORTH = 1 << 18
"""Jobs smaller than this together, in characters, are done before a process has begun to be of help."""

_CHUNKS = 32
"""How many portions the jobs are cut into for each process: enough that all end at about the same time."""


class Spread(Protocol):
    """How a function is applied to jobs; the results come in the order of the jobs."""

    def __call__(
        self,
        work: Callable[[Job], Result],
        jobs: Sequence[Job],
        size: Callable[[Job], int],
        tell: Callable[[int], None],
    ) -> list[Result]:
        """Apply ``work`` to each of the jobs, which are about as long as ``size`` says, in characters.

        ``tell`` is told, now and then, how many jobs were begun.
        """


def one_by_one(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    size: Callable[[Job], int],  # noqa: ARG001
    tell: Callable[[int], None],
) -> list[Result]:
    """Do all jobs in this process."""
    results = []
    for number, job in enumerate(jobs):
        tell(number)
        results.append(work(job))
    return results


def on_all_cores(
    work: Callable[[Job], Result],
    jobs: Sequence[Job],
    size: Callable[[Job], int],
    tell: Callable[[int], None],
) -> list[Result]:
    """Do jobs in this process and in one more for each further core, where there are any and the jobs are worth it.

    What ``work`` raises is raised here. Raises `ProcessError` where a process ends before its work does. However this
    ends, no process is left.
    """
    sizes = [size(job) for job in jobs]
    helpers = min(cores(), len(jobs)) - 1
    if helpers < 1 or sum(sizes) < WORTH:
        return one_by_one(work, jobs, size, tell)
    chunks = cut(sizes, sum(sizes) // (_CHUNKS * (helpers + 1)))
    chunks.sort(key=lambda chunk: sum(sizes[chunk.start : chunk.stop]), reverse=True)
    begun = [0, *accumulate(map(len, chunks))]
    parent = os.getpid()

    def see(_: int) -> None:
        """End a forked process that nobody waits for."""
        if os.getppid() != parent:
            os._exit(1)

    def done(queue: int, tell: Callable[[int], None]) -> Iterator[tuple[int, list[Result]]]:
        for number in _taken(queue):
            tell(begun[number])
            yield chunks[number].start, [work(jobs[at]) for at in chunks[number]]

    def sent(queue: int) -> dict[int, bytes]:
        return {start: pickle.dumps(results, pickle.HIGHEST_PROTOCOL) for start, results in done(queue, see)}

    with _queue(len(chunks)) as queue, _processes(helpers, lambda: sent(queue)) as connections:
        found = dict(done(queue, tell))
        for connection in connections:
            found |= {start: pickle.loads(results) for start, results in _received(connection).items()}  # noqa: S301
    return [result for start in sorted(found) for result in found[start]]


def beside(spread: Spread, further: Callable[[], Other], effort: int, keep: Callable[[Other], None]) -> Spread:
    """Return a spread that does one more thing among its jobs, as long as ``effort`` says; what comes of that is kept apart."""

    def both(
        work: Callable[[Job], Result], jobs: Sequence[Job], size: Callable[[Job], int], tell: Callable[[int], None]
    ) -> list[Result]:
        def one(at: int) -> tuple[list[Result], list[Other]]:
            return ([work(jobs[at])], []) if at < len(jobs) else ([], [further()])

        found = spread(one, range(len(jobs) + 1), lambda at: size(jobs[at]) if at < len(jobs) else effort, tell)
        for _, apart in found:
            for other in apart:
                keep(other)
        return [result for results, _ in found for result in results]

    return both


def cores() -> int:
    """Return how many cores this process may run on; 1 where a process cannot safely be forked."""
    if not hasattr(os, "fork") or sys.platform == "darwin":  # the libraries of macOS fail in a forked process
        return 1
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def cut(sizes: Sequence[int], least: int) -> list[range]:
    """Cut jobs into runs of neighbours, each as long as ``least`` or a little longer, but the last.

    >>> cut([5, 1, 1, 9, 2], 3)
    [range(0, 1), range(1, 4), range(4, 5)]
    """
    found, begin, length = [], 0, 0
    for at, size in enumerate(sizes, 1):
        length += size
        if length >= least or at == len(sizes):
            found.append(range(begin, at))
            begin, length = at, 0
    return found


@contextmanager
def _queue(count: int) -> Iterator[int]:
    """Give a pipe that holds the numbers 0 to ``count``, each for the first process that reads it."""
    queue, feed = os.pipe()
    try:
        os.write(feed, b"".join(number.to_bytes(4, "little") for number in range(count)))
    finally:
        os.close(feed)
    try:
        yield queue
    finally:
        os.close(queue)


def _taken(queue: int) -> Iterator[int]:
    while number := os.read(queue, 4):
        yield int.from_bytes(number, "little")


@contextmanager
def _processes(count: int, work: Callable[[], object]) -> Iterator[list[Connection]]:
    """Fork processes that do some work; give the connections on which each sends what came of it."""
    from multiprocessing import get_context

    context = get_context("fork")
    processes: list[ForkProcess] = []
    connections: list[Connection] = []
    try:
        for _ in range(count):
            here, there = context.Pipe(duplex=False)
            connections.append(here)
            processes.append(context.Process(target=_serve, args=(work, there, list(connections)), daemon=True))
            processes[-1].start()
            there.close()  # so that the end of the process is the end of what can be read from it
        yield connections
    finally:
        for connection in connections:
            connection.close()
        for process in processes:
            process.kill()  # those that are done have nothing left to lose
            process.join()


def _serve(work: Callable[[], object], out: Connection, others: Sequence[Connection]) -> None:
    """Do the work of a forked process and send its result, or what it raised; then end at once."""
    import signal

    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C reaches every process of a terminal; the parent answers for all
    for connection in others:
        connection.close()  # were this end open here too, a parent that is gone would never be missed
    try:
        sent = pickle.dumps((work(), None), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        sent = pickle.dumps((None, error), pickle.HIGHEST_PROTOCOL)
    try:
        out.send_bytes(sent)
        out.close()
    except BrokenPipeError:  # nobody waits for it any longer
        pass
    os._exit(0)


def _received(connection: Connection) -> dict[int, bytes]:
    try:
        found, error = pickle.loads(connection.recv_bytes())  # noqa: S301 - from a process of this program
    except EOFError as ended:
        raise ProcessError("a process of the build ended before its work did; is there enough memory?") from ended
    if error is not None:
        raise error
    results: dict[int, bytes] = found
    return results
