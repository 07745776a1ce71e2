"""Where calls are fetched from: the EU portal, aides-territoires (France), incentivi.gov.it."""

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request

from alpclusters.analysis.errors import SourceError
from alpclusters.sources.call_pages import Asker, Fetched, fetch_pages, page_of

PAGE_SIZE: Final = 50
SEDIA: Final = "https://api.tech.ec.europa.eu/search-api/prod/rest/search"
AIDES: Final = "https://aides-territoires.beta.gouv.fr/api/"
INCENTIVI: Final = "https://www.incentivi.gov.it/sites/default/files/open-data/"
HOSTS: Final[Mapping[str, frozenset[str]]] = {
    "sedia": frozenset({"api.tech.ec.europa.eu"}),
    "aides-territoires": frozenset({"aides-territoires.beta.gouv.fr"}),
    "incentivi": frozenset({"www.incentivi.gov.it"}),
}
SOURCES: Final = tuple(HOSTS)
_BACK: Final = 7
_NOT_FOUND: Final = 404
# Grants, forthcoming or open, of the programmes of 2021 to 2027.
_QUERY: Final[Mapping[str, Any]] = {
    "bool": {
        "must": [
            {"terms": {"type": ["1", "2", "8"]}},
            {"terms": {"status": ["31094501", "31094502"]}},
            {"term": {"programmePeriod": "2021 - 2027"}},
        ]
    }
}


@dataclass(slots=True)
class SediaPages:
    """The search of the EU portal; its key is the public word SEDIA, nobody signs in."""

    address: str = SEDIA

    def request(self, page: int) -> Request:
        """Ask for grants that are open or forthcoming, newest first."""
        asked = {"apiKey": "SEDIA", "text": "***", "pageSize": PAGE_SIZE, "pageNumber": page}
        parts = {
            "query": _QUERY,
            "languages": ["en"],
            "sort": {"order": "DESC", "field": "startDate"},
        }
        mark = secrets.token_hex(16)
        head = {"Content-Type": f"multipart/form-data; boundary={mark}"}
        address = f"{self.address}?{urlencode(asked)}"
        return Request(address, _multipart(parts, mark), head, method="POST")  # noqa: S310 - checked by the opener's owner

    def has_more(self, answer: bytes, page: int) -> bool:
        """Compare the number of results with what the pages so far hold."""
        read = _object(answer, self.address)
        results, total = read.get("results"), read.get("totalResults")
        size = read.get("pageSize", PAGE_SIZE)
        if not isinstance(results, list) or not isinstance(total, int) or not isinstance(size, int):
            raise _wrong(self.address)
        return bool(results) and page * size < total

    def sign_in(self, ask: Callable[[Request], bytes]) -> None:
        """Need nothing."""


@dataclass(slots=True)
class AidesPages:
    """The interface of aides-territoires: the token of an account gets a pass of some hours."""

    token: str
    address: str = AIDES
    bearer: str = ""

    def request(self, page: int) -> Request:
        """Ask for a page of aids."""
        asked = urlencode({"page": page, "itemsPerPage": PAGE_SIZE})
        head = {"Authorization": f"Bearer {self.bearer}", "Accept": "application/json"}
        return Request(f"{self.address}aids/?{asked}", headers=head)  # noqa: S310 - checked by the opener's owner

    def has_more(self, answer: bytes, page: int) -> bool:  # noqa: ARG002 - the answer says it
        """Say whether the answer names a next page."""
        read = _object(answer, self.address)
        if not isinstance(read.get("results"), list):
            raise _wrong(self.address)
        return bool(read["results"]) and bool(read.get("next"))

    def sign_in(self, ask: Callable[[Request], bytes]) -> None:
        """Get a pass for the token."""
        head = {"X-AUTH-TOKEN": self.token, "Accept": "application/json"}
        asked = Request(f"{self.address}connexion/", b"", head, method="POST")  # noqa: S310 - checked by the opener's owner
        try:
            self.bearer = str(_object(ask(asked), self.address).get("token") or "")
        except HTTPError as error:
            reason = f"{error.code} {error.reason}"
            values = {"reason": reason}
            code = "source.unreachable"
            raise SourceError(code, found=self.address, expected=reason, values=values) from error


def fetch_calls(
    source: str, folder: Path, asker: Asker, *, token: str = "", today: date, address: str = ""
) -> Fetched:
    """Fetch what a source has on calls.

    Parameters
    ----------
    source : str
        One of `SOURCES`.
    folder : Path
        Where the answers are kept.
    asker : Asker
    token : str
        Of the operator's account at aides-territoires.
    today : date
        The Italian file is named by its day; up to a week back is looked for.
    address : str
        For tests; empty is the source's own.

    Raises
    ------
    SourceError
    """
    if source == "incentivi":
        return _fetch_incentives(folder, asker, today, address or INCENTIVI)
    pages = (
        AidesPages(token, address or AIDES) if source != "sedia" else SediaPages(address or SEDIA)
    )
    return fetch_pages(pages, folder, asker)


def _fetch_incentives(folder: Path, asker: Asker, today: date, address: str) -> Fetched:
    folder.mkdir(parents=True, exist_ok=True)
    for back in range(_BACK + 1):
        day = today - timedelta(days=back)
        name = f"{day.year}-{day.month}-{day.day}_opendata-export.csv"
        try:
            content = asker.ask(Request(address + name))  # noqa: S310 - checked by the opener's owner
        except HTTPError as error:
            if error.code == _NOT_FOUND:
                continue
            reason = f"{error.code} {error.reason}"
            values = {"reason": reason}
            code = "source.unreachable"
            raise SourceError(code, found=address, expected=reason, values=values) from error
        path = page_of(folder, 1).with_suffix(".csv")
        path.write_bytes(content)
        return Fetched(folder, 1, 1, is_complete=True)
    code, reason = "source.unreachable", str(_NOT_FOUND)
    raise SourceError(code, found=address, expected=reason, values={"reason": reason})


def _multipart(parts: Mapping[str, Any], mark: str) -> bytes:
    lines = []
    for name, value in parts.items():
        lines += [
            f"--{mark}",
            f'Content-Disposition: form-data; name="{name}"; filename="blob"',
            "Content-Type: application/json",
            "",
            json.dumps(value),
        ]
    return "\r\n".join([*lines, f"--{mark}--", ""]).encode()


def _object(answer: bytes, address: str) -> dict[str, Any]:
    try:
        read = json.loads(answer)
    except (ValueError, RecursionError) as error:
        raise _wrong(address) from error
    if not isinstance(read, dict):
        raise _wrong(address)
    return read


def _wrong(address: str) -> SourceError:
    return SourceError("source.wrong_answer", found=address)
