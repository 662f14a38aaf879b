"""Every example in a docstring of the package is run, under the name that the module is imported by."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import linkatlas

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(linkatlas.__path__, "linkatlas.")
    if not module.name.endswith(".__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_docstrings_hold(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0, f"{result.failed} of {result.attempted} examples of {name} fail; see the output above"
