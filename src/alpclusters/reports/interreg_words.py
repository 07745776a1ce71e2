"""The Interreg indicators in words: names, what is counted, why something is not."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from alpclusters.analysis.plans import Reason
from alpclusters.reports.dates import format_date

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
