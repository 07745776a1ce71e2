"""The plan as a workbook: one sheet an object, with heads that stay the same in every version."""

from collections.abc import Iterable
from typing import Final

from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import ActionLine, IndicatorLine
from alpclusters.reports.blocks import Cell, Column, Document, Row, Table
from alpclusters.reports.plan.document import document_of
from alpclusters.reports.plan.reading import PlanSubject

# Heads are names of fields, the same in every language: programs read them.
_DATES: Final = frozenset(
    {"starts_on", "ends_on", "done_on", "stopped_on", "due", "forecast", "baseline_on"}
    | {"refers_to", "confirmed_on", "decided_on"}
)
_NUMBERS: Final = frozenset(
    {"weight", "likelihood", "impact", "amount_cents", "lag_days", "delay_days", "n"}
    | {"estimate", "low", "high", "progress", "baseline", "value", "cannot_judge_share"}
)


def build_plan_workbook(subject: PlanSubject, *, language: str) -> Document:
    """Build the sheets: plan, actions, milestones, costs, funding, indicators and the others.

    Parameters
    ----------
    subject : PlanSubject
    language : str
        Of the texts; the heads of the columns are the same in every language.
    """
    name = translator(language).gettext("Political action plan")
    tables = tuple(table for table in _tables(subject, language))
    return document_of(subject.record, tables, language, kind="plan", name=name)


def _tables(subject: PlanSubject, language: str) -> Iterable[Table]:
    record = subject.record
    yield _sheet("actions", _ACTION, (_action(a, language) for a in record.actions))
    yield _sheet("recommendations", _RECOMMENDATION, _recommendations(subject, language))
    yield _sheet("findings", _FINDING, _findings(subject, language))
    yield _sheet("players", ("action", "body", "role"), _players(record.actions))
    yield _sheet("milestones", _MILESTONE, _milestones(record.actions, language))
    yield _sheet("dependencies", ("action", "after", "lag_days"), _dependencies(record.actions))
    yield _sheet("costs", ("action", "year", "type", "amount_cents", "currency"), _costs(subject))
    yield _sheet(
        "funding", ("action", "source", "status", "amount_cents", "currency"), _funding(subject)
    )
    yield _sheet("indicators", _INDICATOR, _indicators(subject, language))
    yield _sheet("targets", ("indicator", "due", "value"), _targets(subject))
    yield _sheet("values", ("indicator", "refers_to", "value", "source"), _values(subject))
    yield _sheet("risks", ("action", "text", "likelihood", "impact", "answer"), _risks(
        record.actions, language
    ))  # fmt: skip
    yield _sheet("open_points", ("severity", "code", "text"), _points(subject))


_ACTION: Final = (
    "uuid", "code", "title", "background", "description", "level", "regions", "responsible",
    "starts_on", "ends_on", "done_on", "stopped_on", "weight", "critical", "state",
    "status_computed", "status_shown", "progress", "forecast", "delay_days", "recommendations",
)  # fmt: skip
_RECOMMENDATION: Final = (
    "uuid", "code", "title", "problem", "text", "rationale", "expected_effect", "level",
    "addressee", "instrument", "theme", "horizon", "cost_band", "state", "strength_computed",
    "strength_shown", "findings",
)  # fmt: skip
_FINDING: Final = (
    "code", "kind", "direction", "statement", "measure", "criterion", "n", "estimate", "low",
    "high", "cannot_judge_share", "certainty", "convention",
)  # fmt: skip
_MILESTONE: Final = ("action", "title", "due", "weight", "critical", "done_on", "evidence")
_INDICATOR: Final = (
    "uuid", "action", "code", "name", "unit", "stage", "direction", "path", "baseline",
    "baseline_on", "source", "status",
)  # fmt: skip


def _sheet(name: str, heads: tuple[str, ...], rows: Iterable[Row]) -> Table:
    columns = tuple(_column(head) for head in heads)
    return Table(columns, tuple(rows), name=name)


def _column(head: str) -> Column:
    if head in _DATES:
        return Column(head, "date")
    if head == "year":
        return Column(head, "code")  # 2026, not 2,026
    return Column(head, "number") if head in _NUMBERS else Column(head)


def _action(line: ActionLine, language: str) -> Row:
    status = line.status
    return (
        line.uuid,
        line.code,
        word(line.title, language),
        word(line.background, language),
        word(line.description, language),
        line.level,
        ", ".join(word(region, language) for region in line.regions),
        line.responsible,
        line.starts_on,
        line.ends_on,
        line.done_on,
        line.stopped_on,
        line.weight,
        _yes(holds=line.critical),
        str(status.state),
        str(status.colour),
        str(line.shown),
        status.progress,
        status.forecast,
        status.delay_days,
        ", ".join(r.code for r in line.recommendations),
    )


def _recommendations(subject: PlanSubject, language: str) -> Iterable[Row]:
    for line in subject.recommendations:
        strength = subject.strengths.get(line.pk)
        texts: tuple[Words | None, ...] = (
            line.title,
            line.problem,
            line.text,
            line.rationale,
            line.expected_effect,
        )
        yield (
            line.uuid,
            line.code,
            *(word(words, language) if words else "" for words in texts),
            line.level,
            line.addressee,
            line.instrument,
            line.theme,
            line.horizon,
            line.cost_band,
            line.state,
            strength.computed if strength else "",
            strength.shown if strength else "",
            ", ".join(one.code for one in line.evidence),
        )


def _findings(subject: PlanSubject, language: str) -> Iterable[Row]:
    for line in subject.record.evidence:
        yield (
            line.code,
            line.kind,
            line.direction,
            word(line.statement, language) if line.statement else "",
            line.measure_key,
            word(line.criterion, language) if line.criterion else "",
            line.n,
            line.estimate,
            line.low,
            line.high,
            line.cannot_judge_share,
            line.certainty,
            line.convention,
        )


def _players(actions: Iterable[ActionLine]) -> Iterable[Row]:
    return ((a.code, p.body, p.role) for a in actions for p in a.players)


def _milestones(actions: Iterable[ActionLine], language: str) -> Iterable[Row]:
    for action in actions:
        for stone in action.milestones:
            yield (
                action.code,
                word(stone.title, language),
                stone.due,
                stone.weight,
                _yes(holds=stone.critical),
                stone.done_on,
                stone.evidence,
            )


def _dependencies(actions: Iterable[ActionLine]) -> Iterable[Row]:
    return ((a.code, d.code, d.lag_days) for a in actions for d in a.dependencies)


def _costs(subject: PlanSubject) -> Iterable[Row]:
    for action in subject.record.actions:
        for cost in action.costs:
            yield (action.code, cost.year, cost.type, cost.amount_cents, cost.currency)


def _funding(subject: PlanSubject) -> Iterable[Row]:
    for action in subject.record.actions:
        for line in action.funding:
            source = line.offer or line.source
            yield (action.code, source, line.status, line.amount_cents, line.currency)


def _all_indicators(subject: PlanSubject) -> Iterable[tuple[str, IndicatorLine]]:
    yield from (("", line) for line in subject.record.indicators)
    yield from ((a.code, line) for a in subject.record.actions for line in a.indicators)


def _indicators(subject: PlanSubject, language: str) -> Iterable[Row]:
    for action, line in _all_indicators(subject):
        yield (
            line.uuid,
            action,
            line.code,
            word(line.name, language),
            word(line.unit, language),
            line.stage,
            line.direction,
            line.path,
            line.baseline,
            line.baseline_on,
            word(line.source, language),
            str(line.status.colour),
        )


def _targets(subject: PlanSubject) -> Iterable[Row]:
    return (
        (line.uuid, target.due, target.value)
        for _, line in _all_indicators(subject)
        for target in line.targets
    )


def _values(subject: PlanSubject) -> Iterable[Row]:
    return (
        (line.uuid, value.refers_to, value.value, value.source)
        for _, line in _all_indicators(subject)
        for value in line.values
    )


def _risks(actions: Iterable[ActionLine], language: str) -> Iterable[Row]:
    for action in actions:
        for risk in action.risks:
            texts = (word(risk.text, language), word(risk.answer, language))
            yield (action.code, texts[0], risk.likelihood, risk.impact, texts[1])


def _points(subject: PlanSubject) -> Iterable[Row]:
    return ((str(point.severity), point.code, point.words) for point in subject.open_points)


def _yes(*, holds: bool) -> Cell:
    return "yes" if holds else "no"
