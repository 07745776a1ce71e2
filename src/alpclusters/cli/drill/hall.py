"""A hall for phones that are not there: an AlpCafé in its rating phase.

Run as a program (``python -m alpclusters.cli.drill.hall ANSWER.json``) it sets the data directory
of the environment up and writes what the phones need to know.
"""

import json
import sys
from pathlib import Path
from typing import Any, Final

N_MEASURES: Final = 12
N_CRITERIA: Final = 2


def main() -> int:
    """Make the AlpCafé in the data directory of the environment and write one JSON object."""
    import django

    django.setup()
    from django.conf import settings

    from alpclusters.platform.operation.prepare import prepare

    prepare(settings.HOME, say=lambda text: print(text, file=sys.stderr))
    Path(sys.argv[1]).write_text(json.dumps(make_hall()))
    return 0


def make_hall() -> dict[str, Any]:
    """Open an AlpCafé for rating; return what phones and screens need to know of it."""
    from django.conf import settings

    from alpclusters.platform.cafe.domain.keys import derive_link, ensure_key

    cafe = _open_cafe()
    key = ensure_key(settings.HOME, cafe.pk)
    return {
        "event": cafe.pk,
        "code": cafe.code,
        "link": f"{cafe.pk}~{derive_link(key, role='qr', epoch=cafe.link_epoch)}",
        "screen": f"{cafe.pk}~facilitator~0~"
        + derive_link(key, role="facilitator", epoch=cafe.link_epoch),
        "measures": list(cafe.cafe_measures.values_list("measure_id", flat=True)),
        "criteria": list(cafe.cafe_criteria.values_list("criterion_id", flat=True)),
    }


def _open_cafe() -> Any:
    from django.utils import timezone

    from alpclusters.platform.cafe.domain.events import (
        Preparation,
        create_cafe,
        open_cafe,
    )
    from alpclusters.platform.cafe.models import Criterion
    from alpclusters.platform.measures.models import Measure
    from alpclusters.platform.partnership.models import Project
    from alpclusters.platform.territory.models import Region

    project = Project.objects.create(
        slug="load", acronym="Load", name={"en": "Simulated load"}, kind=Project.Kind.DEMONSTRATION
    )
    preparation = Preparation(
        project=project,
        region=Region.objects.get(code="AT32"),
        titles={"en": "Simulated hall"},
        held_on=timezone.localdate(),
        measures=list(Measure.objects.order_by("pk")[:N_MEASURES]),
        criteria=list(Criterion.objects.order_by("order")[:N_CRITERIA]),
    )
    return open_cafe(create_cafe(preparation, by=None), by=None, now=timezone.now())


if __name__ == "__main__":
    raise SystemExit(main())
