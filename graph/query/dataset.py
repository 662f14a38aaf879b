"""The data that queries are asked of: build folders and RDF files, in one in-memory Oxigraph store.

A build folder stands for its ``graph.ttl`` and, where it is there, its ``evidence.ttl``, both in the default graph. A
file that names graphs (N-Quads, TriG) keeps them. Blank nodes of two files are never one.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from ..errors import InputError

FACTS = "graph.ttl"
EVIDENCE = "evidence.ttl"
_FURTHER_SUFFIXES = {".owl": ox.RdfFormat.RDF_XML, ".txt": None}

Signature = tuple[tuple[str, int, int, int], ...]
"""Of each file its path, time of change (ns), size (bytes) and inode."""


def open_dataset(paths: Sequence[Path], evidence: bool = True) -> ox.Store:
    """Return a store that holds the data of build folders and RDF files.

    `evidence` says whether the ``evidence.ttl`` of build folders is read too: it is most of a build.
    Raises `InputError` for a path that is neither, or that cannot be read.
    """
    store = ox.Store()
    for path in files(paths):
        if evidence or path.name != EVIDENCE or path in paths:
            _read(store, path)
    return store


def files(paths: Sequence[Path]) -> list[Path]:
    """Return the RDF files behind build folders and file paths, in their order.

    Raises `InputError` for a path that is not there, a folder without a build, and a file that is no RDF by its name.
    """
    return [file for path in paths for file in _files(path)]


def signature(paths: Sequence[Path]) -> Signature:
    """Return what tells whether the data behind some paths has changed; raises `InputError` as `files` does."""
    try:
        found = [(str(path), path.stat()) for path in files(paths)]
    except OSError as error:
        raise InputError(f"{error.filename}: cannot be read ({_reason(error)})") from error
    return tuple((path, stat.st_mtime_ns, stat.st_size, stat.st_ino) for path, stat in found)


def rdf_format(path: Path) -> ox.RdfFormat | None:
    """Return the format of an RDF file by its name; None for a name that tells of none.

    >>> rdf_format(Path("a/graph.ttl")), rdf_format(Path("terms.OWL")), rdf_format(Path("list.md"))
    (<RdfFormat Turtle>, <RdfFormat RDF/XML>, None)
    """
    suffix = path.suffix.lower()
    if suffix in _FURTHER_SUFFIXES:
        return _FURTHER_SUFFIXES[suffix]
    return ox.RdfFormat.from_extension(suffix[1:]) if suffix else None


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        if not (path / FACTS).is_file():
            raise InputError(f"{path}: no build is there; make one first: linkatlas build -o {path}")
        return [path / name for name in (FACTS, EVIDENCE) if (path / name).is_file()]
    if not path.exists():
        kind = "file" if path.suffix else "build"
        advice = "" if path.suffix else f"; make one first: linkatlas build -o {path}"
        raise InputError(f"{path}: no such {kind}{advice}")
    if rdf_format(path) is None:
        raise InputError(
            f"{path}: no RDF file by its name; known are .ttl, .nt, .nq, .trig, .rdf, .owl, .jsonld and .n3"
        )
    return [path]


def _read(store: ox.Store, path: Path) -> None:
    try:
        store.bulk_load(path=path, format=rdf_format(path), base_iri=path.resolve().as_uri())
    except SyntaxError as error:
        at = f"{path}:{error.lineno}" if error.lineno else str(path)
        fault = error.msg.partition(": ")[2] or error.msg
        raise InputError(f"{at}: {fault}") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({_reason(error)})") from error


def _reason(error: OSError) -> str:
    return (error.strerror or str(error).partition(" (os error")[0]).lower()
