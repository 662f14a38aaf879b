"""The package in Python: what it exports, and a build in a notebook."""

from __future__ import annotations

from pathlib import Path

import pytest

import linkatlas
from linkatlas import Atlas, build
from linkatlas.errors import InputError


def test_the_package_offers_what_it_says() -> None:
    assert linkatlas.__all__ == ["Atlas", "__version__", "build"]
    assert all(getattr(linkatlas, name) for name in linkatlas.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = linkatlas.nothing


def test_a_build_shows_itself_in_a_notebook(tmp_path: Path) -> None:
    source = tmp_path / "list.md"
    source.write_text(
        "# Awesome Pipelines\n\n- [Tidewheel](https://tidewheel.dev/) - A scheduler, written in Go.\n", "utf-8"
    )
    atlas = build(str(source))
    assert isinstance(atlas, Atlas)
    assert "Tidewheel" in {node.label for node in atlas.nodes}
    assert "atlas:implementedIn" in {edge.predicate for edge in atlas.edges}
    assert atlas._repr_html_().startswith("<iframe ")
    assert atlas.html().lower().startswith("<!doctype html>")


def test_a_source_that_cannot_be_read_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        build(str(tmp_path / "missing.md"))
