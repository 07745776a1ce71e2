"""Write one plan as documents, each format in a process of its own, and time it.

Run by `plan_documents`: ``benchmarks._plan_documents_run fill N ANSWER`` makes the plan,
``benchmarks._plan_documents_run FORMAT - ANSWER`` reads it and writes one format.
"""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import io
import json
import resource
import sys
import time
from pathlib import Path
from typing import Any, Final

from benchmarks._plan_data import NOW
from benchmarks._plan_pages_run import make_plan

LANGUAGE: Final = "de"


def fill(n_actions: int) -> dict[str, Any]:
    """Store a simulated plan."""
    from django.conf import settings

    from alpclusters.platform.operation.prepare import prepare

    prepare(settings.HOME, say=lambda _text: None)
    plan = make_plan(n_actions, n_actions * 5)
    return {"slug": plan.slug}


def write(ending: str) -> dict[str, Any]:
    """Read the plan and write it once."""
    from alpclusters.platform.policy.models import ActionPlan
    from alpclusters.reports.plan import read_subject, write_plan_file

    plan = ActionPlan.objects.select_related("project", "parent").get()
    started = time.perf_counter()
    subject = read_subject(plan, today=NOW.date(), language=LANGUAGE)
    read, cpu = time.perf_counter() - started, time.process_time()
    started = time.perf_counter()
    data = write_plan_file(subject, ending=ending, language=LANGUAGE)
    return {
        "read_s": round(read, 3),
        "write_s": round(time.perf_counter() - started, 3),
        "write_cpu_s": round(time.process_time() - cpu, 3),
        "kilobytes": round(len(data) / 1000),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        **({"pages": _pages(data)} if ending == "pdf" else {}),
    }


def _pages(data: bytes) -> int:
    import pypdfium2

    return len(pypdfium2.PdfDocument(io.BytesIO(data)))


def main(wish: str, size: str, answer: str) -> None:
    """Do one step and write what came of it."""
    import django

    django.setup()
    told = fill(int(size)) if wish == "fill" else write(wish)
    Path(answer).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
