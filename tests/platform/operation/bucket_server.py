"""A small server that speaks S3 as far as backups need it, and believes no wrong signature.

It checks signatures with code of its own, after the published description.
"""

import hashlib
import hmac
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

NAME, SECRET, REGION = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY", "eu-test-1"
_LINE = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, "
    r"SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})"
)
PER_PAGE = 2


class Handler(BaseHTTPRequestHandler):
    server: "Server"

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self._is_signed():
            return self._answer(403)
        if hashlib.sha256(body).hexdigest() != self.headers["x-amz-content-sha256"]:
            return self._answer(400)
        self.server.files[unquote(urlsplit(self.path).path)] = body[: self.server.keeps]
        return self._answer(200)

    def do_GET(self) -> None:
        if not self._is_signed():
            return self._answer(403)
        parts = urlsplit(self.path)
        if parts.query:
            return self._answer(200, self._list(parts.path, dict(parse_qsl(parts.query))))
        found = self.server.files.get(unquote(parts.path))
        return self._answer(404) if found is None else self._answer(200, found)

    def do_DELETE(self) -> None:
        if not self._is_signed():
            return self._answer(403)
        self.server.files.pop(unquote(self.path), None)
        return self._answer(204)

    def _list(self, bucket: str, query: dict[str, str]) -> bytes:
        start = f"{bucket}/"
        names = sorted(n.removeprefix(start) for n in self.server.files if n.startswith(start))
        names = [n for n in names if n.startswith(query.get("prefix", ""))]
        first = int(query.get("continuation-token", "0"))
        page, more = names[first : first + PER_PAGE], first + PER_PAGE < len(names)
        items = "".join(f"<Contents><Key>{n}</Key></Contents>" for n in page)
        after = f"<NextContinuationToken>{first + PER_PAGE}</NextContinuationToken>" * more
        space = 'xmlns="http://s3.amazonaws.com/doc/2006-03-01/"'
        return f"<ListBucketResult {space}>{after}{items}</ListBucketResult>".encode()

    def _is_signed(self) -> bool:
        found = _LINE.fullmatch(self.headers.get("Authorization", ""))
        if found is None or found[1] != NAME or found[3] != REGION:
            return False
        path, _, query = self.path.partition("?")
        lines = [f"{n}:{self.headers[n].strip()}" for n in found[4].split(";")]
        parts = [self.command, path, "&".join(sorted(query.split("&"))), *lines, ""]
        canonical = "\n".join([*parts, found[4], self.headers["x-amz-content-sha256"]])
        scope = f"{found[2]}/{REGION}/s3/aws4_request"
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        text = "\n".join(["AWS4-HMAC-SHA256", self.headers["x-amz-date"], scope, digest])
        key = b"AWS4" + SECRET.encode()
        for part in scope.split("/"):
            key = hmac.new(key, part.encode(), hashlib.sha256).digest()
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest() == found[5]

    def _answer(self, status: int, body: bytes = b"") -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server(ThreadingHTTPServer):
    files: dict[str, bytes]
    # How many bytes of a file it keeps; all, unless a test wants otherwise.
    keeps: int | None = None


@contextmanager
def bucket_server() -> Iterator[Server]:
    server = Server(("127.0.0.1", 0), Handler)
    server.files = {}
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
