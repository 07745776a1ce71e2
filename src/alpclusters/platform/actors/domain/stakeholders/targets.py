"""What a project wants at its tables: the defaults of the method, or its own."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from alpclusters.platform.actors.models import CoverageTarget
from alpclusters.platform.partnership.models import Project


def _usual(name: str) -> int:
    column: Any = CoverageTarget._meta.get_field(name)
    return int(column.default)


@dataclass(frozen=True, slots=True)
class Targets:
    """At least so many groups, levels and people; the share is in per cent."""

    least_helixes: int = _usual("least_helixes")
    least_share: int = _usual("least_share")
    least_levels: int = _usual("least_levels")
    least_of_region: int = _usual("least_of_region")
    least_of_cell: int = _usual("least_of_cell")


def read_targets(project_id: int) -> Targets:
    """Return the aims of a project."""
    row = CoverageTarget.objects.filter(project_id=project_id).first()
    if row is None:
        return Targets()
    return Targets(**{name: getattr(row, name) for name in asdict(Targets())})


def store_targets(project: Project, values: Mapping[str, Any]) -> None:
    """Keep a project's own aims."""
    own = {name: values[name] for name in asdict(Targets())}
    CoverageTarget.objects.update_or_create(project=project, defaults=own)
