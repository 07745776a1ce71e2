"""What all test clients of a process share, and what they need not keep.

Each client builds a chain of middleware at its first request, and ours then looks through all
static files: a twentieth of the time of the tests of pages. A test that changes settings gets a
chain of its own.

Each also keeps a copy of what every template was given. A page is made of forty parts, and tests
look at what the page was given, not at what it gave to them.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.template import Template
from django.test import client

PARTS = ("components/", "django/forms/")


@pytest.fixture(scope="session", autouse=True)
def one_chain_of_middleware() -> Iterator[None]:
    """Let every handler take the chain that the first one of its kind has built."""
    build, plain = BaseHandler.load_middleware, settings._wrapped
    built: dict[tuple[type, bool], dict[str, Any]] = {}

    def load(handler: BaseHandler, is_async: bool = False) -> None:  # noqa: FBT001, FBT002 - Django's signature
        kind = type(handler), is_async
        if settings._wrapped is not plain or kind not in built:
            build(handler, is_async)
        if settings._wrapped is plain:
            vars(handler).update(built.setdefault(kind, chain_of(handler)))

    BaseHandler.load_middleware = load
    yield
    BaseHandler.load_middleware = build


@pytest.fixture(scope="session", autouse=True)
def context_of_pages_only() -> Iterator[None]:
    """Keep what a page was given; of the parts it is made of, nothing."""
    keep = client.store_rendered_templates

    def store(kept: dict[str, Any], *, template: Template, **told: Any) -> None:
        if not (template.name or "").startswith(PARTS):
            keep(kept, template=template, **told)

    client.store_rendered_templates = store
    yield
    client.store_rendered_templates = keep


def chain_of(handler: BaseHandler) -> dict[str, Any]:
    """Return what a handler holds of its middleware."""
    return {
        name: value
        for name, value in vars(handler).items()
        if name.endswith("_middleware") or name == "_middleware_chain"
    }
