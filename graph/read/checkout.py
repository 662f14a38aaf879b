"""Files of a local git checkout: which commit they are at, and where that commit shows them on the web."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PAGES = {
    "github.com": "https://github.com/{repository}/blob/{commit}/{path}?plain=1",
    "gitlab.com": "https://gitlab.com/{repository}/-/blob/{commit}/{path}?plain=1",
    "codeberg.org": "https://codeberg.org/{repository}/src/commit/{commit}/{path}?display=source",
}
"""The page that shows a file at a commit, as source: ``#L12`` behind it is the twelfth line."""

_REMOTE = re.compile(r"(?:(?:https?|ssh|git)://(?:[^@/]*@)?|[^@/]+@)([\w.-]+)(?::\d+)?[:/](.+?)(?:\.git)?/?$")
_ELSEWHERE = {"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_NAMESPACE", "GIT_OBJECT_DIRECTORY", "GIT_WORK_TREE"}
"""Variables that turn git to another repository: hooks run with them set."""

_SECONDS = 10


class Committed(NamedTuple):
    """A file as a commit holds it."""

    blob: str
    """The hash of its content."""
    commit: str
    url: str
    """The page that shows it at that commit; empty where no public page is known."""

    def is_of(self, data: bytes) -> bool:
        """Whether the file still has the commit's content, but for line ends."""
        return self.blob in (_hash(data, self.blob), _hash(data.replace(b"\r\n", b"\n"), self.blob))


def page(host: str, repository: str, commit: str, path: str) -> str:
    """Return the address of a file at a commit, "" for a host that is not known.

    >>> page("github.com", "a/b", "c0ffee", "docs/a list.md")
    'https://github.com/a/b/blob/c0ffee/docs/a%20list.md?plain=1'
    """
    from urllib.parse import quote

    return PAGES.get(host, "").format(repository=quote(repository), commit=commit, path=quote(path))


def committed(paths: Sequence[Path]) -> list[Committed | None]:
    """Return, for each path, what the commit that is checked out says of it; None where there is none.

    Git is asked once a checkout. A file is no worse read without it: every failure gives None.
    """
    tops: dict[Path, Path | None] = {}
    groups: dict[Path, list[tuple[int, str]]] = {}
    for at, path in enumerate(paths):
        real = path.resolve()
        if real.parent not in tops:
            tops[real.parent] = next((up for up in real.parents if (up / ".git").exists()), None)
        top = tops[real.parent]
        if top is not None:
            groups.setdefault(top, []).append((at, real.relative_to(top).as_posix()))
    found: list[Committed | None] = [None] * len(paths)
    for top, members in groups.items():
        for (at, _), commit in zip(members, _in_checkout(top, [name for _, name in members]), strict=True):
            found[at] = commit
    return found


def _in_checkout(top: Path, names: list[str]) -> list[Committed | None]:
    commit = _git(top, "rev-parse", "--verify", "--quiet", "HEAD").strip()
    asked = [name for name in names if "\n" not in name]
    answers = _git(top, "cat-file", "--batch-check", lines=[f"{commit}:{name}" for name in asked]).splitlines()
    if not commit or len(answers) != len(asked):
        return [None] * len(names)
    blobs = dict(zip(asked, answers, strict=True))
    host, repository = _published(top, commit)
    result: list[Committed | None] = []
    for name in names:
        kind = blobs.get(name, "").split(" ")
        if len(kind) == 3 and kind[1] == "blob":
            result.append(Committed(kind[0], commit, page(host, repository, commit, name)))
        else:
            result.append(None)
    return result


def _published(top: Path, commit: str) -> tuple[str, str]:
    """Return the host and the repository that hold the commit; two empty strings where no public one does."""
    if not _git(top, "for-each-ref", "--count=1", f"--contains={commit}", "--format=x", "refs/remotes"):
        return "", ""
    remote = _REMOTE.match(_git(top, "config", "--get", "remote.origin.url").strip())
    return (remote[1].lower(), remote[2]) if remote else ("", "")


def _git(top: Path, *words: str, lines: Sequence[str] = ()) -> str:
    """Return what git answers, "" where it fails. A checkout's own settings start no program and call no server."""
    settings = ["-c", "core.fsmonitor=false", "-c", "protocol.allow=never"]
    outside = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    quiet = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_NO_LAZY_FETCH": "1"}
    try:
        done = subprocess.run(
            ["git", "-C", str(top), *settings, *words],
            input=os.fsencode("".join(f"{line}\n" for line in lines)),
            capture_output=True,
            timeout=_SECONDS,
            check=False,
            env=outside | quiet,
        )
    except (OSError, subprocess.TimeoutExpired):
        # No git on this machine, or one that hangs: the list is read as any other file.
        return ""
    return os.fsdecode(done.stdout) if done.returncode == 0 else ""


def _hash(data: bytes, like: str) -> str:
    """Return the hash under which git keeps a file: SHA-1, or SHA-256 in repositories that use it."""
    import hashlib

    head = b"blob %d\0" % len(data)
    return hashlib.new("sha256" if len(like) == 64 else "sha1", head + data, usedforsecurity=False).hexdigest()
