"""Every format but Markdown, as people's tools write it: what is read, from which line, and that no link is lost.

A case is a file in ``cases/formats`` and, beside it, what is expected of it: a line for each section (``#``), entry (``-``)
and skip (``x``), after the line of the list that it stands on.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup
from defusedxml import ElementTree

from linkatlas.model import SKIP_REASONS, Document, Entry, Section, Skip
from linkatlas.parse import PARSERS, parse
from linkatlas.read.formats import media_type
from linkatlas.vocabulary import load

CASES = Path(__file__).parent / "cases" / "formats"
NAMES = sorted(path.name for path in CASES.iterdir() if path.suffix != ".txt")
WEB = ("http://", "https://")


@pytest.fixture(scope="module")
def roles() -> dict[str, str]:
    return dict(load().roles)


def document(name: str) -> Document:
    text = (CASES / name).read_text(encoding="utf-8")
    return Document(name, text, media_type(Path(name).suffix, text))


def shown(part: Section | Entry | Skip) -> str:
    if isinstance(part, Section):
        return f"{part.line} {'#' * part.level} {part.passage.text}"
    if isinstance(part, Skip):
        return f"{part.line} x {part.url} ({part.reason})"
    text = part.passage.text
    said = [f"{part.line} - {text[slice(*part.title)]} <{part.url}>", *text[part.body :].split("\n")]
    said += [f"+ <{link.url}> line {link.line}" for link in part.links]
    said += [f"{fact.field}: {fact.value}" for fact in part.facts]
    said += [f"under {', '.join(map(str, part.path))}"] if part.path else []
    return "\n      ".join(line for line in said if line)


@pytest.mark.parametrize("name", NAMES)
def test_each_format_reads_as_its_author_meant_it(name: str, roles: dict[str, str]) -> None:
    expected = (CASES / f"{name}.txt").read_text(encoding="utf-8")
    assert "\n".join(map(shown, parse(document(name), roles))) + "\n" == expected


@pytest.mark.parametrize("name", NAMES)
def test_names_and_descriptions_are_quoted_from_the_source(name: str, roles: dict[str, str]) -> None:
    listed = document(name)
    lines = listed.text.split("\n")
    for part in parse(listed, roles):
        if isinstance(part, Entry):
            quote = part.passage.quote(*part.title)
            assert quote
            assert quote.split("\n")[0] in lines[part.line - 1], part
            whole = part.passage.quote(0, len(part.passage.text))
            assert all(piece.strip() in listed.text for piece in whole.split("\n")), part


@pytest.mark.parametrize(
    ("written", "word", "quoted"),
    [
        ("Kites &amp; &lt;Docker&gt; guide", "Docker", "Docker"),
        ("R&amp;D on &#75;ites", "R&D", "R&amp;D"),
        ("Kites &quot;in&quot; C&amp;C", '"in"', "&quot;in&quot;"),
        ("Kites &amp; sand &#x26;", "&", "&amp;"),
    ],
)
def test_a_quote_of_escaped_text_is_the_very_characters_of_the_source(
    written: str, word: str, quoted: str, roles: dict[str, str]
) -> None:
    text = f'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL><p>\n<DT><A HREF="https://kite.example/">{written}</A>\n</DL><p>'
    (entry,) = parse(Document("b.html", text, media_type(".html", text)), roles)
    assert isinstance(entry, Entry)
    start = entry.passage.text.index(word)
    assert entry.passage.quote(start, start + len(word)) == quoted


@pytest.mark.parametrize("name", NAMES)
def test_skips_have_named_reasons(name: str, roles: dict[str, str]) -> None:
    assert {part.reason for part in parse(document(name), roles) if isinstance(part, Skip)} <= SKIP_REASONS.keys()


def test_every_media_type_that_a_name_stands_for_has_a_parser() -> None:
    assert {media_type(Path(name).suffix, document(name).text) for name in NAMES} | {"text/markdown"} == PARSERS.keys()


def in_html(text: str) -> Iterator[str]:
    page = BeautifulSoup(text, "html.parser")
    base = page.find("base")
    for tag in page.find_all(["a", "area"], href=True):
        href = str(tag["href"])
        relative = base is not None and not href.startswith(("#", "mailto:", *WEB))
        yield "https://notes.example/" + ("lists/" if href[0] != "/" else "") + href.lstrip("/") if relative else href
        for name in ("icon_uri", "feedurl"):
            yield str(tag.get(name, ""))


def in_opml(text: str) -> Iterator[str]:
    entities = text.replace("&b;", "")
    start, end = entities.find("<!DOCTYPE"), entities.find("]>") + 2
    for outline in ElementTree.fromstring(entities[:start] + entities[end:]).iter("outline"):
        yield from (outline.get(name, "") for name in ("url", "xmlUrl", "htmlUrl"))


def values(value: Any) -> Iterator[str]:
    """All strings in a structure."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from values(inner)


def in_words(texts: Iterator[str]) -> Iterator[str]:
    for text in texts:
        yield from (word for word in text.split() if word.startswith(WEB))


def in_table(comma: str) -> Callable[[str], Iterator[str]]:
    def count(text: str) -> Iterator[str]:
        for row in csv.reader(io.StringIO(text), delimiter=comma):
            yield from in_words(iter(row))
            yield from (f"http://{cell}" for cell in row if cell == "ferncast.example")

    return count


def in_yaml(text: str) -> Iterator[str]:
    # An alias of a whole branch only repeats what was counted.
    yield from in_words(values(yaml.safe_load(text.replace("*extra", "none"))))


COUNTED: dict[str, Callable[[str], Iterator[str]]] = {
    "page.html": in_html,
    "bookmarks.html": in_html,
    "feeds.opml": in_opml,
    "tools.csv": in_table(","),
    "werkzeuge.tsv": in_table("\t"),
    "tools.json": lambda text: in_words(values(json.loads(text))),
    "landscape.yml": in_yaml,
}


def accounted(listed: Document, roles: dict[str, str]) -> Counter[str]:
    """The addresses that became something, and what became nothing for a reason."""
    found: Counter[str] = Counter()
    for part in parse(listed, roles):
        if isinstance(part, Entry):
            found.update([part.url, *(link.url for link in part.links)])
        elif isinstance(part, Skip):
            found[part.url] += 1
    return found


@pytest.mark.parametrize("name", COUNTED)
def test_every_link_that_another_parser_finds_is_accounted_for_once(name: str, roles: dict[str, str]) -> None:
    listed = document(name)
    theirs = Counter(url for url in COUNTED[name](listed.text) if url)
    assert accounted(listed, roles) == theirs


def test_rst_links_are_those_that_docutils_finds(roles: dict[str, str]) -> None:
    core = pytest.importorskip("docutils.core", reason="counts with docutils, which is not installed")
    listed = document("list.rst")
    settings = {"report_level": 5, "raw_enabled": False, "file_insertion_enabled": False, "_disable_config": True}
    tree = core.publish_doctree(listed.text, settings_overrides=settings)
    theirs = Counter(str(node["refuri"]) for node in tree.findall() if node.tagname == "reference" and "refuri" in node)
    theirs.pop("https://code-block.example", None)
    assert accounted(listed, roles) == theirs


def test_entities_of_xml_and_aliases_of_yaml_are_never_expanded(roles: dict[str, str]) -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [*{chr(97 + n)}, *{chr(97 + n)}]\n" for n in range(24)
    )
    bomb += "landscape:\n- name: Brambleflow\n  homepage_url: https://brambleflow.example\n  extra: *y\n"
    parts = list(parse(Document("landscape.yml", bomb, "application/yaml"), roles))
    assert [part.url for part in parts if isinstance(part, Entry)] == ["https://brambleflow.example"]
    names = [part.passage.text for part in parse(document("feeds.opml"), roles) if isinstance(part, Entry)]
    assert names[-1] == "&b;"


def test_yaml_makes_no_objects(roles: dict[str, str]) -> None:
    text = "landscape:\n- name: !!python/object/apply:os.getcwd []\n  homepage_url: https://a.example\n"
    assert any(isinstance(part, Entry) for part in parse(Document("landscape.yml", text, "application/yaml"), roles))


def test_what_stands_behind_a_fault_of_yaml_is_skipped_by_name(roles: dict[str, str]) -> None:
    text = "landscape:\n- name: A\n  homepage_url: https://a.example\n- name: [b\n  homepage_url: https://b.example\n"
    parts = list(parse(Document("landscape.yml", text, "application/yaml"), roles))
    assert [part.url for part in parts if isinstance(part, Entry)] == ["https://a.example"]
    assert Skip("https://b.example", 5, "broken") in parts


def test_links_of_a_page_read_from_the_web_are_whole_and_its_own_anchors_scroll(roles: dict[str, str]) -> None:
    text = '<ul><li><a href="/a">A</a><li><a href="x#top">Top</a><li><a href="//cdn.example/b">B</a></ul>'
    parts = list(parse(Document("https://site.example/x", text, "text/html"), roles))
    assert [part.url for part in parts if isinstance(part, Entry)] == [
        "https://site.example/a",
        "https://cdn.example/b",
    ]
    assert [part.reason for part in parts if isinstance(part, Skip)] == ["anchor"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<main><p>none</p></main><ul><li><a href='https://a.example'>A</a></ul>", ["A"]),
        ("<form><ul><li><a href='https://a.example'>A</a></ul></form>", ["A"]),
        ("<nav><a href='https://a.example'>unclosed<ul><li><a href='https://b.example'>B</a></ul>", ["B"]),
        (
            "<article><li><a href='https://a.example'>A</a><li><a href='/'>B</a></article><li><a href='/c'>C</a>",
            ["A", "B"],
        ),
        ("<ul><li><a href=https://a.example/?x=1&y=2>A</a><li><a href='https://b.example'>B", ["A", "B"]),
        ('<ul><li><a name=x></a><a HREF = "https://a.example" >A</a></ul>', ["A"]),
        (
            "<title>T</title><!-- <a href=/c> --><textarea><a href=x></textarea><li><a href='https://a.example'>A</a>",
            ["A"],
        ),
    ],
)
def test_pages_are_read_whatever_their_markup(text: str, names: list[str], roles: dict[str, str]) -> None:
    parts = parse(Document("page.html", text, "text/html"), roles)
    assert [part.passage.text[slice(*part.title)] for part in parts if isinstance(part, Entry)][-len(names) :] == names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("name;url\nA;https://a.example\n", [("A", "https://a.example")]),
        (
            "https://a.example,A thing\nhttps://b.example,Another\n",
            [("A thing", "https://a.example"), ("Another", "https://b.example")],
        ),
        ('name,url\n"A, B","https://a.example"\n"C', [("A, B", "https://a.example")]),
        ("\ufeffurl\nhttps://a.example\n", [("https://a.example", "https://a.example")]),
        ("name,links\nA,https://a.example https://b.example\n", [("A", "https://a.example")]),
        ("tool\n[A](https://a.example)\n", [("A", "https://a.example")]),
    ],
)
def test_tables_of_every_dialect(text: str, found: list[tuple[str, str]], roles: dict[str, str]) -> None:
    parts = parse(Document("t.csv", text, "text/csv"), roles)
    assert [(part.passage.text[slice(*part.title)], part.url) for part in parts if isinstance(part, Entry)] == found


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('[{"name": "A", "url": "https://a.example"}, {"name": "B", "url": "https://b.example"}', ["A", "B"]),
        ('{"https://a.example": "A", "https://b.example": "B"}', ["A", "B"]),
        ('{"A": {"url": "https://a.example"}, "B": {"site": "b.example"}}', ["A", "B"]),
        (
            '{"roots": {"bar": {"children": [{"name": "A", "type": "url", "url": "https://a.example"}], "name": "Bar"}}}',
            ["A"],
        ),
        ('{"a": {"b": [{"label": "A", "href": "https://a.example", "by": null}]}}', ["A"]),
        ('[["A", "https://a.example", "what it is"], ["B", "https://b.example"]]', ["A", "B"]),
        ('[{"name": "A", "repository": {"type": "git", "url": "https://a.example"}}]', ["A"]),
    ],
)
def test_json_of_every_shape(text: str, names: list[str], roles: dict[str, str]) -> None:
    parts = parse(Document("t.json", text, "application/json"), roles)
    assert [part.passage.text[slice(*part.title)] for part in parts if isinstance(part, Entry)] == names
