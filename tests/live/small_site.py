"""A site of a few lines behind the live process: it tells what reached it."""

import asyncio
import hashlib
import json

# Open to people who are signed in.
DOCUMENTS = "/de/workspace/evidence/documents/new/"


class SmallSite:
    """Answers by path; remembers every request."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        self.asked: list[dict] = []
        self.revision = 1
        self.wait_s = 0.0

    async def __call__(self, scope, receive, send) -> None:
        body, size = hashlib.sha256(), 0
        path = scope["path"]
        self.asked.append(
            {"path": path, "headers": [(n.decode(), v.decode()) for n, v in scope["headers"]]}
        )
        if path == "/early":
            await _answer(send, 413, b"too much")
            return
        cookie = dict(self.asked[-1]["headers"]).get("cookie", "")
        if path == DOCUMENTS and "session=known" not in cookie:
            await _answer(send, 302, b"", [(b"location", b"/de/account/login/")])
            return
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            body.update(message["body"])
            size += len(message["body"])
            if not message.get("more_body"):
                break
        await asyncio.sleep(self.wait_s)
        await self._by_path(path, scope, send, {"sha": body.hexdigest(), "size": size})

    async def _by_path(self, path, scope, send, told) -> None:
        if path.startswith("/cafe/here/"):
            await self._page(path, send)
        elif path == "/large":
            await _stream(send, 200)
        elif path == "/broken":
            await send(
                {
                    "type": "http.response.start",
                    "status": 200,
                    "headers": [(b"content-length", b"100")],
                }
            )
            await send({"type": "http.response.body", "body": b"half", "more_body": True})
            raise RuntimeError
        elif path.startswith("/static/"):
            headers = [
                (b"cache-control", b"max-age=315360000, public, immutable"),
                (b"vary", b"Accept-Encoding"),
            ]
            await _answer(send, 200, b"body{}", headers)
        else:
            told |= {
                "headers": self.asked[-1]["headers"],
                "query": scope["query_string"].decode(),
                "client": scope["client"],
                "scheme": scope["scheme"],
            }
            headers = [
                (b"connection", b"x-hop"),
                (b"x-hop", b"1"),
                (b"keep-alive", b"5"),
                (b"set-cookie", b"a=1"),
                (b"set-cookie", b"b=2"),
            ]
            await _answer(send, 200, json.dumps(told).encode(), headers)

    async def _page(self, path, send) -> None:
        cookie = dict(self.asked[-1]["headers"]).get("cookie", "")
        language = cookie.partition("language=")[2][:2]
        mark = f"event=7; rev={self.revision}; lang={language}".encode()
        headers = [
            (b"live-cache", mark),
            (b"vary", b"Cookie"),
            (b"set-cookie", b"x=1"),
            (b"content-security-policy", b"default-src 'self'"),
        ]
        await _answer(send, 200, f"<p lang={language}>{path} {cookie}".encode() * 50, headers)


async def _answer(send, status, body, headers=()) -> None:
    head = [*headers, (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body})


async def _stream(send, n_blocks) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    for _ in range(n_blocks):
        await send({"type": "http.response.body", "body": b"x" * 65536, "more_body": True})
    await send({"type": "http.response.body", "body": b""})


site = SmallSite()
