"""Where lists come from: a source's name → `Document`s.

A source is a file, a folder, a glob, ``-`` (standard input), a web address, a GitHub page's address or
``github:owner/repo[@ref]``. A file of a git checkout knows its commit, so that evidence can point to the line there.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

from .. import lists
from ..errors import InputError, LinkatlasError, NetworkError
from ..model import Document
from . import local
from .settings import GITHUB, LIMITS, Hosts, Limits, Missed

BUILT_IN = "linkatlas/lists/mlops.md"
"""The name of the built-in list as a source: its path inside the installed package."""


def _stop(error: LinkatlasError) -> None:
    raise error


def read(source: str, missed: Missed = _stop, hosts: Hosts = GITHUB, limits: Limits = LIMITS) -> Iterator[Document]:
    """Yield the lists of one source, sorted by path where it holds several.

    Raises `InputError` for what cannot be read and `NetworkError` for what cannot be had, unless `missed` takes
    them: then the other lists of the source still come.
    """
    return read_all([source], missed, hosts, limits)


def read_all(
    sources: Iterable[str],
    missed: Missed = _stop,
    hosts: Hosts = GITHUB,
    limits: Limits = LIMITS,
    leave: Container[Path] = (),
) -> Iterator[Document]:
    """Yield the lists of several sources in the order given; what two of them name is read once. Raises as `read`.

    `leave` are files, absolute and without links, that no folder and no glob gives: what a build itself writes.
    """
    seen: set[str] = set()
    for source in sources:
        distant = source.startswith("github:") or "://" in source
        try:
            if distant:
                yield from _distant(source, seen, hosts, limits)
            else:
                yield from local.read(source, missed, seen, limits, leave)
        except (InputError, NetworkError) as error:
            missed(error)


def built_in() -> Document:
    """Return the list that comes with the package."""
    return Document(BUILT_IN, files(lists).joinpath("mlops.md").read_text(encoding="utf-8"))


def _distant(source: str, seen: set[str], hosts: Hosts, limits: Limits) -> Iterator[Document]:
    # Only a call that names a network source pays for loading the network modules.
    from . import github, web

    repository = github.parse(source, hosts)
    document = github.read(source, repository, hosts, limits) if repository else web.read(source, limits)
    if document.url not in seen:
        seen.add(document.url)
        yield document
