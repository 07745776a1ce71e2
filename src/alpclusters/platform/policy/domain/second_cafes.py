"""Let people rate recommendations in an AlpCafé, and take what they said into the next version.

A recommendation becomes a proposal of its project, a measure whose key carries the lasting number
of the recommendation and its version: by the key the results find their way back.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import Max, QuerySet

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.domain.events import Preparation, create_cafe
from alpclusters.platform.cafe.models import AlpCafe, Criterion
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.history import sign
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.proofs import derive_findings
from alpclusters.platform.policy.domain.statements import ground_recommendation
from alpclusters.platform.policy.domain.states import EDITABLE
from alpclusters.platform.policy.models import Recommendation
from alpclusters.platform.territory.models import Region

KEY: Final = re.compile(r"rec-(?P<uuid>[0-9a-f]{32})-v(?P<version>\d+)")
PREFIX: Final = "rec-"
_LONGEST: Final = {"name": 80, "description": 1200}


@dataclass(frozen=True, slots=True)
class Event:
    """Where and when people rate; titles by language."""

    region: Region
    held_on: date
    titles: dict[str, str]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Grounded:
    """What came of a snapshot: recommendations with new findings, and those that are decided."""

    changed: tuple[Recommendation, ...]
    decided: tuple[Recommendation, ...]
    n_findings: int


def key_of(recommendation: Recommendation) -> str:
    """Return the key of the measure that stands for a recommendation in its present version."""
    return f"{PREFIX}{recommendation.uuid.hex}-v{recommendation.version}"


@transaction.atomic
def measures_of(
    recommendations: Collection[Recommendation], *, kind: Measure | None = None, by: User | None
) -> list[Measure]:
    """Make proposals of recommendations, each once per version.

    Parameters
    ----------
    recommendations : collection of Recommendation
        Of one project.
    kind : Measure, optional
        Type of the catalogue for those that rest on the rating of no measure.
    by : User or None

    Raises
    ------
    InputError
        None is chosen (``second_cafe.none``), one has no title or text
        (``second_cafe.languages``), or no type is known for one (``second_cafe.kind``).
    """
    if not recommendations:
        code = "second_cafe.none"
        raise InputError(code, where=Where(field="recommendations"))
    return [_measure(one, kind, by) for one in recommendations]


@transaction.atomic
def prepare_cafe(
    project: Project, measures: Sequence[Measure], event: Event, *, by: User | None
) -> AlpCafe:
    """Prepare an AlpCafé in which these proposals are rated by the usual criteria."""
    wanted = Preparation(
        project=project,
        region=event.region,
        titles=event.titles,
        held_on=event.held_on,
        measures=measures,
        criteria=list(Criterion.objects.filter(is_default=True)),
        programme={"place": event.place},
    )
    return create_cafe(wanted, by=by)


def snapshots_on(project: Project) -> QuerySet[Snapshot]:
    """List the evaluations of AlpCafés of a project on recommendations, the newest first."""
    rows = Snapshot.objects.filter(
        cafe__project=project,
        cafe__measures__key__startswith=PREFIX,
        cafe__measures__project=project,
    )
    return rows.select_related("cafe__region").distinct().order_by("-made_at", "-pk")


@transaction.atomic
def ground_again(snapshot: Snapshot, *, by: User | None, now: datetime) -> Grounded:
    """Let recommendations rest on what people said of them, besides what they rest on already.

    Raises
    ------
    StateError
        No measure of the AlpCafé is a recommendation (``second_cafe.no_measures``).
    """
    # Codes of findings are counted per project.
    project = Project.objects.select_for_update(of=("self",)).get(pk=snapshot.cafe.project_id)
    found = list(_pairs(snapshot, project))
    if not found:
        raise StateError("second_cafe.no_measures")
    changed, decided, n = [], [], 0
    for measure, recommendation in found:
        if recommendation.state not in EDITABLE:
            decided.append(recommendation)
            continue
        findings = derive_findings(snapshot, measure, by=by, now=now)
        old = list(recommendation.findings.all())
        new = [one for one in findings if one not in old]
        ground_recommendation(recommendation, [*old, *new], by=by, now=now)
        changed.append(recommendation)
        n += len(new)
    return Grounded(tuple(changed), tuple(decided), n)


def _pairs(snapshot: Snapshot, project: Project) -> Sequence[tuple[Measure, Recommendation]]:
    measures = snapshot.cafe.measures.filter(project=project, key__startswith=PREFIX)
    keys = {m.pk: UUID(hit["uuid"]) for m in measures if (hit := KEY.fullmatch(m.key))}
    rows = Recommendation.objects.filter(project=project, uuid__in=keys.values())
    by_uuid = {one.uuid: one for one in rows}
    return [(m, by_uuid[keys[m.pk]]) for m in measures if keys.get(m.pk) in by_uuid]


def _measure(one: Recommendation, kind: Measure | None, by: User | None) -> Measure:
    known = Measure.objects.filter(project=one.project_id, key=key_of(one)).first()
    return known or _new(one, _origin(one) or kind, by)


def _origin(one: Recommendation) -> Measure | None:
    """Return the measure of the catalogue or of people on whose rating it rests."""
    rated = one.findings.filter(measure__isnull=False).select_related("measure").order_by("pk")
    first = rated.first()
    return first.measure if first else None


def _new(one: Recommendation, kind: Measure | None, by: User | None) -> Measure:
    texts = {"name": one.title.filled(), "description": one.text.filled()}
    if not all(texts[field]["en"] for field in texts):
        code = "second_cafe.languages"
        raise InputError(code, where=Where(field="recommendations"), found=one.code)
    if kind is None:
        code = "second_cafe.kind"
        raise InputError(code, where=Where(field="kind"), found=one.code)
    last = Measure.objects.aggregate(last=Max("order"))["last"] or 0
    made = Measure(
        key=key_of(one),
        type_key=kind.type_key,
        project_id=one.project_id,
        phase=kind.phase,
        mode=kind.mode,
        motive=kind.motive,
        order=last + 1,
    )
    for field, longest in _LONGEST.items():
        setattr(
            made,
            field,
            getattr(made, field).put(
                {c: shortened(texts[field][c], longest) for c in LANGUAGE_CODES}
            ),
        )
    sign(made, by)
    made.save()
    return made


def shortened(text: str, longest: int) -> str:
    """Cut a text at a word, with three dots for what is left out.

    Examples
    --------
    >>> shortened("Open the voucher to partners abroad", 20)
    'Open the voucher …'
    """
    if len(text) <= longest:
        return text
    head = text[: longest - 2].rsplit(" ", 1)[0].rstrip()
    return f"{head[: longest - 2]} …"
