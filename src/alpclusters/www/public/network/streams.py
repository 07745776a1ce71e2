"""Files in pieces: the server does other things between two of them."""

from collections.abc import AsyncIterator, Iterator
from functools import partial

from asgiref.sync import sync_to_async


async def one_by_one(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Hand out pieces one by one; each is made in the request's thread."""
    take = sync_to_async(partial(next, parts, None))
    while (part := await take()) is not None:
        yield part
