"""Topics of the Funding and Tenders portal, as its search (SEDIA) answers: calls with their days.

No field of the answer holds a condition or a rate of funding; its text may say some.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, Final, Literal

from alpclusters.analysis.errors import FileFormatError, RecordError, Where, shown
from alpclusters.sources.json_items import json_items
from alpclusters.sources.organisation_fields import website_of
from alpclusters.sources.project_values import date_of, plain_text
from alpclusters.sources.records import Licence
from alpclusters.sources.streams import open_text

SOURCE: Final = "sedia"
LICENCE: Final = Licence(
    key="",
    attribution="Source: EU Funding & Tenders Portal",
    address="https://ec.europa.eu/info/funding-tenders/opportunities/portal/",
)
# Codes that were seen; others are unknown, never guessed.
STATUS: Final[Mapping[str, "TopicStatus"]] = {
    "31094501": "forthcoming",
    "31094502": "open",
    "31094503": "closed",
}
GRANTS: Final = frozenset(("1", "2", "8"))
PREFERRED: Final = "en"
_LISTS: Final = frozenset(("results",))
_MOST_PAGES: Final = 400
_MOST_DAYS: Final = 50

type TopicStatus = Literal["forthcoming", "open", "closed", "unknown"]


@dataclass(frozen=True, slots=True)
class SourceTopic:
    """One topic.

    Attributes
    ----------
    identifier : str
        In capitals; with it a topic is found again.
    title, call : str
    language : str
        Of the title, two letters.
    opens : date or None
    deadlines : tuple of date
        Several are several cut-offs or stages.
    status : str
    action_type : str
    programme : str
        Code of the portal, such as ``43108390``.
    period : str
    budget_ct, min_grant_ct, max_grant_ct, n_grants : int or None
        None where the answer does not say it; a budget is the sum of its years.
    address : str
    text : str
        The description, plain: to look for conditions in.
    file : str
    line : int
        Which result of the file.
    """

    identifier: str
    title: str
    language: str
    opens: date | None
    deadlines: tuple[date, ...]
    status: TopicStatus
    file: str
    line: int
    call: str = ""
    action_type: str = ""
    programme: str = ""
    period: str = ""
    budget_ct: int | None = None
    min_grant_ct: int | None = None
    max_grant_ct: int | None = None
    n_grants: int | None = None
    address: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TopicReading:
    """What was read: ``n_rows`` is the sum of the topics, the errors and the repeats."""

    topics: tuple[SourceTopic, ...]
    errors: tuple[RecordError, ...]
    n_repeats: int

    @property
    def n_rows(self) -> int:
        """Results in all files."""
        return len(self.topics) + len(self.errors) + self.n_repeats


def read_topics(path: Path) -> TopicReading:
    """Read one answer of the search, or a folder with its pages.

    A topic that stands there in several languages or twice is read once, in English if it can be.

    Parameters
    ----------
    path : Path
        JSON, or a folder of at most 400 files ``*.json``.

    Raises
    ------
    FileFormatError
        Nothing there, no JSON, or no result at all.
    """
    topics: dict[str, SourceTopic] = {}
    errors: list[RecordError] = []
    n_repeats = 0
    for found in _things(path):
        if isinstance(found, RecordError):
            errors.append(found)
            continue
        there = topics.get(found.identifier)
        n_repeats += there is not None
        if there is None or (found.language == PREFERRED != there.language):
            topics[found.identifier] = found
    if not topics and not errors:
        raise FileFormatError("sedia.no_results", where=Where(file=path.name))
    return TopicReading(tuple(topics.values()), tuple(errors), n_repeats)


def _things(path: Path) -> Iterator[SourceTopic | RecordError]:
    for page in _pages(path):
        text = open_text(page, name=page.name)
        for line, item in enumerate(json_items(text, lists=_LISTS), start=1):
            try:
                yield _Result(item, page.name, line).topic()
            except RecordError as error:
                yield error


def _pages(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(one for one in path.glob("*.json") if one.is_file())[:_MOST_PAGES]


class _Result:
    """One result of the search; every value of its metadata is a list of texts."""

    def __init__(self, item: Mapping[str, Any], file: str, line: int) -> None:
        found = item.get("metadata")
        self._item, self._file, self._line = item, file, line
        self._said: Mapping[str, Any] = found if isinstance(found, dict) else {}

    def topic(self) -> SourceTopic:
        """Read the topic.

        Raises
        ------
        RecordError
            It has no identifier or title, or is a tender.
        """
        identifier = self._text("identifier")[:120].upper()
        if not identifier:
            raise self._error("sedia.no_identifier", "identifier")
        kind = self._text("type")
        if kind and kind not in GRANTS:
            raise self._error("sedia.no_grant", "type", kind)
        title = self._text("title") or _line(self._item.get("title"))
        if not title:
            raise self._error("sedia.no_title", "title", identifier)
        opens, deadlines = date_of(self._text("startDate")[:10]), self._days("deadlineDate")
        if opens and deadlines and deadlines[-1] < opens:
            raise self._error("sedia.days_reversed", "deadlineDate", deadlines[-1].isoformat())
        return SourceTopic(
            identifier=identifier,
            title=title[:300],
            language=(self._text("language") or _line(self._item.get("language")))[:2] or "en",
            opens=opens,
            deadlines=deadlines,
            status=STATUS.get(self._text("status"), "unknown"),
            file=self._file,
            line=self._line,
            call=self._text("callIdentifier")[:120],
            action_type=self._text("typesOfAction")[:200],
            programme=self._text("frameworkProgramme")[:20],
            period="-".join(self._text("programmePeriod").replace(" ", "").split("-"))[:9],
            address=(website_of(_line(self._item.get("url"))) or "")[:500],
            text=plain_text(self._text("descriptionByte", is_plain=False)),
            **self._money(identifier),
        )

    def _money(self, identifier: str) -> dict[str, int | None]:
        """Read the budget of this topic; a text that is no JSON says nothing."""
        try:
            read = json.loads(self._text("budgetOverview", is_plain=False) or "{}")
            groups = list(read.get("budgetTopicActionMap", {}).values())
            actions = [one for group in groups for one in group]
            own = [
                one for one in actions if str(one.get("action", "")).upper().startswith(identifier)
            ]
        except (ValueError, RecursionError, AttributeError, TypeError):
            return {}
        if not own:
            return {}
        return {
            "budget_ct": _sum(own),
            "min_grant_ct": _cents(own[0].get("minContribution")),
            "max_grant_ct": _cents(own[0].get("maxContribution")),
            "n_grants": _count(own[0].get("expectedGrants")),
        }

    def _text(self, name: str, *, is_plain: bool = True) -> str:
        values = self._said.get(name)
        first = values[0] if isinstance(values, list) and values else values
        return _line(first) if is_plain else str(first or "")

    def _days(self, name: str) -> tuple[date, ...]:
        values = self._said.get(name)
        days = (date_of(_line(one)[:10]) for one in (values if isinstance(values, list) else []))
        return tuple(sorted({day for day in days if day}))[:_MOST_DAYS]

    def _error(self, code: str, field: str, found: str = "") -> RecordError:
        where = Where(file=self._file, line=self._line, field=field)
        error = RecordError(code, where=where, found=shown(found))
        error.cells = (self._text("identifier"), self._text("title"))
        return error


def _line(value: Any) -> str:
    """Return a foreign text in one line, without tags and entities."""
    return " ".join(plain_text(str(value)).split()) if isinstance(value, str | int) else ""


def _sum(actions: list[Mapping[str, Any]]) -> int | None:
    years = [one.get("budgetYearMap") for one in actions]
    amounts = [_cents(v) for year in years if isinstance(year, dict) for v in year.values()]
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _cents(value: Any) -> int | None:
    try:
        amount = Decimal(str(value))
        return int(amount * 100) if amount.is_finite() and 0 < amount < 10**13 else None
    except (InvalidOperation, ValueError):
        return None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and 0 < value < 10**6 else None
