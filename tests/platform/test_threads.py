"""Requests have threads that stay, one by itself each; nobody waits for a thread."""

import asyncio
import threading

import pytest
from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpResponse

from alpclusters.platform.site_handler import SiteHandler
from alpclusters.platform.threads import Threads

pytestmark = pytest.mark.unit

who = sync_to_async(threading.get_ident)


async def work(threads: Threads, others: asyncio.Barrier | None = None) -> set[int]:
    """Ask twice in which thread things are done; wait in between until the others have begun."""
    async with threads.one():
        first = await who()
        if others:
            await others.wait()
        return {first, await who()}


async def stay(threads: Threads, begun: asyncio.Event) -> None:
    """Begin, and never end."""
    async with threads.one():
        await who()
        begun.set()
        await asyncio.Event().wait()


async def together(threads: Threads, n: int) -> list[set[int]]:
    """Work n times at once."""
    others = asyncio.Barrier(n)
    return await asyncio.gather(*(work(threads, others) for _ in range(n)))


def test_one_after_the_other_has_the_same_thread():
    async def scene():
        threads = Threads(3)
        return [await work(threads) for _ in range(4)]

    assert len(set().union(*asyncio.run(scene()))) == 1


def test_at_once_each_has_its_own_and_those_too_many_do_not_wait():
    async def scene():
        threads = Threads(2)
        return await together(threads, 5), await together(threads, 2)

    first, second = asyncio.run(scene())

    assert [len(found) for found in (*first, *second)] == [1] * 7
    assert len(set().union(*first)) == 5
    assert set().union(*second) <= set().union(*first)


def test_one_that_was_left_in_the_middle_is_asked_last():
    async def scene():
        threads = Threads(2)
        begun = asyncio.Event()
        task = asyncio.create_task(stay(threads, begun))
        await begun.wait()
        task.cancel()
        left = await asyncio.gather(task, return_exceptions=True)
        return left, [await work(threads) for _ in range(2)], await together(threads, 2)

    left, after, both = asyncio.run(scene())

    assert isinstance(left[0], asyncio.CancelledError)
    assert len(set().union(*after)) == 1
    assert len(set().union(*both)) == 2


def test_a_thread_too_many_closes_its_connections_also_if_it_is_left(monkeypatch):
    closed = []
    monkeypatch.setattr(connections, "close_all", lambda: closed.append(threading.get_ident()))

    async def scene():
        begun = asyncio.Event()
        task = asyncio.create_task(stay(Threads(0), begun))
        await begun.wait()
        task.cancel()
        return await asyncio.gather(task, return_exceptions=True)

    left = asyncio.run(scene())

    assert isinstance(left[0], asyncio.CancelledError)
    assert len(closed) == 1
    assert closed[0] != threading.get_ident()


def test_middleware_and_view_run_in_the_thread_of_the_request(monkeypatch, settings):
    settings.ALLOWED_HOSTS = ["*"]
    seen = []

    def answer(_handler, _request):
        seen.append(threading.get_ident())
        return HttpResponse("answered")

    monkeypatch.setattr(SiteHandler, "get_response", answer)

    async def scene():
        handler, sent = SiteHandler(), []

        async def receive():
            if sent:
                await asyncio.Event().wait()
            sent.append({})
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message):
            sent.append(message)

        async with asyncio.timeout(5):
            for _ in range(2):
                sent.clear()
                await handler(scope_of("/en/"), receive, send)
        return sent

    sent = asyncio.run(scene())

    assert b"".join(message.get("body", b"") for message in sent) == b"answered"
    assert len(seen) == 2
    assert len(set(seen)) == 1


def scope_of(path: str) -> dict:
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(b"host", b"testserver")],
        "http_version": "1.1",
        "scheme": "http",
    }
