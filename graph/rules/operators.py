"""Who is behind an address: the account, the site's operator, or what its host is called."""

from __future__ import annotations

import re

from ..names import fold, spaced
from ..urls import Site, domains, is_cryptic, owner_domain, owner_label, split
from ..vocabulary import SiteRule, Vocabulary

_PASSING_ON = frozenset({"exit", "goto", "out", "redir", "redirect", "visit"})
"""Paths that lead to somebody else's site."""
_NUMBERED = re.compile(r"user\d{4,}")
"""What a platform calls an account that nobody has named."""


def site_rule(host: str, vocabulary: Vocabulary) -> SiteRule | None:
    """Return what the ontology says of a host or of the nearest host above it."""
    return next((vocabulary.sites[domain] for domain in domains(host) if domain in vocabulary.sites), None)


def is_shared(operator: str, vocabulary: Vocabulary) -> bool:
    """Whether an operator's site has other people's accounts: a platform, on which everybody is."""
    return any(rule.account is not None and rule.operator == operator for rule in vocabulary.sites.values())


def account(url: str, vocabulary: Vocabulary) -> str:
    """Return the account behind a URL on a shared platform, or nothing."""
    site = split(url)
    rule = site_rule(site.host, vocabulary)
    if rule is None or rule.account is None:
        return ""
    query = f"?{site.query}" if r"\?" in rule.account.pattern else ""  # where the account may be in the query
    found = rule.account.search("/".join((site.host, *site.path)) + query)
    return found[1] if found else ""


def organisation(url: str, vocabulary: Vocabulary) -> str:
    """Return the name of who is behind a URL: the account, the site's operator, or what its host is called."""
    site = split(url)
    rule = site_rule(site.host, vocabulary)
    handle = account(url, vocabulary)
    if handle and not _NUMBERED.fullmatch(handle):
        return vocabulary.handles.get(fold(handle)) or spaced(handle.removeprefix("@"))
    if rule is not None:
        return rule.operator
    if passes_on(site):
        return ""
    label = owner_label(site.host)
    named = vocabulary.names.get(fold(site.host))  # Logz.io is called like its host
    if named is not None:
        return named.label
    known = vocabulary.handles.get(fold(label)) or of_domain(site.host, vocabulary)
    return known or (
        vendor_called(label, vocabulary) if is_cryptic(site.host) else _spelt(site.host, label, vocabulary)
    )


def of_domain(host: str, vocabulary: Vocabulary) -> str:
    """Return the known organisation that is called like a host's domain as a whole: api.acme.ai is Acme AI's."""
    named = vocabulary.names.get(fold(owner_domain(host)))
    return named.label if named is not None and named.cls == "atlas:Vendor" else ""


def _spelt(host: str, label: str, vocabulary: Vocabulary) -> str:
    """Return what a site is called: its owner's label, with the domain where that goes on as a name does: kites.directory."""
    domain = host.rpartition(".")[2]
    told = domain in vocabulary.words["telling domain"] and label in vocabulary.words["plain"]
    return spaced(f"{label} {domain}" if told else label)


def passes_on(site: Site) -> bool:
    """Whether a page does nothing but lead to another site: ``/redirect/acme``."""
    return len(site.path) > 1 and site.path[0].lower() in _PASSING_ON


def vendor_called(name: str, vocabulary: Vocabulary) -> str:
    """Return the known name of an organisation, or nothing."""
    known = vocabulary.names.get(fold(name))
    return known.label if known is not None and known.cls == "atlas:Vendor" else ""
