"""Lists on this machine: a file, a folder, a glob, standard input."""

from __future__ import annotations

import glob
import os
import re
import stat
import sys
from collections.abc import Container, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import BinaryIO, NamedTuple

from ..errors import InputError
from ..model import Document
from .checkout import Committed, committed
from .decode import decode
from .formats import SUFFIXES, holds_links, media_type
from .ignored import ignored, rules_above, rules_in
from .settings import Limits, Missed, too_large

HOUSEKEEPING = {
    "changelog",
    "code-of-conduct",
    "code_of_conduct",
    "contributing",
    "governance",
    "issue_template",
    "licence",
    "license",
    "maintainers",
    "pull_request_template",
    "security",
    "support",
}
"""What a repository keeps beside its lists, by the file's name without its suffix: no list is looked for in these."""


class _File(NamedTuple):
    """A file to read."""

    path: Path
    source: str
    """Its name as the reader of the graph will see it."""
    named: bool
    """Whether the caller named this very file; else it was found in a folder."""


def read(
    source: str, missed: Missed, seen: set[str], limits: Limits, leave: Container[Path] = ()
) -> Iterator[Document]:
    """Yield the lists of a path, a glob or ``-``; `seen` holds the keys of what was read already.

    What cannot be read inside a folder goes to `missed`. Raises `InputError` for a source that gives nothing.
    """
    if source == "-":
        if "-" not in seen:
            seen.add("-")
            yield _standard_input(limits)
        return
    found = [file for file in _files(source, missed) if file.named or file.path.resolve() not in leave]
    empty = True
    for file, commit in zip(found, committed([file.path for file in found]), strict=True):
        key = str(file.path.resolve())
        document = None
        if key not in seen:
            try:
                document = _document(file, commit, limits)
            except InputError as error:
                missed(error)
                empty = False
        empty = empty and document is None and key not in seen
        seen.add(key)
        if document is not None:
            yield document
    if empty:
        raise InputError(f"{source}: no list in this folder (looked for {', '.join(sorted(SUFFIXES))})")


def _standard_input(limits: Limits) -> Document:
    stream: BinaryIO | None = getattr(sys.stdin, "buffer", None)
    if stream is None:
        raise InputError("-: standard input is closed")
    text = decode(_bounded(stream, "-", limits), "-")
    return Document("-", text, media_type("", text))


def _document(file: _File, commit: Committed | None, limits: Limits) -> Document | None:
    """Read one file; None for a file found in a folder that turns out to hold no list."""
    try:
        if file.path.stat().st_size > limits.size:
            raise InputError(too_large(file.source, limits))
        with file.path.open("rb") as stream:
            data = _bounded(stream, file.source, limits)
    except OSError as error:
        raise InputError(f"{file.source}: {_reason(error)}") from error
    if not file.named and not data.strip():
        return None
    text = decode(data, file.source)
    written_in = media_type(file.path.suffix, text)
    if not file.named and not holds_links(written_in, text):
        return None
    if commit is None or not commit.is_of(data):
        return Document(file.source, text, written_in)
    return Document(file.source, text, written_in, commit.url, commit.commit)


def _bounded(stream: BinaryIO, source: str, limits: Limits) -> bytes:
    # Pipes and devices have no size beforehand.
    data = stream.read(limits.size + 1)
    if len(data) > limits.size:
        raise InputError(too_large(source, limits))
    return data


def _files(source: str, missed: Missed) -> Iterator[_File]:
    """Yield the files that a path or a glob stands for, sorted."""
    if not source or "\0" in source:
        raise InputError(f"{source!r}: not the name of a file")
    path = Path(source)
    try:
        mode = path.stat().st_mode
    except OSError as error:
        if glob.has_magic(source):
            yield from _matches(source, missed)
            return
        raise InputError(f"{_shown(source)}: {_reason(error)}{_hint(source)}") from error
    if stat.S_ISDIR(mode):
        for inside in _walk(path, missed):
            if _could_be_list(inside):
                yield _File(inside, _shown(inside.as_posix()), named=False)
    else:
        yield _File(path, _shown(source), named=True)


def _matches(pattern: str, missed: Missed) -> Iterator[_File]:
    """Yield the files that match a glob and could be lists, but for what git ignores."""
    parts = Path(pattern).parts
    fixed = next(at for at, part in enumerate(parts) if glob.has_magic(part))
    top, wild = Path(*parts[:fixed]), parts[fixed:]
    by_suffix = bool(re.search(r"\.\w+$", pattern))
    depth = None if "**" in wild else len(wild) - 1
    found = False
    for path in _walk(top, missed, depth):
        if (by_suffix or _could_be_list(path)) and _fits(path.parts[len(top.parts) :], wild):
            found = True
            yield _File(path, _shown(path.as_posix()), named=by_suffix)
    if not found:
        raise InputError(f"{_shown(pattern)}: no list matches")


def _fits(parts: tuple[str, ...], wild: tuple[str, ...]) -> bool:
    """Whether the parts of a path match those of a glob; ``**`` is any number of folders.

    >>> _fits(("a", "b", "list.md"), ("**", "*.md")), _fits(("a", "list.md"), ("*.md",))
    (True, False)
    """
    if not wild:
        return not parts
    if wild[0] == "**":
        return any(_fits(parts[skipped:], wild[1:]) for skipped in range(len(parts) + 1))
    return bool(parts) and fnmatchcase(parts[0], wild[0]) and _fits(parts[1:], wild[1:])


def _walk(top: Path, missed: Missed, depth: int | None = None) -> Iterator[Path]:
    """Yield the files below a folder, sorted, but for what is hidden or ignored by git; `depth` 0 stays in the folder.

    Links to folders are not followed, as git does not: so no loop of links has no end.
    """
    place = top.resolve()
    waiting = [(top, place, rules_above(place), 0)]
    while waiting:
        folder, place, above, level = waiting.pop()
        try:
            with os.scandir(folder) as entries:
                inside = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            missed(InputError(f"{_shown(folder.as_posix())}: {_reason(error)}"))
            continue
        rules = (*above, *rules_in(place))
        below = []
        for entry in inside:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if (depth is None or level < depth) and not ignored(rules, place / entry.name, folder=True):
                    below.append((folder / entry.name, place / entry.name, rules, level + 1))
            elif (folder / entry.name).is_file() and not ignored(rules, place / entry.name):
                yield folder / entry.name
        waiting.extend(reversed(below))


def _could_be_list(path: Path) -> bool:
    return path.suffix.lower() in SUFFIXES and path.stem.lower() not in HOUSEKEEPING


def _reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "no permission to read it"
    return (error.strerror or str(error)).lower()


def _hint(source: str) -> str:
    bare = source.removeprefix("www.")
    if bare.startswith("github.com/"):
        return f" (did you mean https://{bare}?)"
    return ""


def _shown(name: str) -> str:
    """Return a path as text that every output can hold: bytes that are no UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
