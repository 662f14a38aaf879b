"""The bookmark file of browsers (the Netscape format): folders are sections, bookmarks are entries.

Every browser writes ``<DT>``, ``<DD>`` and ``<p>`` and closes none of them, so the file is read tag by tag. What a bookmark's
``ADD_DATE`` says is when its reader kept it, not when the page was published, and is left out; so is the file's own title,
which names the browser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..model import Document, Entry, Section, Skip
from .fields import ABOUT, IMAGE, NAME, URL, Field, Lines, Sections, entries
from .html import attributes, tokens
from .markup import Event

_TEXTS = frozenset({"a", "h3", "dd"})
_ENDS = frozenset({"a", "h1", "h3", "dt", "dd", "dl", "hr", "p"})
"""Where a text ends, whether its element is closed or not."""
_WEB = ("http://", "https://")
_FIELDS = {"href": URL, "feedurl": "feed", "icon_uri": IMAGE, "tags": "tags"}
_OWN_FOLDERS = frozenset({"personal_toolbar_folder", "unfiled_bookmarks_folder"})
"""Attributes of the folders that the browser makes: their names say where they are shown, not what they hold."""


class _Line(NamedTuple):
    """A tag of the file's skeleton, with the text behind it."""

    tag: Event
    text: Field


def parse(document: Document) -> Iterator[Section | Entry | Skip]:
    """Yield the folders of a bookmark file as sections, and its bookmarks as entries."""
    lines = Lines(document.text)
    sections = Sections(document.text, lines)
    paths: list[tuple[int, ...]] = [()]
    folder: _Line | None = None
    bookmark: list[Field] = []
    for line in _skeleton(document.text):
        tag = line.tag
        if tag.value == "dd" and bookmark:
            bookmark.append(line.text._replace(key=ABOUT))
            continue
        yield from _entry(document.text, bookmark, paths[-1], lines)
        bookmark = []
        if tag.value == "h3":
            folder = line
        elif tag.value == "a":
            bookmark = [*_attributes(document.text, tag), line.text._replace(key=NAME)]
        elif tag.kind == "end" and len(paths) > 1:
            paths.pop()
        elif tag.kind == "start" and tag.value == "dl":
            path = paths[-1]
            if folder is not None and not _OWN_FOLDERS.intersection(folder.tag.attributes):
                opened, path = sections.open(folder.text, path)
                yield from opened
            paths.append(path)
            folder = None
    yield from _entry(document.text, bookmark, paths[-1], lines)


def _skeleton(text: str) -> Iterator[_Line]:
    """Yield the folders, lists, bookmarks and descriptions; each begins with its tag."""
    tag: Event | None = None
    said: list[Event] = []
    for event in tokens(text):
        if event.kind == "text":
            said.append(event)
        elif event.value in _ENDS:
            if tag is not None:
                yield _line(tag, said)
            tag, said = (event if event.kind == "start" and event.value in _TEXTS else None), []
            if event.value == "dl":
                yield _line(event, [])
    if tag is not None:
        yield _line(tag, said)


def _line(tag: Event, said: list[Event]) -> _Line:
    start, end = (said[0].start, said[-1].end) if said else (tag.end, tag.end)
    return _Line(tag, Field("", "".join(event.value for event in said), start, end))


def _attributes(text: str, tag: Event) -> Iterator[Field]:
    for name, value, start, end in attributes(text, tag.start + 2, tag.end - 1):
        if name in _FIELDS:
            yield Field(_FIELDS[name], value.strip(), start, end)


def _entry(text: str, fields: list[Field], path: tuple[int, ...], lines: Lines) -> Iterator[Entry | Skip]:
    """Yield what a bookmark is: an entry, or a skip where its address is a script, a query or a page of the browser's own."""
    address = next((field for field in fields if field.key == URL), None)
    if address is not None and not address.text.lower().startswith(_WEB):
        yield Skip(address.text, lines.at(address.start), "scheme" if address.text else "empty")
        fields = [field for field in fields if field.key == IMAGE]
    yield from entries(text, fields, path, lines)
