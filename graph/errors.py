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


class QueryError(UsageError):
    """A SPARQL query that does not parse, or that no engine could answer."""

    def __init__(self, message: str, line: int = 0, column: int = 0, excerpt: str = "") -> None:
        super().__init__(message)
        self.line = line
        """The line of the query on which the fault stands, from 1; 0 where it stands on none."""
        self.column = column
        """The character of that line, from 1."""
        self.excerpt = excerpt
        """That line, with a caret below the place."""


class InputError(LinkatlasError):
    """A source, a folder or a file that cannot be read (or written)."""

    exit_code = 3


class OntologyError(InputError):
    """A file of the ontology that says something it may not; the message names file and line."""


class NetworkError(LinkatlasError):
    """A source on the network that could not be had."""

    exit_code = 4


class TimeLimitError(LinkatlasError):
    """A query that took longer than it was given."""

    exit_code = 5


class ProcessError(LinkatlasError):
    """A process of a build that the system, or somebody, ended."""

    exit_code = 3
