"""The answer of a SELECT in Python: rows of plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias, overload

import pyoxigraph as ox

from ..namespaces import PREFIXES
from .results import Term, plain, variables

if TYPE_CHECKING:
    import pandas

Value: TypeAlias = "str | int | float | bool | None"

_XSD = PREFIXES["xsd"]
_PYTHON: dict[str, Callable[[str], Value]] = {
    f"{_XSD}integer": int,
    f"{_XSD}decimal": float,
    f"{_XSD}double": float,
    f"{_XSD}float": float,
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
}


class Rows(Sequence[tuple[Value, ...]]):
    """The rows of an answer: tuples of ``str``, ``int``, ``float``, ``bool``, and None where nothing is bound.

    >>> rows = Rows(["tool", "runs"], [("Flyte", 2)])
    >>> rows
    Rows(['tool', 'runs'], 1 row)
    >>> [tool for tool, runs in rows]
    ['Flyte']
    """

    def __init__(self, columns: Sequence[str], rows: Sequence[tuple[Value, ...]]) -> None:
        self.columns = tuple(columns)
        """The names of the variables, without question marks."""
        self._rows = tuple(rows)

    def to_pandas(self) -> pandas.DataFrame:
        """Return the rows as a ``pandas.DataFrame``; raises `ImportError`, with what to do, where pandas is missing."""
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError("to_pandas needs pandas: pip install 'linkatlas[pandas]'") from error
        return pd.DataFrame(list(self._rows), columns=list(self.columns))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> tuple[Value, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[tuple[Value, ...], ...]: ...
    def __getitem__(self, at: int | slice) -> tuple[Value, ...] | tuple[tuple[Value, ...], ...]:
        return self._rows[at]

    def __iter__(self) -> Iterator[tuple[Value, ...]]:
        return iter(self._rows)

    def __repr__(self) -> str:
        count = "1 row" if len(self) == 1 else f"{len(self):,} rows"
        return f"Rows({list(self.columns)}, {count})"


def rows_of(found: ox.QuerySolutions) -> Rows:
    """Return the solutions of a SELECT as rows."""
    return Rows(variables(found), [tuple(value(term) for term in solution) for solution in found])


def value(term: Term | None) -> Value:
    """Return a term as a Python value: a number or truth value where its datatype says so, else its text.

    >>> value(ox.Literal(3)), value(ox.Literal("3")), value(ox.NamedNode("https://dvc.org/")), value(None)
    (3, '3', 'https://dvc.org/', None)
    """
    if term is None:
        return None
    if isinstance(term, ox.Literal) and term.datatype.value in _PYTHON:
        try:
            return _PYTHON[term.datatype.value](term.value)
        except ValueError:  # "twelve"^^xsd:integer is a literal too
            return term.value
    return plain(term)
