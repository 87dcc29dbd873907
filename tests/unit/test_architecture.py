"""The folders are the architecture: which part of the package may import from which."""

import ast
import graphlib
import sys
from pathlib import Path

import attention_course

PACKAGE = Path(attention_course.__file__).parent
# Each part of the student's half, and what it may import from beside itself and `errors`.
MAY_IMPORT = {
    "errors": set(),
    "bootstrap": set(),
    "pictures": set(),
    "exercises": {"pictures", "student_code"},
    "student_code": set(),
    "answers": {"exercises", "student_code"},
    "page": {"answers", "exercises", "pictures", "student_code"},
    "lesson": {"page", "answers", "exercises", "pictures", "student_code"},
    "__init__": {"lesson", "exercises", "pictures"},
    "toy": {"pictures"},
    "course": {"bank", "page", "answers", "exercises", "pictures"},
    "training": {"page"},
    "bank": {"page", "answers", "exercises"},
    "recall": {"bank", "page", "answers", "exercises", "lesson"},
}
NEVER_IN_THE_CORE = {"anywidget", "ipywidgets", "traitlets", "nbgrader", "nbformat", "nbconvert", "jupyter_client"}
CORE = {"errors", "exercises", "answers", "student_code"}


def files() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """Return the folder, or the file's name, that stands directly in the package."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_by(path: Path) -> set[str]:
    """Return the modules that a file imports anywhere in it, and the names that it takes from them."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def parts_imported_by(path: Path) -> set[str]:
    """Return the parts of the package that a file imports from."""
    ours = [name.split(".") for name in imported_by(path) if name.split(".")[0] == PACKAGE.name]
    below = {name[1] for name in ours if len(name) > 1}
    return {part for part in below if (PACKAGE / part).is_dir() or (PACKAGE / f"{part}.py").is_file()}


def test_every_part_is_named_here() -> None:
    assert {part_of(path) for path in files()} == {*MAY_IMPORT, "instructor"}


def test_imports_run_one_way_and_none_leads_to_the_instructors_half() -> None:
    wrong = [
        f"{path.relative_to(PACKAGE)} imports from {', '.join(sorted(refused))}"
        for path in files()
        if part_of(path) != "instructor"
        and (refused := parts_imported_by(path) - MAY_IMPORT[part_of(path)] - {part_of(path), "errors"})
    ]
    assert not wrong


def test_the_core_knows_nothing_of_jupyter() -> None:
    core = [path for path in files() if part_of(path) in CORE]
    wrong = {path.name: found for path in core if (found := NEVER_IN_THE_CORE & tops_of(path))}
    assert not wrong


def test_the_students_half_never_imports_nbgrader() -> None:
    theirs = [path for path in files() if part_of(path) != "instructor"]
    assert not [path.name for path in theirs if "nbgrader" in tops_of(path)]


def test_student_code_needs_nothing_but_the_standard_library_until_it_meets_a_tensor() -> None:
    theirs = [path for path in files() if part_of(path) == "student_code"]
    tops = {name.split(".")[0] for path in theirs for name in top_level_imports_of_any(path)}
    assert tops <= {*sys.stdlib_module_names, PACKAGE.name}


def top_level_imports_of_any(path: Path) -> set[str]:
    """Return the names of all modules that a file's own lines import, those inside of functions left out."""
    nodes = ast.parse(path.read_text(encoding="utf-8")).body
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    return names | {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module}


def tops_of(path: Path) -> set[str]:
    return {name.split(".")[0] for name in imported_by(path)}


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__")


def top_level_imports(path: Path, modules: set[str]) -> set[str]:
    """Return the package's modules that have to be there before a file's own lines run."""
    needed: set[str] = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ImportFrom) and node.module:
            names = {f"{node.module}.{alias.name}" for alias in node.names}
            needed |= names & modules
            needed |= {node.module} & modules if names - modules else set()
    return needed - {module_of(path)}


def test_no_imports_run_in_a_circle() -> None:
    modules = {module_of(path) for path in files()}
    graph = {module_of(path): top_level_imports(path, modules) for path in files()}
    list(graphlib.TopologicalSorter(graph).static_order())  # raises CycleError, which names the circle


def room_of(names: tuple[str, ...]) -> str:
    """Return the folder of the instructor's half to which a module belongs, or the file that stands directly in it."""
    return "/".join(names[:2] if names[0] == "lms" else names[:1])


def rooms() -> dict[str, set[str]]:
    """Return the rooms of the instructor's half, each with those that it imports from."""
    half = PACKAGE / "instructor"
    graph: dict[str, set[str]] = {}
    for path in sorted(half.rglob("*.py")):
        names = path.relative_to(half).with_suffix("").parts
        if names in (("__init__",), ("lms", "__init__")):
            continue  # they are no room's
        imported = (name.split(".")[2:] for name in imported_by(path) if name.startswith(f"{PACKAGE.name}.instructor."))
        graph.setdefault(room_of(names), set()).update(room_of(tuple(name)) for name in imported)
    return {room: {other for other in others if other in graph} - {room} for room, others in graph.items()}


def test_no_imports_between_the_instructors_rooms_run_in_a_circle() -> None:
    list(graphlib.TopologicalSorter(rooms()).static_order())


def test_files_that_every_room_may_use_stand_below_the_rooms() -> None:
    files = {path.stem for path in (PACKAGE / "instructor").glob("*.py")} - {"cli"}
    assert not {room for room, others in rooms().items() if room in files and others - files}


def test_nothing_stands_on_the_commands_or_the_demo() -> None:
    wrong = {room for room, others in rooms().items() if others & {"commands", "demo"}}
    assert wrong == {"cli"}


def test_what_reaches_into_nbgrader_stands_in_one_file() -> None:
    reaches = ("_sanitizing", "_init_preprocessors", "_format_source", "_format_dest", "parent.parent", "sys.modules[")
    patches = ("Gradebook.__init__", "Gradebook.close", "sys.modules.")
    files = sorted((PACKAGE / "instructor").rglob("*.py"))
    found = {path for path in files if any(word in path.read_text("utf-8") for word in (*reaches, *patches))}
    first = PACKAGE / "instructor/__init__.py"  # what no program of the course is to import is said before all imports
    before = PACKAGE / "instructor/light_nbgrader.py"  # it is there before nbgrader is
    assert found == {first, before, PACKAGE / "instructor/nbgrader_internals.py"}


def test_every_file_is_python_3_11() -> None:
    for path in files():
        ast.parse(path.read_text(encoding="utf-8"), str(path), feature_version=(3, 11))
