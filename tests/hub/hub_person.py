"""Somebody at the Hub, who acts by requests: logs in by the page, and then does what JupyterLab's panels would."""

import re
import time
from typing import Any

import requests
from hub_place import HubPlace
from waiting import PATIENCE, until


class HubPerson:
    """An account that is logged in; `token` stands for it in what follows."""

    def __init__(self, place: HubPlace, name: str) -> None:
        self.place, self.name = place, name
        with requests.Session() as session:
            page = session.get(f"{place.url}/hub/login", timeout=PATIENCE).text
            xsrf = re.search(r'name="_xsrf"\s+value="([^"]+)"', page)
            assert xsrf
            form = {"username": name, "password": place.password, "_xsrf": xsrf[1]}
            session.post(f"{place.url}/hub/login?next=/hub/token", data=form, timeout=PATIENCE).raise_for_status()
            xsrf_now = session.cookies.get("_xsrf", path="/hub/")
            headers = {"X-XSRFToken": xsrf_now, "Referer": f"{place.url}/hub/token"}
            made = session.post(f"{place.url}/hub/api/users/{name}/tokens", headers=headers, json={}, timeout=PATIENCE)
            made.raise_for_status()
            self.token = made.json()["token"]

    def ask(self, method: str, path: str, **more: Any) -> requests.Response:
        """Ask for something by its path; return the answer, whatever it is."""
        headers = {"Authorization": f"token {self.token}"}
        address = self.place.url + path
        return requests.request(method, address, headers=headers, timeout=PATIENCE, allow_redirects=False, **more)

    def get(self, method: str, path: str, **more: Any) -> Any:
        """Ask for something, and return the answer's JSON; raise HTTPError where it is refused."""
        answer = self.ask(method, path, **more)
        answer.raise_for_status()
        return answer.json() if answer.content else None

    # ---- a server of one's own

    def start_server(self) -> None:
        """Have the person's server started."""
        self.get("POST", f"/hub/api/users/{self.name}/server")

    def wait_for_server(self) -> None:
        """Wait until the person's server is there."""

        def ready() -> bool:
            return self.get("GET", f"/hub/api/users/{self.name}")["servers"].get("", {}).get("ready", False)

        until(ready, f"the server of {self.name} starts", lambda _: time.sleep(0.5))

    def own(self, method: str, path: str, **more: Any) -> Any:
        """Ask one's own server."""
        return self.get(method, f"/user/{self.name}{path}", **more)

    def assignments(self, course: str) -> list[tuple[str, str]]:
        """Return the lessons of a course, each with its status, as the panel lists them."""
        listed = self.own("GET", "/assignments", params={"course_id": course})
        return [(one["assignment_id"], one["status"]) for one in listed["value"]]

    def press(self, action: str, course: str, lesson: str) -> None:
        """Do what a button of the panel does: fetch, submit, fetch_feedback."""
        said = self.own("POST", f"/assignments/{action}", json={"course_id": course, "assignment_id": lesson})
        assert said["success"], said["value"]

    def read(self, path: str) -> dict[str, Any]:
        """Return a notebook of one's own."""
        return self.own("GET", f"/api/contents/{path}")["content"]

    def write(self, path: str, notebook: dict[str, Any]) -> None:
        """Save a notebook of one's own."""
        self.own("PUT", f"/api/contents/{path}", json={"type": "notebook", "format": "json", "content": notebook})

    # ---- a course

    def formgrader(self, course: str, method: str, path: str, **more: Any) -> Any:
        """Do what a button of the formgrader does; raise AssertionError with the end of its log where it fails."""
        said = self.get(method, f"/services/{course}/formgrader/api{path}", **more)
        assert not isinstance(said, dict) or said.get("success", True), said["log"][-2000:]
        return said
