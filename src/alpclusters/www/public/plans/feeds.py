"""What changed in a plan, as an Atom feed: reports, milestones, ends, versions; no people."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Final

from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.policy.models import Action, Milestone, PlanSnapshot, ProgressReport
from alpclusters.reports.characters import clean_text
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_percent
from alpclusters.www.public.plans.readings import Reading

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
