"""What a heatmap shows, says and refuses."""

import re
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from matplotlib.text import Text

from attention_course.pictures.colours import cell_colours, contrast, rgb, score_limit, text_colour
from attention_course.pictures.example_heads import example_heads
from attention_course.pictures.heatmap import heatmap
from attention_course.pictures.matrices import Panel
from attention_course.pictures.matrix_kinds import KINDS
from attention_course.pictures.palette import ROLES
from attention_course.pictures.picture import Picture

TOKENS = ["The", "cat", "sat", "on", "the", "mat"]
SVG = "{http://www.w3.org/2000/svg}"
NAN, INF = float("nan"), float("inf")


def texts(picture):
    """Return all texts that a picture shows."""
    return [element.text for element in ElementTree.fromstring(picture.svg()).iter(f"{SVG}text")]


def fills(picture):
    """Return the colours of a picture's filled shapes."""
    return re.findall(r'<path[^>]*style="[^"]*fill: (#\w+)', picture.svg())


def test_values_and_labels_are_written():
    shown = texts(heatmap([[0.1, 0.7, 0.2]], ["sat"], ["The", "cat", "mat"], title="One query"))
    for text in ("0.10", "0.70", "0.20", "sat", "The", "cat", "mat", "One query", "queries", "keys"):
        assert text in shown


def test_without_labels_rows_and_columns_are_numbered_from_0():
    shown = texts(heatmap([[0.25, 0.75]]))
    assert shown == ["0.25", "0.75", "0", "0", "1"]


def test_the_scale_of_weights_is_fixed_so_equal_weights_look_equal_everywhere():
    assert fills(heatmap([[0.2, 0.3, 0.5]]))[0] == fills(heatmap([[0.2, 0.8]]))[0]


def test_larger_weights_are_darker():
    colours = cell_colours(Panel(np.linspace(0, 1, 20)[None]), 1.0)[0]
    brightness = [contrast(colour, rgb("#000000")) for colour in colours]
    assert brightness == sorted(brightness, reverse=True)


def test_scores_share_one_scale_symmetric_around_0():
    panels = [Panel(np.array([[-2.0, 0.0]]), "scores"), Panel(np.array([[1.0, NAN]]), "scores")]
    assert score_limit(panels) == 2.0
    middle = cell_colours(panels[0], 2.0)[0, 1]
    assert np.ptp(middle) < 0.02  # without a hue
    assert score_limit([Panel(np.zeros((1, 1)), "scores")]) == 1.0


@pytest.mark.parametrize("kind", KINDS)
def test_every_value_can_be_read_on_its_cell(kind):
    values = np.concatenate([np.linspace(-1.5, 1.5, 400), [NAN, INF, -INF]])[None]
    for colour in cell_colours(Panel(values, kind), 1.5)[0]:
        assert contrast(colour, rgb(text_colour(colour))) >= 4.5


def test_texts_in_cells_do_not_follow_the_theme_but_all_others_do():
    root = ElementTree.fromstring(heatmap([[0.9, 0.1]]).svg())
    has_colour = {text.text: "fill" in text.get("style") for text in root.iter(f"{SVG}text")}
    assert has_colour == {"0.90": True, "0.10": True, "0": False, "1": False}


def test_the_words_queries_and_keys_have_their_role_s_colour_which_follows_the_theme():
    picture = heatmap([[0.9, 0.1]], ["it"], ["The", "cat"])
    root = ElementTree.fromstring(picture.svg())
    styles = {text.text: text.get("style") for text in root.iter(f"{SVG}text")}
    for word, role in (("queries", "query"), ("keys", "key")):
        assert f"fill: var(--ac-{role}, {ROLES[role].light})" in styles[word]
    assert "fill" not in styles["cat"]
    top = heatmap([[1.0]])
    assert ROLES["weights"].light in fills(top)
    assert "var(" not in top.svg(), "a cell's colour does not follow the theme"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_matrix_is_drawn_in_the_colour_of_its_role(kind):
    values = [[1.0]] if kind == "weights" else [[-3.0, 3.0]]
    assert fills(heatmap(values, kind=kind))[-1] == ROLES[KINDS[kind].role].light


def test_below_zero_no_cell_has_a_role_s_colour_and_the_sign_is_seen():
    for kind in set(KINDS) - {"weights"}:
        below, zero, above = cell_colours(Panel(np.array([[-1.0, 0.0, 1.0]]), kind), 1.0)[0]
        assert contrast(below, zero) > 4
        assert contrast(above, zero) > 4
        assert np.abs(below - above).max() > 0.2
        assert not any(np.abs(below - rgb(colour.light)).max() < 0.05 for colour in ROLES.values())


def test_a_row_that_does_not_sum_to_1_shows_its_sum():
    picture = heatmap([[0.5, 0.5], [0.9, 0.7]], ["a", "b"])
    assert [text for text in texts(picture) if text.startswith("Σ")] == ["Σ 1.60"]
    assert 'Rows that do not sum to 1: "b" (1.60).' in picture.alt


def test_a_sum_that_is_nearly_1_is_shown_with_the_decimals_that_tell():
    assert "Σ 1.004" in texts(heatmap([[0.5, 0.504]]))
    assert "Every row sums to 1." in heatmap([[0.5, 0.5004]]).alt


def test_scores_show_no_sums():
    picture = heatmap([[3.0, 4.0]], kind="scores")
    assert not any("Σ" in text for text in texts(picture))
    assert "sum" not in picture.alt


def test_weights_outside_0_to_1_are_marked_and_said():
    picture = heatmap([[1.0, 2.0, -0.5]])
    assert fills(picture).count("#e8890c") == 2
    assert "Orange: outside 0 to 1, where no weight can be (2 cells)" in texts(picture)
    assert "row 0 at column 1 (2.00), row 0 at column 2 (-0.50)" in picture.alt


def test_rounding_does_not_put_a_weight_outside():
    assert "outside" not in heatmap([[1.0000001, -1e-8]]).alt.lower()


def test_nan_and_infinities_are_shown_as_what_they_are():
    picture = heatmap([[NAN, INF, -INF]], kind="scores")
    assert {"NaN", "∞", "-∞", "Grey: NaN or infinite (3 cells)"} <= set(texts(picture))
    assert "<pattern" in picture.svg()  # hatched
    assert "row 0 at column 0 (NaN), row 0 at column 1 (∞), row 0 at column 2 (-∞)" in picture.alt


def test_a_row_with_nan_shows_nan_as_its_sum_and_has_no_largest_weight():
    picture = heatmap([[NAN, 0.5], [0.5, 0.5]])
    assert "Σ NaN" in texts(picture)
    assert "row 0 looks" not in picture.alt


def test_a_mask_of_numpy_becomes_nan():
    assert "NaN" in texts(heatmap(np.ma.masked_array([[0.5, 0.5]], [[False, True]])))


def test_the_text_alternative_tells_where_each_row_looks():
    alt = heatmap([[0.1, 0.61, 0.29], [0.7, 0.2, 0.1]], ["sat", "on"], ["The", "cat", "mat"]).alt
    assert alt == (
        "Heatmap of attention weights, 2 rows by 3 columns. "
        '"sat" looks most at "cat" (0.61); "on" looks most at "The" (0.70). '
        "Values from 0.10 to 0.70. Every row sums to 1."
    )


def test_the_text_alternative_of_many_rows_tells_the_largest_weight_of_all():
    weights = np.full((20, 4), 0.1)
    weights[13, 2] = 0.7
    assert "Largest: row 13 looks most at column 2 (0.70)." in heatmap(weights).alt


def test_a_row_of_equal_weights_is_said_to_be_even():
    assert "row 0 looks at all alike (0.25)" in heatmap([[0.25] * 4]).alt


def test_a_row_s_tied_weights_are_all_named():
    alt = heatmap([[0.4, 0.2, 0.4], [0.0, 1.0, 0.0]], keys=["The", "cat", "sat"]).alt
    assert 'row 0 looks most at "The" and "sat" (0.40 each); row 1 looks most at "cat" (1.00).' in alt


def test_weights_that_differ_by_rounding_alone_are_tied():
    assert 'most at "a" and "b" (0.30 each)' in heatmap([[0.3, 0.1 + 0.2, 0.2]], keys=["a", "b", "c"]).alt
    assert 'highest with "b" (16.00).' in heatmap([[15.999, 16.0]], keys=["a", "b"], kind="scores").alt


def test_of_many_tied_weights_the_first_are_named():
    alt = heatmap([[0.125] * 8 + [0.0]]).alt
    assert "row 0 looks most at column 0, column 1, column 2, column 3, column 4 and 3 more (0.12 each)." in alt


def test_a_lone_cell_is_not_called_the_largest():
    alt = heatmap([[-4.07]], ["query"], ["key"], kind="scores").alt
    assert alt == 'Heatmap of scores, 1 row by 1 column. "query" at "key" (-4.07).'
    assert "row 0 at column 0 (1.00); row 1 at column 0 (1.00)." in heatmap([[1.0], [1.0]]).alt


def test_the_largest_weights_of_many_rows_are_all_named_where_they_are_tied():
    weights = np.full((20, 4), 0.1)
    weights[13, 2] = weights[4, 0] = 0.7
    assert "Largest (0.70): row 4 at column 0, row 13 at column 2." in heatmap(weights).alt


def test_many_rows_of_one_value_have_no_largest_weight():
    assert "All cells are alike (0.10). Values" in heatmap(np.full((20, 10), 0.1)).alt


def test_a_row_with_nan_is_passed_over_where_the_largest_weight_is_told():
    weights = np.full((20, 4), 0.1)
    weights[0, 0], weights[7, 3] = NAN, 0.7
    assert "Largest: row 7 looks most at column 3 (0.70)." in heatmap(weights).alt


def test_heads_become_a_grid_in_which_labels_are_shared():
    picture = heatmap(example_heads(TOKENS), TOKENS, TOKENS)
    shown = texts(picture)
    assert [f"head {head}" in shown for head in range(8)] == [True] * 8
    assert shown.count("queries") == 2
    assert shown.count("keys") == 4
    assert picture.alt.startswith("8 heatmaps. head 0 (attention weights, 6 rows by 6 columns): ")


def test_a_grid_with_an_empty_place_still_labels_every_column():
    assert texts(heatmap(np.full((7, 2, 2), 0.5), keys=["a", "b"])).count("keys") == 4


def test_a_dict_draws_panels_of_different_shapes_and_kinds():
    picture = heatmap(
        {"attention weights": [[0.1, 0.9]], "weighted sum": [[1.0, -2.0, 3.0]]}, kind={"weighted sum": "scores"}
    )
    assert {"attention weights", "weighted sum", "0.90", "-2.00"} <= set(texts(picture))
    assert "weighted sum (scores, 1 row by 3 columns): " in picture.alt
    assert heatmap({"a": [[2.0]], "b": [[2.0]]}, kind=["scores", "scores"])


def test_labels_of_a_dict_go_to_the_panels_they_fit():
    shown = texts(heatmap({"a": [[0.5, 0.5]], "b": [[1.0]]}, keys=["x", "y"]))
    assert shown.count("keys") == 1


def test_panels_of_a_dict_can_each_have_labels_of_their_own():
    panels = {"weights": [[0.5, 0.5]], "values": [[1.0, 2.0], [3.0, 4.0]], "output": [[2.0, 3.0]]}
    words = ["furry", "weary"]
    keys = {"weights": ["cat", "mat"], "values": words, "output": words}
    picture = heatmap(panels, {"values": ["cat", "mat"]}, keys, kind=["weights", "values", "output"])
    assert texts(picture).count("weary") == 2
    assert texts(picture).count("mat") == 2
    assert "row 0 looks at all alike (0.50)" in picture.alt
    assert '"mat" is largest at "weary" (4.00)' in picture.alt


def test_a_title_wider_than_its_panel_runs_neither_into_the_next_nor_off_the_paper():
    picture = heatmap({"weights from np.dot(Q, K)": [[0.5, 0.5]], "weights from np.dot(Q, K.T)": [[1.0, 0.0]]})
    titles = [text for text in picture.figure.findobj(Text) if text.get_text().startswith("weights")]
    first, second = sorted((text.get_window_extent() for text in titles), key=lambda box: box.x0)
    assert first.x1 < second.x0
    assert second.x1 < picture.figure.bbox.x1


@pytest.mark.parametrize("shape", [(64, 10), (200, 200), (1, 300), (300, 1), (16, 40, 40)])
def test_large_matrices_stay_small_pictures(shape):
    picture = heatmap(np.random.default_rng(0).random(shape))
    width, height = picture.figure.get_size_inches() * 96
    assert width <= 720
    assert height <= 900
    assert len(picture.svg()) < 200_000
    assert len(texts(picture)) < 200
    assert {"0", "1"} <= set(texts(picture))  # the colour scale


def test_small_matrices_do_not_become_large_squares():
    width, height = heatmap([[1.0]]).figure.get_size_inches() * 96
    assert max(width, height) < 100


@pytest.mark.parametrize(
    "weights",
    [
        torch.tensor([[0.25, 0.75]], requires_grad=True),
        torch.tensor([[0.25, 0.75]], dtype=torch.bfloat16),
        [torch.tensor([0.25, 0.75], requires_grad=True)],
        np.array([[0.25, 0.75]], dtype=np.float16),
        ((0.25, 0.75),),
    ],
)
def test_tensors_arrays_and_lists_look_the_same(weights):
    assert heatmap(weights).png() == heatmap([[0.25, 0.75]]).png()


@pytest.mark.parametrize(
    ("arguments", "options", "error", "sentence"),
    [
        (([0.1, 0.9],), {}, ValueError, r"n_keys\), but got shape \(2,\).*brackets"),
        ((0.5,), {}, ValueError, r"but got shape \(\)"),
        ((np.ones((2, 8, 3, 3)),), {}, ValueError, r"got shape \(2, 8, 3, 3\).*weights\[0\]"),
        ((np.ones((0, 3)),), {}, ValueError, r"at least one row.*shape \(0, 3\)"),
        (([[]],), {}, ValueError, r"shape \(1, 0\)"),
        (([[1, 2], [3]],), {}, ValueError, "rows of one length"),
        (([["a", "b"]],), {}, TypeError, "needs numbers"),
        ((None,), {}, TypeError, "needs numbers, but got NoneType"),
        ((torch.ones(1, 1, dtype=torch.complex64),), {}, TypeError, "complex"),
        ((np.ones((1, 641)),), {}, ValueError, r"at most 640.*\(1, 641\)"),
        ((np.ones((65, 2, 2)),), {}, ValueError, "at most 64 heads, but got 65"),
        (([[0.5, 0.5]], ["a", "b"]), {}, ValueError, "1 queries, but 2 labels"),
        (([[0.5, 0.5]], None, ["a"]), {}, ValueError, "2 keys, but 1 labels"),
        (([[0.5, 0.5]], None, "ab"), {}, TypeError, "keys must be a list of labels, but got str"),
        (([[0.5]],), {"kind": "colours"}, ValueError, "kind must be"),
        (
            ([[0.5]],),
            {"kind": ["weights"]},
            ValueError,
            "kind must be one of weights, scores, queries, keys, values, output",
        ),
        (([[0.5]],), {"titles": ["a"]}, ValueError, "use title"),
        ((np.ones((2, 1, 1)),), {"titles": ["a"]}, ValueError, "2 heads, but 1 titles"),
        (({},), {}, ValueError, "empty dict"),
        (({"a": [1.0]},), {}, ValueError, r'Panel "a" needs.*got shape \(1,\)'),
        (({"a": [[1.0]]},), {"kind": ["weights"] * 2}, ValueError, "1 panels, but 2 kinds"),
        (({"a": [[1.0]]},), {"kind": {"b": "scores"}}, ValueError, "names a panel 'b'"),
        (({"a": [[1.0]]}, ["x", "y"]), {}, ValueError, "fit none of the panels"),
        (({"a": [[1.0]]}, {"b": ["x"]}), {}, ValueError, "queries names a panel 'b', but the panels are"),
        (({"a": [[1.0]]}, None, {"a": ["x", "y"]}), {}, ValueError, '1 keys in panel "a", but 2 labels'),
        (({"a": [[1.0]]}, None, {"a": "x"}), {}, TypeError, "keys must be a list of labels, but got str"),
        (([[1.0]], {"a": ["x"]}), {}, TypeError, "queries must be a list of labels, but got dict"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_sentence(arguments, options, error, sentence):
    with pytest.raises(error, match=sentence):
        heatmap(*arguments, **options)


def test_a_label_is_text_whatever_it_holds():
    evil = ["<script>alert(1)</script>", "$\\frac$", "a\x00b"]
    picture = heatmap(np.eye(3), evil, evil, title=evil[0])
    assert "<script" not in picture.svg()
    assert "<script" not in picture.html()
    assert "$\\frac$" in texts(picture)
    assert picture.png()


def test_changing_the_matrix_afterwards_does_not_change_the_picture():
    weights = np.array([[0.5, 0.5]])
    picture = heatmap(weights)
    weights[:] = 9.0
    assert isinstance(picture, Picture)
    assert "0.50" in texts(picture)


def test_example_heads_are_attention_weights():
    weights = example_heads(TOKENS)
    assert weights.shape == (8, 6, 6)
    np.testing.assert_allclose(weights.sum(axis=-1), 1.0)
    assert (weights >= 0).all()
    np.testing.assert_array_equal(weights, example_heads(TOKENS))


def test_example_heads_look_where_they_are_said_to_look():
    itself, before, after, first, everywhere = example_heads(TOKENS, heads=5)
    assert itself.argmax(axis=1).tolist() == [0, 1, 2, 3, 4, 5]
    assert before.argmax(axis=1).tolist() == [0, 0, 1, 2, 3, 4]
    assert after.argmax(axis=1).tolist() == [1, 2, 3, 4, 5, 5]
    assert first.argmax(axis=1).tolist() == [0] * 6
    np.testing.assert_allclose(everywhere, 1 / 6)


def test_example_heads_refuse_what_they_cannot_make():
    with pytest.raises(ValueError, match="at least one token"):
        example_heads([])
    with pytest.raises(ValueError, match="1 to 8 heads, but 9"):
        example_heads(TOKENS, heads=9)


@pytest.mark.parametrize("kind", ["queries", "keys", "values", "output"])
def test_vectors_are_described_as_what_they_are_and_their_columns_are_no_keys(kind):
    picture = heatmap([[0.7, -1.2]], ["it"], ["furry", "asleep"], kind=kind)
    assert picture.alt.startswith(f'Heatmap of {kind}, 1 row by 2 columns. "it" is largest at "furry" (0.70).')
    assert ">keys<" not in picture.svg()


def test_values_are_described_as_vectors_and_their_columns_are_no_keys():
    picture = heatmap([[0.7, -1.2, 0.1]], ["it"], ["furry", "asleep", "weary"], kind="values", title="Output")
    assert picture.alt.startswith('Output: values, 1 row by 3 columns. "it" is largest at "furry" (0.70).')
    assert ">keys<" not in picture.svg()
    assert ">furry<" in picture.svg()
