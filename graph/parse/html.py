"""HTML read as browsers read it, one tag at a time: the tokens of any HTML, and the list that a web page holds.

`tokens` follows the tokenizer of the HTML Living Standard (13.2.5) where it matters to links: quoted attributes, comments, and
elements such as ``<script>`` whose content is not markup. It makes no tree, so unclosed ``<li>`` and ``<dt>`` cost nothing,
every token knows its characters, and the time is linear. (BeautifulSoup on its own parser takes 44 s for a page of 16,000
items that nobody closed, and 19 s for 48 kB of ``<a x="``; this takes 0.1 s for either.)

`content` keeps what a reader takes for the page's list: the main part, without menus, headers, footers and forms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from html import unescape
from urllib.parse import urljoin

from ..model import Document, Entry, Section, Skip
from .blocks import blocks
from .cards import cards
from .markup import VOID, Event
from .outline import outline
from .regions import regions

_TAG = re.compile(
    r"""<(/?)([A-Za-z][^\s/>]*+)((?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+'|(?!"[^"]*+"|'[^']*+'))|["'])*)>"""
)
"""A tag; a quote counts only behind an equals sign (13.2.5.35), so ``<p don't>`` is whole."""
_BROKEN_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]*+)([^<>]*+)>")
"""A tag with no regard to quotes, for texts in which the quotes of one tag never close."""
_ATTRIBUTE = re.compile(r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s>]*+)))?""")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"})
"""Elements whose content is text up to their end tag, whatever it looks like (13.2.6.2)."""
_WEB = ("http://", "https://")


def tokens(html: str) -> Iterator[Event]:
    """Yield the tags and the text of an HTML document; comments, declarations and scripts yield no text.

    >>> [(e.kind, e.value) for e in tokens("<li>a &lt; b<script>'<li>'</script><br>")]
    ... # doctest: +NORMALIZE_WHITESPACE
    [('start', 'li'), ('text', 'a '), ('text', '<'), ('text', ' b'), ('start', 'script'), ('end', 'script'),
     ('start', 'br'), ('end', 'br')]
    """
    at, pattern, unclosed = 0, _TAG, set[str]()
    while (sign := html.find("<", at)) >= 0:
        yield from text_events(html, at, sign)
        declared = _declaration(html, sign)
        if declared is not None:
            at = declared
            continue
        tag = pattern.match(html, sign)
        if tag is None and pattern is _TAG and html[sign + 1 : sign + 2].isalpha():
            # From here on quotes don't count: to try them again at each sign would take quadratic time.
            pattern = _BROKEN_TAG
            tag = pattern.match(html, sign)
        if tag is None:
            yield Event("text", "<", sign, sign + 1)
            at = sign + 1
            continue
        name, at = tag[2].lower(), tag.end()
        yield from _tag_events(html, tag, name)
        if name in _RAW and not tag[1] and name not in unclosed:
            end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(html, at)
            if end is None:
                unclosed.add(name)
                continue
            if name in ("title", "textarea"):
                yield from text_events(html, at, end.start())
            at = end.start()
    yield from text_events(html, at, len(html))


def _declaration(html: str, sign: int) -> int | None:
    """Return where a comment or a declaration that begins at ``sign`` ends, or None where none begins."""
    if html.startswith("<!--", sign):
        end = html.find("-->", sign + 2)
        return len(html) if end < 0 else end + 3
    following = html[sign + 1 : sign + 3]
    if (following[:1] in ("!", "?") and following) or (following[:1] == "/" and not following[1:].isalpha()):
        end = html.find(">", sign)
        return len(html) if end < 0 else end + 1
    return None


def text_events(html: str, start: int, end: int) -> Iterator[Event]:
    """Yield the text between two places; each character reference is an event of its own, so that offsets hold behind it."""
    at = start
    for reference in _REFERENCE.finditer(html, start, end):
        said = unescape(reference[0])
        if said != reference[0]:
            if reference.start() > at:
                yield Event("text", html[at : reference.start()], at, reference.start())
            yield Event("text", said, reference.start(), reference.end())
            at = reference.end()
    if at < end:
        yield Event("text", html[at:end], at, end)


def _tag_events(html: str, tag: re.Match[str], name: str) -> Iterator[Event]:
    start, end = tag.span()
    if tag[1]:
        if name not in VOID:
            yield Event("end", name, start, end)
        return
    found = {key: value for key, value, *_ in attributes(html, *tag.span(3))}
    yield Event("start", name, start, end, found)
    if name in VOID:
        yield Event("end", name, end, end)


def attributes(html: str, start: int, end: int) -> list[tuple[str, str, int, int]]:
    """Return each attribute of a tag with its value and where that stands; of two with one name the first counts.

    >>> attributes('<a HREF="x&amp;y" id=z>', 2, 22)
    [('href', 'x&y', 9, 16), ('id', 'z', 21, 22)]
    """
    found: dict[str, tuple[str, str, int, int]] = {}
    for attribute in _ATTRIBUTE.finditer(html, start, end):
        name = attribute[1].lower()
        group = next((number for number in (2, 3, 4) if attribute[number] is not None), 0)
        value = attribute[group].strip("\"'") if group == 4 else attribute[group] if group else ""
        place = attribute.span(group) if group else (attribute.end(), attribute.end())
        found.setdefault(name, (name, unescape(value), *place))
    return list(found.values())


def parse(document: Document, roles: Mapping[str, str]) -> Iterator[Section | Entry | Skip]:
    """Yield what a web page lists; the links around its list are skips."""
    skips: list[Skip] = []
    yield from outline(blocks(document.text, content(document, skips)), roles)
    yield from skips


def content(document: Document, skips: list[Skip]) -> Iterator[Event]:
    """Yield the markup of a page's list, with whole addresses; the links of all else are added to ``skips``."""
    found = list(tokens(document.text))
    page = _address(document.source, found)
    lines = [at for at, character in enumerate(document.text) if character == "\n"]
    layout = regions(found)
    kept = []
    for at, event in enumerate(found):
        if event.kind == "start" and event.value in ("a", "area"):
            if "href" not in event.attributes:
                continue
            href = resolve(event.attributes["href"], *page)
            if event.value == "area" or not layout.kept[at]:
                reason = "image" if layout.kept[at] else "navigation"
                skips.append(Skip(href, bisect_right(lines, event.start - 1) + 1, reason))
                continue
            event = event._replace(attributes={"href": href})
        if at in layout.plain:
            event = event._replace(value="figure")
        if layout.kept[at] and event.value != "area":
            kept.append(event)
    if layout.title is not None:
        yield from _title(found, layout.title)
    yield from cards(kept)


def _title(found: list[Event], span: tuple[int, int]) -> Iterator[Event]:
    first, last = found[span[0]], found[span[1]]
    yield Event("start", "h1", first.start, first.end)
    yield from (event for event in found[span[0] : span[1]] if event.kind == "text")
    yield Event("end", "h1", last.start, last.end)


def _address(source: str, found: list[Event]) -> tuple[str, str]:
    """Return the page's own address and the one that its links are relative to; each empty where the page has none."""
    page = source if source.lower().startswith(_WEB) else ""
    base = ""
    for event in found:
        said = event.attributes.get("href", "").strip() if event.kind == "start" else ""
        if event.value == "base" and said and not base:
            base = said
        elif event.value == "link" and not page and event.attributes.get("rel", "").lower() == "canonical":
            page = said if said.lower().startswith(_WEB) else ""
    return page, _join(page, base) if base else page


def resolve(href: str, page: str, base: str) -> str:
    """Return a link's whole address; one that scrolls within its page as the fragment alone.

    >>> resolve("../b#c", "https://a.org/x/y", "https://a.org/x/y"), resolve("/x/y#z", "https://a.org/x/y", "https://a.org/x/y")
    ('https://a.org/b#c', '#z')
    """
    href = href.strip()
    if not href or href.startswith("#"):
        return href
    whole = _join(base, href) if base.lower().startswith(_WEB) else f"https:{href}" if href.startswith("//") else href
    before, sign, fragment = whole.partition("#")
    return f"#{fragment}" if sign and page and before == page.partition("#")[0] else whole


def _join(base: str, href: str) -> str:
    try:
        return urljoin(base, href)
    except ValueError:  # an unclosed bracket of an IPv6 address: the link is as broken as its author left it
        return href
