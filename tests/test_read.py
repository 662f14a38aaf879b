"""Every kind of source gives its lists, and every kind of fault one clear sentence."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkatlas.errors import InputError, LinkatlasError
from linkatlas.model import Document
from linkatlas.read import built_in, read, read_all
from linkatlas.read.decode import decode
from linkatlas.read.formats import media_type, sniff
from linkatlas.read.settings import LIMITS

LIST = "# Tools\n- [Flyte](https://flyte.org) - by Lyft\n"


def texts(source: str | Path) -> dict[str, str]:
    return {document.source: document.text for document in read(str(source))}


def refused(source: str | Path) -> str:
    with pytest.raises(InputError) as caught:
        list(read(str(source)))
    return str(caught.value)


def write(folder: Path, *names: str, text: str = LIST) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


# Files


def test_a_file_is_read_under_the_name_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "list.md")
    monkeypatch.chdir(tmp_path)
    assert list(read("list.md")) == [Document("list.md", LIST, "text/markdown")]
    assert list(read("./list.md")) == [Document("./list.md", LIST, "text/markdown")]


def test_the_built_in_list_is_there() -> None:
    assert built_in().text.startswith("# General Articles")
    assert built_in().source == "linkatlas/lists/mlops.md"


ENCODED = {
    "utf-8": LIST.encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + "é\n".encode(),
    "utf-16 with a mark": "é\n".encode("utf-16"),
    "utf-16-be with a mark": b"\xfe\xff" + "é\n".encode("utf-16-be"),
    "utf-32 with a mark": "é\n".encode("utf-32"),
    "utf-16-le": ("é" + LIST).encode("utf-16-le"),
    "utf-16-be": ("é" + LIST).encode("utf-16-be"),
    "latin-1": "é\n".encode("latin-1"),
    "windows-1252": "é “quoted”\n".encode("cp1252"),
    "a byte that windows-1252 lacks": "é\x81\n".encode("latin-1"),
    "utf-8 with a broken byte": "é ü ö \n".encode() + b"\xff",
    "declared in the text": '<meta charset="windows-1251"><p>привет'.encode("cp1251"),
    "declared badly": '<meta charset="rot13"><p>é'.encode("latin-1"),
}


@pytest.mark.parametrize("name", ENCODED)
def test_every_usual_encoding_is_read(tmp_path: Path, name: str) -> None:
    (tmp_path / "list.md").write_bytes(ENCODED[name])
    [text] = texts(tmp_path / "list.md").values()
    assert ("привет" if "text" in name else "Flyte" if name == "utf-8" else "é") in text
    assert not text.startswith("\ufeff")


def test_line_ends_become_newlines_and_lines_stay_right(tmp_path: Path) -> None:
    (tmp_path / "list.md").write_bytes(b"one\r\ntwo\rthree\n\x0cfour\xc2\x85")
    assert list(texts(tmp_path / "list.md").values()) == ["one\ntwo\nthree\n\x0cfour\x85"]


@given(st.binary(max_size=300))
def test_any_bytes_are_text_or_one_sentence(data: bytes) -> None:
    try:
        text = decode(data, "list.md")
    except InputError as error:
        assert str(error).startswith("list.md: ") and "\n" not in str(error)
    else:
        assert "\0" not in text and "\r" not in text and text.strip()


@given(st.text(alphabet=st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), min_size=1))
def test_utf_8_comes_back_unchanged(text: str) -> None:
    marked = "# List\n" + text
    assert decode(marked.encode(), "list.md") == marked
    assert decode(marked.encode("utf-16"), "list.md") == marked


# Faults of files, one sentence each


def test_a_missing_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.md") == f"{tmp_path}/no.md: no such file or folder"
    assert refused("github.com/a/b").endswith("no such file or folder (did you mean https://github.com/a/b?)")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \n\n"])
def test_an_empty_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "list.md").write_bytes(data)
    assert refused(tmp_path / "list.md") == f"{tmp_path}/list.md: the file is empty"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", "a picture"),
        (b"%PDF-1.7 text", "a PDF"),
        (b"PK\x03\x04", "a ZIP archive or an office document"),
        (bytes(range(256)) * 9, "a binary file"),
        (b"text\0text", "a binary file"),
        (b"\xff\x01\x02\x03\x04\x05" * 30, "a binary file"),
    ],
)
def test_a_binary_file(tmp_path: Path, data: bytes, kind: str) -> None:
    (tmp_path / "list.md").write_bytes(data)
    assert refused(tmp_path / "list.md") == f"{tmp_path}/list.md: this is {kind}, not a list in text"


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    write(tmp_path, "list.md")
    (tmp_path / "list.md").chmod(0)
    assert refused(tmp_path / "list.md") == f"{tmp_path}/list.md: no permission to read it"


def test_no_permission_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "list.md")

    def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbid)
    assert refused(tmp_path / "list.md") == f"{tmp_path}/list.md: no permission to read it"


def test_a_line_of_a_hundred_megabytes(tmp_path: Path) -> None:
    with (tmp_path / "list.md").open("wb") as stream:
        stream.truncate(100_000_000)
    assert refused(tmp_path / "list.md") == f"{tmp_path}/list.md: larger than the 64 MiB that one list may have"


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_without_an_end() -> None:
    source = read("/dev/zero", limits=LIMITS._replace(size=1000))
    with pytest.raises(InputError, match="larger than the 1000 bytes"):
        next(source)


def test_a_link_to_itself(tmp_path: Path) -> None:
    (tmp_path / "list.md").symlink_to("list.md")
    assert "too many levels" in refused(tmp_path / "list.md")


@pytest.mark.parametrize("name", ["", "a\0b"])
def test_a_name_that_is_none(name: str) -> None:
    assert "not the name of a file" in refused(name)


def test_a_name_that_is_too_long() -> None:
    assert "too long" in refused("a" * 5000)


# Standard input


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert list(read_all(["-", "-"])) == [Document("-", LIST, "text/markdown")]


def test_standard_input_that_is_empty_or_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert refused("-") == "-: the file is empty"
    monkeypatch.setattr(sys, "stdin", None)
    assert refused("-") == "-: standard input is closed"


# Folders and globs


def test_a_folder_gives_its_lists_sorted(tmp_path: Path) -> None:
    write(tmp_path, "b/list.md", "a.md", "c.HTML", "b/deep/er/x.rst", "notes.txt", "LICENSE.md", "b/CONTRIBUTING.md")
    write(tmp_path, ".hidden/list.md", "code.py", "b/.dot.md")
    write(tmp_path, "empty.md", text="")
    names = ["a.md", "c.HTML", "b/list.md", "b/deep/er/x.rst"]
    assert list(texts(tmp_path)) == [f"{tmp_path}/{name}" for name in names]


def test_data_that_is_no_list_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "package.json", text='{"name": "left-pad", "homepage": "https://a.example"}')
    write(tmp_path, "sums.csv", text="a,b\n1,2\n")
    write(tmp_path, "ci.yml", text="jobs:\n  url: x\n")
    assert "no list in this folder (looked for .csv, .htm, .html" in refused(tmp_path)
    write(tmp_path, "links.json", text='[{"name": "Flyte", "url": "https://flyte.org"}]')
    write(tmp_path, "links.csv", text="name,url\nFlyte,https://flyte.org\n")
    write(tmp_path, "landscape.yml", text="landscape:\n  - category:\n")
    assert [Path(name).name for name in texts(tmp_path)] == ["landscape.yml", "links.csv", "links.json"]
    assert texts(tmp_path / "package.json")


def test_gitignore_is_respected(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "draft.md", "build/x.md", "sub/draft.md", "sub/keep.md", "sub/gone.md", "vendor/v.md")
    (tmp_path / ".gitignore").write_text("draft.md\n/build/\nvendor/\n!\n", encoding="utf-8")
    (tmp_path / "sub" / ".gitignore").write_text("!draft.md\ngone.md\n", encoding="utf-8")
    seen = ["a.md", "sub/draft.md", "sub/keep.md"]
    assert [name.removeprefix(f"{tmp_path}/") for name in texts(tmp_path)] == seen
    assert [name.removeprefix(f"{tmp_path}/") for name in texts(tmp_path / "**" / "*.md")] == seen
    assert texts(tmp_path / "draft.md"), "a file that is named is read"


def test_rules_above_a_folder_count_within_its_checkout(tmp_path: Path) -> None:
    write(tmp_path, "sub/draft.md", "sub/a.md", "out/b.md")
    (tmp_path / ".gitignore").write_text("draft.md\nout/\n", encoding="utf-8")
    assert len(texts(tmp_path / "sub")) == 2
    (tmp_path / ".git").mkdir()
    assert list(texts(tmp_path / "sub")) == [f"{tmp_path}/sub/a.md"]
    assert list(texts(tmp_path / "out")) == [f"{tmp_path}/out/b.md"], "a folder that is named is read"


def test_loops_of_folders_end(tmp_path: Path) -> None:
    write(tmp_path, "a/list.md")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "a" / "self.md").symlink_to("self.md")
    assert list(texts(tmp_path)) == [f"{tmp_path}/a/list.md"]


def test_globs(tmp_path: Path) -> None:
    write(tmp_path, "b.md", "a.md", "c.txt", "sub/d.md", "sub/deep/e.md", "[x].md", "png")
    cut = len(f"{tmp_path}/")
    found = {
        "*.md": ["[x].md", "a.md", "b.md"],
        "*": ["[x].md", "a.md", "b.md"],
        "*.txt": ["c.txt"],
        "**/*.md": ["[x].md", "a.md", "b.md", "sub/d.md", "sub/deep/e.md"],
        "s*/?.md": ["sub/d.md"],
        "**": ["[x].md", "a.md", "b.md", "sub/d.md", "sub/deep/e.md"],
        "[x].md": ["[x].md"],
        "[ab].md": ["a.md", "b.md"],
    }
    assert {pattern: [name[cut:] for name in texts(tmp_path / pattern)] for pattern in found} == found
    assert refused(tmp_path / "*.rst") == f"{tmp_path}/*.rst: no list matches"
    assert refused(tmp_path / "none" / "*.md") == f"{tmp_path}/none: no such file or folder"


def test_what_two_sources_name_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a.md", "b.md")
    (tmp_path / "c.md").symlink_to("a.md")
    sources = [str(tmp_path / "b.md"), str(tmp_path), str(tmp_path)]
    assert [document.source[-4:] for document in read_all(sources)] == ["b.md", "a.md"]


def test_of_many_files_those_that_can_be_read_come(tmp_path: Path) -> None:
    write(tmp_path, "lists/a.md", "lists/z.md")
    (tmp_path / "lists" / "b.md").write_bytes(b"\x89PNG")
    missed: list[LinkatlasError] = []
    sources = [str(tmp_path / "no.md"), str(tmp_path / "lists"), "ftp://a.example/x.md"]
    assert [document.source[-4:] for document in read_all(sources, missed.append)] == ["a.md", "z.md"]
    assert [str(error).rpartition("/")[2].partition(":")[0] for error in missed] == ["no.md", "b.md", "x.md"]


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_name_that_is_no_text(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/caf\xe9.md", "wb") as stream:  # noqa: PTH123 - a name in bytes
        stream.write(LIST.encode())
    [source] = texts(tmp_path)
    assert source.encode("utf-8").decode().endswith("caf\ufffd.md")


# Formats


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (LIST, "text/markdown"),
        ("[Flyte](https://flyte.org)\n", "text/markdown"),
        ("just words, and more\nof them, here\n", "text/markdown"),
        ("<!-- saved -->\n<!DOCTYPE html>\n<title>x</title>", "text/html"),
        ("<?xml version='1.0'?>\n<opml version='2.0'/>", "text/x-opml"),
        ("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<DL>", "application/x-mozilla-bookmarks"),
        ('[\n{"name": "a", "url": "b"}]', "application/json"),
        ('{"name": "a", "url": "b"}\n{"name": "c", "url": "d"}\n', "application/jsonl"),
        ("[[[[" * 100_000, "text/markdown"),
        ("{" * 100_000, "text/markdown"),
        ("`<http://" * 100_000, "text/markdown"),
        ("name\turl\nFlyte\thttps://flyte.org\n", "text/tab-separated-values"),
        ("Name,Homepage\nFlyte,https://flyte.org\n", "text/csv"),
        ("Tools\n=====\n* `Flyte <https://flyte.org>`_\n", "text/x-rst"),
        ("# made by hand\nlandscape:\n  - category:\n", "application/yaml"),
    ],
)
def test_content_tells_the_format(text: str, kind: str) -> None:
    assert sniff(text) == kind
    assert media_type(".txt", text) == kind


def test_the_name_tells_the_format_first() -> None:
    assert media_type(".md", "<html>") == "text/markdown"
    assert media_type(".JSON", "# not JSON") == "application/json"
    assert media_type(".html", "<!DOCTYPE NETSCAPE-Bookmark-file-1>") == "application/x-mozilla-bookmarks"
    assert media_type(".md", "<!doctype html>", "text/html") == "text/html"
    assert media_type(".md", "# List", "text/html") == "text/markdown"
    assert media_type("", "<p>", "text/html") == "text/html"
