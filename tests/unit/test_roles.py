"""The names of roles are marked in code, so that each role has its colour everywhere."""

import pytest

from attention_course import Blanks
from attention_course.exercises import roles, text_html
from attention_course.page import assets
from attention_course.pictures import palette


def role(name: str, shown: str) -> str:
    return f'<span data-role="{name}">{shown}</span>'


def whole(name: str, shown: str) -> str:
    return f'<span data-role="{name}" data-whole="{name}">{shown}</span>'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("query", "query"),
        ("Q", "query"),
        ("keys", "key"),
        ("attention_scores", "scores"),
        ("attention_weights", "weights"),
        ("values", "value"),
        ("output", "output"),
        ("weighted_sum", "output"),
    ],
)
def test_a_role_s_name_is_marked_in_a_text_and_in_a_program(text: str, name: str) -> None:
    assert text_html.inline(f"The `{text}`.") == f"The <code>{whole(name, role(name, text))}</code>."
    assert text_html.code(text) == whole(name, role(name, f'<span class="n">{text}</span>'))
    assert role(name, f'<span class="n">{text}</span>') in text_html.code(f"x = f({text}, 1)")


def test_what_only_looks_like_a_role_is_not_marked() -> None:
    for text in ("query_size", "n_keys", "keyed", "softmax", "64", "v", "my.valued"):
        assert "data-role" not in text_html.inline(f"`{text}`")
        assert "data-role" not in text_html.code(f"x = {text}")


def test_words_outside_of_code_and_texts_within_it_are_not_marked() -> None:
    assert "data-role" not in text_html.inline("The query and its **key**.")
    assert "data-role" not in text_html.code('print("query")  # the query')


def test_what_is_transposed_is_what_it_was_and_what_holds_more_is_no_role() -> None:
    assert text_html.code("values.T").startswith('<span data-role="value" data-whole="value">')
    for text in ("query @ key.T", "softmax(scores)", "values / 2"):
        assert "data-role" in text_html.code(text)
        assert "data-whole" not in text_html.code(text)
        assert "data-whole" not in text_html.snippet(text)


def test_marking_leaves_the_text_escaped() -> None:
    assert roles.marked_text("key < <b>") == f"{role('key', 'key')} &lt; &lt;b&gt;"


def test_an_option_and_the_blank_that_holds_it_are_marked_alike() -> None:
    task = Blanks("task", "easy", prompt="?", program="x = [1]", options=["key", "1"])
    assert task.view()["options"][0]["html"] == whole("key", role("key", '<span class="n">key</span>'))
    assert f'data-blank="0">{whole("key", role("key", "key"))}</span>' in task.code_html(["key"])
    assert whole("key", role("key", "key")) in task.options_html()
    assert whole("key", role("key", "key")) in task.picked_html(["key"])


def test_each_role_has_names_a_colour_and_a_rule_in_every_page() -> None:
    assert set(roles.ROLES) == set(palette.ROLES)
    for name in roles.ROLES:
        for style in (assets.question_style(), assets.answer_style()):
            assert f'[data-role="{name}"]' in style
            assert f"--ac-role: var(--ac-{name});" in style
