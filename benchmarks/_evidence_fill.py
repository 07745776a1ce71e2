"""Fill a fresh installation with a simulated evidence base and time what is computed on it.

Run by `evidence` in a process of its own: ``python -m benchmarks._evidence_fill N M ANSWER``.
"""

# ruff: noqa: PLC0415 - Django is imported once its settings are named

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks._evidence_data import NOW, populate
from benchmarks._memory import peak_mb


def fill(n_initiatives: int, n_activities: int) -> dict[str, Any]:
    """Return seconds of filling, of all families, of one change, of all grades, and a reading."""
    import django

    django.setup()
    from django.conf import settings

    from alpclusters.platform.evidence.domain.families import refresh_families
    from alpclusters.platform.evidence.domain.grading import regrade
    from alpclusters.platform.evidence.domain.synthesis.flat import read_flat
    from alpclusters.platform.evidence.models import Initiative, Lesson, Participation
    from alpclusters.platform.operation.prepare import prepare

    prepare(settings.HOME, say=lambda text: print(text, file=sys.stderr))
    filled = _seconds(lambda: populate(n_initiatives, n_activities))
    families = _seconds(refresh_families)
    one = Initiative.objects.filter(is_simulated=True).order_by("pk")[n_initiatives // 2]
    few = _seconds(lambda: refresh_families([one.pk]))
    Lesson.objects.update(grade="none", grading={})
    grades = _seconds(lambda: regrade(now=NOW))
    return {
        "participations": Participation.objects.count(),
        "families": Initiative.objects.values("family").distinct().count(),
        "fill_s": filled,
        "refresh_all_families_s": families,
        "refresh_one_initiative_s": few,
        "lessons": Lesson.objects.count(),
        "regrade_all_lessons_s": grades,
        "read_columns_s": _seconds(read_flat),
        "peak_mb": round(peak_mb()),
    }


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 3)


if __name__ == "__main__":
    found = fill(int(sys.argv[1]), int(sys.argv[2]))
    Path(sys.argv[3]).write_text(json.dumps(found), encoding="utf-8")
