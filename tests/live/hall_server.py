# ruff: noqa: ARG002 - the writer's interface names more than the stand-in reads
"""A live process in a thread: real sockets, a writer that keeps everything in memory.

The writer stands in for the real one where a test is about the front alone. The site behind it
is a small program on a Unix socket.
"""

import http.client
import json
import secrets
import socket
import sqlite3
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import uvicorn

from alpclusters.live.answers import Joined, Result
from alpclusters.live.app import LiveApp
from alpclusters.live.forward import Forward
from alpclusters.live.protocol import LimitedProtocol
from alpclusters.live.server import Server
from alpclusters.live.upstream import Upstream
from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION
from alpclusters.platform.configuration import load_configuration

EVENT = 7
HANGS_AFTER_S = 600
CODE = "K7M4RT24"
LINK = "7~qr-secret"
SCREEN = "7~facilitator~0~f-secret"
TABLE = (
    "CREATE TABLE cafe_alpcafe (id INTEGER PRIMARY KEY, revision INT, content_revision INT,"
    " link_epoch INT, state TEXT, phase TEXT, sealed_at TEXT)"
)


class Memory:
    """The writer's interface over dictionaries."""

    codes_slow = False

    def __init__(self) -> None:
        self.people: dict[str, int] = {}
        self.recoveries: dict[str, int] = {}
        self.taken: list[tuple] = []
        self.content = 1
        self.facts: dict[str, object] = {"phase": "lobby", "people": 0}
        self.void: set[str] = set()
        self.reloaded: list[int] = []
        self.is_closed = False
        self.tell = lambda _event, _kind: None

    async def join(self, event, *, language, consent, key, known_token=None):
        if known_token in self.people:
            return Joined(known_token, self.people[known_token], None, is_new=False)
        token = f"{event}~{secrets.token_urlsafe(16)}"
        number = len(self.people) + 1
        self.people[token] = number
        recovery = f"RRRR{number:06}".replace("0", "2").replace("1", "3")
        self.recoveries[recovery] = number
        self.facts["people"] = len(self.people)
        self.tell(event, "state")
        return Joined(token, number, recovery, is_new=True)

    async def recover(self, event, *, recovery, key):
        number = self.recoveries.get(recovery)
        if number is None:
            return None
        token = f"{event}~{secrets.token_urlsafe(16)}"
        self.people[token] = number
        return Joined(token, number, None, is_new=False)

    def person(self, event, token):
        return self.people.get(token) if event == EVENT else None

    def language(self, event, participant):
        return "de"

    def find_code(self, code):
        return EVENT if code == CODE else None

    def find_link(self, link):
        known = {LINK: (EVENT, "qr", 0), SCREEN: (EVENT, "facilitator", 0)}
        known["7~beamer~0~b-secret"] = (EVENT, "beamer", 0)
        return None if link in self.void else known.get(link)

    async def take(
        self, event, participant, commands, *, language, source="phone", entered_by=None
    ):
        self.taken += [(participant, row.get("k"), language) for row in commands]
        return [Result(str(row.get("k")), 200, len(self.taken), new=True) for row in commands]

    async def me(self, event, participant):
        return {"number": participant}

    def state(self, event, view):
        only = {"ratings": len(self.taken)} if view == "facilitator" else {}
        return {**self.facts, "content": self.content, "now": 1, **only}

    def events(self):
        return [EVENT]

    async def reload(self, event):
        self.reloaded.append(event)
        self.tell(event, "state")

    def on_change(self, call):
        self.tell = call

    def on_late(self, call):
        self.late = call

    def unseated(self):
        return []

    def beat(self, event, participant, unsent):
        self.taken.append(("beat", participant, unsent))

    def metrics(self):
        return {"queue": 0, "ratings": len(self.taken)}

    async def close(self):
        self.is_closed = True


class Thread:
    """A server of ours in a thread, told to end from outside."""

    def __init__(self, server: Server, sockets: list[socket.socket] | None) -> None:
        self.server = server
        self._thread = threading.Thread(target=server.run, kwargs={"sockets": sockets})

    def start(self) -> None:
        self._thread.start()
        wait_until(lambda: self.server.started or not self._thread.is_alive())

    def stop(self) -> None:
        """End it."""
        self.server.should_exit = True
        self._thread.join(HANGS_AFTER_S)
        assert not self._thread.is_alive()


class Hall:
    """The live process of one AlpCafé and the site behind it."""

    def __init__(self, home: Path, site=None, **settings) -> None:
        (home / "run").mkdir(parents=True)
        self.home, self.memory = home, Memory()
        settings = {"allowed_hosts": ("127.0.0.1", "localhost"), **settings}
        found = load_configuration({"ALPCLUSTERS_HOME": str(home)})
        self.configuration = replace(found, **settings)
        self.write("INSERT INTO cafe_alpcafe VALUES (7, 1, 1, 1, 'open', 'lobby', NULL)")
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=4096)
        self.port = self.listener.getsockname()[1]
        self.site_path = home / "run" / "site.sock"
        self.site = site
        self._site_thread: Thread | None = None
        self.forward = Forward(Upstream([self.site_path]), self.configuration.trusted_proxies)
        self.app = LiveApp(self.configuration, self.forward, open_intake=self._open)
        config = uvicorn.Config(
            self.app,
            http=LimitedProtocol,
            lifespan="on",
            log_level="critical",
            access_log=False,
            proxy_headers=False,
            server_header=False,
            ssl_certfile=self.configuration.tls_cert,
            ssl_keyfile=self.configuration.tls_key,
            timeout_graceful_shutdown=2,
            ws="none",
        )
        self._thread = Thread(Server(config, goodbye=self.app.say_goodbye), [self.listener])

    async def _open(self, *_, **__):
        return self.memory

    def write(self, statement: str) -> None:
        with closing(sqlite3.connect(self.home / "alpclusters.sqlite3")) as database, database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute(TABLE.replace("TABLE", "TABLE IF NOT EXISTS"))
            database.execute(statement)

    def start(self) -> "Hall":
        if self.site is not None:
            self.start_site()
        self._thread.start()
        return self

    def start_site(self) -> None:
        config = uvicorn.Config(
            self.site,
            uds=str(self.site_path),
            lifespan="off",
            log_level="critical",
            ws="none",
            access_log=False,
            date_header=False,
            server_header=False,
            timeout_graceful_shutdown=1,
        )
        self._site_thread = Thread(Server(config), None)
        self._site_thread.start()

    def stop_site(self) -> None:
        if self._site_thread is not None:
            self._site_thread.stop()
            self._site_thread = None

    def stop(self) -> None:
        self._thread.stop()
        self.stop_site()

    # ---- asking ------------------------------------------------------------------------------

    def connect(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=10)

    def get(self, path: str, headers: dict[str, str] | None = None, method: str = "GET"):
        return self.ask(method, path, None, headers)

    def post(self, path: str, content: object, headers: dict[str, str] | None = None):
        own = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        return self.ask("POST", path, json.dumps(content).encode(), {**own, **(headers or {})})

    def ask(self, method, path, body, headers) -> "Reply":
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            line.request(method, path, body, headers or {})
            found = line.getresponse()
            return Reply(found.status, found.msg, found.read())
        finally:
            line.close()

    def join(self) -> str:
        """Come in by the link; return the cookie."""
        found = self.post("/live/join", joining())
        assert found.status == 200, found.body
        return found.cookie("cafe")


class Reply:
    """An answer that was read to its end."""

    def __init__(self, status, headers, body) -> None:
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def cookie(self, name: str) -> str:
        """Return ``name=value`` of a cookie that was set."""
        found = self.headers.get_all("set-cookie") or []
        return next(c.partition(";")[0] for c in found if c.startswith(f"{name}="))


def joining(**other) -> dict:
    """What a phone sends to come in."""
    base = {"link": LINK, "language": "sl", "consent": CONSENT_VERSION, "k": "k" * 22}
    return {**base, **other}


def wait_until(condition, *, pause_s: float = 0.01) -> None:
    """Wait for a condition; where asking is dear, with longer pauses."""
    until = time.monotonic() + HANGS_AFTER_S
    while not condition():
        assert time.monotonic() < until, "it did not happen in time"
        time.sleep(pause_s)


class Stream:
    """An open stream, read as it comes."""

    def __init__(self, hall: Hall, view: str, cookie: str, after: str = "") -> None:
        self.socket = hall.connect()
        query = f"view={view}" + (f"&after={after}" if after else "")
        head = f"GET /live/{EVENT}/stream?{query} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        self.socket.sendall(f"{head}Cookie: {cookie}\r\n\r\n".encode())
        self.file = self.socket.makefile("rb")
        self.status = int(self.file.readline().split()[1])
        self.headers = http.client.parse_headers(self.file)
        self.text = ""

    def next(self, name: str) -> tuple[str, dict]:
        """Return id and data of the next event of a name; others are passed over."""
        while True:
            event = self._event()
            if event.get("event") == name:
                return event["id"], json.loads(event["data"])

    def _event(self) -> dict[str, str]:
        while "\n\n" not in self.text:
            size = int(self.file.readline() or b"0", 16)
            assert size, "the stream has ended"
            self.text += self.file.read(size + 2)[:-2].decode()
        event, self.text = self.text.split("\n\n", 1)
        pairs = [line.split(": ", 1) for line in event.split("\n") if ": " in line]
        return dict(pairs)

    def ends(self) -> bool:
        """Read to the end of the stream."""
        while (line := self.file.readline()) not in {b"", b"0\r\n"}:
            self.file.read(int(line, 16) + 2)
        return True

    def close(self) -> None:
        self.file.close()
        self.socket.close()
