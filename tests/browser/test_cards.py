"""Cards on a page: written, seen and rated by keys; what is due today leads to them, and hands out files."""

from datetime import UTC, datetime, timedelta

from bare_page import BarePage, Kernel
from legible import TARGETS, expect_legible, faults
from playwright.sync_api import expect

from attention_course import Card
from attention_course.answers.making import answer_to
from attention_course.answers.record import Attempt, Record
from attention_course.page.live_code import live_answer_to
from attention_course.page.widget import QuestionWidget
from attention_course.recall import agenda, today_html
from attention_course.recall.today_widget import TodayWidget


def card(number, **more):
    asked = {"prompt": "Which shape do the scores have?", "concept": "scores", "answer": "(T, S), by `q @ k.T`."}
    return Card(f"card-{number}", "easy", number=number, **{**asked, **more})


def reviewed(*days_ago, rating="good", wait="1"):
    at = [(datetime.now(UTC) - timedelta(days=days)).isoformat() for days in days_ago]
    return Record(tuple(Attempt(("(T, S)", rating, wait), each) for each in at), len(at))


class CardKernel(Kernel):
    """The kernel of one card."""

    lesson = "recall"

    def __init__(self, question, record=None):
        self.given = answer_to(question, record or Record())
        self.widget = QuestionWidget(live_answer_to(self.given), self)
        self._said = []
        self.widget.observe(lambda change: self._said.append(("state", change.new)), "state")
        self.widget.send = lambda content, buffers=None: self._said.append(("message", content))


def test_a_card_is_written_seen_and_rated_by_keys_and_leads_to_the_next(empty_page):
    page = empty_page()
    kernel = CardKernel(card(1, draw="[[1.0, 0.0], [0.5, 0.5]]"), reviewed(9, 5))
    shown = BarePage(page).show(kernel, CardKernel(card(2), reviewed(0)), CardKernel(card(3)))
    one, three = shown.question("Card 1"), shown.question("Card 3")
    text = one.root.get_by_role("textbox", name="From memory")
    expect(text).to_have_accessible_description("Reviewed 2 times, due since " + due(4) + ". Nothing comes? Write ?")
    expect(one.root.get_by_text("(T, S), by")).to_be_hidden()
    one.check_button.click(force=True)
    expect(one.notice).to_have_text("Write what you remember, or ? where nothing comes, then look.")
    text.focus()
    page.keyboard.type("(T, S)?")
    page.keyboard.press("Enter")
    expect(one.verdict).to_have_text("How well did you know it? Rate yourself.")
    expect(one.root.get_by_role("heading", name="The answer")).to_be_focused()
    expect(one.root.get_by_role("img")).to_be_visible()
    expect(text).not_to_be_editable()
    ratings = one.root.get_by_role("group", name="How well did you know it?").get_by_role("button")
    expect(ratings).to_have_text(["forgottomorrow", "hardtomorrow", "goodin 3 days"])
    for key in ("Tab", "Tab", "Tab", "Enter"):
        page.keyboard.press(key)
    expect(one.status).to_contain_text("Rated good. It comes again in 3 days, on ")
    expect(ratings.nth(2)).to_be_focused()
    expect(ratings.nth(2)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    expect(one.status).to_contain_text("Rated hard. It comes again tomorrow")
    assert [attempt.picks[1:] for attempt in kernel.given.record.attempts] == [
        ("good", "1"),
        ("good", "1"),
        ("hard", "1"),
    ]
    one.root.locator("summary").click()
    expect(one.root.get_by_role("listitem")).to_have_count(3)
    one.root.get_by_role("button", name="Next card that is due").press("Enter")
    expect(three.root.get_by_role("textbox")).to_be_focused()


def due(days_ago):
    day = datetime.now(UTC) - timedelta(days=days_ago)
    return f"{day.day} {day:%B %Y}"


def test_every_state_of_a_card_is_legible_reachable_and_large_enough(empty_page, look):
    page = empty_page()
    unrated = Record((Attempt(("(T, S)", "", ""), datetime.now(UTC).isoformat()),), 1)
    kernels = (
        CardKernel(card(1)),
        CardKernel(card(2), unrated),
        CardKernel(card(3), reviewed(0)),
        CardKernel(card(4), reviewed(3)),
    )
    kernels += (CardKernel(card(5, draw="[[1.0, 0.0], [0.5, 0.5]]"), reviewed(4, wait="7")),)
    shown = BarePage(page, **look).show(*kernels)
    expect(shown.question("Card 5").root.get_by_role("img")).to_be_visible()
    expect(shown.question("Card 5").root.get_by_role("group", name="How well")).to_be_hidden()
    expect_legible(page, *(shown.question(f"Card {number}") for number in range(1, 6)))


def test_today_is_legible_and_hands_out_a_file(empty_page, look):
    page = empty_page(viewport={"width": 600, "height": 900})
    cards = [answer_to(card(number)) for number in range(10)] + [answer_to(card(11), reviewed(0))]
    values = {"lesson": "recall", "html": today_html.as_html(agenda.of(cards), 11), "due": ["card-0"]}
    sent = []
    BarePage(page, **look).render(TodayWidget, [values], lambda _, message: answered(sent, message))
    root = page.get_by_role("region", name="Today")
    expect(root).to_contain_text("10 cards are due today, all of them new. Begin with these; what is left stays due.")
    root.locator("summary").click()
    assert faults(page) == []
    assert [target for target in root.evaluate(TARGETS) if min(target[1:]) < 24] == []
    with page.expect_download() as download:
        root.get_by_role("button", name="calendar").press("Enter")
    assert download.value.suggested_filename == "recall.ics"
    assert download.value.path().read_text(encoding="utf-8") == "BEGIN:VCALENDAR\nü, 100 %"
    expect(root.get_by_role("link", name="recall.ics")).to_be_visible()
    assert [message["kind"] for message in sent] == ["look", "file"]


def answered(sent, message):
    sent.append(message)
    if message["kind"] != "file":
        return []
    made = {"name": "recall.ics", "type": "text/calendar", "text": "BEGIN:VCALENDAR\nü, 100 %"}
    return [("message", {"kind": "file", "id": message["id"], **made})]
