"""Evaluate an AlpCafé and keep the result as a snapshot."""

from datetime import datetime

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.platform.accounts.models import User
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.storage import digest_of, from_json, to_json
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.trail.domain.edges import tie, tie_all
from alpclusters.platform.trail.models import Edge


@transaction.atomic
def evaluate_cafe(cafe: AlpCafe, *, made_by: User | None, now: datetime) -> Snapshot:
    """Evaluate an AlpCafé as it stands and store the result.

    Unchanged ratings give the snapshot that is there already: same input, same digest.

    Raises
    ------
    StateError
        The AlpCafé was never opened (``snapshot.not_opened``).
    """
    if cafe.state == AlpCafe.State.DRAFT:
        code = "snapshot.not_opened"
        raise StateError(code, expected=AlpCafe.State.CLOSED)
    # Two evaluations at once would take the same number: the second waits here.
    locked = AlpCafe.objects.select_for_update(of=("self",)).get(pk=cafe.pk)
    data = to_json(compute(locked))
    digest = digest_of(data)
    latest = locked.snapshots.order_by("-number").first()
    if latest is not None and latest.digest == digest:
        return latest
    snapshot = Snapshot.objects.create(
        cafe=locked,
        number=latest.number + 1 if latest else 1,
        made_at=now,
        made_by=made_by,
        data=data,
        digest=digest,
    )
    _tie(snapshot, locked, by=made_by, now=now)
    return snapshot


def evaluation_of(snapshot: Snapshot) -> Evaluation:
    """Return what a snapshot holds."""
    return from_json(snapshot.data)


def is_unchanged(snapshot: Snapshot) -> bool:
    """Say whether the stored result still belongs to its digest."""
    return digest_of(snapshot.data) == snapshot.digest


def _tie(snapshot: Snapshot, cafe: AlpCafe, *, by: User | None, now: datetime) -> None:
    tie_all(Edge.Kind.SHOWN_AS, list(cafe.measures.all()), cafe, by=by, now=now)
    tie(Edge.Kind.RATES, cafe, snapshot, by=by, now=now)
