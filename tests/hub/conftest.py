"""One JupyterHub for all tests of this folder, made as docs/jupyterhub.md says; `make test-hub` runs them."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "browser"))

import waiting

waiting.PATIENCE = 180.0  # seconds: a Hub starts many processes; the modules below take it from there

import hub_place
import unix_accounts
from hub_place import HubPlace
from hub_round import Round
from playwright.sync_api import Browser, sync_playwright
from serving import launch


@pytest.fixture(scope="session")
def place() -> Iterator[HubPlace]:
    """A Hub that runs, with its accounts; nothing of them is left when the tests are over."""
    if reason := hub_place.why_not():
        pytest.fail(reason)
    signal.signal(signal.SIGTERM, lambda *_: pytest.exit("stopped"))  # so that nothing is left then, either
    place = HubPlace()
    try:
        place.set_up()
        place.start()
        yield place
    finally:
        place.close()
    left = [name for name in place.accounts() if unix_accounts.exists(name)]
    running = place.processes()
    assert (left, running, place.folder.exists()) == ([], [], False)


@pytest.fixture(scope="session")
def browser(place: HubPlace) -> Iterator[Browser]:
    """A browser, in which everybody has a window of their own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def played(place: HubPlace, browser: Browser) -> Round:
    """The round of both courses, from the release to the feedback; to look at."""
    played = Round(place, browser)
    played.play()
    return played
