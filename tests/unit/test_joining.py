"""Many files of scripts and styles become the one text that a page is given."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from attention_course.errors import PageError
from attention_course.page import assets, joining

ENTRY = 'import { a } from "./a.js";\n\nexport default { render: () => a };\n'


def reader(**files: str) -> Callable[[str], str]:
    """Return what reads these files of a folder `js`, named without their ending."""
    return lambda name: files[Path(name).stem]


def script(**files: str) -> str:
    return joining.script("js/entry.js", reader(**{"entry": ENTRY, **files}))


def test_the_question_s_script_imports_nothing_and_has_one_default_export() -> None:
    text = assets.question_script()
    assert re.findall(r"^[ \t]*(?:import|export)\b.*", text, re.MULTILINE) == ["export default { render };"]
    assert "import(" not in text


def test_a_file_stands_once_and_before_whatever_needs_it() -> None:
    text = script(
        a='import { b } from "./b.js";\nimport { c } from "./c.js";\n\nexport const a = b + c;\n',
        b='import { c } from "./c.js";\n\nexport function b() {\n  return c;\n}\n',
        c="export const c = 1;\nconst own = 2;\n",
    )
    assert re.findall(r"^(?:const|function|export default).*?(\w+)(?= [={]|\(\) \{|:)", text, re.MULTILINE) == [
        "c",
        "own",
        "b",
        "a",
        "render",
    ]


def test_an_import_may_take_several_lines() -> None:
    names = 'import {\n  a,\n  more,\n} from "./a.js";\n\nexport default { render: () => a };\n'
    assert "import" not in script(entry=names, a="export const a = 1;\nexport class more {}\n")


def test_types_that_are_imported_in_a_comment_are_left_out() -> None:
    text = script(a='/** @typedef {import("./b.js").B} B */\nexport const a = 1;\n')
    assert text.startswith("const a = 1;\n")


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ({"a": 'import b from "./b.js";\nexport const a = b;\n'}, r"js/a\.js has a line .*'import b from"),
        ({"a": 'import * as b from "./b.js";\nexport const a = b;\n'}, "cannot be joined"),
        ({"a": 'import { b } from "elsewhere";\nexport const a = b;\n'}, "cannot be joined"),
        ({"a": 'import "./b.js";\nexport const a = 1;\n'}, "cannot be joined"),
        ({"a": "const a = 1;\nexport { a };\n"}, "exports no such name"),
        ({"a": "export const a = 1;\nconst b = 2;\nexport { b };\n"}, "cannot be joined"),
        ({"a": 'export const a = 1;\nexport * from "./b.js";\n'}, "cannot be joined"),
        ({"a": 'import { b as c } from "./b.js";\nexport const a = c;\n', "b": "export const b = 1;\n"}, "'b as c'"),
        ({"a": "export const c = 1;\n"}, r"js/entry\.js imports 'a' from a\.js, which exports no such name"),
        ({"a": "export const a = 1;\nexport default { a };\n"}, "and no other"),
        ({"a": "export const a = 1;\n", "entry": 'import { a } from "./a.js";\n'}, "has to have an `export default"),
        ({"a": "export const a = 1;\nclass Date {}\n"}, r"js/a\.js declares 'Date', as a browser's own is called"),
        (
            {
                "a": 'import { b } from "./b.js";\nexport const a = b;\nconst x = 1;\n',
                "b": "export const b = 1, y = 2;\nlet x;\n",
            },
            r"js/a\.js and js/b\.js both declare 'x'",
        ),
        (
            {
                "a": 'import { b } from "./b.js";\nexport const a = b;\n',
                "b": 'import { a } from "./a.js";\nexport const b = a;\n',
            },
            r"circle: js/entry\.js → js/a\.js → js/b\.js → js/a\.js",
        ),
    ],
)
def test_what_is_not_understood_is_refused_with_a_sentence(files: dict[str, str], sentence: str) -> None:
    with pytest.raises(PageError, match=sentence):
        script(**files)


def test_a_style_is_joined_in_the_same_way() -> None:
    files = {"entry": '/* All of\n   it. */\n@import "./a.css";\np {\n}\n', "a": "a { /* one */\n}\n"}
    assert joining.style("css/entry.css", reader(**files)) == "a { }\n\np {\n}\n"
    with pytest.raises(PageError, match="cannot be joined"):
        joining.style("css/entry.css", reader(entry='@import url("https://example.org/a.css");\n'))


@pytest.mark.parametrize("style", [assets.question_style(), assets.answer_style()])
def test_a_page_s_style_imports_nothing_and_knows_every_colour_that_it_uses(style: str) -> None:
    assert "@import" not in style
    given = set(re.findall(r"^\s*(--ac-[\w-]+):", style, re.MULTILINE))
    assert set(re.findall(r"var\((--ac-[\w-]+)\)", style)) <= given
    assert style.count("{") == style.count("}")
