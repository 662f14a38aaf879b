"""The gallery of questions in the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.test_asking import RUNS_ON, answer, ask, editor, expected, status, taken
from linkatlas import build
from linkatlas.export import html
from linkatlas.query.questions import Parameter, Question, questions
from sample import iri

if TYPE_CHECKING:
    from browser.conftest import Open

sync_api = pytest.importorskip("playwright.sync_api")
expect = sync_api.expect

ON = Question(
    "runs-on",
    "What runs on it",
    "Which tools run on {platform}?",
    "Tools",
    (Parameter("platform", "atlas:Tool", "a place to run", "Kubernetes"),),
    "SELECT ?tool { VALUES ?platform { tool:kubernetes } ?tool atlas:runsOn ?platform }\n",
)
NAMED = Question(
    "named",
    "Names with a word",
    "Which names with {word} are longer than {length}?",
    "Names",
    (Parameter("word", "text", "a word", "flow"), Parameter("length", "number", "letters", "6")),
    "SELECT ?x { VALUES ?word { 'flow' } VALUES ?length { 6 }\n"
    "?x skos:prefLabel ?l FILTER(CONTAINS(?l, ?word) && STRLEN(?l) > ?length) }\n",
)
WHO = ON._replace(
    name="who",
    title="Who made it",
    sentence="What did {maker} make?",
    parameters=(Parameter("maker", "atlas:Vendor", "a maker", "Nobody"),),
    text="SELECT ?tool { VALUES ?maker { vendor:nobody } ?tool atlas:developedBy ?maker }\n",
)


@pytest.fixture
def three(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gallery of three questions."""
    monkeypatch.setattr(html, "questions", lambda: (ON, WHO, NAMED))


@pytest.mark.usefixtures("three")
def test_a_question_is_a_button_and_what_it_leaves_open_is_chosen_in_its_sentence(asking: Open) -> None:
    page = asking().page
    page.get_by_role("button", name="What runs on it").click()
    question = page.get_by_role("group", name="Question", exact=True)
    expect(question).to_contain_text("Which tools run on")
    blank = question.get_by_role("combobox", name="a place to run")
    expect(blank).to_have_value("Kubernetes")
    expect(status(page)).to_contain_text("3 rows")
    blank.fill("data")
    expect(question.get_by_role("listbox")).to_have_count(0)
    blank.fill("spark")
    page.keyboard.press("Enter")
    expect(blank).to_have_value("Apache Spark")
    expect(answer(page).get_by_role("button")).to_have_text(["Waimak"])
    expect(editor(page)).to_have_value(ON.text.replace("tool:kubernetes", f"<{iri('tool/apache-spark')}>"))


@pytest.mark.usefixtures("three")
def test_an_example_that_the_graph_has_not_gives_way_to_what_is_important_in_it(asking: Open) -> None:
    page = asking().page
    page.get_by_role("button", name="Who made it").click()
    expect(page.get_by_role("combobox", name="a maker")).not_to_have_value("")
    assert "vendor:nobody" not in editor(page).input_value()


@pytest.mark.usefixtures("three")
def test_words_and_numbers_fill_a_question_without_breaking_it(asking: Open) -> None:
    page = asking().page
    page.get_by_role("button", name="Names with a word").click()
    expect(status(page)).to_contain_text("6 rows")
    page.get_by_role("textbox", name="letters").fill("10")
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("4 rows")
    page.get_by_role("textbox", name="a word").fill('"} $& \\')
    page.keyboard.press("Enter")
    expect(status(page)).to_contain_text("0 rows")


@pytest.mark.usefixtures("three")
def test_the_gallery_narrows_to_the_words_of_a_filter(asking: Open) -> None:
    page = asking().page
    page.get_by_role("searchbox", name="Find a question").fill("tools run")
    questions = page.get_by_role("group", name="Questions")
    expect(questions.get_by_role("button")).to_have_text(["What runs on it"])
    expect(questions.get_by_role("heading")).to_have_text(["Tools"])


@pytest.mark.usefixtures("three")
def test_a_query_of_ones_own_leaves_the_question(asking: Open) -> None:
    page = asking().page
    page.get_by_role("button", name="What runs on it").click()
    expect(status(page)).to_contain_text("3 rows")
    ask(page, RUNS_ON)
    expect(page.get_by_role("group", name="Question", exact=True)).to_be_hidden()
    expect(page.get_by_role("button", name="What runs on it")).to_have_attribute("aria-pressed", "false")


def test_every_question_of_the_gallery_gets_the_rows_that_it_gets_in_python(asking: Open, tmp_path: Path) -> None:
    built = build().built
    page = asking(built).page
    asked = 0
    for question in questions():
        page.get_by_role("group", name="Questions").get_by_role("button", name=question.title, exact=True).click()
        expect(status(page)).to_contain_text(re.compile(r"^[\d,]+ rows?\b"))
        assert taken(page, tmp_path) == expected(editor(page).input_value(), built), question.name
        asked += 1
    assert asked >= 50
