"""What the words around a name say of it: each cue of the lexicon is a relation between two names.

A description speaks of its item unless a clause names another subject: in "run a Kafka cluster on Kubernetes" it is Kafka that
runs. Names in a row ("PyTorch, TensorFlow and JAX") share the cue of the first. What denies, compares or hopes
leaves a name merely mentioned.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..mentions import Mention, inside
from ..model import Claim, Evidence, Thing
from ..names import fold
from ..survey import Item
from ..vocabulary import Cue, Name, Vocabulary
from .reading import Reading, named

_TOKEN = re.compile(r"[\w+#'’@%-]+(?:\.[\w+#]+)*\.?|[.;:!?()\[\]\n]")
_STOP = re.compile(r"[.;!?\n]\s|\s[-–—]\s")
_JOINT = re.compile(
    r"\s*(?:,|;|/|&|\+|\band\b|\bor\b|\bas well as\b)(?:\s*(?:and|or|&|the|a|an)\b)*\s*|\s*,?\s*(?:and|or)\s+",
    re.IGNORECASE,
)
_PROPER = re.compile(r"(?<![\w.])[A-Z][\w+#.'’-]*\w(?: (?:[A-Z][\w+#.'’-]*\w|\d+(?:\.\d+)*))*")
_ARTICLE = re.compile(r"\b[Aa]n?\s+$")
BRACKET = re.compile(r"\s*\([^()]{2,80}\)")
_ROW = re.compile(rf"(?:{_JOINT.pattern})(?:[\w.+#'-]+(?: [\w.+#'-]+){{0,2}}(?:{_JOINT.pattern})){{0,4}}", re.IGNORECASE)
"""What stands between two names of one row: a joint, or further items that are no known names."""

_LONGEST = 6
"""Words in the longest phrase of the lexicon, and how many fillers may stand before the object."""


class Found(NamedTuple):
    """A cue beside a name, and where its phrase begins and ends with the name included."""

    cue: Cue
    start: int
    end: int
    direct: bool
    """Whether the phrase stands before the name."""


def described(reading: Reading) -> Iterator[Claim]:
    """Each name in an item's description stands in the relation that its cue states, or is mentioned."""
    item = reading.item
    text = item.entry.passage.text
    bracket = BRACKET.match(text, item.title.span.end) if item.title.span is not None and not item.entity else None
    begin = max(item.entry.body, bracket.end() if bracket else 0)
    mentions = [
        mention for mention in reading.body_names() if mention.start >= begin and _target(mention) != item.thing.key
    ]
    yield from _clauses(reading, sorted([*mentions, *_coined(reading, mentions)]), begin)


def _coined(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Yield names that only a cue makes known: linked words, or a capitalised phrase behind a cue of several words."""
    item, vocabulary = reading.item, reading.vocabulary
    text = item.entry.passage.text
    linked = [
        (link.start, link.end) for link in item.entry.links if link.start >= item.entry.body and link.end > link.start
    ]
    proper = [found.span() for found in _PROPER.finditer(text, item.entry.body)]
    taken = [(mention.start, mention.end) for mention in mentions]
    for number, (start, end) in enumerate((*linked, *proper)):
        words = text[start:end]
        if any(start < upper and lower < end for lower, upper in taken) or words.casefold() in vocabulary.roles:
            continue
        if len(words) > 50 or words.startswith(("http:", "https:", "www.")) or not any(map(str.isalpha, words)):
            continue
        if number >= len(linked) and (words.isupper() or _ARTICLE.search(text[max(start - 4, 0) : start])):
            continue
        found = _coining_cue(text, Mention(start, end, Name("", words, (), False)), item, vocabulary)
        if found is not None and (number < len(linked) or (found.direct and " " in text[found.start : start].strip())):
            taken.append((start, end))
            yield Mention(start, end, Name(found.cue.coins or "atlas:Tool", words, (), False))
        elif number < len(linked) and item.entity and _like_a_name(words):
            taken.append((start, end))
            yield Mention(start, end, Name("atlas:Tool", words, (), False))


def _like_a_name(words: str) -> bool:
    """Whether linked words can be a name: few, and spelt as names are."""
    said = words.split()
    return len(said) <= 3 and all(word[:1].isupper() or any(map(str.isdigit, word)) for word in said) and len(words) > 1


def _coining_cue(text: str, mention: Mention, item: Item, vocabulary: Vocabulary) -> Found | None:
    for cls in ("atlas:Tool", "atlas:Vendor"):
        trial = mention._replace(name=mention.name._replace(cls=cls))
        found = find_cue(text, trial, item.entry.body, item.thing.cls, vocabulary)
        if found is not None and (found.cue.coins == cls if found.direct else cls == "atlas:Tool"):
            return found
    return None


def _clauses(reading: Reading, mentions: Sequence[Mention], begin: int) -> Iterator[Claim]:
    text, vocabulary = reading.item.entry.passage.text, reading.vocabulary
    before: Mention | None = None
    shared: tuple[Found | None, Thing] = (None, reading.item.thing)
    for mention in mentions:
        if before is not None and _ROW.fullmatch(text, before.end, mention.start):
            cue, subject = shared
            found = (
                cue._replace(end=mention.end)
                if cue is not None and _fits(cue.cue, subject.cls, mention.name.cls, vocabulary)
                else None
            )
            found = found or find_cue(text, mention, begin, subject.cls, vocabulary)
        else:
            subject = _subject(reading, before, mention, begin)
            found = find_cue(
                text,
                mention,
                begin if subject is reading.item.thing else before.end if before else begin,
                subject.cls,
                vocabulary,
            )
        shared = (found, subject)
        before = mention
        if found is None and mention.name.ordinary and _opens_sentence(text, mention.start, begin):
            continue
        yield from _state(reading, subject, mention, found)


def _state(reading: Reading, subject: Thing, mention: Mention, found: Found | None) -> Iterator[Claim]:
    text = reading.item.entry.passage.text
    target = reading.thing(mention, text[mention.start : mention.end])
    link = next((link for link in reading.item.entry.links if link.start <= mention.start and mention.end <= link.end), None)
    if link is not None and mention.name.cls == "atlas:Vendor":
        target = target._replace(urls=(link.url,))
    own = subject.key == reading.item.thing.key
    if found is not None:
        evidence = reading.evidence(
            found.cue.name, found.cue.confidence, min(found.start, mention.start), max(found.end, mention.end)
        )
        yield Claim(subject, found.cue.property, target, evidence)
    if (found is None or not own) and len(text[mention.start : mention.end]) > 1:
        yield Claim(
            reading.item.thing, "atlas:mentions", target, reading.evidence("mention", 0.85, mention.start, mention.end)
        )


def _opens_sentence(text: str, start: int, begin: int) -> bool:
    """Whether a word stands where any word would have a capital."""
    lead = text[max(begin, start - 3) : start].rstrip("\"'“‘(*_ ")
    return start <= begin or lead == "" or lead[-1] in ".!?:\n"


def _target(mention: Mention) -> str:
    return f"n:{fold(mention.name.label)}"


def _subject(reading: Reading, before: Mention | None, mention: Mention, begin: int) -> Thing:
    """Return what a clause speaks of: the tool right before the cue, with nothing but an instance word between, or the item."""
    item, vocabulary = reading.item, reading.vocabulary
    if before is None or not vocabulary.is_a(before.name.cls, "atlas:Tool") or before.start < begin:
        return item.thing
    between = [token.lower() for token in _TOKEN.findall(item.entry.passage.text[before.end : mention.start])]
    while between and between[0] in vocabulary.words["instances"]:
        between = between[1:]
    while between and between[-1] in vocabulary.words["filler"]:
        between = between[:-1]
    cues = vocabulary.before.get(" ".join(between), ())
    if any(
        cue.property == "atlas:runsOn" and _fits(cue, before.name.cls, mention.name.cls, vocabulary) for cue in cues
    ):
        return named(before.name)
    return item.thing


def find_cue(text: str, mention: Mention, begin: int, subject: str, vocabulary: Vocabulary) -> Found | None:
    """Return the cue beside a name that fits both classes; one before the name comes first, the longest phrase wins."""
    left = _left(text, begin, mention.start)
    found = _before(left, subject, mention, vocabulary)
    if found is not None:
        return None if _denied(left, found.start, vocabulary) else found
    if _denied(left, mention.start, vocabulary):
        return None
    return _after(text, subject, mention, vocabulary)


def _left(text: str, begin: int, end: int) -> list[tuple[str, int]]:
    """Return the words of the clause before a name, with their places."""
    start = max(
        (stop.end() for stop in _STOP.finditer(text, max(begin, end - 160), end)), default=max(begin, end - 160)
    )
    return [(token[0].lower(), token.start()) for token in _TOKEN.finditer(text, start, end)]


def _before(left: Sequence[tuple[str, int]], subject: str, mention: Mention, vocabulary: Vocabulary) -> Found | None:
    filler = vocabulary.words["filler"]
    end = len(left)
    for _ in range(_LONGEST):
        for size in range(min(_LONGEST, end), 0, -1):
            phrase = " ".join(word for word, _ in left[end - size : end])
            for cue in vocabulary.before.get(phrase, ()):
                if _fits(cue, subject, mention.name.cls, vocabulary):
                    return Found(cue, left[end - size][1], mention.end, True)
        if end == 0 or (left[end - 1][0].rstrip(".") not in filler and left[end - 1][0] not in ("(",)):
            return None
        end -= 1
    return None


def _after(text: str, subject: str, mention: Mention, vocabulary: Vocabulary) -> Found | None:
    """Find a cue behind a name; behind a language up to three other words may stand before it ("a Java workflow engine")."""
    reach = 4 if mention.name.cls == "atlas:Language" else 2
    tokens = []
    for token in _TOKEN.finditer(text, mention.end, mention.end + 80):
        if re.match(r"[.;:!?()\[\]\n]", token[0]) or token[0].lower() in (
            "and",
            "or",
            "for",
            "with",
            "to",
            "that",
            "which",
            "of",
            "in",
            "on",
            "is",
        ):
            break
        tokens += [(part.lower().rstrip("."), token.end()) for part in token[0].strip("-").split("-")]
        if text[token.end() : token.end() + 1] == "," or len(tokens) >= reach:
            break
    for at in range(min(reach, len(tokens))):
        for size in (2, 1):
            phrase = " ".join(word for word, _ in tokens[at : at + size])
            for cue in vocabulary.after.get(phrase, ()):
                if _fits(cue, subject, mention.name.cls, vocabulary):
                    return Found(cue, mention.start, tokens[min(at + size, len(tokens)) - 1][1], False)
    return None


def _fits(cue: Cue, subject: str, target: str, vocabulary: Vocabulary) -> bool:
    if cue.objects and not any(vocabulary.is_a(target, cls) for cls in cue.objects):
        return False
    if (
        "atlas:Tool" in cue.objects
        and target == "atlas:Language"
        and cue.property in ("atlas:runsOn", "atlas:basedOn", "atlas:partOf")
    ):
        return False
    term = vocabulary.properties.get(cue.property)
    allowed = cue.subjects or (("atlas:Tool",) if term is not None and cue.property != "atlas:createdBy" else ())
    return not allowed or any(vocabulary.is_a(subject, cls) for cls in allowed)


def _denied(left: Sequence[tuple[str, int]], start: int, vocabulary: Vocabulary) -> bool:
    """Whether one of the three words before a cue denies, compares or hopes."""
    words = [word for word, at in left if at < start][-3:]
    denials = vocabulary.words["denials"]
    return any(" ".join(words[at : at + size]) in denials for at in range(len(words)) for size in (1, 2))


def titled(reading: Reading) -> Iterator[Claim]:
    """What a resource's title names it is about; a cue between two names of a title relates them."""
    item = reading.item
    names = [mention for mention in reading.title_names() if _target(mention) != item.thing.key]
    if not item.entity:
        for mention in names:
            yield Claim(
                item.thing,
                "atlas:about",
                _thing(reading, mention),
                _title_evidence(reading, "title", 0.92, mention.start, mention.end),
            )
        text = item.name_text
        for left, right in pairwise(names):
            cue = _between(text[left.end : right.start], left, right, reading.vocabulary)
            if cue is not None:
                evidence = _title_evidence(reading, cue.name, cue.confidence, left.start, right.end)
                yield Claim(_thing(reading, left), cue.property, _thing(reading, right), evidence)
    elif item.cls != "atlas:Vendor" and item.title.span is not None:
        title = item.name_text[: item.title.span.end]
        for mention in inside(reading.survey.finder.find(title, without=item.thing.name), *item.title.span):
            found = find_cue(title, mention, item.title.span.start, item.thing.cls, reading.vocabulary)
            if found is not None:
                yield from _state(reading, item.thing, mention, found)


def _between(text: str, left: Mention, right: Mention, vocabulary: Vocabulary) -> Cue | None:
    phrase = " ".join(text.lower().split())
    cues = (*vocabulary.between.get(phrase, ()), *vocabulary.before.get(phrase, ()))
    return next((cue for cue in cues if _fits(cue, left.name.cls, right.name.cls, vocabulary)), None)


def _thing(reading: Reading, mention: Mention) -> Thing:
    return named(mention.name, reading.item.name_text[mention.start : mention.end])


def _title_evidence(reading: Reading, rule: str, confidence: float, start: int, end: int) -> Evidence:
    return (
        reading.evidence(rule, confidence)
        if reading.item.title.span is None
        else reading.evidence(rule, confidence, start, end)
    )


def named_after(reading: Reading) -> Iterator[Claim]:
    """A tool whose name extends another listed tool's name is part of it: Kubeflow Pipelines is part of Kubeflow.

    A connector, a client, a plugin is no part of what it connects to.
    """
    vocabulary, item = reading.vocabulary, reading.item
    named_here = [(mention.name, item.name_text[mention.start : mention.end], mention) for mention in reading.names]
    seen = set()
    for name, spelling, mention in named_here:
        *first, last = spelling.split()
        whole = vocabulary.names.get(fold(" ".join(first))) or reading.survey.names.get(fold(" ".join(first)))
        if not first or whole is None or fold(name.label) in seen or last.lower() in vocabulary.after:
            continue
        if (
            whole.cls == name.cls == "atlas:Tool"
            and fold(whole.label) != fold(name.label)
            and fold(whole.label) in reading.survey.listed
        ):
            seen.add(fold(name.label))
            evidence = _title_evidence(reading, "name extends name", 0.85, mention.start, mention.end)
            yield Claim(reading.thing(mention, ""), "atlas:partOf", named(whole), evidence)
