"""What two organisations say of a link, and what of it both have to agree on."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, Self

from alpclusters.analysis.errors import InputError, Where
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project


@dataclass(frozen=True, slots=True)
class LinkFacts:
    """The facts of a link as people enter them; what is not known stays empty."""

    type: str = Link.Type.JOINT_PROJECT
    topic: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    initiative: Initiative | None = None
    funding: str = ""
    funding_ends_on: date | None = None
    project: Project | None = None
    agreed_on: date | None = None
    note: str = ""

    @classmethod
    def of(cls, link: Link) -> Self:
        """Return the facts of a link as they stand."""
        return cls(**{field.name: getattr(link, field.name) for field in fields(cls)})

    def completed(self) -> dict[str, Any]:
        """Return what is stored: an initiative says when its own funding ended."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        if self.initiative is not None and self.funding_ends_on is None:
            values["funding_ends_on"] = self.initiative.end
        return values


# Topic and note describe; the rest is what both sides stand for.
OF_BOTH: Final = (
    "type", "started_on", "ended_on", "initiative", "funding", "funding_ends_on", "project",
    "agreed_on",
)  # fmt: skip
FIELDS: Final = tuple(field.name for field in fields(LinkFacts))


def check_dates(facts: LinkFacts, *, today: date) -> None:
    """Refuse days in the wrong order, and an agreement or an end that is still to come.

    Raises
    ------
    InputError
        ``link.dates_in_order`` or ``link.day_to_come``, with the field.
    """
    begin = facts.started_on
    for name in ("ended_on", "funding_ends_on"):
        day = getattr(facts, name)
        if begin is not None and day is not None and day < begin:
            raise InputError("link.dates_in_order", where=Where(field=name))
    for name in ("started_on", "ended_on", "agreed_on"):
        day = getattr(facts, name)
        if day is not None and day > today:
            raise InputError("link.day_to_come", where=Where(field=name))


def changed_fields(link: Link, values: dict[str, Any]) -> list[str]:
    """Return the names of the fields that would be different."""
    return [name for name, value in values.items() if getattr(link, name) != value]
