"""The film of a training run: what its checkpoints said and where they looked, and the widget that shows it."""

import json

import pytest
import torch

from attention_course import training
from attention_course.training.scrubber import in_words


def new_run(steps: int = 6, layers: int = 2) -> training.Run:
    torch.manual_seed(0)
    return training.Run(training.Reader(16, 8, 1, layers), training.induction, steps, every=2)


def one_sequence() -> training.Batch:
    return training.induction(1, torch.Generator().manual_seed(3), T=14, periods=[5])


def test_a_run_keeps_about_sixty_checkpoints_and_those_before_and_after_it() -> None:
    run = new_run(130)
    run.go()
    assert [*run.checkpoints] == [*range(0, 131, 2)]
    first, last = run.checkpoints[0]["guess.weight"], run.checkpoints[130]["guess.weight"]
    torch.testing.assert_close(last, run.model.guess.weight.detach())
    assert not torch.equal(first, last)


def test_a_film_ends_with_what_the_model_is_by_then() -> None:
    run, one = new_run(), one_sequence()
    run.go()
    before = {name: values.clone() for name, values in run.model.state_dict().items()}
    film = training.film(run, one)
    assert film["steps"] == [0, 1, 2, 3, 4, 5, 6]
    assert {len(film[name]) for name in ("loss", "accuracy", "mass", "entropy", "maps")} == {7}
    found = training.measures(run.model, run.fresh)
    assert film["accuracy"][-1] == found["accuracy"]
    assert film["mass"][-1] == [found["layer 1"], found["layer 2"]]
    maps = torch.tensor(film["maps"][-1])  # (layer, head, query, key), in hundredths
    assert maps.shape == (2, 1, 14, 14)
    weights = torch.stack([map_[0] for map_ in training.maps(run.model, one.tokens)])
    torch.testing.assert_close(maps / 100, weights, atol=0.0051, rtol=0)
    assert film["right"] == [one.right[0][0].int().tolist(), one.right[1][0].int().tolist()]
    for name, values in run.model.state_dict().items():
        torch.testing.assert_close(values, before[name])
    assert json.loads(json.dumps(film)) == film


def test_an_even_row_has_the_entropy_of_its_keys() -> None:
    even = torch.ones(2, 1, 3, 3).tril() / torch.tensor([1.0, 2.0, 3.0])[:, None]
    rows = torch.tensor([[False, True, False], [False, False, True]])
    expected = (torch.tensor(2.0).log() + torch.tensor(3.0).log()) / 2
    assert training.entropy(even, rows) == pytest.approx(expected.item())


def test_a_model_of_one_layer_is_filmed_by_what_the_last_one_has_to_look_at() -> None:
    run, one = new_run(layers=1), one_sequence()
    run.go()
    film = training.film(run, one)
    assert film["right"] == [one.right[1][0].int().tolist()]
    assert len(film["mass"][0]) == len(film["entropy"][0]) == 1


def test_before_the_run_nothing_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert training.scrubber(new_run(), one_sequence()) is None
    assert capsys.readouterr().out == "Nothing is trained yet: first run the cell above that trains.\n"


def test_where_there_is_no_widget_the_end_stands_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    run = new_run()
    run.go()
    shown = training.scrubber(run, one_sequence())
    data, _ = shown._repr_mimebundle_()
    words = in_words(shown.film)
    assert words.startswith("7 checkpoints. After 6 steps: loss ")
    assert "; layer 2 has 0." in words
    assert data["text/plain"] == words
    assert data["text/html"] == f"<p>{words}</p>"
    assert "application/vnd.jupyter.widget-view+json" in data
    monkeypatch.setenv("NBGRADER_EXECUTION", "autograde")
    data, _ = shown._repr_mimebundle_()
    assert data.keys() == {"text/plain", "text/html"}
