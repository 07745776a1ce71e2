import asyncio
from dataclasses import replace

import pytest

from alpclusters.live import late, seals
from alpclusters.live.late import LateGuests
from alpclusters.live.site_words import HEADER, SiteWords
from alpclusters.platform.cafe.domain.keys import derive_link, ensure_key
from alpclusters.platform.configuration import load_configuration
from tests.live.hall_server import HANGS_AFTER_S

pytestmark = pytest.mark.integration


class Site:
    """Answers one status after the other."""

    def __init__(self, *statuses: int) -> None:
        self.statuses, self.asked = list(statuses), []
        self.was_asked = asyncio.Event()

    async def __call__(self, scope, receive, send) -> None:
        message = await receive()
        self.asked.append((scope["method"], scope["path"], dict(scope["headers"]), message["body"]))
        self.was_asked.set()
        status = self.statuses.pop(0)
        await send({"type": "http.response.start", "status": status, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def configuration(tmp_path):
    found = load_configuration({"ALPCLUSTERS_HOME": str(tmp_path)})
    return replace(found, address="https://alp.example.org")


def asked(site, configuration, *events):
    """Let guests come; return what the site was asked until nothing more was to be done."""

    async def story():
        guests = LateGuests(SiteWords(site, configuration))
        for event in events:
            guests.note(event)
        async with asyncio.timeout(HANGS_AFTER_S):
            while others := asyncio.all_tasks() - {asyncio.current_task()}:
                await asyncio.wait(others)
                await asyncio.sleep(0)

    asyncio.run(story())
    return site.asked


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(late, "GATHER_S", 0.01)
    monkeypatch.setattr(late, "AGAIN_S", (0.01, 0.01))


def test_the_site_is_asked_once_for_all_who_come_at_once(configuration):
    key = ensure_key(configuration.home, 7)

    found = asked(Site(204), configuration, 7, 7, 7)

    [(method, path, headers, body)] = found
    assert (method, path, body) == ("POST", "/cafe/late/7/", b"")
    assert headers[b"host"] == b"alp.example.org"
    assert headers[HEADER].decode() == derive_link(key, role="late")


def test_a_site_that_is_gone_for_a_moment_is_asked_again(configuration):
    ensure_key(configuration.home, 7)

    assert len(asked(Site(503, 502, 204), configuration, 7)) == 3


def test_without_a_key_nobody_is_asked(configuration):
    assert asked(Site(), configuration, 8) == []


def test_what_is_due_is_asked_for_with_any_key_that_is_there(configuration, monkeypatch):
    monkeypatch.setattr(seals, "EVERY_S", 0.05)
    key = ensure_key(configuration.home, 9)
    site = Site(*[204] * 1000)

    async def story():
        task = asyncio.create_task(
            seals.keep_sealing(SiteWords(site, configuration), configuration.home)
        )
        async with asyncio.timeout(HANGS_AFTER_S):
            await site.was_asked.wait()
        task.cancel()

    asyncio.run(story())

    _, path, headers, _ = site.asked[0]
    assert path == "/cafe/due/9/"
    assert headers[HEADER].decode() == derive_link(key, role="due")
