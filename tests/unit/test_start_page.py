"""The start page: what it says of the lessons is what they say, and it only looks at its neighbours."""

import hashlib
import json
import re
import subprocess
import sys
from datetime import UTC, date, datetime

import nbformat
import pytest
from classroom import EXERCISES, ROOT
from made_bank import made_bank

from attention_course.answers import answer_code, clock, colab, record
from attention_course.answers.record import Record
from attention_course.course import StartPage, cards, facts, keepsake, modes, neighbours, tested, words
from attention_course.exercises.concepts import CONCEPTS
from attention_course.exercises.read_question import question_in
from attention_course.instructor.release.write_cards import WriteCards
from attention_course.instructor.source import facts as written_facts
from attention_course.page.path import PATH, START

NOW = datetime(2026, 3, 1, 9, 41, tzinfo=UTC)
ALL = f"{EXERCISES} of {EXERCISES}"
FACTS = facts.known()
CARDS = {"card-formula": "1", "card-sentence": "7"}  # and for how many days each rests
RELEASED = [lesson for lesson in PATH if (ROOT / f"release/{lesson}/{lesson}.ipynb").is_file()]


def read(lesson, kind="release"):
    return json.loads((ROOT / f"{kind}/{lesson}/{lesson}.ipynb").read_text(encoding="utf-8"))


def right(question):
    """Return a right answer, or any that is never judged."""
    if question.written:
        return Record().with_text("def f(): pass", NOW, {"examples": (True,), "checks": (True,)})
    picks = next(
        p for p in question.samples() if question.committed or question.needs_running(p) or question.is_right(p)
    )
    return Record().with_attempt(tuple(picks), NOW)


def lay(folder, lesson, records=None, name=None):
    """Lay a released lesson into a folder, answered in full unless other records are given."""
    document = read(lesson)
    if records is None:
        asked = [question_in("".join(c["source"])) for c in document["cells"] if c["cell_type"] == "code"]
        records = {found[0].name: right(found[0]) for found in asked if found}
    record.write(document, lesson, records)
    file = folder / (name or f"{lesson}.ipynb")
    file.write_text(json.dumps(document), encoding="utf-8")
    return file


def lay_source(folder, lesson, records):
    """Lay a lesson as its author has it, which may not be released yet, into a folder, with these records."""
    document = read(lesson, "source")
    record.write(document, lesson, records)
    (folder / f"{lesson}.ipynb").write_text(json.dumps(document), encoding="utf-8")


def look(folder, codes=""):
    standings, sentences = StartPage(codes, folder=folder).look()
    return {each.mode.name: each for each in standings}, sentences


# ---- facts


def test_what_is_known_of_the_lessons_is_what_they_say():
    assert facts.from_json(written_facts.of_all(ROOT / "source")) == FACTS, (
        "run: python -m attention_course.instructor.source.facts"
    )


@pytest.mark.parametrize(
    ("time", "minutes"),
    [
        ("about ten minutes", 10),
        ("about 50 minutes", 50),
        ("twice 45 minutes", 90),
        ("about an hour", 60),
        ("15 minutes a form", 15),
        ("five times six minutes", 30),
    ],
)
def test_minutes_are_read_as_a_lesson_says_them(time, minutes):
    assert written_facts.minutes_of(time) == minutes


def test_the_modes_of_a_lesson_share_all_of_its_points_and_every_section_is_there():
    there = modes.there(FACTS)
    for lesson, about in FACTS.items():
        assert sum(modes.points(mode, FACTS) for mode in there if mode.lesson == lesson) == about.points
    titles = {section.title for about in FACTS.values() for section in about.sections}
    assert {title for mode in there for title in mode.sections} <= titles
    assert [mode.name for mode in modes.EVERY] == (
        ["test", "why", "learn", "try", "visualize", "code", "metrics", "experiment", "challenge", "recall"]
    )


def test_a_mode_s_question_and_minutes_are_those_of_its_sections():
    assert modes.of_question("learn", "why-rnn", FACTS) == "why"
    assert modes.of_question("learn", "axis", FACTS) == "learn"
    assert modes.of_question("learn", "of-another-version", FACTS) == "learn"
    assert modes.of_question("experiment", "row-entropy", FACTS) == "metrics"
    assert modes.time(modes.main("practice"), FACTS) == FACTS["practice"].time
    why = next(mode for mode in modes.EVERY if mode.name == "why")
    assert modes.time(why, FACTS) == "about 10 minutes"


# ---- looking


def test_nothing_is_known_where_no_notebook_lies(tmp_path):
    standings, sentences = look(tmp_path)
    assert {each.is_known for each in standings.values()} == {False}
    assert sentences[0].startswith("No lesson's notebook lies beside this page")


def test_every_released_question_can_be_read_without_running_it(tmp_path):
    for lesson in set(RELEASED) - {"test", "recall"}:
        lay(tmp_path, lesson, {})
    found = neighbours.look(tmp_path, FACTS)
    assert found.sentences == []
    for lesson, neighbour in found.neighbours.items():
        assert (neighbour.unread, set(neighbour.answers)) == ([], set(FACTS[lesson].questions))


def test_a_lesson_that_is_answered_is_done_and_nothing_of_it_is_run_or_changed(tmp_path):
    file = lay(tmp_path, "learn")
    before, loaded = hashlib.sha256(file.read_bytes()).digest(), "torch" in sys.modules
    standings, sentences = look(tmp_path)
    learn, why = standings["learn"], standings["why"]
    assert sentences == []
    assert (learn.is_done, learn.points, learn.most, learn.strength) == (True, 11, 11, "strong")
    assert (why.answered, why.right, why.judged, why.points) == (3, 2, 2, 3)
    assert not standings["try"].is_known
    assert hashlib.sha256(file.read_bytes()).digest() == before
    assert ("torch" in sys.modules) == loaded


def test_half_a_lesson_says_what_to_go_on_with_and_what_to_look_at_again(tmp_path):
    records = {"attention-scores": Record().with_attempt(("value",), NOW)}
    lay(tmp_path, "practice", records)
    practice = look(tmp_path)[0]["try"]
    assert (practice.asked, practice.answered, practice.right, practice.points) == (10, 1, 0, 0)
    assert (practice.next_title, practice.again_title, practice.is_done) == ("Task 2", "Task 1", False)


def test_an_order_that_is_not_the_key_is_left_to_its_lesson(tmp_path):
    document = read("learn")
    asked = [question_in("".join(c["source"])) for c in document["cells"] if c["cell_type"] == "code"]
    order = next(found[0] for found in asked if found and found[0].name == "learn-order")
    lay(tmp_path, "learn", {"learn-order": Record().with_attempt(tuple(reversed(order.key)), NOW)})
    learn = look(tmp_path)[0]["learn"]
    assert (learn.answered, learn.unsure, learn.right, learn.strength) == (1, 1, 0, "")


def test_points_of_code_are_so_far(tmp_path):
    lay(tmp_path, "code")
    assert look(tmp_path)[0]["code"].so_far
    page = StartPage(folder=tmp_path)._repr_mimebundle_()["text/plain"]
    assert "Code: ● 9 of 9 answered · 9 of 9 right · 27 of 27 points so far · strong." in page


@pytest.mark.parametrize("text", ["{", "[]", '{"cells": 3}', ""])
def test_a_broken_neighbour_costs_one_sentence(tmp_path, text):
    lay(tmp_path, "learn")
    (tmp_path / "practice.ipynb").write_text(text, encoding="utf-8")
    standings, sentences = look(tmp_path)
    assert len(sentences) == 1
    assert sentences[0].startswith("practice.ipynb is not a notebook")
    assert standings["learn"].is_done
    assert not standings["try"].is_known


def test_a_record_that_does_not_fit_costs_one_sentence_and_that_question_alone(tmp_path):
    lay(tmp_path, "practice", {"purpose": Record().with_attempt(("nonsense",), NOW)})
    standings, (sentence,) = look(tmp_path)
    assert sentence.startswith("practice.ipynb: The record of 'purpose' is no answer to it")
    assert standings["try"].answered == 0


def test_of_several_notebooks_of_a_lesson_the_one_of_its_name_is_shown_and_else_none(tmp_path):
    lay(tmp_path, "practice")
    lay(tmp_path, "practice", {}, name="practice-Copy1.ipynb")
    standings, (sentence,) = look(tmp_path)
    assert standings["try"].is_done
    assert sentence.endswith("(practice-Copy1.ipynb, practice.ipynb): shown is practice.ipynb.")
    (tmp_path / "practice.ipynb").rename(tmp_path / "mine.ipynb")
    standings, (sentence, _) = look(tmp_path)
    assert not standings["try"].is_known


def test_where_each_lesson_has_a_folder_of_its_own_they_are_found(tmp_path):
    for name in (START, "practice"):
        (tmp_path / name).mkdir()
    lay(tmp_path / "practice", "practice")
    standings, _ = look(tmp_path / START)
    assert standings["try"].is_done
    shown = StartPage(folder=tmp_path / START)._repr_mimebundle_()["text/html"]
    assert 'href="../practice/practice.ipynb"' in shown


# ---- answer codes


def code(lesson, names):
    records = {name: Record().with_attempt(("x",), NOW).to_json() for name in names}
    return answer_code.encode(lesson, records)


def test_in_colab_answer_codes_say_what_is_answered_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr(colab, "is_here", lambda: True)
    lay(tmp_path, "learn")
    codes = f"{code('practice', ['purpose', 'why-scale'])}\n{code('code', ['rope'])}"
    standings, sentences = look(tmp_path, codes)
    assert sentences == []
    practice = standings["try"]
    assert (practice.by_code, practice.answered, practice.asked, practice.right) == (True, 2, 10, 0)
    assert (standings["code"].answered, standings["learn"].is_known) == (1, False)
    shown = StartPage(codes, folder=tmp_path)._repr_mimebundle_()["text/html"]
    assert "href" not in shown
    assert "2 of 10 answered, as an answer code says; which are right, the lesson itself says" in shown
    assert look(tmp_path, "")[1][0].startswith("Google Colab lets no notebook read another one")


def test_a_code_that_is_later_than_the_file_counts(tmp_path):
    lay(tmp_path, "practice", {})
    later = answer_code.encode("practice", {"purpose": Record().with_attempt(("focus",), NOW).to_json()})
    practice = look(tmp_path, later)[0]["try"]
    assert (practice.answered, practice.right) == (1, 1)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (code("elsewhere", ["a"]), "An answer code is of 'elsewhere', which is no lesson of this course."),
        (code("practice", ["a"])[:-3], "An answer code is damaged or cut off: copy the whole of it once more."),
    ],
)
def test_a_code_that_cannot_be_used_costs_one_sentence(tmp_path, codes, said):
    lay(tmp_path, "learn", {})
    assert look(tmp_path, codes)[1] == [said]


# ---- what is shown


def test_one_mode_is_recommended_first(tmp_path):
    def first(folder):
        shown = StartPage(folder=folder)._repr_mimebundle_()
        found = re.findall(r'ac-first"><h3>(.+?)</h3><p class="ac-advice">(.+?)</p>', shown["text/html"])
        return found or shown["text/plain"].splitlines()[0]

    begin = ("Test this pattern" if "test" in FACTS else "Why", "Begin here")
    (found,) = first(tmp_path)
    assert (found[0], found[1][:10]) == begin
    lay(tmp_path, "learn")
    assert first(tmp_path) == [("Try", "Go on here.")]


def test_names_and_files_are_escaped(tmp_path):
    lay(tmp_path, "practice", name="a <b> & c.ipynb")
    shown = StartPage(folder=tmp_path)._repr_mimebundle_()["text/html"]
    assert 'href="a%20%3Cb%3E%20%26%20c.ipynb"' in shown


def test_it_is_made_of_headings_and_a_list_and_its_signs_have_words(tmp_path):
    lay(tmp_path, "practice", {})
    shown = StartPage(folder=tmp_path)._repr_mimebundle_()["text/html"]
    there = modes.there(FACTS)
    assert shown.count("<li ") == len(there)
    assert re.findall("<h3>(.+?)</h3>", shown) == [mode.title for mode in there]
    assert "○ Not begun · 10 questions" in shown


def test_in_a_release_the_page_lists_modes_and_path_with_links_that_lead_somewhere():
    listed, path = cards.modes_in_markdown(FACTS), cards.path_in_markdown(FACTS)
    for lesson in FACTS:
        assert f"(../{lesson}/{lesson}.ipynb)" in listed
        assert f"[`{lesson}`](../{lesson}/{lesson}.ipynb) · {FACTS[lesson].time} · " in path
    assert (
        path.splitlines()[1]
        == f"2. [`practice`](../practice/practice.ipynb) · about ten minutes · {EXERCISES} points · needs `learn`"
    )
    minutes, points = (sum(each) for each in zip(*((one.minutes, one.points) for one in FACTS.values()), strict=True))
    assert path.splitlines()[-1] == f"Together about {round(minutes / 30) / 2:g} hours and {points:g} points."
    source = "".join(text for cell in read(START, "source")["cells"] for text in cell["source"])
    assert (source.count("<!-- modes -->"), source.count("<!-- path -->")) == (1, 1)


def test_a_release_has_the_lists_in_the_place_of_the_comments_that_name_them():
    notebook = nbformat.read(ROOT / f"source/{START}/{START}.ipynb", as_version=4)
    released, _ = WriteCards().preprocess(notebook, {})
    text = "\n".join(cell.source for cell in released.cells)
    assert "<!--" not in text
    assert cards.modes_in_markdown(FACTS) in text
    assert cards.path_in_markdown(FACTS) in text


# ---- what makes it


def dry(*arguments):
    """Return what make would do."""
    command = ["make", "-n", "-B", *arguments, f"VENV={sys.prefix}"]
    installed = [word for name in (".ready", ".ready-dev") for word in ("-o", f"{sys.prefix}/{name}")]
    return subprocess.run([*command, *installed], cwd=ROOT, capture_output=True, text=True, check=True).stdout


def test_make_lab_opens_it_first_and_it_stays_out_of_the_gradebook():
    said = dry("lab")
    assert re.search(r"^jupyter lab .* work/start\.ipynb$", said, re.MULTILINE)
    assert re.search(rf"changes/due\.py .*\b{START}\b", said)
    assert re.search(r"^jupyter lab .* work/practice\.ipynb$", dry("lab", "LESSON=practice"), re.MULTILINE)
    for target in ("grade", "feedback", "report", "known"):
        assert not re.search(rf"\b{START}\b", dry(target)), target


def test_its_links_lead_to_the_copies_that_lie_beside_it(tmp_path):
    (line,) = [line for line in dry("lab").splitlines() if line.endswith("> work/start.ipynb")]
    (tmp_path / "release/start").mkdir(parents=True)
    (tmp_path / "work").mkdir()
    (tmp_path / "release/start/start.ipynb").write_text(cards.path_in_markdown(FACTS), encoding="utf-8")
    subprocess.run(line, shell=True, cwd=tmp_path, check=True)
    copied = (tmp_path / "work/start.ipynb").read_text(encoding="utf-8")
    assert re.findall(r"\]\((.+?)\)", copied) == [f"{lesson}.ipynb" for lesson in FACTS]


# ---- the card to keep


def test_the_card_says_what_was_done_and_when_and_pretends_nothing(tmp_path):
    lay(tmp_path, "practice")
    standings, _ = StartPage(folder=tmp_path).look()
    card = keepsake.Keepsake(standings, "Ada <i>\n", date(2026, 3, 1))
    assert card.lines == [
        "Attention mechanism in depth · Ada <i>⏎ · 1 March 2026",
        f"Try: ● {ALL} answered · {ALL} right · {ALL} points · strong",
        keepsake.HOW_SURE,
        keepsake.MODEST,
    ]
    shown = card._repr_mimebundle_()
    assert '<a download="attention-2026-03-01.png" href="data:image/png;base64,' in shown["text/html"]
    assert "<li>Attention mechanism in depth · Ada &lt;i&gt;⏎ · 1 March 2026</li>" in shown["text/html"]
    assert shown["text/plain"].splitlines() == card.lines
    assert card.picture.png().startswith(b"\x89PNG")


def test_there_is_no_card_of_nothing(tmp_path, capsys):
    assert StartPage(folder=tmp_path).card() is None
    assert capsys.readouterr().out == "Nothing is answered yet, so there is nothing to put on a card.\n"


# ---- test and recall, which are counted in their own way


@pytest.fixture
def bank(monkeypatch):
    """A bank of made-up items in the place of the course's own."""
    made = made_bank()
    monkeypatch.setattr(tested, "bank", lambda: made)
    return made


def sitting(bank, slips=0):
    """Return the records of a sitting, answered right but for some slips."""
    records = {}
    for number, concept in enumerate(CONCEPTS):
        drawn = bank.drawn(concept, (7, 0))
        right = bank.question(concept, drawn).key
        records[concept] = Record(drawn=drawn).with_attempt(tuple(["9"] if number < slips else right), NOW)
    return records


@pytest.mark.parametrize("by", ["file", "code"])
def test_the_test_tells_how_sure_it_is_by_file_and_by_answer_code(tmp_path, bank, by):
    records = sitting(bank, slips=2)
    codes = answer_code.encode("test", {name: kept.to_json() for name, kept in records.items()})
    if by == "file":
        lay_source(tmp_path, "test", records)
    standings, sentences = look(tmp_path, codes if by == "code" else "")
    test = standings["test"]
    assert (sentences, test.answered, test.right, test.strength) == ([], 10, 8, "growing")
    assert words.how_far(test) == "● 10 of 10 answered · 8 of 10 right · 8 of 10 points · growing"
    card = keepsake.Keepsake(standings.values())
    assert card.notes[0].startswith("Test: 8 of 10 right. Ten questions are few: ")
    assert "between 49 % and 94 %" in card.notes[0]


def test_a_sitting_that_is_begun_tells_nothing_yet(tmp_path, bank):
    records = dict(list(sitting(bank).items())[:3])
    lay_source(tmp_path, "test", records)
    test = look(tmp_path)[0]["test"]
    assert (test.answered, test.right, test.judged, test.strength) == (3, 0, 0, "")
    assert words.how_far(test) == "◐ 3 of 10 answered"
    assert words.next_step(test) == "Go on in test"


def test_recall_says_how_many_cards_are_due(tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 3, 3))
    rated = {name: Record().with_attempt(("what I knew", "good", wait), NOW) for name, wait in CARDS.items()}
    lay_source(tmp_path, "recall", rated)
    recall = look(tmp_path)[0]["recall"]
    assert (recall.answered, recall.due, recall.most) == (2, 1, 0)
    assert words.how_far(recall) == f"◐ 2 of {recall.asked} answered · 1 card due today"
    assert words.next_step(recall) == "Recall what is due in recall"
