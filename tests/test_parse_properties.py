"""Laws of every parser: it takes any text, keeps its records whole, loses no link, and never takes more than linear time."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter, deque
from collections.abc import Callable
from html import escape

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from linkatlas.model import SKIP_REASONS, Document, Entry, Section, Skip
from linkatlas.parse import PARSERS, parse
from linkatlas.parse.html import tokens
from timing import processor_seconds

ROLES = {"docs": "atlas:documentation", "source": "atlas:repository"}
URL = "https://a.example/x"

PIECES: dict[str, tuple[str, ...]] = {
    "text/markdown": (
        "- ",
        "# A\n",
        "[a](https://a.example)",
        "](",
        "**",
        "`",
        "<a href='https://b.example'>",
        "|",
        "> ",
        "</a>",
        "<li>",
    ),
    "text/html": (
        *(
            "<ul>",
            "<li>",
            "</ul>",
            "<a href='https://a.example'>",
            '<a href="',
            "<a href=/x>",
            "</a>",
            "<h2>",
            "</h2>",
            "<p>",
            "<nav>",
        ),
        *(
            "</nav>",
            "<main>",
            "</main>",
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<table>",
            "<tr>",
            "<td>",
            "<title>",
            "</title>",
            "<pre>",
        ),
        *(
            "</pre>",
            "<div>",
            "</div>",
            "<base href=https://b.example/>",
            "&amp;",
            "<",
            ">",
            "'",
            '"',
            "<img src=x alt=y>",
            "<area href=/z>",
        ),
    ),
    "application/x-mozilla-bookmarks": (
        *(
            "<DL><p>",
            "</DL>",
            "<DT>",
            "<DD>",
            "<H3>",
            "</H3>",
            '<A HREF="https://a.example" ICON_URI="https://a.example/i">',
            "</A>",
        ),
        *('<A HREF="javascript:x">', "<HR>", "<H1>", '<A HREF="', "&lt;"),
    ),
    "text/x-opml": (
        *(
            '<outline text="A" xmlUrl="https://a.example">',
            "</outline>",
            '<outline text="B">',
            '<outline url="https://b.example"/>',
        ),
        *("<head><title>", "</title>", "<!ENTITY a 'b'>", "&a;", "<outline ", '"', "/>"),
    ),
    "text/x-rst": (
        *(
            "* ",
            "- ",
            "`a <https://a.example>`_",
            "a_",
            "`a`__",
            ".. _a: https://b.example\n",
            "__ https://c.example\n",
            "====\n",
            "----\n",
        ),
        *(
            "+--+--+\n",
            "|  |  |\n",
            "== ==\n",
            ".. image:: x\n",
            "   :target: https://d.example\n",
            ".. |a| image:: y\n",
            "|a|",
            "**",
            "*",
        ),
        *(
            ".. list-table::\n",
            "::\n",
            ".. raw:: html\n",
            "   <a href='https://e.example'>",
            "``",
            "\\",
            "1. ",
            ":a: ",
            "| ",
            "[1]_",
        ),
    ),
    "text/csv": (
        "name,url,category,description\n",
        '"',
        ",",
        ";",
        "https://a.example",
        "\r\n",
        "\r",
        '""',
        "a.example",
        "\t",
    ),
    "text/tab-separated-values": ("name\turl\ttopic\n", "\t", '"', "https://a.example", "\r\n"),
    "application/json": (
        *(
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            '"name":',
            '"url":',
            '"https://a.example"',
            '"children":',
            '"\\u00e9\\ud83d"',
            "null",
            "1.5e3",
            '"',
            "\\",
        ),
        *('"https://a.example":', '"owner":{"url":"https://b.example"}'),
    ),
    "application/jsonl": ('{"name":"a","url":"https://a.example"}\n', "{", '"', "\n", "[", '{"title":'),
    "application/yaml": (
        *(
            "landscape:\n",
            "- ",
            "  - ",
            "name: a\n",
            "  url: https://a.example\n",
            "&a ",
            "*a\n",
            "!!python/name:os ",
            "? ",
            "{",
            "}",
            "[",
            "]",
        ),
        *("|\n", ">-\n", "'", '"', "---\n", "%YAML 9\n", "a: ", "\t", "# x\n"),
    ),
}
COMMON = (
    " ",
    "\n",
    "\n\n",
    "  ",
    "word",
    "A name",
    "é",
    "\U0001f600",
    "\x00",
    "\ufeff",
    "\u2028",
    "https://bare.example/a_b",
    "www.b.example",
)

MESSES = {
    kind: st.lists(st.sampled_from((*pieces, *COMMON)), max_size=40).map("".join) for kind, pieces in PIECES.items()
}
Parts = list[Section | Entry | Skip]


def test_every_format_has_its_pieces() -> None:
    assert PIECES.keys() == PARSERS.keys()


def whole(parts: Parts, text: str) -> None:
    """Check that records hold together: places within their texts, paths of sections that came before."""
    sections: set[int] = set()
    for part in parts:
        if isinstance(part, Skip):
            assert part.reason in SKIP_REASONS
            continue
        assert set(part.path) <= sections, part
        if isinstance(part, Section):
            sections.add(part.key)
            continue
        passage, size = part.passage, len(part.passage.text)
        assert 0 <= part.title[0] <= part.title[1] <= size
        assert part.title[1] <= part.body <= size
        assert 1 <= part.line <= text.count("\n") + 1
        assert part.url
        assert all(0 <= link.start <= link.end <= size and link.url for link in part.links if link in passage.links)
        assert all(piece in text for piece in passage.quote(0, size).split("\n"))


@pytest.mark.parametrize("kind", PIECES)
@settings(max_examples=150)
@given(data=st.data())
def test_any_text_is_read(kind: str, data: st.DataObject) -> None:
    text = data.draw(MESSES[kind] | st.text())
    whole(list(parse(Document("x", text, kind), ROLES)), text)


@settings(max_examples=300)
@given(MESSES["text/html"])
def test_pages_lose_no_link(text: str) -> None:
    events = [event for event in tokens(text) if event.kind == "start" and event.value in ("a", "area")]
    theirs = Counter(True for event in events if "href" in event.attributes)
    found = accounted(list(parse(Document("x", text, "text/html"), ROLES)))
    assert found.total() >= theirs.total(), (found, theirs)


def accounted(parts: Parts) -> Counter[str]:
    found: Counter[str] = Counter()
    for part in parts:
        if isinstance(part, Entry):
            found.update([part.url, *(link.url for link in part.links)])
        elif isinstance(part, Skip):
            found[part.url] += 1
    return found


NAMES = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=20)
    .map(str.strip)
    .filter(bool)
)
RECORDS = st.lists(st.tuples(NAMES, NAMES, st.booleans()), min_size=1, max_size=8)


def rows(records: list[tuple[str, str, bool]]) -> list[dict[str, str]]:
    """Records with addresses of their own: every link can be told from every other."""
    return [
        {"category": f"c{at % 2}", "name": f"n{name}", "url": f"https://u{at}.example/", "description": f"d{said}"}
        | ({"repository": f"https://r{at}.example/"} if linked else {})
        for at, (name, said, linked) in enumerate(records)
    ]


def as_csv(found: list[dict[str, str]]) -> str:
    target = io.StringIO()
    writer = csv.DictWriter(target, ["category", "name", "url", "description", "repository"])
    writer.writeheader()
    writer.writerows(found)
    return target.getvalue()


def as_html(found: list[dict[str, str]]) -> str:
    items = [f'<li><a href="{row["url"]}">{escape(row["name"])}</a> - {escape(row["description"])}' for row in found]
    return "<ul>" + "\n".join(items) + "</ul>"


def as_bookmarks(found: list[dict[str, str]]) -> str:
    items = [f'<DT><A HREF="{row["url"]}">{escape(row["name"])}</A><DD>{escape(row["description"])}' for row in found]
    return "<!DOCTYPE NETSCAPE-Bookmark-file-1><DL><p>" + "\n".join(items) + "</DL>"


def as_opml(found: list[dict[str, str]]) -> str:
    return "<opml><body>" + "".join(f'<outline text="{escape(row["name"])}" htmlUrl="{row["url"]}"/>' for row in found)


WRITERS: dict[str, Callable[[list[dict[str, str]]], str]] = {
    "text/csv": as_csv,
    "application/json": lambda found: json.dumps(found),
    "application/jsonl": lambda found: "\n".join(json.dumps(row, ensure_ascii=False) for row in found),
    "application/yaml": lambda found: yaml.safe_dump({"landscape": found}, allow_unicode=True, sort_keys=False),
    "text/html": as_html,
    "application/x-mozilla-bookmarks": as_bookmarks,
    "text/x-opml": as_opml,
}


@pytest.mark.parametrize("kind", WRITERS)
@settings(max_examples=60)
@given(records=RECORDS)
def test_what_is_written_is_read(kind: str, records: list[tuple[str, str, bool]]) -> None:
    found = rows(records)
    text = WRITERS[kind](found)
    parts = list(parse(Document("x", text, kind), ROLES))
    whole(parts, text)
    entries = [part for part in parts if isinstance(part, Entry)]
    assert [entry.url for entry in entries] == [row["url"] for row in found]
    titles = [entry.passage.text[slice(*entry.title)].split() for entry in entries]
    assert titles == [row["name"].split() for row in found]
    repositories = {row["repository"] for row in found if "repository" in row} if "repository" in text else set()
    assert accounted(parts).keys() == {row["url"] for row in found} | repositories


BOMBS: dict[str, tuple[str, Callable[[int], str]]] = {
    "items nobody closed": ("text/html", lambda n: f'<li><a href="{URL}">x</a> - y' * n),
    "divisions in divisions": ("text/html", lambda n: "<div>" * n),
    "lists in lists": ("text/html", lambda n: "<ul><li>" * n + "</li></ul>" * n),
    "tags that never end": ("text/html", lambda n: "<a " * n),
    "quotes that never close": ("text/html", lambda n: '<a x="' * n),
    "comments that never close": ("text/html", lambda n: "<!--" * n + "<title>" * n),
    "cards": ("text/html", lambda n: f'<a href="{URL}"><div>x<p>y</div></a>' * n),
    "folders in folders": ("application/x-mozilla-bookmarks", lambda n: "<DL><DT><H3>x</H3>" * n),
    "outlines in outlines": ("text/x-opml", lambda n: '<outline text="x">' * n + "</outline>" * n),
    "bullets behind bullets": ("text/x-rst", lambda n: "- " * n),
    "titles": ("text/x-rst", lambda n: "A\n===\n\n" * n),
    "marks that never close": ("text/x-rst", lambda n: "`a *b **c |d ``e " * n),
    "one line of references": ("text/x-rst", lambda n: f"`x <{URL}>`_ " * n),
    "quotes in quotes": ("text/csv", lambda n: 'name,url\n"' + '"",' * n),
    "columns": ("text/csv", lambda n: "a," * n + "\n" + f"{URL}," * n),
    "brackets in brackets": ("application/json", lambda n: '[{"a":' * n),
    "items in items": ("application/json", lambda n: f'{{"url":"{URL}","x":' * n),
    "escapes that never end": ("application/json", lambda n: '"' + '\\"' * n),
    "addresses under one key": ("application/json", lambda n: "{" + f'"url":"{URL}",' * n),
    "flows in flows": ("application/yaml", lambda n: "[" * n),
    "dashes behind dashes": ("application/yaml", lambda n: "- " * n),
    "aliases": ("application/yaml", lambda n: "a: &a x\nb:\n" + "- *a\n" * n),
}


def seconds(kind: str, text: str) -> float:
    """The processor time to read a text."""
    return processor_seconds(lambda: deque(parse(Document("x", text, kind), ROLES), maxlen=0))


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_four_times_the_size_takes_about_four_times_the_time(name: str) -> None:
    kind, make = BOMBS[name]
    size = 500
    while seconds(kind, make(size)) < 0.02 and size < 200_000:
        size *= 2
    ratios = []
    for _ in range(3):
        small, large = seconds(kind, make(size)), seconds(kind, make(4 * size))
        ratios.append(large / max(small, 0.002))
        if ratios[-1] < 8:  # half-way between linear time (4) and quadratic time (16)
            return
    pytest.fail(f"four times the size takes {', '.join(f'{ratio:.1f}' for ratio in ratios)} times the time")
