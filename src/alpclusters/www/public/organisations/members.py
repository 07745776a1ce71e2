"""The members of a cluster organisation by type: a bar each, what is unknown said in words."""

from dataclasses import dataclass

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.profiles import MEMBER_TYPES
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.www.components.charts import ChartView, view_of
from alpclusters.www.site.profile_words import name_of


@dataclass(frozen=True)
class MembersView:
    """The bars with the sentence above and what is missing below."""

    claim: str
    what: str
    chart: ChartView
    note: str


def read_members(profile: ClusterOrganisation) -> MembersView | None:
    """Draw the known counts; None where no type was counted."""
    counts = {name: getattr(profile, f"n_{name}") for name in MEMBER_TYPES}
    known = {name: n for name, n in counts.items() if n is not None}
    if not known:
        return None
    language = nearest_language(get_language())
    total = sum(known.values())
    is_whole = len(known) == len(counts)
    claim = _claim(total, is_whole=is_whole, language=language)
    chart = BarChart(
        language=language,
        bars=tuple(
            Bar(name_of(name), n, _share(n, total, language) if is_whole else "")
            for name, n in known.items()
        ),
        label_title=_("Type of member"),
        value_title=_("Members"),
        title=claim,
    )
    view = view_of(chart, caption=claim, language=language)
    return MembersView(claim, _counted(profile, language), view, _note(profile, counts))


def _claim(total: int, *, is_whole: bool, language: str) -> str:
    n = format_integer(total, language)
    if is_whole:
        return ngettext("%(n)s member", "%(n)s members", total) % {"n": n}
    return ngettext("At least %(n)s member", "At least %(n)s members", total) % {"n": n}


def _share(n: int, total: int, language: str) -> str:
    return format_percent(n / total, language) if total else ""


def _counted(profile: ClusterOrganisation, language: str) -> str:
    if profile.counted_on is None:
        return _("Date of the count unknown")
    return _("Counted on %(date)s") % {"date": format_date(profile.counted_on, language)}


def _note(profile: ClusterOrganisation, counts: dict[str, int | None]) -> str:
    sentences = []
    unknown = [name_of(name) for name, n in counts.items() if n is None]
    if unknown:
        sentences.append(_("Not counted: %(types)s.") % {"types": ", ".join(unknown)})
    if profile.n_start_up is not None:
        words = {"n": profile.n_start_up}
        sentences.append(
            ngettext(
                "%(n)s start-up is among the small and medium-sized firms.",
                "%(n)s start-ups are among the small and medium-sized firms.",
                profile.n_start_up,
            )
            % words
        )
    return " ".join(sentences)
