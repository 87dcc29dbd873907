import re
from html.parser import HTMLParser

import pytest

from attention_course import Blanks, Choice
from attention_course.exercises import text_html

HOSTILE = "<img src=x onerror=alert(1)> & \"quoted\" 'too'"


class Balance(HTMLParser):
    """Counts the tags that are open, and fails at one that closes nothing."""

    def __init__(self):
        super().__init__()
        self.open, self.text = [], ""

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


def text_of(page):
    """Return the text of balanced HTML."""
    parser = Balance()
    parser.feed(page)
    assert parser.open == []
    return parser.text


def task(program, **changes):
    arguments = {"prompt": "?", "options": ["int", "y"], "program": program}
    return Blanks("task", "easy", **{**arguments, **changes})


def test_stressed_words_are_marked_and_products_are_not():
    assert text_html.inline("*upper left*, *e* to the *x*") == "<em>upper left</em>, <em>e</em> to the <em>x</em>"
    assert text_html.inline("2 * 3 * 4, a*b*c, *n* * m") == "2 * 3 * 4, a*b*c, <em>n</em> * m"
    assert text_html.inline("**`Block(D)`**") == "<strong><code>Block(D)</code></strong>"


def test_code_and_strong_words_are_marked():
    assert text_html.inline("a `b` **c** d") == "a <code>b</code> <strong>c</strong> d"


def test_stars_in_code_are_stars():
    assert text_html.inline("`64**0.5` and `2**3`") == "<code>64**0.5</code> and <code>2**3</code>"


def test_d_k_has_a_proper_subscript():
    assert text_html.inline("√d_k, (2, d_k)") == "√d<sub>k</sub>, (2, d<sub>k</sub>)"
    assert text_html.inline("**W_1** is") == "<strong>W<sub>1</sub></strong> is"
    assert text_html.paragraphs("d_k") == "<p>d<sub>k</sub></p>"


@pytest.mark.parametrize("text", ["seq_len", "a_bc", "_k", "d_", "d__k", "d_k_v", "snake_k"])
def test_a_name_with_an_underscore_is_no_subscript(text):
    assert text_html.inline(text) == text


def test_in_code_d_k_is_a_name():
    assert text_html.inline("`d_k**0.5` is √d_k") == "<code>d_k**0.5</code> is √d<sub>k</sub>"
    assert text_of(text_html.code("d_k = 64")) == "d_k = 64"


def test_a_single_backtick_or_star_is_itself():
    assert text_html.inline("a ` b * c ** d") == "a ` b * c ** d"


@pytest.mark.parametrize("text", [HOSTILE, f"`{HOSTILE}`", f"**{HOSTILE}**", f"a {HOSTILE} `b`"])
def test_everything_else_is_escaped(text):
    for page in (text_html.inline(text), text_html.paragraphs(text)):
        assert "<img" not in page
        assert HOSTILE in text_of(page)


def test_a_blank_line_parts_paragraphs():
    assert text_html.paragraphs("\n a\n b\n\n  \nc\n") == "<p>a b</p><p>c</p>"


def test_no_text_makes_no_paragraph():
    assert text_html.paragraphs("") == ""


def test_code_keeps_its_text_and_indentation():
    source = "    if x < 3:\n        print('a & b')"
    assert text_of(text_html.code(source)) == source


def test_each_blank_is_one_span_that_knows_its_index_and_shows_its_number():
    page = task("a = F.[2](x, dim=-1)\nb = [1].T").code_html()
    assert re.findall(r'<span class="blank" data-blank="(\d)">  \[(\d)\]  </span>', page) == [("1", "2"), ("0", "1")]
    assert "BLANK" not in page
    assert text_of(page) == "a = F.  [2]  (x, dim=-1)\nb =   [1]  .T"


@pytest.mark.parametrize(
    "program",
    ["x = 1  # put [1]", "x = '[1]'", 'x = f"{[1]}"', "x = '''\n[1]'''", "class A([1]): pass", "@[1]\ndef f(): pass"],
)
def test_a_blank_in_any_place_leaves_the_html_balanced(program):
    page = task(program).code_html(["int"])
    assert page.count('<span class="blank" data-blank="0">int</span>') == 1
    assert text_of(page) == program.replace("[1]", "int")


def test_a_pick_is_escaped_in_its_blank():
    page = task("x = [1]", options=["a<b", "y"]).code_html(["a<b"])
    assert '<span class="blank" data-blank="0">a&lt;b</span>' in page


def test_the_code_of_a_choice_is_shown_as_it_is_with_its_indexing():
    question = Choice("c", "easy", prompt="?", code="x = a[1]", options=["x", "y"])
    assert text_of(question.code_html()) == "x = a[1]"


def test_a_choice_without_code_shows_none():
    assert Choice("c", "easy", prompt="?", options=["x", "y"]).code_html() == ""
