"""One list in another dress says the same: wrapped, in HTML, with other signs, with its links or its names elsewhere."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from linkatlas.model import Document
from linkatlas.pipeline import build
from linkatlas.vocabulary import load

VOCABULARY = load()

LIST = """\
# Awesome Pipelines

## Orchestration

- [Brambleflow](https://brambleflow.dev/) - A workflow engine written in Rust that runs on Kubernetes and has plugins for Redis.
- [Tidewheel](https://github.com/acme/tidewheel) - A fork of Jenkins with support for Python, PostgreSQL and Visual Studio Code.
- [Sedgeline](https://sedgeline.io/) - An alternative to Apache Airflow, developed by Fern Labs and based on Redis.
- [Oxlip](https://github.com/fern/oxlip) - A Python library to schedule what nobody wants to do by hand, at night, or twice.
- [Reedmace](https://reedmace.dev/) - Sends messages to Slack.

## Storage

- [Woodrush](https://woodrush.dev/) - A key-value store for Go programs, with bindings for Java, Rust and Node.js.
- [Mallow](https://github.com/fern/mallow) - Backs up MySQL to Amazon S3.
- [Fescue](https://fescue.dev/) - Keeps what other stores forget.
"""

_ITEM = re.compile(r"^([*+-] +)\[([^\]]*)\]\(([^)]*)\) - (.*)$", re.MULTILINE)
_WRAPS = re.compile(r"^(\s*[*+-] +)(.*)$")
_BEGINS_A_BLOCK = re.compile(r"\s*(?:[-+*#>=|]|\d+[.)](?:\s|$))")


def wrapped(text: str) -> str:
    """Break each item at eighty characters, but where a line would begin something else."""
    lines = list[str]()
    for line in text.split("\n"):
        item = _WRAPS.match(line)
        parts = [line]
        if item is not None and "<" not in line and not line.endswith(("  ", "\\")):
            indent = " " * len(item[1])
            parts = textwrap.wrap(
                item[2],
                80,
                initial_indent=item[1],
                subsequent_indent=indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        lines += parts if not any(map(_BEGINS_A_BLOCK.match, parts[1:])) else [line]
    return "\n".join(lines)


def html(text: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


def referenced(text: str) -> str:
    """Put the addresses of the items at the end."""
    urls = [item[3] for item in _ITEM.finditer(text)]
    numbers = iter(range(len(urls)))
    said = _ITEM.sub(lambda item: f"{item[1]}[{item[2]}][at-{next(numbers)}] - {item[4]}", text)
    return said + "\n\n" + "".join(f"[at-{number}]: {url}\n" for number, url in enumerate(urls))


def tabled(text: str) -> str:
    """Put each section's items into a table of names and descriptions."""
    rows = _ITEM.sub(r"| [\2](\3) | \4 |", text)
    return re.sub(r"\n\n\|", "\n\n| Name | Description |\n| --- | --- |\n|", rows)


def as_items(form: str) -> Callable[[str], str]:
    return lambda text: _ITEM.sub(form, text)


DRESSES: dict[str, Callable[[str], str]] = {
    "wrapped": wrapped,
    "in HTML": html,
    "references": referenced,
    "an em dash": as_items(r"\1[\2](\3) — \4"),
    "a colon": as_items(r"\1[\2](\3): \4"),
    "no sign": as_items(r"\1[\2](\3) \4"),
    "bold names": as_items(r"\1**[\2](\3)** - \4"),
    "bold names and a colon": as_items(r"\1**[\2](\3):** \4"),
    "a line of its own": as_items(r"\1[\2](\3)<br>\4"),
    "ticked": as_items(r"\1[x] [\2](\3) - \4"),
    "badges": as_items(r"\1[\2](\3) ![](https://img.shields.io/github/stars/a/b.svg) - \4"),
    "slanted": as_items(r"\1[\2](\3) - *\4*"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
}
"""Dresses that any list can wear."""


def with_contents(text: str) -> str:
    """Put a table of contents right under the title."""
    sections = re.findall(r"^## (.*)$", text, re.MULTILINE)
    table = "".join(f"- [{section}](#{section.lower()})\n" for section in sections)
    return text.replace("\n\n## ", f"\n\n{table}\n## ", 1)


ELSEWHERE: dict[str, Callable[[str], str]] = {
    "names as code": as_items(r"\1[`\2`](\3) - \4"),
    "a table of contents": with_contents,
    "spaces everywhere": lambda text: _ITEM.sub(
        lambda item: item[0].replace(" ", "\u00a0").replace("-\u00a0", "- ", 1), text
    ),
    "a table": tabled,
    "a paragraph an entry": as_items(r"\n[\2](\3) - \4\n"),
    "a heading an entry": as_items(r"\n### [\2](\3)\n\n\4\n"),
    "a link behind": as_items(r"\1\2 - \4 [Link](\3)"),
    "a link behind in brackets": as_items(r"\1\2: \4 ([website](\3))"),
    "an address behind": as_items(r"\1\2 - \4 (\3)"),
    "a link between": as_items(r"\1\2 ([website](\3)) - \4"),
    "bold names and a link behind": as_items(r"\1**\2** - \4 [Link](\3)"),
    "an item below": as_items(r"\1[\2](\3)\n  - \4"),
    "a quote below": as_items(r"\1[\2](\3)\n  > \4"),
    "a definition": as_items(r"[\2](\3)\n: \4\n"),
    "bold links and paragraphs": as_items(r"\n**[\2](\3)**\n\n\4\n"),
    "bold names and paragraphs": as_items(r"\n**\2**\n\n\4 [link](\3)\n"),
    "headings over a link": as_items(r"\n### \2\n\n\4\n\n[Website](\3)\n"),
    "headings over an address": as_items(r"\n### \2\n\n<\3>\n\n\4\n"),
    "headings over items": as_items(r"\n### \2\n\n- Website: \3\n- \4\n"),
    "summaries": as_items(r'<details><summary><a href="\3">\2</a></summary>\n\n\4\n\n</details>\n'),
}
"""Dresses that need names and addresses as this list has them, or plain words."""


PAGES: dict[str, str] = {
    "items": '<ul><li><a href="{url}">{name}</a> — {text}</li></ul>',
    "items with spans": '<ul><li><a href="{url}">{name}</a><span> {text}</span></li></ul>',
    "items with blocks": '<ul><li><div><a href="{url}">{name}</a></div><div>{text}</div></li></ul>',
    "items of words": '<ul><li><strong>{name}</strong>: {text} (<a href="{url}">link</a>)</li></ul>',
    "definitions": '<dl><dt><a href="{url}">{name}</a></dt><dd>{text}</dd></dl>',
    "paragraphs": '<p><a href="{url}">{name}</a> - {text}</p>',
    "headings": '<h3><a href="{url}">{name}</a></h3><p>{text}</p>',
    "rows": '<table><tr><td><a href="{url}">{name}</a></td><td>{text}</td></tr></table>',
    "cards": '<div class="card"><h3>{name}</h3><p>{text}</p><a href="{url}">Visit</a></div>',
    "cards that are links": '<div class="card"><a href="{url}"><h3>{name}</h3><p>{text}</p></a></div>',
    "articles": '<article><h4>{name}</h4><p>{text} <a href="{url}">More</a></p></article>',
}
"""How web pages show an entry."""


def page(form: str) -> str:
    """Write the list as a web page."""
    title, *sections = LIST.split("\n## ")
    body = [f"<h1>{title[2:].strip()}</h1>"]
    for section in sections:
        body.append(f"<h2>{section.partition(chr(10))[0]}</h2>")
        body += (form.format(name=item[2], url=item[3], text=item[4]) for item in _ITEM.finditer(section))
    return f"<html><body>{chr(10).join(body)}</body></html>"


def said(text: str, dress: str = "") -> set[tuple[str, str, str]]:
    """What a list says, by the labels of its things."""
    media_type = "text/html" if dress == "in HTML" else "text/markdown"
    built = build([Document("list.md", text, media_type)], VOCABULARY)
    label = {node.iri: node.label for node in built.graph.nodes}
    return {
        (label[claim.subject], claim.predicate, label.get(claim.object, claim.object))
        for claim in built.graph.statements
        if claim.evidence
    }


@pytest.mark.parametrize("dress", [*DRESSES, *ELSEWHERE])
def test_another_dress_says_the_same(dress: str) -> None:
    dressed = {**DRESSES, **ELSEWHERE}[dress](LIST)
    assert dressed != LIST
    assert said(dressed, dress) == said(LIST)


@pytest.mark.parametrize("form", PAGES)
def test_a_page_says_the_same(form: str) -> None:
    assert said(page(PAGES[form]), "in HTML") == said(LIST)


@pytest.mark.slow
@pytest.mark.parametrize("dress", DRESSES)
def test_real_lists_say_nearly_the_same_in_another_dress(dress: str, shared: Path) -> None:
    """A dress can hide what a list's author meant (a line of a description that begins with a dash), but seldom."""
    kept = every = 0
    for path in sorted((shared / "corpus").glob("*.md"))[::40]:
        text = path.read_text(encoding="utf-8-sig")
        plain = said(text)
        every += len(plain)
        kept += len(plain & said(DRESSES[dress](text), dress))
    assert kept >= 0.99 * every, f"{kept} of {every}"
