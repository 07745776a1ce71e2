"""The findings behind a recommendation or an action, in figures with source; reasons."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.evaluation.models import Snapshot
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language, told
from alpclusters.platform.policy.domain.monitoring.verifying import kept_reason
from alpclusters.platform.policy.domain.records import EvidenceLine
from alpclusters.platform.policy.models import Finding
from alpclusters.reports.numbers import (
    format_figure,
    format_figures,
    format_integer,
    format_n,
    format_percent,
)
from alpclusters.www.components.parts import CERTAINTIES, Cell, Column, Table
from alpclusters.www.public.initiatives.said import Said

# --- The findings behind a recommendation or an action, in figures with their source --------------


# What findings count as that no newer one replaces.
STANDING: Final = "findings.standing"


def evidence_table(
    lines: Sequence[EvidenceLine],
    released: Collection[int] | None = None,
    *,
    pages: Mapping[str, str] | None = None,
) -> Table | None:
    """Return the findings as a table; None without any.

    Parameters
    ----------
    lines : sequence of EvidenceLine
    released : collection of int, optional
        Snapshots the public sees; read from the database where it is left out.
    pages : mapping of str to str, optional
        From the code of a finding to its own page.

    Returns
    -------
    Table or None
    """
    if not lines:
        return None
    language = nearest_language(get_language())
    is_graded = any(line.certainty for line in lines)
    columns = [
        Column(_("Finding")),
        Column(_("What it says")),
        Column(_("Criterion")),
        Column(_("Estimate"), is_number=True),
        Column(_("90% interval"), is_number=True),
        Column("n", is_number=True),
        Column(_("I cannot judge this"), is_number=True),
        *([Column(_("Certainty"))] if is_graded else []),
        Column(_("Source")),
    ]
    seen = released_snapshots(lines) if released is None else released
    rows = [
        [
            Cell(
                line.code,
                url=(pages or {}).get(line.code, ""),
                row=None if line.is_superseded else (STANDING, 1),
            ),
            *_figures(line, language),
            *([CERTAINTIES.get(line.certainty, "–")] if is_graded else []),
            Cell(source_name(line, language), url=source_address(line, seen)),
        ]
        for line in lines
    ]
    return Table(_("Findings"), columns, rows)


def interval_text(line: EvidenceLine, language: str) -> str:
    """Write the interval of a finding; a dash where there is none."""
    if line.low is None or line.high is None:
        return "–"
    return format_figures(line.low, line.high, line.scale, language)


def said_of(line: EvidenceLine, language: str) -> str:
    """Write a finding in one sentence: figures of a rating, else its statement."""
    if line.kind != Finding.Kind.RATING:
        return word(line.statement or {}, language)
    return _("%(name)s, %(aspect)s: %(mean)s (%(interval)s), %(n)s") % {
        "name": word(line.measure, language),
        "aspect": word(line.criterion, language),
        "mean": "–"
        if line.estimate is None
        else format_figure(line.estimate, line.scale, language),
        "interval": interval_text(line, language),
        "n": format_n(line.n or 0, language),
    }


def released_snapshots(lines: Sequence[EvidenceLine]) -> set[int]:
    """Return which snapshots behind the findings the public sees; a newer one may replace one."""
    wanted = {line.snapshot for line in lines if line.snapshot is not None}
    found = Snapshot.objects.released().filter(pk__in=wanted).order_by("pk")
    return set(found.values_list("pk", flat=True))


def source_address(line: EvidenceLine, released: Collection[int]) -> str:
    """Return the page a finding rests on: evaluation or AlpCafé, lesson, network, consultation.

    Empty where there is no public page, as for the mix of a project.
    """
    if line.snapshot is not None and line.snapshot in released:
        return reverse("public:evaluation", args=[line.snapshot])
    if line.cafe_pk is not None:
        return reverse("public:cafe", args=[line.cafe_pk])
    if line.kind == Finding.Kind.LESSON and line.source_key:
        return reverse("public:lesson", args=[line.source_key])
    return reverse("public:network") if line.kind == Finding.Kind.NETWORK else ""


def source_name(line: EvidenceLine, language: str) -> str:
    """Name what a finding rests on."""
    if line.kind == Finding.Kind.RATING:
        return word(line.cafe, language)
    return word(line.source or {}, language) or str(Finding.Kind(line.kind).label)


def _figures(line: EvidenceLine, language: str) -> list[Any]:
    return [
        _says(line, language),
        word(line.criterion, language) or "–",
        "–" if line.estimate is None else format_figure(line.estimate, line.scale, language),
        interval_text(line, language),
        "–" if line.n is None else format_integer(line.n, language),
        "–"
        if line.cannot_judge_share is None
        else format_percent(line.cannot_judge_share, language),
    ]


def _says(line: EvidenceLine, language: str) -> Any:
    if line.kind != Finding.Kind.RATING:
        return word(line.statement or {}, language)
    return Cell(
        word(line.measure, language), url=reverse("public:measure", args=[line.measure_key])
    )


# --- The findings behind a recommendation: ratings in figures, the others as sentences ------------


RATING: Final = "rating"
# Where the findings stand on a page.
FINDINGS: Final = "findings"
_KINDS: Final = dict(Finding.Kind.choices)
_DIRECTIONS: Final = dict(Finding.Direction.choices)
_TONES: Final = {"supports": ("check", "good"), "against": ("x", "bad"), "neutral": ("scale", "")}


@dataclass(frozen=True)
class StatedView:
    """A finding that people stated."""

    code: str
    kind: Any
    statement: str
    lang: str
    direction: Any
    icon: str
    tone: str
    certainty: str
    source: str
    url: str
    is_superseded: bool


@dataclass(frozen=True)
class FindingsView:
    """All findings behind a recommendation."""

    ratings: Table | None
    stated: Sequence[StatedView]
    against: Sequence[str]
    superseded: Sequence[str]
    outdated: Sequence[str]
    n_standing: int

    @property
    def is_empty(self) -> bool:
        """Say whether nothing is behind it."""
        return self.ratings is None and not self.stated


def findings_view(
    lines: Sequence[EvidenceLine], released: Collection[int] | None = None
) -> FindingsView:
    """Put findings into words."""
    language = nearest_language(get_language())
    ratings = [line for line in lines if line.kind == RATING]
    return FindingsView(
        ratings=evidence_table(ratings, released),
        stated=[stated_view(line, language) for line in lines if line.kind != RATING],
        against=[line.code for line in ratings if line.direction == "against"],
        superseded=[line.code for line in ratings if line.is_superseded],
        outdated=[line.code for line in ratings if line.is_outdated and not line.is_superseded],
        n_standing=sum(1 for line in lines if not line.is_superseded),
    )


def stated_view(line: EvidenceLine, language: str) -> StatedView:
    """Put one stated finding into words, with its source."""
    own = (line.statement or {}).get(language, "")
    other = next((c for c, text in (line.statement or {}).items() if text), "")
    icon, tone = _TONES[line.direction]
    return StatedView(
        code=line.code,
        kind=_KINDS[line.kind],
        statement=own or (line.statement or {}).get(other, ""),
        lang="" if own else other,
        direction=_DIRECTIONS[line.direction],
        icon=icon,
        tone=tone,
        certainty=line.certainty,
        source=word(line.source, language) if line.source else _source_name(line.kind),
        url=_url(line),
        is_superseded=line.is_superseded,
    )


def _source_name(kind: str) -> str:
    names = {"network": _("picture of the network"), "funding": _("computed funding mix")}
    return names.get(kind, "")


def _url(line: EvidenceLine) -> str:
    """Return the public page of the source; mixes belong to their project and have none."""
    if line.kind == "lesson" and line.source_key:
        return reverse("public:lesson", args=[line.source_key])
    if line.kind == "network":
        return reverse("public:network")
    return ""


# --- Reasons in the reader's language, or in another one that says so -----------------------------


_NAMES: Final = dict(LANGUAGES)


def reason_of(thing: Any, field: str) -> Said:
    """Return a reason of a row."""
    return reason_in(getattr(thing, field).each())


def reason_in(texts: Mapping[str, str] | None) -> Said:
    """Return a reason that was read in all languages."""
    return Said(*told(texts, nearest_language(get_language())))


def stored_reason(reason: Any) -> Said:
    """Return a reason as a report kept it, in the form of its time."""
    return Said(*kept_reason(reason, nearest_language(get_language())))


def noted(reason: Said) -> str:
    """Return a reason where no mark-up can stand, with the name of its language behind it."""
    return f"{reason.text} ({_NAMES[reason.lang]})" if reason.lang else reason.text
