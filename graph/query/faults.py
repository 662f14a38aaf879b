"""What is wrong with a query that does not parse: where, and what was expected there."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..errors import QueryError

_ENGINE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<expected>.*)", re.DOTALL)


def explained(query: str, prefixes: Mapping[str, str], error: SyntaxError) -> QueryError:  # noqa: ARG001
    """Return the error of a query that the engine refused with `error`."""
    found = _ENGINE.match(str(error))
    if found is None:
        return QueryError(str(error))
    return QueryError(f"expected {found['expected']}", int(found["line"]), int(found["column"]))


def excerpt(query: str, error: QueryError) -> str:
    """Return the line of the query that an error stands on, with a caret below the place.

    >>> print(excerpt("SELECT ?x {\\n ?x a }", QueryError("", 2, 7)))
      2 |  ?x a }
        |       ^
    """
    lines = re.split("\r\n|[\r\n]", query)
    if not 0 < error.line <= len(lines):
        return ""
    text = "".join(letter if letter.isprintable() else " " for letter in lines[error.line - 1])
    number = f"{error.line:>3}"
    return f"{number} | {text}\n{' ' * len(number)} | {' ' * (error.column - 1)}^"
