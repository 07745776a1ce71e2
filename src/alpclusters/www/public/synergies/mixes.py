"""The policy mix: instruments, themes and regions with their budgets, spread and gaps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.policy_mix import (
    MOST_UNKNOWN,
    Entry,
    Gaps,
    Mix,
    Sum,
    policy_gaps,
    policy_mix,
    theme_weights,
)
from alpclusters.platform.funding.domain.lists import (
    INSTRUMENTS,
    PHASE_OF,
    THEMES,
    instrument_label,
    phase_label,
    theme_label,
)
from alpclusters.platform.funding.domain.policy_mixing import (
    Scope,
    Subject,
    budget_periods,
    entries_of,
    read_budgets,
    read_subjects,
)
from alpclusters.platform.funding.models import Budget, Status
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.charts.heat import class_words, sequential_step
from alpclusters.reports.numbers import EN_DASH, format_integer, format_number
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.components.parts import Cell, Column, Figure, Table
from alpclusters.www.public.network.first_page import Choice
from alpclusters.www.public.synergies.questions import (
    Query,
    address,
    number_text,
    period_text,
    place_names,
    reader,
    share_text,
    source_text,
)

MILLION_CT: Final = 100_000_000
# Million euro; lower ends of the classes 2 to 6.
LIMITS: Final = (1, 5, 10, 20, 40)
KINDS: Final = ("csv", "json")
# Where the budgets stand that all figures are computed from.
BUDGETS: Final = "budgets"


@dataclass(frozen=True)
class GapView:
    """A theme with too little money, in words."""

    theme: str
    words: str


@dataclass(frozen=True)
class MixPage:
    """The policy mix of a period, of all regions or of one."""

    query: Query
    title: str
    choices: Sequence[Choice]
    figures: Sequence[Figure]
    heat: Table | None
    budgets: Table
    budgets_told: str
    classes: Sequence[tuple[str, str]]
    charts: Sequence[tuple[str, ChartView]]
    regions: Table | None
    gaps: Sequence[GapView]
    open_gaps: Sequence[str]
    missing_phases: Sequence[str]
    has_strategy: bool
    n_budgets: int
    is_simulated: bool
    has_unverified: bool
    has_simulated: bool
    why_no_index: str
    sources: Sequence[str]
    other_url: str
    exports: Sequence[tuple[str, str]]


def read_mix(query: Query) -> MixPage:
    """Sum up the budgets of a period (at most eight queries).

    Where nothing real is entered, the invented figures are shown at once.
    """
    has_real = Budget.objects.exclude(status=Status.DEMONSTRATION).exists()
    query = replace(query, simulated=query.simulated or not has_real)
    periods = budget_periods(is_simulated=query.simulated)
    period = query.period if query.period in periods else (periods[0] if periods else "")
    budgets = read_budgets(Scope(period=period, is_simulated=query.simulated))
    query = replace(query, period=period)
    places = place_names({query.region, *(row.region for row in budgets)} - {""})
    shown = [row for row in budgets if query.region in {"", row.region}]
    subjects = {
        one.region: one
        for one in read_subjects(is_simulated=query.simulated, period=period)
        if one.programme is None
    }
    mix = _mix(entries_of(shown))
    gaps = _gaps(entries_of(shown), subjects.get(query.region)) if query.region else None
    return MixPage(
        query=query,
        title=_title(query, places),
        choices=[_periods(periods, period), _regions(budgets, places, query)],
        figures=_figures(mix),
        heat=_heat(mix) if shown else None,
        budgets=_budgets(shown, places),
        budgets_told=_entered(len(shown)),
        classes=_classes(),
        charts=_charts(mix) if mix.total.known else [],
        regions=_by_region(budgets, places, subjects, query) if not query.region else None,
        gaps=[_gap(one) for one in gaps.certain] if gaps else [],
        open_gaps=_open(gaps) if gaps else [],
        missing_phases=[phase_label(p, get_language()) for p in gaps.phases] if gaps else [],
        has_strategy=query.region in subjects,
        n_budgets=len(shown),
        is_simulated=any(row.status == Status.DEMONSTRATION for row in shown),
        has_unverified=any(row.status == Status.UNVERIFIED for row in shown),
        has_simulated=Budget.objects.filter(status=Status.DEMONSTRATION).exists(),
        why_no_index=_why_no_index(mix),
        sources=[source_text(one) for one in dict.fromkeys(row.source for row in shown) if one],
        other_url=address(replace(query, simulated=not query.simulated), "policy-mix")
        if has_real
        else "",
        exports=[(kind, address(query, "policy-mix-export", kind)) for kind in KINDS],
    )


def _mix(entries: Sequence[Entry]) -> Mix:
    return policy_mix(entries, n_themes=len(THEMES), n_instruments=len(INSTRUMENTS))


def _gaps(entries: Sequence[Entry], subject: Subject | None) -> Gaps:
    weights = theme_weights({}) if subject is None else subject.strategy.priorities
    known = [entry for entry in entries if entry.instrument in PHASE_OF]
    return policy_gaps(known, weights, phases=PHASE_OF)


def _title(query: Query, places: Mapping[str, str]) -> str:
    if not query.region:
        return _("Where the money is")
    return _("Policy mix: %(region)s") % {"region": places.get(query.region, query.region)}


def _periods(periods: Sequence[str], chosen: str) -> Choice:
    options = [(one, period_text(one), one == chosen) for one in periods]
    return Choice("period", _("Period"), options)


def _regions(budgets: Sequence[Budget], places: Mapping[str, str], query: Query) -> Choice:
    codes = sorted({row.region for row in budgets} | ({query.region} - {""}))
    options = [("", _("all regions"), not query.region)]
    options += [(code, places[code], code == query.region) for code in codes]
    return Choice("region", _("Region"), options)


def _figures(mix: Mix) -> list[Figure]:
    spread = mix.over_themes
    n = _entered(mix.total.n)
    unknown = ngettext(
        "%(n)s of them without an amount", "%(n)s of them without an amount", mix.total.n_unknown
    ) % {"n": format_integer(mix.total.n_unknown, reader())}
    themes = _("n = %(n)s themes with money") % {"n": format_integer(spread.n, reader())}
    concentration = f"J, HHI {number_text(spread.hhi)}, N1 {number_text(spread.n1, 1)}"
    found = [
        (_("Known budget, million euro"), million_text(mix.total), n, "budget"),
        (_("Unknown entries"), share_text(spread.unknown_share), unknown, "budget-unknown"),
        (_("Effective number of themes"), number_text(spread.n2, 1), f"1/HHI, {themes}", "themes"),
        (_("Evenness over themes"), number_text(spread.evenness), concentration, "evenness"),
    ]
    return [
        Figure(label, value, told, key=key, n=mix.total.n, url=f"#{BUDGETS}", rests=BUDGETS)
        for label, value, told, key in found
    ]


def _entered(n: int) -> str:
    entries = ngettext("%(n)s budget entered", "%(n)s budgets entered", n)
    return entries % {"n": format_integer(n, reader())}


def _budgets(rows: Sequence[Budget], places: Mapping[str, str]) -> Table:
    """List what is counted, one budget a row."""
    language = get_language()
    columns = [
        Column(_("Region")),
        Column(_("Theme")),
        Column(_("Instrument")),
        Column(_("Million euro"), is_number=True),
        Column(_("Source")),
    ]
    listed: list[list[Any]] = [
        [
            Cell(places[row.region], row=(BUDGETS, 1)),
            theme_label(row.theme, language),
            instrument_label(row.instrument, language),
            _("unknown")
            if row.amount_ct is None
            else format_number(row.amount_ct / MILLION_CT, reader(), 1),
            source_text(row.source) if row.source else EN_DASH,
        ]
        for row in rows
    ]
    return Table(_entered(len(rows)), columns, listed)


def _why_no_index(mix: Mix) -> str:
    if "many_unknown" not in mix.reasons:
        return ""
    text = _("More than %(share)s of the entries have no amount: no index is shown.")
    return text % {"share": share_text(MOST_UNKNOWN)}


def million_text(found: Sum | None) -> str:
    """Return an amount in million euro, or a dash where none is known."""
    if found is None or found.known is None:
        return EN_DASH
    return format_number(found.known / MILLION_CT, reader(), 1)


def _heat(mix: Mix) -> Table:
    """Themes as rows, the largest first; instruments as columns in their order."""
    instruments = [key for key in INSTRUMENTS if key in mix.by_instrument]
    instruments += sorted(set(mix.by_instrument) - set(instruments))
    themes = sorted(mix.by_theme, key=lambda key: (-(mix.by_theme[key].known or 0.0), key))
    language = get_language()
    columns = [
        Column(_("Theme")),
        # Beside the theme: with many instruments the table scrolls.
        Column(_("Sum")),
        *(Column(instrument_label(key, language)) for key in instruments),
    ]
    rows: list[list[Any]] = [
        [
            theme_label(theme, language),
            _amount(mix.by_theme[theme]),
            *(_amount(mix.cells.get((key, theme)), shaded=True) for key in instruments),
        ]
        for theme in themes
    ]
    sums = [_amount(mix.by_instrument[key]) for key in instruments]
    rows.append([_("Sum"), _amount(mix.total), *sums])
    return Table(_("Budgets by theme and instrument, in million euro"), columns, rows)


def _amount(found: Sum | None, *, shaded: bool = False) -> Cell:
    if found is None:
        return Cell("")
    note = ""
    if found.n_unknown:
        text = ngettext("%(n)s unknown", "%(n)s unknown", found.n_unknown)
        note = text % {"n": format_integer(found.n_unknown, reader())}
    shade = ""
    if shaded and found.known is not None:
        shade = f"q{sequential_step(found.known / MILLION_CT, LIMITS)}"
    return Cell(million_text(found), note=note, shade=shade)


def _classes() -> list[tuple[str, str]]:
    words = class_words(LIMITS, reader(), 0)
    return [(f"q{step}", text) for step, text in enumerate(words, start=1)]


def _charts(mix: Mix) -> list[tuple[str, ChartView]]:
    language = get_language()
    phases = [(phase, _of_phase(mix, phase)) for phase in dict.fromkeys(PHASE_OF.values())]
    themes = sorted(mix.by_theme.items(), key=lambda item: (-(item[1].known or 0.0), item[0]))
    return [
        _bars(_("Budgets by theme"), _("Theme"),
              [(theme_label(key, language), one) for key, one in themes]),
        _bars(_("Budgets by phase"), _("Phase"),
              [(phase_label(phase, language), one) for phase, one in phases]),
    ]  # fmt: skip


def _of_phase(mix: Mix, phase: str) -> Sum:
    found = [one for key, one in mix.by_instrument.items() if PHASE_OF.get(key) == phase]
    known = [one.known for one in found if one.known is not None]
    return Sum(
        sum(known) if known else None,
        sum(one.n for one in found),
        sum(one.n_unknown for one in found),
    )


def _bars(title: str, what: str, sums: Sequence[tuple[str, Sum]]) -> tuple[str, ChartView]:
    language = reader()
    bars = tuple(
        Bar(label, (one.known or 0.0) / MILLION_CT, detail=_detail(one), is_pale=not one.known)
        for label, one in sums
    )
    chart = BarChart(
        language=language,
        bars=bars,
        label_title=what,
        value_title=_("Known budget, million euro"),
        title=title,
        decimals=1,
    )
    return title, view_of(chart, caption=title, language=language)


def _detail(one: Sum) -> str:
    n = format_integer(one.n, reader())
    if one.n_unknown:
        return _("(n = %(n)s, %(unknown)s unknown)") % {
            "n": n,
            "unknown": format_integer(one.n_unknown, reader()),
        }
    return f"(n = {n})"


def _by_region(
    budgets: Sequence[Budget],
    places: Mapping[str, str],
    subjects: Mapping[str, Subject],
    query: Query,
) -> Table | None:
    if not budgets:
        return None
    columns = [
        Column(_("Region")),
        Column(_("Known budget, million euro"), is_number=True),
        Column(_("Unknown entries"), is_number=True),
        Column(_("Effective number of themes"), is_number=True),
        Column(_("Gaps of themes"), is_number=True),
        Column(_("Missing phases"), is_number=True),
    ]
    rows = []
    for code in sorted({row.region for row in budgets}, key=lambda one: places[one]):
        entries = entries_of(row for row in budgets if row.region == code)
        rows.append(_region_row(code, entries, places, subjects.get(code), query))
    return Table(_("Regions side by side"), columns, rows)


def _region_row(
    code: str,
    entries: Sequence[Entry],
    places: Mapping[str, str],
    subject: Subject | None,
    query: Query,
) -> list[Any]:
    mix, gaps = _mix(entries), _gaps(entries, subject)
    n_gaps = EN_DASH if subject is None else format_integer(len(gaps.certain), reader())
    url = address(replace(query, region=code), "policy-mix")
    return [
        Cell(places[code], url=url),
        million_text(mix.total),
        Cell(share_text(mix.over_themes.unknown_share), note=f"n = {mix.total.n}"),
        number_text(mix.over_themes.n2, 1),
        n_gaps,
        format_integer(len(gaps.phases), reader()),
    ]


def _gap(gap: Any) -> GapView:
    text = _("weight in the strategy %(weight)s, share of the known budget %(share)s")
    words = text % {"weight": share_text(gap.weight), "share": share_text(gap.share)}
    if gap.is_assumed:
        words = _("%(words)s (weight assumed)") % {"words": words}
    return GapView(theme_label(gap.theme, get_language()), words)


def _open(gaps: Gaps) -> list[str]:
    return [theme_label(g.theme, get_language()) for g in gaps.themes if g.verdict == "unknown"]
