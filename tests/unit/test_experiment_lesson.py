"""The lesson `experiment`: its numbers are computed anew, and its tests tell right answers from wrong ones.

A training costs seconds: there is one here, of the model that says it backwards, and one in `tests/sandbox/`.
"""

import copy
import math
from typing import Any

import pytest
import torch
from classroom import ROOT
from written_answers import failed, solutions

from attention_course import training
from attention_course.answers.answer import Answer
from attention_course.answers.code_answer import CodeAnswer
from attention_course.exercises.suite import Suite
from attention_course.instructor.source import cells

POINTS = {
    "met-floor": 1,
    "met-plateau": 1,
    "mass-on-target": 3,
    "row-entropy": 2,
    "met-cost": 1,
    "met-same": 1,
    "exp-reverse": 0,
    "mirror": 1,
    "my-tiny-lm": 0,
    "exp-induction-map": 0,
    "exp-induction": 4,
    "ablate": 3,
    "exp-importance": 1,
    "exp-one-layer": 0,
    "exp-no-position": 0,
    "exp-no-position-why": 1,
    "exp-no-scale": 0,
    "exp-rate": 0,
    "exp-heads": 0,
    "exp-break-why": 1,
    "exp-two-more": 0,
    "exp-surgery": 0,
}
WRITTEN = ["mass-on-target", "row-entropy", "ablate", "exp-induction"]
LONG = "the pattern is learned"  # the hidden test that trains at length
SOURCE = ROOT / "source/experiment/experiment.ipynb"
CODE = ROOT / "source/code/code.ipynb"


def short_tests(answer: CodeAnswer) -> list[Suite]:
    """Return a suite of each hidden test but the long one."""
    return [answer.tests.only(test.name) for test in answer.tests if test.name != LONG]


def test_it_has_these_exercises_and_points(answers: dict[str, Answer]) -> None:
    assert {name: answer.question.points for name, answer in answers.items()} == POINTS
    for kinds in (["Predict"], ["Write"], ["Numeric", "Choice", "Explain"]):
        numbers = [a.question.number for a in answers.values() if type(a.question).__name__ in kinds]
        assert numbers == [*range(1, len(numbers) + 1)]


# ---- numbers


def test_the_floor_and_the_plateau_are_what_simulations_say(answers: dict[str, Any]) -> None:
    (floor,), (plateau,) = answers["met-floor"].question.key, answers["met-plateau"].question.key
    assert float(floor) == pytest.approx(math.log(16), abs=0.005)
    tokens = torch.randint(16, (20_000, 12), generator=torch.Generator().manual_seed(0))
    counts = torch.nn.functional.one_hot(tokens, 16).sum(1)  # (20000, 16): the bags
    assert float(plateau) == pytest.approx(-(counts.gather(1, tokens) / 12).log().mean().item(), abs=0.01)


def test_the_cache_is_counted_as_the_solution_says(answers: dict[str, Any]) -> None:
    kib, fit = map(float, answers["met-cost"].question.key)
    one = 0
    for _layer in range(32):
        for _head in range(8):
            one += 2 * 128 * 2  # a key and a value
    assert (kib, fit) == (one / 1024, 8 * 2**30 / one)


# ---- tasks, models, measures


def test_reverse_has_its_targets_at_the_mirror() -> None:
    batch = training.reverse(5, torch.Generator().manual_seed(0))
    torch.testing.assert_close(batch.targets, batch.tokens.flip(1))
    assert batch.right[0].sum(-1).eq(1).all()
    assert batch.counts.all()


def test_induction_repeats_a_segment_and_knows_where_to_look() -> None:
    batch = training.induction(40, torch.Generator().manual_seed(1))
    periods = set()
    for b, line in enumerate(batch.tokens.tolist()):
        period = next(n for n in range(1, 24) if line[n] == line[0])
        periods.add(period)
        assert line[period:] == line[:-period]
        assert len(set(line[:period])) == period
        for t in range(24):
            assert batch.where[b, t] == (t > period)
            assert batch.counts[b, t] == (period <= t < 23)
            if batch.counts[b, t]:
                assert batch.targets[b, t] == line[t + 1]
            after = [s for s in range(1, t + 1) if line[s - 1] == line[t]]
            assert batch.right[1][b, t].nonzero().flatten().tolist() == after
            assert batch.right[0][b, t].nonzero().flatten().tolist() == ([t - 1] if t else [])
    assert periods == {4, 5, 6, 7, 8}


def test_the_models_have_as_many_parameters_as_the_recipe() -> None:
    sizes = {
        19_456: training.Reader(16, 64, 1, 1, T=12, causal=False, positions="learned"),
        9_408: training.Reader(16, 32, 1, 2),
    }
    for size, model in sizes.items():
        assert sum(values.numel() for values in model.parameters()) == size


def test_maps_of_a_tiny_lm_are_the_weights_that_it_uses(answers: dict[str, Any]) -> None:
    right = answers["my-tiny-lm"].right()
    torch.manual_seed(0)
    model, tokens, used = right.TinyLM(7, 8, 2, 2), torch.randint(7, (3, 6)), []
    inside, attend = right.Attention.forward.__globals__, right.attend
    inside["attend"] = lambda *given: used.append(attend(*given)[1]) or attend(*given)
    found = training.maps(model, tokens, heads=2)
    assert len(found) == len(used) == 2
    for map_, weights in zip(found, used, strict=True):
        torch.testing.assert_close(map_, weights.detach())


def test_the_measure_of_a_run_is_that_of_the_lesson_s_own_task(answers: dict[str, Any]) -> None:
    batch = training.induction(6, torch.Generator().manual_seed(2))
    weights = torch.randn(6, 3, 24, 24).tril().softmax(-1)
    keys = torch.where(batch.right[1], torch.arange(24), -1).masked_fill(~batch.rows[1][..., None], -1)
    each = answers["mass-on-target"].right().mass_on_target(weights, keys)  # (6, 3)
    rows = batch.rows[1].sum(1, keepdim=True)
    best = ((each * rows).sum(0) / rows.sum()).max().item()
    assert training.best_head(weights, batch.right[1], batch.rows[1]) == pytest.approx(best, abs=1e-5)


# ---- runs


class Committed:
    """An answer to a prediction."""

    def __init__(self, *picks: str) -> None:
        self.picks = picks or None


def new_run(**changes: Any) -> training.Run:
    torch.manual_seed(0)
    return training.Run(training.Reader(16, 8, 1, 2), training.induction, 6, every=2, **changes)


def test_nothing_is_trained_before_the_prediction(capsys: pytest.CaptureFixture[str]) -> None:
    run = new_run()
    assert not run.go(after=Committed())
    assert run.step == 0
    assert capsys.readouterr().out == "First commit your prediction above; then run this cell.\n"
    assert run.go(after=Committed("before"))
    assert run.step == 6


def test_a_prediction_that_is_committed_unlocks_its_run(answers: dict[str, Answer]) -> None:
    prediction = answers["exp-no-scale"]
    assert not new_run().go(after=prediction)
    prediction.check(["later"])
    assert new_run().go(after=prediction)


def test_a_run_that_is_interrupted_goes_on_as_if_it_had_not_been(capsys: pytest.CaptureFixture[str]) -> None:
    whole, stopped = new_run(), new_run()
    whole.go()
    draw, drawn = stopped.draw, []

    def interrupted(n: int, generator: torch.Generator) -> training.Batch:
        drawn.append(n)
        if len(drawn) == 4:
            raise KeyboardInterrupt
        return draw(n, generator)

    stopped.draw = interrupted
    threads = torch.get_num_threads()
    assert not stopped.go()
    assert capsys.readouterr().out == "Stopped. Run this cell again to go on from step 3.\n"
    assert torch.get_num_threads() == threads
    assert stopped.go()
    assert stopped.history == whole.history
    assert [each["step"] for each in whole.history] == [1, 2, 4, 6]
    assert whole.report().endswith("████████████████████ 6 of 6 steps")
    heading, first, *_ = whole.report().splitlines()
    assert heading == "step    loss   accuracy   layer 1   layer 2"
    assert first.startswith("   1   ")
    assert len(first) == len(heading)


def test_the_rate_grows_stays_and_falls() -> None:
    rates = [training.rate(step, 200) for step in range(200)]
    assert rates[0] == pytest.approx(0.0005)
    assert rates[19:120] == [0.01] * 101
    assert rates[160] == pytest.approx(0.01 * (1 - 0.95 / 2))
    assert rates[-1] == pytest.approx(0.0005, abs=2e-4)


def test_a_model_that_says_it_backwards_looks_at_the_mirror() -> None:
    torch.manual_seed(3)
    model = training.Reader(16, 64, 1, 1, T=12, causal=False, positions="learned")
    assert training.Run(model, training.reverse, 200, every=200, seed=3).go()
    found = training.measures(model, training.reverse(256, torch.Generator().manual_seed(4)))
    assert found["accuracy"] >= 0.99
    assert found["layer 1"] >= 0.9


# ---- what is done with a model that is trained


def test_the_film_of_a_run_waits_for_the_run(names: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert training.scrubber(names["next_one"], names["one"]) is None
    assert capsys.readouterr().out == "Nothing is trained yet: first run the cell above that trains.\n"


def test_surgery_with_uniform_weights_is_the_lesson_s_own_ablation(answers: dict[str, Any]) -> None:
    ablate, batch = answers["ablate"].right().ablate, training.induction(64, torch.Generator().manual_seed(3))
    torch.manual_seed(0)
    model = answers["my-tiny-lm"].right().TinyLM(16, 8, 1, 2)
    before = {name: values.clone() for name, values in model.state_dict().items()}
    left = training.surgery(model, batch)
    even = [f"layer {layer + 1} uniform" for layer in (0, 1)]
    assert [*left] == ["whole", "layer 1 off", even[0], "layer 2 off", even[1], "layers 1 and 2 swapped"]
    with torch.no_grad():
        assert left["whole"] == training.accuracy(model(batch.tokens), batch)
        for layer, name in enumerate(even):
            assert left[name] == pytest.approx(training.accuracy(ablate(model, layer)(batch.tokens), batch), abs=1e-3)
        other = copy.deepcopy(model)
        other.blocks[0].attn, other.blocks[1].attn = other.blocks[1].attn, other.blocks[0].attn
        biases = [block.attn.wo.bias for block in other.blocks]  # that of a layer, not of its heads
        other.blocks[0].attn.wo.bias, other.blocks[1].attn.wo.bias = biases[::-1]
        assert left["layers 1 and 2 swapped"] == training.accuracy(other(batch.tokens), batch)
    for name, values in model.state_dict().items():
        torch.testing.assert_close(values, before[name])


def test_a_head_is_operated_on_by_itself(answers: dict[str, Any]) -> None:
    torch.manual_seed(1)
    model = answers["my-tiny-lm"].right().TinyLM(16, 8, 2, 1)
    batch, attn = training.induction(64, torch.Generator().manual_seed(3)), model.blocks[0].attn
    first, second = (training.surgery(model, batch, heads=2, head=head) for head in (0, 1))
    assert first["whole"] == second["whole"]
    with torch.no_grad():
        attn.wo.weight[:, 4:] = 0  # the second head is off by hand
        assert second["layer 1 off"] == training.accuracy(model(batch.tokens), batch)
        attn.wo.weight[:, :4] = 0
        assert training.surgery(model, batch, heads=2)["layer 1 off"] == training.accuracy(model(batch.tokens), batch)


# ---- answers


@pytest.mark.parametrize("name", WRITTEN)
def test_right_answers_in_unusual_styles_pass(name: str, answers: dict[str, CodeAnswer]) -> None:
    right = solutions(name, "RIGHT")
    assert len(right) >= 3
    answer = answers[name]
    for what, code in right.items():
        fails = [one for suite in short_tests(answer) for one in failed(answer, code, suite)]
        assert (what, fails, failed(answer, code, answer.checks)) == (what, [], [])


@pytest.mark.parametrize("name", WRITTEN)
def test_wrong_answers_that_nobody_had_in_mind_fail(name: str, answers: dict[str, CodeAnswer]) -> None:
    wrong = solutions(name, "WRONG")
    assert len(wrong) >= 3
    suites = short_tests(answers[name])
    passed = [what for what, code in wrong.items() if not any(failed(answers[name], code, s) for s in suites)]
    assert passed == []


@pytest.mark.parametrize("name", [*WRITTEN, "mirror"])
def test_the_cell_as_it_begins_earns_nothing_and_each_question_has_three_hints(
    name: str, answers: dict[str, CodeAnswer]
) -> None:
    answer = answers[name]
    stub = "\n".join(f"def {each}(*a, **k):\n    raise NotImplementedError" for each in answer.question.defines)
    assert len(failed(answer, stub, answer.tests)) == len(answer.tests)
    assert len(answer.question.hints) == 3
    assert len(answer.checks) >= 4
    assert len(answer.question.examples) >= 2
    assert answer.tests.points == answer.question.points


def test_the_reference_that_stands_in_for_a_model_is_that_of_the_lesson_code() -> None:
    code = {cell.id: cell.source for cell in cells.code_cells(cells.load_source(CODE))}
    ours = {cell.id: cell.source for cell in cells.code_cells(cells.load_source(SOURCE))}["my-tiny-lm-code"]
    for name in ("masked-softmax", "attend", "masks", "split-heads", "multi-head", "loss", "tiny-lm"):
        lines = [line for line in code[f"{name}-code"].splitlines() if "### " not in line and "import" not in line]
        assert "\n".join(lines).strip() in ours, name


def test_each_run_waits_for_its_prediction() -> None:
    source = cells.load_source(SOURCE)["cells"]
    text = "\n".join("".join(cell["source"]) for cell in source if cell["cell_type"] == "code")
    predictions = [name for name in POINTS if POINTS[name] == 0 and name != "my-tiny-lm"]
    for name in predictions:
        waiting = ".picks:" if name == "exp-surgery" else ")"  # that trains nothing, and looks at a model
        asked, waits = text.index(f'"{name}", "'), text.index(f'lesson.answers["{name}"]{waiting}')
        assert asked < waits


def test_a_run_s_explanation_comes_after_it(answers: dict[str, Answer]) -> None:
    for name, answer in answers.items():
        if type(answer.question).__name__ == "Predict":
            assert len(answer.question.solution.split()) <= 45, name  # numbers of ours, and no reasons yet


def test_where_all_places_count_all_rows_with_a_next_token_do(names: dict[str, Any]) -> None:
    batch = names["everywhere"](3, torch.Generator().manual_seed(0))
    right = training.induction(3, torch.Generator().manual_seed(0))
    torch.testing.assert_close(batch.tokens, right.tokens)
    assert batch.counts.sum(1).tolist() == [23, 23, 23]
    assert (batch.targets[:, :-1] == batch.tokens[:, 1:]).all()


def test_a_passage_is_short() -> None:
    texts = ["".join(cell["source"]) for cell in cells.load_source(SOURCE)["cells"] if cell["cell_type"] == "markdown"]
    assert [text[:60] for text in texts if len(text.split()) > 150] == []
