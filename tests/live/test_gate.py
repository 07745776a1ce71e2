import asyncio
import json
import threading
import time

import pytest

from alpclusters.live.gate import Bucket, Gate, QueueFullError, attempts_a_day, chance_of_a_hit
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from tests.live.hall_server import joining, wait_until

pytestmark = pytest.mark.integration


class Clock:
    """Time as the test sets it."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


# --- how probable a hit is ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("events", "length", "expected"),
    [
        (1, 8, 1.38e-6),
        (20, 8, 2.76e-5),
        (72, 8, 9.94e-5),
        (1, 7, 3.9e-5),
        (20, 7, 7.7e-4),
        (72, 7, 2.8e-3),
    ],
)
def test_a_day_of_attempts_hits_an_open_event_as_rarely_as_promised(events, length, expected):
    assert chance_of_a_hit(events, length) == pytest.approx(expected, rel=0.02)


def test_six_digits_would_be_guessed_in_a_day():
    assert chance_of_a_hit(1, 6, signs=10) == pytest.approx(0.52, rel=0.02)
    assert chance_of_a_hit(20, 6, signs=10) == 1.0


def test_eight_characters_hold_up_to_72_open_events():
    assert attempts_a_day() == 521_400
    assert chance_of_a_hit(72, 8) < 1e-4 < chance_of_a_hit(73, 8)


# --- the bucket and the queue ---------------------------------------------------------------------


def test_the_bucket_fills_at_its_rate_and_not_beyond():
    clock = Clock()
    bucket = Bucket(3, 1, clock)
    bucket.take(3)
    clock.now = 2.0
    two = bucket.level
    clock.now = 100.0

    assert (two, bucket.level) == (2.0, 3.0)


async def count(gate: Gate, seconds: float, at_once: int) -> tuple[int, float]:
    """Try wrong codes as fast as the gate lets; return how many were looked up in how long."""
    n = 0

    def look_up() -> None:
        nonlocal n
        n += 1

    async def attack() -> None:
        while True:
            try:
                await gate.attempt(look_up)
            except QueueFullError:
                await asyncio.sleep(0.05)

    began = time.monotonic()
    tasks = [asyncio.create_task(attack()) for _ in range(at_once)]
    await asyncio.sleep(seconds)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return n, time.monotonic() - began


def test_an_attacker_gets_the_stock_and_then_the_pace():
    gate = Gate(capacity=50, refill=10, pace=20, places=30)

    tried, seconds = asyncio.run(count(gate, 2.0, at_once=60))

    assert 50 < tried <= 50 + (10 + 20) * seconds + 2
    assert gate.n_wrong == tried


def test_right_and_wrong_codes_wait_alike_while_the_bucket_is_empty():
    gate = Gate(capacity=1, refill=0.001, pace=20)
    gate.bucket.take()
    looked_up: list[int | None] = []

    def look_up(found: int | None) -> int | None:
        looked_up.append(found)
        return found

    async def three() -> tuple[int, list[int | None]]:
        tries = [gate.attempt(lambda found=found: look_up(found)) for found in (None, 7, None)]
        tasks = [asyncio.create_task(one) for one in tries]
        await asyncio.sleep(0)
        state = gate.n_waiting, list(looked_up)
        await asyncio.gather(*tasks)
        return state

    assert asyncio.run(three()) == (3, [])
    assert looked_up == [None, 7, None]


def test_right_codes_cost_nothing_while_the_bucket_is_full():
    gate = Gate(capacity=5)

    async def many() -> None:
        for _ in range(100):
            assert await gate.attempt(lambda: 7) == 7

    asyncio.run(many())

    assert gate.bucket.level == 5


def test_a_full_queue_says_when_to_come_again():
    async def crowd() -> list[BaseException | None]:
        gate = Gate(capacity=1, refill=0.001, pace=5, places=3)
        gate.bucket.take()
        tries = [asyncio.create_task(gate.attempt(lambda: None)) for _ in range(6)]
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        done = [t.exception() for t in tries if t.done()]
        for task in tries:
            task.cancel()
        await asyncio.gather(*tries, return_exceptions=True)
        return done

    refused = asyncio.run(crowd())

    assert [type(error) for error in refused] == [QueueFullError] * 3


def test_who_goes_away_gives_the_place_free():
    async def leave() -> int:
        gate = Gate(capacity=1, refill=0.001, places=1)
        gate.bucket.take()
        first = asyncio.create_task(gate.attempt(lambda: None))
        await asyncio.sleep(0)
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        return gate.n_waiting

    assert asyncio.run(leave()) == 0


# --- an attacker at the door ----------------------------------------------------------------------


def test_a_phone_that_gives_up_leaves_the_queue(hall):
    hall.app.front.gate.bucket.take(3_000)
    body = json.dumps({"code": "ZZZZZZZZ", "consent": CONSENT_VERSION, "k": "kkkk"}).encode()
    head = (
        b"POST /live/join HTTP/1.1\r\nHost: 127.0.0.1\r\nSec-Fetch-Site: same-origin\r\n"
        b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body)
    )
    lines = [hall.connect() for _ in range(20)]
    for line in lines:
        line.sendall(head + body)
    gate = hall.app.front.gate
    wait_until(lambda: gate.n_waiting > 10)
    let_through = gate.n_wrong
    for line in lines:
        line.close()

    wait_until(lambda: gate.n_waiting < 3)
    # They left: they were not let through one after the other.
    assert gate.n_wrong < let_through + 10


def test_scanned_codes_pass_while_an_attacker_types(hall):
    gate = hall.app.front.gate
    gate.bucket.take(3_000)
    stop = threading.Event()
    answers: list[int] = []

    def attack() -> None:
        while not stop.is_set():
            try:
                answers.append(hall.post("/live/join", joining(link=None, code="ZZZZZZZZ")).status)
            except OSError:
                return

    attackers = [threading.Thread(target=attack, daemon=True) for _ in range(40)]
    began, before = time.monotonic(), gate.n_wrong
    for thread in attackers:
        thread.start()
    wait_until(lambda: gate.n_waiting > 20)
    for n in range(100):
        assert hall.post("/live/join", joining(k=str(n))).status == 200
    tried, seconds = gate.n_wrong - before, time.monotonic() - began
    # Screens are told with the next beat of the hall.
    wait_until(lambda: hall.memory.codes_slow)
    stop.set()
    gate.bucket = Bucket(3_000, 1)
    for thread in attackers:
        thread.join(15)

    assert tried <= 6 * seconds + 2
    assert 429 not in answers
