"""Writing a build's files whole or not at all.

Every file is first written in a folder of its own inside the output folder, and moved in place when all are whole. A
build that fails, or is killed, leaves the last good output as it was; what a killed one left is cleared by the next.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from .engine import Spread, one_by_one
from .errors import InputError, UsageError
from .export import EXPORTERS, Exporter
from .model import Build
from .vocabulary import Vocabulary

UNFINISHED = ".linkatlas-unfinished"
"""The folder inside the output folder that holds the files of a build until all are whole."""

_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)


def prepare(folder: Path) -> None:
    """Make the output folder where it is missing, and see that it can be written, before a long build begins.

    Raises `InputError` for a folder that cannot be made or written.
    """
    with _explained(folder), _alone(folder):
        _empty(folder / UNFINISHED).rmdir()


def write_all(
    folder: Path,
    names: Sequence[str],
    build: Build,
    vocabulary: Vocabulary,
    spread: Spread = one_by_one,
    exporters: Mapping[str, Exporter] = EXPORTERS,
) -> list[Path]:
    """Write the formats `names` of a build into a folder, and return the paths of the files in the order of `names`.

    The files are written as `spread` says: by this process alone, or on all cores (`engine.on_all_cores`). Builds that
    write to one folder at the same time wait for one another. Raises `UsageError` for a name that is no format, and
    `InputError` for a folder that cannot be written.
    """
    for name in names:
        if name not in exporters:
            raise UsageError(f"{name}: no such format; there are {', '.join(exporters)}")
    paths = [folder / exporters[name].filename for name in names]
    with _explained(folder), _alone(folder):
        for path in paths:
            if path.is_dir():  # found before any file is moved, so that all are or none
                raise InputError(f"{path}: is a folder where a file is to be written")
        unfinished = _empty(folder / UNFINISHED)
        statements = len(build.graph.statements)

        def write(name: str) -> None:
            with (unfinished / exporters[name].filename).open("wb") as out:
                exporters[name].write(build, vocabulary, out)

        try:
            spread(write, names, lambda name: exporters[name].effort * statements, lambda _: None)
            for path in paths:
                (unfinished / path.name).replace(path)
        finally:
            shutil.rmtree(unfinished)
    return paths


@contextmanager
def _explained(folder: Path) -> Iterator[None]:
    """Make the folder where it is missing; say in one sentence what is wrong with it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except FileExistsError as error:
        raise InputError(f"{error.filename}: exists and is not a folder, so nothing can be written there") from error
    except OSError as error:
        raise InputError(f"{folder}: cannot be written ({error.strerror or error})") from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder until the block ends: the system lets go of it even where the process is killed."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError as error:  # some network file systems have no locks; they have no concurrent builds guarded
            if error.errno not in _NO_LOCKS:
                raise
        yield
    finally:
        os.close(handle)


def _empty(folder: Path) -> Path:
    """Return a new, empty folder in place of whatever stands there: no living build has it, for this one is alone."""
    if folder.is_dir() and not folder.is_symlink():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)
    folder.mkdir()
    return folder
