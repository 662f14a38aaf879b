"""The data as the workers hold it: loaded once, before the first of them is forked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as ox

from ..query.dataset import open_dataset
from ..query.faults import explained
from ..query.graphs import unite
from ..query.prefixes import prefixes_of
from .search import Name, names


class Held(NamedTuple):
    """A store whose default graph is the union of all graphs, its prefixes, and the names in it."""

    store: ox.Store
    prefixes: Mapping[str, str]
    names: tuple[Name, ...]
    size: int
    """Triples of the default graph."""


def hold(paths: Sequence[Path]) -> Held:
    """Load build folders and RDF files; raises `InputError` as `open_dataset` does."""
    explained("", {}, SyntaxError())  # so that the grammar is read once, and not by workers, which open no files
    store = open_dataset(paths)
    unite(store)
    size = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return Held(store, prefixes_of(paths), names(store), size)
