"""Every link of a real list is accounted for: counted by another parser, and compared address by address.

markdown-it-py renders the Markdown, BeautifulSoup reads the HTML, and a regular expression of its own finds the bare
addresses; none of them is used by the code under test.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from bs4.element import NavigableString, Tag
from markdown_it import MarkdownIt

from linkatlas.model import Document, Entry, Section, Skip
from linkatlas.parse import parse
from linkatlas.vocabulary import load

CODE = ["pre"]
"""Elements whose content a reader sees as it stands."""
ESCAPED = re.compile(
    r"<(?=/?(?:title|textarea|style|xmp|iframe|noembed|noframes|script|plaintext)[\s/>])", re.IGNORECASE
)
"""Tags that GitHub shows as text (GFM 6.11): "supports the <style> block" hides nothing of what follows."""
SILENT = {"a", "code", "pre"}
"""Elements in which an address is no link of its own."""
BARE = re.compile(r"(?<![\w/:.@=\"'])(?:https?://|www\.[\w-]+\.)(?:(?!\)?\]\()[^\s<>\"`|\\])*", re.IGNORECASE)
"""An address ends at ``](`` too: a Markdown link inside an HTML block is no link there, but its addresses are."""
SHORTEST = len("https://") + 1
FRONT_MATTER = re.compile(r"\A\ufeff?---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


def bare_addresses(text: str) -> list[str]:
    """Addresses in plain text, as GitHub would link them: without closing punctuation and brackets that nothing opened."""
    found = []
    for match in BARE.finditer(text):
        address = match[0]
        while address and (
            address[-1] in "?!.,:*_~'\";"
            or (address[-1] in ")]}" and address.count(address[-1]) > address.count("([{"[")]}".index(address[-1])]))
        ):
            address = address[:-1]
        if len(address) >= SHORTEST:
            found.append(address if address.lower().startswith("http") else f"http://{address}")
    return found


class Reader(MarkdownIt):
    """A Markdown parser that leaves addresses as their authors wrote them, whatever they open."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802
        return url

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802
        return True


def counted(text: str) -> Counter[str]:
    """The links of a Markdown text, by another parser."""
    reader = Reader("commonmark", {"html": True}).enable(["table", "strikethrough"])
    page = BeautifulSoup(ESCAPED.sub("&lt;", reader.render(FRONT_MATTER.sub("", text))), "html.parser")
    for element in page(CODE):
        element.decompose()
    found = Counter("".join(str(link["href"]).split()) for link in page("a", href=True))
    pieces = [
        "" if isinstance(node, Tag) else str(node) if type(node) is NavigableString else ""
        for node in page.descendants
        if not any(parent.name in SILENT for parent in node.parents)
    ]
    for piece in pieces:
        found.update(bare_addresses(piece))
    return found


def accounted(path: Path, text: str, roles: dict[str, str]) -> Counter[str]:
    """What became of each link, by our own parser."""
    found: Counter[str] = Counter()
    for part in parse(Document(str(path), text), roles):
        if isinstance(part, Entry):
            found.update([part.url, *(link.url for link in part.links)])
        elif isinstance(part, Skip):
            found[part.url] += 1
        else:
            assert isinstance(part, Section)
    return found


def lists(shared: Path) -> list[Path]:
    return sorted((shared / "corpus").glob("*.md"))


@pytest.mark.slow
def test_every_link_of_every_list_is_accounted_for(shared: Path) -> None:
    roles = dict(load().roles)
    wrong = {}
    for path in lists(shared):
        text = path.read_text(encoding="utf-8-sig", errors="replace").replace("\r\n", "\n")
        ours, theirs = accounted(path, text, roles), counted(text)
        if ours != theirs:
            wrong[path.name] = {"lost": dict(theirs - ours), "made up": dict(ours - theirs)}
    assert not wrong
