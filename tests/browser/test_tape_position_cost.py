"""Shape tape, position dial and cost meter, moved by keys and by taps; legible in every theme and width."""

import json
import re

from bare_page import BarePage, Kernel
from legible import expect_legible
from playwright.sync_api import expect
from waiting import until

from attention_course import Explore

TITLES = {"tape": "Explorer 1", "position": "Explorer 2", "cost": "Explorer 3"}
TAPE = {"step": 2, "way": "right", "heads": 2, "tokens": 4}
POSITION = {"scheme": "alibi", "query": 12, "key": 5, "shift": 20, "head": 3}
COST = {"tokens": 1024, "layers": 12, "heads": 12, "kv_heads": 12, "d": 64, "bytes": 2}


def kernel(name, state=None):
    question = Explore(
        name, "easy", number=list(TITLES).index(name) + 1, prompt="Move it.", explorer=name, solution="So.", start=state
    )
    return Kernel(question, *([[json.dumps(state)]] if state else []))


def expect_kept(page, moved, **state):
    until(
        lambda: moved.widget.state["checked_picks"] and json.loads(moved.widget.state["checked_picks"][0]) == state,
        "kept",
        lambda seconds: page.wait_for_timeout(1000 * seconds),
    )


def test_the_tape_shows_which_tokens_a_slip_mixes(empty_page):
    page, moved = empty_page(), kernel("tape")
    root = BarePage(page).show(moved).question(TITLES["tape"]).root
    step, picture = root.get_by_role("slider", name="Step"), root.get_by_role("img")
    expect(picture).to_have_accessible_name(re.compile("^x: 00 01 02 03 04 05; 10 11"))
    step.focus()
    for _ in range(2):
        page.keyboard.press("ArrowRight")
    expect(step).to_have_attribute("aria-valuetext", "2: .transpose(1, 2), (1, 2, 4, 3)")
    expect(root.locator("[aria-current=step]")).to_have_text(".transpose(1, 2) (1, 2, 4, 3)")
    expect(picture).to_have_accessible_name(re.compile("^head 0: 00 01 02; 10 11 12; 20 21 22; 30 31 32. head 1: 03"))
    assert not root.get_by_role("cell").filter(has_text="≠").count()
    root.get_by_label("Program").select_option("split and joined by reshape alone")
    expect(picture).to_have_accessible_name(re.compile("^head 0: 00 01 02; 03 04 05; 10 11 12; 13 14 15. head 1: 20"))
    expect(root.get_by_role("row", name="tokens in head 0’s rows")).to_contain_text("≠ 0; 0; 1; 1")
    expect(root.get_by_role("row", name="joined equals the input").get_by_role("cell")).to_have_text(["yes", "yes"])
    expect(root.locator("[aria-live]")).to_contain_text("Joined equals the input.")
    root.get_by_label("Heads H").select_option("3")
    root.get_by_label("Tokens T").select_option("2")
    expect_kept(page, moved, step=2, way="both", heads=3, tokens=2)


def test_the_position_dial_says_whether_a_shift_changes_the_score(empty_page):
    page, moved = empty_page(), kernel("position")
    root = BarePage(page).show(moved).question(TITLES["position"]).root
    told, shift = root.locator(".ac-told"), root.get_by_role("slider", name="Shift both by")
    expect(root.get_by_role("slider", name="Head, of 8")).to_be_hidden()
    shift.focus()
    for _ in range(2):
        page.keyboard.press("PageUp")
    expect(told).to_contain_text(", the same.")
    root.get_by_label("How places are put in").select_option("Sinusoids added")
    expect(told).to_contain_text("score 3.22. Both shifted by 20, to 32 and 25: score 3.88, not the same: they differ")
    root.get_by_label("How places are put in").select_option("ALiBi")
    root.get_by_role("slider", name="Head, of 8").press("Home")
    root.get_by_role("slider", name="Key at").press("Home")
    expect(told).to_contain_text("head 1 of 8, slope 1/2. Query at 12, key at 0: distance 12, score −4.93.")
    expect(told).to_contain_text(", the same.")
    picture = root.get_by_role("img")
    expect(picture).to_have_accessible_name(re.compile(r"^Scores with keys at 0, 8, 16, 24 and 32: −4\.93, −0\.93, "))
    assert len(root.locator(".ac-frame polyline").first.get_attribute("points").split()) == 33
    expect_kept(page, moved, scheme="alibi", query=12, key=0, shift=20, head=1)


def test_the_cost_meter_doubles_t_and_measures_in_the_page(empty_page):
    page, moved = empty_page(has_touch=True), kernel("cost")
    root = BarePage(page).show(moved).question(TITLES["cost"]).root
    rows = root.get_by_role("row")
    expect(rows.nth(2).get_by_role("cell")).to_have_text(["38.7 GFLOP", "155 GFLOP", "× 4"])
    expect(rows.nth(4).get_by_role("cell")).to_have_text(["36 MiB", "72 MiB", "× 2"])
    root.get_by_role("slider", name="Tokens T").press("ArrowRight")
    expect(rows.nth(4).get_by_role("cell")).to_have_text(["72 MiB", "144 MiB", "× 2"])
    root.get_by_label("Heads", exact=True).select_option("8")
    assert root.get_by_label("KV heads").locator("option").all_text_contents() == ["1", "2", "4", "8"]
    root.get_by_label("KV heads").select_option("1")
    expect(root.get_by_role("img").last).to_have_accessible_name(re.compile("^Bytes .*; KV-cache from 192 KiB to"))
    root.get_by_role("button", name="Measure the time here").tap()
    expect(root.locator(".ac-measured")).to_contain_text(
        re.compile(r"T = 256: \d+\.\d\d ms \(× \d+\.\d\)\. Expected: ")
    )
    state = {**COST, "tokens": 2048, "heads": 8, "kv_heads": 1}
    expect_kept(page, moved, **state)
    assert "ms" not in moved.widget.state["verdict_html"] + json.dumps(moved.widget.state["checked_picks"])


def test_every_explorer_is_legible_reachable_and_large_enough(empty_page, look):
    page = empty_page()
    shown = BarePage(page, **look).show(kernel("tape", TAPE), kernel("position", POSITION), kernel("cost", COST))
    expect(shown.question(TITLES["cost"]).root.get_by_role("img")).to_have_count(2)
    expect_legible(page, *map(shown.question, TITLES.values()))
