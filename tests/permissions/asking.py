"""Ask one page as one person with one method, and say in a word how it was answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.db import transaction
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import translation
from django.utils.safestring import SafeString

from tests.hunters import writes_of_block
from tests.permissions.table import Row
from tests.permissions.world import World

LANGUAGE = "de"
SERVER_ERROR = 500


@dataclass(frozen=True)
class Answer:
    """How a page answered, and which tables it wrote to."""

    status: int
    outcome: str
    writes: tuple[str, ...]
    response: HttpResponse

    @property
    def error(self) -> str:
        """What the view raised, if it did."""
        raised = getattr(self.response, "exc_info", None)
        return repr(raised[1]) if raised else ""


def address_of(row: Row, relation: str, world: World) -> str:
    """Return the path of a page for a thing in this relation."""
    wanted = _arguments_of(row.name)
    arguments = {**world.arguments(row.object, relation, wanted), **row.arguments}
    with translation.override(LANGUAGE):
        return reverse(row.name, kwargs=arguments)


@cache
def _arguments_of(name: str) -> list[str]:
    *spaces, last = name.split(":")
    resolver = get_resolver()
    for space in spaces:
        _, resolver = resolver.namespace_dict[space]
    found = resolver.reverse_dict.getlist(last)
    if not found:
        raise NoReverseMatch(name)
    return list(found[0][0][0][1])


def ask(
    client: Client, method: str, path: str, *, form: str = "", site: str = "same-origin"
) -> Answer:
    """Ask in a savepoint that is rolled back; the client's cookies stay as they were."""
    cookies = SimpleCookie(client.cookies)
    with transaction.atomic(), writes_of_block() as writes:
        # Browsers say with every request whether a page of ours sent it.
        headers = {"Sec-Fetch-Site": site}
        response = client.generic(method, path, headers=headers, **_form(method, form))
        transaction.set_rollback(True)
    client.cookies = cookies
    return Answer(response.status_code, _outcome(response), tuple(writes.tables), response)


@contextmanager
def undrawn() -> Iterator[None]:
    """Let every template come out empty, so that an answer is decided and not drawn."""
    before = Template.render
    Template.render = lambda *_: SafeString("")
    try:
        yield
    finally:
        Template.render = before


def _form(method: str, form: str) -> dict[str, Any]:
    if method in {"GET", "HEAD", "OPTIONS"}:
        return {}
    return {"data": form, "content_type": "application/x-www-form-urlencoded"}


def _outcome(response: HttpResponse) -> str:
    status = response.status_code
    if status in {401, 403, 404, 405} or status >= SERVER_ERROR:
        return str(status)
    path = urlsplit(response.headers.get("Location", "")).path
    if path.startswith(f"/{LANGUAGE}/account/login/"):
        return "login"
    return "join" if path == "/cafe/" else "ok"
