"""What a title is about beyond the names that are known: whom it speaks of, and what it introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set

from ..headings import words
from ..mentions import Mention
from ..model import Claim
from ..names import fold
from ..own_pages import documented
from ..short_names import own_name, with_account
from ..spans import meets
from ..titles import Span
from ..urls import owner_domain, owner_label, split
from ..vocabulary import Name, Vocabulary
from .media import is_medium
from .operators import is_shared, organisation
from .reading import Reading, coined, named
from .tokens import DASHES

NOUNS = re.compile(
    r"(?:-based)?(?: (?!and\b|or\b|for\b|with\b|to\b|in\b|on\b|of\b|that\b|which\b|using\b|from\b|by\b)[\w/-]+){1,3}"
)
"""A few nouns behind a name, up to the next word that opens a clause."""
_NAME = re.compile(r"[A-Z][\w.+-]*(?: [A-Z][\w.+-]*){0,2}")
_OPENS = re.compile(r"(\w+)[ :]\s*(?=[A-Z])")
_APPOSITION = re.compile(
    r"([A-Z][\w.+-]*(?: [A-Z][\w.+-]*)?)\s*(?::|,|\s[-–—])\s+(?:an?|the)\s+([^,.:;()]{3,80})", re.IGNORECASE
)
_NO_FIRM = frozenset({"a", "an", "the", "our", "my", "your", "their", "this"})
_STUDIED = re.compile(rf"({_NAME.pattern})(?:['’]s)? (\w+ \w+)")
_OF_BOTH = r"(?:[Cc]ompar(?:ison|ed)|[Bb]enchmarks?|Explained|Review|Showdown)"
_VERSUS = re.compile(
    r"(?<!\w)([A-Z][\w.+#-]*(?: [A-Z][\w.+#-]*){0,2})\s+(?:vs\.?|versus)\s+"
    rf"([A-Z][\w.+#-]*(?: (?!{_OF_BOTH})[A-Z][\w.+#-]*){{0,2}})(?: {_OF_BOTH})?"
)
_CAPITAL_BEFORE = re.compile(r"(?<![\w-])[A-Z][a-z]+ $")
_HYPHEN = re.compile("[-_]")
_WORD_ENDS = re.compile(r"[\s_-]+")
_PAIR = 2
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Za-z])(?=\d)|(?<=[A-Z\d])(?=[A-Z][a-z])")
"""Where a name is sewn together: KotlinSample, Kotlin101."""
_INNER_CAPITAL = re.compile(r"[a-z][A-Z]")
_LONGEST = 4
"""Of how many parts one name is sewn at the most."""
_ARTICLE = re.compile(r"[Tt]he ")
_LIKENED_TO = re.compile(r"\b(?:like|inspired by|similar to)(?: [a-z]+){0,2} $")
_LONGEST_LEAD = 40
"""How many characters before a name are looked at for what likens something to it."""
_CALLED = re.compile(
    r"(?<![\w/#])(?:#{1,2}|/?r/)([A-Za-z][\w-]{2,})(?=\s|$)|(?<![\w/#])([A-Za-z]\w{3,}) [Ss]ub[Rr]eddit\b"
)
_MET = ("atlas:Community", "atlas:Event")
_POSSESSIVE = re.compile(r"\b([A-Z][\w&]*(?: [A-Z][\w&]*)?)['’]s\b")


def publisher_named(reading: Reading) -> Iterator[Claim]:
    """A title that names its own publisher is about it: "... at Grab" on Grab's blog; not where it begins with who says it."""
    item, span = reading.item, reading.item.title.span
    if item.entity or span is None:
        return
    title = item.name_text[span.start : span.end]
    if len(title.split()) < 3:
        return
    vocabulary, label = reading.vocabulary, owner_label(split(item.entry.url).host)
    ideas = vocabulary.words["idea"] - ({label} - vocabulary.words["plain"])  # CNN's own site is no network
    own = fold(own_name(title, item.entry.url, item.cls, vocabulary))
    bare = fold(_ARTICLE.sub("", title))
    for name in _publishers(item.entry.url, vocabulary):
        if (
            len(name) <= 2
            or name.casefold() in ideas
            or (name.isascii() and title.isascii() and name.lower() not in title.lower())
        ):
            continue
        found = re.search(rf"(?<!\w)(?<!\bby ){re.escape(name)}(?!\w)", title, re.IGNORECASE)
        if found is None:
            continue
        said, start, end = found[0], span.start + found.start(), span.start + found.end()
        if fold(said) in (fold(title), bare):
            return  # a page called like its site is not about it
        operator = _operator(name, item.entry.url, vocabulary)
        if not operator and _is_nobody(title, found, vocabulary):
            continue  # "Dev Bookmarks", at bookmarks.example
        last = (",", ":") if found.end() == len(title) else ()
        if title[: found.start()].rstrip().endswith(("|", "-", "–", "—", "·", *last)):
            return  # the site's name behind the title's
        if found.start() == 0 and title.startswith(": ", found.end()):
            return  # or before it
        if is_medium(name, end, reading) or (item.cls == "atlas:Community" and found.start() == 0):
            continue  # where people meet is about nobody whose meeting it is
        here = reading.name_at(start)
        language = here is not None and here.end == end and here.name.cls == "atlas:Language"
        if language or _is_within_a_name(start, end, reading) or _is_of_a_person(title, found, reading):
            continue  # the Acme of "Acme Kite"
        if fold(said) == own or fold(title).startswith(fold(split(item.entry.url).host.removeprefix("www."))):
            return  # "Brambledb: Data for all" is Brambledb's own page, and so is "Finch Works: Kites" at finch.works
        if said[0].isupper():
            yield from _of_publisher(said, operator, start, end, reading)
            return


def _of_publisher(said: str, operator: str, start: int, end: int, reading: Reading) -> Iterator[Claim]:
    """Say what a title says by its publisher's name: that it is about that, or, where it begins with it, who says it."""
    item, vocabulary = reading.item, reading.vocabulary
    vendor = coined(operator or said, "atlas:Vendor", vocabulary)
    if operator and vendor.name != said:
        vendor = vendor._replace(spelling=said)
    leads = item.title.span is not None and start == item.title.span.start and item.name_text.startswith(DASHES, end)
    if vendor.cls != "atlas:Vendor" or (leads and is_shared(vendor.name, vocabulary)):
        return  # "GitHub - Acme", there
    predicate = "atlas:publishedBy" if leads else "atlas:about"
    yield Claim(item.thing, predicate, vendor, reading.evidence("publisher in title", 0.85, start, end))


def _is_nobody(title: str, found: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether a word of a title is a plain one, and nobody's name: none that is known, nor where somebody works."""
    said = found[0]
    known = fold(said) in vocabulary.names or is_shared(said, vocabulary)
    return said.lower() in vocabulary.words["plain"] and not (known or title[: found.start()].endswith("at "))


def _is_of_a_person(title: str, found: re.Match[str], reading: Reading) -> bool:
    """Whether a name is a person's second one, as of "Ada Finch" on the account finch."""
    first = _CAPITAL_BEFORE.search(title, 0, found.start())
    return first is not None and reading.is_person(f"{first[0]}{found[0]}")


def _is_within_a_name(start: int, end: int, reading: Reading) -> bool:
    """Whether words are the first ones of a longer name that a title has."""
    words = fold(reading.item.name_text[start:end])
    longer = (one.name for one in reading.called or reading.names if one.start == start and end < one.end)
    return any(fold(name.label) != words for name in longer)  # "CNN.com" is CNN


def _operator(label: str, url: str, vocabulary: Vocabulary) -> str:
    """Return the known operator of a domain that has a label: of berkeley.edu it is UC Berkeley."""
    domain = owner_domain(split(url).host)
    rule = vocabulary.sites.get(domain) if label == domain.partition(".")[0] else None
    return rule.operator if rule is not None and rule.account is None else ""


def own_pages(reading: Reading) -> Iterator[Claim]:
    """What a title calls the documentation, the forum or the like of a name, at that name's own site, is about it."""
    item, span = reading.item, reading.item.title.span
    if item.entity or span is None:
        return
    name = documented(item.title.name, item.entry.url, reading.vocabulary)
    if not name or any(fold(mention.name.label) == fold(name) for mention in reading.title_names()):
        return
    known = reading.vocabulary.names.get(fold(name)) or reading.survey.names.get(fold(name), item.source)
    if known is not None and known.cls != "atlas:Person":
        start = item.name_text.find(name, span.start, span.end)
        stretch = (start, start + len(name)) if start >= 0 else span  # where emoji stand within the title
        mention = Mention(*stretch, known)
        evidence = reading.evidence("own page", 0.85, mention.start, mention.end)
        yield Claim(item.thing, "atlas:about", reading.thing(mention, name), evidence)


def wikis(reading: Reading) -> Iterator[Claim]:
    """The wiki of a repository is about it, where the title is what the repository is called: acme/bramble at its own wiki.

    What a plain word is called, or a list, is not told from what is kept in it.
    """
    item, span, vocabulary = reading.item, reading.item.title.span, reading.vocabulary
    if item.entity or span is None:
        return
    site = split(item.entry.url)
    path = [part for part in site.path if part != "-"]
    if path[2:3] not in (["wiki"], ["wikis"]) or not vocabulary.keeps_code(site.host):
        return
    name = with_account(item.title.name)[1] or item.title.name
    start = item.name_text.find(name, span.start, span.end)
    if start < 0 or fold(name) != fold(path[1]):
        return
    idle = any(word in vocabulary.words[kind] for kind in ("plain", "genre", "list title") for word in words(name))
    if not idle and fold(name) not in {fold(mention.name.label) for mention in reading.names}:
        evidence = reading.evidence("own wiki", 0.85, start, start + len(name))
        yield Claim(item.thing, "atlas:about", coined(name, "atlas:Tool", vocabulary), evidence)


def met(reading: Reading) -> Iterator[Claim]:
    """Where people meet is about what it is called by: "#bramble on Matrix", "/r/bramblejs", "Bramblelang Subreddit"."""
    item, span = reading.item, reading.item.title.span
    if item.cls != "atlas:Community" or span is None:
        return
    above = {fold(heading.name) for heading in item.headings}
    for found in _CALLED.finditer(item.name_text, span.start, span.end):
        if found[2] and found.start() > span.start:
            continue  # "Common Lisp Subreddit"
        tag = found[1] or found[2]
        known = _known(tag, reading) or _without_ending(tag, reading)
        if known is None or (known.ordinary and known.cls != "atlas:Language" and fold(known.label) not in above):
            continue  # "/r/recipes", "/r/wine"
        if all(fold(mention.name.label) != fold(known.label) for mention in reading.title_names()):
            evidence = reading.evidence("called by its subject", 0.85, *found.span(1 if found[1] else 2))
            yield Claim(item.thing, "atlas:about", reading.thing(Mention(*found.span(), known), tag), evidence)


def _without_ending(tag: str, reading: Reading) -> Name | None:
    """Return what a tag names with such an ending as accounts have: bramblejs, bramblelang."""
    endings = reading.vocabulary.words["account ending"]
    stems = (
        tag[: -len(ending)] for ending in sorted(endings) if tag.lower().endswith(ending) and len(tag) > len(ending) + 2
    )
    return next((known for known in (_known(stem, reading) for stem in stems) if known is not None), None)


def compared(reading: Reading) -> Iterator[Claim]:
    """A title that compares two names is about both, whoever knows them: "Airflow vs Brambleflow"."""
    item, span = reading.item, reading.item.title.span
    if item.entity or span is None:
        return
    found = _VERSUS.fullmatch(item.name_text, span.start, span.end)
    if found is not None:
        for number in (1, 2):
            start, end = found.span(number)
            if _is_plain(found[number], reading.vocabulary):
                continue  # "Me versus We"
            if not meets(reading.names, start, end):
                tool = coined(found[number], "atlas:Tool", reading.vocabulary)
                yield Claim(item.thing, "atlas:about", tool, reading.evidence("comparison", 0.85, start, end))


def _is_plain(name: str, vocabulary: Vocabulary) -> bool:
    """Whether words with capitals are no name for all that: plain ones, or what belongs to somebody ("Our New Logo")."""
    said = name.lower().split()
    return said[0] in _NO_FIRM or all(word in vocabulary.words["plain"] for word in said)


def studied(reading: Reading) -> Iterator[Claim]:
    """A title that is nothing but a name and a case study's is about who is studied: "Alder Bakery Case Study"."""
    item, span = reading.item, reading.item.title.span
    if item.entity or span is None:
        return
    found = _STUDIED.fullmatch(item.name_text, span.start, span.end)
    if found is None or found[2].lower() not in reading.vocabulary.words["study of one"]:
        return
    first, idle = found[1].split()[0].lower(), ("plain", "idea", "genre", "address")
    if any(first in reading.vocabulary.words[kind] for kind in idle) or first in _NO_FIRM:
        return  # "Fraud Detection Case Study"
    if not any(mention.start < found.end(1) for mention in reading.title_names()):
        firm = coined(found[1], "atlas:Vendor", reading.vocabulary)
        yield Claim(item.thing, "atlas:about", firm, reading.evidence("case study", 0.85, *found.span(1)))


def name_parts(reading: Reading) -> Iterator[Claim]:
    """A tool called django-river works with Django, one called go-taskflow is written in Go."""
    item, vocabulary, span = reading.item, reading.vocabulary, reading.item.title.span
    parts = _HYPHEN.split(item.title.name)
    if span is None or " " in item.title.name:
        return
    subjects = {fold(heading.name) for heading in item.headings}
    if not item.entity:
        yield from _parts_of_a_title(reading, span, subjects)
    if item.cls != "atlas:Tool" or len(parts) < 2:
        return
    for part in (_front(parts, vocabulary), parts[-1]):
        known = vocabulary.names.get(fold(part))
        if known is None or known.cls not in ("atlas:Tool", "atlas:Language") or fold(known.label) == item.folded:
            continue
        language = known.cls == "atlas:Language"
        if _kind_of_its(known.label, reading) or _is_likened_to(known.label, reading):
            continue  # mysql-honeypotd, "a MySQL honeypot", plays MySQL; go-bramble, "inspired by Bramble", is another
        if part == parts[0] and part.lower() in vocabulary.brands and fold(parts[1]) in subjects:
            continue  # aws-cdk-dyer, in a list on the CDK, is made for that
        if language and parts[-1].lower() in vocabulary.words["works on a language"]:
            continue  # go-size-analyzer analyses Go
        if len(parts) == 2 and part is parts[0] and parts[1].lower() in vocabulary.words["variants"]:
            continue  # bramble-pro is a Bramble
        if (language and part is not parts[0]) or (not language and known.ordinary and fold(part) not in subjects):
            continue
        predicate = "atlas:implementedIn" if language else "atlas:integratesWith"
        start = span.start + item.title.name.rfind(part) if part is parts[-1] else span.start
        evidence = reading.evidence("part of the name", 0.75, start, start + len(part))
        yield Claim(item.thing, predicate, named(known, part), evidence)


def _front(parts: Sequence[str], vocabulary: Vocabulary) -> str:
    """Return the first part of a name, or the first two where they name one tool: clang-tidy, of clang-tidy-files."""
    two = "-".join(parts[:2])
    known = vocabulary.names.get(fold(two)) if len(parts) > _PAIR else None
    if known is None or known.cls != "atlas:Tool" or known.label.lower() in vocabulary.brands:
        return parts[0]
    apart = [*map(fold, _WORD_ENDS.split(known.label))] == [*map(fold, parts[:2])]  # osm-and is not OsmAnd
    return two if apart else parts[0]


def _parts_of_a_title(reading: Reading, span: Span, subjects: Set[str]) -> Iterator[Claim]:
    """An example called k6-template-webpack, or K6WebpackTemplate, is about both; acme/k6-template is not about acme."""
    item, title = reading.item, reading.item.title.name
    account, _ = with_account(title)
    parts = re.split("[-_/]", title.removeprefix(f"{account}/"))
    if item.cls == "atlas:CodeExample":
        parts = [seam for part in parts for seam in _CAMEL.split(part)]
    elif len(parts) < 2:
        return
    for part in dict.fromkeys(_longest_known(parts, title, reading)):
        known = _known(part, reading)
        if known is None or fold(part) == fold(title):
            continue
        met = item.cls in _MET and known.cls == "atlas:Language" and part == known.label  # Tideport-Elixir
        if known.ordinary and not (met or _is_no_plain_word(part, known)) and fold(part) not in subjects:
            continue
        start = span.start + title.find(part, len(account))
        evidence = reading.evidence("part of the title", 0.8, start, start + len(part))
        yield Claim(item.thing, "atlas:about", named(known, part), evidence)


def _is_no_plain_word(part: str, known: Name) -> bool:
    """Whether a part of a name is spelt as no plain word is, as what it names, or longer: macOS, mac-os, nodejs, golang."""
    strange = _INNER_CAPITAL.search(part) is not None or not part.isalpha()
    said, label = fold(part), fold(known.label)
    return strange or (said.startswith(label) and (said != label or not known.label.isalpha()))


def _longest_known(parts: Sequence[str], title: str, reading: Reading) -> Iterator[str]:
    """Yield the parts that a name is sewn of, the longest known ones first: RubyOnRails, Sample; mac-os."""
    at = 0
    while at < len(parts):
        runs = (
            (run, size)
            for size in range(min(_LONGEST, len(parts) - at), 1, -1)
            for joint in ("", "-", "_")
            if (run := joint.join(parts[at : at + size])) in title and _known(run, reading) is not None
        )
        run, size = next(runs, (parts[at], 1))
        yield run
        at += size


def _known(part: str, reading: Reading) -> Name | None:
    """Return the tool or language that a part of a name names."""
    known = reading.vocabulary.names.get(fold(part)) or reading.survey.names.get(fold(part), reading.item.source)
    return known if known is not None and known.cls in ("atlas:Tool", "atlas:Language") else None


def _kind_of_its(label: str, reading: Reading) -> bool:
    """Whether the description uses a name to say of which kind the thing is, among the things that the list lists."""
    text = reading.item.entry.passage.text
    phrases = (NOUNS.match(text, mention.end) for mention in reading.body_names() if mention.name.label == label)
    return any(word in reading.kinds for phrase in phrases if phrase for word in words(phrase[0]))


def _is_likened_to(label: str, reading: Reading) -> bool:
    """Whether the description says that the thing is like a name, or made after it."""
    text = reading.item.entry.passage.text
    places = (mention.start for mention in reading.body_names() if mention.name.label == label)
    return any(_LIKENED_TO.search(text, max(start - _LONGEST_LEAD, 0), start) for start in places)


def _publishers(url: str, vocabulary: Vocabulary) -> Iterator[str]:
    """Yield what the organisation behind a URL may be called: "Wish Engineering" publishes for Wish."""
    name = organisation(url, vocabulary)
    yield name
    *first, last = name.split() or [""]
    if first and last.lower() in vocabulary.words["organisation suffix"]:
        yield " ".join(first)
    yield owner_label(split(url).host)


def introduced(reading: Reading) -> Iterator[Claim]:
    """What a title introduces by name it is about: "Meet Hodor", "LiFT: A Scalable Framework"; its possessor made it."""
    item, span, vocabulary = reading.item, reading.item.title.span, reading.vocabulary
    if item.entity or span is None:
        return
    text = item.name_text
    start, end, rule, confidence = _introduction(text, span.start, span.end, vocabulary)
    known = [mention for mention in reading.names if mention.start < end and start < mention.end]
    if start == end or any((mention.start, mention.end) != (start, end) for mention in known):
        return
    tool = coined(text[start:end], "atlas:Tool", vocabulary)
    if all(reading.is_stray(mention, text) for mention in known):  # or else `titled` says it
        yield Claim(item.thing, "atlas:about", tool, reading.evidence(rule, confidence, start, end))
    possessor = _POSSESSIVE.search(text, end, span.end)
    if possessor is not None:
        maker = coined(possessor[1], "atlas:Vendor", vocabulary)
        if maker.cls == "atlas:Vendor":
            yield Claim(tool, "atlas:developedBy", maker, reading.evidence("makers", 0.85, start, possessor.end()))


def _introduction(text: str, start: int, end: int, vocabulary: Vocabulary) -> tuple[int, int, str, float]:
    """Return where the introduced name stands, the rule and its confidence; an empty stretch where there is none."""
    opening = _OPENS.match(text, start, end)
    cue = next(iter(vocabulary.introduces.get(opening[1].lower(), ())), None) if opening else None
    if opening is not None and cue is not None:
        name = _NAME.match(text, opening.end(), end)
        if name is not None and fold(name[0]) not in vocabulary.names and name[0].split()[0].lower() not in _NO_FIRM:
            return name.start(), name.end(), cue.name, cue.confidence
    apposition = _APPOSITION.match(text, start, end)
    if apposition is not None:
        said = apposition[2].lower().split()[:5]
        kinds = {hint.cls for word in said for hint in vocabulary.hints["inDescription"].get(word, ())}
        if "atlas:Tool" in kinds and apposition[1][0].isupper() and fold(apposition[1]) not in vocabulary.names:
            return apposition.start(1), apposition.end(1), "apposition", 0.8
    return start, start, "", 0.0
