"""How long a query may take.

Oxigraph cannot be told to stop, but it lets other threads run while it works. So the query runs beside the caller, who
can walk away from it: after a time, or at Ctrl-C. What is left behind goes on until the process ends; a program that
lives longer than its queries (the server) has them evaluated in processes of their own.
"""

from __future__ import annotations

import threading
import time
import traceback
from collections.abc import Callable
from typing import TypeVar

from ..errors import TimeLimitError

T = TypeVar("T")

NAME = "linkatlas query"
"""What a thread that answers a query is called."""

_GLANCE = 0.05
"""Seconds between two looks for Ctrl-C, which on some systems does not end a wait."""


def within(seconds: float | None, work: Callable[[], T]) -> T:
    """Return what `work` returns, or raise what it raises; raises `TimeLimitError` once it has taken too long.

    >>> within(5, lambda: 6 * 7)
    42
    """
    result: list[T] = []
    failure: list[BaseException] = []

    def run() -> None:
        try:
            result.append(work())
        except BaseException as error:
            # What the frames hold of Oxigraph's must be dropped in the thread that it was made in.
            traceback.clear_frames(error.__traceback__)
            failure.append(error)

    thread = threading.Thread(target=run, name=NAME, daemon=True)
    until = None if seconds is None else time.monotonic() + seconds
    thread.start()
    while thread.is_alive():
        if until is not None and time.monotonic() >= until:
            raise TimeLimitError(f"the query was ended after {seconds:g} seconds")
        thread.join(_GLANCE if until is None else max(0.0, min(_GLANCE, until - time.monotonic())))
    if failure:
        raise failure[0]
    return result[0]


def left_behind() -> bool:
    """Whether a query that was walked away from still runs."""
    return any(thread.name == NAME for thread in threading.enumerate())
