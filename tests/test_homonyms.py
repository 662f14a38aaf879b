"""Tools of one name: when the entries of several lists are one thing, and when only their names are the same."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkatlas.explain import explain_node, matching, trace
from linkatlas.model import Build, Document
from linkatlas.pipeline import build
from linkatlas.vocabulary import Vocabulary, load

WINDOWS = "- [Tidewheel](https://github.com/ada/tidewheel) - A window manager that tiles what one sees."
QUEUES = "- [Tidewheel](https://github.com/bea/tidewheel) - Message broker for busy factories."


@cache
def vocabulary() -> Vocabulary:
    return load()


def listed(*entries: str) -> list[Document]:
    """A list for each entry, or for several with line breaks between them."""
    return [Document(f"{at}.md", f"# Awesome Things {at}\n\n## Tools\n\n{one}\n") for at, one in enumerate(entries)]


def seats(built: Build, name: str = "Tidewheel") -> list[set[str]]:
    """The addresses of each tool of a name."""
    return sorted(
        ({*node.urls} for node in built.graph.nodes if node.label == name and node.cls == "atlas:Tool"), key=sorted
    )


ONE = {
    "a home page and a repository whose account is called like it": (
        "- [Tidewheel](https://tidewheel.dev) - Keeps time.",
        QUEUES,
    ),
    "a page whose host is called like the account": (
        "- [Tidewheel](https://tools.beacorp.example/wheel) - Keeps time.",
        "- [Tidewheel](https://github.com/bea-corp/tidewheel) - Message broker for busy factories.",
    ),
    "a repository that has moved, by its description": (
        QUEUES,
        "- [Tidewheel](https://github.com/millworks/tidewheel) - A message broker for busy factories and mills.",
    ),
    "one that has moved under another name": (
        QUEUES,
        "- [Tidewheel](https://github.com/millworks/wheel) - Message broker for busy factories.",
    ),
    "one that has moved to an account called alike": (
        "- [Tidewheel](https://github.com/bramble/tidewheel) - Keeps time.",
        "- [Tidewheel](https://github.com/bramble-labs/tidewheel) - Message broker for busy factories.",
    ),
    "two accounts that the ontology knows to be one organisation's": (
        "- [Tidewheel](https://github.com/uber/tidewheel) - Keeps time.",
        "- [Tidewheel](https://github.com/uber-common/tidewheel) - Message broker for busy factories.",
    ),
    "two repositories of one account": (
        QUEUES,
        "- [Tidewheel](https://github.com/bea/tidewheel-core) - Keeps time.",
    ),
    "one of which nothing is said, at an account called like the thing": (
        "- [Tidewheel](https://github.com/tidewheel-org/tidewheel)",
        QUEUES,
    ),
}
SEVERAL = {
    "two accounts and two descriptions": (WINDOWS, QUEUES),
    "one list that has both": (f"{WINDOWS}\n{QUEUES.replace('Message broker', 'A window manager that tiles')}",),
    "one description, and two languages": (
        "- [Tidewheel](https://github.com/ada/tidewheel) - Keeps the time of the mills in Rust.",
        "- [Tidewheel](https://github.com/bea/tidewheel) - Keeps the time of the mills in Haskell.",
    ),
    "one account, and repositories for two languages": (
        "- [Tidewheel](https://github.com/bea/tidewheel-php) - Keeps time.",
        "- [Tidewheel](https://github.com/bea/tidewheel-node) - Keeps time.",
    ),
    "a page of which neither account nor description knows": (
        "- [Tidewheel](https://ropes.example/tools/tidewheel) - Splices ropes with a hook.",
        QUEUES,
    ),
}


@pytest.mark.parametrize("why", ONE)
def test_entries_of_one_name_are_one_thing(why: str) -> None:
    assert len(seats(build(listed(*ONE[why]), vocabulary()))) == 1


@pytest.mark.parametrize("why", SEVERAL)
def test_entries_of_one_name_are_two_things(why: str) -> None:
    found = seats(build(listed(*SEVERAL[why]), vocabulary()))
    assert [len(urls) for urls in found] == [1, 1]


def test_the_one_that_most_lists_list_keeps_the_name_and_each_has_its_own_facts() -> None:
    built = build(listed(WINDOWS, QUEUES, QUEUES), vocabulary())
    iris = {min(node.urls): node.iri for node in built.graph.nodes if node.label == "Tidewheel"}
    window, queue = iris["https://github.com/ada/tidewheel"], iris["https://github.com/bea/tidewheel"]
    assert (window[-28:], queue[-14:]) == ("tool/tidewheel-ada-tidewheel", "tool/tidewheel")
    repositories = {
        (said.subject, said.object) for said in built.graph.statements if said.predicate == "atlas:repository"
    }
    assert repositories == {(window, "https://github.com/ada/tidewheel"), (queue, "https://github.com/bea/tidewheel")}
    kept = {(one.url, one.node) for source in built.graph.sources for one in source.kept}
    assert kept == {("https://github.com/ada/tidewheel", window), ("https://github.com/bea/tidewheel", queue)}


def test_a_mention_means_the_list_s_own_and_elsewhere_the_one_that_has_the_name() -> None:
    plugin = "- [Hookline](https://hookline.dev) - Plugin for Tidewheel."
    built = build(listed(QUEUES, QUEUES, f"{WINDOWS}\n{plugin}", plugin.replace("Hookline", "Ropeway")), vocabulary())
    iris = {min(node.urls, default=""): node.iri for node in built.graph.nodes}
    said = {
        (said.evidence.source, said.object)
        for said in built.graph.statements
        if said.predicate == "atlas:integratesWith"
    }
    assert said == {
        ("2.md", iris["https://github.com/ada/tidewheel"]),
        ("3.md", iris["https://github.com/bea/tidewheel"]),
    }


@pytest.mark.parametrize(
    "address",
    [
        "https://github.com/ada/tidewheel",
        "https://github.com/Ada/Tidewheel.git",
        "https://github.com/ada/tidewheel/tree/main",
        "https://github.com/bea/tidewheel",
    ],
)
def test_a_link_tells_what_a_name_means_even_beside_the_lists_own(address: str) -> None:
    fork = (
        f"{WINDOWS}\n- [Hookline](https://hookline.dev) - A fork of [Tidewheel]({address}). Hooks what Tidewheel shows."
    )
    built = build(listed(QUEUES, QUEUES, fork), vocabulary())
    meant = next(node.iri for node in built.graph.nodes if any(address.lower().startswith(url) for url in node.urls))
    assert {said.object for said in built.graph.statements if said.predicate == "atlas:basedOn"} == {meant}


def test_a_link_tells_of_what_a_clause_speaks() -> None:
    said = "[Tidewheel](https://github.com/ada/tidewheel)"
    tools = (
        f"- [Hookline](https://hookline.dev) - Deploys {said} on Kubernetes.\n"
        f"- [Gull](https://gull.dev) - Uses {said} (a parser from Google)."
    )
    built = build(listed(QUEUES, QUEUES, WINDOWS, tools), vocabulary())
    window = next(node.iri for node in built.graph.nodes if "https://github.com/ada/tidewheel" in node.urls)
    of_it = {said.predicate for said in built.graph.statements if said.subject == window}
    assert of_it >= {"atlas:runsOn", "atlas:developedBy"}


def test_what_is_told_apart_stays_apart_whatever_other_names_it_has() -> None:
    built = build(
        listed(
            *(one.replace("[Tidewheel]", "[Tidewheel.js]") for one in (WINDOWS, QUEUES)),
            "- [K](https://k.dev) - A fork of Tidewheel.",
        ),
        vocabulary(),
    )
    apart = [node for node in built.graph.nodes if node.label == "Tidewheel.js" and node.urls]
    assert len(apart) == 2 and all(len(node.urls) == 1 for node in apart)


def test_every_node_has_an_iri_of_its_own() -> None:
    lists = listed(
        *(f"- [Tide Wheel](https://github.com/{path}) - {said}" for path, said in (
            ("ada/tide-wheel", "Keeps the time."), ("ada-tide/wheel", "Splices ropes."), ("bea/tide-wheel", "Brokers messages."),
        )),
        "- [Tide Wheel Ada Tide Wheel](https://finch.example) - Sings.",
    )  # fmt: skip
    iris = [node.iri for node in build(lists, vocabulary()).graph.nodes]
    assert len(iris) == len(set(iris))


def test_a_part_belongs_to_the_one_of_its_own_account() -> None:
    ropes = "- [Tidewheel Ropes](https://github.com/ada/tidewheel-ropes) - Ropes."
    built = build(listed(QUEUES, QUEUES, WINDOWS, ropes), vocabulary())
    queue = next(node.iri for node in built.graph.nodes if "https://github.com/bea/tidewheel" in node.urls)
    assert queue not in {said.object for said in built.graph.statements if said.predicate == "atlas:partOf"}


def test_a_linked_name_means_what_lies_at_the_link() -> None:
    fork = "- [Hookline](https://hookline.dev) - A fork of [Tidewheel](https://github.com/ada/tidewheel)."
    built = build(listed(QUEUES, QUEUES, WINDOWS, fork), vocabulary())
    window = next(node.iri for node in built.graph.nodes if "https://github.com/ada/tidewheel" in node.urls)
    assert [said.object for said in built.graph.statements if said.predicate == "atlas:basedOn"] == [window]


def test_a_known_name_means_the_known_tool_beside_an_entry_of_a_driver_called_like_it() -> None:
    driver = "- [MongoDB](https://github.com/ada/mongodb-php) - Driver.\n- [Hookline](https://hookline.dev) - Works with MongoDB."
    other = "- [MongoDB](https://github.com/bea/mongodb-node) - Client of the wire protocol."
    built = build(listed(driver, other), vocabulary())
    known = next(node for node in built.graph.nodes if node.iri.endswith("tool/mongodb"))
    assert known.listed_at == ()
    assert known.iri in {said.object for said in built.graph.statements if said.predicate == "atlas:integratesWith"}


def tools(*entries: str) -> set[str]:
    """The labels of the tools of lists."""
    return {node.label for node in build(listed(*entries), vocabulary()).graph.nodes if node.cls == "atlas:Tool"}


def test_two_names_at_one_address_are_one_thing_where_no_list_has_both() -> None:
    short, long = (
        f"- [{name}](https://github.com/bea/wheel) - Keeps time." for name in ("Tidewheel", "Tidewheel Clocks")
    )
    assert len(tools(short, long)) == 1
    assert len(tools(f"{short}\n{long}")) == 2


def test_what_stands_side_by_side_is_two_things_however_alike_the_names_and_the_address() -> None:
    one, other = (f"- [{name}](https://wheels.example/all) - A tool." for name in ("tidewheel", "sidewheel"))
    between = "- [Brambleloom](https://loom.example) - A loom.\n" * 3
    assert len(tools(f"{one}\n{other}")) == 2
    assert len(tools(f"{one}\n{between}{other}")) == 2  # with the loom: a slip of the pen


def test_sections_of_one_page_are_several_things_whatever_their_names() -> None:
    one, other = (
        f"- [{name}](https://tools.example/all#{name.lower()}) - A tool." for name in ("Tidewheel", "Tidewheels")
    )
    assert len(tools(f"{one}\n{other}")) == 2
    assert len(tools(f"{one}\n{other}".replace("#tidewheels", "#tidewheel"))) == 1


def test_an_explanation_names_the_others_of_the_name() -> None:
    traced = trace(listed(WINDOWS, QUEUES), vocabulary())
    nodes = matching(traced.graph, "Tidewheel")
    assert len(nodes) == 2
    for node, other in permutations(nodes):
        words = ["".join(part for part, *_ in line) for line in explain_node(node, traced)]
        assert any("another of this name" in said and other.iri in said for said in words)


ENTRIES = st.lists(
    st.tuples(st.sampled_from(("ada", "bea", "bea-labs")), st.sampled_from(("wheel", "wheel-php")), st.integers(0, 2)),
    min_size=2,
    max_size=5,
)


@pytest.mark.slow
@given(ENTRIES, st.randoms())
def test_the_order_of_the_lists_changes_nothing(entries: Sequence[tuple[str, str, int]], random: object) -> None:
    said = ("Keeps the time of mills.", "Splices ropes with a hook.", "")
    documents = [
        document._replace(source=f"{account}-{at}.md")
        for at, (account, name, text) in enumerate(entries)
        for document in listed(f"- [Wheel](https://github.com/{account}/{name}) - {said[text]}")
    ]
    shuffled = [*documents]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert build(documents, vocabulary()).graph == build(shuffled, vocabulary()).graph
