"""Lists in GitHub repositories: the README or a file, at the commit that a branch or a tag stands for now.

Addresses of GitHub's REST API: https://docs.github.com/en/rest/repos/contents and /rest/commits/commits.
"""

from __future__ import annotations

import base64
import json
import re
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from ..errors import InputError, NetworkError
from ..model import Document
from .checkout import page
from .decode import decode
from .formats import media_type
from .settings import Hosts, Limits
from .web import StatusError, fetch

_PLACE = re.compile(r"([A-Za-z0-9][A-Za-z0-9-]*)/(?!\.+/?$)([\w.-]+?)(?:\.git)?/?(?:@(.+))?$", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?$")
_NO_OWNERS = {
    "apps",
    "collections",
    "features",
    "marketplace",
    "orgs",
    "sponsors",
    "stars",
    "topics",
    "trending",
    "users",
}
"""First segments of addresses at github.com that are no user's name."""


class Repository(NamedTuple):
    """A repository, and what of it is meant."""

    owner: str
    name: str
    refs: tuple[tuple[str, str], ...]
    """Ways to read the address: a branch, tag or commit with the path behind it, the shortest first."""
    file: bool
    """Whether the path is a file's; else it is that of a folder with a README."""


class Found(NamedTuple):
    """A file at a commit."""

    path: str
    data: bytes


def parse(source: str, hosts: Hosts) -> Repository | None:
    """Return the repository that a source names, None for any other web address.

    Raises `InputError` for ``github:`` without an owner and a name.

    >>> parse("github:lyft/flyte@v1.0", Hosts())
    Repository(owner='lyft', name='flyte', refs=(('v1.0', ''),), file=False)
    >>> parse("https://github.com/lyft/flyte/blob/main/docs/list.md", Hosts()).refs
    (('main', 'docs/list.md'), ('main/docs', 'list.md'))
    """
    if source.startswith("github:") and not source.startswith("github://"):
        place = _PLACE.match(source.removeprefix("github:"))
        if place is None:
            raise InputError(f"{source}: not of the form github:owner/repository or github:owner/repository@branch")
        return Repository(place[1], place[2], ((place[3] or "HEAD", ""),), file=False)
    try:
        address, pages = urlsplit(source), urlsplit(hosts.page)
    except ValueError:
        # No web address at all: who reads pages says so.
        return None
    if address.scheme not in ("http", "https") or address.netloc.lower().removeprefix("www.") != pages.netloc:
        return None
    owner, name, kind, *rest = [unquote(part) for part in address.path.split("/") if part] + [""] * 3
    rest = [part for part in rest if part]
    place, file = _PLACE.match(f"{owner}/{name}"), kind == "blob"
    if place is None or owner in _NO_OWNERS or (kind and (kind not in ("tree", "blob") or len(rest) < 1 + file)):
        return None
    ends = range(1, min(len(rest) - file, 4) + 1) if kind else ()
    refs = tuple(("/".join(rest[:end]), "/".join(rest[end:])) for end in ends)
    return Repository(place[1], place[2], refs or (("HEAD", ""),), file)


def read(source: str, repository: Repository, hosts: Hosts, limits: Limits) -> Document:
    """Return the list that a repository holds, at a commit; raises as `web.fetch`, with words for what GitHub says."""
    commit, path = _commit(source, repository, hosts, limits)
    slug = f"{repository.owner}/{repository.name}"
    found = Found(path, b"") if repository.file else _readme(source, slug, commit, path, hosts, limits)
    data = found.data or _file(source, f"{hosts.raw}/{slug}/{commit}/{quote(found.path)}", limits)
    text = decode(data, source)
    suffix = re.search(r"\.\w+$", found.path)
    address = page("github.com", slug, commit, found.path)
    return Document(source, text, media_type(suffix[0] if suffix else "", text), address, commit)


def _commit(source: str, repository: Repository, hosts: Hosts, limits: Limits) -> tuple[str, str]:
    """Return the commit that the address means now, and the path behind it."""
    slug = f"{repository.owner}/{repository.name}"
    for ref, path in repository.refs:
        try:
            answer = _ask(
                source, f"{hosts.api}/repos/{slug}/commits/{quote(ref)}", "application/vnd.github.sha", limits
            )
        except StatusError as error:
            if error.status == 409:
                raise NetworkError(f"{source}: the repository is empty") from error
            if error.status not in (404, 422):
                raise
            # The branch's name may have a slash in it: the next reading of the address is longer.
            continue
        commit = answer.decode("ascii", "replace").strip()
        if not _COMMIT.match(commit):
            raise NetworkError(f"{source}: GitHub names no commit for {ref}")
        return commit, path
    ref = repository.refs[0][0]
    what = (
        "no such repository, or it is private" if ref == "HEAD" else f"no such repository, or nothing named {ref} in it"
    )
    raise NetworkError(f"{source}: GitHub knows {what}")


def _readme(source: str, slug: str, commit: str, folder: str, hosts: Hosts, limits: Limits) -> Found:
    """Return the README of a folder; its data is empty where GitHub leaves it out because it is long."""
    where = f"{hosts.api}/repos/{slug}/readme" + (f"/{quote(folder)}" if folder else "")
    try:
        answer = json.loads(_ask(source, f"{where}?ref={commit}", "application/vnd.github+json", limits))
        path, content = answer["path"], answer.get("content") or ""
        if not isinstance(path, str):
            raise TypeError(path)
        return Found(path, base64.b64decode(content) if answer.get("encoding") == "base64" else b"")
    except StatusError as error:
        if error.status != 404:
            raise
        raise NetworkError(f"{source}: the repository has no README{f' in {folder}' if folder else ''}") from error
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise NetworkError(f"{source}: GitHub's answer is not understood") from error


def _file(source: str, address: str, limits: Limits) -> bytes:
    try:
        return fetch(address, source, limits).data
    except StatusError as error:
        if error.status != 404:
            raise
        raise NetworkError(f"{source}: no such file in the repository") from error


def _ask(source: str, address: str, accept: str, limits: Limits) -> bytes:
    """Ask the API; a refusal for too many calls gets a sentence of its own."""
    try:
        return fetch(address, source, limits, {"Accept": accept, "X-GitHub-Api-Version": "2022-11-28"}).data
    except StatusError as error:
        headers = {name.lower(): value for name, value in error.headers.items()}
        if error.status == 429 or (error.status == 403 and headers.get("x-ratelimit-remaining") == "0"):
            raise NetworkError(
                f"{source}: GitHub answers no more calls from this address for now; try again within the hour"
            ) from error
        raise
