"""How far a corpus and each of its coders are, without saying what anybody chose."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.models import Activity, Coding, Corpus


@dataclass(frozen=True, slots=True)
class CoderProgress:
    """One coder's codings in a corpus."""

    coder: User | None
    n_begun: int
    n_closed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a corpus is.

    Attributes
    ----------
    n_initiatives, n_empty : int
        Initiatives, and those of which no activity is written down yet.
    n_activities : int
        All their activities.
    n_open, n_once, n_disputed, n_settled : int
        Activities by their state.
    n_needed, n_closed : int
        Codings that must be closed in the end, and those that are.
    coders : sequence of CoderProgress
        By name.
    """

    n_initiatives: int
    n_empty: int
    n_activities: int
    n_open: int
    n_once: int
    n_disputed: int
    n_settled: int
    n_needed: int
    n_closed: int
    coders: Sequence[CoderProgress]

    @property
    def n_done(self) -> int:
        """Activities whose codes stand."""
        return self.n_once + self.n_settled


def progress_of(corpus: Corpus) -> Progress:
    """Count a corpus in four queries."""
    initiatives = corpus.initiatives.order_by()
    activities = Activity.objects.filter(initiative__corpora=corpus).order_by()
    states = Counter(activities.values_list("state", flat=True))
    n_activities = states.total()
    n_initiatives = initiatives.count()
    n_with = activities.aggregate(n=Count("initiative", distinct=True))["n"]
    coders = _coders(corpus)
    return Progress(
        n_initiatives=n_initiatives,
        n_empty=n_initiatives - n_with,
        n_activities=n_activities,
        n_open=states[Activity.State.OPEN],
        n_once=states[Activity.State.ONCE],
        n_disputed=states[Activity.State.DISPUTED],
        n_settled=states[Activity.State.SETTLED],
        n_needed=n_activities * corpus.n_coders,
        n_closed=sum(coder.n_closed for coder in coders),
        coders=coders,
    )


def _coders(corpus: Corpus) -> list[CoderProgress]:
    rows = list(
        Coding.objects.filter(activity__initiative__corpora=corpus)
        .order_by()
        .values("coder")
        .annotate(begun=Count("pk"), closed=Count("pk", filter=Q(closed_at__isnull=False)))
    )
    people = User.objects.in_bulk([row["coder"] for row in rows if row["coder"]])
    found = [CoderProgress(people.get(row["coder"]), row["begun"], row["closed"]) for row in rows]
    return sorted(found, key=lambda row: (str(row.coder or ""), row.n_begun))
