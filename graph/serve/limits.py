"""What one request may take from the server, so that no request can take it from another."""

from __future__ import annotations

from typing import NamedTuple

MEBIBYTE = 2**20


class Limits(NamedTuple):
    """The bounds of a query and of the server; the sentences of refusals name those that were passed."""

    seconds: float = 10.0
    """Of wall time, for evaluating a query and writing its answer."""
    rows: int = 100_000
    """Solutions of a SELECT, triples of a CONSTRUCT or DESCRIBE."""
    memory: int = 512 * MEBIBYTE
    """Bytes of address space that a worker may take beside the data."""
    workers: int = 2
    """Queries that are evaluated at once, each in a process of its own."""
    waiting: int = 64
    """Queries that may wait for a worker."""
    patience: float = 10.0
    """Seconds that a query waits for a worker at the most."""
    answer: int = 64 * MEBIBYTE
    """Bytes of one answer."""
    body: int = MEBIBYTE
    """Bytes of a request's body."""
