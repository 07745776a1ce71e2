"""The key figures of a plan, fields of its reports, and indicators of Interreg in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from alpclusters.analysis.plans import Colour, Reason, is_asked
from alpclusters.platform.fields import about_of, label_of
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.text import field_of
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Cost,
    Dependency,
    FundingLine,
    Indicator,
    Milestone,
    Player,
    Recommendation,
    Risk,
)
from alpclusters.reports.blocks import KeyFigure, StatusKind
from alpclusters.reports.dates import format_date
from alpclusters.reports.numbers import format_integer, format_percent
from alpclusters.reports.plan_words.status import Standing, count_kinds

# --- The key figures of a plan: the same on page and paper, all of them parts of its own actions


PLAIN: Final = (StatusKind.ON_TRACK, StatusKind.PLANNED)


@dataclass(frozen=True, slots=True)
class PlanFigure:
    """So many of the actions of a plan stand in one of these ways.

    Attributes
    ----------
    kinds : tuple of StatusKind
    n, of : int
        How many, and of how many.
    label, base : str
        What they are, and of what they are a part, in words.
    """

    kinds: tuple[StatusKind, ...]
    n: int
    of: int
    label: str
    base: str


def plan_figures(lines: Iterable[Standing], language: str) -> list[PlanFigure]:
    """Count the actions of a plan by how they stand; every figure has the same base."""
    every = list(lines)
    counts, text = count_kinds(every), translator(language)
    base = text.ngettext("of %(n)s action", "of %(n)s actions", counts.n) % {
        "n": format_integer(counts.n, language)
    }
    rest = [
        words % {"n": format_integer(counts.of(kind), language)}
        for kind, words in (
            (StatusKind.DONE, text.gettext("done: %(n)s")),
            (StatusKind.STOPPED, text.gettext("stopped: %(n)s")),
        )
        if counts.of(kind)
    ]

    def figure(label: str, *kinds: StatusKind, more: Iterable[str] = ()) -> PlanFigure:
        return PlanFigure(kinds, counts.of(*kinds), counts.n, label, "; ".join([base, *more]))

    return [
        figure(text.gettext("on track or planned"), *PLAIN, more=rest),
        figure(text.gettext("delayed"), StatusKind.DELAYED),
        figure(text.gettext("far behind"), StatusKind.FAR_BEHIND),
        figure(
            text.gettext("no current report"),
            StatusKind.NO_REPORT,
            more=[reported_words(*reported_of(every), language)],
        ),
    ]


def key_figure(figure: PlanFigure, language: str) -> KeyFigure:
    """Return a figure as documents show it."""
    return KeyFigure(format_integer(figure.n, language), figure.label, figure.base)


def reported_of(lines: Iterable[Standing]) -> tuple[int, int]:
    """Return of how many open actions a current report is there, and how many are open."""
    asked = [line.shown for line in lines if is_asked(line.status)]
    return sum(colour is not Colour.GREY for colour in asked), len(asked)


def reported_words(n_reported: int, n_asked: int, language: str) -> str:
    """Say for how many of the open actions a current report is there."""
    text = translator(language)
    if not n_asked:
        return text.gettext("no action is open")
    return text.ngettext(
        "current report for %(k)s of %(n)s open action (%(share)s)",
        "current report for %(k)s of %(n)s open actions (%(share)s)",
        n_asked,
    ) % {
        "k": format_integer(n_reported, language),
        "n": format_integer(n_asked, language),
        "share": format_percent(n_reported / n_asked, language),
    }


# --- What the fields of a report are called on the page -------------------------------------------


_THINGS: Final[Mapping[str, Any]] = {
    "plan": _("Plan"),
    "actions": _("Action"),
    "milestones": _("Milestone"),
    "costs": _("Cost"),
    "funding": _("Source of money"),
    "players": _("Body"),
    "risks": _("Risk"),
    "dependencies": _("Dependency"),
    "indicators": _("Indicator"),
    "recommendations": _("Recommendation"),
}
_FIELDS: Final[Mapping[str, Any]] = {
    "status.shown": _("Status"),
    "status.state": pgettext_lazy("of an action", "State"),
    "status.last_known": _("Last known"),
    "status.colour": _("Computed"),
    "status.progress": _("Progress"),
    "colour": _("Status of the plan"),
    "latest.value": _("Last value"),
    "latest.refers_to": _("As of"),
    "latest.source": _("Source"),
    "targets": _("Targets"),
    "override.shown": _("Status set by a person"),
    "override.reason": _("Reason"),
    "override.computed": _("Computed"),
}
# What stands in a report under the name of a column is called as the column is.
_MODELS: Final[Mapping[str, type[Model]]] = {
    "plan": ActionPlan,
    "actions": Action,
    "milestones": Milestone,
    "costs": Cost,
    "funding": FundingLine,
    "players": Player,
    "risks": Risk,
    "dependencies": Dependency,
    "indicators": Indicator,
    "recommendations": Recommendation,
}


def thing_name(thing: str) -> Any:
    """Return the word for a kind of object."""
    return _THINGS.get(thing, thing.replace("_", " "))


def field_name(thing: str, path: str) -> Any:
    """Return the word for a field; the language behind a text is named beside it."""
    if not path:
        return thing_name(thing)
    parts = path.split(".")
    if thing == "plan" and parts[0] == "plan":
        parts = parts[1:]
    for n in (2, 1):
        known = _FIELDS.get(".".join(parts[:n]))
        if known is not None:
            return known
    for name in (parts[0], parts[-1]):
        if thing in _MODELS and _is_column(_MODELS[thing], name):
            return label_of(_MODELS[thing], name)
    return _FIELDS.get(parts[-1], parts[-1].replace("_", " "))


def _is_column(model: type[Model], name: str) -> bool:
    try:
        field = field_of(model, name)
    except FieldDoesNotExist:
        return False
    return field.many_to_many or about_of(field) is not None


# --- The Interreg indicators in words: names, what is counted, why something is not ---------------


NAMES: Final[Mapping[str, Any]] = {
    "RCO83": _("Strategies and action plans jointly developed"),
    "RCO84": _("Pilot actions developed jointly and implemented in projects"),
    "RCO87": _("Organisations cooperating across borders"),
    "RCO116": _("Jointly developed solutions"),
    "RCR79": _("Joint strategies and action plans taken up by organisations"),
    "RCR84": _("Organisations cooperating across borders after project completion"),
    "RCR104": _("Solutions taken up or up-scaled by organisations"),
}
RULES: Final[Mapping[str, Any]] = {
    "RCO83": _(
        "Plans and strategies drafted by bodies of at least two countries and completed by the "
        "end of the project."
    ),
    "RCO84": _(
        "Pilot actions carried by bodies of at least two countries and finished by the end of the "
        "project."
    ),
    "RCO87": _("Legal entities among the partners, each once; units of one body count as one."),
    "RCO116": _(
        "Solutions out of a pilot action that has ended, carried and designed by bodies of at "
        "least two countries, with a note on what others need to take them up."
    ),
    "RCR79": _(
        "Of the joint plans those that a body endorsed as a whole, with a date, and of which "
        "something was carried out, both within a year after the end of the project."
    ),
    "RCR84": _(
        "Partners with a formal agreement to go on with a partner of another country, signed "
        "within a year after the end of the project. A link that is merely alive is no agreement."
    ),
    "RCR104": _(
        "Of the joint solutions those that a body took up or scaled up within a year after the "
        "end of the project and wrote into a document of its own; legal and administrative "
        "solutions do not count."
    ),
}
_REASONS: Final[Mapping[str, Any]] = {
    "no_project_end": _("The end of the project is not known."),
    "other_kind": _("It is neither a strategy nor an action plan."),
    "drafted_in_one_country": _("Drafted by bodies of fewer than two countries (%(countries)s)."),
    "not_completed": _("It has no date of completion."),
    "completed_late": _("Completed on %(on)s, after %(until)s."),
    "not_adopted": _("No body has endorsed the whole plan with a date."),
    "adopted_late": _("Endorsed on %(on)s, after %(until)s."),
    "not_begun": _("Nothing of it was reported as carried out."),
    "begun_late": _("Begun on %(on)s, after %(until)s."),
    "no_finished_pilot": _("No pilot action has ended."),
    "pilot_late": _("The pilot action ended on %(on)s, after %(until)s."),
    "pilot_in_one_country": _(
        "The pilot action was carried by bodies of fewer than two countries (%(countries)s)."
    ),
    "designed_in_one_country": _("Designed by bodies of fewer than two countries (%(countries)s)."),
    "no_take_up_note": _("There is no note on what others need to take it up."),
    "legal_solution": _("It is a legal or administrative solution."),
    "not_taken_up": _("No body has taken it up with a date."),
    "taken_up_late": _("Taken up on %(on)s, after %(until)s."),
    "taken_up_without_document": _("No document of the body that took it up is named."),
    "country_not_counted": _("The programme does not count bodies of this country (%(country)s)."),
    "same_legal_entity": _("The same legal entity as %(as)s."),
    "active_without_agreement": _("The link is there, but no agreement was signed."),
    "signed_late": _("Signed on %(on)s, after %(until)s."),
    "signed_before_project": _("Signed on %(on)s, before the project began."),
    "not_valid_after": _("Ended on %(until)s, not after the project."),
    "agreement_in_one_country": _("Both sides are in one country, or one is no partner."),
}


def reason_words(reason: Reason, language: str) -> str:
    """Return why something does not count, as a sentence."""
    sentence = _REASONS.get(reason.key)
    if sentence is None:
        return reason.key.replace("_", " ")
    return str(sentence) % {name: _value(value, language) for name, value in reason.params.items()}


def _value(value: Any, language: str) -> str:
    if isinstance(value, date):
        return format_date(value, language)
    return str(value) or "–"
