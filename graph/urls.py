"""What a URL tells: which resource it names, whose site it is, what its path calls the page."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlencode, urlsplit

from .names import fold

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|ref_src|source|via|igshid|s?share(?:d|_id)?|spm)$")
"""Query parameters that say where a reader came from, not what the page is."""

_ROUTE = re.compile(r"^(?:!|/)")
"""A fragment that a page's script reads as a path; every other fragment only scrolls."""

_PLAIN = re.compile("(https?)://([A-Za-z0-9.-]+)(/[A-Za-z0-9._~/-]*)?")
"""A URL of which `urlsplit`, which takes five times as long, would say no more, as of most."""

_DEFAULT_PORT = re.compile(r":(?:80|443)?$")
_BETWEEN_WORDS = re.compile(r"[\W_]+")

_REGISTRIES = frozenset({"ac", "co", "com", "edu", "gen", "go", "gob", "gouv", "gov", "govt", "ne", "net", "or", "org"})
"""Second-level domains under which country registries sell names (``co.uk``, ``com.au``)."""
_FURTHER_REGISTRIES = frozenset(
    {
        "ac",
        "asn",
        "asso",
        "firm",
        "gub",
        "gv",
        "ltd",
        "mil",
        "nic",
        "nom",
        "plc",
        "res",
        "sch",
        "ad.jp",
        "ed.jp",
        "gc.ca",
        "gr.jp",
        "id.au",
        "id.lv",
        "in.th",
        "in.ua",
        "lg.jp",
        "me.uk",
        "pe.kr",
        "re.kr",
        "web.id",
        "eu.org",
        "js.org",
        "uk.com",
        "us.com",
    }
)
"""Others: as a whole where the same label is also sold as a name (``id.au``, but ``id.me``)."""
_ACADEMIC = re.compile(r"\.(?:edu|(?:ac|edu|res)\.[a-z]{2})$")
_SHORT = 4
"""Letters up to which a label is taken for an abbreviation."""
_GOVERNMENT = re.compile(r"\.(?:gov|mil)(?:\.[a-z]{2})?$")

_EXTENSION = re.compile(r"\.(?:html?|php|aspx?|jsp|md|pdf|ipynb|txt|xml)$", re.IGNORECASE)
_IDLE = re.compile(
    r"^(?:(?i:index|default|home|readme|main|[a-z]{2}(?:[-_][a-z]{2})?)|[\d._-]+|[0-9a-f-]{16,}|id\d+|[a-p]{32})$"
)
"""Index pages, locales and bare numbers."""
_HASH = re.compile(r"[-_](?=[0-9a-f]*\d)[0-9a-f]{8,}$")


_COPY = re.compile(r"https?://web\.archive\.org/web/[^/]+/(?:https?:/{1,2})?(?=[^/])")


class Site(NamedTuple):
    """A URL taken apart."""

    host: str
    """Lower case, without ``www.``."""
    path: tuple[str, ...]
    """The segments of the path, percent-decoded."""
    query: str
    fragment: str


@lru_cache(maxsize=1 << 18)
def split(url: str) -> Site:
    """Take a URL apart; what is no URL has an empty host. A copy in the Wayback Machine tells for the site that it was made of.

    >>> split("https://www.example.org/a%20b/c/?x=1")
    Site(host='example.org', path=('a b', 'c'), query='x=1', fragment='')
    >>> split("https://.example./").host  # a slip; what has no name would be nobody's
    'example'
    >>> split("https://web.archive.org/web/2016*/http://www.example.org/a").host
    'example.org'
    """
    copied = _COPY.match(url)
    parts = _parts(url if copied is None else f"http://{url[copied.end() :]}")
    path = tuple(unquote(segment) for segment in parts.path.split("/") if segment)
    return Site(_host(parts), path, parts.query, parts.fragment)


@lru_cache(maxsize=1 << 10)  # one entry's URLs are asked for their site and their spelling one after the other
def _parts(url: str) -> SplitResult:
    plain = _PLAIN.fullmatch(url)
    if plain is not None:
        return SplitResult(plain[1], plain[2], plain[3] or "", "", "")
    try:
        return urlsplit(url)
    except ValueError:  # an unclosed bracket of an IPv6 address: the rest is still a path
        return urlsplit(url.replace("[", "%5B").replace("]", "%5D"))


def _host(parts: SplitResult) -> str:
    host = parts.netloc.rpartition("@")[2].lower().strip(".")
    if ":" in host:
        host = _DEFAULT_PORT.sub("", host)
    return host.removeprefix("www.")


@lru_cache(maxsize=1 << 18)
def canonical(url: str) -> str:
    """Return the one spelling of a URL under which a resource is known.

    Scheme, ``www.``, a trailing slash, tracking parameters and fragments that only scroll make no different URL. What has
    no host (a relative path) stays as it is.

    >>> canonical("http://www.Example.org/a/?utm_source=x#top")
    'https://example.org/a'
    """
    parts = _parts(url)
    if not parts.netloc:
        return url
    said = parse_qsl(parts.query, keep_blank_values=True) if parts.query else []
    query = urlencode([(key, value) for key, value in said if not _TRACKING.match(key)]) if said else ""
    fragment = f"#{parts.fragment}" if _ROUTE.match(parts.fragment) else ""
    spelled = f"https://{_host(parts)}{parts.path.rstrip('/')}"
    return spelled + (f"?{query}" if query else "") + fragment


@lru_cache(maxsize=1 << 15)
def domains(host: str) -> tuple[str, ...]:
    """Return a host and the domains above it, but the topmost.

    >>> domains("blog.example.co.uk")
    ('blog.example.co.uk', 'example.co.uk', 'co.uk')
    """
    found = []
    while "." in host:
        found.append(host)
        host = host.partition(".")[2]
    return tuple(found)


def owner_domain(host: str) -> str:
    """Return a host from the label on that names its owner.

    >>> owner_domain("blog.example.co.uk"), owner_domain("api.pi.ai"), owner_domain("localhost")
    ('example.co.uk', 'pi.ai', 'localhost')
    """
    labels = host.split(":")[0].split(".")
    if len(labels) > 2:
        country = len(labels[-1]) == 2 and (labels[-2] in _REGISTRIES or labels[-2] in _FURTHER_REGISTRIES)
        if country or ".".join(labels[-2:]) in _FURTHER_REGISTRIES:
            return ".".join(labels[-3:])
    return ".".join(labels[-2:])


@lru_cache(maxsize=1 << 15)
def owner_label(host: str) -> str:
    """Return the label of a host that names its owner.

    >>> owner_label("blog.example.co.uk"), owner_label("example.org"), owner_label("lyft.github.io")
    ('example', 'example', 'github')
    """
    return owner_domain(host).partition(".")[0]


def owner_key(url: str) -> str:
    """Return the label of a URL's host that names its owner, folded as names are.

    >>> owner_key("https://blog.alder-finch.example/kites"), owner_key("no address")
    ('alderfinch', '')
    """
    return fold(owner_label(split(url).host))


@lru_cache(maxsize=1 << 15)
def is_cryptic(host: str) -> bool:
    """Whether the label of a host is an institution's abbreviation that names it to nobody else: a university's, an office's.

    >>> is_cryptic("maths.tsu.ac.uk"), is_cryptic("tax.irs.gov"), is_cryptic("weather.gov"), is_cryptic("ibm.com")
    (True, True, False, False)
    """
    bare = host.partition(":")[0]
    hidden = bare.endswith(".onion")  # the hash of a key
    return hidden or bool(_ACADEMIC.search(bare) or (_GOVERNMENT.search(bare) and len(owner_label(bare)) <= _SHORT))


def page_words(url: str) -> list[str]:
    """Return what the path calls the page, outermost first: each telling segment in words.

    Locales, index pages, bare numbers and the hashes at the end of slugs tell nothing.

    >>> page_words("https://a.b/en-us/services/machine-learning/index.html")
    ['services', 'machine learning']
    """
    found = []
    for segment in split(url).path:
        name = _EXTENSION.sub("", segment) if "." in segment else segment
        if _IDLE.match(name):
            continue
        name = _HASH.sub("", name)
        words = _BETWEEN_WORDS.sub(" ", name).strip()
        if words:
            found.append(words)
    return found
