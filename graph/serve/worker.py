"""A process that does one job after another, and that any of them may kill.

Oxigraph cannot be told to stop, and a query may ask for all the memory there is. So the system stops it: a timer ends the
process, a bound on its address space makes it fail, and whoever holds the other end of its channel sees it gone. It
opens no files and no connections while it answers.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import signal
import socket
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from .answer import answer
from .held import Held
from .jobs import Job, Outcome
from .limits import Limits
from .refusal import Refusal

LENGTH = 4
"""Bytes of the number that stands before each message, the most significant first."""


def work(held: Held, channel: socket.socket, limits: Limits) -> None:
    """Do the jobs that come over a channel, each with the file for its answer, until the other end is closed.

    A job is pickled, for it comes from the server itself; an `Outcome` goes back as JSON, for a query may have led the
    worker astray.
    """
    _confine(limits)
    begun_with = _address_space()
    worn = False
    while not worn:
        head, files, _, _ = socket.recv_fds(channel, LENGTH, 1)
        if not head:
            return
        job: Job = pickle.loads(_received(channel, int.from_bytes(head)))  # noqa: S301
        outcome = _outcome(held, job, limits, files[0])
        worn = outcome.status in (500, 507) or _address_space() - begun_with > limits.memory // 2
        message = json.dumps(outcome._replace(worn=worn)).encode()
        channel.sendall(len(message).to_bytes(LENGTH) + message)


def _outcome(held: Held, job: Job, limits: Limits, file: int) -> Outcome:
    """Do a job, write the answer to an open file, and say how it went; the process ends where the time is over."""
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    try:
        with open(file, "wb") as out, _no_more_files():
            return Outcome(200, answer(held, job, limits.rows, out))
    except Refusal as refusal:
        return Outcome(refusal.status, str(refusal))
    except MemoryError:
        return Outcome(507, "The query needs more memory than it may have.")
    except OSError as error:
        if error.errno is not None:
            return Outcome(422, f"The answer is longer than {limits.answer:,} bytes; ask for less.")
        return Outcome(403, "The query asks another endpoint, which this one does not.")
    except (ValueError, RuntimeError) as error:
        return Outcome(400, f"The query cannot be answered: {error}")
    except Exception:  # a fault of ours: the server prints it, and the next job has another worker
        return Outcome(500, traceback.format_exc())
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _confine(limits: Limits) -> None:
    """Bound what this process may take of the machine, and let the timer end it without a word."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with open(os.devnull, "wb") as nowhere:  # noqa: PTH123 - the engine complains to it before it gives up
        os.dup2(nowhere.fileno(), 2)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limits.answer, limits.answer))
    if sys.platform == "linux":  # elsewhere the system does not keep to it
        most = _address_space() + limits.memory
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


@contextmanager
def _no_more_files() -> Iterator[None]:
    """Let the process open nothing: SERVICE would go wherever a query says, whatever words it hides behind."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = os.dup(0)
    os.close(free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (free, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)


def _address_space() -> int:
    """Return the bytes of this process's address space; 0 where the system does not tell."""
    try:
        with open("/proc/self/statm", "rb") as file:  # noqa: PTH123
            return int(file.read().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _received(channel: socket.socket, length: int) -> bytes:
    """Return exactly so many bytes; raises `EOFError` where the other end closes before."""
    parts = []
    while length:
        part = channel.recv(length)
        if not part:
            raise EOFError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
