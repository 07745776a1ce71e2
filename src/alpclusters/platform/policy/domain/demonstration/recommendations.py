"""Twenty recommendations of the demonstration in all states, each with its history."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from alpclusters.platform.evaluation.models import Snapshot, SnapshotQuerySet
from alpclusters.platform.evidence.models import Lesson
from alpclusters.platform.funding.models import MixRun
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.models import NetworkSnapshot
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.editing.reviews import digest_of_text
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION
from alpclusters.platform.policy.domain.phrases import Evidence, rationale
from alpclusters.platform.policy.domain.proofs import MODEL, derive_findings
from alpclusters.platform.policy.domain.recommendations import (
    edit_recommendation,
    explain_no_action,
    write_recommendation,
)
from alpclusters.platform.policy.domain.statements import state_finding
from alpclusters.platform.policy.domain.states import State, Step, move
from alpclusters.platform.policy.models import Finding, Recommendation, TextReview
from alpclusters.platform.seed_rows import Row, read_rows, texts_of, typed_texts
from alpclusters.platform.territory.models import Region

# --- Days of the demonstration, counted from the day it is made, so that it stays alive -----------


@dataclass(frozen=True, slots=True)
class Calendar:
    """Turns the numbers of the seeds into days; negative ones lie before ``now``."""

    now: datetime

    def day(self, offset: str) -> date:
        """Return the day a number of days away."""
        return self.moment(offset).date()

    def day_or_none(self, offset: str) -> date | None:
        """Return the day, or nothing for an empty cell."""
        return self.day(offset) if offset else None

    def moment(self, offset: str | int) -> datetime:
        """Return the moment a number of days away."""
        return self.now + timedelta(days=int(offset))

    def year(self, offset: str) -> int:
        """Return the calendar year a number of years away."""
        return self.now.year + int(offset)


# --- The tables of the demonstration: recommendations, plans and what belongs to them -------------


SEEDS: Final = Path(__file__).resolve().parents[2] / "seeds"


def table(name: str) -> list[Row]:
    """Read the rows of a table by its name."""
    return read_rows(SEEDS / f"demonstration_{name}.csv")


def table_by(name: str, column: str) -> dict[str, list[Row]]:
    """Read the rows of a table, grouped by a column."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in table(name):
        found[row[column]].append(row)
    return found


def reasons(row: Row, field: str) -> dict[str, str]:
    """Return a reason of a row in the languages it has."""
    return texts_of(row, field)


def regions_by_code(codes: set[str]) -> dict[str, Region]:
    """Return the newest regions of these codes that are there."""
    rows = Region.objects.filter(code__in=codes).order_by("last_vintage", "pk")
    return {row.code: row for row in rows}


# --- What the recommendations of the demonstration rest on: ratings, lessons, network, funding


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


# --- Twenty recommendations of the demonstration in all states, each with its history -------------


TEXTS: Final = ("title", "problem", "text", "expected_effect")
WRITTEN: Final = "-444"
REVISED: Final = "-419"
DECIDED: Final = "-415"
PUBLISHED: Final = "-412"
LATER: Final = "-60"
# What people said in the first consultation gave this one a sentence more.
_COMPLETED: Final = "window"

type Drawn = dict[str, Recommendation]


def make_recommendations(project: Project, calendar: Calendar) -> Drawn:
    """Write the recommendations that have a source here; return them by their key."""
    findings = Findings(project, calendar)
    regions = regions_by_code({row["region"] for row in table("recommendations")})
    drawn = {}
    for row in table("recommendations"):
        grounds = findings.of(row["findings"])
        if grounds:
            drawn[row["key"]] = _written(project, row, grounds, regions, calendar)
    return drawn


def decide(drawn: Drawn, calendar: Calendar) -> Drawn:
    """Move each to the state its row names, on the ways that are allowed."""
    decided = dict(drawn)
    rows = [row for row in table("recommendations") if row["key"] in drawn]
    for row in rows:
        decided[row["key"]] = _decided(decided[row["key"]], row, calendar)
    for row in rows:
        if row["successor"] in decided:
            step = Step(State.SUPERSEDED, successor=decided[row["successor"]])
            before = decided[row["key"]]
            decided[row["key"]] = move(before, step, by=None, now=calendar.moment(LATER))
    return decided


def _written(
    project: Project,
    row: Row,
    grounds: Sequence[Finding],
    regions: dict[str, Any],
    calendar: Calendar,
) -> Recommendation:
    reasons = {input_name("rationale", code): text for code, text in _reasons(grounds).items()}
    begun = write_recommendation(
        project,
        texts={**typed_texts(row, *TEXTS), **reasons, **_first_words(row)},
        level=row["level"],
        findings=grounds,
        by=None,
        now=calendar.moment(WRITTEN),
    )
    for name in ("instrument", "horizon", "addressee"):
        setattr(begun, name, row[name])
    begun.cost_band = row["cost"]
    begun.region = regions.get(row["region"])
    begun.save()
    return begun


def _first_words(row: Row) -> dict[str, str]:
    """Leave out what the consultation added."""
    if row["key"] != _COMPLETED:
        return {}
    whole = typed_texts(row, "text")
    return {name: f"{text.partition(';')[0].rstrip()}." for name, text in whole.items()}


def _reasons(grounds: Sequence[Finding]) -> Mapping[str, str]:
    """Say in figures what ratings show; lessons and pictures speak for themselves."""
    rated = [finding for finding in grounds if finding.snapshot_id]
    if not rated or rated[0].snapshot is None:
        return {}
    evidence = [
        Evidence(
            f.criterion.name.each(),
            f.criterion.scale,
            f.n or 0,
            f.cannot_judge_share or 0.0,
            f.estimate,
            f.low,
            f.high,
            is_model=f.convention == MODEL,
        )
        for f in rated
        if f.criterion
    ]
    snapshot = rated[0].snapshot
    return rationale(snapshot.cafe.title.each(), snapshot.number, evidence)


def _decided(current: Recommendation, row: Row, calendar: Calendar) -> Recommendation:
    current = _discussed(current, row, calendar)
    if row["state"] == State.REJECTED:
        return _rejected(current, row, calendar)
    # Those in consultation come into it by the consultation that is opened later.
    if row["state"] in {State.DRAFT, State.IN_CONSULTATION}:
        return current
    current = _moved(current, State.ADOPTED, DECIDED, calendar)
    if row["state"] in {State.PUBLISHED, State.SUPERSEDED}:
        _review(current, calendar)
        current = _moved(current, State.PUBLISHED, PUBLISHED, calendar)
    why = reasons(row, "no_action_reason")
    if why:
        current = explain_no_action(current, reason=why, by=None)
    return current


def _discussed(current: Recommendation, row: Row, calendar: Calendar) -> Recommendation:
    if current.state != State.IN_CONSULTATION:
        return current
    if row["key"] == _COMPLETED:
        now = calendar.moment(REVISED)
        edit_recommendation(
            current, typed_texts(row, "text"), version=current.version, by=None, now=now
        )
    return _moved(current, State.REVISED, REVISED, calendar)


def _rejected(current: Recommendation, row: Row, calendar: Calendar) -> Recommendation:
    step = Step(State.REJECTED, reason=reasons(row, "rejected_reason"))
    return move(current, step, by=None, now=calendar.moment(DECIDED))


def _moved(current: Recommendation, to: str, day: str, calendar: Calendar) -> Recommendation:
    return move(current, Step(to), by=None, now=calendar.moment(day))


def _review(current: Recommendation, calendar: Calendar) -> None:
    """Mark every translation as read, in one statement."""
    rows = [
        TextReview(
            thing=RECOMMENDATION.thing,
            thing_id=current.pk,
            field=field,
            language=language,
            source_hash=digest_of_text(source),
            source_text=source,
            text_hash=digest_of_text(text),
            is_reviewed=True,
            reviewed_at=calendar.moment(PUBLISHED),
        )
        for field in RECOMMENDATION.texts
        for source in [getattr(current, field).inside(current.source_language)]
        for language in LANGUAGE_CODES
        for text in [getattr(current, field).inside(language)]
        if text and language != current.source_language
    ]
    TextReview.objects.filter(thing=RECOMMENDATION.thing, thing_id=current.pk).delete()
    TextReview.objects.bulk_create(rows)
