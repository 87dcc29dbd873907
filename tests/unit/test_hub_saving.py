"""How a student's server on the Hub saves: who reads a notebook meanwhile, as Submit does, finds it whole."""

import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager
from traitlets.config import PyFileConfigLoader

SETTINGS = Path(__file__).parents[2] / "examples/jupyterhub/students"
Manager = Callable[[Path], AsyncLargeFileManager]


@pytest.fixture(scope="module")
def whole_files() -> Manager:
    """What makes the manager of files that the settings name, for a folder."""
    settings = PyFileConfigLoader("jupyter_server_config.py", path=str(SETTINGS)).load_config()
    return lambda folder: settings.ServerApp.contents_manager_class(root_dir=str(folder))


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """A file that was saved before, which its group may read and others may not."""
    path = tmp_path / "practice.ipynb"
    path.write_text("the save before")
    path.chmod(0o640)
    return path


def test_a_file_is_whole_while_it_is_saved(whole_files: Manager, notebook: Path) -> None:
    with whole_files(notebook.parent).atomic_writing(str(notebook)) as file:
        file.write("half of ")
        file.flush()
        assert notebook.read_text() == "the save before"
        file.write("this one")
    assert notebook.read_text() == "half of this one"
    assert stat.S_IMODE(notebook.stat().st_mode) == 0o640
    assert list(notebook.parent.iterdir()) == [notebook]


def test_without_the_setting_it_is_cut_off_meanwhile(notebook: Path) -> None:
    """Which shows that the test above sees something."""
    with AsyncLargeFileManager(root_dir=str(notebook.parent)).atomic_writing(str(notebook)) as file:
        file.write("half of ")
        file.flush()
        assert notebook.read_text() == "half of "


def test_a_save_that_fails_leaves_the_one_before(whole_files: Manager, notebook: Path) -> None:
    def save() -> None:
        with whole_files(notebook.parent).atomic_writing(str(notebook)) as file:
            file.write("half of ")
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        save()
    assert [(path, path.read_text()) for path in notebook.parent.iterdir()] == [(notebook, "the save before")]


def test_a_link_stays_a_link(whole_files: Manager, notebook: Path) -> None:
    link = notebook.with_name("link.ipynb")
    link.symlink_to(notebook)
    with whole_files(notebook.parent).atomic_writing(str(link), text=False) as file:
        file.write(b"this one")
    assert (link.is_symlink(), notebook.read_bytes()) == (True, b"this one")
