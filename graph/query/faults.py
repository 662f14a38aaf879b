"""What is wrong with a query that does not parse: where, and what was expected there.

Oxigraph refuses such a query, but the place that it names is often behind the fault, and what it expects there a list of
characters. So the query is read once more by the grammar of ``sparql.lark``, up to the first word that cannot stand
where it does. What is no matter of grammar (a prefix that nobody declares) is looked for after that.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ..errors import QueryError

if TYPE_CHECKING:
    from lark import Lark, Token

_ENGINE = re.compile(r"error at (?P<line>\d+):(?P<column>\d+): expected (?:one of )?(?P<expected>.*)", re.DOTALL)

_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:")

_IRI = {"IRIREF", "PNAME_LN", "PNAME_NS"}
_LITERAL = {"STRING", "INTEGER", "DECIMAL", "DOUBLE", "SIGNED", "TRUE", "FALSE"}
_CALL = {"FUNCTION_0", "FUNCTION_1", "FUNCTION_2", "FUNCTION_N", "BNODE", "BOUND", "IF", "EXISTS", "NOT", "COUNT"}
_CALL |= {"AGGREGATE", "GROUP_CONCAT"}
_GROUPS: tuple[tuple[str, set[str]], ...] = (
    ("an expression", {"VAR", "LPAR", "BANG", "PLUS", "MINUS_SIGN", *_IRI, *_LITERAL, *_CALL}),
    ("a function", _CALL),
    ("a property path", {"CIRCUMFLEX", "BANG", "LPAR", "A", *_IRI}),
    ("a term", {"VAR", "ANON", "BLANK_NODE_LABEL", "LPAR", "LSQB", "NIL", *_IRI, *_LITERAL}),
    ("a term", {"VAR", "ANON", "BLANK_NODE_LABEL", "NIL", *_IRI, *_LITERAL}),
    ("a value", {*_IRI, *_LITERAL}),
    ("a sign of a path", {"PLUS", "QMARK", "SLASH", "STAR", "VBAR"}),
    ("an operator", {"EQUAL", "LESSTHAN", "MORETHAN", "PLUS", "SLASH", "STAR"}),
    ("a pattern such as FILTER or OPTIONAL", {"BIND", "FILTER", "GRAPH", "MINUS", "OPTIONAL", "SERVICE", "VALUES"}),
    ("an IRI", _IRI),
    ("a number", {"INTEGER", "DECIMAL", "DOUBLE", "SIGNED"}),
)
"""What several kinds of words are together, the largest first; it is said where all of them may stand."""
_SINGLE = {"$END": "the end", "VAR": "a variable", "STRING": "a text", "INTEGER": "a whole number", "NIL": "'()'"}
_SINGLE |= {"LANGTAG": "a language", "PNAME_NS": "a prefix", "ANON": "'[]'", "BLANK_NODE_LABEL": "a blank node"}
_SINGLE |= {"SIGNED": "a number", "A": "'a'"}


def explained(query: str, prefixes: Mapping[str, str], error: SyntaxError) -> QueryError:
    """Return the error of a query that the engine refused with `error`."""
    found = _misplaced(query) or _unknown(query, prefixes) or _refused(error)
    message, line, column = found
    place = f"line {line}, column {column}: " if line else ""
    return QueryError(f"{place}{message}", line, column, excerpt(query, line, column))


def excerpt(query: str, line: int, column: int) -> str:
    """Return a line of the query with a caret below one of its characters; nothing for a line that is not there.

    >>> print(excerpt("SELECT ?x {\\n ?x a }", 2, 7))
      2 |  ?x a }
        |       ^
    """
    lines = re.split("\r\n|[\r\n]", query)
    if not 0 < line <= len(lines):
        return ""
    text = "".join(letter if letter.isprintable() else " " for letter in lines[line - 1])
    return f"{line:>3} | {text}\n    | {' ' * (column - 1)}^"


_Fault = tuple[str, int, int]
"""What is wrong, and the line and the column of it, from 1; line 0 where that is not known."""


def _misplaced(query: str) -> _Fault | None:
    """Return the first word that may not stand where it does, by the grammar."""
    from lark import UnexpectedInput

    reading = _parser().parse_interactive(query)
    try:
        for _ in reading.iter_parse():
            pass
        reading.feed_eof()  # type: ignore[no-untyped-call]
    except UnexpectedInput as error:
        at = error.pos_in_stream if error.pos_in_stream is not None else len(query)
        if getattr(getattr(error, "token", None), "type", "") == "$END":
            at = len(query.rstrip())
        accepted: set[str] = reading.accepts()  # type: ignore[no-untyped-call]
        return _expected(accepted, query, at), *_place(query, at)
    return None


def _expected(accepted: set[str], query: str, at: int) -> str:
    found = re.compile(r"[?$@]?\w+|\S|").match(query, at)
    word = found[0] if found else ""
    if word in ("'", '"'):
        return "the text that begins here does not end"
    names = _alternatives(accepted)
    said = " or ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{said} is expected, not {repr(word) if word else 'the end of the query'}"


def _alternatives(accepted: set[str]) -> list[str]:
    """Return in words what may stand in a place, what is several of them at once first."""
    rest = set(accepted)
    names = []
    for name, parts in _GROUPS:
        if parts <= rest and name not in names:
            names.append(name)
            rest -= parts
    spelt = {
        terminal.name: terminal.pattern.value for terminal in _parser().terminals if terminal.pattern.type == "str"
    }
    for terminal in sorted(rest, key=lambda name: (name not in spelt, name == "$END", name)):
        name = _SINGLE.get(terminal) or (f"'{spelt[terminal]}'" if terminal in spelt else terminal)
        if terminal not in _CALL and name not in names:
            names.append(name)
    return names


def _unknown(query: str, prefixes: Mapping[str, str]) -> _Fault | None:
    """Return the first name that stands for no IRI: its prefix is not declared, or it is relative to nothing."""
    known = set(prefixes)
    before, based = "", False
    for token in _tokens(query):
        if token.type == "PNAME_NS" and before == "PREFIX":
            known.add(token[:-1])
        elif token.type in ("PNAME_NS", "PNAME_LN"):
            prefix = token.partition(":")[0]
            if prefix not in known:
                near = get_close_matches(prefix, sorted(known), 1)
                hint = f"; did you mean {near[0]}:?" if near else ""
                return f"the prefix {prefix}: is not declared{hint}", *_place(query, token.start_pos or 0)
        elif token.type == "IRIREF" and before != "BASE" and not (based or _ABSOLUTE.match(token)):
            return "the IRI is relative, and the query has no BASE", *_place(query, token.start_pos or 0)
        based = based or before == "BASE"
        before = token.type
    return None


def strangers(query: str, terms: Collection[str]) -> list[tuple[str, str]]:
    """Return the names of a valid query that begin as known terms do and are none, each with the term nearest to it, or nothing.

    >>> strangers("SELECT ?x { ?x atlas:runOn tool:kubernetes ; a atlas:Tool }", {"atlas:runsOn", "atlas:Tool"})
    [('atlas:runOn', 'atlas:runsOn')]
    """
    known = {term.partition(":")[0] for term in terms}
    said = dict.fromkeys(str(token) for token in _tokens(query) if token.type == "PNAME_LN")
    unknown = [name for name in said if name.partition(":")[0] in known and name not in terms]
    local = {term.partition(":")[2]: term for term in sorted(terms)}
    near = (get_close_matches(name.partition(":")[2], local, 1) for name in unknown)
    return [(name, local[found[0]] if found else "") for name, found in zip(unknown, near, strict=True)]


def _tokens(query: str) -> Iterator[Token]:
    return _parser().parse_interactive(query).iter_parse()


def _refused(error: SyntaxError) -> _Fault:
    """Return what the engine itself says, without the characters that it could have gone on with."""
    found = _ENGINE.match(str(error))
    if found is None:
        return str(error), 0, 0
    reasons = [part for part in found["expected"].split(", ") if " " in part.strip() and "[" not in part]
    reason = reasons[0] if reasons else "the engine cannot take the query so far"
    return reason[0].lower() + reason[1:] if reason[:2].istitle() else reason, int(found["line"]), int(found["column"])


def _place(query: str, at: int) -> tuple[int, int]:
    before = re.split("\r\n|[\r\n]", query[:at])
    return len(before), len(before[-1]) + 1


@cache
def _parser() -> Lark:
    from lark import Lark

    grammar = files(__package__).joinpath("sparql.lark").read_text("utf-8")
    rules = re.sub(r'//[^\n]*|"[^"]*"|/(?:\\.|[^/\\\n])+/[a-z]*', " ", grammar)
    defined = set(re.findall(r"^([A-Z_0-9]+)", rules, re.MULTILINE))
    keywords = sorted(set(re.findall(r"\b[A-Z][A-Z_0-9]+\b", rules)) - defined)
    return Lark(grammar + "".join(f"{word}.1: /{word}\\b/i\n" for word in keywords), parser="lalr", start="query")
