"""The workers as the server sees them: jobs go in, outcomes come out, and what dies on the way is replaced."""

from __future__ import annotations

import asyncio
import contextlib
import json
import pickle
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from .forkserver import ORDER
from .jobs import Job, Outcome
from .limits import MEBIBYTE, Limits
from .refusal import Refusal
from .worker import LENGTH

RETRY = {"Retry-After": "1"}
"""Seconds after which a client may try again."""


class _Worker(NamedTuple):
    number: int
    channel: socket.socket

    def alive(self) -> bool:
        """Whether the worker still holds its end of the channel."""
        try:
            return self.channel.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


class Pool:
    """Workers that hold one state of the data, and the process that forks them."""

    def __init__(self, process: asyncio.subprocess.Process, control: socket.socket, limits: Limits, size: int) -> None:
        self.size = size
        """Triples of the default graph."""
        self._process = process
        self._control = control
        self._limits = limits
        self._numbers = 0
        self._waiting = 0
        self._active = 0
        self._over = asyncio.Event()
        self._over.set()
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        for _ in range(limits.workers):
            self._idle.put_nowait(self._fork())

    @classmethod
    async def start(cls, paths: Sequence[Path], limits: Limits) -> Pool:
        """Load the data in a process of its own and fork the workers; raises `InputError` where it cannot be read."""
        ours, theirs = socket.socketpair()
        arguments = [str(theirs.fileno()), json.dumps([str(path) for path in paths]), json.dumps(limits)]
        program = [sys.executable, "-P", "-m", "linkatlas.serve.forkserver"]
        with theirs:
            process = await asyncio.create_subprocess_exec(
                *program, *arguments, pass_fds=[theirs.fileno()], stdin=asyncio.subprocess.DEVNULL
            )
        ours.setblocking(False)
        try:
            said = await _line(ours)
            if not said:
                raise InputError("the data could not be loaded: is there memory for it?")
            if "error" in said:
                raise InputError(str(said["error"]))
        except BaseException:
            ours.close()  # which ends the process
            await process.wait()
            raise
        ours.setblocking(True)  # orders are few and short
        return cls(process, ours, limits, int(str(said["triples"])))

    async def run(self, job: Job, out: int) -> Outcome:
        """Have a worker do a job and write its answer to the open file `out`.

        Raises `Refusal` where too many jobs wait. A caller that is cancelled ends the job with it.
        """
        self._active += 1
        self._over.clear()
        try:
            worker = await self._free()
            going_on = False
            try:
                outcome = await self._ask(worker, job, out)
                going_on = not outcome.worn
            finally:
                self._idle.put_nowait(worker if going_on else self._replaced(worker))
            return outcome
        finally:
            self._active -= 1
            if not self._active:
                self._over.set()

    @property
    def living(self) -> bool:
        """Whether dead workers can still be replaced."""
        return self._process.returncode is None

    async def retire(self) -> None:
        """Wait until the jobs are done, then close; close at once where the wait is cancelled."""
        try:
            await self._over.wait()
        finally:
            await self.close()

    async def close(self) -> None:
        """End the workers and the process that forks them; a job that runs ends with them."""
        self._control.close()
        while not self._idle.empty():
            self._idle.get_nowait().channel.close()
        await self._process.wait()

    async def _free(self) -> _Worker:
        """Return a worker that has nothing to do, waiting for one in turn."""
        if self._idle.empty() and self._waiting >= self._limits.waiting:
            raise Refusal(503, f"{self._waiting} queries are waiting already; try again soon.", RETRY)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.patience):
                worker = await self._idle.get()
        except TimeoutError:
            raise Refusal(503, f"No worker was free within {self._limits.patience:g} s.", RETRY) from None
        finally:
            self._waiting -= 1
        return worker if worker.alive() else self._replaced(worker)

    async def _ask(self, worker: _Worker, job: Job, out: int) -> Outcome:
        """Give a worker a job and wait for what it says, or for its end."""
        loop = asyncio.get_running_loop()
        message = pickle.dumps(job)
        begun = loop.time()
        try:
            # The length alone goes with the file: it always fits, so this cannot block.
            socket.send_fds(worker.channel, [len(message).to_bytes(LENGTH)], [out])
            await loop.sock_sendall(worker.channel, message)
            length = await _exactly(worker.channel, LENGTH)
            reply = await _exactly(worker.channel, int.from_bytes(length))
        except (EOFError, OSError):
            if loop.time() - begun >= self._limits.seconds * 0.99:
                return Outcome(504, f"The query was ended after {self._limits.seconds:g} s.", worn=True)
            memory = self._limits.memory // MEBIBYTE
            return Outcome(507, f"The query needs more than the {memory} MiB of memory that it may have.", worn=True)
        return Outcome(*json.loads(reply))

    def _replaced(self, worker: _Worker) -> _Worker:
        """Kill a worker, dead or not, and return another."""
        worker.channel.close()
        with contextlib.suppress(OSError):  # the process that would kill it is gone, and it with that
            self._control.sendall(b"k" + worker.number.to_bytes(ORDER - 1))
        return self._fork()

    def _fork(self) -> _Worker:
        self._numbers += 1
        ours, theirs = socket.socketpair()
        with theirs, contextlib.suppress(OSError):  # then the channel is closed, and the job that gets it fails
            socket.send_fds(self._control, [b"f" + self._numbers.to_bytes(ORDER - 1)], [theirs.fileno()])
        ours.setblocking(False)
        return _Worker(self._numbers, ours)


async def _line(channel: socket.socket) -> dict[str, object]:
    """Return the object that one line of JSON holds; empty where the other end is closed before."""
    line = b""
    with contextlib.suppress(ConnectionError):
        while not line.endswith(b"\n"):
            part = await asyncio.get_running_loop().sock_recv(channel, 4096)
            if not part:
                return {}
            line += part
    found: dict[str, object] = json.loads(line) if line else {}
    return found


async def _exactly(channel: socket.socket, length: int) -> bytes:
    """Return exactly so many bytes; raises `EOFError` where the other end closes before."""
    received = bytearray()
    while len(received) < length:
        part = await asyncio.get_running_loop().sock_recv(channel, length - len(received))
        if not part:
            raise EOFError
        received += part
    return bytes(received)
