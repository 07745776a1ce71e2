"""A mix of a project's case; addresses name the run, and places in its case."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.partnership.models import Project
from tests.factories.joint import make_done_joint_run, make_joint_case
from tests.factories.mixes import make_case, make_done_run
from tests.factories.organisations import make_organisation


def mix_things(project: Project) -> dict[str, Any]:
    """Build a case and its mix."""
    case = make_case(project)
    run = make_done_run(case)
    firm = make_organisation()
    joint = make_done_joint_run([make_joint_case(project, firm, title) for title in "AB"])
    return {
        "mix": SimpleNamespace(pk=run.pk, place=0, partner=0, offer=0, name="mix.json"),
        "joint": SimpleNamespace(pk=joint.pk, name="answer.xlsx"),
        "case_of_mixes": SimpleNamespace(pk=case.pk),
    }
