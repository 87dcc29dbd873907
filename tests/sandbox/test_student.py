"""Student: a test calls a student's functions, at home and in the sandbox alike."""

import math

import numpy
import pytest
import torch

from attention_course.errors import StudentError, Unsendable
from attention_course.student_code.workshop import Home

ANSWER = """
import torch, math, random, numpy

def attention(q, k, v, mask=None):
    scores = q @ k.transpose(-2, -1) / math.sqrt(q.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -torch.inf)
    return scores.softmax(-1) @ v

class Linear(torch.nn.Module):
    def __init__(self, size, depth=1):
        super().__init__()
        self.layers = torch.nn.ModuleList(torch.nn.Linear(size, size) for _ in range(depth))
        self.size, self.names = size, {"first": [1, 2]}

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x

def parts(x):
    return x.sin(), {"cos": x.cos(), 1: [None, True, 1.5, "text ä"]}

def spoil(x, *, scale):
    print("spoiling", flush=True)
    x *= scale
    return x.sum()

def fails(n):
    values = [1, 2]
    return values[n]

def draws():
    return torch.rand(3), torch.nn.functional.dropout(torch.ones(20)), random.random(), numpy.random.rand()

def same(*values):
    return values[0] if len(values) == 1 else values

def stop():
    import sys
    sys.exit("enough")

def says_nothing():
    class Odd(Exception):
        def __str__(self):
            raise ValueError
    raise Odd

value = 3

def memory():
    return bytearray(10)

def keep(thing):
    return thing

def size_of(linear):
    return linear.size

def apply(function, x):
    return function(x)

def sample(n, seed, upstream=None):
    return [n, seed, upstream]

class NotDivisible(ValueError):
    pass

def not_divisible():
    raise NotDivisible("by 3")
"""


@pytest.fixture(params=["at home", "in their kernel", "libraries", "none"])
def workshop(request, sandboxes):
    """A place where ANSWER can be opened."""
    if request.param == "at home":
        return Home()
    if request.param == "in their kernel":
        names = {"__name__": "__main__"}
        exec(compile(ANSWER, "<answer 1>", "exec"), names)
        return Home(names)
    return sandboxes[request.param]


@pytest.fixture
def student(workshop):
    with workshop.open(ANSWER, seed=1, seconds=20) as one:
        yield one


def test_a_call_returns_what_the_function_returns(student):
    q, k, v = (torch.randn(2, n, 8) for n in (3, 5, 5))
    expected = torch.nn.functional.scaled_dot_product_attention(q, k, v)
    torch.testing.assert_close(student.attention(q, k, v), expected)
    mask = torch.ones(3, 5, dtype=torch.bool).tril()
    masked = torch.nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
    torch.testing.assert_close(student.attention(q, k, v=v, mask=mask), masked)


def test_tuples_dicts_and_scalars_come_back_as_they_are(student):
    x = torch.tensor([0.0, 1.0])
    sine, others = student.parts(x)
    assert torch.equal(sine, x.sin())
    assert torch.equal(others["cos"], x.cos())
    assert others[1] == [None, True, 1.5, "text ä"]


def test_arguments_are_copies(student):
    x = torch.ones(3)
    student.spoil(x, scale=2)
    assert torch.equal(x, torch.ones(3))


def test_looking_back_shows_the_arguments_as_they_were_afterwards(student):
    call = student.call("spoil", torch.ones(3), look_back=True, scale=2)
    assert (call.value, call.printed) == (6, "spoiling\n")
    assert torch.equal(call.arguments[0], torch.full((3,), 2.0))
    assert call.named == {"scale": 2}
    assert call.cpu >= 0
    assert call.seconds > 0


def test_gradients_flow_back_from_an_upstream_gradient(student):
    q, k, v = (torch.randn(4, 8, requires_grad=True) for _ in range(3))
    upstream = torch.randn(4, 8)
    call = student.call("attention", q, k, v, upstream=upstream)
    torch.nn.functional.scaled_dot_product_attention(q, k, v).backward(upstream)
    for found, expected in zip(call.gradients, (q, k, v), strict=True):
        torch.testing.assert_close(found, expected.grad)


def test_one_of_several_results_can_be_left_out_of_the_gradient(student):
    x = torch.randn(3, requires_grad=True)
    call = student.call("same", x, 7, upstream=(torch.ones(3), None))
    assert torch.equal(call.gradients[0], torch.ones(3))
    assert call.gradients[1] is None


def test_a_module_stays_there_and_can_be_loaded_called_and_looked_into(student):
    ours = torch.nn.Linear(3, 3)
    theirs = student.new("Linear", 3, depth=2)
    weights = {f"layers.{n}.{name}": value for n in (0, 1) for name, value in ours.state_dict().items()}
    theirs.load_state_dict(weights)
    x = torch.randn(2, 3)
    torch.testing.assert_close(theirs(x), ours(ours(x)))
    assert theirs.state_dict().keys() == weights.keys()
    assert torch.equal(student.value(theirs.layers[1].weight), ours.weight)
    assert student.value(theirs.names["first"]) == [1, 2]
    assert student.call(theirs.layers[0], x).value.shape == (2, 3)


def test_the_gradients_of_a_modules_parameters_can_be_fetched(student):
    theirs = student.new("Linear", 3)
    student.call(theirs, torch.ones(1, 3), upstream=torch.ones(1, 3))
    torch.testing.assert_close(student.value(theirs.layers[0].weight.grad), torch.ones(3, 3))


def test_an_object_can_be_given_to_another_function(student):
    assert student.size_of(student.new("Linear", 5)) == 5
    theirs = student.new("Linear", 2)
    x = torch.randn(1, 2)
    assert torch.equal(student.apply(theirs.layers[0], x), theirs(x))


def test_an_object_of_the_students_is_no_value(student):
    remote = student.memory()
    for use in (bool, lambda r: r == r, lambda r: r != 1, lambda r: r < 1, hash, list, lambda r: 1 in r):
        with pytest.raises(TypeError):
            use(remote)
    assert repr(remote) == "<the student's bytearray>"


def test_what_is_no_value_cannot_be_an_argument(student):
    with pytest.raises(Unsendable, match="an object of type Generator cannot be sent"):
        student.same(torch.Generator())


def test_an_exception_tells_its_class_message_and_line(student):
    with pytest.raises(StudentError) as caught:
        student.fails(5)
    error = caught.value
    assert (error.kind, error.message, error.cause) == ("IndexError", "list index out of range", "raised")
    assert error.line == 1 + ANSWER[: ANSWER.index("return values[n]")].count("\n")
    assert str(error).startswith("IndexError: list index out of range (line 3")


def test_an_expected_exception_is_looked_at(student):
    with student.raises("IndexError", match="out of range"):
        student.fails(5)
    with pytest.raises(AssertionError, match="no IndexError was raised"), student.raises("IndexError"):
        student.fails(1)
    for kind, match in (("ValueError", ""), ("IndexError", "no such words")):
        with pytest.raises(StudentError), student.raises(kind, match):
            student.fails(5)


def test_a_kind_of_the_expected_exception_is_one(student):
    with student.raises("LookupError"):
        student.fails(5)  # an IndexError
    with student.raises("ValueError"):
        student.not_divisible()
    with pytest.raises(StudentError), student.raises("TypeError"):
        student.not_divisible()


def test_what_an_earlier_cell_hides_of_python_s_own_is_there_again_in_the_next_one(workshop):
    if isinstance(workshop, Home) and workshop.names is not None:
        pytest.skip("nothing is run again in their kernel")
    star = "from math import *\ndef cube(x):\n    return pow(x, 3)\ndef sum(x):\n    return x[5]\n"
    with workshop.open([star, "def two(x):\n    return pow(x, 3, 5), cube(x), sum([x] * 6)"], seconds=20) as student:
        assert student.two(2) == (3, 8.0, 2)
        with pytest.raises(StudentError) as caught:
            student.sum([])
    assert caught.value.line == 5


def test_an_exit_is_an_exception_like_others(student):
    with pytest.raises(StudentError, match="SystemExit: enough"):
        student.stop()
    assert student.same(1) == 1


def test_an_exception_that_cannot_say_what_it_is_is_known_by_its_class(student):
    with pytest.raises(StudentError) as caught:
        student.says_nothing()
    assert (caught.value.kind, caught.value.message) == ("Odd", "")


def test_a_missing_function_is_a_name_error(student):
    with pytest.raises(StudentError, match="NameError: name 'multi_head' is not defined"):
        student.multi_head()


def test_a_seed_makes_the_draws_that_the_same_seed_makes_here(student):
    first, second = (student.call("draws", seed=7).value for _ in range(2))
    torch.manual_seed(7)
    assert torch.equal(first[0], torch.rand(3))
    assert torch.equal(first[1], torch.nn.functional.dropout(torch.ones(20)))
    assert first[2:] == second[2:]
    assert not torch.equal(student.draws()[0], first[0])


def test_the_draws_of_an_answer_disturb_nobody_elses(student):
    torch.manual_seed(3)
    numpy.random.seed(3)
    expected = torch.rand(2), numpy.random.rand()
    torch.manual_seed(3)
    numpy.random.seed(3)
    student.call("draws", seed=1)
    assert torch.equal(torch.rand(2), expected[0])
    assert numpy.random.rand() == expected[1]


def test_the_same_seed_opens_the_same_answer(workshop):
    drawn = []
    for _ in range(2):
        with workshop.open(ANSWER, seed=5, seconds=20) as student:
            drawn.append([student.draws()[0] for _ in range(2)])
    assert torch.equal(drawn[0][0], drawn[1][0])
    assert torch.equal(drawn[0][1], drawn[1][1])
    assert not torch.equal(drawn[0][0], drawn[0][1])


def test_a_function_with_the_name_of_a_method_can_be_called(student):
    assert student.call("keep", 1).value == 1
    with pytest.raises(StudentError, match="not callable"):
        student.call("value")


def test_arguments_with_the_names_of_options_are_the_functions_own(student):
    assert student.sample(1, seed=2, upstream=3) == [1, 2, 3]
    assert student.call("sample", 1, 2).value == [1, 2, None]


def test_the_outline_says_what_the_text_is_made_of(student):
    outline = student.outline()
    assert {"attention", "Linear", "forward"} <= set(outline["defines"])
    assert {"torch", "sys"} <= set(outline["imports"])
    assert "scores.masked_fill" in outline["calls"]
    assert outline["loops"] == 2


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -1,
        2**63,
        -(2**63),
        1.5,
        math.inf,
        "",
        "ä\n漢",
        [],
        (),
        {},
        [1, [2, (3,)]],
        {"a": {None: 1}},
    ],
)
def test_plain_values_travel_both_ways(student, value):
    assert student.same(value) == value
    assert type(student.same(value)) is type(value)


@pytest.mark.parametrize(
    "tensor",
    [
        torch.randn(2, 3),
        torch.randn(2, 3).bfloat16(),
        torch.randn(2, 3, dtype=torch.complex64),
        torch.arange(4),
        torch.tensor(1.5, dtype=torch.float64),
        torch.tensor([True, False]),
        torch.zeros(0, 3),
        torch.randn(4).half(),
        torch.randn(3, requires_grad=True),
        torch.tensor([math.nan, -0.0]),
    ],
    ids=lambda tensor: f"{tensor.dtype} {tuple(tensor.shape)}",
)
def test_tensors_travel_both_ways(student, tensor):
    back = student.same(tensor)
    assert (back.dtype, back.shape, back.requires_grad) == (tensor.dtype, tensor.shape, tensor.requires_grad)
    assert torch.equal(back.nan_to_num(), tensor.nan_to_num())


@pytest.mark.parametrize(
    "tensor", [torch.randn(2, 3).T, torch.randn(2, 3, 4).permute(2, 0, 1), torch.randn(1, 3, 1).transpose(0, 2)]
)
def test_a_transposed_tensor_arrives_transposed(student, tensor):
    back = student.same(tensor)
    assert torch.equal(back, tensor)
    assert back.is_contiguous() == tensor.is_contiguous()
    assert tensor.is_contiguous() or back.stride() == tensor.stride()


def test_a_tensor_with_gaps_arrives_dense(student):
    for tensor in (torch.randn(4, 6)[:, ::2], torch.randn(3, 1).expand(3, 4)):
        assert torch.equal(student.same(tensor), tensor)


@pytest.mark.parametrize("array", [numpy.eye(2), numpy.array(3), numpy.arange(3, dtype="int8"), numpy.zeros((0, 2))])
def test_arrays_travel_both_ways(student, array):
    back = student.same(array)
    assert (type(back), back.dtype, back.shape) == (numpy.ndarray, array.dtype, array.shape)
    assert numpy.array_equal(back, array)


def test_types_of_numbers_travel_both_ways(student):
    assert student.same(torch.float16) is torch.float16


def test_scalars_of_numpys_become_pythons(student):
    assert type(student.same(numpy.float32(0.5))) is float
    assert student.same(numpy.longdouble(0.5)) == 0.5
    assert type(student.same(numpy.int64(3))) is int
    assert type(student.same(numpy.bool_(True))) is bool


def test_a_closed_answer_says_so_when_it_is_called(workshop):
    with workshop.open(ANSWER, seconds=20) as student:
        same = student.same
    with pytest.raises(StudentError, match="the answer was closed"):
        same(1)
