"""Which actions have to end before an action can go on; circles are refused with their path."""

from collections.abc import Sequence

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.policy.models import Action, Dependency

type Waiting = tuple[Action, int]
"""The action that has to end first, and the days between."""


class DependencyCycleError(InputError):
    """Actions that wait for one another; ``path`` names them in order, the first again at the end.

    Attributes
    ----------
    path : tuple of str
        Codes of the actions.
    """

    def __init__(self, path: tuple[str, ...]) -> None:
        super().__init__(
            "dependency.cycle", where=Where(field="dependencies"), found=" → ".join(path)
        )
        self.path = path


def check_dependencies(action: Action, waiting: Sequence[Waiting]) -> None:
    """Refuse actions of another plan, the action itself, doubles and circles.

    Raises
    ------
    InputError
        ``dependency.refused``: not another action of the same plan; ``dependency.twice``.
    DependencyCycleError
        The action would wait for itself.
    """
    seen = set()
    for before, _lag in waiting:
        if before.plan_id != action.plan_id or before.pk == action.pk:
            raise _refused("dependency.refused", before)
        if before.pk in seen:
            raise _refused("dependency.twice", before)
        seen.add(before.pk)
    _refuse_circle(action, waiting)


def store_dependencies(action: Action, waiting: Sequence[Waiting]) -> None:
    """Make an action wait for those that are given, and for no others."""
    check_dependencies(action, waiting)
    known = {row.before_id: row for row in action.dependencies.all()}
    for before, lag in waiting:
        row = known.pop(before.pk, None) or Dependency(before=before, after=action)
        row.lag_days = lag
        row.save()
    for row in known.values():
        row.delete()


def _refuse_circle(action: Action, waiting: Sequence[Waiting]) -> None:
    from alpclusters.analysis.plans import DependencyFacts, find_cycle  # noqa: PLC0415 - NumPy

    ties = Dependency.objects.filter(after__plan=action.plan_id).exclude(after=action)
    others = ties.order_by("pk").values_list("before__code", "after__code", "lag_days")
    edges = [DependencyFacts(before, after, lag) for before, after, lag in others]
    own = [DependencyFacts(before.code, action.code, lag) for before, lag in waiting]
    found = find_cycle([*edges, *own])
    if found is not None:
        path = tuple(str(code) for code in found)
        raise DependencyCycleError(path if path[0] == path[-1] else (*path, path[0]))


def _refused(code: str, before: Action) -> InputError:
    return InputError(code, where=Where(field="dependencies"), found=before.code)
