"""One chain of middleware for all test clients of a process.

Each client builds one at its first request, and ours then looks through all static files: a
twentieth of the time of the tests of pages. A test that changes settings gets a chain of its own.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.handlers.base import BaseHandler


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


def chain_of(handler: BaseHandler) -> dict[str, Any]:
    """Return what a handler holds of its middleware."""
    return {
        name: value
        for name, value in vars(handler).items()
        if name.endswith("_middleware") or name == "_middleware_chain"
    }
