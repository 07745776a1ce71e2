"""Bodies of requests, read whole before anybody waits for them: how large, how slow, how many.

A body that is on its way holds no place at the site. What is short may come from anybody and is
kept in memory; what is long comes from people who may open the page of its form, into a file.
When too much is on its way at once, the oldest body of the address that sends most is let go:
honest ones are there within moments, also from a hall of two thousand phones behind one address.
"""

import asyncio
import random
import tempfile
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import IO, Final

from alpclusters.live.wire import TOO_LARGE, TOO_SLOW, UNAVAILABLE, Message, Receive, RefusedError
from alpclusters.platform.addresses import network_of

# What a form may send, and a photograph of two million bytes in it.
SHORT: Final = 2 * 1024 * 1024
# Ten seconds to begin with; then 10 KiB in each ten seconds.
PATIENCE_S: Final = 10.0
PORTION: Final = 10 * 1024
# Honest bodies are there within moments; only slow ones are counted.
SLOW_AFTER_S: Final = 1.0
PER_ADDRESS: Final = 1_000
AT_ONCE: Final = 4_000
IN_MEMORY: Final = 64 * 1024 * 1024
BLOCK: Final = 256 * 1024
AGAIN_S: Final = 2
AGAIN_FILE_S: Final = 30
# An answer to a body that is refused is read only by who is listened to a little longer.
LINGER_S: Final = 2.0
LINGER_BYTES: Final = 256 * 1024


class DisconnectedError(Exception):
    """The phone has gone before its request was complete; there is nobody to answer."""


class TooLargeError(RefusedError):
    """A body beyond a limit in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(TOO_LARGE, "too_large")
        self.limit = limit


class Body:
    """One body, while it comes and until its request is answered."""

    def __init__(self, address: str, file: IO[bytes] | None = None) -> None:
        self.address, self.file = address, file
        self.content = bytearray()
        self.size = 0
        self.timer: asyncio.Timeout | None = None
        self.was_let_go = False
        self._is_given = False

    async def add(self, part: bytes) -> None:
        """Keep a part."""
        self.size += len(part)
        self.content += part
        if self.file is not None and len(self.content) >= BLOCK:
            await asyncio.to_thread(self.file.write, bytes(self.content))
            self.content.clear()

    async def finish(self) -> None:
        """Put what is left into the file and go back to its beginning."""
        if self.file is not None:
            await asyncio.to_thread(self.file.write, bytes(self.content))
            self.content.clear()
            await asyncio.to_thread(self.file.seek, 0)

    async def receive(self) -> Message:
        """Give it on, block by block, as a server would."""
        if self._is_given:
            await asyncio.Event().wait()
        if self.file is None:
            block, has_more = bytes(self.content), False
        else:
            block = await asyncio.to_thread(self.file.read, BLOCK)
            has_more = bool(block)
        self._is_given = not has_more
        return {"type": "http.request", "body": block, "more_body": has_more}

    def let_go(self) -> None:
        """End the wait for it; what came is forgotten."""
        self.was_let_go = True
        self.content.clear()
        self.wait(0.0)

    def wait(self, seconds: float) -> None:
        """Wait so long from now on, unless the wait is over already."""
        if self.timer is not None and not self.timer.expired():
            self.timer.reschedule(asyncio.get_running_loop().time() + seconds)

    def close(self) -> None:
        """Forget it."""
        self.content.clear()
        if self.file is not None:
            self.file.close()


class Register:
    """Bodies by address, of each the oldest first."""

    def __init__(self) -> None:
        self.by_address: dict[str, dict[Body, None]] = {}
        self.n = 0

    def add(self, body: Body) -> None:
        """Put one at the end of its address."""
        self.by_address.setdefault(body.address, {})[body] = None
        self.n += 1

    def drop(self, body: Body) -> None:
        """Take one out, if it is in."""
        own = self.by_address.get(body.address, {})
        if body in own:
            del own[body]
            self.n -= 1
            if not own:
                del self.by_address[body.address]

    def oldest_of(self, address: str) -> Body:
        """Return the oldest one of an address."""
        return next(iter(self.by_address[address]))

    def oldest(self, weight: Callable[[Collection[Body]], int]) -> Body:
        """Return the oldest one of the address that weighs most."""
        return self.oldest_of(max(self.by_address, key=lambda one: weight(self.by_address[one])))


class Bodies:
    """All bodies that are on their way or wait for the answer.

    Parameters
    ----------
    spool : int
        Bytes of all long bodies together.
    in_memory : int, optional
        Bytes of all short bodies together.
    per_address, at_once : int, optional
        How many short ones may be slow: on their way for more than `slow_after_s`.
    slow_after_s : float, optional
    patience_s : float, optional
        Seconds in which the next 10 KiB, or the end, have to come.
    """

    def __init__(
        self,
        spool: int,
        *,
        in_memory: int = IN_MEMORY,
        per_address: int = PER_ADDRESS,
        at_once: int = AT_ONCE,
        slow_after_s: float = SLOW_AFTER_S,
        patience_s: float = PATIENCE_S,
    ) -> None:
        self.spool, self.in_memory = spool, in_memory
        self.per_address, self.at_once = per_address, at_once
        self.slow_after_s, self.patience_s = slow_after_s, patience_s
        self.n_refused = self.n_let_go = self.n_slow = 0
        self.n_bytes = self.n_spooled = 0
        self._coming, self._slow = Register(), Register()

    @asynccontextmanager
    async def short(self, address: str, receive: Receive, limit: int) -> AsyncIterator[Body]:
        """Read a body that anybody may send; it is forgotten at the end of the block.

        Raises
        ------
        RefusedError
            It is too large (413) or too slow (408), or there are too many (503).
        DisconnectedError
        """
        body = Body(network_of(address))
        try:
            self._coming.add(body)
            slow = asyncio.get_running_loop().call_later(self.slow_after_s, self._is_slow, body)
            try:
                await self._read(body, receive, limit)
            finally:
                slow.cancel()
                self._end(body)
            yield body
        finally:
            self.n_bytes -= 0 if body.was_let_go else body.size
            body.close()

    @asynccontextmanager
    async def long(self, address: str, receive: Receive, length: int) -> AsyncIterator[Body]:
        """Read a body of known length into a file, for somebody who is known.

        Raises
        ------
        RefusedError
            All files together would be too large (503), or it is too slow (408).
        DisconnectedError
        """
        if self.n_spooled + length > self.spool:
            raise self._no_room()
        self.n_spooled += length
        body = Body(network_of(address), tempfile.TemporaryFile())  # noqa: SIM115 - Body closes it
        try:
            try:
                await self._read(body, receive, length)
                await body.finish()
            except OSError as error:
                raise self._no_room() from error
            yield body
        finally:
            self.n_spooled -= length
            body.close()

    @property
    def n_coming(self) -> int:
        """How many short ones are on their way."""
        return self._coming.n

    def _no_room(self) -> RefusedError:
        self.n_refused += 1
        return RefusedError(UNAVAILABLE, "too_many_files", retry_after=AGAIN_FILE_S)

    async def _read(self, body: Body, receive: Receive, limit: int) -> None:
        try:
            # Those that were begun together do not all end in the same moment.
            patience = self.patience_s * random.uniform(1.0, 1.5)  # noqa: S311 - no secret
            async with asyncio.timeout(patience) as body.timer:
                await self._read_all(body, receive, limit)
        except TimeoutError:
            if body.was_let_go:
                raise RefusedError(UNAVAILABLE, "too_many", retry_after=AGAIN_S) from None
            self.n_slow += 1
            raise RefusedError(TOO_SLOW, "too_slow") from None
        finally:
            body.timer = None

    async def _read_all(self, body: Body, receive: Receive, limit: int) -> None:
        portion = 0
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise DisconnectedError
            part = message.get("body", b"")
            if body.size + len(part) > limit:
                self.n_refused += 1
                raise TooLargeError(limit)
            if body.file is None:
                self._make_room(body, len(part))
            await body.add(part)
            if not message.get("more_body", False):
                return
            portion += len(part)
            if portion >= PORTION and not body.was_let_go:
                portion = 0
                body.wait(self.patience_s)

    def _is_slow(self, body: Body) -> None:
        """Count a body that is not there within a moment; the oldest ones make way."""
        if body.was_let_go:
            return
        self._slow.add(body)
        if len(self._slow.by_address[body.address]) > self.per_address:
            self._let_go(self._slow.oldest_of(body.address))
        elif self._slow.n > self.at_once:
            self._let_go(self._slow.oldest(len))

    def _end(self, body: Body) -> None:
        self._coming.drop(body)
        self._slow.drop(body)

    def _make_room(self, body: Body, n: int) -> None:
        """Let others go, or this one, until its next part has room."""
        while self.n_bytes + n > self.in_memory and not body.was_let_go:
            self._let_go(self._coming.oldest(_bytes_of))
        if body.was_let_go:
            raise RefusedError(UNAVAILABLE, "too_many", retry_after=AGAIN_S)
        self.n_bytes += n

    def _let_go(self, body: Body) -> None:
        self.n_let_go += 1
        self.n_bytes -= body.size
        self._end(body)
        body.let_go()


def _bytes_of(bodies: Collection[Body]) -> int:
    return sum(body.size for body in bodies)


async def linger(receive: Receive) -> None:
    """Listen a little to a body that is refused: who still sends may not read the answer else."""
    left = LINGER_BYTES
    try:
        async with asyncio.timeout(LINGER_S):
            while left > 0:
                message = await receive()
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    return
                left -= len(message.get("body", b""))
    except TimeoutError:
        return
