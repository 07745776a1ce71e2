"""Links that a source shows: two cluster organisations in one published project.

Derived again and again they stay one link. What people say of them (reports, that a link is not
so) is never written over; a link whose source no longer names both sides is withdrawn, and stands
again when the source names them again.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import batched, combinations
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.tasks import task
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from alpclusters.platform.evidence.models import Initiative, Participation
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.network.domain.measuring.asking import measure_soon
from alpclusters.platform.network.models import Link

# Beyond that, taking part says nothing about knowing each other (network.md, section 1).
MOST_PARTICIPANTS: Final = 100
_SLICE: Final = 500
_FROM_SOURCE: Final = (
    "topic", "started_on", "funding", "funding_ends_on", "source", "licence",
)  # fmt: skip

type Pair = tuple[int, int]


@dataclass(slots=True)
class Derived:
    """How many links were made, brought up to date, and taken back."""

    n_new: int = 0
    n_changed: int = 0
    n_withdrawn: int = 0

    def __bool__(self) -> bool:
        return bool(self.n_new or self.n_changed or self.n_withdrawn)


def derive_links(initiative: Initiative, *, now: datetime | None = None) -> Derived:
    """Make a link of each pair of cluster organisations that take part in an initiative.

    Returns
    -------
    Derived
        Nothing in it where all links stood as they are.
    """
    rows = Initiative.objects.filter(pk=initiative.pk)
    return _derive(rows, Link.objects.filter(initiative=initiative), now or timezone.now())


def derive_all_links(*, now: datetime | None = None) -> Derived:
    """Derive the links of all initiatives."""
    return _derive(Initiative.objects.all(), Link.objects.all(), now or timezone.now())


def _derive(initiatives: "QuerySet[Initiative]", links: "QuerySet[Link]", now: datetime) -> Derived:
    wanted = _wanted(initiatives)
    touched = set(wanted) | set(_with_derived(links))
    found = Derived()
    for some in batched(sorted(touched), _SLICE):
        with transaction.atomic():
            _derive_some(some, wanted, found, now)
    return found


def _with_derived(links: "QuerySet[Link]") -> Iterable[int]:
    rows = links.filter(entered_for=None).exclude(initiative=None)
    return rows.order_by().values_list("initiative", flat=True).distinct()


def _wanted(initiatives: "QuerySet[Initiative]") -> dict[int, dict[Pair, bool]]:
    """Return the pairs that take part, by initiative; with each whether it is simulated."""
    small = _of_fitting_size(initiatives)
    rows = Participation.objects.filter(
        initiative__in=initiatives,
        initiative__is_published=True,
        has_left=False,
        organisation__cluster__isnull=False,
        organisation__merged_into=None,
        organisation__is_simulated=F("initiative__is_simulated"),
    ).exclude(initiative__kind=Initiative.Kind.PROGRAMME_LINE)
    bodies: defaultdict[int, dict[int, bool]] = defaultdict(dict)
    for pk, organisation, invented in rows.order_by("pk").values_list(
        "initiative", "organisation", "organisation__is_simulated"
    ):
        bodies[pk][organisation] = invented
    return {
        pk: {pair: known[pair[0]] for pair in combinations(sorted(known), 2)}
        for pk, known in bodies.items()
        if len(known) > 1 and pk in small
    }


def _of_fitting_size(initiatives: "QuerySet[Initiative]") -> set[int]:
    """Return those with at least two known bodies and not too many participants."""
    counted = Participation.objects.filter(initiative__in=initiatives).order_by()
    sizes = counted.values("initiative").annotate(
        n=Count("body_key", distinct=True),
        known=Count("organisation", distinct=True, filter=Q(organisation__cluster__isnull=False)),
    )
    fitting = sizes.filter(known__gt=1, n__lte=MOST_PARTICIPANTS)
    return set(fitting.values_list("initiative", flat=True))


def _derive_some(
    keys: Iterable[int], wanted: Mapping[int, Mapping[Pair, bool]], found: Derived, now: datetime
) -> None:
    initiatives = Initiative.objects.select_related("programme").in_bulk(list(keys))
    there = _there(initiatives)
    new: list[Link] = []
    for pk, initiative in initiatives.items():
        facts = facts_of(initiative)
        derived, stated = there[pk]
        pairs = wanted.get(pk, {})
        for pair, invented in pairs.items():
            if pair in derived:
                found.n_changed += _keep(derived[pair], facts)
            elif pair not in stated:
                new.append(_link(pair, initiative, facts, now, is_simulated=invented))
        gone = [link for pair, link in derived.items() if pair not in pairs]
        found.n_withdrawn += sum(_take_back(link) for link in gone)
    made = Link.objects.bulk_create(new)
    history_of(Link).bulk_history_create(made, default_change_reason="derive")
    found.n_new += len(made)


def _there(
    initiatives: Mapping[int, Initiative],
) -> Mapping[int, tuple[dict[Pair, Link], set[Pair]]]:
    """Return by initiative the derived links, and the pairs of which people say it themselves."""
    found: defaultdict[int, tuple[dict[Pair, Link], set[Pair]]] = defaultdict(lambda: ({}, set()))
    rows = Link.objects.select_for_update(of=("self",)).filter(initiative__in=list(initiatives))
    # A merge may leave two of a pair: the one that stands comes first.
    for link in sorted(rows.order_by("pk"), key=lambda link: link.standing != Link.Standing.SOURCE):
        derived, stated = found[link.initiative_id]  # type: ignore[index]
        pair = (link.first_id, link.second_id)
        if link.entered_for_id is None:
            derived.setdefault(pair, link)
        elif link.type == Link.Type.JOINT_PROJECT and link.standing in _SAID:
            stated.add(pair)
    return found


_SAID: Final = (Link.Standing.ENTERED, Link.Standing.CONFIRMED)


def facts_of(initiative: Initiative) -> dict[str, Any]:
    """Return what a source says of the links of an initiative."""
    return {
        "topic": (initiative.topic or initiative.title)[:200],
        "started_on": initiative.start,
        "funding": str(initiative.programme or "")[:160],
        "funding_ends_on": initiative.end,
        "source": initiative.source,
        "licence": initiative.licence,
    }


def _link(
    pair: Pair,
    initiative: Initiative,
    facts: Mapping[str, Any],
    now: datetime,
    *,
    is_simulated: bool,
) -> Link:
    is_funded = initiative.end is not None and initiative.end >= timezone.localdate(now)
    has_begun = initiative.start is not None and initiative.start <= timezone.localdate(now)
    status = Link.Status.ACTIVE_FUNDED if is_funded and has_begun else Link.Status.UNKNOWN
    return Link(
        first_id=pair[0],
        second_id=pair[1],
        initiative=initiative,
        type=Link.Type.JOINT_PROJECT,
        standing=Link.Standing.SOURCE,
        status=status,
        entered_at=now,
        is_simulated=is_simulated,
        **facts,
    )


def _keep(link: Link, facts: Mapping[str, Any]) -> bool:
    """Let a derived link say what its source says now; True where something is different."""
    # Somebody said that it is not so: no source says otherwise.
    if link.decided_by_id is not None or link.standing == Link.Standing.REFUSED:
        return False
    values = {**facts, "standing": Link.Standing.SOURCE}
    changed = [name for name, value in values.items() if getattr(link, name) != value]
    for name in changed:
        setattr(link, name, values[name])
    return _stored(link, changed)


def _take_back(link: Link) -> bool:
    if link.standing != Link.Standing.SOURCE:
        return False
    link.standing = Link.Standing.WITHDRAWN
    return _stored(link, ["standing"])


def _stored(link: Link, changed: list[str]) -> bool:
    if changed:
        sign(link, None, reason="derive")
        link.save(update_fields=[*changed, "changed_at"])
    return bool(changed)


# --- Derive links behind the page: after an import, or when a body in an initiative is known ------


@task
def derive_in_background(initiative_id: int | None = None) -> None:
    """Derive the links of one initiative, or of all; the network is measured after it."""
    # Also for joint projects: those who take part were stored without a signal.
    measure_soon()
    if initiative_id is None:
        derive_all_links()
        return
    initiative = Initiative.objects.filter(pk=initiative_id).first()
    # Deleted since it was asked for.
    if initiative is not None:
        derive_links(initiative)


def derive_later(initiative_id: int | None = None) -> None:
    """Ask for it once; what waits already is not asked for again."""
    path = derive_in_background.module_path
    waiting = DBTaskResult.objects.ready().filter(task_path=path)
    if any(result.args_kwargs["args"] == [initiative_id] for result in waiting):
        return
    derive_in_background.enqueue(initiative_id)
