"""What an entry's page, its title, and the two together look like: signs of its kind that no single word is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .facts import told
from .headings import ENTITY, Heading, words
from .model import Entry
from .names import fold
from .nouns import ending
from .personal import INVERTED, can_be_a_person, is_given, is_named_as_a_person, is_of_its_owner
from .urls import owner_label, split
from .vocabulary import Vocabulary

_YEAR = re.compile(r"(?:19|20)\d\d")
_DATA = re.compile(
    r"\.(?:csv|tsv|jsonl?|geojson|xlsx?|nt|nq|ttl|arff|parquet|h5|sql)(?:\.(?:gz|bz2|zip|xz|7z))?$", re.IGNORECASE
)
_AWESOME = re.compile(r"[Aa]wesome(?![a-z])|awesome(?:list|links)")
_GLUED = re.compile(r"[Aa]wesome[A-Z]")
_SCRIPT = re.compile(
    r"[\w.-]+\.(?:js|mjs|ts|py|sh|bash|zsh|fish|rb|pl|php|lua|ps1|r|jl|go|rs|awk|vim|el)", re.IGNORECASE
)
_NOTEBOOK = re.compile(r"\.ipynb\b", re.IGNORECASE)
_TEXT = re.compile(
    r"(?!(?:readme|index|home|docs)\b)[^/]*\.(?:md|markdown|mdx|rst|adoc|asciidoc|org|txt)", re.IGNORECASE
)
_SLUG = re.compile(r"(?=[^/]*[g-zG-Z])[^/]*-(?=[0-9a-f]*\d)[0-9a-f]{10,12}")
"""How the pages of a much used publisher of articles end, also under its customers' own hosts."""
_DISCUSSED = re.compile(r"/(?:issues|discussions|pull|merge_requests)/\d+(?:/files)?$")
"""Where those who work on a repository talk about one thing."""
_ASKING = frozenset({"How", "What", "When", "Why", "I", "We"})
"""Of what the first two words of a sentence may be, whose words are all written with capitals: How We, Why I."""
_COUNTED = re.compile(r"(?:The |Top )?\d{1,3} ((?:[A-Za-z'’-]+ ?){1,4})")
"""How the title of what tells several things begins: 7 Ways to Fold Paper."""
_WITHIN = 3
"""In how many segments a page within a repository stands behind the account's and the repository's name, at least."""


def looks(entry: Entry, name: str, headings: Sequence[Heading], vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what an entry's page, its title, and the two together look like."""
    site = split(entry.url)
    path = [segment for segment in site.path if segment.lower() not in ("index.html", "index.php")]
    code = vocabulary.keeps_code(site.host)
    if code and _DISCUSSED.search("/".join(path)):
        yield "issue page"
    above = headings[-1].name if headings and headings[-1].role == ENTITY else ""
    yield from _page_looks(path, code)
    if code and site.path[:1] and site.path[0].lower() in vocabulary.words["gathering page"]:
        yield "gathering page"
    elif len(path) == 1 and code:
        yield "account of a person" if is_named_as_a_person(name, vocabulary) else "account page"
    elif len(path) == 2 and code and is_of_its_owner(name, path, vocabulary):
        yield "account of a person"
    if len(path) == 1 and site.host in vocabulary.words["bot host"] and path[0].lower().endswith("bot"):
        yield "bot account"
    if code and _SCRIPT.fullmatch(name):
        yield "script"
    if _NOTEBOOK.search(name) or (path and _NOTEBOOK.search(path[-1])):
        yield "notebook"
    yield from _title_looks(name, bool(path), vocabulary)
    said, label = name.split(), fold(name)
    if entry.passage.text[slice(*entry.title)].startswith(("http:", "https:")) and len(path) >= 3:
        yield "unnamed page"
    if path and not code and _is_plain(name, bool(entry.passage.text[entry.body :].strip()), vocabulary):
        yield "plain title"
    if above and not code and len(said) > 1 and set(words(above)) <= set(words(name)):
        yield "titled after its heading"
    repository = fold(path[1]) if len(path) == 2 and code else ""
    if repository and _AWESOME.match(path[1]) and not _GLUED.match(path[1]) and "awesome" not in label:
        yield "list by its subject"
    if label and label in (fold(owner_label(site.host)), repository, fold(site.host.split(".")[0])):
        yield "named by its site"
    if _teaches(said, vocabulary):
        yield "taught tool"
    known = vocabulary.names.get(label)
    if len(path) <= 2 and known is not None and vocabulary.is_a(known.cls, "atlas:Tool"):
        yield "known tool"
    if entry.facts and _is_tagged(entry, vocabulary):
        yield "licence and language"
    if above and fold(above) == label:
        yield "named by its heading"
    if not code and can_be_a_person(name, site, vocabulary):
        yield "called like a person"


def _teaches(said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a title is nothing but a tool's name behind words by which what teaches it is called: Mastering Vim."""
    taught = (
        vocabulary.names.get(fold(" ".join(said[size:])))
        for size in (1, 2)
        if " ".join(said[:size]).lower() in vocabulary.words["teaching"]
    )
    return any(name is not None and vocabulary.is_a(name.cls, "atlas:Tool") for name in taught)


def _is_tagged(entry: Entry, vocabulary: Vocabulary) -> bool:
    """Whether the tags beside an entry name both a licence and a programming language, as those of software do."""
    tags = dict.fromkeys(part for fact in entry.facts for part in (fact.value, *fact.value.split("/")))
    said = {tag[0] for tag in (told(each, vocabulary) for each in tags) if tag is not None}
    return {"dcterms:license", "atlas:implementedIn"} <= said


def _is_plain(name: str, told: bool, vocabulary: Vocabulary) -> bool:
    """Whether a title is a few small words, none of them a noun for a kind; one word says enough where nothing else does."""
    said = name.split()
    plain = told < len(said) <= 3 and all(word.lower() in vocabulary.words["plain"] for word in said)
    return plain and not ending(words(name), vocabulary.hints["inTitle"])


def _page_looks(path: Sequence[str], code: bool) -> Iterator[str]:
    if not path:
        yield "home page"
        return
    if path[-1].lower().endswith(".pdf"):
        yield "pdf"
    elif _DATA.search(path[-1]) and not code:
        yield "data file"
    else:
        yield from ["hashed slug"] * (not code and _SLUG.fullmatch(path[-1]) is not None)
        yield from ["deep page"] * (len(path) >= 3)
        yield from ["dated path"] * any(_YEAR.fullmatch(segment) for segment in path)
    if code and len(path) >= 2 + _WITHIN and _TEXT.fullmatch(path[-1]):
        yield "text in a repository"
    if _AWESOME.match(path[-1]) and (len(path) > 1 or not code):
        yield "awesome in one word" if _GLUED.match(path[-1]) else "awesome"


def _title_looks(name: str, inside: bool, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what a title looks like; that of a whole site is no sentence, however long."""
    said = name.split()
    if len(said) <= 3:
        yield "short title"
    if (
        inside
        and len(said) >= 5
        and (_ASKING.issuperset(said[:2]) or any(word.islower() and len(word) > 1 for word in said))
    ):
        yield "sentence title"
    counted = _COUNTED.match(name) if inside else None
    if counted is not None and not vocabulary.words["told by number"].isdisjoint(counted[1].lower().split()):
        yield "counted title"
    if name.startswith("@") and "/" not in name:
        yield "account name"
    if INVERTED.fullmatch(name):
        yield "inverted name"
        if is_given(words(name)[1], vocabulary):
            yield "inverted given name"
