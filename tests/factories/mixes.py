"""Cases and mixes for tests: the tiny example of the documentation, and runs of it."""

import datetime as dt
import json
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

from alpclusters.analysis.funding.case_files import case_data, case_digest, read_case
from alpclusters.platform.funding.models import FundingCase, MixRun
from alpclusters.platform.partnership.models import Project

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "funding"
NOW = dt.datetime(2026, 6, 1, 9, 0, tzinfo=dt.UTC)
BEST_CT = 16_550_000


@cache
def _read(name: str) -> str:
    return (EXAMPLES / f"{name}.json").read_text(encoding="utf-8")


def example_case(name: str = "tiny", **changes: Any) -> dict[str, Any]:
    """Return an example of the documentation with some parts changed."""
    return {**json.loads(_read(name)), **changes}


def with_own_means(data: dict[str, Any], amount_ct: int) -> dict[str, Any]:
    """Let every partner pay at most so much itself."""
    changed = deepcopy(data)
    for partner in changed["partners"]:
        partner["own_ct"] = amount_ct
    return changed


def make_case(project: Project, data: dict[str, Any] | None = None, **fields: Any) -> FundingCase:
    """Build a case of a project."""
    data = data or example_case()
    wanted = {"title": data["title"], "data": data, "made_at": NOW, "updated_at": NOW, **fields}
    return FundingCase.objects.create(project=project, **wanted)


def make_run(case: FundingCase, **fields: Any) -> MixRun:
    """Build a run of a case as it stands; waiting, without a mix."""
    read = read_case(case.data)
    wanted = {
        "case_version": case.version,
        "case_data": case_data(read),
        "case_sha256": case_digest(read),
        "asked_at": NOW,
        **fields,
    }
    return MixRun.objects.create(case=case, **wanted)


def make_done_run(case: FundingCase, **fields: Any) -> MixRun:
    """Build a run that is done, with the mix of the tiny example."""
    wanted = {"state": "done", "started_at": NOW, "ended_at": NOW, "result": tiny_mix(), **fields}
    return make_run(case, **wanted)


@cache
def _tiny_mix() -> str:
    from alpclusters.analysis.funding.mix.document import mix_text  # noqa: PLC0415 - slow
    from alpclusters.platform.funding.domain.mixing.computing import compute  # noqa: PLC0415
    from alpclusters.platform.funding.domain.mixing.folders import Asked  # noqa: PLC0415

    return mix_text(compute(Asked(example_case()), tell=lambda _message: True))


def tiny_mix() -> dict[str, Any]:
    """Return the mix of the tiny example, computed once for all tests."""
    found: dict[str, Any] = json.loads(_tiny_mix())
    return found
