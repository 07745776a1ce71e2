"""A mix of a project's case; addresses name the run, and places in its case."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.partnership.models import Project
from tests.factories.mixes import make_case, make_done_run


def mix_things(project: Project) -> dict[str, Any]:
    """Build a case and its mix."""
    case = make_case(project)
    run = make_done_run(case)
    return {
        "mix": SimpleNamespace(pk=run.pk, place=0, partner=0, offer=0, name="mix.json"),
        "case_of_mixes": SimpleNamespace(pk=case.pk),
    }
