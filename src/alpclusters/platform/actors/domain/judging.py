"""Store what follows from a profile on its row, so that lists can filter and sort by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from alpclusters.platform.actors.domain.completeness import Completeness, filled_fields, score
from alpclusters.platform.actors.domain.labels import has_valid_label
from alpclusters.platform.actors.domain.profiles import Profile, Term, profile_of
from alpclusters.platform.actors.domain.staleness import Freshness, freshness
from alpclusters.platform.actors.domain.validation import Validation, validate
from alpclusters.platform.actors.models import ClusterOrganisation

COMPUTED = ("completeness", "validity", "has_valid_label", "computed_on")
BATCH = 500


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything that follows from a profile on one day."""

    profile: Profile
    validation: Validation
    completeness: Completeness
    freshness: Freshness
    has_valid_label: bool


def read_profile(cluster: ClusterOrganisation) -> Profile:
    """Return a row with its labels as plain values; reads labels as they were prefetched."""
    terms = [] if cluster.pk is None else [_term(label) for label in cluster.labels.all()]
    return profile_of(cluster, terms, filled_fields(cluster, has_label=bool(terms)))


def judge(cluster: ClusterOrganisation, *, today: date | None = None) -> Judgement:
    """Say what follows from a profile."""
    day = today or timezone.localdate()
    profile = read_profile(cluster)
    return Judgement(
        profile=profile,
        validation=validate(profile, today=day),
        completeness=score(profile.filled),
        freshness=freshness(profile.confirmed_on, today=day),
        has_valid_label=has_valid_label(profile.terms, today=day),
    )


def set_computed(cluster: ClusterOrganisation, *, today: date | None = None) -> bool:
    """Write what follows from a profile into the row without saving it; say if it differs."""
    day = today or timezone.localdate()
    found = judge(cluster, today=day)
    new = (found.completeness.score, found.validation.result.value, found.has_valid_label)
    old = (cluster.completeness, cluster.validity, cluster.has_valid_label)
    cluster.completeness, cluster.validity, cluster.has_valid_label = new
    cluster.computed_on = day
    return new != old


def store_computed(cluster: ClusterOrganisation, *, today: date | None = None) -> None:
    """Compute and store on the row; this is no change of the profile and makes no version."""
    set_computed(cluster, today=today)
    values = {name: getattr(cluster, name) for name in COMPUTED}
    ClusterOrganisation.objects.filter(pk=cluster.pk).update(**values)


def recompute(
    clusters: Iterable[ClusterOrganisation] | None = None, *, today: date | None = None
) -> list[int]:
    """Compute again what depends on the day; return the organisations where it changed."""
    if clusters is None:
        every = ClusterOrganisation.objects.select_related("organisation")
        clusters = every.prefetch_related("labels").order_by("pk")
    rows = list(clusters)
    changed = [row.organisation_id for row in rows if set_computed(row, today=today)]
    ClusterOrganisation.objects.bulk_update(rows, COMPUTED, batch_size=BATCH)
    return changed


def _term(label: object) -> Term:
    return Term(label.valid_from, label.valid_to)  # type: ignore[attr-defined]
