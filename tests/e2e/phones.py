"""Phones without a browser: join with a code, send answers, remember what was acknowledged."""

import json
import re
import secrets
import urllib.error
import urllib.request
from http.cookiejar import CookieJar
from typing import Any

from alpclusters.platform.cafe.domain.codes import CONSENT_VERSION

DATA = re.compile(r'<script id="cafe-data" type="application/json">(.+?)</script>', re.DOTALL)


class Phone:
    """One participant over plain HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.event = 0
        self.recovery = ""
        self.measures: list[int] = []
        self.criteria: list[int] = []

    def read(self, path: str) -> str:
        """Return a page."""
        with self.opener.open(self.address + path, timeout=20) as answer:
            return answer.read().decode()

    def post(self, path: str, content: dict[str, Any]) -> Any:
        """Send JSON as a page of the site does and return the answer."""
        headers = {"Content-Type": "application/json", "Sec-Fetch-Site": "same-origin"}
        text = json.dumps(content).encode()
        request = urllib.request.Request(self.address + path, text, headers)
        with self.opener.open(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def join(self, code: str) -> None:
        """Join with the typed code and read the sheet."""
        said = {
            "code": code,
            "consent": CONSENT_VERSION,
            "language": "de",
            "k": secrets.token_urlsafe(16),
        }
        found = self.post("/live/join", said)
        self.event, self.recovery = found["event"], found["recovery"]
        data = json.loads(DATA.search(self.read(found["url"]))[1])
        self.measures = sorted(measure["id"] for measure in data["measures"])
        self.criteria = sorted(criterion["id"] for criterion in data["criteria"])

    def send(self, kind: str, body: dict[str, Any], key: str = "") -> dict[str, Any]:
        """Send one command; return its result."""
        command = {"k": key or secrets.token_urlsafe(16), "t": kind, "n": 1, "b": body}
        return self.post(f"/live/{self.event}/commands", {"commands": [command]})["results"][0]

    def rate(self, measure: int, criterion: int, value: int) -> str:
        """Send one answer; return its key once the server has acknowledged it."""
        result = self.send("rate", {"m": measure, "c": criterion, "r": 1, "v": value})
        assert result["status"] == 200, result
        return result["k"]

    def me(self) -> dict[str, Any]:
        """Return everything the server knows of this person."""
        return json.loads(self.read(f"/live/{self.event}/me"))
