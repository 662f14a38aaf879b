"""What a page's address says of the kind of what is there: its host, its path, what the two look like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, pairwise

from .headings import Heading
from .looks import looks
from .model import Entry
from .personal import is_named_as_a_person, of_account
from .phrases import LESSER, less, phrases
from .urls import Site, page_words, split
from .vocabulary import Hint, Vocabulary

_SHOWN = ("atlas:Paper", "atlas:Talk", "atlas:Slides")
"""Kinds that the home page of their host shows many of, and is none."""
_INNER = 3
"""From how many segments on a path leads to one thing on a shelf: journal/issue/article."""
_DATED = ("atlas:Article", "atlas:Tool")
"""Kinds that a site may be known for and still have articles by year; elsewhere a year says when, not what."""
_TOOL, _SITE, _PODCAST, _ARTICLE = "atlas:Tool", "atlas:Website", "atlas:Podcast", "atlas:Article"
_COMMUNITY, _MANUAL = "atlas:Community", "atlas:Documentation"
_OWN = 0.8
"""How much is left of what a manual's address says where the title is the name of the site: what it documents is listed."""
_ONE_OF_MANY = {_ARTICLE: 0.75, "atlas:Talk": 0.5, "atlas:Slides": 0.5}
"""Kinds of which a home page holds many, and is none; and how much of what speaks for them speaks for a website."""
_TEXT = "text in a repository"
"""What a page looks like that documents software, and may be all that is listed of it."""
_UNRUN = frozenset({"hashed slug", "notebook", "issue page", _TEXT})
"""What pages look like that are no software, whatever is presumed of the host."""
_DOCUMENTS = frozenset({"doc", "docs"})
_TITLE = 4
"""How many words the title of what was written for itself has at least, and no manual's: Fraud in Telephony Networks."""
_GAINSAID = 0.33
"""How much is left of what presumes software where the heading or the title itself names another kind."""


def of_page(
    entry: Entry,
    name: str,
    headings: Sequence[Heading],
    vocabulary: Vocabulary,
    *,
    home: bool,
    gainsaid: bool,
    software: bool,
    held: bool,
) -> Iterator[Iterable[Hint]]:
    """Yield the hints of a page's host, of its path, and of what it looks like.

    ``home`` is what `is_home` says of the page; ``gainsaid``, whether title and headings leave no room for presuming
    software; ``software``, whether the description names some; ``held``, whether the headings name events: a year is when
    they were, not when something was written.
    """
    hints, site = vocabulary.hints, split(entry.url)
    shapes = [each for each in looks(entry, name, headings, vocabulary) if not software or each != _TEXT]
    unrun = not _UNRUN.isdisjoint(shapes)
    hosted = [*_of_media(site, _of_host(site, hints["inHost"]), vocabulary)]
    hosted = of_account(site, hosted, hints["shape"]) if is_named_as_a_person(name, vocabulary) else hosted
    kept = _OWN if "named by its site" in shapes else 1.0
    shares = {_TOOL: LESSER if unrun else 1.0, _MANUAL: kept}
    yield at_home(home, (less(hint, shares.get(hint.cls, 1.0)) for hint in hosted))
    manual = any(hint.cls == _MANUAL for hint in hosted)
    titled = "pdf" in shapes and len(name.split()) >= _TITLE
    documents = titled and not _DOCUMENTS.isdisjoint(site.path)  # of which some are manuals
    filed = kept * (LESSER if documents else 1.0)
    for found in _of_path(entry.url, site, hints["inPath"], manual, vocabulary):
        yield at_home(home, (less(hint, filed) if hint.cls == _MANUAL else hint for hint in found))
    dated = not held and all(hint.cls in _DATED for hint in hosted)
    told = {"dated path": dated, "hashed slug": not hosted}
    seen = (hints["shape"].get(each) or hints["inPath"].get(each, ()) for each in shapes if told.get(each, True))
    share = _GAINSAID if gainsaid or unrun else 1.0
    yield [less(hint, share) if hint.presumed else hint for hint in chain.from_iterable(seen)]


def is_home(url: str, site: Site, table: Mapping[str, tuple[Hint, ...]]) -> bool:
    """Whether a page is a whole site's, or that of all its articles: ``/``, ``/blog``, ``/news``."""
    if site.query or "#" in url or len(site.path) > 1:
        return False
    return not site.path or any(hint.cls == _ARTICLE for hint in table.get(site.path[0].lower(), ()))


def at_home(home: bool, hints: Iterable[Hint]) -> Iterable[Hint]:
    """Return what speaks for one of many articles or recordings as speaking less for a website, where a page is a whole site's."""
    if not home:
        return hints
    return (
        less(hint._replace(cls=_SITE), share) if (share := _ONE_OF_MANY.get(hint.cls)) is not None else hint
        for hint in hints
    )


def _of_host(site: Site, table: Mapping[str, tuple[Hint, ...]]) -> Iterator[Hint]:
    """Yield the hints of the nearest host that has some, and those of its first label (``docs.``, ``blog.``).

    A host with the first part of a path (``pypi.org/project``) is nearer than the host.

    The home page of a site for slides is no slides.
    """
    labels = site.host.split(".")
    hosts = (".".join(labels[at:]) for at in range(len(labels) - 1))
    folder = f"/{site.path[0].lower()}" if site.path else ""
    found = next((place for host in hosts for place in (host + folder, host) if place in table), "")
    if found and (site.path or len(labels) > 2):
        for hint in table[found]:
            yield hint if site.path or hint.cls not in _SHOWN else less(hint._replace(cls=_SITE), LESSER)
    if len(labels) > 2 and found.partition("/")[0] != site.host:  # docs.google.com is no documentation
        yield from table.get(labels[0], ())


def _of_media(site: Site, hosted: Iterable[Hint], vocabulary: Vocabulary) -> Iterator[Hint]:
    """Yield what a host says of an entry; who shows recordings there, or a search among them, is no recording."""
    rule = vocabulary.sites.get(site.host)
    first = site.path[0].lower() if site.path else ""
    search = first in vocabulary.words["gathering page"]
    owner = rule is not None and rule.account is not None and rule.account.fullmatch("/".join((site.host, *site.path)))
    shown = (first in vocabulary.words["channel folder"] and len(site.path) < _INNER) or (owner and not site.query)
    many = (*_SHOWN, _PODCAST) if search or (first in vocabulary.words["shelf"] and len(site.path) < _INNER) else ()
    post = _is_post(site.path, vocabulary)
    for hint in hosted:
        if post and hint.cls == _COMMUNITY:
            yield hint._replace(cls=_ARTICLE)
        elif hint.cls in many or (hint.cls == "atlas:Talk" and shown):
            yield hint._replace(cls=_SITE)
        elif search and hint.cls == _TOOL and not vocabulary.keeps_code(site.host):
            yield hint._replace(cls="atlas:List")
        else:
            yield hint


def _is_post(path: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a page where people meet is what one of them wrote: ``/acme/status/20``, ``/questions/7/how-to-fold``."""
    folders = vocabulary.words["post folder"]
    return any(folder.lower() in folders and any(map(str.isdigit, page)) for folder, page in pairwise(path))


def _of_path(
    url: str, site: Site, table: Mapping[str, tuple[Hint, ...]], manual: bool, vocabulary: Vocabulary
) -> Iterator[Iterable[Hint]]:
    """Yield the hints of a path's words, and of the folders in which a site keeps pages of one kind (``plugins/``).

    A manual has such folders for what it says of each.
    """
    pages = page_words(url)
    path = [word.lower() for segment in pages[:-1] for word in segment.split()]
    found = (*phrases(path, "inPath", vocabulary), *(table.get(pages[-1].lower(), ()) if pages else ()))
    yield found
    if not manual and all(hint.cls != _MANUAL for hint in found):
        yield [hint for folder in site.path[-3:-1] for hint in table.get(f"{folder.lower()}/", ())]
