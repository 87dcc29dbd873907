"""A training run's scrubber on a bare page: moved by keys, said in words, legible in both themes, at all widths."""

import re

import pytest
import torch
from bare_page import HTML
from legible import expect_legible
from playwright.sync_api import expect
from question_on_page import QuestionOnPage

from attention_course import training

SHOW = """async ([script, style, film]) => {
    const { default: { render } } = await import(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
    document.head.append(Object.assign(document.createElement("style"), { textContent: style }));
    render({ model: { get: () => film }, el: document.querySelector("main") });
}"""


@pytest.fixture(scope="module")
def widget():
    torch.manual_seed(0)
    run = training.Run(training.Reader(16, 32, 1, 2), training.induction, 120)
    run.go()
    return training.scrubber(run, training.induction(1, torch.Generator().manual_seed(3), T=14, periods=[5]))


def shown(page, widget, html="", body="", style=""):
    page.set_content(HTML.format(html=html, body=body, style=style))
    page.evaluate(SHOW, [widget._esm, widget._css, widget.film])
    return page.get_by_role("region", name="Training, step by step")


def test_a_key_leads_from_checkpoint_to_checkpoint_and_all_follows(empty_page, widget):
    root, film = shown(empty_page(), widget), widget.film
    slider = root.get_by_role("slider", name="Training step")
    cells = root.locator(".ac-numbers td")
    for key, at in (("Home", 0), ("ArrowRight", 1), ("End", 60), ("ArrowLeft", 59)):
        slider.press(key)
        step, loss, mass = film["steps"][at], film["loss"][at], film["mass"][at]
        expect(slider).to_have_attribute("aria-valuetext", re.compile(rf"^step {step}: loss {loss:.2f}, accuracy "))
        expect(root.locator("output")).to_have_text(f"{step} of 120")
        expect(cells.nth(1)).to_have_text(f"{mass[0]:.2f}")
        expect(cells.nth(2)).to_have_text(f"{mass[1]:.2f}")
        for number in (1, 2):
            last = film["maps"][at][number - 1][0][-1]
            name = rf"Map of layer {number} at step {step}\. the last token, .*, puts most, {max(last) / 100:.2f}, "
            expect(root.get_by_role("img", name=re.compile(name))).to_be_visible()
            opacity = root.locator(".ac-film-map").nth(number - 1).locator(".ac-weight-cell").last
            expect(opacity).to_have_css("fill-opacity", f"{last[-1] / 100:g}")
        curves = root.get_by_role("img", name=re.compile(rf"^Curves .* At step {step}: loss {loss:.2f}, "))
        expect(curves).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_can_be_read_light_and_dark_wide_and_narrow(empty_page, widget, theme):
    page = empty_page()
    paper = f"body {{ margin: 0; background: {'#111' if theme == 'dark' else '#fff'} }}"
    lang = 'lang="en"' + (' theme="dark"' if theme == "dark" else "")
    root = shown(page, widget, lang, style=f"{paper} html {{ color-scheme: {theme} }}")
    root.get_by_role("slider").press("Home")
    expect_legible(page, QuestionOnPage(root))
