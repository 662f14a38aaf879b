"""What can go wrong for reasons outside the program, each with the exit code that the command line ends with.

The message of each is one sentence for the person who called; nothing inside the package catches them but the edge.
"""

from __future__ import annotations


class LinkatlasError(Exception):
    """The root of the tree; the command line prints the message and ends with `exit_code`."""

    exit_code = 1


class UsageError(LinkatlasError):
    """The call's words do not fit: an unknown format, an option that contradicts another."""

    exit_code = 2


class InputError(LinkatlasError):
    """A source, a folder or a file that cannot be read (or written)."""

    exit_code = 3


class OntologyError(InputError):
    """A file of the ontology that says something it may not; the message names file and line."""


class NetworkError(LinkatlasError):
    """A source on the network that could not be had."""

    exit_code = 4


class ProcessError(LinkatlasError):
    """A process of a build that the system, or somebody, ended."""

    exit_code = 3
