"""What fits, for whom: the section on a subject's page, and the page with all of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.funding.domain.fitting.fits import Fit, Fitting
from alpclusters.www.components.parts import Crumb, Figure
from alpclusters.www.public.fitting.cards import FitCard, fit_card

SHOWN: Final = 30
IN_SECTION: Final = 3


@dataclass(frozen=True)
class Group:
    """Offers of one answer, with how many there are in all."""

    key: str
    title: str
    lead: str
    cards: Sequence[FitCard]
    n: int

    @property
    def counts(self) -> str:
        """What the number counts, as the key figures name it."""
        return f"offers.{self.key}"

    @property
    def n_more(self) -> int:
        """How many are not shown."""
        return self.n - len(self.cards)


@dataclass(frozen=True)
class FittingSection:
    """The short form on the page of a subject."""

    summary: str
    cards: Sequence[FitCard]
    url: str


@dataclass(frozen=True)
class FittingPage:
    """All offers, judged."""

    name: str
    kicker: str
    lead: str
    back_url: str
    figures: Sequence[Figure]
    groups: Sequence[Group]
    folded: Sequence[Group]
    crumbs: Sequence[Crumb]
    note: str
    simulated: bool
    day: date


@dataclass(frozen=True)
class Subject:
    """What the offers are judged for."""

    name: str
    kicker: str
    lead: str
    back_url: str
    note: str
    crumbs: Sequence[Crumb]
    simulated: bool
    profile_url: str = ""


def read_section(fitting: Fitting, url: str) -> FittingSection:
    """Read the short form: how many fit, and the first of them."""
    return FittingSection(
        summary=_summary(fitting),
        cards=[fit_card(fit) for fit in fitting.fits[:IN_SECTION]],
        url=url,
    )


def read_page(fitting: Fitting, subject: Subject, *, today: date) -> FittingPage:
    """Read the page with all offers."""
    return FittingPage(
        name=subject.name,
        kicker=subject.kicker,
        lead=subject.lead,
        back_url=subject.back_url,
        figures=_figures(fitting),
        groups=_groups(fitting, subject.profile_url),
        folded=_folded(fitting, subject.profile_url),
        crumbs=[*subject.crumbs, Crumb(_("Funding that fits"))],
        note=subject.note,
        simulated=subject.simulated,
        day=today,
    )


def _summary(fitting: Fitting) -> str:
    current = len(fitting.fits) + len(fitting.open) + len(fitting.not_fit)
    fits = ngettext(
        "%(k)s of %(n)s current offer of funding fits",
        "%(k)s of %(n)s current offers of funding fit",
        current,
    ) % {"k": len(fitting.fits), "n": current}
    is_open = ngettext("%(n)s is open", "%(n)s are open", len(fitting.open)) % {
        "n": len(fitting.open)
    }
    return _("%(fits)s, %(open)s.") % {"fits": fits, "open": is_open}


def _figures(fitting: Fitting) -> list[Figure]:
    current = len(fitting.fits) + len(fitting.open) + len(fitting.not_fit)
    of_all = ngettext("of %(n)s current offer", "of %(n)s current offers", current) % {"n": current}
    projects = sum(1 for fit in fitting.open if fit.needs_only_project)
    depends = ngettext(
        "%(n)s depends on the project alone",
        "%(n)s depend on the project alone",
        projects,
    ) % {"n": projects}
    return [
        _figure(_("Fit"), "fits", fitting.fits, of_all, current),
        _figure(_("Still open"), "open", fitting.open, f"{of_all}; {depends}", current),
        _figure(_("Do not fit"), "no", fitting.not_fit, of_all, current),
    ]


def _figure(label: str, group: str, fits: Sequence[Fit], sub: str, current: int) -> Figure:
    """Count the offers of a group; the figure leads to the group on the same page."""
    n, key = len(fits), f"offers.{group}"
    if not n:
        return Figure(label, str(n), sub, key=key, exact=n, n=current, why=_("nothing to list"))
    return Figure(label, str(n), sub, key=key, exact=n, n=current, url=f"#{group}")


def _groups(fitting: Fitting, profile_url: str) -> list[Group]:
    return [
        _group(
            "fits",
            _("What fits"),
            _("All conditions that the catalogue knows are met."),
            fitting.fits,
            profile_url,
        ),
        _group(
            "open",
            _("What is open"),
            _("Something is not known yet; each offer says what, and who can say it."),
            fitting.open,
            profile_url,
        ),
    ]


def _folded(fitting: Fitting, profile_url: str) -> list[Group]:
    groups = [
        _group("no", _("What does not fit"), "", fitting.not_fit, profile_url),
        _group(
            "earlier",
            _("Earlier offers"),
            _("These calls are over; they show what was possible."),
            fitting.earlier,
            profile_url,
        ),
    ]
    return [group for group in groups if group.n]


def _group(key: str, title: str, lead: str, fits: Sequence[Fit], profile_url: str) -> Group:
    cards = [fit_card(fit, profile_url=profile_url) for fit in fits[:SHOWN]]
    return Group(key, title, lead, cards, len(fits))
