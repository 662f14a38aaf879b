"""Which kind of item an entry is: every hint is weighed, none wins by coming first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from .addresses import at_home, is_home, of_page
from .headings import GENRE, LISTS, TITLE, TOPIC, Heading, words
from .model import MARK, QUALIFIER, TAG, Entry
from .names import fold
from .nouns import ending, heads, is_gerund, noun, singular, turning
from .own_pages import is_pictured
from .personal import is_named_as_a_person, is_signed, is_somebody, of_headings, says_who
from .phrases import LESSER, less, longest, phrases
from .urls import split
from .vocabulary import Hint, Vocabulary

KINDS = tuple(
    f"atlas:{kind}"
    for kind in (
        *(
            "Tool",
            "Article",
            "Documentation",
            "Tutorial",
            "Talk",
            "Paper",
            "Website",
            "Slides",
            "Course",
            "Book",
            "List",
        ),
        *("CodeExample", "Podcast", "Newsletter", "Event", "Community", "Dataset", "Vendor", "Person"),
    )
)
"""Between kinds of equal weight the earlier one is taken: it is the more frequent one."""
_PLACES = {kind: place for place, kind in enumerate(KINDS)}

_IN_REPOSITORIES = frozenset(
    f"atlas:{kind}"
    for kind in ("Documentation", "Tutorial", "Course", "Book", "List", "CodeExample", "Dataset", "Slides", "Paper")
)
"""What repositories of code hold beside software; an event or a talk is none."""
_NOT_IN_REPOSITORIES = ("atlas:Vendor", "atlas:Person", "atlas:Event", "atlas:Community")
"""What a heading may name that a repository is none of: what is listed under brands, or social networks, is made for them."""
_SELDOM_IN_REPOSITORIES = ("atlas:Vendor", "atlas:Person", "atlas:Community", "atlas:Podcast")
"""What a repository's title names as what its software is for: a forum, a podcast."""
_BESIDE_REPOSITORIES = ("atlas:Vendor", "atlas:Article")
"""What a repository's description names as what its software makes or shows: posts."""
_REPOSITORY = 2
"""How many segments the path of a repository has: the account's name and its own."""
_READ = ("atlas:Article", "atlas:Documentation", "atlas:Tutorial", "atlas:Talk", "atlas:Paper", "atlas:Slides")
"""What a link may be called by nothing but the noun for its kind."""
_GATHERED = ("atlas:List", "atlas:CodeExample")
"""What a repository is where its description says so, whatever it is called."""
_SHOWING = ("atlas:CodeExample", "atlas:Tutorial", "atlas:Slides")
"""What the last part of a repository's name tells."""
_USED = frozenset({"boilerplate", "starter"})
"""What repositories are called that show something and are there to be used."""
_ONE, _ONE_SHOWN = ("-example", "-sample"), 1.75
"""How a repository's name ends that shows one thing, and how much more that says than the same word in a title."""
_PARTED = 2
"""How many parts a repository's name has at least of which the last says what it is."""
_SHOWN = ("atlas:Slides", "atlas:Talk")
"""What a link behind a title says that it opens: Knots for kites [slides](...)."""
_TOOL, _VENDOR = "atlas:Tool", "atlas:Vendor"
_TOLD = ("atlas:Article", "atlas:CodeExample", "atlas:Tutorial", "atlas:Documentation", "atlas:List", "atlas:Vendor")
"""Kinds that a title's words tell wherever they stand: how to, why, guide, awesome."""
_NO_TAGS = frozenset({"atlas:Website", "atlas:Person", "atlas:Vendor", "atlas:Community"})
"""Kinds whose words, as tags, say where else a thing is, or what it is of."""
_TAGGED = {TAG: 15.0, MARK: 15.0, QUALIFIER: 6.0}
"""How much what stands beside a title speaks for the kind that it names: a list's own tag more than all else."""
_JOINING = frozenset({"and", "or"})
_PARTS = re.compile(r"[:;,|/()–—]|\s-\s")
_BRACKETS = re.compile(r"\([^()]*\)")
_BY_WHOM = re.compile(r"\s\([^()]*\s[A-Z][^()\s]*\)$")
"""Several words in brackets behind a title, which seldom say what it is: Knots (Alder Research GmbH)."""
_ACTS = re.compile(r"(?!(?:news|series|lists|notes|slides|docs|this|its|[a-z]*(?<!mim)ics)$)[a-z]+(?<![sou])s")
"""What a verb looks like that says what something does."""
_NAMES = re.compile(r"(?<!^)(?<![\w'’-])[A-Z][\w'’-]+")
_TEAMS = re.compile(r"\b(?:teams|companies|startups|agencies|firms|organi[sz]ations|shops|brands)\b")
"""Whom something is for, where a description turns on several of them: it empowers teams."""
_NUMBERED = re.compile(
    r"(?!(?:ANSI|CVE|DIN|ECMA|IEC|IEEE|ISO|JEP|MIPS|PEP|RFC|UTF)\b)"
    r"(?:[A-Z]{2,6}[ -]?\d{2,4}[A-Z]{0,2}|\d{1,2}[-.]\d{2,4}[A-Z]?)(?![\w.-])"
)
_NUMBER_ENDS = re.compile(r"\s*(?:$|[:–-])")
_UNIVERSITY = re.compile(r"(?:^|\.)(?:edu|ac)(?:\.[a-z]{2})?$")
_FINDING = re.compile(r"\bto find\b", re.IGNORECASE)
"""What stands in a heading before what is no kind of its entries: places to find papers."""
_JOINED = re.compile(r"[&,/]|\band\b|\bor\b", re.IGNORECASE)
_LONG = 3
"""Behind how many words the last of a title says less of what it names, where that is no repository."""
_LABEL = 40
"""Within how many characters a link says only the kind of what follows it."""
_REACH = 12
"""How many words of a description say what the thing is."""
_BARE = 1.25
"""How much speaks for a website where nothing else is known."""
_FURTHER = 0.5
"""How much is left of what a heading says of a kind for each topic below it that says nothing of one."""
_THROUGHOUT = 0.75
"""How much is left of what the list's title says of a kind where subjects stand between."""

Weights = dict[str, list[Hint]]


class Above(NamedTuple):
    """What stands above the entries of a section."""

    headings: Sequence[Heading]
    """Outermost first."""
    hints: Sequence[Hint]
    """Those of the nearest heading that names a kind, or of the list's title."""
    near: bool
    """Whether that is the very next, or the title."""


def weigh(entry: Entry, name: str, above: Above, vocabulary: Vocabulary) -> Weights:
    """Return the hints of each kind for one entry."""
    weights: Weights = defaultdict(list)
    entry = entry._replace(url="") if is_pictured(entry) else entry
    printed = entry.url.lower().endswith(".pdf")  # a document, whatever it describes
    for found in _hints(entry, name, above, vocabulary):
        some = tuple(found) if not printed else tuple(hint for hint in found if hint.cls != _TOOL)
        for hint in some if len(some) < 2 else dict.fromkeys(some):  # most places have one at most
            weights[hint.cls].append(hint)
    return weights


def choose(weights: Iterable[Weights]) -> str:
    """Return the kind with most weight, over all the places where one URL is listed."""
    return _ranked(weights)[0][1]


def lead(weights: Weights) -> tuple[str, float, float]:
    """Return the kind with most weight, how much speaks for it, and how much for the next."""
    first, second, *_ = [*_ranked([weights]), (0.0, "")]
    return first[1], first[0], second[0]


def _ranked(weights: Iterable[Weights]) -> list[tuple[float, str]]:
    total = _totals(weights)
    kinds = sorted(
        total, key=lambda cls: (-round(total[cls], 6), _PLACES.get(cls, len(KINDS)))
    )  # in whatever order added
    return [(total[cls], cls) for cls in kinds]


def _totals(weights: Iterable[Weights]) -> dict[str, float]:
    total: dict[str, float] = defaultdict(float, {"atlas:Website": _BARE})
    for place in weights:
        for cls, hints in place.items():
            total[cls] += sum(hint.weight for hint in hints)
    return total


def _hints(entry: Entry, name: str, above: Above, vocabulary: Vocabulary) -> Iterator[Iterable[Hint]]:
    """Yield the hints of each place that is looked at; a hint counts once a place."""
    hints = vocabulary.hints
    bare = (_BRACKETS.sub(" ", name).strip() or name) if "(" in name else name
    said = words(name)
    site = split(entry.url)
    code = vocabulary.keeps_code(site.host)
    kept = code and len(site.path) > 1 and site.path[0].lower() not in vocabulary.words["gathering page"]
    whole = kept and len(site.path) == _REPOSITORY
    body = _what_is_said(entry, vocabulary.words["from whom"])
    somebody = is_somebody(name, site, body[:400], above.hints, vocabulary)
    person = somebody or is_named_as_a_person(name, vocabulary)
    other = _NOT_IN_REPOSITORIES if kept and not person else ()
    home = is_home(entry.url, site, hints["inPath"])
    yield at_home(home, of_headings(name, site, above.hints, other, vocabulary))
    titled = _of_title_words(bare, vocabulary)
    yield (hint for hint in titled if not whole or hint.cls not in _SELDOM_IN_REPOSITORIES)
    if site.path:
        yield _of_label(entry, "" if kept else name, hints["describedAs"])
    yield hints["shape"].get("course number", ()) if _is_course(name, site.host, above) else ()
    signed = site.path and not (code or above.hints) and is_signed(body, vocabulary)
    yield hints["shape"].get("signed", ()) if signed else ()
    yield hints["shape"].get("somebody", ()) if somebody and says_who(body[:400], vocabulary) else ()
    yield _of_tags(entry, hints["describedAs"])
    head = _head(said)
    shown = _of_repository(name, kept, hints["inTitle"])
    yield (less(hint, _ONE_SHOWN if name.lower().endswith(_ONE) else 1.0) for hint in shown)
    ends = _of_title_end(name, head, bare, kept, hints["atTitleEnd"])
    yield (hint for hint in ends if site.path or hint.cls != "atlas:CodeExample")  # Acme Notebooks at its own site
    yield (ending(head, hints["atRepositoryEnd"]) or ()) if kept and len(head) > 1 else ()
    gainsaid = above.near and _gainsays(above.hints, code)
    gainsaid = gainsaid or _gainsays(shown or ending(head, hints["inTitle"]) or (), code)
    apart = (_BESIDE_REPOSITORIES if whole else ("atlas:Vendor",)) if kept else ()
    apart = (*apart, *(() if person else ("atlas:Person",)))
    sentence = body.split(". ")[0][:400].lstrip().removeprefix(f"{name} is ")
    described, other_words, offered = _of_description(sentence, apart, not site.path, vocabulary)
    yield at_home(home, offered or described)
    yield at_home(home, other_words)
    told = bool(described) and all(hint.cls in (_GATHERED if kept else _READ) for hint in described)
    gainsaid = gainsaid or (told and not home) or bool(offered)
    software = any(hint.cls == _TOOL for hint in described)
    held = any(hint.cls == "atlas:Event" for hint in above.hints)
    yield from of_page(
        entry, name, above.headings, vocabulary, home=home, gainsaid=gainsaid, software=software, held=held
    )


def _what_is_said(entry: Entry, apart: Set[str]) -> str:
    """Return the text behind a title without the nested items that state properties, and without what some fields state."""
    text, at, said = entry.passage.text, entry.body, ""
    for start, end, field in sorted((*fact.span, fact.field) for fact in entry.facts if fact.field not in _TAGGED):
        if start >= at and (field in apart or (entry.body < start <= len(text) and text[start - 1] == "\n")):
            said += text[at:start]
            at = end
    return said + text[at:]


def _of_label(entry: Entry, name: str, table: Mapping[str, tuple[Hint, ...]]) -> Iterator[Hint]:
    """Yield what the words before a title say, or the title itself, or the link behind it, where they are no more than the noun."""
    text, (begin, end) = entry.passage.text, entry.title
    label = _BRACKETS.sub("", text[:begin]).strip(" -–—:").lower() if begin < _LABEL else ""
    yield from (hint for each in (label, name.lower()) for hint in table.get(each, ()) if hint.cls in _READ)
    if end < entry.body:
        further = next((link.start for link in entry.links if link.start >= end), entry.body)
        opened = text[end : min(further, entry.body)].strip(" -–—:|,[]()").lower()
        yield from (hint for hint in table.get(opened, ()) if hint.cls in _SHOWN)


def _is_course(name: str, host: str, above: Above) -> bool:
    """Whether a title begins with a number as universities give them to their courses, at one or among courses: CS 161, 6.006."""
    found = _NUMBERED.match(name)
    among = any(hint.cls == "atlas:Course" for hint in above.hints)
    if found is None or among:
        return found is not None
    return _UNIVERSITY.search(host) is not None and _NUMBER_ENDS.match(name, found.end()) is not None


def _of_tags(entry: Entry, table: Mapping[str, tuple[Hint, ...]]) -> Iterator[Hint]:
    """Yield what a tag of the list's own right beside a title settles, where it names a kind: `book`, `talk`; (ebook) says much."""
    for fact in entry.facts:
        if fact.field in _TAGGED and fact.span[0] <= entry.body:
            for hint in table.get(fact.value.lower(), ()):
                if hint.cls not in _NO_TAGS:
                    yield hint._replace(weight=_TAGGED[fact.field])


def _of_title_end(
    name: str, head: Sequence[str], bare: str, kept: bool, table: Mapping[str, tuple[Hint, ...]]
) -> Iterator[Hint]:
    """Yield what the last words of a title say of it."""
    within = ending(_head(words(bare)), table) if bare != name else None
    ends = within or () if _BY_WHOM.search(name) else ending(head, table) or within or ()
    share = 1.0 if kept or len(head) <= _LONG or " - " in name else LESSER  # behind a dash stands what it is
    for hint in ends:
        if hint.cls == _TOOL:
            yield less(hint, share)
        elif len(head) > 1 and (not kept or hint.cls in _GATHERED):
            yield hint


def _of_repository(name: str, kept: bool, table: Mapping[str, tuple[Hint, ...]]) -> Sequence[Hint]:
    """Return what the last part of a repository's name says, where it shows something: bramble-examples."""
    parts = name.split("-")
    if not kept or " " in name or len(parts) < _PARTED or parts[-1].lower() in _USED:
        return ()
    return [hint for hint in table.get(parts[-1].lower(), ()) if hint.cls in _SHOWING]


def _head(said: Sequence[str]) -> Sequence[str]:
    """Return a title's words before what it says of its maker, its purpose or its parts."""
    return said[: next((at for at, word in enumerate(said) if at and word in ("by", "for", "with")), len(said))]


def _gainsays(hints: Sequence[Hint], code: bool) -> bool:
    """Whether what a heading or a title's noun says of a kind leaves no room for presuming software."""
    return bool(hints) and all(
        hint.cls != "atlas:Tool" and (not code or hint.cls in _IN_REPOSITORIES) for hint in hints
    )


def read_above(headings: Sequence[Heading], vocabulary: Vocabulary) -> Above:
    """Read the headings above a section's entries: what the nearest that names a kind says, or the list's title.

    Each heading between, and a title that stands over a list's subjects, takes something from what they say.
    """
    above = [heading for heading in headings if heading.role in (GENRE, TOPIC)]
    share = 1.0
    for heading in above[:-4:-1]:
        if found := _of_heading(heading, vocabulary):
            return Above(headings, [less(hint, share) for hint in found], share == 1.0)
        share = share if heading.role == GENRE else share * _FURTHER
    said = next((words(heading.name)[-1:] for heading in headings if heading.role == TITLE), [])
    if above and not (said and said[0].endswith("s")):  # a list of books holds books
        return Above(headings, [], False)
    share = _THROUGHOUT if above else 1.0
    return Above(headings, [less(hint, share) for hint in phrases(said, "inHeading", vocabulary)], True)


def _of_heading(heading: Heading, vocabulary: Vocabulary) -> list[Hint]:
    """Return the hints of a heading's words; of a topic only its nouns count, and only if most of them name kinds."""
    if heading.role == GENRE:
        if heading.cls == LISTS:
            return [*vocabulary.hints["shape"].get("contents alone", ())]
        text = _FINDING.split(heading.section.passage.text)[0]
        said = words(text)
        found = [*phrases(said, "inHeading", vocabulary)]
        if found and not _JOINED.search(text):
            last = ending(said, vocabulary.hints["inHeading"]) or ending(said, vocabulary.hints["atHeadingEnd"])
            found = [*last] if last and all(hint.cls == _TOOL for hint in last) else found  # Community Extensions
        return found or [*phrases(said, "atHeadingEnd", vocabulary)]
    if heading.name.lower() in vocabulary.words["medium"]:  # Video beside Audio says what is worked on
        return []
    nouns, found = [*heads(heading.name, *_noun_words(vocabulary))], list[Hint]()
    known = 0
    for said in nouns:
        if said[1:2] and said[1].endswith("ing") and said[0].endswith(("s", "people")):
            said = said[:1]  # People Building Looms
        ends = [hints for place in ("inHeading", "atHeadingEnd") if (hints := ending(said, vocabulary.hints[place]))]
        known += bool(ends)
        found += chain.from_iterable(ends)
    return found if 2 * known >= len(nouns) else []


def _of_description(
    sentence: str, never: Sequence[str], root: bool, vocabulary: Vocabulary
) -> tuple[Sequence[Hint], Iterable[Hint], Sequence[Hint]]:
    """Return the hints of the first sentence that is said of an entry: of its verb or its noun, and of its other words.

    The last are those of what one finds at a site, where ``root`` says that it is one: photos, articles; of one's own there
    is none. ``never`` are the kinds that an entry of its title and its host never is.
    """
    said = words(sentence)[:_REACH]
    table, nouns = vocabulary.hints["describedAs"], _noun_words(vocabulary)
    opened, acts = _opening(said, vocabulary), _acts(said, vocabulary)
    found = None if opened else turning(sentence, table, *nouns)
    apart = {*never, *(KINDS[1:] if acts else ())}  # "Folds paper" is no paper
    turned = [hint for hint in found or () if hint.cls not in apart]
    if any(hint.cls == _VENDOR for hint in turned):  # the name of another organisation says nothing, nor several do
        turned = [*(turning(_NAMES.sub("", _TEAMS.sub("", sentence)), table, *nouns) or ())]
    other = _of_other_words(said, vocabulary)
    named = {hint.cls for hint in opened or turned if hint.weight}
    aside = (hint if hint.cls in (named or ("atlas:Tool",)) else less(hint, LESSER) for hint in other)
    if not root or opened or acts or "your" in said:
        return opened or turned, aside, ()
    return turned, aside, turning(_BRACKETS.sub(" ", sentence), vocabulary.hints["offers"], *nouns) or ()


def _of_other_words(said: Sequence[str], vocabulary: Vocabulary) -> Iterator[Hint]:
    """Yield the hints of the words that a description has anywhere; a firm before another noun is none: startup ideas."""
    if vocabulary.opening["inDescription"].isdisjoint(said):
        return  # as most are
    for end, hints in longest(said, "inDescription", vocabulary):
        ended = _ends(following := _behind(said, end), vocabulary) or following.endswith("ing")
        yield from hints if ended else (hint for hint in hints if hint.cls != _VENDOR)


def _behind(said: Sequence[str], end: int) -> str:
    """Return the word behind a phrase; behind the last one nothing joins it to a further noun either."""
    return said[end] if end < len(said) else "and"


def _ends(following: str, vocabulary: Vocabulary) -> bool:
    """Whether a word shows that the noun before it is what the phrase turns on, and does not qualify another."""
    return following in _JOINING or following in vocabulary.words["behind a noun"]


def _opening(said: Sequence[str], vocabulary: Vocabulary) -> Sequence[Hint]:
    """Return the hints of the verb that a description opens with."""
    verbs = vocabulary.hints["opensDescription"]
    return verbs.get(said[0]) or verbs.get(singular(said[0])) or () if said and said[1:2] != ["of"] else ()


def _acts(said: Sequence[str], vocabulary: Vocabulary) -> bool:
    """Whether a description opens with what looks like a verb, and so says what is done: folds, editing."""
    first, holders = said[0] if said else "", vocabulary.words["holders"]
    verb = _ACTS.fullmatch(first) is not None and fold(first) not in vocabulary.names and first not in holders
    described, offered = vocabulary.hints["describedAs"], vocabulary.hints["offers"]
    if verb and noun(said[:1], described) is None and noun(said[:1], offered) is None:
        return True
    behind = said[1] if len(said) > 1 else ""
    guide = behind == "of" or (not behind.endswith("s") and noun([behind], described) is not None)  # a testing guide
    return not guide and is_gerund(first, vocabulary.hints["opensDescription"])


def _noun_words(vocabulary: Vocabulary) -> tuple[frozenset[str], frozenset[str]]:
    return vocabulary.words["behind a noun"], vocabulary.words["holders"]


def _of_title_words(name: str, vocabulary: Vocabulary) -> Iterator[Hint]:
    """Yield the hints of a title's words; a noun before another noun says less of the thing: Open Data Structures."""
    opening = vocabulary.opening["inTitle"]
    for part in _PARTS.split(name):
        said = words(part)
        if opening.isdisjoint(said):
            continue  # as most are
        for end, hints in longest(said, "inTitle", vocabulary):
            ended = _ends(following := _behind(said, end), vocabulary) or following.isdigit()
            yield from hints if ended else (hint if hint.cls in _TOLD else less(hint, LESSER) for hint in hints)
