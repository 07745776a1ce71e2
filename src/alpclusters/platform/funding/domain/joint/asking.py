"""The wish to weigh several cases together; the same cases as they stand are not weighed twice."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from alpclusters.analysis.errors import StateError
from alpclusters.analysis.funding.case_files import case_data, read_case, refuse_large
from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.accounts.composing import computed_data
from alpclusters.platform.funding.domain.accounts.undertakings import single_undertakings
from alpclusters.platform.funding.domain.casework.documents import find
from alpclusters.platform.funding.domain.joint.tasks import weigh_cases
from alpclusters.platform.funding.domain.mixing.runs import STATE, UNDER_WAY
from alpclusters.platform.funding.domain.territory import territory
from alpclusters.platform.funding.models import FundingCase, JointRun
from alpclusters.platform.partnership.models import Project

# --- Which cases have an undertaking in common, by the directory and the ties of control ----------


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


# --- The wish to weigh several cases together; the same cases as they stand are not weighed twice


@transaction.atomic
def ask_joint(cases: Sequence[FundingCase], *, by: User | None, now: datetime) -> JointRun:
    """Ask what some cases of one project get together.

    Parameters
    ----------
    cases : sequence of FundingCase
    by : User
    now : datetime

    Raises
    ------
    CaseError
        One of them is not ready; nothing is stored.
    StateError
        Too few or too many, of different projects, without a common undertaking, or they read
        the law differently.
    """
    # The solver is loaded only where something is computed.
    from alpclusters.analysis.funding.joint import refuse_together  # noqa: PLC0415

    if len({case.project_id for case in cases}) > 1:
        raise StateError("joint.projects")
    ordered = sorted(cases, key=lambda case: (case.title, case.pk))
    keys = {case.pk: str(n) for n, case in enumerate(ordered, start=1)}
    documents = [_document(case, keys) for case in ordered]
    refuse_together([read_case(one["data"]) for one in documents])
    common = common_undertakings(ordered)
    if not common:
        raise StateError("joint.nothing_common")
    asked: dict[str, Any] = {
        "cases": documents,
        "same": [[[keys[pk], name] for pk, name in one.members] for one in common],
        "names": [one.name for one in common],
    }
    return _begun(ordered[0].project, asked, by, now)


def _document(case: FundingCase, keys: dict[int, str]) -> dict[str, Any]:
    """Return a case as it stands; what the others plan is weighed and not counted beforehand."""
    others = [pk for pk in keys if pk != case.pk]
    read = read_case(computed_data(case, without=others), territory=territory())
    refuse_large(read)
    return {
        "key": keys[case.pk],
        "case": case.pk,
        "title": case.title,
        "version": case.version,
        "data": case_data(read),
    }


def _begun(project: Project, asked: dict[str, Any], by: User | None, now: datetime) -> JointRun:
    # Two people press the button at once: the second gets the first one's run.
    Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    known = JointRun.objects.filter(project=project, asked_sha256=digest)
    if same := known.filter(state__in=[*UNDER_WAY, STATE.DONE]).first():
        return same
    run = JointRun.objects.create(
        project=project, asked=asked, asked_sha256=digest, asked_by=by, asked_at=now
    )
    weigh_cases.enqueue(run.pk)
    return run
