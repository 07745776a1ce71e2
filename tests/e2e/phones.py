"""Phones without a browser: join with a code, send answers, remember what was acknowledged."""

import json
import re
import secrets
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Phone:
    """One participant over plain HTTP."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.cookies = CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        self.token = ""
        self.measures: list[int] = []
        self.criteria: list[int] = []

    def read(self, path: str) -> str:
        with self.opener.open(self.address + path, timeout=20) as answer:
            text = answer.read().decode()
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return text

    def join(self, code: str) -> None:
        self.read("/cafe/")
        form = {"code": code, "consent": "on", "csrfmiddlewaretoken": self.token}
        data = urllib.parse.urlencode(form).encode()
        with self.opener.open(self.address + "/cafe/", data, timeout=20) as answer:
            assert answer.url.endswith("/cafe/profile/"), answer.url
        page = self.read("/cafe/rate/1/")
        self.measures = sorted({int(m) for m in re.findall(r'id="measure-(\d+)"', page)})
        self.criteria = sorted({int(c) for c in re.findall(r'name="m\d+c(\d+)"', page)})

    def rate(self, measure: int, criterion: int, value: int) -> str:
        """Send one answer; return its key once the server has acknowledged it."""
        key = secrets.token_urlsafe(16)
        body = {"m": measure, "c": criterion, "v": value}
        text = json.dumps({"commands": [{"k": key, "t": "rate", "b": body}]}).encode()
        request = urllib.request.Request(
            self.address + "/cafe/command/",
            text,
            {"Content-Type": "application/json", "X-CSRFToken": self.token},
        )
        with self.opener.open(request, timeout=20) as answer:
            result = json.loads(answer.read())["results"][0]
        assert result["status"] == 200, result
        return key
