"""A hall that votes without a pause, and what it was acknowledged."""

import contextlib
import http.client
import json
import threading
import time
from typing import Any, Final, Self

from alpclusters.cli.drill.phones import joining, new_key
from alpclusters.cli.drill.waiting import wait_until
from alpclusters.cli.drill.wire import Place

PAUSE_S: Final = 0.05
AGAIN_S: Final = 0.2
ANSWER_WITHIN_S: Final = 60.0
OK: Final = 200
NOBODY: Final = 0


class Voter:
    """Somebody who joined."""

    def __init__(self, place: Place, hall: dict[str, Any]) -> None:
        self.place, self.hall = place, hall
        status, headers, content = self.ask("POST", "/live/join", joining(link=hall["link"]))
        if status != OK:
            raise ConnectionError(f"join: {status} {content[:200]!r}")
        self.cookie = headers["set-cookie"].partition(";")[0]

    def ask(
        self, method: str, path: str, body: dict[str, Any] | None = None, cookie: str = ""
    ) -> tuple[int, Any, bytes]:
        """Ask once, on a connection of its own."""
        place = self.place
        line = http.client.HTTPConnection(place.host, place.port, timeout=ANSWER_WITHIN_S)
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        try:
            line.request(method, path, json.dumps(body or {}), {**headers, "Cookie": cookie})
            found = line.getresponse()
            return found.status, found.headers, found.read()
        finally:
            line.close()

    def rating(self, n: int) -> dict[str, Any]:
        """Write the n-th rating as a phone does."""
        measures, criteria = self.hall["measures"], self.hall["criteria"]
        cell = {"m": measures[n % len(measures)], "c": criteria[n % len(criteria)]}
        body = {**cell, "r": 1, "v": 1 + n % 5}
        return {"k": new_key(), "t": "rate", "n": n, "at": int(time.time() * 1000), "b": body}

    def send(self, command: dict[str, Any]) -> int:
        """Send a command; return the status, 0 where nobody answers."""
        path = f"/live/{self.hall['event']}/command"
        with contextlib.suppress(OSError, http.client.HTTPException):
            return self.ask("POST", path, command, self.cookie)[0]
        return NOBODY

    def rate(self, n: int) -> bool:
        """Rate something once; return whether it was acknowledged."""
        return self.send(self.rating(n)) == OK

    def is_known(self, place: Place) -> bool:
        """Say whether a server takes this phone for the same person."""
        self.place = place
        return self.ask("GET", f"/live/{self.hall['event']}/me", cookie=self.cookie)[0] == OK


class Voting:
    """Phones that rate until the block ends; what is refused is sent again, as a page does.

    Attributes
    ----------
    acknowledged : dict
        What was promised, by key: person, measure, criterion, value, as `audit.compare` reads it.
    n_refused : int
        Answers with another status than 200.
    n_unanswered : int
        Connections that nobody answered.
    """

    def __init__(self, voters: list[Voter]) -> None:
        self.acknowledged: dict[str, list[Any]] = {}
        self.n_refused = self.n_unanswered = 0
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._vote, args=[number, voter], daemon=True)
            for number, voter in enumerate(voters)
        ]

    def __enter__(self) -> Self:
        """Begin; the block begins when every phone was acknowledged something."""
        for thread in self._threads:
            thread.start()
        try:
            self.wait_for_more(len(self._threads))
        except BaseException:
            self._stop.set()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Stop; a rating that nobody takes is given up. After an error nobody is waited for."""
        self._stop.set()
        for thread in self._threads if kind is None else ():
            thread.join()

    def wait_for_more(self, n: int = 20) -> float:
        """Wait until n more answers were acknowledged; return how many seconds that took."""
        wanted = len(self.acknowledged) + n
        return wait_until(lambda: len(self.acknowledged) >= wanted, "votes")

    def _vote(self, number: int, voter: Voter) -> None:
        n = 0
        while not self._stop.wait(PAUSE_S):
            command = voter.rating(n := n + 1)
            if self._send(voter, command):
                body = command["b"]
                self.acknowledged[command["k"]] = [number, body["m"], body["c"], body["v"], n]

    def _send(self, voter: Voter, command: dict[str, Any]) -> bool:
        while (status := voter.send(command)) != OK:
            if status == NOBODY:
                self.n_unanswered += 1
            else:
                self.n_refused += 1
            if self._stop.wait(AGAIN_S):
                return False
        return True
