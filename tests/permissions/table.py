"""The table of who may do what, and the addresses the resolver knows."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

PATH: Final = Path(__file__).with_name("permissions.toml")
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OUTCOMES: Final = {"ok", "see", "login", "join", "401", "403", "404"}
RELATIONS: Final = ("any", "own", "region", "other", "public", "historic")


@dataclass(frozen=True)
class Row:
    """One page, or what a form asks of it: the rule in words, the outcome per relation and role."""

    name: str
    form: str
    rule: str
    methods: tuple[str, ...]
    answers: str
    object: str
    arguments: dict[str, Any]
    outcomes: dict[str, dict[str, str]]

    def expected(self, relation: str, role: str, method: str) -> str:
        """Return the outcome the table asks for."""
        outcome = self.outcomes[relation][role]
        if outcome != "see":
            return outcome
        return "ok" if method in {"GET", "HEAD"} else "403"

    @property
    def is_page(self) -> bool:
        """Say whether a browser shows it when an address is opened."""
        return self.answers == "html" and "GET" in self.methods


def _row(key: str, data: dict[str, Any], roles: list[str]) -> Row:
    relations = [key for key in RELATIONS if key in data]
    name, _, form = key.partition(" ")
    return Row(
        name=name,
        form=form,
        rule=data["rule"],
        methods=tuple(data["methods"].split()),
        answers=data["answers"],
        object=data.get("object", ""),
        arguments=data.get("arguments", {}),
        outcomes={key: dict(zip(roles, data[key].split(), strict=True)) for key in relations},
    )


_DATA: Final = tomllib.loads(PATH.read_text(encoding="utf-8"))
ROLES: Final[list[str]] = _DATA["roles"]
ROWS: Final = {name: _row(name, data, ROLES) for name, data in _DATA["page"].items()}
ACTS: Final = {key: _row(key, data, ROLES) for key, data in _DATA["act"].items()}


def names_of_resolver() -> list[str]:
    """List the full name of every address; one without a name is listed by its pattern."""
    return list(_names(get_resolver().url_patterns, ()))


def _names(patterns: list[URLPattern | URLResolver], spaces: tuple[str, ...]) -> Iterator[str]:
    for entry in patterns:
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from _names(entry.url_patterns, inner)
        else:
            yield ":".join([*spaces, entry.name or f"without a name: {entry.pattern}"])
