"""What every screen of an AlpCafé is told: one state for each view, told in beats.

A tick numbers a change; for each key of the state it is kept when it changed last. A listener at
tick *t* gets the keys that changed after *t* with their whole values, so that losing or repeating
a message is harmless, and all listeners of a view that are equally far share the same bytes.
Nobody has a queue: whoever is slow is skipped and gets everything at once later.
"""

import asyncio
import logging
import random
import time
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol

from alpclusters.live.wire import as_json

TICK_S: Final = 0.25
LONGEST_TICK_S: Final = 1.0
COMMENT_S: Final = 15.0
RENEW_BEATS: Final = 4
SLICE: Final = 100
RESTART_WITHIN_MS: Final = 3_000
RETRY_MS: Final = (2_000, 6_000)
COMMENT: Final = b":\n\n"
VIEWS: Final = ("participant", "host", "facilitator", "beamer")

log = logging.getLogger("alpclusters.live")


class Source(Protocol):
    """What the hub reads."""

    def state(self, event: int, view: str) -> dict[str, Any]:
        """Return the state of one view."""

    def events(self) -> list[int]:
        """Return the AlpCafés that are known."""


class Channel:
    """One view of one AlpCafé."""

    def __init__(self) -> None:
        self.state: dict[str, Any] = {}
        self.changed: dict[str, int] = {}
        self.changed_at = 0
        self.renewed_at = -1
        self.listeners: set[Listener] = set()
        self._told: dict[int, bytes] = {}
        self._told_at = -1

    def renew(self, state: dict[str, Any], tick: int) -> bool:
        """Take a new state, remember which keys changed, say whether any; ``now`` does always."""
        new = {**dict.fromkeys(self.state), **state}
        keys = [k for k, v in new.items() if k not in self.changed or self.state[k] != v]
        changed = [key for key in keys if key != "now"]
        self.state = {key: value for key, value in new.items() if key != "now"}
        self.changed.update(dict.fromkeys(changed, tick))
        self.changed_at = tick if changed else self.changed_at
        return bool(changed)

    def whole(self) -> dict[str, Any]:
        """Return everything, with the time of this moment."""
        return {**self.state, "now": now_ms()}

    def snapshot(self, tick: int) -> bytes:
        """Write everything as an event, with a time to wait before coming back."""
        retry = random.randint(*RETRY_MS)  # noqa: S311 - spreads reconnects, no secret
        return b"retry: %d\n" % retry + event_bytes("snapshot", self.whole(), tick)

    def since(self, before: int, tick: int) -> bytes:
        """Write what changed after a tick; the same bytes for all who are equally far."""
        if self._told_at != tick:
            self._told, self._told_at = {}, tick
        if before not in self._told:
            self._told[before] = self._delta(before, tick)
        return self._told[before]

    def _delta(self, before: int, tick: int) -> bytes:
        news = {key: self.state[key] for key, at in self.changed.items() if before < at <= tick}
        return event_bytes("delta", {**news, "now": now_ms()}, tick) if news else b""


class Listener:
    """One open stream."""

    def __init__(self, view: str, participant: int | None, link: str) -> None:
        self.view, self.participant, self.link = view, participant, link
        self.tick = -1
        self.woken = asyncio.Event()
        self.has_news_of_me = False
        self.is_ended = False
        self.last = b""

    def end(self, last: bytes = b"") -> None:
        """Say a last word and close."""
        self.last, self.is_ended = last, True
        self.woken.set()


class Room:
    """The views of one AlpCafé and who looks at them."""

    def __init__(self) -> None:
        self.channels = {view: Channel() for view in VIEWS}
        self.is_dirty = True
        self.cards_tick = 0
        self.cards_dirty = False
        self.person_ticks: dict[int, int] = {}

    def listeners(self) -> Iterator["Listener"]:
        """Go through all listeners of all views."""
        for channel in self.channels.values():
            yield from channel.listeners


class Hub:
    """All rooms, and the clock that tells them.

    Every change gets a number of its own, the tick; a beat tells all that has come since the
    last beat.

    Parameters
    ----------
    source : Source
        Whose states are told.
    """

    def __init__(self, source: Source) -> None:
        self.source = source
        # Begins with the time: an id of an earlier process is known as old.
        self.first = self.tick = self.told = now_ms()
        self.pause = TICK_S
        self.n_beats = 0
        self.last_broadcast_s = 0.0
        self.rooms: dict[int, Room] = {}
        self.before_tick: list[Callable[[], None]] = []
        self._commented_at = time.monotonic()

    # ---- what happened -----------------------------------------------------------------------

    def note(self, event: int, kind: str) -> None:
        """Remember what changed: ``state``, ``cards`` or ``me:<participant>``."""
        room = self.rooms.get(event)
        if room is None:
            return
        if kind.startswith("me:"):
            self._note_person(room, int(kind[3:]))
        elif kind == "cards":
            room.cards_dirty = True
        else:
            room.is_dirty = True

    def note_all(self) -> None:
        """Read the states of all rooms again at the next beat."""
        for room in self.rooms.values():
            room.is_dirty = True

    def _note_person(self, room: Room, participant: int) -> None:
        self.tick += 1
        room.person_ticks[participant] = self.tick
        for listener in room.listeners():
            if listener.participant == participant:
                listener.has_news_of_me = True
                listener.woken.set()

    # ---- who listens -------------------------------------------------------------------------

    def channel(self, event: int, view: str) -> Channel:
        """Return a view with a state that is not older than a beat."""
        room = self.rooms.setdefault(event, Room())
        channel = room.channels[view]
        if channel.renewed_at < self.n_beats or room.is_dirty:
            self._renew(event, view, channel)
        return channel

    def enter(self, event: int, listener: Listener, after: int | None) -> bytes:
        """Add a listener; return a snapshot, or what it missed since a tick of this process."""
        channel = self.channel(event, listener.view)
        channel.listeners.add(listener)
        listener.tick = self.tick
        if after is None or not self.first <= after <= self.tick:
            return channel.snapshot(self.tick)
        news = self._news(event, channel, after, self.tick)
        if after < self.rooms[event].person_ticks.get(listener.participant or 0, 0):
            news += event_bytes("me", {}, self.tick)
        # Something has to come, else the screen takes the stream for held back on its way.
        return news or event_bytes("delta", {"now": now_ms()}, self.tick)

    def leave(self, event: int, listener: Listener) -> None:
        """Forget a listener."""
        room = self.rooms.get(event)
        if room is not None:
            room.channels[listener.view].listeners.discard(listener)

    def news_for(self, event: int, listener: Listener) -> bytes:
        """Return what a listener has not got yet; a comment where nothing is new."""
        news = b""
        if event in self.rooms:
            channel = self.rooms[event].channels[listener.view]
            news = self._news(event, channel, listener.tick, self.told)
        listener.tick = max(listener.tick, self.told)
        if listener.has_news_of_me:
            listener.has_news_of_me = False
            news += event_bytes("me", {}, self.told)
        return news or COMMENT

    def _news(self, event: int, channel: Channel, before: int, tick: int) -> bytes:
        room = self.rooms[event]
        news = channel.since(before, tick)
        if before < room.cards_tick <= tick:
            news += event_bytes("cards", {"seq": room.cards_tick}, tick)
        return news

    @property
    def n_listeners(self) -> int:
        """How many streams are open."""
        return sum(len(c.listeners) for r in self.rooms.values() for c in r.channels.values())

    # ---- the clock ---------------------------------------------------------------------------

    async def run(self) -> None:
        """Tick until cancelled; a tick that takes long makes the pause longer."""
        while True:
            await asyncio.sleep(self.pause)
            began = time.perf_counter()
            try:
                await self.beat()
            except Exception:
                log.exception("a tick failed; the next one goes on")
            self.last_broadcast_s = time.perf_counter() - began
            is_long = self.last_broadcast_s > self.pause / 2
            self.pause = min(LONGEST_TICK_S, self.pause * 2) if is_long else TICK_S

    async def beat(self) -> None:
        """Tell what has come since the last beat: renew what changed, wake whom it concerns."""
        for call in self.before_tick:
            call()
        self.n_beats += 1
        is_quiet = time.monotonic() - self._commented_at < COMMENT_S
        self._commented_at = self._commented_at if is_quiet else time.monotonic()
        self._clear_away()
        awake: list[Listener] = []
        for event, room in self.rooms.items():
            awake += self._concerned(event, room, is_quiet=is_quiet)
        self.told = self.tick
        for start in range(0, len(awake), SLICE):
            for listener in awake[start : start + SLICE]:
                listener.woken.set()
            # Ratings that have come in meanwhile go first.
            await asyncio.sleep(0)

    def _clear_away(self) -> None:
        """End the streams of an AlpCafé that is not there any more."""
        for event in set(self.rooms) - set(self.source.events()):
            for listener in list(self.rooms.pop(event).listeners()):
                listener.end()

    def _concerned(self, event: int, room: Room, *, is_quiet: bool) -> Iterator[Listener]:
        """Renew the views of a room; go through the listeners who have something to get."""
        is_due = room.is_dirty or self.n_beats % RENEW_BEATS == 0
        room.is_dirty = False
        if room.cards_dirty:
            self.tick += 1
            room.cards_dirty, room.cards_tick = False, self.tick
        for view, channel in room.channels.items():
            if is_due and channel.listeners:
                self._renew(event, view, channel)
            if not is_quiet or self.told < max(channel.changed_at, room.cards_tick):
                yield from channel.listeners

    def _renew(self, event: int, view: str, channel: Channel) -> None:
        channel.renewed_at = self.n_beats
        self.tick += channel.renew(self.source.state(event, view), self.tick + 1)

    def close(self) -> None:
        """Tell every screen to come back after a moment, each after another one."""
        for room in self.rooms.values():
            for listener in list(room.listeners()):
                ms = random.randint(0, RESTART_WITHIN_MS)  # noqa: S311 - spreads reconnects
                listener.end(event_bytes("restart", {"ms": ms}, self.tick))

    def drop(self, event: int, listener: Listener) -> None:
        """End a stream whose link or person is void."""
        self.leave(event, listener)
        listener.end()


def event_bytes(name: str, content: dict[str, Any], tick: int) -> bytes:
    """Write one Server-Sent Event."""
    return b"id: %d\nevent: %s\ndata: %s\n\n" % (tick, name.encode(), as_json(content))


def now_ms() -> int:
    """Return the time that phones set their offset by."""
    return int(time.time() * 1000)
