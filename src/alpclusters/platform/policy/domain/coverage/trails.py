"""Which statements of a plan have no trail."""

from dataclasses import dataclass

from alpclusters.platform.policy.models import Action, ActionPlan, Recommendation
from alpclusters.platform.trail.domain.kinds import Thing
from alpclusters.platform.trail.models import Edge


@dataclass(frozen=True, slots=True)
class Statement:
    """A line of a plan that nothing is behind."""

    thing: Thing
    pk: int
    code: str
    title: str


def without_trail(plan: ActionPlan) -> tuple[Statement, ...]:
    """List the actions and recommendations of a plan that lead to no finding."""
    actions = list(plan.actions.all())
    carried = _tied(Edge.Kind.CARRIED_BY, [action.pk for action in actions])
    behind = {pk for sources in carried.values() for pk in sources}
    grounded = _tied(Edge.Kind.GROUNDS, list(behind))
    bare = [a for a in actions if not any(pk in grounded for pk in carried.get(a.pk, ()))]
    loose = Recommendation.objects.filter(pk__in=behind - set(grounded)).order_by("pk")
    return (*(_action(a) for a in bare), *(_recommendation(r) for r in loose))


def _tied(kind: str, targets: list[int]) -> dict[int, list[int]]:
    """Return per thing what it rests on by one kind of tie."""
    found: dict[int, list[int]] = {}
    edges = Edge.objects.filter(kind=kind, to_id__in=targets).order_by("pk")
    for source, target in edges.values_list("from_id", "to_id"):
        found.setdefault(target, []).append(source)
    return found


def _action(action: Action) -> Statement:
    return Statement(Thing.ACTION, action.pk, action.code, action.title)


def _recommendation(recommendation: Recommendation) -> Statement:
    return Statement(
        Thing.RECOMMENDATION, recommendation.pk, recommendation.code, recommendation.title
    )
