"""A Hub's configuration, as far as courses need it, as plain data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

STUDENTS, INSTRUCTORS = "nbgrader-", "formgrade-"  # what nbgrader's JupyterHubAuthPlugin knows a course's groups by


@dataclass(frozen=True)
class Service:
    """A service of the Hub's: `user` is the Unix account it runs as, `folder` where it is started."""

    name: str
    url: str = ""
    command: tuple[str, ...] = ()
    user: str = ""
    folder: str = ""

    @property
    def is_managed(self) -> bool:
        """Does the Hub start it?"""
        return bool(self.command)


@dataclass(frozen=True)
class Role:
    """A role: scopes that groups, users and services have."""

    name: str
    scopes: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    users: tuple[str, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True)
class Settings:
    """The Hub's configuration: `server` is the command that starts a person's server.

    `token_scopes` is None where a function of the configuration says them. `proxy` is the command of the proxy in front
    of the Hub, where the configuration names it; `database` the file of the Hub's own database, where it is one;
    `place` the courses.toml that the configuration reads, where there is one.
    """

    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    services: tuple[Service, ...] = ()
    roles: tuple[Role, ...] = ()
    token_scopes: tuple[str, ...] | None = ()
    spawner: str = ""
    authenticator: str = ""
    allowed: frozenset[str] = frozenset()
    allow_all: bool = False
    accounts: Mapping[str, str] = field(default_factory=dict)  # of those who log in by another name
    exchange: str = ""
    server: tuple[str, ...] = ()
    proxy: tuple[str, ...] = ()
    database: str = ""
    place: str = ""

    def members(self, kind: str) -> dict[str, tuple[str, ...]]:
        """Return the members of each course's group of students, or of instructors, by the course's name."""
        return {name.removeprefix(kind): who for name, who in self.groups.items() if name.startswith(kind)}

    @property
    def courses(self) -> list[str]:
        """The courses that have a group."""
        return sorted({*self.members(STUDENTS), *self.members(INSTRUCTORS)} - {""})

    @property
    def people(self) -> list[str]:
        """Everybody who is in a group of a course."""
        kinds = (self.members(kind).values() for kind in (STUDENTS, INSTRUCTORS))
        return sorted({person for groups in kinds for group in groups for person in group})

    def service(self, name: str) -> Service | None:
        """Return a service by its name."""
        return next((service for service in self.services if service.name == name), None)

    @property
    def culler(self) -> Service | None:
        """The service that ends idle servers."""
        cullers = (one for one in self.services if any("culler" in word for word in one.command))
        return next(cullers, None)

    def holders(self, scope: str) -> Iterator[Role]:
        """Yield the roles that have a scope."""
        yield from (role for role in self.roles if scope in role.scopes)


def from_config(config: Mapping[str, Any]) -> Settings:
    """Return the settings of a configuration, as traitlets has read it from jupyterhub_config.py."""
    hub, spawner, login = (_values(config.get(name, {})) for name in ("JupyterHub", "Spawner", "Authenticator"))
    groups = {
        name: tuple(group["users"] if isinstance(group, Mapping) and "users" in group else group)
        for name, group in hub.get("load_groups", {}).items()
    }
    scopes = spawner.get("server_token_scopes", [])
    return Settings(
        groups=groups,
        services=tuple(map(_service, hub.get("services", []))),
        roles=tuple(map(_role, hub.get("load_roles", []))),
        token_scopes=None if callable(scopes) else tuple(scopes),
        spawner=_name(hub.get("spawner_class", "")),
        authenticator=_name(hub.get("authenticator_class", "")),
        allowed=frozenset({*login.get("allowed_users", ()), *login.get("admin_users", ())}),
        allow_all=bool(login.get("allow_all", False)),
        exchange=str(spawner.get("environment", {}).get("NBGRADER_EXCHANGE", "")),
        server=_words(spawner.get("cmd", ())),
        accounts=login.get("username_map", {}),
        proxy=_words(_values(config.get("ConfigurableHTTPProxy", {})).get("command", ())),
        database=str(hub.get("db_url", "")).partition("sqlite:///")[2],
    )


def _values(section: Mapping[str, Any]) -> dict[str, Any]:
    """Return a section's values; what was only added to, as by `append`, begins empty."""
    lazy: dict[str, Any] = {
        "allowed_users": set(),
        "admin_users": set(),
        "load_groups": {},
        "environment": {},
        "username_map": {},
    }
    return {
        name: value.get_value(lazy.get(name, [])) if hasattr(value, "get_value") else value
        for name, value in section.items()
    }


def _service(given: Mapping[str, Any]) -> Service:
    return Service(
        name=given["name"],
        url=given.get("url", ""),
        command=_words(given.get("command", ())),
        user=given.get("user", ""),
        folder=str(given.get("cwd", "")),
    )


def _role(given: Mapping[str, Any]) -> Role:
    lists = {kind: tuple(given.get(kind, ())) for kind in ("scopes", "groups", "users", "services")}
    return Role(name=given["name"], **lists)


def _words(command: Any) -> tuple[str, ...]:
    """Return a command's words; one that is a string is one word."""
    return (command,) if isinstance(command, str) else tuple(map(str, command))


def _name(given: Any) -> str:
    """Return the name of a class that a configuration names, or holds."""
    return given if isinstance(given, str) else f"{given.__module__}.{given.__qualname__}"
