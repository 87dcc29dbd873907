"""Dragging with the mouse in Chromium.

Chromium reports that a drag begins, and takes no more of the mouse until it is told how the drag goes on. Playwright's
own `drag_to` (1.65) misses a report that is late, as on a busy machine: no drag ever works in that page again.
"""

from typing import Any

from playwright.sync_api import CDPSession, Locator
from waiting import until


def drag(source: Locator, target: Locator, by: float = 0) -> None:
    """Drag the middle of one element to the middle of another, or so many pixels beside it.

    Raises TimeoutError where no drag begins.
    """
    target.scroll_into_view_if_needed()
    source.scroll_into_view_if_needed()
    start, end = _middle(source), _middle(target)
    end["x"] += by
    session = source.page.context.new_cdp_session(source.page)
    begun: list[dict[str, Any]] = []
    session.on("Input.dragIntercepted", lambda event: begun.append(event))  # Playwright takes no method of a list
    session.send("Input.setInterceptDrags", {"enabled": True})
    try:
        _mouse(session, "mouseMoved", start, button="none")
        _mouse(session, "mousePressed", start)
        _mouse(session, "mouseMoved", end)
        # Playwright hears the report only while it is at work itself.
        until(lambda: begun, "a drag begins", pause=lambda seconds: source.page.wait_for_timeout(seconds * 1000))
        for kind in ("dragEnter", "dragOver", "drop"):
            session.send("Input.dispatchDragEvent", {"type": kind, "data": begun[0]["data"], **end})
    finally:
        _mouse(session, "mouseReleased", end)
        session.detach()


def _middle(element: Locator) -> dict[str, float]:
    box = element.bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


def _mouse(session: CDPSession, kind: str, where: dict[str, float], button: str = "left") -> None:
    session.send("Input.dispatchMouseEvent", {"type": kind, "button": button, "clickCount": 1, **where})
