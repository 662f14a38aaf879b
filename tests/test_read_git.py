"""A file of a git checkout knows its commit, and the page that shows it there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from linkatlas.read import read

LIST = "# Tools\n- [Flyte](https://flyte.org) - by Lyft\n"


def write(folder: Path, *names: str, text: str = LIST) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with one commit that origin/main holds too."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    write(tmp_path, "README.md", "docs/a list.md")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=x")
    git(tmp_path, "remote", "add", "origin", "git@github.com:lyft/lists.git")
    git(tmp_path, "update-ref", "refs/remotes/origin/main", "HEAD")
    return tmp_path


def git(folder: Path, *words: str) -> str:
    who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
    return subprocess.run(["git", *who, *words], cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


def test_a_checkout_points_to_the_line_at_its_commit(checkout: Path) -> None:
    commit = git(checkout, "rev-parse", "HEAD")
    first, second = read(str(checkout))
    assert (first.commit, second.commit) == (commit, commit)
    assert first.url == f"https://github.com/lyft/lists/blob/{commit}/README.md?plain=1"
    assert second.url == f"https://github.com/lyft/lists/blob/{commit}/docs/a%20list.md?plain=1"
    [alone] = read(str(checkout / "docs" / "a list.md"))
    assert alone.url == second.url


def test_a_changed_file_is_at_no_commit(checkout: Path) -> None:
    write(checkout, "README.md", text=LIST + "- more\n")
    write(checkout, "new.md")
    assert [bool(document.commit) for document in read(str(checkout))] == [False, False, True]


def test_other_line_ends_are_no_change(checkout: Path) -> None:
    (checkout / "README.md").write_bytes(LIST.replace("\n", "\r\n").encode())
    [document] = read(str(checkout / "README.md"))
    assert document.commit and document.text == LIST


def test_a_commit_that_no_server_has_gets_no_address(checkout: Path) -> None:
    git(checkout, "commit", "--quiet", "--allow-empty", "--message=y")
    [document] = read(str(checkout / "README.md"))
    assert document.commit == git(checkout, "rev-parse", "HEAD")
    assert document.url == ""


@pytest.mark.parametrize(
    ("remote", "start"),
    [
        ("https://github.com/lyft/lists", "https://github.com/lyft/lists/blob/"),
        ("https://user:secret@github.com/lyft/lists.git/", "https://github.com/lyft/lists/blob/"),
        ("ssh://git@gitlab.com:22/a/b/c.git", "https://gitlab.com/a/b/c/-/blob/"),
        ("git@codeberg.org:a/b.git", "https://codeberg.org/a/b/src/commit/"),
        ("https://git.example.org/a/b", ""),
        ("../elsewhere", ""),
    ],
)
def test_remotes(checkout: Path, remote: str, start: str) -> None:
    git(checkout, "remote", "set-url", "origin", remote)
    [document] = read(str(checkout / "README.md"))
    assert document.url.startswith(start) and bool(document.url) == bool(start)
    assert "secret" not in document.url


def test_a_checkout_without_a_commit_or_a_working_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "list.md")
    (tmp_path / ".git").mkdir()
    assert [document.commit for document in read(str(tmp_path))] == [""]
    monkeypatch.setenv("PATH", "")
    assert [document.commit for document in read(str(tmp_path))] == [""]


def test_the_repository_of_a_hook_is_not_the_lists(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    commit = git(checkout, "rev-parse", "HEAD")
    monkeypatch.setenv("GIT_DIR", str(checkout / "nowhere"))
    assert [document.commit for document in read(str(checkout))] == [commit, commit]


def test_settings_of_a_checkout_start_no_program(checkout: Path) -> None:
    (checkout / "run.sh").write_text("#!/bin/sh\ntouch ran\n", encoding="utf-8")
    (checkout / "run.sh").chmod(0o755)
    for name in ("core.fsmonitor", "core.sshCommand", "diff.external", "core.pager"):
        git(checkout, "config", name, str(checkout / "run.sh"))
    assert len(list(read(str(checkout)))) == 2
    assert not (checkout / "ran").exists()
