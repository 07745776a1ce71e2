"""Threads that stay, each with its connection to the database.

Django begins a thread for every request, and with it a connection: SQLite reads the description of
some three hundred tables and indexes anew each time, a quarter of the processor time of a page.
"""

from collections.abc import AsyncIterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.db import connections


class Threads:
    """Threads for requests; each request has one by itself from its beginning to its end.

    Parameters
    ----------
    n : int
        How many stay. They begin when they are needed. A request that finds none free, since slow
        readers hold them, gets one of its own that ends with it: nobody waits.
    """

    def __init__(self, n: int) -> None:
        # The last one to become free is the next to work: few are used while little is to do.
        self._free: list[Executor] = [
            ThreadPoolExecutor(1, thread_name_prefix="request") for _ in range(n)
        ]

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Let what needs a thread run in one and the same."""
        if not self._free:
            async with ThreadSensitiveContext():
                try:
                    yield
                finally:
                    # Also of one that was left in the middle, once what it still does is done.
                    await sync_to_async(connections.close_all)()
            return
        thread = self._free.pop()
        is_done = False
        try:
            async with ThreadSensitiveContext(executor=thread):
                yield
            is_done = True
        finally:
            # One that was left in the middle may still be at work: it is asked last.
            self._free.insert(len(self._free) if is_done else 0, thread)
