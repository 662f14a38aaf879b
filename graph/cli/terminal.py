"""What the commands share of the terminal: the progress bar, the voice of errors, colour."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from ..errors import InputError

if TYPE_CHECKING:
    from ..errors import LinkatlasError
    from ..pipeline import Progress

PATIENCE = 1.0
"""Seconds after which work counts as long and a progress bar appears."""


@contextmanager
def progress_bar(shown: bool) -> Iterator[Progress]:
    """Give the function that stages tell their progress to: it draws a bar once the work has become long."""
    begun = time.monotonic()
    started: list[Callable[[], None]] = []
    update: Progress | None = None

    def tell(stage: str, done: int, total: int) -> None:
        nonlocal update
        if update is None:
            if not shown or time.monotonic() - begun < PATIENCE:
                return
            update, stop = _bar()
            started.append(stop)
        update(stage, done, total)

    try:
        yield tell
    finally:
        for stop in started:
            stop()


def _bar() -> tuple[Progress, Callable[[], None]]:
    """Start a progress bar on standard error; return the functions that move and end it."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:<10}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task("", total=None)
    bar.start()

    def update(stage: str, done: int, total: int) -> None:
        bar.update(task, description=stage, completed=done, total=total or None)

    return update, bar.stop


def say(error: LinkatlasError | str) -> None:
    """Print one line on what went wrong, or what is to be known, safe for the terminal."""
    from ..summary import printable

    click.echo(f"linkatlas: {printable(str(error))}", err=True)


@contextmanager
def standard_output() -> Iterator[None]:
    """Write data to standard output: a reader that goes away ends it quietly, a disk that is full is an `InputError`."""
    try:
        yield
        sys.stdout.flush()
    except BrokenPipeError:  # the reader, `head` for one, has seen enough
        _let_go()
    except OSError as error:
        raise unwritable(error) from error


def unwritable(error: OSError) -> InputError:
    """Return that standard output takes no more; what is left in its buffer is let go."""
    _let_go()
    return InputError(f"standard output: {(error.strerror or str(error)).lower()}")


def _let_go() -> None:
    """Send what is left for standard output nowhere: it must not fail at the end once more."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def colour() -> bool:
    """Whether standard error takes colour: a terminal, and no word against it (https://no-color.org)."""
    return sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
