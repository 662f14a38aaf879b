"""JSON and JSON Lines: objects with names and addresses, in lists, under keys and inside one another.

`tree` reads JSON without recursion and keeps the place of every value. It takes what is whole of a text that breaks off or
goes wrong, and several values one after another, which is what JSON Lines are.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import NamedTuple

from ..model import Document, Entry, Section, Skip
from .fields import (
    ABOUT,
    KINDS,
    NAME,
    SECTION,
    SUBSECTION,
    URL,
    Field,
    Lines,
    Sections,
    addresses,
    best,
    entries,
    is_url,
    key_words,
    main_field,
    rank,
)


class Branch:
    """An object or an array: its members by their keys; the keys of an array's members are empty."""

    def __init__(self, array: bool) -> None:
        self.array = array
        self.members: list[tuple[Field, Field | Branch]] = []


_TOKEN = re.compile(
    r"""(?P<space>[\s,]*+)(?:(?P<open>[\[{])|(?P<close>[\]}])"""
    r"""|"(?P<string>(?:[^"\\\n]++|(?=\\[^\n])..)*+)(?:"|\\?(?=\n)|\\?\Z)(?P<key>\s*+:)?"""
    r"""|(?P<bare>[^\s,\[\]{}":]++)|(?P<odd>.)|\Z)""",
    re.DOTALL,
)
"""A token of RFC 8259; a string that never closes ends with its line."""
_CONSTANTS = frozenset({"null", "true", "false"})
_STRUCTURE = frozenset(
    {"items", "entries", "data", "results", "list", "lists", "children", "bookmarks", "root", "roots", "nodes"}
    | {"elements", "content", "contents", "records", "rows", "values", "landscape", "groups", "topics", "folders"}
    | {"sections", "subtopics", "subsections", "outline", "outlines", "body", "hits", "objects", "array", "all"}
    | {"features", "documents", "graph"}
)
"""Keys that say that something stands under them, and nothing of it."""
_LONG_KEY = 80
NO_KEY = Field("", "", 0, 0)


def parse(document: Document) -> Iterator[Section | Entry | Skip]:
    """Yield what the objects of a JSON text list; objects and keys that hold others are sections."""
    yield from outline(document.text, tree(document.text, document.media_type == "application/jsonl"))


def tree(text: str, by_line: bool = False) -> Branch:
    """Return a text's JSON values as the members of one array; ``by_line`` ends each value with its line."""
    root = Branch(array=True)
    stack, key = [root], NO_KEY
    for token in _TOKEN.finditer(text):
        if by_line and "\n" in token["space"]:
            del stack[1:]
        if token["open"]:
            branch = Branch(token["open"] == "[")
            stack[-1].members.append((key, branch))
            stack.append(branch)
        elif token["close"]:
            if len(stack) > 1:
                stack.pop()
        elif token["key"]:
            key = Field("", _decoded(token["string"]), *token.span("string"))
            continue
        elif token["string"] is not None:
            stack[-1].members.append((key, Field("", _decoded(token["string"]), *token.span("string"))))
        elif token["bare"] and token["bare"] not in _CONSTANTS:
            stack[-1].members.append((key, Field("", token["bare"], *token.span("bare"))))
        key = NO_KEY
    return root


def _decoded(string: str) -> str:
    if "\\" not in string:
        return string
    try:
        return (
            str(json.loads(f'"{string}"', strict=False)).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    except ValueError:  # an escape that JSON does not know: the text as it stands
        return string


class _Place(NamedTuple):
    """A branch that is still to be read, and where it stands."""

    branch: Branch
    key: Field
    path: tuple[int, ...]
    top: bool = False
    """Whether it is the one object that holds the whole list."""


def outline(text: str, root: Branch) -> Iterator[Section | Entry | Skip]:
    """Yield the sections and entries of a tree of records, in reading order."""
    lines = Lines(text)
    sections = Sections(text, lines)
    waiting = [_Place(root, NO_KEY, ())]
    while waiting:
        place = waiting.pop()
        branch, key, path, _ = place
        if branch.array or _is_index(branch):
            opened, path = sections.open(key, path) if _telling(key) else ([], path)
            yield from opened
            inner = (
                _array(text, branch, path, lines, branch is root) if branch.array else _index(text, branch, path, lines)
            )
        else:
            inner = _object(text, place, sections)
        below: list[_Place] = []
        for part in inner:
            if isinstance(part, _Place):
                below.append(part)
            else:
                yield part
        waiting += reversed(below)


_Part = Section | Entry | Skip | _Place


def _array(text: str, branch: Branch, path: tuple[int, ...], lines: Lines, whole: bool) -> Iterator[_Part]:
    if _is_row(branch):
        kinds = iter((NAME, ABOUT))
        row = [member for _, member in branch.members if isinstance(member, Field)]
        named = [field._replace(key=URL if is_url(field.text) else next(kinds, "")) for field in row]
        yield from entries(text, named, path, lines)
        return
    for _, member in branch.members:
        if isinstance(member, Branch):
            yield _Place(member, NO_KEY, path, len(branch.members) == 1 and whole)
        else:
            yield from entries(text, [member._replace(key=URL)], path, lines)


def _is_row(branch: Branch) -> bool:
    """Whether an array is a row without a header, ``["Flyte", "https://flyte.org", "an engine"]``."""
    row = [member for _, member in branch.members if isinstance(member, Field)]
    return 1 < len(row) == len(branch.members) and [is_url(field.text) for field in row].count(True) == 1


def _is_index(branch: Branch) -> bool:
    """Whether an object gives addresses by their names, ``{"Flyte": "https://flyte.org"}``, or names by their addresses."""
    if not branch.members or not all(isinstance(member, Field) for _, member in branch.members):
        return False
    if all(is_url(key.text) for key, _ in branch.members):
        return True
    return all(
        isinstance(member, Field)
        and is_url(member.text)
        and not any(rank(key_words(key.text), kind) is not None for kind in KINDS)
        for key, member in branch.members
    )


def _index(text: str, branch: Branch, path: tuple[int, ...], lines: Lines) -> Iterator[_Part]:
    for key, member in branch.members:
        if isinstance(member, Field):
            name, url = (member, key) if is_url(key.text) else (key, member)
            yield from entries(text, [name._replace(key=NAME), url._replace(key=URL)], path, lines)


def _object(text: str, place: _Place, sections: Sections) -> Iterator[_Part]:
    """Yield an object's own entry and the section that it opens for what it holds."""
    fields, below = _own(place.branch, place.top)
    if is_url(place.key.text):
        fields.insert(0, place.key._replace(key=URL))
    main = main_field(fields)
    key, path = place.key, place.path
    if main is not None and not (below and place.top):
        yield from entries(text, fields, path, sections.lines, key if key.text else None)
    else:
        reason = "heading" if main is not None else "prose"
        links, skips = addresses(fields, (), sections.lines)
        yield from skips
        if below or not _named(fields):
            yield from (Skip(link.url, link.line, reason) for link in links)
        elif links:
            yield from entries(text, fields, path, sections.lines, key if key.text else None)
    if not below:
        return
    name = best([field for field in fields if not is_url(field.text)], NAME) or (key if _telling(key) else None)
    if name is not None:
        opened, path = sections.open(name, path)
        yield from opened
    for inner, branch in below:
        if branch.array and is_url(inner.text):
            yield from entries(text, [inner._replace(key=URL)], path, sections.lines)
        yield _Place(branch, inner, path)


def _own(branch: Branch, top: bool) -> tuple[list[Field], list[tuple[Field, Branch]]]:
    """Return the fields of an object, with those of the objects that belong to it, and what else it holds.

    An item's members belong to it, unless their key says that others stand under the item. What a group of items holds
    beside figures of its own (``"author": {"url": ...}``) stands under it.
    """
    fields: list[Field] = []
    branches: list[tuple[Field, Branch]] = []
    for key, member in branch.members:
        if isinstance(member, Field):
            fields.append(member._replace(key=key_words(key.text)))
            fields += [key] if is_url(key.text) else []
        else:
            branches.append((key, member))
    item = not top and main_field(fields) is not None
    if not item and not _named(fields):
        return fields, branches
    below = []
    for key, inner in branches:
        flat = list(_flat(key, inner))
        leaf = all(isinstance(member, Field) for _, member in inner.members)
        if (item and not _holds_others(key)) or (leaf and not _lists_links(inner)):
            fields += flat
        else:
            below.append((key, inner))
    if not item and not below and branches:
        # Nothing stands under it: an item whose address is deeper down.
        return [*fields, *(field for key, inner in branches for field in _flat(key, inner))], []
    return fields, below


def _holds_others(key: Field) -> bool:
    words = key_words(key.text)
    return words in _STRUCTURE or rank(words, SECTION) is not None or rank(words, SUBSECTION) is not None


def _lists_links(branch: Branch) -> bool:
    """Whether a branch without branches is a list of entries: addresses alone, or addresses by names."""
    if branch.array:
        return any(isinstance(member, Field) and is_url(member.text) for _, member in branch.members)
    return len(branch.members) > 1 and _is_index(branch)


def _flat(key: Field, branch: Branch) -> Iterator[Field]:
    """Yield the fields of a branch and of all in it: an array's by the branch's key, an object's by both keys."""
    waiting = [(key_words(key.text), branch)]
    while waiting:
        outer, within = waiting.pop()
        below = []
        for own, member in within.members:
            inner = key_words(own.text)
            if isinstance(member, Field):
                if is_url(own.text):
                    yield own
                yield member._replace(key=_joined(outer, inner))
            else:
                below.append((_joined(outer, inner), member))
        waiting += reversed(below)


def _joined(outer: str, inner: str) -> str:
    """Return the name of a field in a field: an owner's name is the owner, a repository's address the repository's."""
    if not inner or rank(inner, NAME) is not None:
        return outer
    return f"{outer} {inner}"[:_LONG_KEY] if rank(inner, URL) is not None or rank(inner, ABOUT) is not None else inner


def _named(fields: list[Field]) -> bool:
    return best(fields, NAME) is not None


def _telling(key: Field) -> bool:
    """Whether a key says what stands under it, and not just that something does."""
    words = key_words(key.text)
    return (
        bool(words)
        and not is_url(key.text)
        and words not in _STRUCTURE
        and not any(rank(words, kind) is not None for kind in (NAME, URL, SECTION, SUBSECTION))
    )
