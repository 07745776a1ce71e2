"""One judged offer as the page shows it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.analysis.funding.eligibility import Truth
from alpclusters.platform.funding.domain.fitting.fits import Fit, Owner, State
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.reports.dates import format_date
from alpclusters.reports.funding_words.conditions import theme_words
from alpclusters.reports.funding_words.reasons import Reason, verdict_reasons, verdict_word
from alpclusters.reports.numbers import format_money, format_percent
from alpclusters.www.public.funding.asking import Timing, offer_url
from alpclusters.www.public.funding.terms import Badge, status_badge, timing_badge

LOOKS: Final = {
    Truth.TRUE: ("good", "check"),
    Truth.FALSE: ("bad", "x"),
    Truth.UNKNOWN: ("unv", "circle-help"),
}
_TIMINGS: Final = {
    State.OPEN: Timing.OPEN,
    State.UPCOMING: Timing.UPCOMING,
    State.UNDATED: Timing.UNKNOWN,
    State.CLOSED: Timing.CLOSED,
}


@dataclass(frozen=True)
class ReasonView:
    """A sentence; of an open condition also who can say what is missing, and where."""

    text: str
    how: str = ""
    url: str = ""


@dataclass(frozen=True)
class FitCard:
    """Everything the template names."""

    title: str
    url: str
    programme: str
    level: Any
    standing: Badge
    timing: Badge
    days: str
    verdict: Badge
    amounts: Sequence[str]
    themes: str
    bodies: str
    reasons: Sequence[ReasonView]


def fit_card(fit: Fit, *, profile_url: str = "") -> FitCard:
    """Read a judged offer; ``profile_url`` is where the reader may fill in the profile."""
    language = nearest_language(get_language())
    tone, icon = LOOKS[fit.truth]
    return FitCard(
        title=fit.offer.title,
        url=offer_url(fit.offer.key),
        programme=str(fit.offer.programme),
        level=fit.offer.programme.get_level_display(),
        standing=status_badge(fit.offer.status),
        timing=timing_badge(_TIMINGS[fit.timing.state]),
        days=_days(fit, language),
        verdict=Badge(text=verdict_word(fit.truth, language), tone=tone, icon=icon),
        amounts=_amounts(fit, language),
        themes=", ".join(theme_words(theme, language) for theme in fit.themes),
        bodies=_bodies(fit),
        reasons=_reasons(fit, language, profile_url),
    )


def _days(fit: Fit, language: str) -> str:
    opens, closes = fit.timing.opens, fit.timing.closes
    if fit.timing.state is State.UPCOMING and opens:
        return _("opens on %(day)s") % {"day": format_date(opens, language)}
    if closes is None:
        return ""
    day = {"day": format_date(closes, language)}
    if fit.timing.state is State.CLOSED:
        return _("closed on %(day)s") % day
    return _("open until %(day)s") % day


def _amounts(fit: Fit, language: str) -> list[str]:
    """Write rate and ceiling; what is not sure is said as what may be."""
    found = [words for words in [_rate(fit, language)] if words]
    if fit.offer.cap_ct is not None:
        amount = format_money(fit.offer.cap_ct, "EUR", language)
        found.append(_("at most %(amount)s") % {"amount": amount})
    return found


def _rate(fit: Fit, language: str) -> str:
    """Say what is funded: one rate, from one to another, or what is possible at most."""
    sure, most = fit.rate_bp, fit.most_bp
    if most is None:
        most = fit.offer.best_rate_bp
    if most is None:
        return ""
    if sure == most:
        return _("funds %(share)s of the costs") % {"share": _share(most, language)}
    if sure:
        shares = {"least": _share(sure, language), "most": _share(most, language)}
        return _("funds %(least)s to %(most)s of the costs") % shares
    return _("funds up to %(share)s of the costs") % {"share": _share(most, language)}


def _share(rate_bp: int, language: str) -> str:
    return format_percent(rate_bp / 10_000, language, 0 if rate_bp % 100 == 0 else 2)


def _bodies(fit: Fit) -> str:
    """Name the partners that it fits; a single body needs no name."""
    if fit.truth is Truth.FALSE or len(fit.names) < 2:  # noqa: PLR2004 - one is no choice
        return ""
    return ", ".join(fit.bodies)


def _reasons(fit: Fit, language: str, profile_url: str) -> list[ReasonView]:
    if not fit.is_in_time:
        return [ReasonView(_("Its costs count at another time than that of the action."))]
    reasons = verdict_reasons(fit.verdict, language, partners=fit.names)
    owners = {one.path: one.owner for one in fit.missing}
    return [_reason(reason, owners, profile_url) for reason in reasons]


def _reason(reason: Reason, owners: Mapping[str, Owner], profile_url: str) -> ReasonView:
    owner = next((owners[path] for path in reason.fields if path in owners), None)
    if owner is Owner.PROFILE:
        return ReasonView(reason.text, _("It can be entered in the profile."), profile_url)
    if owner is Owner.PROJECT:
        return ReasonView(reason.text, _("It depends on the project and its partners."))
    if owner is Owner.BODY:
        return ReasonView(reason.text, _("A project that looks for its funding is asked for it."))
    return ReasonView(reason.text)
