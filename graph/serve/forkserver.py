"""The process that loads the data and forks the workers, so that they share it and a dead one is replaced at once.

It is a program of its own, with one thread, for only such a process can be forked safely. The server talks to it over a
socket: it says in one line of JSON whether the data is there; then it takes orders of `ORDER` bytes, a letter and a
worker's number: ``f`` to fork a worker, whose channel comes with it, and ``k`` to kill one. It alone may kill by number,
for a number is not given anew before the parent has buried the dead. When the server is gone, all end.

    python -m linkatlas.serve.forkserver FD PATHS LIMITS
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import socket
import sys
from pathlib import Path

from ..errors import InputError
from .held import Held, hold
from .limits import Limits
from .worker import work

ORDER = 5


def main() -> None:
    """Load the data, say so, and obey orders until there is nobody left to give them."""
    for ending in (signal.SIGINT, signal.SIGTERM):  # they are for the server, which then closes the socket
        signal.signal(ending, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    paths, limits = json.loads(sys.argv[2]), Limits(*json.loads(sys.argv[3]))
    try:
        held = hold([Path(path) for path in paths])
    except InputError as error:
        _tell(control, {"error": str(error)})
        return
    gc.freeze()  # a collection in a worker would copy the pages that it shares with the others
    _tell(control, {"triples": held.size})
    _obey(control, held, limits)


def _tell(control: socket.socket, message: dict[str, object]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")


def _obey(control: socket.socket, held: Held, limits: Limits) -> None:
    """Fork and kill workers as ordered; kill all that are left when the orders end."""
    workers: dict[bytes, int] = {}
    while True:
        order, channels = _order(control)
        _bury(workers)
        if not order:
            break
        number = order[1:]
        if order[:1] == b"k" and number in workers:
            os.kill(workers[number], signal.SIGKILL)
        elif order[:1] == b"f" and channels:
            process = _forked(control, channels[0], held, limits)
            if process:
                workers[number] = process
            os.close(channels[0])
    for process in workers.values():
        os.kill(process, signal.SIGKILL)
    for process in workers.values():
        os.waitpid(process, 0)


def _order(control: socket.socket) -> tuple[bytes, list[int]]:
    """Return the next order and the channel that came with it; an empty one where the server is gone."""
    with contextlib.suppress(ConnectionError):
        order, channels, _, _ = socket.recv_fds(control, ORDER, 1)
        if len(order) == ORDER:
            return order, channels
    return b"", []


def _bury(workers: dict[bytes, int]) -> None:
    """Take note of the workers that have ended."""
    for number, process in list(workers.items()):
        if os.waitpid(process, os.WNOHANG)[0]:
            del workers[number]


def _forked(control: socket.socket, channel: int, held: Held, limits: Limits) -> int:
    """Return the process of a new worker; 0 where the system has no room for one, so that its channel just closes."""
    try:
        process = os.fork()
    except OSError:
        return 0
    if process:
        return process
    code = 1
    try:
        control.close()
        work(held, socket.socket(fileno=channel), limits)
        code = 0
    finally:
        os._exit(code)  # nothing of the parent's may be cleaned up twice


if __name__ == "__main__":
    main()
