"""What one would write in an afternoon instead: lists to Turtle, with the usual libraries and no relations.

``python3 scripts/peer.py FOLDER OUT.ttl`` reads every ``*.md`` below a folder. Of each entry it keeps the title, the link
and the heading above. `scripts/bench.py` measures it beside linkatlas, in the same call, as a yardstick.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt
from rdflib import DCTERMS, RDFS, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS

SCHEMA = Namespace("https://schema.org/")


def entries(text: str, markdown: MarkdownIt) -> Iterator[tuple[str, str, str]]:
    """Yield the title, the link and the heading of each item of a list."""
    heading = ""
    for element in BeautifulSoup(markdown.render(text), "html.parser").find_all(["h1", "h2", "h3", "h4", "li"]):
        link = element.find("a", href=True)
        if element.name != "li":
            heading = element.get_text(" ", strip=True)
        elif link is not None and str(link["href"]).startswith("http"):
            yield link.get_text(" ", strip=True), str(link["href"]), heading


def main(folder: Path, out: Path) -> None:
    """Write the entries of all lists below a folder."""
    markdown = MarkdownIt("commonmark").enable("table")
    graph = Graph()
    graph.bind("schema", SCHEMA)
    for path in sorted(folder.rglob("*.md")):
        for title, link, heading in entries(path.read_text(encoding="utf-8", errors="replace"), markdown):
            item = URIRef(link.replace(" ", "%20"))
            graph.add((item, SKOS.prefLabel, Literal(title)))
            graph.add((item, SCHEMA.url, item))
            graph.add((item, DCTERMS.subject, Literal(heading)))
            graph.add((item, RDFS.isDefinedBy, URIRef(path.resolve().as_uri())))
    graph.serialize(out, format="turtle")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
