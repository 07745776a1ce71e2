"""What the recommendations of the demonstration rest on: ratings, lessons, network, funding."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from alpclusters.platform.evaluation.models import Snapshot, SnapshotQuerySet
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.funding.models import MixRun
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.models import NetworkSnapshot
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.demonstration.days import Calendar
from alpclusters.platform.policy.domain.demonstration.tables import table
from alpclusters.platform.policy.domain.findings import derive_findings
from alpclusters.platform.policy.domain.statements import state_finding
from alpclusters.platform.policy.models import Finding
from alpclusters.platform.seed_rows import Row, texts_of

STATED: Final = "-445"
_RATING: Final = "rating"


class Findings:
    """Finds the findings a row names; those that are not stated yet are stated."""

    def __init__(self, project: Project, calendar: Calendar) -> None:
        self._project = project
        self._now = calendar.moment(STATED)
        self._snapshots = list(released(project))
        self._measures = {measure.key: measure for measure in Measure.objects.order_by("pk")}
        self._rows = {row["key"]: row for row in table("findings")}
        self._stated: dict[str, list[Finding]] = {}

    def of(self, names: str) -> list[Finding]:
        """Return the findings behind names such as ``rating:sme_pilot:1`` or ``network-gap``."""
        return [finding for name in names.split() for finding in self._named(name)]

    def _named(self, name: str) -> list[Finding]:
        if name not in self._stated:
            is_rating = name.startswith(_RATING)
            self._stated[name] = list(self._rated(name) if is_rating else self._said(name))
        return self._stated[name]

    def _rated(self, name: str) -> list[Finding]:
        _kind, key, place = name.split(":")
        snapshot = _at(self._snapshots, int(place))
        measure = self._measures.get(key)
        if measure is None or measure.pk not in {m["pk"] for m in snapshot.data["measures"]}:
            return []
        return derive_findings(snapshot, measure, by=None, now=self._now)

    def _said(self, name: str) -> Iterator[Finding]:
        row = self._rows[name]
        source = _SOURCES[row["kind"]](self._project, row)
        if source is not None:
            yield state_finding(
                self._project,
                row["kind"],
                source,
                statement=_words(row),
                direction=row["direction"],
                by=None,
                now=self._now,
            )


def released(project: Project) -> SnapshotQuerySet:
    """Return the evaluations everybody sees, by the day of the AlpCafé."""
    return (
        Snapshot.objects.released()
        .filter(cafe__project=project)
        .select_related("cafe__project")
        .order_by("cafe__held_on", "pk")
    )


def _at(snapshots: list[Snapshot], place: int) -> Snapshot:
    return snapshots[(place - 1) % len(snapshots)]


def _words(row: Row) -> dict[str, str]:
    return texts_of(row, "statement")


def _lesson(_project: Project, row: Row) -> Lesson | None:
    return Lesson.objects.filter(key=row["source"]).first()


def _network(_project: Project, _row: Row) -> NetworkSnapshot | None:
    current = NetworkSnapshot.objects.current().filter(is_simulated=True, basis="links")
    return current.order_by("pk").first()


def _mix(project: Project, _row: Row) -> MixRun | None:
    return MixRun.objects.filter(case__project=project).order_by("pk").first()


_SOURCES: Final[Mapping[str, Any]] = {
    Finding.Kind.LESSON: _lesson,
    Finding.Kind.NETWORK: _network,
    Finding.Kind.FUNDING: _mix,
}
