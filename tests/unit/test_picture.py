"""What a finished picture gives to a page, and what it keeps off it."""

import io
import re
import subprocess
import sys
import warnings
from concurrent.futures import ThreadPoolExecutor
from html.parser import HTMLParser
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.figure import Figure
from matplotlib.image import imread

from attention_course.pictures import palette
from attention_course.pictures.picture import Picture, readable

SVG = "{http://www.w3.org/2000/svg}"
HOW_IT_IS_SHOWN = """
@media not print {
  .attention-picture > img { display: none; }
  .attention-picture > div { display: block !important; }
}
"""


def a_plot(label="loss", size=(4, 2)):
    figure = Figure(figsize=size)
    axes = figure.add_subplot()
    axes.plot([1, 2, 3], [3, 1, 2], marker="o")
    axes.set_title(label, parse_math=False)
    return figure


def tags(markup):
    found = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag, attrs):
            found.append((tag, dict(attrs)))

        handle_startendtag = handle_starttag

    Reader().feed(markup)
    return found


def test_the_png_is_opaque_white_paper_at_twice_its_size():
    pixels = imread(io.BytesIO(Picture(a_plot(), "A plot.").png()))
    assert pixels.shape[:2] == (2 * 2 * 96, 2 * 4 * 96)
    assert pixels.shape[2] == 3 or (pixels[..., 3] == 1).all()
    assert (pixels[0, 0, :3] == 1).all()


def test_the_png_has_the_same_bytes_every_time_and_names_no_version():
    first, second = Picture(a_plot(), "A plot.").png(), Picture(a_plot(), "A plot.").png()
    assert first == second
    assert b"atplotlib" not in first
    assert b"tIME" not in first


def test_the_svg_is_a_bare_element_with_its_text_alternative():
    svg = Picture(a_plot(), "Loss & <more>").svg()
    root = ElementTree.fromstring(svg)
    assert svg.startswith("<svg ")
    assert root.tag == f"{SVG}svg"
    assert (root.get("role"), root.get("aria-label")) == ("img", "Loss & <more>")
    assert root.get("viewBox") == "0 0 288 144"
    assert "max-width:384px" in root.get("style")
    for unwanted in ("<?xml", "DOCTYPE", "metadata", "<style", "xlink", "ns0:", "atplotlib"):
        assert unwanted not in svg


def test_the_svg_follows_the_theme_and_has_no_background():
    svg = Picture(a_plot(), "A plot.").svg()
    assert "#000000" not in svg
    assert "stroke: currentColor" in svg
    assert "#ffffff" not in svg
    assert ElementTree.fromstring(svg).get("fill") == "currentColor"


def test_the_svg_keeps_text_as_text_in_the_page_s_typeface():
    root = ElementTree.fromstring(Picture(a_plot("loss"), "A plot.").svg())
    texts = root.findall(f".//{SVG}text")
    assert "loss" in [text.text for text in texts]
    assert not any("font-family" in text.get("style", "") for text in texts)


def test_two_pictures_on_a_page_share_no_ids_and_each_finds_its_own():
    one, other = Picture(a_plot(), "One.").svg(), Picture(a_plot(), "One.").svg()
    ids = [set(re.findall(r' id="([^"]+)"', svg)) for svg in (one, other)]
    used = [set(re.findall(r'(?:url\(|href=")#([\w-]+)', svg)) for svg in (one, other)]
    assert ids[0]
    assert not ids[0] & ids[1]
    assert used[0] <= ids[0]
    assert used[1] <= ids[1]


def test_a_label_cannot_become_a_script():
    evil = '</text></svg><script>alert(1)</script><img src=x onerror=alert(1)>" onload="alert(1)'
    picture = Picture(a_plot(evil), evil)
    for markup in (picture.svg(), picture.html()):
        for tag, attributes in tags(markup):
            assert tag not in ("script", "a", "foreignobject")
            assert tag != "img" or markup is picture.html()
            assert not any(name.startswith("on") for name in attributes)
    assert dict(tags(picture.html())[0][1])["alt"] == evil


def test_control_characters_are_replaced():
    assert readable("a\x00b") == "a\N{REPLACEMENT CHARACTER}b"
    assert readable("\ud800") == "\N{REPLACEMENT CHARACTER}"
    assert readable("one\ntwo\tthree") == "one⏎two⇥three"


def test_a_notebook_shows_the_svg_which_follows_its_theme_and_in_print_the_png():
    picture = Picture(a_plot(), 'Says "hello".')
    bundle = picture._repr_mimebundle_()
    assert bundle["text/plain"] == 'Says "hello".'
    assert f'<div style="display:none">{picture.svg()}</div>{picture.html()}</div>' in bundle["text/html"]
    style = re.search("<style>(.*)</style>", bundle["text/html"], re.DOTALL)[1]
    assert style.endswith(HOW_IT_IS_SHOWN)
    assert style.count("currentColor") == len(palette.ROLES)


@pytest.mark.parametrize("execution", ["autograde", "validate"])
def test_what_nbgrader_runs_shows_the_png_with_its_text_alternative(execution, monkeypatch):
    monkeypatch.setenv("NBGRADER_EXECUTION", execution)
    picture = Picture(a_plot(), 'Says "hello".')
    assert picture._repr_mimebundle_() == {"text/html": picture.html(), "text/plain": 'Says "hello".'}
    assert 'alt="Says &quot;hello&quot;."' in picture.html()
    assert "width:384px;max-width:100%" in picture.html()


def test_a_picture_is_drawn_once():
    picture = Picture(a_plot(), "A plot.")
    assert picture.png() is picture.png()
    assert picture.svg() is picture.svg()


def test_a_picture_without_a_text_alternative_is_refused():
    with pytest.raises(ValueError, match="text alternative"):
        Picture(a_plot(), "  ")
    with pytest.raises(TypeError, match="needs a matplotlib Figure, but got str"):
        Picture("figure", "A plot.")


def test_drawing_leaves_matplotlib_s_settings_as_they_were_even_from_threads():
    before = dict(matplotlib.rcParams)
    with ThreadPoolExecutor(4) as pool:
        svgs = list(pool.map(lambda n: Picture(a_plot(f"plot {n}"), "A plot.").svg(), range(12)))
    assert all(f"plot {n}<" in svg for n, svg in enumerate(svgs))
    assert dict(matplotlib.rcParams) == before


def test_the_user_s_settings_do_not_change_the_size_or_the_paper():
    with matplotlib.rc_context({"savefig.bbox": "tight", "savefig.facecolor": "black", "savefig.transparent": True}):
        drawn_under_them = Picture(a_plot(), "A plot.").png()
    assert drawn_under_them == Picture(a_plot(), "A plot.").png()


def test_letters_that_the_font_lacks_raise_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = Picture(a_plot("注意 🙂"), "A plot.")
        assert "注意 🙂" in picture.svg()
        assert picture.png()


def test_importing_the_drawing_modules_does_not_import_matplotlib_pyplot_or_torch():
    program = (
        "import sys, attention_course.pictures.example_heads\n"
        "from attention_course.pictures.heatmap import heatmap\n"
        "assert not {'matplotlib', 'torch'} & set(sys.modules)\n"
        "heatmap([[1.0]]).png()\n"
        "assert not {'matplotlib.pyplot', 'torch'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
