"""Odd requests: any address, any method, any body, from a seed."""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote, quote_from_bytes, urlencode

from benchmarks._fuzz_live import live_body, live_path

CANARY: Final = "zq<b>\"'zq"
"""Must never come back as it is: neither as a tag nor as the end of an attribute."""

METHODS: Final = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
# Reading and writing are what people do; the others have to be refused.
WEIGHTS: Final = (45, 40, 4, 2, 2, 3, 3, 1)
NUMBERS: Final = ("0", "1", "2", "7", "999999999", str(2**31), str(2**63), "1" * 400)
TEXTS: Final = (
    CANARY,
    "",
    "a",
    "ž" * 300,
    "x" * 100_000,
    "\0",
    "a\0b",
    "\ud800",
    "\u202eabc",
    "%",
    "%00",
    "../../etc/passwd",
    "-1",
    "1e400",
    "NaN",
    "2026-02-30",
    "0000-00-00",
    "10000-01-01",
    "'; DROP TABLE accounts_user; --",
    "{{ 7*7 }}",
    "=1+1",
    "\r\nSet-Cookie: a=b",
    "[]",
    '{"a": {"b": [1]}}',
    "true",
    "٣",
)
QUERIES: Final = ("page", "q", "sort", "show", "simulated", "language", "next", "region", "year")
TYPES: Final = (
    "application/x-www-form-urlencoded",
    "application/x-www-form-urlencoded; charset=utf-7",
    "application/x-www-form-urlencoded; charset=utf-16",
    "multipart/form-data",
    "multipart/form-data; boundary=",
    f"multipart/form-data; boundary={'b' * 300}",
    "multipart/form-data; boundary=x",
    "application/json",
    "text/plain",
    "nonsense",
)
HEADERS: Final = (
    ("Accept-Language", "," * 4000),
    ("Accept-Language", "sl;q=9,*;q=x"),
    ("Accept-Encoding", "gzip;q=nan, identity;q=0"),
    ("Range", "bytes=5-1,999999999999-"),
    ("If-None-Match", '"' + "a" * 3000),
    ("If-Modified-Since", "Sun, 99 Foo 0000"),
    ("X-Forwarded-For", "1.2.3.4, ::ffff:nonsense"),
    ("X-Forwarded-Proto", "gopher"),
    ("X-Forwarded-Host", "evil.example"),
    ("X-HTTP-Method-Override", "DELETE"),
    ("HX-Request", "true"),
    ("HX-Target", CANARY),
    ("Referer", "javascript:alert(1)"),
    ("Cookie", "session=" + "A" * 5000),
    ("Cookie", "language=%00; cafe=7~~~; messages=[1"),
    ("Content-Encoding", "gzip"),
    ("Expect", "100-continue"),
    ("Host", "evil.example"),
    ("Host", "localhost:99999"),
)
FILES: Final = (
    b"",
    b"PK\x03\x04" + b"\0" * 200,
    b"%PDF-1.7\n%%EOF",
    b"\x89PNG\r\n\x1a\n" + b"\0" * 64,
    b"a,b\n1,2\n",
    b"\xff\xfe" + "a,b\n1,2".encode("utf-16-le"),
    b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
)


@dataclass(frozen=True)
class Form:
    """A form of a page, with what it would send."""

    path: str
    fields: tuple[tuple[str, str], ...]
    files: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """What its fields are called."""
        return tuple(name for name, _ in self.fields) + self.files


@dataclass(frozen=True)
class Case:
    """One request.

    Attributes
    ----------
    who : str
        Whose cookies go along.
    method, target : str
        As they stand in the first line.
    headers : tuple of (str, str)
    body : bytes
    """

    who: str
    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def as_record(self) -> dict[str, Any]:
        """Return what is needed to send it again."""
        return {
            "who": self.who,
            "method": self.method,
            "target": self.target[:500],
            "headers": [list(pair) for pair in self.headers],
            "body": self.body[:300].decode("latin-1"),
        }


@dataclass
class Site:
    """What is known of the site: its addresses, its pages and forms by who sees them."""

    routes: Sequence[Mapping[str, Any]]
    hall: Mapping[str, Any]
    pages: dict[str, list[str]] = field(default_factory=dict)
    forms: dict[str, list[Form]] = field(default_factory=dict)


def make_case(site: Site, chance: random.Random) -> Case:
    """Return one odd request."""
    who = chance.choice(list(site.pages))
    if _happens(chance, 0.08):
        return _live(site, who, chance)
    if site.forms[who] and _happens(chance, 0.4):
        return _filled(who, chance.choice(site.forms[who]), chance)
    path = _path(site, who, chance)
    method = chance.choices(METHODS, WEIGHTS)[0]
    headers, body = (), b""
    if method in {"POST", "PUT", "PATCH"}:
        headers, body = _body(chance)
    if _happens(chance, 0.2):
        headers = (*headers, chance.choice(HEADERS))
    return Case(who, method, path + _query(chance), headers, body)


def _happens(chance: random.Random, share: float) -> bool:
    return chance.random() < share


def _live(site: Site, who: str, chance: random.Random) -> Case:
    path = live_path(site.hall, chance)
    right = "GET" if path.partition("?")[0].endswith(("/me", "/state", "/metrics", "z")) else "POST"
    method = chance.choice((right, right, right, "GET", "POST", "PUT"))
    headers = (("Content-Type", chance.choice(("application/json",) * 9 + TYPES)),)
    body = live_body(site.hall, path, chance) if method != "GET" else b""
    return Case(who, method, path, headers, body)


def _path(site: Site, who: str, chance: random.Random) -> str:
    if site.pages[who] and _happens(chance, 0.4):
        return chance.choice(site.pages[who])
    route = chance.choice(site.routes)
    values = {place: _value(chance) for place in route["places"]}
    path = re.sub(r"%\((\w+)\)s", lambda found: values[found[1]], route["path"].replace("%%", "%"))
    return path.replace("/en/", f"/{chance.choice(('de', 'en', 'fr', 'it', 'sl', 'xx'))}/", 1)


def _value(chance: random.Random) -> str:
    if _happens(chance, 0.7):
        return chance.choice(NUMBERS[:6])
    return _quoted(chance.choice((*NUMBERS, *TEXTS)))[:2000] or "a"


def _query(chance: random.Random) -> str:
    if _happens(chance, 0.5):
        return ""
    pairs = [
        (chance.choice((*QUERIES, CANARY)), _quoted(chance.choice((*TEXTS, *NUMBERS)))[:3000])
        for _ in range(chance.randint(1, 4))
    ]
    return "?" + "&".join(f"{quote(name)}={value}" for name, value in pairs)


def _quoted(text: str) -> str:
    return quote_from_bytes(text.encode("utf-8", "surrogatepass"), safe="")


def _body(chance: random.Random) -> tuple[tuple[tuple[str, str], ...], bytes]:
    kind = chance.choice(TYPES)
    text = chance.choice((*TEXTS, "a=1&b=2", "csrfmiddlewaretoken=x"))
    body = text.encode("utf-8", "surrogatepass")
    if _happens(chance, 0.2):
        body = bytes(chance.randrange(256) for _ in range(chance.randint(1, 400)))
    return (("Content-Type", kind),), body


def _filled(who: str, form: Form, chance: random.Random) -> Case:
    """Send a form as the page would, with one to three of its fields made odd."""
    fields = list(form.fields)
    for _ in range(chance.randint(1, 3)):
        if not fields:
            break
        place = chance.randrange(len(fields))
        name, value = fields[place]
        if name == "csrfmiddlewaretoken" and _happens(chance, 0.9):
            continue
        if _happens(chance, 0.15):
            del fields[place]
        elif _happens(chance, 0.15):
            fields.insert(place, (name, value))
        else:
            fields[place] = (name, chance.choice((*TEXTS, *NUMBERS)))
    if form.files:
        return _with_files(who, form, fields, chance)
    body = urlencode(fields, errors="surrogatepass").encode()
    return Case(who, "POST", form.path, (("Content-Type", TYPES[0]),), body)


def _with_files(
    who: str, form: Form, fields: Sequence[tuple[str, str]], chance: random.Random
) -> Case:
    mark, lines = "fuzz4711", []
    for name, value in fields:
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        lines.append(head.encode() + value.encode("utf-8", "surrogatepass"))
    for name in form.files:
        file = chance.choice(("a.csv", "a.xlsx", "../a.docx", "a.pdf", "a.png", "ž.json"))
        head = f'--{mark}\r\nContent-Disposition: form-data; name="{name}"; filename="{file}"'
        head += "\r\nContent-Type: application/octet-stream\r\n\r\n"
        lines.append(head.encode() + chance.choice(FILES))
    body = b"\r\n".join(lines) + f"\r\n--{mark}--\r\n".encode()
    if _happens(chance, 0.2):
        body = body[: chance.randrange(len(body))]
    return Case(
        who, "POST", form.path, (("Content-Type", f"multipart/form-data; boundary={mark}"),), body
    )
