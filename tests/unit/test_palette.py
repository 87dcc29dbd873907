"""One palette: where its colours are used, and that they can be read."""

import re
from pathlib import Path

import pytest

import attention_course
from attention_course.instructor import pages
from attention_course.page import assets
from attention_course.pictures import palette
from attention_course.pictures.colours import colour_map, contrast, rgb
from attention_course.pictures.matrix_kinds import KINDS

PACKAGE = Path(attention_course.__file__).parent
HEXADECIMAL = re.compile(r"#[0-9a-fA-F]{3,8}\b(?!\w)")
# The paper that texts stand on: the page's own, that of code, and those of front ends in the dark.
PAPERS = {
    "light": [palette.PAGE["paper"].light, palette.PAGE["code-paper"].light],
    "dark": [palette.PAGE["paper"].dark, palette.PAGE["code-paper"].dark, "#111111", "#1e1e1e", "#383838"],
}
SEEN = {**palette.ROLES, **{name: palette.PAGE[name] for name in ("ink", "muted", "accent", "right", "wrong")}}


def mixed(colour: str, share: float, paper: str) -> str:
    """Return a colour mixed with paper, as `color-mix` does it."""
    return "#" + "".join(f"{round(255 * part):02x}" for part in share * rgb(colour) + (1 - share) * rgb(paper))


@pytest.mark.parametrize("theme", PAPERS)
@pytest.mark.parametrize("name", SEEN)
def test_a_text_in_any_colour_can_be_read_on_its_paper(name: str, theme: str) -> None:
    colour = getattr(SEEN[name], theme)
    for paper in PAPERS[theme]:
        assert contrast(rgb(colour), rgb(paper)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("role", palette.ROLES)
def test_a_role_can_be_read_in_the_blank_that_has_its_colour(role: str, theme: str) -> None:
    colour = getattr(palette.ROLES[role], theme)
    paper = mixed(colour, 0.1, getattr(palette.PAGE["paper"], theme))
    assert contrast(rgb(colour), rgb(paper)) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_on_check_can_be_read(theme: str) -> None:
    words, button = (getattr(palette.PAGE[name], theme) for name in ("on-accent", "accent"))
    assert contrast(rgb(words), rgb(button)) >= 4.5


def test_no_two_roles_share_a_colour_and_none_has_another_s_meaning() -> None:
    meanings = [*palette.ROLES.values(), *(palette.PAGE[name] for name in ("ink", "accent", "right", "wrong"))]
    for theme in ("light", "dark"):
        assert len({getattr(colour, theme) for colour in meanings}) == len(meanings)


def test_a_heatmap_has_the_colour_of_its_role() -> None:
    for name, kind in KINDS.items():
        top = colour_map(name)(1.0)[:3]
        assert [round(255 * part) for part in top] == [
            round(255 * part) for part in rgb(palette.ROLES[kind.role].light)
        ]
    assert {kind.role for kind in KINDS.values()} == set(palette.ROLES)


def test_every_page_is_given_every_role_s_colour() -> None:
    for role, colour in palette.ROLES.items():
        assert f"--ac-{role}: light-dark({colour.light}, {colour.dark});" in assets.question_style()
        assert f"--ac-{role}: {colour.light};" in assets.answer_style()


def test_a_page_to_read_is_dark_on_a_dark_screen_and_light_on_paper() -> None:
    base = pages.render("base.html.j2")
    light, dark = base.split("@media screen and (prefers-color-scheme: dark) {", 1)
    for name, colour in SEEN.items():
        assert f"--ac-{name}: {colour.light};" in light
        assert f"--ac-{name}: {colour.dark};" in dark
    assert "color-scheme: dark;" in dark
    assert ":root .attention-answer {" in dark  # before what an answered question brings along


def test_no_file_but_the_palette_names_a_colour() -> None:
    files = [path for ending in ("py", "css", "js", "j2") for path in PACKAGE.rglob(f"*.{ending}")]
    named = {
        str(path.relative_to(PACKAGE)): found
        for path in files
        if path.name != "palette.py" and (found := HEXADECIMAL.findall(path.read_text(encoding="utf-8")))
    }
    assert named == {"pictures/picture.py": ["#000000"]}, "black, which becomes the page's own ink"
