"""A question's widget as a student meets it: found and worked by role, name and text only."""

import re

from playwright.sync_api import Locator, expect

# Until nothing above it moves any more: a click that begins at one place and ends at another is none.
STILL = """(root) => new Promise((done) => {
    let [last, times] = [null, 0];
    const look = () => {
        const { top } = root.getBoundingClientRect();
        times = top === last ? times + 1 : 0;
        last = top;
        if (times === 5) done();
        else setTimeout(look, 30);
    };
    look();
})"""
# As soon as a verdict and all that belongs to it are there, or a little later: Playwright, which has the last word,
# looks after 0.1, 0.25 and 0.5 seconds, and then once a second.
SOON = """(root) => new Promise((done) => {
    const phases = ["right", "wrong", "spent", "recorded", "committed"];
    const isThere = () => phases.includes(root.dataset.phase) && !root.querySelector("[aria-busy='true']");
    const end = Date.now() + 3000;
    const look = () => (isThere() || Date.now() > end ? done() : setTimeout(look, 20));
    look();
})"""
PHASES = re.compile("^(right|wrong|spent|recorded|committed)$")


class QuestionOnPage:
    """One question's widget."""

    def __init__(self, root: Locator) -> None:
        self.root = root
        self.check_button = root.locator(".ac-check")
        self.reset_button = root.get_by_role("button", name="Reset")
        self.bank = root.get_by_role("group", name="Options")
        self.verdict = root.locator(".ac-verdict")
        self.result = root.locator(".ac-result").first
        self.solution = root.locator(".ac-solution")
        self.status = root.get_by_role("status")
        self.notice = root.locator(".ac-notice")
        self.left = root.locator('[data-part="left"]')
        self.practise_button = root.locator(".ac-practise")

    def nth(self, place: int) -> "QuestionOnPage":
        """Return one of several widgets of the question, counted from 0."""
        return QuestionOnPage(self.root.nth(place))

    def blank(self, number: int = 1) -> Locator:
        """Return a blank by its number, counted from 1."""
        return self.root.get_by_role("button", name=re.compile(f"^Blank {number}:"))

    def option(self, text: str) -> Locator:
        """Return the chip of an option."""
        return self.bank.get_by_role("button", name=re.compile(rf"^[A-Z] {re.escape(text)}$"))

    def options(self) -> list[str]:
        """Return the labels of the chips: "A value"."""
        return self.bank.get_by_role("button").all_text_contents()  # also where it is not in view

    def order(self) -> list[str]:
        """Return the ids of a choice's options in the order in which they are shown."""
        return self.root.get_by_role("radio").evaluate_all("(radios) => radios.map((radio) => radio.value)")

    def radio(self, pick: str) -> Locator:
        """Return the radio button of an option, by its letter or by its id."""
        if len(pick) == 1:
            return self.root.get_by_role("radio", name=re.compile(f"^{pick} "))
        return self.root.locator(f'input[type="radio"][value="{pick}"]')

    def fill(self, *texts: str) -> "QuestionOnPage":
        """Put an option into each blank by clicks, or choose one."""
        self.check_button.wait_for(state="attached")  # a count does not wait until the question is there
        self.check_button.scroll_into_view_if_needed()
        self.root.evaluate(STILL)
        if self.bank.count() == 0:
            self.radio(texts[0]).check()
            return self
        for number, text in enumerate(texts, start=1):
            self.option(text).click()
            self.blank(number).click()
        return self

    def check(self, *texts: str) -> "QuestionOnPage":
        """Fill the question, press Check and wait for all that the kernel answers."""
        self.fill(*texts)
        self.check_button.click()
        return self.wait()

    def wait(self) -> "QuestionOnPage":
        """Wait until a verdict and all that belongs to it are there."""
        self.root.evaluate(SOON)
        expect(self.root).to_have_attribute("data-phase", PHASES)
        expect(self.root.locator("[aria-busy='true']")).to_have_count(0)
        return self

    def expect_blanks(self, *texts: str) -> None:
        """Wait until the blanks hold these options ("" for none)."""
        for number, text in enumerate(texts, start=1):
            said = re.compile(rf"^Blank {number}: {re.escape(text or 'empty')}(, right|, wrong)?$")
            expect(self.blank(number)).to_have_attribute("aria-label", said)
