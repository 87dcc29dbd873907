"""A student in a real browser, from the Hub's page to log in to the feedback, found by role and text only."""

import os
import re
from pathlib import Path
from typing import Any, Self

from hub_place import HubPlace
from playwright.sync_api import Browser, Page, expect
from question_on_page import QuestionOnPage
from waiting import PATIENCE, until


class InBrowser:
    """Somebody who is logged in, in a browser of their own."""

    def __init__(self, place: HubPlace, name: str, browser: Browser) -> None:
        self.place, self.name = place, name
        self._context = browser.new_context(viewport={"width": 1280, "height": 900})

    def __enter__(self) -> Self:
        expect.set_options(timeout=PATIENCE * 1000)
        self.page: Page = self._context.new_page()
        self.page.set_default_timeout(PATIENCE * 1000)
        return self

    def __exit__(self, *_: Any) -> None:
        self._context.close()

    def log_in(self, address: str) -> None:
        """Go to a page of the Hub's, which asks who one is."""
        self.page.goto(self.place.url + address)
        self.page.get_by_label("Username").fill(self.name)
        self.page.get_by_label("Password").fill(self.place.password)
        self.page.get_by_role("button", name="Sign in").click()

    def photograph(self, name: str) -> None:
        """Keep a picture of the page, where somebody asked for it with HUB_PICTURES=FOLDER."""
        if "HUB_PICTURES" in os.environ:
            self.page.screenshot(path=Path(os.environ["HUB_PICTURES"]) / f"{name}.png")


class BrowserStudent(InBrowser):
    """A student with the panel of assignments."""

    def hands_in(self, course: str, lesson: str) -> None:
        """Log in, fetch a lesson, answer its first task, wrongly and then rightly, save, and submit."""
        page = self.page
        self.log_in("/hub/spawn")
        page.get_by_role("menuitem", name="Nbgrader").click()
        page.get_by_role("menuitem", name="Assignment List").click()
        page.get_by_role("button", name="Fetch", exact=True).click()
        downloaded = page.locator("#fetched_assignments_list")
        downloaded.get_by_role("button", name=lesson).click()
        self.photograph("panel")
        downloaded.get_by_role("link", name=lesson).click()
        expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()
        page.get_by_role("heading", name=re.compile("^Task 2")).click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Above Selected Cell", exact=True).click()
        task = QuestionOnPage(page.get_by_role("region", name="Task 1", exact=True))
        expect(task.check("value").verdict).to_contain_text("Not right")
        expect(task.check("key").verdict).to_contain_text("Right")
        self.photograph("notebook")
        page.keyboard.press("Control+s")
        notebook = Path(f"/home/{self.name}/{course}/{lesson}/{lesson}.ipynb")
        until(lambda: '"revision": 2' in notebook.read_text(encoding="utf-8"), "both attempts are on disk")
        page.get_by_role("tab", name="Assignments").click()
        page.get_by_role("button", name="Submit", exact=True).click()
        expect(page.locator("#submitted_assignments_list")).to_contain_text("UTC")

    def reads_feedback(self, lesson: str) -> None:
        """Fetch the feedback in the panel, and read it."""
        page = self.page
        page.get_by_role("button", name="Fetch Feedback", exact=True).click()
        page.locator("#submitted_assignments_list").get_by_text("view feedback").click()
        page.get_by_role("listitem").filter(has_text=f"{lesson}.html").dblclick()
        feedback = page.frame_locator("iframe").get_by_role("main")
        expect(feedback).to_contain_text("1 of ")
        self.photograph("feedback")
