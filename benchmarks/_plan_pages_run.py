"""Fill a fresh installation with a simulated plan, and ask for its pages.

Run by `plan_pages` in a process of its own: ``benchmarks._plan_pages_run N M ANSWER``.
"""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import json
import sys
import time
from pathlib import Path
from typing import Any

from benchmarks._plan_data import LANGUAGES, NOW, fill_plan


def fill(n_actions: int, n_values: int) -> dict[str, Any]:
    """Return the address of the plan and the seconds of filling and reading it."""
    import django

    django.setup()
    from django.conf import settings

    from alpclusters.platform.operation.prepare import prepare
    from alpclusters.platform.policy.domain.records import record_of

    prepare(settings.HOME, say=_say)
    started = time.perf_counter()
    plan = make_plan(n_actions, n_values)
    filled = time.perf_counter() - started
    started, cpu = time.perf_counter(), time.process_time()
    record = record_of(plan, today=NOW.date())
    return {
        "slug": plan.slug,
        "actions": len(record.actions),
        "values": sum(len(i.values) for a in record.actions for i in a.indicators),
        "fill_s": round(filled, 2),
        "read_all_s": round(time.perf_counter() - started, 3),
        "read_all_cpu_s": round(time.process_time() - cpu, 3),
    }


def make_plan(n_actions: int, n_values: int) -> Any:
    """Store a published plan of a simulated project."""
    from alpclusters.platform.partnership.models import Project
    from alpclusters.platform.policy.models import ActionPlan
    from alpclusters.platform.territory.models import Region

    project = Project.objects.create(
        slug=f"plan-{n_actions}", acronym=f"Plan {n_actions}", kind=Project.Kind.DEMONSTRATION,
        name={"en": "Simulated plan of a benchmark"},
    )  # fmt: skip
    title = {code: f"Linking cluster organisations ({code})" for code in LANGUAGES}
    plan = ActionPlan.objects.create(
        project=project, slug=f"plan-{n_actions}", state=ActionPlan.State.PUBLISHED,
        published_at=NOW, publisher="Body of a benchmark", title=title,
    )  # fmt: skip
    fill_plan(plan, n_actions, n_values, regions=list(Region.objects.order_by("pk")[:8]))
    return plan


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    found = fill(int(sys.argv[1]), int(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(found), encoding="utf-8")
