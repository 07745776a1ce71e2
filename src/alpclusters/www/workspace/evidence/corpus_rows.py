"""Corpora and their initiatives as rows, the agreement of two coders, the ways to everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.consensus.krippendorff import CITED
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.coding import FieldAgreement, Progress, agreement_of
from alpclusters.platform.evidence.domain.coding.agreement import FEW_UNITS
from alpclusters.platform.evidence.models import Activity, Coding, Corpus, Initiative
from alpclusters.platform.evidence.rules import corpora_of
from alpclusters.reports.numbers import (
    format_integer,
    format_interval,
    format_number,
    format_percent,
)
from alpclusters.www.components.parts import Crumb, Figure

# --- The agreement of two coders as a table, with what the numbers mean ---------------------------


LEVELS: Final = {
    "nominal": gettext_lazy("equal or not"),
    "ordinal": gettext_lazy("in order"),
    "interval": gettext_lazy("by difference"),
}
RELIABLE, TENTATIVE = (bound for _name, bound in CITED)
VERDICTS: Final = {
    "reliable": (pgettext_lazy("agreement of coders", "reliable"), "circle-check", "good"),
    "tentative": (pgettext_lazy("agreement of coders", "tentative"), "circle-help", "warn"),
    "weak": (pgettext_lazy("agreement of coders", "weak"), "triangle-alert", "bad"),
}


@dataclass(frozen=True)
class AgreementRow:
    """One field in words."""

    label: Any
    level: Any
    alpha: str
    interval: str
    note: str
    verdict: Any
    icon: str
    tone: str
    percent: str
    n_activities: str
    n_units: str
    is_per_code: bool
    missing: str


@dataclass(frozen=True)
class AgreementView:
    """The whole table."""

    rows: Sequence[AgreementRow]
    n_activities: int
    reliable: str
    tentative: str
    few: int

    @property
    def is_empty(self) -> bool:
        """Whether nobody's codings can be compared yet."""
        return self.n_activities == 0


def read_agreement(corpus: Corpus) -> AgreementView:
    """Compute the agreement of a corpus and put it into words."""
    found = agreement_of(corpus)
    language = get_language() or "en"
    return AgreementView(
        [_row(field, language) for field in found.values()],
        max(field.n_activities for field in found.values()),
        format_number(RELIABLE, language, 3),
        format_number(TENTATIVE, language, 3),
        FEW_UNITS,
    )


def _row(field: FieldAgreement, language: str) -> AgreementRow:
    word, icon, tone = VERDICTS[_verdict(field.alpha)] if field.alpha is not None else ("", "", "")
    bounds = field.interval
    return AgreementRow(
        label=field.label,
        level=LEVELS[field.level],
        alpha="" if field.alpha is None else format_number(field.alpha, language, 2),
        interval="" if bounds is None else format_interval(bounds.low, bounds.high, language, 2),
        note=_note(field),
        verdict=word,
        icon=icon,
        tone=tone,
        percent="–" if field.percent is None else format_percent(field.percent, language),
        n_activities=format_integer(field.n_activities, language),
        n_units=format_integer(field.n_units, language),
        is_per_code=field.is_per_code,
        missing=(
            "–" if field.missing_share is None else format_percent(field.missing_share, language)
        ),
    )


def _verdict(alpha: float) -> str:
    if alpha >= RELIABLE:
        return "reliable"
    return "tentative" if alpha >= TENTATIVE else "weak"


def _note(field: FieldAgreement) -> str:
    if field.status == "too_few":
        return gettext("too few")
    if field.status == "no_variation":
        return gettext("only one code occurs")
    return ""


# --- The way to everything of the evidence base that a person may write ---------------------------


# Page, its words, the right it asks for.
PAGES: Final[tuple[tuple[str, Any, str], ...]] = (
    ("workspace:lessons", _("Lessons"), "evidence.change_evidence"),
    ("workspace:initiatives", _("Initiatives"), "evidence.change_evidence"),
    ("workspace:documents", _("Documents"), "evidence.change_evidence"),
    ("workspace:initiative-imports", _("Imported projects"), "evidence.import_initiatives"),
    ("workspace:codebook", _("Codebook"), "evidence.change_codebook"),
    ("public:evidence", _("What lasted (public page)"), "evidence.change_evidence"),
)


def base_links(user: User) -> list[Crumb]:
    """Return the pages a person may open."""
    allowed = [(name, label) for name, label, right in PAGES if user.has_perm(right)]
    links = [Crumb(label, _address(name)) for name, label in allowed]
    return [link for link in links if link.url]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


# --- Corpora and their initiatives as rows, with what is left to do -------------------------------


OPEN = Q(initiatives__activities__state=Activity.State.OPEN)
DISPUTED = Q(initiatives__activities__state=Activity.State.DISPUTED)


@dataclass(frozen=True)
class CorpusRow:
    """One corpus with its counts."""

    corpus: Corpus
    n_initiatives: int
    n_activities: int
    n_done: int
    n_disputed: int


@dataclass(frozen=True)
class InitiativeRow:
    """One initiative of a corpus: its activities by state, and what the reader has to do."""

    initiative: Initiative
    n_activities: int
    n_done: int
    n_disputed: int
    n_own_open: int
    n_own_closed: int


@dataclass(frozen=True)
class CoderRow:
    """One coder's work."""

    name: str
    n_begun: int
    n_closed: int


@dataclass(frozen=True)
class ProgressView:
    """Progress in words."""

    figures: Sequence[Figure]
    n_needed: int
    n_closed: int
    coders: Sequence[CoderRow]


def read_corpora(user: User) -> list[CorpusRow]:
    """Read all corpora of a person in one query."""
    counted = corpora_of(user).annotate(
        n_initiatives=Count("initiatives", distinct=True),
        n_activities=Count("initiatives__activities", distinct=True),
        n_open=Count("initiatives__activities", filter=OPEN, distinct=True),
        n_disputed=Count("initiatives__activities", filter=DISPUTED, distinct=True),
    )
    return [
        CorpusRow(
            row,
            row.n_initiatives,
            row.n_activities,
            row.n_activities - row.n_open - row.n_disputed,
            row.n_disputed,
        )
        for row in counted.select_related("project", "codebook").order_by("name", "pk")
    ]


def initiative_rows(
    corpus: Corpus, initiatives: Sequence[Initiative], user: User
) -> list[InitiativeRow]:
    """Count the activities of some initiatives in two queries."""
    del corpus  # the same counts in every corpus: an activity is coded once for all
    states = _counts(initiatives)
    own = _own(initiatives, user)
    return [
        InitiativeRow(
            initiative,
            sum(states.get(initiative.pk, {}).values()),
            sum(
                states.get(initiative.pk, {}).get(state, 0)
                for state in (Activity.State.ONCE, Activity.State.SETTLED)
            ),
            states.get(initiative.pk, {}).get(Activity.State.DISPUTED, 0),
            *own.get(initiative.pk, (0, 0)),
        )
        for initiative in initiatives
    ]


def progress_view(progress: Progress, n_coders: int) -> ProgressView:
    """Say how far a corpus is."""
    of = gettext("of %(n)s") % {"n": _figure(progress.n_activities)}
    empty = ngettext("%(n)s without an activity", "%(n)s without an activity", progress.n_empty) % {
        "n": _figure(progress.n_empty)
    }
    figures = [
        Figure(gettext("Initiatives"), _figure(progress.n_initiatives), empty),
        Figure(gettext("Activities coded"), _figure(progress.n_done), of),
        Figure(gettext("two coders differ"), _figure(progress.n_disputed), of),
    ]
    if n_coders > 1:
        figures.append(Figure(gettext("coded twice, settled"), _figure(progress.n_settled), of))
    coders = [
        CoderRow(str(row.coder or gettext("deleted account")), row.n_begun, row.n_closed)
        for row in progress.coders
    ]
    return ProgressView(figures, progress.n_needed, progress.n_closed, coders)


def _counts(initiatives: Sequence[Initiative]) -> dict[int, dict[str, int]]:
    rows = (
        Activity.objects.filter(initiative__in=initiatives)
        .order_by()
        .values_list("initiative", "state")
        .annotate(n=Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for pk, state, n in rows:
        found.setdefault(pk, {})[state] = n
    return found


def _own(initiatives: Sequence[Initiative], user: User) -> dict[int, tuple[int, int]]:
    rows = (
        Coding.objects.filter(activity__initiative__in=initiatives, coder=user)
        .order_by()
        .values_list("activity__initiative")
        .annotate(
            n_open=Count("pk", filter=Q(closed_at__isnull=True)),
            n_closed=Count("pk", filter=Q(closed_at__isnull=False)),
        )
    )
    return {pk: (n_open, n_closed) for pk, n_open, n_closed in rows}


def _figure(number: int) -> str:
    return format_integer(number, get_language() or "en")
