"""What is left of an answer for somebody who reads slowly: in a file, and not at the site.

The site has places for a hundred answers. Whoever reads slowly would hold one for as long as it
pleases them; so the rest of such an answer is taken over here and the place is free again. All
rests together have a limit: beyond it the oldest one of the address that has most is cut off.
"""

import asyncio
import contextlib
import tempfile
from collections.abc import Awaitable, Callable, Collection
from typing import Final

from alpclusters.live.bodies import Body, Register
from alpclusters.live.upstream import BrokenOffError
from alpclusters.live.wire import CONNECTION, Scope, Send

# In all, while an answer is sent; who reads at once is never behind that long.
BEHIND_AFTER_S: Final = 1.0
MOST: Final = 500_000_000

type NextPart = Callable[[], Awaitable[bytes | None]]


async def wait_for_reader(scope: Scope, most_s: float | None = None) -> float:
    """Wait until a browser has taken what it was sent, or is gone; return the seconds it took.

    Parameters
    ----------
    scope : Scope
    most_s : float, optional
        Wait no longer than this.
    """
    connection = scope.get("extensions", {}).get(CONNECTION)
    if connection is None or not connection.flow.write_paused:
        return 0.0
    clock = asyncio.get_running_loop().time
    began = clock()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(most_s):
            await connection.catch_up()
    return clock() - began


class Rests:
    """All rests of answers.

    Parameters
    ----------
    most : int, optional
        Bytes of all together.
    """

    def __init__(self, most: int = MOST) -> None:
        self.most = most
        self.n_bytes = self.n_kept = self.n_cut = 0
        self._kept = Register()
        self._cuts: dict[Body, Callable[[], None]] = {}

    async def keep(
        self, address: str, first: bytes, next_part: NextPart, cut: Callable[[], None]
    ) -> Body:
        """Read the rest of an answer into a file, as fast as it comes.

        Parameters
        ----------
        address : str
            As limits count it.
        first : bytes
            What has been read already.
        next_part : callable
            Returns None at the end.
        cut : callable
            Ends the connection of the reader.

        Raises
        ------
        BrokenOffError
            The site broke off, or this is the rest that has to make way.
        """
        rest = Body(address, tempfile.TemporaryFile())  # noqa: SIM115 - Body closes it
        self._kept.add(rest)
        self._cuts[rest] = cut
        self.n_kept += 1
        try:
            part: bytes | None = first
            while part is not None:
                self._make_room(rest, len(part))
                await rest.add(part)
                part = await next_part()
            await rest.finish()
        except OSError as error:
            self._forget(rest)
            raise BrokenOffError from error
        except BaseException:
            self._forget(rest)
            raise
        return rest

    async def send(self, rest: Body, send: Send) -> None:
        """Send a rest at the pace of its reader, and forget it.

        Raises
        ------
        BrokenOffError
            It had to make way.
        """
        has_more = True
        try:
            while has_more:
                if rest.was_let_go:
                    raise BrokenOffError
                message = await rest.receive()
                has_more = bool(message["more_body"])
                await send({**message, "type": "http.response.body"})
        finally:
            self._forget(rest)

    def _make_room(self, rest: Body, n: int) -> None:
        while self.n_bytes + n > self.most and not rest.was_let_go:
            self._let_go(self._kept.oldest(_bytes_of))
        if rest.was_let_go:
            raise BrokenOffError
        self.n_bytes += n

    def _let_go(self, rest: Body) -> None:
        self.n_cut += 1
        self.n_bytes -= rest.size
        self._kept.drop(rest)
        rest.was_let_go = True
        self._cuts[rest]()

    def _forget(self, rest: Body) -> None:
        self._kept.drop(rest)
        self._cuts.pop(rest, None)
        self.n_bytes -= 0 if rest.was_let_go else rest.size
        rest.close()


def _bytes_of(rests: Collection[Body]) -> int:
    return sum(rest.size for rest in rests)
