"""``nodes.csv`` and ``statements.csv``: the graph as two flat tables, for spreadsheets, pandas and the scorer.

UTF-8, comma-separated, quoted as RFC 4180 has it, ``\\n`` line ends, one header row, rows in the graph's order. Three
things are written otherwise than they were read:

- *A cell that a spreadsheet would run as a formula* gets a leading apostrophe, as OWASP advises: one that begins with
  ``= + - @`` (also full width, also after spaces), a tab or a line break. An IRI or URL never begins so; of names and
  quotes very few do. A text that already begins with apostrophes and then one of these gets one more, so that the
  exact text is had back by dropping the first.
- *A separator inside a part*: a ``|`` in an alias or a topic's name becomes ``¦``; a space in a URL or a list's path
  becomes ``%20`` in the columns ``urls`` and ``listed_at`` (other white space likewise).
- *What no CSV reader takes*: NUL becomes U+FFFD, and a lone surrogate a question mark.

RFC 4180: https://www.rfc-editor.org/rfc/rfc4180, formulas: https://owasp.org/www-community/attacks/CSV_Injection
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import quote

from . import utf8

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..model import Build, Graph, Place
    from ..vocabulary import Vocabulary

NODE_COLUMNS = ("iri", "label", "class", "aliases", "urls", "listed_at", "topics")
STATEMENT_COLUMNS = (
    "subject",
    "predicate",
    "object",
    "subject_label",
    "object_label",
    "source",
    "line",
    "quote",
    "rule",
    "confidence",
)

_FORMULA = re.compile(r"'*(\s*[=+\-@＝＋－＠]|[\t\r\n])")

_SPACE = re.compile(r"\s")
_QUOTED = re.compile(r'["\r\n]')
"""What a cell is quoted for, beside the comma."""


def write_nodes(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:
    """Write ``nodes.csv``: one row a node, in the order of their IRIs.

    A topic has no place of its own in ``listed_at``: the lines that it is known from are headings, and no entries.
    """
    topics = _topics(build.graph)
    kinds = {node.cls for node in build.graph.nodes}
    unplaced = {cls for cls in kinds if vocabulary.is_a(cls, "atlas:Topic")}
    rows = (
        (
            node.iri,
            node.label,
            node.cls,
            _joined(node.aliases),
            " ".join(map(_solid, node.urls)),
            "" if node.cls in unplaced else " ".join(map(place, node.listed_at)),
            _joined(topics.get(node.iri, ())),
        )
        for node in build.graph.nodes
    )
    _write(NODE_COLUMNS, rows, out)


def write_statements(build: Build, vocabulary: Vocabulary, out: BinaryIO) -> None:  # noqa: ARG001
    """Write ``statements.csv``: one row a reading, and one for each inferred fact, which has neither list nor line."""
    graph = build.graph
    labels = {node.iri: node.label for node in graph.nodes}
    rows = (
        (
            subject,
            predicate,
            value,
            labels.get(subject, ""),
            labels.get(value, ""),
            said.source,
            str(said.line or ""),
            said.quote,
            said.rule,
            str(said.confidence),
        )
        for subject, predicate, value, said in graph.told
    )
    _write(STATEMENT_COLUMNS, rows, out)


def cell(text: str) -> str:
    """Return a text as a cell that no spreadsheet runs.

    >>> cell("=HYPERLINK(0)"), cell("@foo"), cell("-dash"), cell("a-b"), cell("https://example.org/=1")
    ("'=HYPERLINK(0)", "'@foo", "'-dash", 'a-b', 'https://example.org/=1')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def place(listed: Place) -> str:
    """Return a line of a list as one word.

    >>> from linkatlas.model import Place
    >>> place(Place("my lists/mlops.md", 26))
    'my%20lists/mlops.md#L26'
    """
    return f"{_solid(listed.source)}#L{listed.line}"


def _write(columns: Sequence[str], rows: Iterable[Sequence[str]], out: BinaryIO) -> None:
    with utf8(out) as file:
        file.write(f"{','.join(columns)}\n")
        # Nearly every cell begins with a letter or a digit, which is much faster to tell.
        cells = ([text if text[:1].isalnum() else cell(text) for text in row] for row in rows)
        file.writelines(map(_line, cells))


def _line(cells: Sequence[str]) -> str:
    r"""Return a row as a line; `csv.writer` takes twice as long, for it looks up each character.

    >>> _line(["a", "b, c", ""])
    'a,"b, c",\n'
    """
    line = ",".join(cells)
    if line.count(",") >= len(cells) or _QUOTED.search(line):
        line = ",".join([_quoted(text) if "," in text or _QUOTED.search(text) else text for text in cells])
    return f"{line}\n".replace("\0", "\ufffd")


def _quoted(text: str) -> str:
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def _topics(graph: Graph) -> dict[str, list[str]]:
    """Return the labels of the topics that each node is directly in, sorted."""
    labels = {node.iri: node.label for node in graph.nodes}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for statement in graph.statements:
        if statement.predicate == "atlas:inTopic":
            found[statement.subject].add(labels.get(statement.object, statement.object))
    return {iri: sorted(topics) for iri, topics in found.items()}


def _joined(names: Iterable[str]) -> str:
    return "|".join(name.replace("|", "¦") for name in names)


def _solid(text: str) -> str:
    """Return a path or URL without white space, which separates it from the next."""
    return _SPACE.sub(lambda found: quote(found[0]), text)
