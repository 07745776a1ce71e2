"""The load itself, in a process of its own: phones that join and rate, listeners, readers of pages.

Open loop: everything has a planned time, and latency counts from it, also while an earlier
answer is still awaited (else a slow server would slow its own measurement down).

    python -m benchmarks._live_phones PLAN.json ANSWER.json    writes one JSON object
"""

import asyncio
import json
import random
import resource
import sys
import time
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from alpclusters.cli.drill.phones import Phone, joining, new_key, percentiles
from alpclusters.cli.drill.wire import Answer, Place, Wire, connect, get, post
from benchmarks._live_stream import Listener

OK: Final = 200
SERVER_BUSY: Final = 503
TRIES: Final = 20


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do; times in seconds."""

    port: int
    event: int
    link: str
    screen: str
    measures: Sequence[int]
    criteria: Sequence[int]
    phones: int
    listeners: int
    ratings_per_phone: int
    join_s: float
    vote_s: float
    pages_per_s: float
    pages: Sequence[str]
    twice: float = 0.05
    cut: int = 0
    seed: int = 1


@dataclass(slots=True)
class Tally:
    """What happened."""

    joins: list[float] = field(default_factory=list)
    votes: list[float] = field(default_factory=list)
    closed_loop: list[float] = field(default_factory=list)
    pages: list[float] = field(default_factory=list)
    lags: list[float] = field(default_factory=list)
    statuses: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    # Acknowledged commands: key -> [person, measure, criterion, value, seq].
    acknowledged: dict[str, list[Any]] = field(default_factory=dict)
    ack_times: list[float] = field(default_factory=list)
    sent: int = 0
    back: list[float] = field(default_factory=list)

    def count(self, kind: str, status: int) -> None:
        """Count an answer by kind and status."""
        name = f"{kind} {status}"
        self.statuses[name] = self.statuses.get(name, 0) + 1


class Load:
    """One run."""

    def __init__(self, plan: Plan) -> None:
        self.plan, self.tally, self.place = plan, Tally(), Place(plan.port)
        self.chance = random.Random(plan.seed)  # noqa: S311 - a load, no secret
        self.streams: list[Listener] = []
        self.people: list[Phone] = []

    async def run(self) -> dict[str, Any]:
        """Join, listen, rate; return the figures."""
        await self._warm_up()
        await self._listen()
        await self._join_all()
        reader = asyncio.create_task(self._read_pages())
        await self._rate_all()
        reader.cancel()
        await asyncio.sleep(1.5)
        if self.plan.cut:
            await self._cut()
        return self._figures()

    async def _warm_up(self) -> None:
        wire = await connect(self.place)
        for page in (*self.plan.pages, f"/cafe/here/{self.plan.event}/"):
            await wire.ask(get(page, at=self.place))

    # ---- joining ----

    async def _join_all(self) -> None:
        start = time.monotonic() + 0.2
        gap = self.plan.join_s / self.plan.phones
        jobs = [self._join(start + gap * i, i) for i in range(self.plan.phones)]
        await asyncio.gather(*jobs)

    async def _join(self, planned: float, number: int) -> None:
        await _until(planned)
        try:
            phone = Phone(await connect(self.place), "", self.place)
            phone.cookie = await self._enter(phone)
            page = f"/cafe/here/{self.plan.event}/"
            shell = await phone.ask(get(page, at=self.place, cookie=phone.cookie))
            self.tally.count("shell", shell.status)
            self.tally.joins.append(time.monotonic() - planned)
            self.people.append(phone)
        except (OSError, ConnectionError) as error:
            self.tally.errors.append(f"join {number}: {error!r}")

    async def _enter(self, phone: Phone) -> str:
        request = post(
            "/live/join", json.dumps(joining(link=self.plan.link)).encode(), at=self.place
        )
        answer = await self._patiently(phone, request, "join")
        if answer.status != OK:
            raise ConnectionError(f"join refused: {answer.status} {answer.body[:200]!r}")
        return answer.header(b"set-cookie").split(b";")[0].decode()

    # ---- rating ----

    async def _rate_all(self) -> None:
        start = time.monotonic() + 0.2
        await asyncio.gather(*(self._rate(start, p, i) for i, p in enumerate(self.people)))

    async def _rate(self, start: float, phone: Phone, person: int) -> None:
        own = random.Random(f"{self.plan.seed}-{person}")  # noqa: S311 - a load, no secret
        cells = [(m, c) for m in self.plan.measures for c in self.plan.criteria]
        own.shuffle(cells)
        times = sorted(own.uniform(0, self.plan.vote_s) for _ in range(self.plan.ratings_per_phone))
        for n, (at, (m, c)) in enumerate(zip(times, cells, strict=False)):
            await _until(start + at)
            value = own.choice([1, 2, 3, 4, 5, None])
            is_twice = own.random() < self.plan.twice
            await self._vote(phone, start + at, [person, m, c, value], n, is_twice=is_twice)

    async def _vote(
        self, phone: Phone, planned: float, what: list[Any], n: int, *, is_twice: bool
    ) -> None:
        _, m, c, v = what
        key = new_key()
        body = {"k": key, "t": "rate", "n": n, "at": int(time.time() * 1000)}
        body["b"] = {"m": m, "c": c, "r": 1, "v": v}
        path = f"/live/{self.plan.event}/command"
        request = post(path, json.dumps(body).encode(), at=self.place, cookie=phone.cookie)
        sent = time.monotonic()
        self.tally.sent += 1
        try:
            answer = await self._patiently(phone, request, "vote")
            if is_twice:
                again = await phone.ask(request)
                self.tally.count("vote again", again.status)
        except (OSError, ConnectionError) as error:
            self.tally.errors.append(f"vote {key}: {error!r}")
            return
        now = time.monotonic()
        self.tally.votes.append(now - planned)
        self.tally.closed_loop.append(now - sent)
        if answer.status == OK:
            result = json.loads(answer.body)
            self.tally.acknowledged[key] = [*what, result.get("seq")]
            self.tally.ack_times.append(now)
        else:
            self.tally.errors.append(f"vote {key}: {answer.status} {answer.body[:120]!r}")

    async def _patiently(self, phone: Phone, request: bytes, kind: str) -> Answer:
        """Ask again while the server says "in a moment", as a phone does."""
        for _ in range(TRIES):
            answer = await phone.ask(request)
            self.tally.count(kind, answer.status)
            if answer.status != SERVER_BUSY:
                return answer
            await asyncio.sleep(float(answer.header(b"retry-after") or 1))
        return answer

    # ---- pages and streams ----

    async def _read_pages(self) -> None:
        wire = await connect(self.place)
        start, n = time.monotonic(), 0
        pending: set[asyncio.Task[None]] = set()
        while True:
            planned = start + n / self.plan.pages_per_s
            await _until(planned)
            if wire.is_lost or len(wire.waiting) > 3:  # noqa: PLR2004 - a browser opens several
                wire = await connect(self.place)
            page = self.plan.pages[n % len(self.plan.pages)]
            task = asyncio.create_task(self._read(wire, page, planned))
            pending.add(task)
            task.add_done_callback(pending.discard)
            n += 1

    async def _read(self, wire: Wire, page: str, planned: float) -> None:
        try:
            answer = await wire.ask(get(page, at=self.place))
        except (OSError, ConnectionError) as error:
            self.tally.errors.append(f"page {page}: {error!r}")
            return
        self.tally.count("page", answer.status)
        self.tally.pages.append(time.monotonic() - planned)

    async def _listen(self) -> None:
        for i in range(self.plan.listeners):
            self.streams.append(await self._open_stream())
            if i % 50 == 49:  # noqa: PLR2004 - let the others breathe
                await asyncio.sleep(0.02)

    async def _open_stream(self) -> Listener:
        path = f"/live/{self.plan.event}/stream?view=facilitator"
        cookie = f"cafescreen={self.plan.screen}"
        request = get(path, at=self.place, cookie=cookie)
        loop = asyncio.get_running_loop()
        _, stream = await loop.create_connection(
            lambda: Listener(request, self._heard), self.place.host, self.place.port
        )
        return stream

    def _heard(self, stream: Listener, data: bytes) -> None:
        """The count of ratings tells which acknowledgement was the oldest one not yet shown."""
        place = data.find(b'"ratings":')
        if place < 0:
            return
        n = int(data[place + 10 :].lstrip().split(b",")[0].split(b"}")[0])
        before, stream.last = stream.last, n
        if 0 <= before < min(n, len(self.tally.ack_times)):
            self.tally.lags.append(time.monotonic() - self.tally.ack_times[before])

    async def _cut(self) -> None:
        """Drop streams without a word and open them again as phones do: 2 to 6 s later."""
        cut = self.streams[: self.plan.cut]
        for stream in cut:
            if stream.transport:
                stream.transport.abort()
        started = time.monotonic()
        await asyncio.gather(*(self._come_back(started) for _ in cut))

    async def _come_back(self, started: float) -> None:
        await asyncio.sleep(self.chance.uniform(2, 6))
        stream = await self._open_stream()
        await stream.heard.wait()
        self.tally.back.append(time.monotonic() - started)
        self.streams.append(stream)

    def _figures(self) -> dict[str, Any]:
        tally = self.tally
        usage = resource.getrusage(resource.RUSAGE_SELF)
        return {
            "joined": len(self.people),
            "sent": tally.sent,
            "acknowledged": len(tally.acknowledged),
            "statuses": dict(sorted(tally.statuses.items())),
            "errors": len(tally.errors),
            "first_errors": tally.errors[:5],
            "events_heard": sum(s.n_events for s in self.streams),
            "streams_lost": sum(s.is_lost for s in self.streams) - self.plan.cut,
            "join": percentiles(tally.joins),
            "vote": percentiles(tally.votes),
            "vote_closed_loop": percentiles(tally.closed_loop),
            "page": percentiles(tally.pages),
            "lag": percentiles(tally.lags),
            "reconnect": percentiles(tally.back),
            "back_in_30_s": share_within(tally.back, 30),
            "final_counts": sorted({s.last for s in self.streams if s.last >= 0 and not s.is_lost}),
            "generator_cpu_s": round(usage.ru_utime + usage.ru_stime, 2),
            "commands": tally.acknowledged,
        }


def share_within(seconds: Sequence[float], limit: float) -> float | None:
    """Return which share lies within a limit, None without any."""
    return round(bisect_right(sorted(seconds), limit) / len(seconds), 4) if seconds else None


async def _until(moment: float) -> None:
    wait = moment - time.monotonic()
    if wait > 0:
        await asyncio.sleep(wait)


def main() -> int:
    """Read the plan, run it, write the figures."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = min(hard, 65_536) if hard != resource.RLIM_INFINITY else 65_536
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    plan = Plan(**json.loads(Path(sys.argv[1]).read_text()))
    import uvloop  # noqa: PLC0415 - the run-time's own loop, only here

    Path(sys.argv[2]).write_text(json.dumps(uvloop.run(Load(plan).run())))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
