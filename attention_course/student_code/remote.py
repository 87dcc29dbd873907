"""Remote: stands for something that stays where the student's code runs."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from attention_course.student_code.student import Student


class Remote:
    """A path into the student's names: `student.attention`, `model.blocks[0].norm.weight`.

    It can be called, and `student.value(remote)` fetches what is there. It is not a value: it equals nothing, and is
    neither true nor false, so a test that compares it by mistake fails, whatever the student's object would have said.
    """

    __slots__ = ("_kind", "_path", "_student")
    __hash__ = None  # type: ignore[assignment]
    __iter__ = None
    __contains__ = None

    def __init__(self, student: "Student", path: list[Any], kind: str = "") -> None:
        self._student, self._path, self._kind = student, path, kind

    def __getattr__(self, name: str) -> "Remote":
        if name.startswith("__"):
            raise AttributeError(name)
        return Remote(self._student, [*self._path, name])

    def __getitem__(self, key: int | str) -> "Remote":
        return Remote(self._student, [*self._path, [key]])

    def __call__(self, *positional: Any, **named: Any) -> Any:
        """Call what is there with these arguments, and return the value."""
        return self._student._call(self, positional, named).value

    def __bool__(self) -> bool:
        raise self._no_value()

    def __eq__(self, other: object) -> bool:
        raise self._no_value()

    __ne__ = __lt__ = __le__ = __gt__ = __ge__ = __eq__

    def __repr__(self) -> str:
        return f"<the student's {self._kind or '.'.join(map(str, self._path))}>"

    def _no_value(self) -> TypeError:
        return TypeError(f"{self!r} stays in the student's process and has no value here.")
