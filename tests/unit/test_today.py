"""What is due today, what comes first, and the files to take along, read by the programs that they are for."""

import json
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from attention_course import Card, Lesson
from attention_course.answers import clock, record
from attention_course.answers.drawn import Drawn
from attention_course.answers.making import answer_to
from attention_course.answers.record import Attempt, Record
from attention_course.bank.items import bank
from attention_course.exercises.concepts import CONCEPTS
from attention_course.recall import agenda, anki_file, calendar_file, misses, today, today_html
from attention_course.recall.agenda import Why
from attention_course.recall.misses import Miss, missed
from attention_course.recall.shown_today import ShownToday

NOW = datetime(2026, 11, 28, 9, 41, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _the_day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: NOW)


def card(name, concept="scale", **more):
    return Card(name, "easy", number=int(name[-1]), prompt="Why `√d`?", concept=concept, answer="So, <1>.", **more)


def known(name, rating="good", wait="1", days_ago=0, **more):
    """Return a card that was reviewed so many days ago."""
    at = (NOW - timedelta(days=days_ago)).isoformat()
    return answer_to(card(name, **more), Record((Attempt(("x", rating, wait), at),), 1))


def sure(lesson="test", concept="scale", is_sure=True, days_ago=0):
    return Miss(concept, lesson, is_sure, NOW - timedelta(days=days_ago))


def test_the_agenda_says_what_is_due_and_how_many_come_when():
    cards = [
        known("c-1", wait="3", days_ago=1),
        known("c-2", days_ago=1),
        answer_to(card("c-3")),
        known("c-4", wait="7"),
    ]
    cards += [known("c-5", wait="3", days_ago=9), known("c-6", "", "")]
    made = agenda.of(cards)
    assert [(one.answer.question.name, one.why) for one in made.due] == [
        ("c-5", Why.AGAIN),
        ("c-2", Why.AGAIN),
        ("c-3", Why.NEW),
    ]
    assert [card.question.name for card in made.unrated] == ["c-6"]
    assert [made.between(TODAY, *span) for span in ((1, 1), (2, 7), (8, 400))] == [0, 2, 0]
    assert made.days.keys() == {date(2026, 11, 30), date(2026, 12, 5)}


def test_what_was_sure_and_wrong_comes_first_then_what_was_wrong():
    cards = [answer_to(card("c-1", "masks")), known("c-2", days_ago=5), answer_to(card("c-3", "heads")), known("c-4")]
    made = agenda.of(cards, [sure("learn", "heads", is_sure=False), sure("test", "scale")])
    assert [(one.answer.question.name, one.why, one.lesson) for one in made.due] == [
        ("c-2", Why.SURE_AND_WRONG, "test"),
        ("c-3", Why.WRONG, "learn"),
        ("c-1", Why.NEW, ""),
    ]
    page = today_html.as_html(made, 4)
    assert "3 cards are due today</strong>, 1 of them new." in page
    assert "scale · you were sure, and it went wrong in <code>test</code>" in page
    assert "heads · it went wrong in <code>learn</code>" in page


def test_a_review_makes_good_what_was_missed_before_it():
    made = agenda.of([known("c-1", days_ago=2)], [sure(days_ago=3)])
    assert made.due[0].why is Why.AGAIN


def test_more_than_eight_are_folded_and_nothing_due_says_so():
    page = today_html.as_html(agenda.of([answer_to(card(f"c-{number}")) for number in range(10)]), 10)
    assert page.count("<li>") == 10
    assert "all of them new. Begin with these; what is left stays due." in page
    assert '<summary>… and 2 cards more</summary><ol start="9">' in page
    page = today_html.as_html(agenda.of([known("c-1")]), 1)
    assert "Nothing is due today." in page
    assert "Cards that come again: tomorrow 1. The next day with cards is 29 November 2026." in page


# ---- what went wrong elsewhere


def attempts(*picks, **more):
    return Record(tuple(Attempt((pick,), NOW.isoformat(), **more) for pick in picks), len(picks))


def test_whoever_tried_twice_was_wrong_at_first_and_code_counts_by_its_last_result():
    records = {
        "why-scale": attempts("A", "B"),
        "learn-axis": attempts("A"),
        "causal-mask": attempts("a", "b", "c"),
        "why-mean": attempts("a", "b"),  # a prediction, of no concept
        "rope": attempts("x", "y", result={"examples": (True, True)}),
        "multi-head": attempts("x", result={"examples": (True, False)}),
    }
    found = {(miss.concept, miss.lesson, miss.sure) for miss in missed("learn", records)}
    assert found == {("scale", "learn", False), ("masks", "learn", False), ("heads", "learn", False)}


def test_how_sure_somebody_was_is_read_where_an_attempt_says_it():
    kept = Record((Attempt(("A",), NOW.isoformat(), sure="sure"),), 1)
    (miss,) = missed("test", {"masks": kept}, wrong=lambda name, kept: True)
    assert (miss.concept, miss.sure) == ("masks", True)


def test_each_named_question_is_one_of_a_lesson_and_the_concepts_are_ten():
    from classroom import ROOT

    sources = "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("source/*/*.ipynb"))
    assert [name for name in misses.CONCEPT_OF if f'\\"{name}\\"' not in sources] == []
    assert len(misses.ABOUT) == 10


def test_notebooks_beside_are_looked_into_and_nothing_else(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name, lesson in (("learn.ipynb", "learn"), ("mine.ipynb", "practice"), ("recall.ipynb", "recall")):
        held = {"metadata": {}, "cells": [{"source": f'lesson = Lesson("{lesson}")'}]}
        record.write(held, lesson, {"why-scale": attempts("A", "B")})
        (tmp_path / name).write_text(json.dumps(held))
    (tmp_path / "broken.ipynb").write_text("{")
    for number, metadata in enumerate(({"attention_course": 3}, [], {"attention_course": {"lesson": "<b>"}}, None)):
        (tmp_path / f"other-{number}.ipynb").write_text(json.dumps({"cells": [3], "metadata": metadata}))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert sorted(miss.lesson for miss in misses.beside("recall")) == ["learn", "practice"]
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def sitting(number, wrong, before=None, answered=10):
    """Return the records of a sitting of the test: each answer sure and right, but for the concepts in `wrong`."""
    records = dict(before or {})
    for name in CONCEPTS[:answered]:
        drawn = bank().drawn(name, (7, number))
        question = bank().question(name, drawn)
        picks = next(one for one in question.samples() if question.is_right(one) is (name not in wrong))
        kept = records[name].sitting(drawn) if name in records else Record(drawn=drawn)
        records[name] = kept.with_attempt(tuple(picks), NOW + timedelta(days=number), sure="sure")
    return records


def in_test(tmp_path, records):
    held = {"metadata": {}, "cells": [{"source": 'lesson = Lesson("test")'}]}
    record.write(held, "test", records)
    (tmp_path / "test.ipynb").write_text(json.dumps(held))
    return {(miss.concept, miss.lesson, miss.sure) for miss in misses.beside("recall")}


def test_what_was_sure_and_wrong_in_the_test_is_found_once_its_sitting_is_complete(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = sitting(0, ["masks", "cost"])
    assert in_test(tmp_path, first) == {("masks", "test", True), ("cost", "test", True)}
    assert in_test(tmp_path, sitting(0, ["masks"], answered=9)) == set()  # which tells nothing before its end


def test_the_last_complete_sitting_of_the_test_counts(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    first = sitting(0, ["masks", "cost"])
    assert in_test(tmp_path, sitting(1, ["heads"], first, answered=9)) == {
        ("masks", "test", True),
        ("cost", "test", True),
    }
    assert in_test(tmp_path, sitting(1, ["heads"], first)) == {("heads", "test", True)}


def test_an_answer_to_no_item_is_wrong_here_as_it_is_in_the_test(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    strange = {name: replace(kept, drawn=Drawn(7, 0, "none-1")) for name, kept in sitting(0, []).items()}
    assert len(in_test(tmp_path, strange)) == 10


# ---- the widget


def test_where_nothing_is_shown_nothing_is_said(capsys):
    lesson = Lesson("recall")
    assert lesson.on_page is None
    today(lesson)
    assert capsys.readouterr().out == ""


def test_it_follows_what_is_asked_and_reviewed_and_looks_again_once_it_knows_where_it_is(monkeypatch, capsys):
    looked = []
    monkeypatch.setattr(misses, "beside", lambda lesson, path: looked.append(path) or [])
    page = Shown()
    made = ShownToday(page)
    made.show()
    assert "run all cells" in made._widget.html
    one = page.asked["c-1"] = answer_to(card("c-1"))
    page.followers[0]()
    assert "1 card is due today</strong>, all of them new." in made._widget.html
    assert made._widget.due == ["c-1"]
    one.check(["x", "", ""])
    page.followers[0]()
    assert "Nothing is due today.</strong></p><p>Not rated yet: <button" in made._widget.html
    one.check(["x", "good", ""])
    page.path = page.page_path = "recall.ipynb"
    page.followers[0]()
    assert "tomorrow 1." in made._widget.html
    assert looked == [None, "recall.ipynb"]


def test_a_page_gets_the_file_that_it_asks_for_and_no_other(monkeypatch):
    made, sent = shown(answer_to(card("c-1"))), []
    monkeypatch.setattr(made._widget, "send", sent.append)
    for message in ({"kind": "file", "file": "/etc/passwd"}, {"kind": "file"}, None, {"kind": "look", "zone": "x"}):
        made._widget._on_message(made._widget, message, [])
    assert sent == []
    made._widget._on_message(made._widget, {"kind": "file", "file": "calendar", "id": 7}, [])
    assert [(one["id"], one["name"], one["type"]) for one in sent] == [(7, "recall.ics", "text/calendar")]


# ---- files


class Shown:
    """A lesson on a page of which nothing is known."""

    lesson, page_path = "recall", None

    def __init__(self, *cards):
        self.asked, self.lock = {card.question.name: card for card in cards}, threading.RLock()
        self.followers = []
        self.follow = self.followers.append


def shown(*cards):
    return ShownToday(Shown(*cards))


def test_the_calendar_has_an_event_of_the_whole_day_for_each_day_with_cards():
    icalendar = pytest.importorskip("icalendar")
    cards = [known("c-1", wait="3"), known("c-2", wait="3"), known("c-3"), answer_to(card("c-4"))]
    name, media_type, text = shown(*cards).file("calendar")
    assert (name, media_type) == ("recall.ics", "text/calendar")
    read = icalendar.Calendar.from_ical(text)
    assert not read.errors
    events = [(e["DTSTART"].dt, e["DTEND"].dt, str(e["SUMMARY"]), str(e["DESCRIPTION"])) for e in read.walk("VEVENT")]
    assert [event[:3] for event in events] == [
        (date(2026, 11, 29), date(2026, 11, 30), "Attention mechanism: 2 cards"),  # what is left of today, too
        (date(2026, 12, 1), date(2026, 12, 2), "Attention mechanism: 2 cards"),
    ]
    assert "Due: Card 4, Card 3. Nothing expires" in events[0][3]
    assert len({str(event["UID"]) for event in read.walk("VEVENT")}) == 2
    assert {len(line.encode()) <= 75 for line in text.split("\r\n")} == {True}


def test_a_folded_line_is_read_as_it_was_whatever_letters_it_has():
    icalendar = pytest.importorskip("icalendar")
    titles = ["Card √; a, b\\c", *["ü" * 30] * 4]
    text = calendar_file.text("recall", {date(2026, 12, 31): titles}, NOW)
    (event,) = icalendar.Calendar.from_ical(text).walk("VEVENT")
    assert ", ".join(titles) in str(event["DESCRIPTION"])
    assert event["DTEND"].dt == date(2027, 1, 1)


def test_anki_reads_the_cards_with_their_pictures_and_a_second_file_doubles_none(tmp_path):
    collection = pytest.importorskip("anki.collection")
    from anki.import_export_pb2 import ImportCsvRequest

    cards = [answer_to(card("c-1", draw="[[1.0, 0.0], [0.5, 0.5]]")), answer_to(card("c-2", "masks"))]
    name, _, text = shown(*cards).file("anki")
    assert name == "recall-anki.txt"
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    opened = collection.Collection(str(tmp_path / "collection.anki2"))
    try:
        for _ in range(2):
            metadata = opened.get_csv_metadata(path=str(path), delimiter=None)
            opened.import_csv(ImportCsvRequest(path=str(path), metadata=metadata))
        notes = [opened.get_note(number) for number in opened.find_notes("")]
        assert len(notes) == 2
        first = next(note for note in notes if "scale" in note.tags)
        assert first.fields[0] == "<p>Why <code>√d</code>?</p>"
        assert first.fields[1].startswith("<p>So, &lt;1&gt;.</p>")
        assert 'role="img" aria-label="Heatmap of attention weights' in first.fields[1]
        assert opened.decks.name(first.cards()[0].did) == anki_file.DECK
        assert "<svg" in first.cards()[0].answer()
    finally:
        opened.close()
