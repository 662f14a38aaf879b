"""Write ``docs/api.md`` from the docstrings of what the package offers in Python: ``python3 scripts/api.py``.

``tests/test_api.py`` fails where the page and the docstrings differ.
"""

from __future__ import annotations

import inspect
import re
import sys
import textwrap
from pathlib import Path

import environment

PAGE = environment.CHECKOUT / "docs" / "api.md"
HEAD = """# linkatlas in Python

This page is made from the docstrings by `python3 scripts/api.py`. Every example is run by the tests.

"""


def page() -> str:
    """Return the page: the functions of the package, its `Atlas`, then the records that these give."""
    import linkatlas
    from linkatlas import errors, model
    from linkatlas.query.rows import Rows

    parts = [HEAD, _function(linkatlas.build, "linkatlas."), _function(linkatlas.load, "linkatlas.")]
    parts += [_class(linkatlas.Atlas), _class(Rows)]
    parts += [_record(record) for record in (model.Node, model.Statement, model.Evidence, model.Place)]
    parts.append("## Errors\n\n")
    for error in (errors.LinkatlasError, errors.UsageError, errors.QueryError, errors.InputError, errors.NetworkError):
        base = error.__bases__[0].__name__
        parts.append(f"- **`{error.__name__}`** (a `{base}`): {_text(error).splitlines()[0]}\n")
    return "".join(parts)


def _function(function: object, prefix: str, level: str = "##") -> str:
    name = getattr(function, "__name__", "")
    signature = inspect.signature(function)  # type: ignore[arg-type]
    kept = [each for each in signature.parameters.values() if each.name != "self"]
    # Annotations are kept as texts, and a text's signature has quotes around them.
    shown = re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(signature.replace(parameters=kept)))
    return f"{level} `{prefix}{name}{shown}`\n\n{_text(function)}\n\n"


def _class(cls: type) -> str:
    parts = [f"## `{cls.__name__}`\n\n{_text(cls)}\n\n"]
    for name, member in vars(cls).items():
        if name.startswith("_"):
            continue
        if isinstance(member, property):
            kind = inspect.signature(member.fget).return_annotation if member.fget else ""
            parts.append(f"### `.{name}: {kind}`\n\n{_text(member)}\n\n")
        elif inspect.isfunction(member):
            parts.append(_function(member, ".", "###"))
    return "".join(parts)


def _record(cls: type) -> str:
    """Return a record's fields, each with the text below it in the source where there is one."""
    lines = [f"## `{cls.__name__}`\n\n{_text(cls)}\n"]
    source = inspect.getsource(cls)
    for name, kind in cls.__annotations__.items():
        said = re.search(rf'^    {name}: .*\n    """((?:.|\n)*?)"""', source, re.MULTILINE)
        words = f": {_prose(inspect.cleandoc(said[1]))}" if said else ""
        lines.append(f"- `{name}` ({getattr(kind, '__forward_arg__', kind)}){words}")
    return "\n".join(lines) + "\n\n"


def _text(thing: object) -> str:
    """Return a docstring as Markdown: its examples as blocks of Python, its marks of code as Markdown's."""
    text = inspect.getdoc(thing) or ""
    prose: list[str] = []
    examples: list[str] = []
    for block in re.split(r"\n\s*\n", text):
        (examples if block.lstrip().startswith(">>>") else prose).append(textwrap.dedent(block))
    parts = [_prose(block) for block in prose]
    parts += [f"```python\n{block}\n```" for block in examples]
    return "\n\n".join(parts)


def _prose(text: str) -> str:
    return " ".join(text.replace("``", "`").split())


if __name__ == "__main__":
    if Path(sys.prefix) != environment.VENV:
        sys.exit(environment.run(__file__))
    PAGE.write_text(page(), encoding="utf-8")
