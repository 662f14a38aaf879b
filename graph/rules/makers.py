"""Who publishes, makes and owns: sites, accounts, brands, brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ..headings import TITLE, words
from ..items import Item
from ..model import Claim
from ..names import fold, spaced
from ..own_pages import is_pictured
from ..personal import is_personal, own_sites
from ..titles import PERSON
from ..urls import Site, owner_domain, owner_label, split
from ..vocabulary import Vocabulary
from .operators import account, of_domain, organisation, passes_on, site_rule, vendor_called
from .reading import Reading, coined

_OF_PEOPLE = (".me", ".name", ".me.uk", ".id.au")
_FORGES = frozenset({"cgit", "code", "forge", "git", "gitea", "gitlab", "hg", "invent", "scm", "source", "svn"})
"""What an organisation calls the host of its own repositories: gitlab.example.org."""
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_GOES_ON = re.compile(r"\s*[-–—:|]")
"""What stands between a thing's name and what it is for."""
_OF_OTHERS = frozenset({"for", "unofficial", "community"})
"""Words of a title by which a thing is others', whose name it bears."""
_FOR = frozenset({"for", "with", "using", "via", "in", "on", "like", "alike", "clone"})
"""Words by which a title says what a brand's product is used for, with what, or what resembles it: it is somebody else's."""
_ARTICLE = re.compile(r"^(?:the|an?) ", re.IGNORECASE)
_TRADING = frozenset({"com", "io", "ai", "co", "net", "tech"})
_LEGAL_FORM = re.compile(r"(?<=\w\w\w)(?:AG|GmbH|LLC|Ltd|ltd|BV|PLC|-ag|-gmbh|-ltd|-llc)$")
_PRODUCTS = frozenset({"product", "products"})
"""Folders in which makers have a page for each of their things."""
_WHOSE = frozenset({"by", "of", "from", "at"})
_SUBTITLE = re.compile(r"\s*[:(|–—]|\s-\s")
_MOST_WORDS = 10
"""How many words of a name an account or a host is called by at the most."""
_DEEP = 3
"""From how many segments on a path leads to one of many pages."""
_FEWEST = 4
"""How many letters a name has at least that an account's name is looked through for."""


def published_by(reading: Reading) -> Iterator[Claim]:
    """A resource is published by the organisation behind its URL's site."""
    item = reading.item
    site = split(item.entry.url)
    if item.entity or not site.host:
        return
    name = _in_short(organisation(item.entry.url, reading.vocabulary), item.entry.url, reading)
    listed = reading.of_the_list(fold(site.host))
    if listed is not None and fold(name) in reading.vocabulary.names:
        name = listed.label  # a Laravel.io that the list has is behind laravel.io, and not Laravel
    known = reading.vocabulary.names.get(fold(name))
    ruled = site_rule(site.host, reading.vocabulary) is not None
    maker = known is not None and (known.cls == "atlas:Vendor" or known.maker)
    if known is not None and known.ordinary and not (maker or ruled or site.host.startswith("wiki.")):
        return  # beam.example may be anybody's; kubernetes.io is the project's
    if not (ruled or maker) and _is_its_own(item, site, reading.vocabulary):
        return
    if not (ruled or maker) and _of_an_author(fold(owner_label(site.host)), reading):
        return
    if name and not name.isdigit() and name.casefold() not in reading.vocabulary.words["idea"]:
        evidence = reading.url_evidence("site", 0.9, item.entry.url)
        yield Claim(item.thing, "atlas:publishedBy", reading.maker(name), evidence)


def _in_short(name: str, url: str, reading: Reading) -> str:
    """Return the known name within an account's or a host's, without what such have around it: tidelang and gettide are Tide's.

    What is known, or is what else the list calls so, keeps its name, and so does whom the ontology says to be behind the URL;
    a name that is a word too must be one of the list's own, or what it is about; accounts of that may have more around it: tidecms.
    """
    key, vocabulary = fold(name), reading.vocabulary
    endings, openings = _folded(vocabulary.words["account ending"]), _folded(vocabulary.words["account opening"])
    own = _subject_of(key, url, reading)
    if not (own or key.endswith(endings) or key.startswith(openings)):
        return name
    if key in vocabulary.names or reading.of_the_list(key) is not None or _is_told(url, vocabulary):
        return name
    inner = [key.removesuffix(end) for end in endings] + [key.removeprefix(begin) for begin in openings]
    if own:
        inner.append(own)
    for short in (one for one in inner if one != key and len(one) >= _FEWEST):
        known = vocabulary.names.get(short)
        if known is None or (known.ordinary and short != own):
            known = reading.of_the_list(short)
        if known is not None and known.cls in ("atlas:Tool", "atlas:Vendor", "atlas:Language"):
            return known.label
    return name


def _subject_of(key: str, url: str, reading: Reading) -> str:
    """Return what the whole list is about, folded, where an account is called like it: wagtailcms, in a list on Wagtail."""
    words_of = reading.vocabulary.words
    about = (fold(heading.name) for heading in reading.item.headings if heading.role == TITLE)
    for subject in (each for each in about if key.startswith(each)):
        ending = key.removeprefix(subject)
        if ending in words_of["account of a subject"] or ending in words_of["account ending"]:
            return subject if account(url, reading.vocabulary) else ""
    return ""


def _is_told(url: str, vocabulary: Vocabulary) -> bool:
    """Whether the ontology says who is behind a URL, by its account or its host."""
    handle = account(url, vocabulary)
    return fold(handle) in vocabulary.handles if handle else site_rule(split(url).host, vocabulary) is not None


def _is_its_own(item: Item, site: Site, vocabulary: Vocabulary) -> bool:
    """Whether a site is called like what it holds, by words of its title too, or is a person's: it names no publisher."""
    called = (fold(owner_label(site.host)), fold(site.host))
    name, bare = fold(item.title.name), fold(_ARTICLE.sub("", item.title.name))
    openings, plain = vocabulary.words["site openings"], item.title.name.lower() in vocabulary.words["plain"]
    opened = any(each.endswith(name) and each.removesuffix(name) in openings for each in called)
    begun = called[0].startswith(name) or called[0].endswith(name)  # kitescluborg, of the Kites Club
    longer = begun and not site.path and len(name) >= _FEWEST and not plain
    whole = not site.path and owner_domain(site.host) == site.host and called[0] not in vocabulary.names
    joined = whole and _is_joined_from(called[0], words(_SUBTITLE.split(item.title.name)[0]))
    return name in called or bare in called or opened or longer or joined or site.host.endswith(_OF_PEOPLE)


def _is_joined_from(label: str, said: Sequence[str]) -> bool:
    """Whether a host's label is made of all words of a title, or of several that are not its first: kitemaps, of "Acme Kite Maps".

    Of the first ones it is made in the title of one of many things that a Kite Society has: "Kite Society Atlas". What stands
    behind "by" or "of" is whose the thing is.

    >>> _is_joined_from("kitemaps", ["acme", "kite", "maps"]), _is_joined_from("kitesociety", ["kite", "society", "atlas"])
    (True, False)
    >>> _is_joined_from("kitesociety", ["blog", "of", "the", "kite", "society"])
    False
    """
    said = said[: next((at for at, word in enumerate(said) if word in _WHOSE), len(said))]
    # How much of the label is made, of how many words, and whether one was left out before its end.
    ways = {(0, 0, False)}
    for word in said:
        taken = {(at + len(word), used + 1, gap) for at, used, gap in ways if label.startswith(word, at)}
        ways = taken | {(at, used, gap or at < len(label)) for at, used, gap in ways}
    return any(at == len(label) and used > 1 and (gap or used == len(said)) for at, used, gap in ways)


def _of_an_author(label: str, reading: Reading) -> bool:
    """Whether a site is called like somebody whom its entry names: pwren.example, in an entry by Pip Wren, is hers."""
    start, text = reading.item.entry.title[0], reading.item.entry.passage.text.replace("By ", "by ")
    said = (*PERSON.findall(text, 0, start), *PERSON.findall(text, reading.item.body))
    said += tuple(text[slice(*who)] for who, _ in reading.item.title.people)
    return any(label in own_sites(who) and reading.is_person(who) for who in said)


def owned_by(reading: Reading) -> Iterator[Claim]:
    """A tool is developed by the organisation that owns its repository or the site of its home page."""
    item, vocabulary = reading.item, reading.vocabulary
    if item.cls not in ("atlas:Tool", "atlas:Language"):
        return
    text = item.entry.passage.text
    if _is_told_of_elsewhere(item, vocabulary) or is_pictured(item.entry):
        return
    sources = (
        link.url
        for link in item.entry.links
        if vocabulary.roles.get(text[link.start : link.end].casefold()) == "atlas:repository"
    )
    for url in (item.entry.url, *sources):
        name = _in_short(_owner(url, reading), url, reading)
        if name and fold(name) not in (fold(item.thing.name), fold(item.thing.spelling)):
            evidence = reading.url_evidence("owner", 0.9, url)
            yield Claim(item.thing, "atlas:developedBy", reading.maker(name), evidence)
            return


def _is_told_of_elsewhere(item: Item, vocabulary: Vocabulary) -> bool:
    """Whether a known tool is listed with a page deep in something else: Keras, at what another's manual says on it."""
    site, name = split(item.entry.url), fold(item.title.name)
    known = vocabulary.names.get(name)
    if known is None or len(site.path) < _DEEP or not account(item.entry.url, vocabulary):
        return False  # who has the whole site may well have made it
    near = any(name in fold(part) for part in (site.host, *site.path[:2]))
    return not near and all(
        vocabulary.names.get(fold(part)) is not known for part in (*site.host.split("."), *site.path)
    )


def _owner(url: str, reading: Reading) -> str:
    """Return the organisation that evidently owns a repository or a home page, or nothing."""
    vocabulary = reading.vocabulary
    site = split(url)
    handle = account(url, vocabulary)
    if fold(owner_label(site.host)) == fold(reading.item.thing.name):
        return ""
    if handle:
        if _own(handle, reading):
            return ""
        return vocabulary.handles.get(fold(handle), "") or _evident(handle, reading)
    rule = site_rule(site.host, vocabulary)
    if rule is not None:
        return rule.operator if rule.account is None and not is_personal(site) else ""
    if is_personal(site) or passes_on(site):
        return ""
    label = owner_label(site.host)
    if site.host.partition(".")[0] in _FORGES and len(site.path) > 1 and fold(site.path[0]) == fold(label):
        return vocabulary.handles.get(fold(label)) or site.path[0]
    known = (
        vendor_called(label, vocabulary) or vocabulary.handles.get(fold(label), "") or of_domain(site.host, vocabulary)
    )
    if known or not site.path:
        return known or _above(site, reading) or (_first_words(site, reading) if _is_below(site, vocabulary) else "")
    if site.host.rpartition(".")[2] in _TRADING and _is_its_page(site, reading.item.title.name):
        return spaced(label)
    return _ending(label, vocabulary) or (_first_words(site, reading) if len(site.path) <= 2 else "")


def _is_its_page(site: Site, name: str) -> bool:
    """Whether a page is called like what is listed, or so begins among products: /fern/bramble, /products/bramble-free."""
    key = fold(name)
    pages = [page.partition(".")[0] for page in site.path if not page.lower().startswith("index.")]
    if not pages:
        return False
    among = any(folder.lower() in _PRODUCTS for folder in site.path[:-1])
    joined = "/" not in name and fold("".join(pages[-2:])) == key
    return fold(pages[-1]) == key or joined or (among and key == fold(pages[-1].partition("-")[0]))


def _own(handle: str, reading: Reading) -> bool:
    """Whether an account is the project's own: called like it, or with a word more that names no organisation."""
    further = fold(handle).removeprefix(fold(reading.item.thing.name))
    if further == fold(handle):
        return False  # as most are
    words = reading.vocabulary.words
    return further not in _folded(words["evident owner"]) or further in words["own account"]


def _above(site: Site, reading: Reading) -> str:
    """Return whose domain a product's own subdomain is in: valkyrie.comodo.com belongs to Comodo."""
    label = owner_label(site.host)
    first = fold(site.host.split(".")[0])
    trading = site.host.rpartition(".")[2] in _TRADING
    within = trading and first != fold(label) and len(first) > 3 and fold(reading.item.thing.name).startswith(first)
    return spaced(label) if within else ""


def _is_below(site: Site, vocabulary: Vocabulary) -> bool:
    """Whether a host is a subdomain that is a thing of its own: explorer.acme.example, but docs.acme.example is Acme's."""
    first = site.host.partition(".")[0]
    idle = any(first in vocabulary.words[kind] for kind in ("pages on a name", "site openings"))
    return fold(first) != fold(owner_label(site.host)) and not idle


def _first_words(site: Site, reading: Reading) -> str:
    """Return the first words of a product's name where its page lies within the site of that name: Acme Explorer.

    A tool may be called so too, but for what its site keeps of others: plugins for it.
    """
    label, vocabulary = owner_label(site.host), reading.vocabulary
    said, first = words(reading.item.title.name), _opening(label, reading)
    if not said:
        return ""
    if _GOES_ON.match(reading.item.title.name, len(first)):
        return ""  # "Kiterig - Wind for all" is Kiterig
    found = _leading(label, reading) if _OF_OTHERS.isdisjoint(said) else ""
    kept = vocabulary.words["shelf of others"].isdisjoint((*site.host.split("."), *map(str.lower, site.path)))
    if found or not kept or not _OF_OTHERS.isdisjoint(said) or said[-1] in vocabulary.after:
        return found
    known = reading.known(fold(first))
    further = len(said) - len(first.split())
    return known.label if known is not None and known.cls == "atlas:Tool" and (known.maker or further > 1) else ""


def _ending(handle: str, vocabulary: Vocabulary) -> str:
    """Return an account's or a host's name where its ending is one that only organisations use: Labs, Inc."""
    lab = any(part.lower().endswith(("lab", "labs")) for part in handle.split("-"))  # seclab-fudan
    evident = lab or _ends_as_owner(fold(handle), vocabulary.words["evident owner"])
    return spaced(handle) if evident or _LEGAL_FORM.search(handle) else ""


@lru_cache(maxsize=1 << 16)
def _ends_as_owner(folded: str, words: frozenset[str]) -> bool:
    """Whether a folded name ends with one of some words, and is longer than that by more than two letters."""
    ends = _folded(words)
    return folded.endswith(ends) and any(folded.endswith(end) and len(folded) > len(end) + 2 for end in ends)


@lru_cache(maxsize=4)
def _folded(words: frozenset[str]) -> tuple[str, ...]:
    return tuple(map(fold, sorted(words)))


def _evident(handle: str, reading: Reading) -> str:
    """Return an account's name where it is evidently an organisation's: known, called Labs or Inc, or the product's first word."""
    vocabulary = reading.vocabulary
    known = vendor_called(handle, vocabulary)
    if known:
        return known
    return _ending(handle, vocabulary) or _leading(handle, reading)


def _leading(handle: str, reading: Reading) -> str:
    """Return the first words of a product's name where they are its owner's name: Data Mechanics Delight."""
    first = _opening(handle, reading)
    known = reading.known(fold(first))
    return first if known is None or known.cls == "atlas:Vendor" else ""


def _opening(handle: str, reading: Reading) -> str:
    """Return the first words of an item's name that an account or a site is called like, or nothing."""
    said = _IN_BRACKETS.sub(" ", reading.item.title.name).split()
    host = fold(split(reading.item.entry.url).host)
    if len(said) > 1 and host.endswith(fold(" ".join(said))):
        return ""  # "Rock Kite" at rock.kite is the site's own name
    for size in range(min(len(said) - 1, _MOST_WORDS), 0, -1):
        start = " ".join(said[:size])
        key = fold(start)
        called = key == fold(handle) or (size > 1 and host.endswith(key))
        if called and len(key) > 2 and start[-1].isalnum():  # not "Kiterig -"
            return start
    return ""


def branded(reading: Reading) -> Iterator[Claim]:
    """A product whose name begins with a brand is made by the brand's owner: Apache Airflow, AWS Lambda."""
    item, vocabulary = reading.item, reading.vocabulary
    if item.cls != "atlas:Tool":
        return
    said = (item.title.spelling or item.title.name).split()
    for size in (2, 1):
        maker = vocabulary.brands.get(" ".join(said[:size]).lower())
        goes_on = len(said) > size and said[size][0].isalnum()  # not "acme (somebody)"
        if maker is not None and goes_on and _may_own(item, maker, vocabulary):
            span = item.title.span
            evidence = (
                reading.evidence("brand", 0.95, span.start, span.end) if span else reading.evidence("brand", 0.95)
            )
            yield Claim(item.thing, "atlas:developedBy", coined(maker, "atlas:Vendor", vocabulary), evidence)
            return


def _may_own(item: Item, maker: str, vocabulary: Vocabulary) -> bool:
    """Whether a thing can be its brand's owner's: somebody else's exporter, or login for a third, is made for the brand."""
    said = words(item.title.name)
    handle = account(item.entry.url, vocabulary)
    if not handle:  # a shelf on which anybody's things lie says nothing of whose it is
        rule = site_rule(split(item.entry.url).host, vocabulary)
        own = rule is None or fold(maker) in fold(rule.operator) or _FOR.isdisjoint(said)
    else:
        own = maker in (vocabulary.handles.get(fold(handle)), vendor_called(handle, vocabulary))
    return own or (_FOR.isdisjoint(said) and said[-1].lower() not in vocabulary.after)
