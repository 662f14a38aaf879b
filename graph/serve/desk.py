"""The place where jobs are given in: it has them done on the newest state of the data, and looks for a newer one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from pathlib import Path

from ..errors import InputError, LinkatlasError
from ..query.dataset import Signature, signature
from .jobs import Job, Outcome
from .limits import Limits
from .pool import RETRY, Pool
from .refusal import Refusal

GLANCE_SECONDS = 0.5
"""Between two looks at the files. They are loaded anew once they have stayed the same for as long."""

Tell = Callable[[str], None]


class Desk:
    """Gives each job to the pool of the day. The pool of yesterday ends when its last job is done."""

    def __init__(self, paths: Sequence[Path], limits: Limits, tell: Tell, pool: Pool, loaded: Signature) -> None:
        self._paths = paths
        self._limits = limits
        self._tell = tell
        self._pool = pool
        self._loaded = loaded
        self._retiring: set[asyncio.Task[None]] = set()
        self._running: set[asyncio.Task[Outcome]] = set()
        self._ending = False

    @classmethod
    async def open(cls, paths: Sequence[Path], limits: Limits, tell: Tell) -> Desk:
        """Load the data; raises `InputError` where it cannot be read. `tell` is given a sentence for each later event."""
        loaded = signature(paths)
        return cls(paths, limits, tell, await Pool.start(paths, limits), loaded)

    @property
    def size(self) -> int:
        """How many triples there are."""
        return self._pool.size

    async def run(self, job: Job, out: int) -> Outcome:
        """Have a job done on the data as it is now; raises `Refusal` where too many wait."""
        running = asyncio.create_task(self._pool.run(job, out))
        self._running.add(running)
        try:
            return await running
        except asyncio.CancelledError:
            if self._ending:
                raise Refusal(503, "The server is stopping.", RETRY) from None
            raise
        finally:
            self._running.discard(running)

    def end_jobs(self) -> None:
        """Refuse the jobs that run or wait."""
        self._ending = True
        for running in self._running:
            running.cancel()

    async def watch(self) -> None:
        """Load the data anew whenever its files change, for ever."""
        before = self._loaded
        while True:
            await asyncio.sleep(GLANCE_SECONDS)
            now = await asyncio.to_thread(self._signature)
            settled, before = now == before, now
            if settled and (now != self._loaded or not self._pool.living):
                await self._reload(now)

    def _signature(self) -> Signature:
        try:
            return signature(self._paths)
        except InputError:  # a build is on its way, or the files are gone: what is loaded stays
            return self._loaded

    async def _reload(self, now: Signature) -> None:
        self._loaded = now  # also where it fails: it would fail again
        try:
            pool = await Pool.start(self._paths, self._limits)
        except LinkatlasError as error:
            self._tell(f"the data has changed but cannot be loaded, so the old is served on: {error}")
            return
        old, self._pool = self._pool, pool
        retiring = asyncio.create_task(old.retire())
        self._retiring.add(retiring)
        retiring.add_done_callback(self._retiring.discard)
        self._tell(f"the data has changed and was loaded anew: {pool.size:,} triples")

    async def close(self) -> None:
        """End all workers."""
        for retiring in list(self._retiring):
            retiring.cancel()
        await asyncio.gather(self._pool.close(), *self._retiring, return_exceptions=True)
