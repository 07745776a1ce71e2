"""Which cases have an undertaking in common, by the directory and the ties of control."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.undertakings import single_undertakings
from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.platform.funding.models import FundingCase, JointRun


@dataclass(frozen=True, slots=True)
class Common:
    """One undertaking that several cases know.

    Attributes
    ----------
    name : str
        Of its first organisation by name.
    members : tuple of (case, undertaking)
        Primary keys of cases, and the identifiers of the undertaking in them.
    """

    name: str
    members: tuple[tuple[int, str], ...]

    @property
    def cases(self) -> frozenset[int]:
        """The cases that know it."""
        return frozenset(case for case, _ in self.members)


def common_undertakings(cases: Sequence[FundingCase]) -> list[Common]:
    """Return the undertakings that more than one of some cases know, by name.

    Partners that nobody took from the directory are not known to be the same.
    """
    owners = {
        case.pk: [
            (pk, str(partner["undertaking"]))
            for key, pk in _partners_of(case).items()
            if (partner := find(case.data, "partners", key)) is not None
        ]
        for case in cases
    }
    groups = single_undertakings({pk for pairs in owners.values() for pk, _ in pairs})
    members: dict[frozenset[int], dict[tuple[int, str], None]] = {}
    for case in cases:
        for pk, undertaking in owners[case.pk]:
            members.setdefault(groups[pk], {})[case.pk, undertaking] = None
    shared = {
        group: tuple(nodes)
        for group, nodes in members.items()
        if len({case for case, _ in nodes}) > 1
    }
    names = dict(
        Organisation.objects.filter(pk__in=frozenset().union(*shared)).values_list("pk", "name")
    )
    found = [
        Common(min((names[pk] for pk in group if pk in names), default=""), nodes)
        for group, nodes in shared.items()
    ]
    return sorted(found, key=lambda one: one.name)


def forget_case(instance: FundingCase, **_kwargs: object) -> None:
    """Delete what was weighed with a case that is deleted: it holds a copy of it."""
    for run in JointRun.objects.filter(project_id=instance.project_id).order_by("pk"):
        if any(one["case"] == instance.pk for one in run.asked["cases"]):
            run.delete()


def _partners_of(case: FundingCase) -> Mapping[str, Any]:
    found: dict[str, Any] = case.taken.get("partners", {})
    return found
