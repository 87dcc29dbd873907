"""A published version of the package is never changed."""

import attention_course
from attention_course.instructor.release.embed_package import EVERYTHING, package_files
from attention_course.instructor.release.version import digest, main, problem, published

FILES = {"attention_course/__init__.py": '__version__ = "7.0.0"'}


def test_a_changed_package_under_a_published_number_is_refused() -> None:
    known = {"7.0.0": digest(FILES)}
    assert problem("7.0.0", FILES, known) == ""
    changed = FILES | {"attention_course/lesson.py": "x = 1"}
    assert problem("7.0.0", changed, known).startswith(
        "The student's half of attention_course has changed since version 7.0.0 was published: give __version__"
    )
    assert problem("7.0.1", changed, known) == ""


def test_the_version_of_today_is_no_changed_one() -> None:
    assert problem(attention_course.__version__, package_files(EVERYTHING), published()) == ""
    assert "0.1.0" in published()
    assert main([]) == 0
