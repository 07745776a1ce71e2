"""Cases of one project in which the same organisation takes part, and runs that weigh them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from alpclusters.analysis.funding.case import PastAid
from alpclusters.analysis.funding.case_files import case_data
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.funding.domain.mixing.computing import compute
from alpclusters.platform.funding.domain.mixing.folders import Asked
from alpclusters.platform.funding.models import FundingCase, JointRun
from alpclusters.platform.partnership.models import Project
from tests.analysis.funding.check.pieces import line, offer, one_firm
from tests.factories.mixes import NOW, make_case

KNOWN = PastAid("DE", dt.date(2024, 6, 1), 20_000_000)


def make_joint_case(
    project: Project, organisation: Organisation, title: str, *, euros: int = 80_000
) -> FundingCase:
    """Build a case with one firm that may get de minimis aid for all of a cost.

    200,000 EUR of its account are used, by the case itself.
    """
    grant = offer(
        "X", 10_000, title=f"Voucher {title}", articles={"*": "DM"}, grant_date=dt.date(2025, 2, 1)
    )
    made = one_firm([line("l", "P", euros)], [grant], history={"de_minimis": (KNOWN,)})
    data: dict[str, Any] = {**case_data(made), "title": title}
    return make_case(project, data, taken={"partners": {"P": organisation.pk}})


def make_joint_run(cases: Sequence[FundingCase], **fields: Any) -> JointRun:
    """Build a run of cases that share the firm of `make_joint_case`; waiting."""
    asked = {
        "cases": [
            {
                "key": str(n),
                "case": case.pk,
                "title": case.title,
                "version": case.version,
                "data": case.data,
            }
            for n, case in enumerate(cases, start=1)
        ],
        "same": [[[str(n), "UP"] for n in range(1, len(cases) + 1)]],
        "names": ["Firm"],
    }
    wanted = {"asked": asked, "asked_sha256": "0" * 64, "asked_at": NOW, **fields}
    return JointRun.objects.create(project=cases[0].project, **wanted)


def make_done_joint_run(cases: Sequence[FundingCase], **fields: Any) -> JointRun:
    """Build a run that is done, computed in this process."""
    run = make_joint_run(cases)
    run.result = compute(Asked({}, joint=run.asked), tell=lambda _message: True)
    run.state, run.started_at, run.ended_at = "done", NOW, NOW
    for name, value in fields.items():
        setattr(run, name, value)
    run.save()
    return run
