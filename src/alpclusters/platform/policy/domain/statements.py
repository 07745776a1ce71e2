"""Findings that people state: what a lesson, the network, funding or a consultation says.

Ratings give findings with figures by themselves (`findings`); these are sentences in five
languages with the source they were read from, and the certainty it had then.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.grading import shown_grade
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.history import sign
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.domain.proofs import PREFIX
from alpclusters.platform.policy.models import Finding, Recommendation
from alpclusters.platform.territory.models import Region
from alpclusters.platform.trail.domain.edges import retie, tie
from alpclusters.platform.trail.models import Edge

# Kind of a finding -> the column that names its source.
SOURCES: Final[Mapping[str, str]] = {
    Finding.Kind.LESSON: "lesson",
    Finding.Kind.NETWORK: "network",
    Finding.Kind.FUNDING: "mix",
    Finding.Kind.CONSULTATION: "consultation",
}


@transaction.atomic
def state_finding(  # noqa: PLR0913 - one per part of a finding
    project: Project,
    kind: str,
    source: Any,
    *,
    statement: Mapping[str, str],
    direction: str,
    regions: Collection[Region] = (),
    by: User | None,
    now: datetime,
) -> Finding:
    """Write down what a source says, in the languages given.

    Parameters
    ----------
    project : Project
    kind : str
        Of `SOURCES`; findings from ratings are derived, not written.
    source : Model
        Lesson, snapshot of the network, computed mix, or consultation.
    statement : mapping of str to str
        By language; for a lesson its own words where a language is missing.
    direction : str
    regions : collection of Region, optional
        Where it holds; everywhere if none is named.
    by : User or None
    now : datetime

    Raises
    ------
    InputError
        A kind that is not written (``finding.kind``), no sentence (``finding.no_statement``).
    """
    if kind not in SOURCES:
        code = "finding.kind"
        raise InputError(code, where=Where(field="kind"), found=kind, expected=", ".join(SOURCES))
    texts = _statement(source, statement)
    # Codes are counted per project: two people at once would get the same one.
    owner = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    codes = Finding.objects.filter(project=owner).order_by().values_list("code", flat=True)
    finding = Finding(
        project=owner,
        kind=kind,
        direction=direction,
        code=f"{PREFIX}{next_number(codes, PREFIX)}",
        certainty=_certainty(source),
        valid_from=now.date(),
        made_at=now,
        **{SOURCES[kind]: source},
    )
    finding.statement = finding.statement.put(texts)
    sign(finding, by)
    finding.save()
    finding.regions.set(regions)
    tie(Edge.Kind.STATES, source, finding, by=by, now=now)
    return finding


@transaction.atomic
def edit_finding(
    finding: Finding,
    *,
    statement: Mapping[str, str],
    direction: str,
    regions: Collection[Region],
    by: User | None,
) -> Finding:
    """Change the words, the direction and the regions; the source stays what it is.

    Raises
    ------
    StateError
        A newer finding stands in its place (``finding.superseded``).
    InputError
        No sentence for a finding that is no rating (``finding.no_statement``).
    """
    current = _current(finding)
    if current.kind != Finding.Kind.RATING and not any(map(str.strip, statement.values())):
        code = "finding.no_statement"
        raise InputError(code, where=Where(field=input_name("statement", "en")))
    current.statement = current.statement.put(statement)
    current.direction = direction
    sign(current, by)
    current.save()
    current.regions.set(regions)
    return current


@transaction.atomic
def supersede_finding(
    finding: Finding, successor: Finding, *, by: User | None, now: datetime
) -> Finding:
    """Put a newer finding in the place of one; recommendations rest on the newer one from now on.

    Raises
    ------
    StateError
        It was superseded before (``finding.superseded``).
    InputError
        Itself, one of another project, or one that was superseded (``finding.successor``).
    """
    current = _current(finding)
    standing = Finding.objects.filter(project=current.project_id, superseded_by__isnull=True)
    if not standing.exclude(pk=current.pk).filter(pk=successor.pk).exists():
        code = "finding.successor"
        raise InputError(code, where=Where(field="superseded_by"), found=successor.code)
    current.superseded_by = successor
    sign(current, by, reason=f"superseded by {successor.code}")
    current.save()
    for recommendation in Recommendation.objects.filter(findings=current).order_by("pk"):
        recommendation.findings.add(successor)
        tie(Edge.Kind.GROUNDS, successor, recommendation, by=by, now=now)
    return current


@transaction.atomic
def ground_recommendation(
    recommendation: Any, findings: Collection[Finding], *, by: User | None, now: datetime
) -> None:
    """Let a recommendation rest on exactly these findings of its project.

    Raises
    ------
    InputError
        A finding of another project (``finding.project``).
    """
    for finding in findings:
        if finding.project_id != recommendation.project_id:
            code = "finding.project"
            raise InputError(code, where=Where(argument="findings"), found=finding.code)
    recommendation.findings.set(findings)
    retie(Edge.Kind.GROUNDS, findings, recommendation, by=by, now=now)


def _statement(source: Any, given: Mapping[str, str]) -> dict[str, str]:
    """Return the sentence by language, with the words of a lesson where none was written."""
    if isinstance(source, Lesson):
        own = source.statement.each()
        return {code: given.get(code, "").strip() or text for code, text in own.items()}
    if not any(text.strip() for text in given.values()):
        code = "finding.no_statement"
        raise InputError(code, where=Where(field=input_name("statement", "en")))
    return {code: text.strip() for code, text in given.items()}


def _certainty(source: Any) -> str:
    """Return the letter a lesson has now; other sources have none."""
    if not isinstance(source, Lesson):
        return ""
    grade = shown_grade(source).grade
    return grade if grade in ("A", "B", "C", "D") else ""


def _current(finding: Finding) -> Finding:
    current = Finding.objects.select_for_update(of=("self",)).get(pk=finding.pk)
    if current.superseded_by_id is not None:
        code = "finding.superseded"
        raise StateError(code, found=current.code)
    return current
