"""A plan in the template of a ministry: the values its tags may name, and a small sample."""

import io
from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from alpclusters.platform.evaluation.domain.records import Words, word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    EvidenceLine,
    IndicatorLine,
    RecommendationLine,
)
from alpclusters.platform.policy.models import (
    Cost,
    Finding,
    FundingLine,
    Indicator,
    Recommendation,
)
from alpclusters.reports.cells import simulated_label, status_word
from alpclusters.reports.dates import format_date, format_date_range
from alpclusters.reports.identity import filled_digest
from alpclusters.reports.numbers import (
    format_figure,
    format_figures,
    format_integer,
    format_money,
    format_number,
    format_percent,
)
from alpclusters.reports.plan.figures import indicator_name, indicator_status_mark
from alpclusters.reports.plan.findings import certainty_words, finding_words
from alpclusters.reports.plan.reading import PlanSubject
from alpclusters.reports.plan.words import choice_word, level_name
from alpclusters.reports.plan_words.status import plan_word, reason_texts, status_of
from alpclusters.sources.word_templates import fill_template

type Values = dict[str, Any]


def fill_own_template(data: bytes, subject: PlanSubject, *, language: str, name: str) -> bytes:
    """Fill the template of a ministry with a plan.

    Parameters
    ----------
    data : bytes
        A DOCX with tags; docs/user/plan-documents.md lists what they may name.
    subject : PlanSubject
        Read in the same language.
    language : str
    name : str
        How the file is called; for the error.

    Raises
    ------
    FileFormatError
        As `sources.word_templates.fill_template`, with the paragraph of a wrong tag.

    Notes
    -----
    A simulated plan says so in every page head, whatever the template says.
    """
    mark = simulated_label(language) if subject.record.is_simulated else ""
    values = template_values(subject, language)
    values["plan"]["digest"] = own_digest(data, subject, language)
    return fill_template(data, values, name=name, mark=mark)


def own_digest(data: bytes, subject: PlanSubject, language: str) -> str:
    """Return the hash of a filled template: of the template and of all that can stand in it."""
    return filled_digest(data, template_values(subject, language))


def template_values(subject: PlanSubject, language: str) -> Values:
    """Return everything a tag may name, as texts in the language; ``digest`` comes at the end."""
    return {
        "plan": _plan(subject, language),
        "actions": [_action(line, subject, language) for line in subject.record.actions],
        "recommendations": [
            _recommendation(line, subject, language) for line in subject.recommendations
        ],
        "findings": [_finding(line, language) for line in subject.record.evidence],
        "money": _money(subject, language),
        "open_points": [{"about": p.code, "text": p.words} for p in subject.open_points],
    }


def _plan(subject: PlanSubject, language: str) -> Values:
    record = subject.record
    return {
        "title": word(record.title, language),
        "summary": word(record.summary, language),
        "publisher": record.publisher,
        "policy_instrument": record.policy_instrument,
        "version": format_integer(record.version, language),
        "date": format_date(record.text_on or record.today, language),
        "period": _period(record.starts_on, record.ends_on, language),
        "project": record.acronym,
        "regions": [word(region, language) for region in record.regions],
        "status": plan_word(record.joint, language),
        "status_date": format_date(record.today, language),
        "digest": "",
        "report": format_integer(record.snapshot.number, language) if record.snapshot else "",
        "report_date": format_date(record.snapshot.made_on, language) if record.snapshot else "",
        "report_digest": record.snapshot.digest if record.snapshot else "",
        "simulated": record.is_simulated,
        "draft": not record.is_published,
        "indicators": [_indicator(line, language) for line in record.indicators],
    }


def _action(line: ActionLine, subject: PlanSubject, language: str) -> Values:
    progress = line.status.progress
    return {
        "code": line.code,
        "title": word(line.title, language),
        "background": word(line.background, language),
        "description": word(line.description, language),
        "level": level_name(line.level, language),
        "regions": [word(region, language) for region in line.regions],
        "responsible": line.responsible,
        "players": [{"body": player.body, "role": player.role} for player in line.players],
        "start": _day(line.starts_on, language),
        "end": _day(line.ends_on, language),
        "period": _period(line.starts_on, line.ends_on, language),
        "status": status_word(status_of(line, language), language),
        "reasons": reason_texts(line.status.reasons, language, subject.codes),
        "progress": "" if progress is None else format_percent(progress, language),
        "critical": line.critical,
        "milestones": [
            {
                "title": word(stone.title, language),
                "due": format_date(stone.due, language),
                "done": _day(stone.done_on, language),
            }
            for stone in line.milestones
        ],
        "costs": [
            {
                "year": str(cost.year),
                "type": choice_word(Cost.Type, cost.type, language),
                "amount": format_money(cost.amount_cents, cost.currency, language),
            }
            for cost in line.costs
        ],
        "funding": [
            {
                "source": one.offer or one.source,
                "amount": format_money(one.amount_cents, one.currency, language),
                "state": choice_word(FundingLine.Status, one.status, language),
            }
            for one in line.funding
        ],
        "indicators": [_indicator(one, language) for one in line.indicators],
        "risks": [
            {
                "text": word(risk.text, language),
                "likelihood": str(risk.likelihood),
                "impact": str(risk.impact),
                "answer": word(risk.answer, language),
            }
            for risk in line.risks
        ],
        "recommendations": [r.code for r in line.recommendations],
        "findings": [one.code for one in line.evidence],
        "reason_not_done": word(line.reason_not_done, language),
    }


def _indicator(line: IndicatorLine, language: str) -> Values:
    target = line.targets[-1] if line.targets else None
    return {
        "name": indicator_name(line, language),
        "stage": choice_word(Indicator.Stage, line.stage, language),
        "baseline": "" if line.baseline is None else format_number(line.baseline, language),
        "target": format_number(target.value, language) if target else "",
        "target_date": format_date(target.due, language) if target else "",
        "value": format_number(line.latest.value, language) if line.latest else "",
        "value_date": format_date(line.latest.refers_to, language) if line.latest else "",
        "status": status_word(indicator_status_mark(line, language), language),
    }


def _recommendation(line: RecommendationLine, subject: PlanSubject, language: str) -> Values:
    strength = subject.strengths.get(line.pk)
    shown = strength.shown if strength else ""
    return {
        "code": line.code,
        "title": word(line.title, language),
        "problem": _said(line.problem, language),
        "text": word(line.text, language),
        "rationale": word(line.rationale, language),
        "expected_effect": _said(line.expected_effect, language),
        "strength": choice_word(Recommendation.Strength, shown, language),
        "strength_reasons": list(strength.reasons) if strength else [],
        "addressee": line.addressee,
        "level": level_name(line.level, language),
        "findings": [one.code for one in line.evidence],
        "actions": [
            a.code
            for a in subject.record.actions
            if any(r.pk == line.pk for r in a.recommendations)
        ],
    }


def _finding(line: EvidenceLine, language: str) -> Values:
    has_interval = line.low is not None and line.high is not None
    return {
        "code": line.code,
        "kind": choice_word(Finding.Kind, line.kind, language),
        "text": finding_words(line, language),
        "estimate": ""
        if line.estimate is None
        else format_figure(line.estimate, line.scale, language),
        "interval": format_figures(line.low or 0, line.high or 0, line.scale, language)
        if has_interval
        else "",
        "n": "" if line.n is None else format_integer(line.n, language),
        "certainty": line.certainty,
        "certainty_words": certainty_words(line.certainty, language),
    }


def _money(subject: PlanSubject, language: str) -> list[Values]:
    return [
        {
            "currency": one.currency,
            "planned": format_money(one.planned_cents, one.currency, language),
            "applied": format_money(one.applied_cents, one.currency, language),
            "granted": format_money(one.granted_cents, one.currency, language),
            "spent": format_money(one.spent_cents, one.currency, language),
        }
        for one in subject.record.money_sums
    ]


def _said(words: Words | None, language: str) -> str:
    return word(words, language) if words else ""


def _day(day: date | None, language: str) -> str:
    return format_date(day, language) if day else ""


def _period(first: date | None, last: date | None, language: str) -> str:
    return format_date_range(first, last, language) if first and last else ""


_SAMPLE: Final[Sequence[tuple[str, str]]] = (
    ("Title", "{{ plan.title }}"),
    ("Subtitle", "{{ plan.publisher }} · {{ plan.date }}"),
    ("Body Text", "{{ plan.summary }}"),
    ("Heading 1", "{recommendations}"),
    ("Body Text", "{%p for r in recommendations %}"),
    ("Heading 2", "{{ r.code }} {{ r.title }}"),
    ("Body Text", "{{ r.text }}"),
    ("Body Text", "{strength}: {{ r.strength }}"),
    ("Body Text", "{%p endfor %}"),
    ("Heading 1", "{actions}"),
    ("Body Text", "{%p for a in actions %}"),
    ("Heading 2", "{{ a.code }} {{ a.title }}"),
    ("Body Text", "{{ a.description }}"),
    ("Body Text", "{responsible}: {{ a.responsible }}"),
    ("Body Text", "{timeframe}: {{ a.period }}"),
    ("Body Text", "{%p for c in a.costs %}"),
    ("List Bullet", "{{ c.year }}, {{ c.type }}: {{ c.amount }}"),
    ("Body Text", "{%p endfor %}"),
    ("Body Text", "{%p endfor %}"),
)


def sample_template(language: str) -> bytes:
    """Return a small template to begin with, its own words in the language."""
    from docx import Document as new_docx  # noqa: N813 - slow module, and a function

    text = translator(language)
    names = {
        "{recommendations}": text.gettext("Recommendations"),
        "{strength}": text.gettext("Strength"),
        "{actions}": text.gettext("Actions"),
        "{responsible}": text.gettext("Responsible body"),
        "{timeframe}": text.gettext("Timeframe"),
    }
    docx = new_docx()
    for style, line in _SAMPLE:
        shown = line
        for name, words in names.items():
            shown = shown.replace(name, words)
        docx.add_paragraph(shown, style=style)
    out = io.BytesIO()
    docx.save(out)
    return out.getvalue()
