"""What stands below a lesson's result: the next lesson that lies here, and the start page."""

import json
import re

import pytest
from classroom import ROOT, code_cell

from attention_course.answers import colab
from attention_course.page import next_step, path


def lay(folder, *lessons):
    folder.mkdir(parents=True, exist_ok=True)
    for lesson in lessons:
        cells = [code_cell("page" if lesson == "start" else f'lesson = Lesson("{lesson}")')]
        (folder / f"{lesson}.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}}), encoding="utf-8")


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_path_has_every_lesson_there_is_and_what_it_needs():
    lessons = {file.stem for file in ROOT.glob("source/*/*.ipynb")} - {path.START}
    assert lessons <= set(path.PATH)
    for lesson, needs in path.PATH.items():
        before = list(path.PATH)[: list(path.PATH).index(lesson)]
        assert set(re.findall("`(.+?)`", needs)) <= set(before)


def test_the_next_lesson_and_the_start_page_are_linked(here):
    lay(here, "learn", "practice", "start")
    shown = next_step.bundle("learn", "learn.ipynb")
    assert re.findall(r'href="(.+?)">(.+?)<', shown["text/html"]) == [
        ("practice.ipynb", "practice"),
        ("start.ipynb", "the start page"),
    ]
    assert shown["text/plain"].startswith("Next on the path: practice.ipynb.")


def test_a_lesson_that_does_not_lie_here_is_not_promised(here):
    lay(here, "learn", "code")
    shown = next_step.bundle("learn", "learn.ipynb")
    assert re.findall(r'href="(.+?)"', shown["text/html"]) == ["code.ipynb"]
    lay(here / "alone", "recall")
    assert "href" not in next_step.bundle("recall", "alone/recall.ipynb")["text/html"]


def test_where_each_lesson_has_a_folder_links_lead_from_one_to_the_other(here):
    for lesson in ("learn", "practice", "start"):
        lay(here / lesson, lesson)
    shown = next_step.bundle("learn", "learn/learn.ipynb")
    assert re.findall(r'href="(.+?)"', shown["text/html"]) == ["../practice/practice.ipynb", "../start/start.ipynb"]


def test_in_colab_nothing_leads_anywhere(here, monkeypatch):
    lay(here, "learn", "practice", "start")
    monkeypatch.setattr(colab, "is_here", lambda: True)
    assert next_step.bundle("learn")["text/plain"] == next_step.ELSEWHERE


def test_a_lesson_of_somebody_else_s_says_nothing(here):
    assert next_step.bundle("my-own-lesson") is None
