"""The gallery: named questions, each a SPARQL query in a ``.rq`` file with a few comment lines at its head.

::

    # title: Tools that run on a platform
    # asks: Which tools run on {platform}, and where does it say so?
    # group: Tools among tools
    # param: platform | atlas:Tool | a place to run | Kubernetes

The file's name is the question's. ``param`` may stand several times: the variable, the class of node that it takes (or
``any``, ``text`` or ``number``), what it is, and an example. The query is whole as it stands: it binds each parameter to the
example by ``VALUES ?platform { tool:kubernetes }``, in one place or several; to ask for another node is to put it in
the braces of each.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from ..errors import InputError
from .results import Term

LITERALS = ("text", "number")
"""The kinds of parameters that are no nodes."""

ANY = "any"
"""The kind of a parameter that is a node of any class."""

_HEAD = re.compile(r"#\s*(?P<key>title|asks|group|param):\s*(?P<value>.*?)\s*")
_NAME = re.compile("[a-z][a-z0-9-]*")


class Parameter(NamedTuple):
    """What a question has to be told before it can be asked."""

    name: str
    """The variable of the query, without its question mark."""
    kind: str
    """The class of node, as a prefixed name (subclasses count), `ANY`, or one of `LITERALS`."""
    title: str
    example: str


class Question(NamedTuple):
    """A question of the gallery."""

    name: str
    title: str
    sentence: str
    """The question in words, with each parameter's name in braces."""
    group: str
    parameters: tuple[Parameter, ...]
    text: str
    """The SPARQL, head lines left out."""


def questions(folders: Sequence[Path] = ()) -> tuple[Question, ...]:
    """Return the built-in questions and those of further folders; a later one of the same name takes the place.

    Raises `InputError` for a folder that cannot be read and for a file whose head is not in order.

    >>> len(questions()) >= 50
    True
    """
    found = {question.name: question for question in _built_in()}
    for folder in folders:
        for path in _files(folder):
            found[path.stem] = parse(path.stem, _text(path), str(path))
    return tuple(found.values())


def parse(name: str, text: str, where: str) -> Question:
    """Read one question from the text of its file; `where` names the file in errors.

    Raises `InputError` for a head that is not in order, or a parameter that the query does not bind.
    """
    heads: dict[str, list[str]] = {"title": [], "asks": [], "group": [], "param": []}
    lines = text.splitlines()
    at = 0
    for line in lines:
        head = _HEAD.fullmatch(line)
        if head is None:
            break
        heads[head["key"]].append(head["value"])
        at += 1
    if not _NAME.fullmatch(name):
        raise InputError(f"{where}: a question's file is named with small letters, digits and hyphens")
    for key in ("title", "asks"):
        if len(heads[key]) != 1:
            raise InputError(f"{where}: begins without one line '# {key}: ...'")
    parameters = tuple(_parameter(line, where) for line in heads["param"])
    query = "\n".join(lines[at:]).strip() + "\n"
    for parameter in parameters:
        if not _values(parameter.name).search(query):
            raise InputError(f"{where}: does not bind ?{parameter.name} by VALUES ?{parameter.name} {{ ... }}")
    group = heads["group"][0] if heads["group"] else "Further questions"
    return Question(name, heads["title"][0], heads["asks"][0], group, parameters, query)


def bound(question: Question, values: Mapping[str, Term]) -> str:
    """Return the SPARQL of a question with its parameters bound; those without a value keep the example.

    >>> import pyoxigraph as ox
    >>> asked = parse("a", "# title: A\\n# asks: {x}?\\n# param: x | text | a word | b\\nASK { VALUES ?x { 'b' } }", "a.rq")
    >>> bound(asked, {"x": ox.Literal("it's")})
    'ASK { VALUES ?x { "it\\'s" } }\\n'
    """
    text = question.text
    for name, value in values.items():
        text = _values(name).sub(lambda _, name=name, value=value: f"VALUES ?{name} {{ {value} }}", text)  # type: ignore[misc]
    return text


def needs_evidence(query: str) -> bool:
    """Return whether a query asks for the evidence of facts, and not only for the facts."""
    return "rdf:subject" in query or "rdf:Statement" in query


def _values(name: str) -> re.Pattern[str]:
    return re.compile(rf"\bVALUES \?{re.escape(name)} \{{[^}}]*\}}")


def _parameter(line: str, where: str) -> Parameter:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != len(Parameter._fields) or not all(parts) or not parts[0].isidentifier():
        raise InputError(
            f"{where}: a parameter is '# param: name | class of node, text or number | what it is | example'"
        )
    return Parameter(*parts)


def _built_in() -> Iterator[Question]:
    folder = files("linkatlas.ontology").joinpath("questions")
    found = {path.name.removesuffix(".rq"): path for path in folder.iterdir() if path.name.endswith(".rq")}
    for name, path in sorted(found.items()):
        yield parse(name, path.read_text("utf-8"), path.name)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise InputError(f"{folder}: no such folder of questions")
    return sorted(folder.glob("*.rq"))


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path}: cannot be read as UTF-8 text") from error
