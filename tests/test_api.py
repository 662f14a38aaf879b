"""The page on the Python interface: it says what the docstrings say now."""

from __future__ import annotations

import sys

from conftest import CHECKOUT

sys.path.insert(0, str(CHECKOUT / "scripts"))

import api
import linkatlas


def test_the_page_is_what_the_docstrings_say() -> None:
    assert api.PAGE.read_text("utf-8") == api.page(), "if this is as it should be: python3 scripts/api.py"


def test_the_page_has_everything_that_is_offered() -> None:
    text = api.PAGE.read_text("utf-8")
    members = [name for name in vars(linkatlas.Atlas) if not name.startswith("_")]
    assert all(f"### `.{name}" in text for name in members)
    assert all(f"`linkatlas.{name}(" in text for name in linkatlas.__all__ if name.islower() and name[0] != "_")
    assert "`line` (int): The line of the entry or heading that says it; 0 for what was inferred." in text
