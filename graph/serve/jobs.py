"""What the server has its workers do, and what they give back."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from .protocol import Query


class Asked(NamedTuple):
    """A query to be answered in a media type that the header `accept` takes; relative IRIs are resolved at `base`."""

    query: Query
    accept: str
    base: str


class Described(NamedTuple):
    """The service description of the endpoint at the IRI `base`."""

    accept: str
    base: str


class Searched(NamedTuple):
    """The things whose names are like a text, `most` of them at the most."""

    text: str
    most: int


class Looked(NamedTuple):
    """All that is known of the thing with an IRI."""

    iri: str


class Shortened(NamedTuple):
    """The prefixes that queries need not declare."""


Job: TypeAlias = Asked | Described | Searched | Looked | Shortened


class Outcome(NamedTuple):
    """How a job went. The answer itself, where there is one, is in the file that came with the job."""

    status: int
    text: str
    """The answer's media type where `status` is 200, else a sentence on what went wrong."""
    worn: bool = False
    """Whether the worker that did the job ends now, for it has grown."""
