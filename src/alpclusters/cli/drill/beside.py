"""Who reads and votes while a server is attacked: how long they wait, and who is refused."""

import asyncio
import json
import time
from collections import Counter
from typing import Any, Final, Self

from alpclusters.cli.drill.phones import Phone, joining, new_key, percentiles
from alpclusters.cli.drill.processes import worked_s
from alpclusters.cli.drill.wire import Place, connect, get, post

PAGES: Final = ("/en/", "/en/about/", "/en/measures/")
PAGE_WITHIN_S: Final = 60
VOTERS: Final = 20
VOTES_PER_S: Final = 10.0
PAGES_PER_S: Final = 3.0


class Beside:
    """Twenty phones and some readers of pages, at planned times whatever becomes of the others.

    Parameters
    ----------
    place : Place
    hall : dict
        What `hall` wrote.
    live : int
        Number of the live process.
    """

    def __init__(self, place: Place, hall: dict[str, Any], live: int) -> None:
        self.place, self.hall, self.live = place, hall, live
        self.phones: list[Phone] = []

    @classmethod
    async def joined(cls, place: Place, hall: dict[str, Any], live: int) -> Self:
        """Join with all phones and open every page once."""
        found = cls(place, hall, live)
        for _ in range(VOTERS):
            found.phones.append(await found._join())
        for page in PAGES:
            await (await connect(place)).ask(get(page, at=place))
        return found

    async def watch(self, seconds: float) -> dict[str, Any]:
        """Read and vote; return answers by kind and status, and times in milliseconds."""
        votes: list[float] = []
        pages: list[float] = []
        statuses = Counter[str]()
        start, worked = time.monotonic(), worked_s(self.live)
        jobs = [
            self._vote(start + i / VOTES_PER_S, i, votes, statuses)
            for i in range(round(VOTES_PER_S * seconds))
        ]
        jobs += [
            self._read(start + i / PAGES_PER_S, i, pages, statuses)
            for i in range(round(PAGES_PER_S * seconds))
        ]
        await asyncio.gather(*jobs)
        took = time.monotonic() - start
        return {
            "live_process_busy": round((worked_s(self.live) - worked) / took, 3),
            "page": percentiles(pages),
            "vote": percentiles(votes),
            "answers": dict(sorted(statuses.items())),
        }

    async def _read(
        self, planned: float, i: int, times: list[float], statuses: Counter[str]
    ) -> None:
        await asyncio.sleep(max(0.0, planned - time.monotonic()))
        wire = await connect(self.place)
        try:
            request = get(PAGES[i % len(PAGES)], at=self.place)
            answer = await asyncio.wait_for(wire.ask(request), PAGE_WITHIN_S)
            statuses[f"page {answer.status}"] += 1
        except (ConnectionError, TimeoutError):
            statuses["page none"] += 1
        times.append(time.monotonic() - planned)
        wire.close()

    async def _vote(
        self, planned: float, i: int, times: list[float], statuses: Counter[str]
    ) -> None:
        await asyncio.sleep(max(0.0, planned - time.monotonic()))
        hall = self.hall
        body = {
            "m": hall["measures"][i % len(hall["measures"])],
            "c": hall["criteria"][i % len(hall["criteria"])],
            "r": 1,
            "v": 1 + i % 5,
        }
        command = {"k": new_key(), "t": "rate", "n": i, "at": round(time.time() * 1000), "b": body}
        phone = self.phones[i % len(self.phones)]
        path, content = f"/live/{hall['event']}/command", json.dumps(command).encode()
        try:
            answer = await phone.ask(post(path, content, at=self.place, cookie=phone.cookie))
            statuses[f"vote {answer.status}"] += 1
        except (ConnectionError, TimeoutError):
            statuses["vote none"] += 1
        times.append(time.monotonic() - planned)

    async def _join(self) -> Phone:
        phone = Phone(await connect(self.place), "", self.place)
        content = joining(link=self.hall["link"])
        answer = await phone.ask(post("/live/join", json.dumps(content).encode(), at=self.place))
        phone.cookie = answer.header(b"set-cookie").partition(b";")[0].decode()
        return phone
