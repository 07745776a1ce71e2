"""Corpora and their initiatives as rows, with what is left to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding import Progress
from alpclusters.platform.evidence.models import Activity, Coding, Corpus, Initiative
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.reports.numbers import format_integer
from alpclusters.www.components.parts import Figure

OPEN = Q(initiatives__activities__state=Activity.State.OPEN)
DISPUTED = Q(initiatives__activities__state=Activity.State.DISPUTED)


@dataclass(frozen=True)
class CorpusRow:
    """One corpus with its counts."""

    corpus: Corpus
    n_initiatives: int
    n_activities: int
    n_done: int
    n_disputed: int


@dataclass(frozen=True)
class InitiativeRow:
    """One initiative of a corpus: its activities by state, and what the reader has to do."""

    initiative: Initiative
    n_activities: int
    n_done: int
    n_disputed: int
    n_own_open: int
    n_own_closed: int


@dataclass(frozen=True)
class CoderRow:
    """One coder's work."""

    name: str
    n_begun: int
    n_closed: int


@dataclass(frozen=True)
class ProgressView:
    """Progress in words."""

    figures: Sequence[Figure]
    n_needed: int
    n_closed: int
    coders: Sequence[CoderRow]


def read_corpora(user: User) -> list[CorpusRow]:
    """Read all corpora of a person in one query."""
    counted = corpora_of(user).annotate(
        n_initiatives=Count("initiatives", distinct=True),
        n_activities=Count("initiatives__activities", distinct=True),
        n_open=Count("initiatives__activities", filter=OPEN, distinct=True),
        n_disputed=Count("initiatives__activities", filter=DISPUTED, distinct=True),
    )
    return [
        CorpusRow(
            row,
            row.n_initiatives,
            row.n_activities,
            row.n_activities - row.n_open - row.n_disputed,
            row.n_disputed,
        )
        for row in counted.select_related("project", "codebook").order_by("name", "pk")
    ]


def initiative_rows(
    corpus: Corpus, initiatives: Sequence[Initiative], user: User
) -> list[InitiativeRow]:
    """Count the activities of some initiatives in two queries."""
    del corpus  # the same counts in every corpus: an activity is coded once for all
    states = _counts(initiatives)
    own = _own(initiatives, user)
    return [
        InitiativeRow(
            initiative,
            sum(states.get(initiative.pk, {}).values()),
            sum(
                states.get(initiative.pk, {}).get(state, 0)
                for state in (Activity.State.ONCE, Activity.State.SETTLED)
            ),
            states.get(initiative.pk, {}).get(Activity.State.DISPUTED, 0),
            *own.get(initiative.pk, (0, 0)),
        )
        for initiative in initiatives
    ]


def progress_view(progress: Progress, n_coders: int) -> ProgressView:
    """Say how far a corpus is."""
    of = _("of %(n)s") % {"n": _figure(progress.n_activities)}
    empty = ngettext("%(n)s without an activity", "%(n)s without an activity", progress.n_empty) % {
        "n": _figure(progress.n_empty)
    }
    figures = [
        Figure(_("Initiatives"), _figure(progress.n_initiatives), empty),
        Figure(_("Activities coded"), _figure(progress.n_done), of),
        Figure(_("two coders differ"), _figure(progress.n_disputed), of),
    ]
    if n_coders > 1:
        figures.append(Figure(_("coded twice, settled"), _figure(progress.n_settled), of))
    coders = [
        CoderRow(str(row.coder or _("deleted account")), row.n_begun, row.n_closed)
        for row in progress.coders
    ]
    return ProgressView(figures, progress.n_needed, progress.n_closed, coders)


def _counts(initiatives: Sequence[Initiative]) -> dict[int, dict[str, int]]:
    rows = (
        Activity.objects.filter(initiative__in=initiatives)
        .order_by()
        .values_list("initiative", "state")
        .annotate(n=Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for pk, state, n in rows:
        found.setdefault(pk, {})[state] = n
    return found


def _own(initiatives: Sequence[Initiative], user: User) -> dict[int, tuple[int, int]]:
    rows = (
        Coding.objects.filter(activity__initiative__in=initiatives, coder=user)
        .order_by()
        .values_list("activity__initiative")
        .annotate(
            n_open=Count("pk", filter=Q(closed_at__isnull=True)),
            n_closed=Count("pk", filter=Q(closed_at__isnull=False)),
        )
    )
    return {pk: (n_open, n_closed) for pk, n_open, n_closed in rows}


def _figure(number: int) -> str:
    return format_integer(number, get_language() or "en")
