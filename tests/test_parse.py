"""Markdown read as a list: readable cases, one idea a page, and the laws that hold for any text.

A page of ``cases/outline`` holds a list in a ``markdown`` block and, in a ``text`` block, what is read from it: a line for
each section, entry and link that is neither, with the further links of an entry below it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkatlas.model import SKIP_REASONS, Document, Entry, Section, Skip
from linkatlas.names import clean
from linkatlas.parse import parse
from linkatlas.vocabulary import load
from timing import processor_seconds

CASES = Path(__file__).parent / "cases" / "outline"
BLOCK = re.compile(r"^~~~~(\w+)\n(.*?)^~~~~$", re.MULTILINE | re.DOTALL)


@cache
def roles() -> dict[str, str]:
    return dict(load().roles)


def read(text: str) -> list[Section | Entry | Skip]:
    return list(parse(Document("list.md", text), roles()))


def shown(text: str) -> Iterator[str]:
    """Yield what is read from a list, a line each."""
    titles: dict[int, str] = {}
    for part in read(text):
        if isinstance(part, Section):
            titles[part.key] = clean(part.passage.text)
            yield f"{part.line} # {' > '.join(titles[line] for line in (*part.path, part.key))}"
        elif isinstance(part, Entry):
            said = part.passage.text
            name, about = clean(said[slice(*part.title)]), " ".join(said[part.body :].split())
            place = f" ({titles[part.path[-1]]})" if part.path else ""
            yield f"{part.line} {name} <{part.url}>{place}" + (f": {about}" if about else "")
            yield from (f"    {link.line} + {said[link.start : link.end]} <{link.url}>" for link in part.links)
        else:
            yield f"{part.line} - {part.reason} <{part.url}>"


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_entries_are_read_as_their_authors_meant_them(path: Path) -> None:
    blocks = dict(BLOCK.findall(path.read_text(encoding="utf-8")))
    assert list(shown(blocks["markdown"])) == blocks["text"].splitlines()


def flat(parts: list[Section | Entry | Skip]) -> list[object]:
    """What is read, without the characters of the source."""
    return [
        part if isinstance(part, Skip) else part._replace(passage=part.passage._replace(raw="", runs=()))
        for part in parts
    ]


@pytest.mark.parametrize("path", sorted(CASES.glob("*.md")), ids=lambda path: path.stem)
def test_windows_line_ends_change_nothing(path: Path) -> None:
    text = dict(BLOCK.findall(path.read_text(encoding="utf-8")))["markdown"]
    assert flat(read(text.replace("\n", "\r\n"))) == flat(read(text))


MARKDOWN = (
    "# ",
    "- ",
    "  ",
    "\n",
    "\n\n",
    "[",
    "](",
    ")",
    "](https://a.example/b)",
    "[docs](https://a.example/d)",
    "![",
    "**",
)
MORE_MARKDOWN = (
    "| a | b |\n|---|---|\n",
    "|",
    "~~",
    "`",
    "> ",
    "1. ",
    "[^1]",
    "[x]: https://a.example/y\n",
    "<!--",
    "-->",
    "#",
)
HTML = (
    "<a href='https://a.example/x'>",
    "</a>",
    "<td>",
    "<tr>",
    "<table>",
    "</table>",
    "<li>",
    "<ul>",
    "</ul>",
    "<title>",
    "<sup>",
)
MORE_HTML = (
    "<details>",
    "<summary>",
    "</details>",
    "<dl>",
    "<dt>",
    "<dd>",
    "</sup>",
    "<pre>",
    "<img src=p alt=q>",
    "</td>",
    "&amp;",
)
WORDS = (
    "word",
    "Two words",
    " - ",
    ": ",
    "é",
    "🪁",
    "⭐1k",
    "(",
    "\r",
    "\t",
    "https://a.example/",
    "\u2028",
    "\x00",
    "by ",
)
FRAGMENTS = st.sampled_from([*MARKDOWN, *MORE_MARKDOWN, *HTML, *MORE_HTML, *WORDS])
TEXTS = st.lists(FRAGMENTS, max_size=60).map("".join)


@pytest.mark.parametrize("nothing", ["`\u200b`", "` `", "<code></code>"])
def test_code_without_words_at_the_end_of_an_entry_ends(nothing: str) -> None:
    """What stands like a tag at an entry's end is looked for from the end on, past each that was found."""
    (entry,) = (
        part
        for part in read(f"# Kites\n\n- [Fold](https://fold.example/) - Folds {nothing}\n")
        if isinstance(part, Entry)
    )
    assert entry.facts == ()


@given(TEXTS)
def test_any_text_is_read(text: str) -> None:
    lines = text.count("\n") + 1
    sections = set[int]()
    for part in read(text):
        assert 0 < part.line <= lines
        if isinstance(part, Section):
            assert set(part.path) <= sections
            sections.add(part.key)
        elif isinstance(part, Skip):
            assert part.reason in SKIP_REASONS
        else:
            assert set(part.path) <= sections
            assert 0 <= part.title[0] <= part.title[1] <= len(part.passage.text)
            assert part.title[1] <= len(part.passage.text) and 0 <= part.body <= len(part.passage.text)
            assert part.url
            assert all(0 <= link.start <= link.end <= len(part.passage.text) for link in part.links)


@given(TEXTS)
def test_quotes_are_the_characters_of_the_source(text: str) -> None:
    for part in read(text):
        if not isinstance(part, Skip):
            assert part.passage.raw in text
            assert part.passage.quote(0, len(part.passage.text)) in text


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["- ", "  - ", "\n", "## ", "> - "])), max_size=20))
def test_every_link_is_accounted_for_once(items: list[tuple[str, str]]) -> None:
    text = "\n".join(
        f"{mark}[{name} {at}](https://{name}.example/{at}) and more" for at, (name, mark) in enumerate(items)
    )
    found: Counter[str] = Counter()
    for part in read(text):
        if isinstance(part, Entry):
            found.update([part.url, *(link.url for link in part.links)])
        elif isinstance(part, Skip):
            found[part.url] += 1
    assert found == Counter(f"https://{name}.example/{at}" for at, (name, _) in enumerate(items))


BOMBS: dict[str, Callable[[int], str]] = {
    "links on one line": lambda size: "- " + "[a](https://a.example/b) " * size,
    "links joined": lambda size: "- " + ", ".join(f"[n{at}](https://a.example/{at})" for at in range(size)),
    "brackets": lambda size: "- " + "[a" * size,
    "brackets half open": lambda size: "- " + "[a]( " * size,
    "links whose authors slipped": lambda size: "- " + "[a][https://a.example/b] " * size,
    "slips half done": lambda size: "- " + "[(https://a" * size,
    "addresses": lambda size: "- " + "https://a.example/b\n" * size,
    "closing brackets behind an address": lambda size: "https://a.example/" + ")" * size * 20,
    "headings": lambda size: "".join("#" * (at % 6 + 1) + " a\n" for at in range(size)),
    "linked headings": lambda size: "## [a](https://a.example/)\ntext\n\n" * size,
    "headings over labels": lambda size: "## name\n\n[docs](https://a.example/)\n\n" * size,
    "open lists": lambda size: "<ul><li>x" * size,
    "lists that headings close": lambda size: "<ul>\n" * size + "</h1>\n" * size,
    "marks that others close": lambda size: "<i>" * size + "</b>" * size,
    "half a tag": lambda size: '<a x="' * size,
    "open links": lambda size: "<a href='https://a.example/'>" * size,
    "pictures": lambda size: "- [w](https://w.example/) " + "[![q](p)](https://a.example/)" * size,
    "nested items": lambda size: "".join("  " * (at % 50) + "- [a](https://a.example/)\n" for at in range(size)),
    "quotes": lambda size: ">" * size + " [a](https://a.example/)",
    "emphasis": lambda size: "*a_ **b " * size,
    "rows": lambda size: "|a|b|\n|-|-|\n" + "|[x](https://a.example/)|[y](https://b.example/)|\n" * size,
    "cells": lambda size: "<table><tr>" + "<td><a href=https://a.example/><img alt=n src=p></a></td>" * size,
    "tables": lambda size: "|a|b|\n|-|-|\n|[x](https://a.example/)|y|\n\n" * size,
    "details": lambda size: "<details><summary>x</summary>\n\n- [a](https://a.example/)\n\n" * size,
    "figures above the line": lambda size: "- [a](https://a.example/)" + "<sup>[1](https://b.example/)</sup> " * size,
    "stars": lambda size: "- " + "[a (⭐1k)](https://a.example/) " * size,
    "items that say more": lambda size: "- [a](https://a.example/)\n" + "  - text\n" * size,
    "references": lambda size: "".join(f"[r{at}]: https://a.example/{at}\n\n- [r{at}]\n\n" for at in range(size)),
}
SMALL, TIMES = 2500, 4


def seconds(text: str) -> float:
    return processor_seconds(lambda: read(text))


@pytest.mark.slow
@pytest.mark.parametrize("name", BOMBS)
def test_time_grows_with_the_text(name: str) -> None:
    """Four times the text takes about four times as long; sixteen times would be quadratic."""
    small, large = BOMBS[name](SMALL), BOMBS[name](SMALL * TIMES)
    quickest = [min(seconds(text) for _ in range(3)) for text in (small, large)]
    assert quickest[1] < quickest[0] * TIMES * 2 + 0.01
