"""A look into a case that is being read: parts that do not fit are gaps."""

from collections.abc import Iterator
from typing import Any

from alpclusters.analysis.funding.case_files.faults import Pointer

type Part = dict[str, Any]


def parts(data: Part, name: str) -> Iterator[tuple[Pointer, Part]]:
    """Yield the parts of one kind that have their shape, each with its pointer."""
    for place, part in enumerate(data.get(name) or ()):
        if isinstance(part, dict):
            yield (name, place), part


def ids(data: Part, name: str) -> dict[str, int]:
    """Return the identifiers of one kind of part with the place where each stands first."""
    found: dict[str, int] = {}
    for (_, place), part in parts(data, name):
        if "id" in part:
            found.setdefault(part["id"], int(place))
    return found
