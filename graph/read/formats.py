"""Which format a list is in: by its name where the name says it, else by its content."""

from __future__ import annotations

import csv
import json
import re
from itertools import islice

MARKDOWN, HTML, BOOKMARKS, OPML = "text/markdown", "text/html", "application/x-mozilla-bookmarks", "text/x-opml"
RST, CSV, TSV = "text/x-rst", "text/csv", "text/tab-separated-values"
JSON, JSON_LINES, YAML = "application/json", "application/jsonl", "application/yaml"

SUFFIXES = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdown": MARKDOWN,
    ".mkd": MARKDOWN,
    ".html": HTML,
    ".htm": HTML,
    ".xhtml": HTML,
    ".opml": OPML,
    ".rst": RST,
    ".rest": RST,
    ".csv": CSV,
    ".tsv": TSV,
    ".json": JSON,
    ".jsonl": JSON_LINES,
    ".ndjson": JSON_LINES,
    ".yml": YAML,
    ".yaml": YAML,
}
"""The names of lists: what a folder is searched for, and what each is written in."""

TYPES = {
    "text/markdown": MARKDOWN,
    "text/x-markdown": MARKDOWN,
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "text/x-opml": OPML,
    "text/x-rst": RST,
    "text/csv": CSV,
    "text/tab-separated-values": TSV,
    "application/json": JSON,
    "application/jsonl": JSON_LINES,
    "application/x-ndjson": JSON_LINES,
    "application/yaml": YAML,
    "application/x-yaml": YAML,
    "text/yaml": YAML,
}
"""The content types by which servers name these formats; others (``text/plain``) say nothing."""

LINK_COLUMNS = {"url", "urls", "uri", "link", "links", "href", "homepage", "homepage_url", "website", "site"}
"""What people call the column, or the key, that holds an item's address."""

_RST_LINK = re.compile(r"`[^`\n]*<https?://[^>`\s]+>`__?|^\.\. _[^:\n]+:\s*https?://", re.MULTILINE)
_MARKDOWN_LINK = re.compile(r"\]\(\s*<?https?://|^\s*#{1,6}\s", re.MULTILINE)
_PROLOGUE = re.compile(r"\A(?:\s*(?:<\?xml.*?\?>|<!--.*?-->))*\s*", re.DOTALL)
_SAMPLE = 65536


def media_type(suffix: str, text: str, content_type: str = "") -> str:
    """Return what a list is written in, as a media type; Markdown where nothing tells otherwise.

    `suffix` is the end of its name (``.md``), `content_type` what a server says.

    >>> media_type(".txt", "# Tools\\n- [Flyte](https://flyte.org)")
    'text/markdown'
    >>> media_type(".html", "<!DOCTYPE NETSCAPE-Bookmark-file-1>")
    'application/x-mozilla-bookmarks'
    """
    stated = TYPES.get(content_type.lower())
    looks = sniff(text) if stated == HTML else ""
    if looks in (HTML, BOOKMARKS):
        # A page that shows a Markdown file has the file's name.
        return looks
    named = SUFFIXES.get(suffix.lower()) or stated
    if named == HTML and _is_bookmarks(text):
        return BOOKMARKS
    return named or sniff(text)


def sniff(text: str) -> str:
    """Return what a text is written in, judged by its content alone."""
    head = text[:_SAMPLE]
    head = _PROLOGUE.sub("", head, count=1)
    start = head[:1000].lower()
    if _is_bookmarks(head):
        return BOOKMARKS
    if "<opml" in start and start.startswith("<"):
        return OPML
    if start.startswith(("<!doctype html", "<html")):
        return HTML
    if start.startswith(("{", "[{", "[\n", "[ ")):
        structured = _json(text)
        if structured:
            return structured
    if re.search(r"^landscape:\s*$", head, re.MULTILINE):
        return YAML
    if len(_RST_LINK.findall(head)) > len(_MARKDOWN_LINK.findall(head)):
        return RST
    return _table(head) or MARKDOWN


def holds_links(media_type: str, text: str) -> bool:
    """Whether a file that a folder happens to hold is a list: data of other kinds has the same names.

    >>> holds_links(JSON, '{"name": "left-pad", "homepage": "https://a.example"}')
    False
    >>> holds_links(CSV, "name,url\\nFlyte,https://flyte.org\\n")
    True
    """
    if media_type in (CSV, TSV):
        return _has_link_column(text, "\t" if media_type == TSV else ",")
    if media_type == YAML:
        return re.search(r"^landscape:", text, re.MULTILINE) is not None
    if media_type in (JSON, JSON_LINES):
        return text.lstrip()[:1] == ("[" if media_type == JSON else "{") and bool(
            set(re.findall(r'"(\w+)"\s*:', text[:_SAMPLE].lower())) & LINK_COLUMNS
        )
    return True


def _is_bookmarks(text: str) -> bool:
    return "netscape-bookmark-file" in text[:1000].lower()


def _json(text: str) -> str:
    """Return the kind of JSON that a text is, "" for none."""
    for candidate, kind in ((text, JSON), (text.lstrip().partition("\n")[0], JSON_LINES)):
        try:
            json.loads(candidate)
        except (ValueError, RecursionError):
            # Markdown may begin with a bracket too.
            continue
        return kind
    return ""


def _table(text: str) -> str:
    return next((kind for kind, comma in ((TSV, "\t"), (CSV, ",")) if _has_link_column(text, comma)), "")


def _has_link_column(text: str, comma: str) -> bool:
    lines = islice((line for line in text[:_SAMPLE].split("\n") if line.strip()), 2)
    try:
        rows = list(csv.reader(lines, delimiter=comma))
    except csv.Error:
        # A cell beyond the module's size limit: no table of links.
        return False
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    return len(header) > 1 and len(rows) > 1 and bool(LINK_COLUMNS.intersection(header))
