"""Two consultations of the demonstration: one answered and published, one open."""

from collections.abc import Mapping
from datetime import timedelta
from hashlib import sha256
from typing import Any, Final

from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.recommendations import Drawn
from alpclusters.platform.policy.domain.demonstration.tables import table, table_by
from alpclusters.platform.policy.domain.texts import column
from alpclusters.platform.policy.models import Comment, Consultation, Recommendation
from alpclusters.platform.seed_rows import Row, texts

FIELDS: Final = ("title", "problem", "text", "expected_effect")
# After the opening comments come in, after the close they are answered.
CAME: Final = timedelta(days=4)
ANSWERED: Final = timedelta(days=1)


def hold_consultation(key: str, project: Project, drawn: Drawn, calendar: Calendar) -> None:
    """Store a consultation with the texts as they stand, its comments and their answers."""
    row = next(row for row in table("consultations") if row["key"] == key)
    discussed = {k: drawn[k] for k in row["recommendations"].split() if k in drawn}
    if not discussed:
        return
    held = Consultation.objects.create(
        project=project,
        state=row["state"],
        opens_on=calendar.day(row["opens"]),
        closes_on=calendar.day(row["closes"]),
        versions={str(one.pk): one.version for one in discussed.values()},
        texts={str(one.pk): _texts(one) for one in discussed.values()},
        **texts(row, "title", "introduction"),
    )
    held.recommendations.set(discussed.values())
    rows = table_by("comments", "consultation")[key]
    Comment.objects.bulk_create(
        _comment(held, discussed[line["recommendation"]], line, number, row, calendar)
        for number, line in enumerate(rows)
        if line["recommendation"] in discussed
    )


def _texts(one: Recommendation) -> dict[str, dict[str, list[str]]]:
    return {
        field: {code: _paragraphs(one, field, code) for code in LANGUAGE_CODES} for field in FIELDS
    }


def _paragraphs(one: Recommendation, field: str, language: str) -> list[str]:
    from alpclusters.analysis.plans import split_paragraphs  # noqa: PLC0415 - NumPy comes with it

    return list(split_paragraphs(getattr(one, column(field, language)) or ""))


def _comment(
    held: Consultation,
    recommendation: Recommendation,
    line: Row,
    number: int,
    row: Row,
    calendar: Calendar,
) -> Comment:
    paragraph = int(line["paragraph"])
    told = _paragraphs(recommendation, line["field"], line["language"])
    return Comment(
        consultation=held,
        recommendation=recommendation,
        version=recommendation.version,
        field=line["field"],
        language=line["language"],
        paragraph=paragraph,
        quote=told[paragraph] if paragraph < len(told) else "",
        text=line["text"],
        on_behalf_of=line["on_behalf_of"],
        # No link leads to it: nobody can act for an invented body.
        token_hash=sha256(f"simulated {held.pk} {number}".encode()).hexdigest(),
        state=line["state"],
        made_at=calendar.moment(row["opens"]) + CAME,
        **_answer(line, row, calendar),
    )


def _answer(line: Row, row: Row, calendar: Calendar) -> Mapping[str, Any]:
    if not line["answer"]:
        return {}
    answered_at = calendar.moment(row["closes"]) + ANSWERED
    return {"answer": line["answer"], "answered_at": answered_at}
