"""Which files git would not see: the rules of ``.gitignore`` files (gitignore(5)), nearest first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

Rules = tuple[tuple[Path, "GitIgnoreSpec"], ...]
"""Folders with the patterns of their ``.gitignore``, outermost first."""

_LARGEST = 1024 * 1024


def rules_in(folder: Path) -> Rules:
    """Return the rules of a folder's own ``.gitignore``; none where there is none that can be read."""
    try:
        with (folder / ".gitignore").open("rb") as stream:
            text = stream.read(_LARGEST).decode("utf-8", "replace")
    except OSError:
        # Git goes on without a file of rules that it cannot read, too.
        return ()
    return ((folder, _compiled(text.splitlines())),)


def rules_above(folder: Path) -> Rules:
    """Return the rules of the folders around a folder, an absolute path, up to the top of its git checkout.

    None where they ignore the folder itself: who names it wants it read.
    """
    around = [folder, *folder.parents]
    top = next((at for at, parent in enumerate(around) if (parent / ".git").exists()), 0)
    rules: Rules = ()
    for at in range(top, 0, -1):
        rules = (*rules, *rules_in(around[at]))
        if ignored(rules, around[at - 1], folder=True):
            return ()
    return rules


def ignored(rules: Rules, path: Path, folder: bool = False) -> bool:
    """Whether the rules of the folders around a path ignore it; those folders themselves are taken to be seen."""
    for base, patterns in reversed(rules):
        inside = path.relative_to(base).as_posix() + ("/" if folder else "")
        verdict = patterns.check_file(inside).include
        if verdict is not None:
            return verdict
    return False


def _compiled(lines: list[str]) -> GitIgnoreSpec:
    # Loading it takes 40 ms: only who meets a .gitignore pays for it.
    from pathspec import GitIgnoreSpec

    kept = []
    for line in lines:
        try:
            GitIgnoreSpec.from_lines([line])
        except ValueError:
            # Git passes over a pattern that it does not understand.
            continue
        kept.append(line)
    return GitIgnoreSpec.from_lines(kept)
