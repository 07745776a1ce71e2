"""A plan as open data: actions, indicators, values and the whole as JSON and CSV.

Names of columns are stable and English, dates ISO, money whole cents; texts stand in all five
languages. There are no people in it: bodies by their names, reports without who sent them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Final

from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    ActionOutline,
    IndicatorLine,
    PlanRecord,
)
from alpclusters.platform.policy.models import Action, Milestone, PlanSnapshot, ProgressReport
from alpclusters.reports.characters import clean_text
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_percent
from alpclusters.reports.plan_words.status import forecast_of
from alpclusters.www.public.evidence_data import About, sent_table
from alpclusters.www.public.plans.readings import Reading

LICENCE: Final = (
    "Free to use with attribution: name the publisher of the plan, AlpClusters, the address and "
    "the date."
)
KINDS: Final = ("json", "csv")
type Row = Mapping[str, Any]


def _columns(*names: str) -> tuple[str, ...]:
    """Spread a name with a star over the languages."""
    return tuple(
        column
        for name in names
        for column in (
            [f"{name[:-1]}_{code}" for code in LANGUAGE_CODES] if name.endswith("*") else [name]
        )
    )


PLAN: Final = _columns(
    "uuid", "slug", "title*", "summary*", "publisher", "policy_instrument", "level", "version",
    "published_at", "starts_on", "ends_on", "status_of_plan", "reported_share", "status_on",
    "status_convention", "snapshot_number", "snapshot_sha256", "is_simulated", "licence",
)  # fmt: skip
ACTIONS: Final = _columns(
    "uuid", "code", "title*", "level", "responsible", "starts_on", "ends_on", "done_on",
    "stopped_on", "weight", "is_critical", "state", "status_shown", "status_computed",
    "status_last_known", "progress_share", "progress_source", "forecast_on", "delay_days",
    "reasons", "waits_for", "status_on", "status_convention", "is_simulated", "licence",
)  # fmt: skip
INDICATORS: Final = _columns(
    "uuid", "action", "code", "name*", "unit*", "direction", "stage", "path", "baseline",
    "baseline_on", "targets", "frequency_days", "state", "status", "expected", "progress_share",
    "expected_share", "n_values", "last_value", "last_value_on", "status_on", "status_convention",
    "is_simulated", "licence",
)  # fmt: skip
VALUES: Final = _columns(
    "indicator", "action", "refers_to", "value", "unit_en", "source", "note", "is_simulated",
    "licence",
)  # fmt: skip


def plan_rows(reading: Reading) -> Iterator[Row]:
    """Return the plan itself, one row."""
    record = reading.record
    yield {
        "uuid": record.uuid,
        "slug": record.slug,
        **_texts("title", record.title),
        **_texts("summary", record.summary),
        "publisher": record.publisher,
        "policy_instrument": record.policy_instrument,
        "level": record.level,
        "version": record.version,
        "published_at": record.published_at.isoformat() if record.published_at else None,
        "starts_on": _iso(record.starts_on),
        "ends_on": _iso(record.ends_on),
        "status_of_plan": str(record.joint.colour),
        "reported_share": record.progress.reported_share,
        "status_on": _iso(record.today),
        "status_convention": record.progress.convention,
        "snapshot_number": record.snapshot.number if record.snapshot else None,
        "snapshot_sha256": record.snapshot.digest if record.snapshot else None,
        **_marks(record),
    }


def action_rows(reading: Reading) -> Iterator[Row]:
    """Return one row per action."""
    record = reading.record
    before: dict[int, list[str]] = {}
    codes = {line.pk: line.code for line in record.outlines}
    for first, then, _lag in record.edges:
        before.setdefault(then, []).append(codes.get(first, ""))
    for line in record.outlines:
        yield {**_action(line, record), "waits_for": "; ".join(before.get(line.pk, ()))}


def _action(line: ActionOutline, record: PlanRecord) -> Row:
    status = line.status
    return {
        "uuid": line.uuid,
        "code": line.code,
        **_texts("title", line.title),
        "level": line.level,
        "responsible": line.responsible,
        "starts_on": _iso(line.starts_on),
        "ends_on": _iso(line.ends_on),
        "done_on": _iso(line.done_on),
        "stopped_on": _iso(line.stopped_on),
        "weight": line.weight,
        "is_critical": line.critical,
        "state": str(status.state),
        "status_shown": str(line.shown),
        "status_computed": str(status.colour),
        "status_last_known": str(status.last_known) if status.last_known else None,
        "progress_share": status.progress,
        "progress_source": status.progress_source,
        "forecast_on": _iso(forecast_of(line)),
        "delay_days": status.delay_days,
        "reasons": "; ".join(reason.key for reason in status.reasons),
        "status_on": _iso(record.today),
        "status_convention": status.convention,
        **_marks(record),
    }


def indicator_rows(reading: Reading) -> Iterator[Row]:
    """Return one row per indicator, those of the plan as a whole first."""
    for action, line in _indicators(reading):
        status = line.status
        yield {
            "uuid": line.uuid,
            "action": action.code if action else "",
            "code": line.code,
            **_texts("name", line.name),
            **_texts("unit", line.unit),
            "direction": line.direction,
            "stage": line.stage,
            "path": line.path,
            "baseline": _number(line.baseline),
            "baseline_on": _iso(line.baseline_on),
            "targets": "; ".join(f"{t.due.isoformat()}={_number(t.value)}" for t in line.targets),
            "frequency_days": line.frequency_days,
            "state": str(status.state),
            "status": str(status.colour),
            "expected": status.expected,
            "progress_share": status.progress,
            "expected_share": status.expected_progress,
            "n_values": len(line.values),
            "last_value": _number(line.latest.value) if line.latest else None,
            "last_value_on": _iso(line.latest.refers_to) if line.latest else None,
            "status_on": _iso(reading.record.today),
            "status_convention": status.convention,
            **_marks(reading.record),
        }


def value_rows(reading: Reading) -> Iterator[Row]:
    """Return one row per confirmed value."""
    for action, line in _indicators(reading):
        for value in line.values:
            yield {
                "indicator": line.uuid,
                "action": action.code if action else "",
                "refers_to": _iso(value.refers_to),
                "value": _number(value.value),
                "unit_en": line.unit.get("en", ""),
                "source": value.source,
                "note": value.note,
                **_marks(reading.record),
            }


TABLES: Final[Mapping[str, tuple[tuple[str, ...], Callable[[Reading], Iterable[Row]]]]] = {
    "plan": (PLAN, plan_rows),
    "actions": (ACTIONS, action_rows),
    "indicators": (INDICATORS, indicator_rows),
    "values": (VALUES, value_rows),
}
# Tables that need every indicator with its values.
IN_FULL: Final = frozenset({"indicators", "values"})


def sent_data(
    request: HttpRequest, reading: Reading, name: str, kind: str, base: str
) -> StreamingHttpResponse:
    """Send one table as JSON or CSV."""
    columns, rows = TABLES[name]
    address = base + reverse("public:plan", args=[reading.plan.slug])
    about = About(f"{reading.title}: {name}", address, reading.record.today)
    found = list(rows(reading))
    return sent_table(request, kind, f"plan-{name}", columns, found, about)


def _indicators(reading: Reading) -> Iterator[tuple[ActionLine | None, IndicatorLine]]:
    for line in reading.record.indicators:
        yield None, line
    for action in reading.record.actions:
        for line in action.indicators:
            yield action, line


def _marks(record: PlanRecord) -> Row:
    return {"is_simulated": record.is_simulated, "licence": LICENCE}


def _texts(name: str, words: Words) -> Row:
    return {f"{name}_{code}": words.get(code, "") for code in LANGUAGE_CODES}


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _number(value: Any) -> float | int | None:
    """Return a stored number as JSON knows it: whole where it is whole."""
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


# --- What changed in a plan, as an Atom feed: reports, milestones, ends, versions; no people ------


MOST: Final = 50
_NOON: Final = time(12, tzinfo=UTC)


@dataclass(frozen=True)
class News:
    """One change: when, what, where to read on."""

    at: datetime
    title: str
    text: str
    url: str
    key: str


def feed_of(reading: Reading, *, base: str, path: str) -> bytes:
    """Write the last changes of a plan."""
    feed = Atom1Feed(
        title=clean_text(_("AlpClusters: %(title)s") % {"title": reading.title}),
        link=base + reverse("public:plan", args=[reading.plan.slug]),
        feed_url=base + path,
        description=clean_text(word(reading.record.summary, reading.language)),
        language=reading.language,
    )
    for news in sorted(_news(reading), key=lambda one: one.at, reverse=True)[:MOST]:
        feed.add_item(
            title=clean_text(news.title),
            link=base + news.url,
            description=clean_text(news.text),
            unique_id=f"{base}{news.url}#{news.key}",
            updateddate=news.at,
        )
    text: str = feed.writeString("utf-8")
    return text.encode()


def _news(reading: Reading) -> Iterator[News]:
    yield from _reports(reading)
    yield from _milestones(reading)
    yield from _ends(reading)
    yield from _snapshots(reading)
    if reading.record.published_at:
        yield News(
            reading.record.published_at,
            _("Version %(n)s was published") % {"n": reading.record.version},
            reading.title,
            reverse("public:plan", args=[reading.plan.slug]),
            f"version-{reading.record.version}",
        )


def _reports(reading: Reading) -> Iterator[News]:
    rows = ProgressReport.objects.filter(action__plan=reading.plan).select_related("action")
    for report in rows.order_by("-reported_at", "-pk")[:MOST]:
        said = (
            _("Reported: %(share)s done.")
            % {"share": format_percent(report.progress, reading.language)}
            if report.progress is not None
            else _("Reported without a figure.")
        )
        yield News(
            report.reported_at,
            _name(report.action, reading),
            f"{said} {report.text}".strip(),
            reading.url_of(report.action.code),
            f"report-{report.pk}",
        )


def _milestones(reading: Reading) -> Iterator[News]:
    rows = Milestone.objects.filter(action__plan=reading.plan, done_on__isnull=False)
    for milestone in rows.select_related("action").order_by("-done_on", "-pk")[:MOST]:
        yield News(
            _at(milestone.done_on),
            _name(milestone.action, reading),
            _("Milestone reached: %(title)s")
            % {"title": word(milestone.title.each(), reading.language)},
            reading.url_of(milestone.action.code),
            f"milestone-{milestone.uuid}",
        )


def _ends(reading: Reading) -> Iterator[News]:
    for line in reading.record.outlines:
        day = line.done_on or line.stopped_on
        if day is None:
            continue
        sentence = _("Done on %(date)s.") if line.done_on else _("Stopped on %(date)s.")
        yield News(
            _at(day),
            reading.title_of(line),
            sentence % {"date": format_date(day, reading.language)},
            reading.url_of(line.code),
            f"end-{line.uuid}",
        )


def _snapshots(reading: Reading) -> Iterator[News]:
    rows = PlanSnapshot.objects.filter(plan=reading.plan).order_by("-number")
    for number, digest, made_at in rows.values_list("number", "digest", "made_at")[:MOST]:
        yield News(
            made_at,
            _("Snapshot %(n)s of the plan") % {"n": number},
            f"SHA-256 {digest}",
            reverse("public:plan", args=[reading.plan.slug]),
            f"snapshot-{number}",
        )


def _name(action: Action, reading: Reading) -> str:
    return f"{action.code} {word(action.title.each(), reading.language)}"


def _at(day: date | None) -> datetime:
    """Return noon of a day: a date has no hour."""
    return datetime.combine(day or date.min, _NOON)
