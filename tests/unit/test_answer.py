import threading
import time
from datetime import UTC, datetime

import pytest

from attention_course import Blanks, Choice
from attention_course.answers.answer import Answer
from attention_course.answers.record import Attempt, Record
from attention_course.errors import NotAnswered, PicksError, QuestionError
from attention_course.exercises.question import Outcome

AT = "2026-03-01T09:41:00+01:00"


def double(**changes):
    arguments = {"prompt": "Double it.", "program": "x = 2\ny = [1] * 2", "options": ["x", "1", "y"], "key": ["x"]}
    return Blanks("double", "easy", **{**arguments, **changes})


def recorded(*picks, revision=None):
    return Record(tuple(Attempt((pick,), AT) for pick in picks), len(picks) if revision is None else revision)


def test_a_question_that_nobody_touched_is_not_attempted():
    answer = Answer(double())
    assert (answer.outcome, answer.left, answer.done, answer.picks) == (Outcome.NOT_ATTEMPTED, 3, False, None)
    assert answer.points(1) == 0


def test_a_wrong_attempt_leaves_two_more():
    answer = Answer(double())
    answer.check(["1"])
    assert (answer.outcome, answer.left, answer.done, answer.picks) == (Outcome.WRONG, 2, False, ("1",))
    assert answer.points(1) == 0


def test_a_right_attempt_finishes_the_question():
    answer = Answer(double())
    answer.check(["1"])
    answer.check(["x"])
    assert (answer.outcome, answer.left, answer.done) == (Outcome.RIGHT, 1, True)
    assert answer.points(1) == 1
    with pytest.raises(PicksError, match="This question is finished"):
        answer.check(["1"])
    assert len(answer.record.attempts) == 2


def test_three_wrong_attempts_finish_the_question():
    answer = Answer(double())
    for _ in range(3):
        answer.check(["1"])
    assert (answer.outcome, answer.left, answer.done) == (Outcome.WRONG, 0, True)
    with pytest.raises(PicksError, match="This question is finished"):
        answer.check(["x"])


def test_with_the_key_held_back_attempts_are_recorded_and_not_judged():
    answer = Answer(double(key=None))
    answer.check(["x"])
    assert (answer.outcome, answer.left, answer.done) == (Outcome.RECORDED, 2, False)
    assert answer.points(1) == 0


def test_a_refused_attempt_is_not_recorded():
    answer = Answer(double())
    for picks in [[""], ["z"], [], "x", None]:
        with pytest.raises(PicksError):
            answer.check(picks)
    assert answer.record == Record()


def test_an_attempt_is_recorded_with_its_time():
    before = datetime.now(UTC).replace(microsecond=0)
    answer = Answer(double())
    answer.check(["1"])
    assert before <= datetime.fromisoformat(answer.record.attempts[0].at) <= datetime.now(UTC)


def test_a_later_record_is_taken_over_and_an_earlier_one_is_not():
    answer = Answer(double(), recorded("1"))
    assert answer.merge(recorded("1", "y"))
    assert not answer.merge(recorded("x"))
    assert not answer.merge(recorded("x", "x"))
    assert answer.picks == ("y",)


def test_too_many_attempts_are_no_answer():
    answer = Answer(double(), recorded("1", "1", "1", "x"))
    assert (answer.outcome, answer.points(1)) == (Outcome.NOT_ATTEMPTED, 0)
    assert answer.problem == ("The record of 'double' has 4 attempts where 3 are allowed, so it counts as no answer.")


@pytest.mark.parametrize("picks", [("softmax",), ("x", "x"), (), ("",), ("x" * 1000,)])
def test_a_record_with_picks_that_were_never_offered_is_no_answer(picks):
    answer = Answer(double(), Record((Attempt(picks, AT),), 1))
    assert (answer.outcome, answer.points(1)) == (Outcome.NOT_ATTEMPTED, 0)
    assert answer.problem.startswith("The record of 'double' is no answer to it: ")
    assert len(answer.problem) < 200


def test_an_attempt_after_a_refused_record_is_later_than_that_record():
    answer = Answer(double(), recorded("softmax", revision=5))
    answer.check(["x"])
    assert answer.record.revision == 6
    assert (answer.outcome, answer.problem) == (Outcome.RIGHT, "")


def test_a_good_answer_is_not_lost_to_a_refused_record():
    answer = Answer(double(), recorded("x"))
    assert not answer.merge(recorded("softmax", revision=5))
    assert (answer.outcome, answer.problem) == (Outcome.RIGHT, "")


def test_the_program_runs_as_it_was_filled_last():
    answer = Answer(double())
    answer.check(["1"])
    assert answer.run()["y"] == 2
    answer.check(["x"])
    assert answer.run()["y"] == 4


def test_an_unanswered_question_cannot_run_and_says_which_it_is():
    with pytest.raises(NotAnswered, match="'double' was not attempted"):
        Answer(double()).run(seed=1)


def test_a_question_whose_record_was_refused_says_why_when_it_is_run():
    with pytest.raises(NotAnswered, match="has 4 attempts where 3 are allowed"):
        Answer(double(), recorded("1", "1", "1", "x")).run()


def test_a_choice_has_no_program_to_run():
    answer = Answer(Choice("vowel", "easy", prompt="Which is a vowel?", options=["b", "a"], key="B"))
    with pytest.raises(TypeError, match="'vowel' has no program to run"):
        answer.run()


def test_the_points_of_a_right_answer_are_the_most_there_are():
    assert Answer(double(points=2.5), recorded("x")).points(2.5) == 2.5
    assert Answer(double(points=2.5), recorded("1")).points(2.5) == 0


def test_hidden_tests_that_end_in_other_points_than_the_question_is_worth_are_refused():
    with pytest.raises(QuestionError, match=r"its hidden tests end in answer\.points\(1\), but it is worth 2"):
        Answer(double(points=2), recorded("x")).points(1)


def test_attempts_from_several_threads_are_counted_one_by_one():
    class SlowBlanks(Blanks):
        def check_picks(self, picks):
            time.sleep(0.002)  # long enough for another thread to come in between
            return super().check_picks(picks)

    answer = Answer(SlowBlanks("q", "easy", attempts=20, prompt="?", program="[1]", options=["x", "1"], key=["x"]))
    start = threading.Barrier(8)

    def check():
        start.wait(5)
        for _ in range(2):
            answer.check(["1"])

    threads = [threading.Thread(target=check) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(answer.record.attempts), answer.record.revision, answer.left) == (16, 16, 4)


def test_who_follows_an_answer_hears_of_it_after_all_who_watch_it():
    told, answer = [], Answer(double())
    answer.follow(lambda: told.append("summary"))
    answer.watch(lambda: told.append("verdict"))
    answer.check(["1"])
    assert told == ["verdict", "summary"]


def test_who_follows_an_answer_hears_of_it_once_the_verdict_is_told():
    told, answer = [], Answer(double())
    answer.follow(lambda: told.append("summary"))
    with answer.verdict_first():
        answer.check(["1"])
        answer.check(["y"])
        told.append("told")
    assert told == ["told", "summary"], "once for both"
    with answer.verdict_first():
        pass
    assert told == ["told", "summary"], "nothing is new"


def test_the_question_in_its_order_is_made_once_for_each_order():
    question = Choice("vowel", "easy", prompt="?", options={"b": "b", "a": "a", "c": "c"}, key="a")
    answer = Answer(question)
    assert answer.question is question
    for revision, order in enumerate([("c", "a", "b"), ("a", "c", "b")], start=1):
        assert answer.merge(Record((Attempt(("b",), AT),), revision, order=order))
        assert tuple(option.id for option in answer.question.options) == order
        assert answer.question is answer.question
    answer.ask_again(question.with_more_attempts(2), answer.credit)
    assert answer.question.attempts == 5
