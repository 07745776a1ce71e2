"""The trail of an action, from the source to the value that was reported."""

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import ActionLine, IndicatorLine
from alpclusters.reports.blocks import Station, TrailBox
from alpclusters.reports.numbers import (
    format_figure,
    format_integer,
    format_money,
    format_n,
    format_number,
    format_with_unit,
)
from alpclusters.reports.plan.subject import PlanSubject, TrailCount
from alpclusters.reports.plan.words import cut

_HERE = 5


def trail_box(line: ActionLine, subject: PlanSubject, language: str) -> TrailBox:
    """Return the trail of an action; what nobody recorded is shown as missing.

    The value that was reported, or else the money, is the last station: once there is one.
    """
    text = translator(language)
    count = subject.trails.get(line.pk, TrailCount())
    stations = [
        _source_station(count, language),
        _lesson_station(count, line, language),
        _measure_station(line, language),
        _rating_station(line, language),
        _recommendation_station(line, language),
        Station(text.gettext("Action"), cut(word(line.title, language)), line.code),
    ]
    last = _value_station(line, language) or _funding_station(line, language)
    return TrailBox((*stations, last) if last else tuple(stations), current=_HERE)


def _source_station(count: TrailCount, language: str) -> Station:
    text = translator(language)
    if not count.documents:
        return Station(text.gettext("Source"), is_missing=True)
    n = text.ngettext("%(n)s document", "%(n)s documents", count.documents) % {
        "n": format_integer(count.documents, language)
    }
    return Station(text.gettext("Source"), cut(count.first_document), n)


def _lesson_station(count: TrailCount, line: ActionLine, language: str) -> Station:
    text = translator(language)
    grades = ", ".join(sorted({e.certainty for e in line.evidence if e.certainty}))
    if not count.lessons:
        return Station(text.gettext("Lesson"), is_missing=True)
    n = text.ngettext("%(n)s lesson", "%(n)s lessons", count.lessons) % {
        "n": format_integer(count.lessons, language)
    }
    return Station(
        text.gettext("Lesson"), cut(count.first_lesson), f"{n} · {grades}" if grades else n
    )


def _measure_station(line: ActionLine, language: str) -> Station:
    names = list(dict.fromkeys(word(e.measure, language) for e in line.evidence if e.measure_key))
    name = translator(language).gettext("Measure")
    return Station(name, cut(", ".join(names)), is_missing=not names)


def _rating_station(line: ActionLine, language: str) -> Station:
    text = translator(language)
    ratings = [e for e in line.evidence if e.n is not None and e.measure_key]
    if not ratings:
        return Station(text.gettext("Rating"), is_missing=True)
    first = ratings[0]
    people = format_n(first.n or 0, language)
    if first.estimate is None:
        return Station(text.gettext("Rating"), "", people)
    value = format_figure(first.estimate, first.scale, language)
    if first.scale is not None and not first.scale.is_share:
        high = format_integer(first.scale.ends[1], language)
        value = text.gettext("%(mean)s of %(high)s") % {"mean": value, "high": high}
    return Station(text.gettext("Rating"), value, people)


def _recommendation_station(line: ActionLine, language: str) -> Station:
    name = translator(language).gettext("Recommendation")
    if not line.recommendations:
        return Station(name, is_missing=True)
    codes = ", ".join(r.code for r in line.recommendations)
    return Station(name, cut(word(line.recommendations[0].title, language)), codes)


def _funding_station(line: ActionLine, language: str) -> Station | None:
    if not line.funding:
        return None
    first = line.funding[0]
    amount = format_money(first.amount_cents, first.currency, language)
    name = translator(language).gettext("Funding")
    return Station(name, cut(first.offer or first.source), amount)


def _value_station(line: ActionLine, language: str) -> Station | None:
    measured = [one for one in line.indicators if one.latest is not None]
    if not measured:
        return None
    name = translator(language).gettext("Value")
    return Station(name, cut(word(measured[0].name, language)), _value(measured[0], language))


def _value(line: IndicatorLine, language: str) -> str:
    if line.latest is None:
        return ""
    unit = word(line.unit, language)
    value = line.latest.value.normalize()
    return format_with_unit(value, unit, language) if unit else format_number(value, language)
