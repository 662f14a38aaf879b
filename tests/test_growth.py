"""No stage takes more than about linear time: four times the list takes about four times as long, whatever its shape."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from math import isqrt

import pytest

from linkatlas.export import EXPORTERS
from linkatlas.model import Document
from linkatlas.pipeline import build
from linkatlas.vocabulary import load
from timing import processor_seconds

VOCABULARY = load()
TITLE = "# Awesome Pipelines\n\n## Orchestration\n"
SIZE, TIMES = 250, 4

SHAPES: dict[str, Callable[[int], str]] = {
    "entries": lambda size: "".join(
        f"- [Bramble{at}](https://bramble{at}.dev/) - Runs on Kubernetes, like Tide{at - 1}.\n" for at in range(size)
    ),
    "entries of one address": lambda size: "".join(
        f"- [Bramble{at}](https://a.dev/) - A tool.\n" for at in range(size)
    ),
    "entries of one name": lambda size: "".join(f"- [Bramble](https://a{at}.dev/) - A tool.\n" for at in range(size)),
    "repositories of one name": lambda size: "".join(
        f"- [Bramble](https://github.com/a{at}/bramble) - A tool of kind {at}.\n" for at in range(size)
    ),
    "tools with things between": lambda size: (
        "- [Bramble](https://a.dev/) - " + "Kubernetes for tidy Jenkins while " * size
    ),
    "names in one text": lambda size: "- [Bramble](https://a.dev/) - Runs on " + "Kubernetes, Jenkins and " * size,
    "unknown names in a row": lambda size: (
        "- [Bramble](https://a.dev/) - Shows Jenkins, " + "".join(f"Tide{at}Kit, Docker, " for at in range(size))
    ),
    "capitals in one text": lambda size: "- [Bramble](https://a.dev/) - A fork of " + "Tide Wheel and " * size,
    "makers in one title": lambda size: f"- [{'Rivers by Google and ' * size}](https://a.dev/rivers.html) - A text.\n",
    "uses in one text": lambda size: "- [Bramble](https://a.dev/) - " + "Makes using Redis by a Google " * size,
    "makers that are linked": lambda size: "- [Bramble](https://a.dev/) - Made " + "by [Tide](https://b.dev/x) " * size,
    "addresses in one title": lambda size: (
        f"- [{'Rivers https://a.dev/x ' * size}](https://b.dev/rivers.html) - A text.\n"
    ),
    "systems in brackets": lambda size: "- [Bramble](https://a.dev/) - A pipeline" + " (iOS)" * size,
    "authors behind a title": lambda size: (
        "- [On Rivers](https://a.dev/rivers.pdf), " + "Ada Fern, Bo Roe, WaterConf, 2021, " * size
    ),
    "authors of one text": lambda size: (
        "- [On Rivers](https://a.dev/x/rivers.html) - " + "Ada Fern, Steve Song, " * size
    ),
    "guests in one title": lambda size: f"- [{'Rivers with Ada Fern, ' * size}](https://www.youtube.com/watch?v=a)\n",
    "stages in one text": lambda size: (
        "- [On Rivers](https://www.youtube.com/watch?v=a) - " + "Ada Fern @ Tide Conf 2019 at Rill Week 2020, " * size
    ),
    "letters of other languages": lambda size: (
        "- [Bramble](https://a.dev/) - A tool by " + "šŠ" * 4 * size + " of Bramble."
    ),
    "names joined by signs": lambda size: "- [Bramble](https://a.dev/) - " + "Redis+" * 8 * size,
    "names behind hyphens": lambda size: "- [Bramble](https://a.dev/) - " + "Redis-Redis " * 8 * size,
    "dots before names": lambda size: "- [Bramble](https://a.dev/) - A " + "wrapper for Node.js and " * 4 * size,
    "people and names in one text": lambda size: "- [Bramble](https://a.dev/) - " + "By Ada Fern. . . " * 4 * size,
    "properties behind an entry": lambda size: (
        "- [Bramble](https://a.dev/) - A tool.\n" + "- Author: Ada Fern\n" * size
    ),
    "brackets behind a name": lambda size: "- [Bramble](https://a.dev/) " + "(Rust) " * size + "- A tool.",
    "names that are linked": lambda size: (
        "- [Bramble](https://a.dev/) - Works with " + "[Redis](https://b.dev/), [Kafka](https://c.dev/), " * size
    ),
    "entries in one item": lambda size: (
        "- " + ", ".join(f"[Bramble{at}](https://b{at}.dev/)" for at in range(size)) + " - Tools for Kafka.\n"
    ),
    "entries in one paragraph": lambda size: "".join(f"[Tide{at}](https://t{at}.dev/)\n" for at in range(size)),
    "entries in one cell": lambda size: (
        "| Tools | Language |\n| --- | --- |\n| "
        + ", ".join(f"[Bramble{at}](https://b{at}.dev/)" for at in range(size))
        + " | Rust |\n"
    ),
    "names and paragraphs": lambda size: "".join(
        f"\n**Bramble{at}**\n\nA tool for Kafka. [link](https://b{at}.dev/)\n" for at in range(size)
    ),
    "names before their links": lambda size: "".join(
        f"- Bramble{at} - A tool for Kafka. [link](https://bramble{at}.dev/)\n" for at in range(size)
    ),
    "lines of one entry": lambda size: "- [Bramble](https://a.dev/) - Works with\n" + "  Redis, Kafka and\n" * size,
    "lines of one link": lambda size: "- [" + "Brambles of\n  Kafka and " * size + "tides](https://a.dev/)\n",
    "capitals before a row": lambda size: (
        "- [Bramble](https://a.dev/) - " + "TideKit, MillKit, " * size + "Redis, Kafka.\n"
    ),
    "links in one entry": lambda size: "- [Bramble](https://a.dev/) - By " + "[Tide](https://b.dev/x), " * size,
    "sentences that open with names": lambda size: "- [Bramble](https://a.dev/) - " + "React, Redux. " * size,
    "plugins of a host": lambda size: (
        "## Jekyll plugins\n" + "".join(f"- [mill-b{at}](https://b.dev/{at}) - Not for Jekyll.\n" for at in range(size))
    ),
    "joints before a second link": lambda size: f"- [Bramble](https://b.dev/){' · ' * size}x [Tide](https://t.dev/)\n",
    "short codes": lambda size: f"{':+:' * size} a [Bramble](https://b.dev/) - A tool.\n" * 2,
    "joints in a row of names": lambda size: (
        f"- [Bramble](https://b.dev/) - Works with Kafka {'and ' * size}x Redis.\n"
    ),
    "words in code": lambda size: "- [Bramble](https://b.dev/) - A tool " + "`go` " * size,
    "brackets that nothing closes": lambda size: "- [Bramble](https://b.dev/) - " + "[" * (8 * size),
    "languages spelt small": lambda size: "- [Bramble](https://b.dev/) - " + "Written in rust, " * size,
    "names that are used": lambda size: f"- [How Alder Bakery uses {'Kafka and Redis, ' * size}](https://a.dev/)\n",
    "names spelt small": lambda size: "- [Bramble](https://b.dev/) - Works with " + "gulp, Redis, " * size,
    "references": lambda size: "".join(
        f"- On Kites Number {at} Aloft, Maria Fernwick, Peter Alderton, FooConf 2019 [[pdf](https://a.dev/{at})]\n"
        for at in range(size)
    ),
    "headings": lambda size: "".join(f"## Topic {at}\n- [B{at}](https://b.dev/{at})\n" for at in range(size)),
    "headings in headings": lambda size: "".join(
        f"{'#' * (2 + at % 5)} Topic {at}\n- [B{at}](https://b.dev/{at})\n" for at in range(size)
    ),
    "parts of parts": lambda size: "".join(  # the names grow too: four times the text is twice the entries
        f"- [A{' B' * at}](https://a.dev/{at}) - A tool.\n" for at in range(isqrt(64 * size))
    ),
}


def seconds(text: str) -> float:
    """The processor time to build a list and to write it in every format but the HTML view."""

    def work() -> None:
        built = build([Document("list.md", TITLE + text)], VOCABULARY)
        for name, exporter in EXPORTERS.items():
            if name != "html":
                exporter.write(built, VOCABULARY, BytesIO())

    return processor_seconds(work)


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_list_takes_about_four_times_the_time(shape: str) -> None:
    make = SHAPES[shape]
    ratios = []
    for _ in range(3):
        idle = min(seconds("") for _ in range(2))  # what every build takes: reading the rules and the shapes
        size = SIZE
        while (small := seconds(make(size)) - idle) < idle:  # less would be lost in what a busy machine adds
            size *= 2
        ratios.append((seconds(make(size * TIMES)) - idle) / small)
        if ratios[-1] < 2 * TIMES:  # half-way between linear time (4) and quadratic time (16)
            return
    pytest.fail(f"{TIMES} times the list takes {', '.join(f'{ratio:.1f}' for ratio in ratios)} times the time")
