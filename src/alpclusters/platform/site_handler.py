"""The site as an ASGI application; whoever serves it holds the data directory."""

import os
from typing import Any, Final

import django
from asgiref.sync import sync_to_async
from django.core.handlers.asgi import ASGIHandler
from django.http import HttpRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alpclusters.platform.settings")
django.setup(set_prefix=False)

from alpclusters.platform.threads import Threads  # noqa: E402 - reads the settings

N_THREADS: Final = 16


class SiteHandler(ASGIHandler):
    """Answers a request in one thread, from the first middleware to the last.

    Our views and middleware are plain functions. Django would go to a thread and back for each
    middleware before the view, and again after it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.threads = Threads(N_THREADS)

    def load_middleware(self, is_async: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - Django's signature
        """Build a chain of functions that call one another."""
        super().load_middleware(is_async=False)

    async def __call__(self, scope: dict[str, Any], receive: Any, send: Any) -> None:
        """Answer one request."""
        async with self.threads.one():
            await self.handle(scope, receive, send)

    async def get_response_async(self, request: HttpRequest) -> Any:
        """Return the answer of the chain."""
        return await sync_to_async(self.get_response, thread_sensitive=True)(request)


application = SiteHandler()
