"""The view as ``graph.html``: one file that opens by double click, offline, in any current browser."""

from __future__ import annotations

from typing import BinaryIO

from ..model import Build
from ..view.page import page
from ..vocabulary import Vocabulary


def write(build: Build, vocabulary: Vocabulary, file: BinaryIO) -> None:
    """Write the HTML view of a build to a binary file, in UTF-8."""
    file.write(page(build, vocabulary).encode("utf-8", "replace"))
