"""What is wrong with a funding case as people read it: pointer, what, remedy, in their language."""

from collections.abc import Mapping
from typing import Final

from alpclusters.analysis.funding.case_files.faults import CaseError, CaseFault
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.numbers import format_integer

# code: (what is wrong, what to do)
FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    # --- form ---
    "missing_field": (_("“%(field)s” is missing."), _("Add it.")),
    "unknown_key": (
        _("“%(found)s” is not a name of the format."),
        _("Remove it, or did you mean: %(nearest)s?"),
    ),
    "not_one_key": (
        _("A condition is an object with exactly one name."),
        _("Put several conditions into “all” or “any”."),
    ),
    "type_mismatch": (
        _("The value has the wrong kind; expected: %(expected)s."),
        _("Change it; texts stand in quotation marks, numbers and true or false do not."),
    ),
    "not_finite": (_("The number is not finite."), _("Enter a number.")),
    "unknown_value": (
        _("“%(found)s” is not one of the possible values."),
        _("Possible: %(expected)s."),
    ),
    "bad_text": (_("The text holds control characters."), _("Remove them.")),
    "bad_length": (
        _("The text is too short or too long."),
        _("Use %(low)s to %(high)s characters."),
    ),
    "bad_id": (
        _("“%(found)s” cannot be an identifier."),
        _("Use letters a to z, digits and the signs . _ : / + -; begin with a letter or digit."),
    ),
    "bad_key": (
        _("“%(found)s” cannot be the name of a fact."),
        _("Use small letters, digits and _ and begin with a letter."),
    ),
    "bad_nuts": (
        _("“%(found)s” does not look like a code of a region."),
        _("Use a NUTS code such as DE11."),
    ),
    "bad_state": (
        _("“%(found)s” does not look like the code of a state."),
        _("Use two capital letters such as AT."),
    ),
    "bad_decimal": (
        _("“%(found)s” is not a decimal number."),
        _("Write it as text with a point, such as 0.9412."),
    ),
    "bad_date": (
        _("“%(found)s” is not a day."),
        _("Write days as 2027-03-01, in the years 1900 to 2099."),
    ),
    "not_first_day": (
        _("“%(found)s” is not the first day of a month."),
        _("Write it as 2027-03-01."),
    ),
    "out_of_range": (
        _("%(found)s is outside the possible range."),
        _("Enter a number from %(low)s to %(high)s."),
    ),
    "too_large": (
        _("%(found)s is too large for an amount."),
        _("Amounts are in cents; enter at most %(high)s."),
    ),
    "too_many_items": (
        _("The list has %(n)s entries."),
        _("Enter at most %(high)s."),
    ),
    "too_few_items": (
        _("The list has %(n)s entries."),
        _("Enter at least %(low)s."),
    ),
    "wrong_count": (
        _("The list has %(n)s entries."),
        _("Enter exactly %(expected)s."),
    ),
    "too_deep": (
        _("The data are nested too deeply; at most %(limit)s levels are read."),
        _("Simplify the condition."),
    ),
    "unwanted_field": (
        _("“%(field)s” does not belong to “%(kind)s”."),
        _("Remove it."),
    ),
    # --- money and rates ---
    "negative_cost": (_("The cost is negative (%(found)s)."), _("Enter 0 or more cents.")),
    "negative_amount": (_("The amount is negative (%(found)s)."), _("Enter 0 or more.")),
    "negative_rate": (_("The rate is negative (%(found)s)."), _("Enter 0 to 10000.")),
    "rate_over_100": (
        _("The rate %(found)s is more than 100 per cent."),
        _("Rates are hundredths of a per cent: 7500 is 75 per cent, 10000 all of it."),
    ),
    "floor_over_cap": (
        _("The least grant (%(found)s cents) is more than the largest one (%(high)s cents)."),
        _("Correct one of the two."),
    ),
    "minimum_over_maximum": (
        _("The smallest number of partners (%(found)s) is above the largest one (%(high)s)."),
        _("Correct one of the two."),
    ),
    "more_granted": (
        _("More applications were granted (%(found)s) than handed in (%(high)s)."),
        _("Correct one of the two."),
    ),
    # --- names ---
    "duplicate_id": (
        _("“%(found)s” stands twice."),
        _("Give each its own identifier; the other one is at %(first)s."),
    ),
    "unknown_ref": (
        _("“%(found)s” does not exist."),
        _("Add it, or did you mean: %(nearest)s?"),
    ),
    "controls_itself": (
        _("“%(found)s” would control itself."),
        _("Name the undertaking that controls it, or leave it out."),
    ),
    "unknown_nuts": (
        _("The region “%(found)s” does not exist in NUTS %(vintage)s."),
        _("Check code and year; codes that look alike: %(nearest)s."),
    ),
    "unknown_vintage": (
        _("No list of NUTS codes was issued in that year."),
        _("Use 2006, 2010, 2013, 2016, 2021 or 2024."),
    ),
    "country_mismatch": (
        _("The country %(found)s does not fit the region, which lies in %(expected)s."),
        _("Correct one of the two."),
    ),
    # --- time ---
    "period_outside": (
        _("The quarter %(found)s is outside the project."),
        _("Count quarters from 0; here they go to %(high)s."),
    ),
    "window_reversed": (
        _("The end (%(last)s) lies before the beginning (%(first)s)."),
        _("Exchange the two."),
    ),
    "windows_overlap": (
        _("The offer “%(found)s” stands twice, and its windows overlap."),
        _("Keep one of them, or give them identifiers of their own; the other is at %(first)s."),
    ),
    "rulebook_gap": (
        _("No rule-book covers “%(found)s”."),
        _("Possible: %(expected)s."),
    ),
    "undecided_day": (
        _("The offer “%(found)s” has no day of grant, plan or closing."),
        _("Which rules hold stays open; add a day."),
    ),
    # --- links ---
    "link_cycle": (
        _("The offers need one another in a circle, through “%(found)s”."),
        _("Remove one of these links."),
    ),
    "link_contradiction": (
        _("“%(found)s” would bring in offers that exclude each other: %(both)s."),
        _("Remove one of the two links."),
    ),
    # --- size ---
    "too_many_offers": (
        _("There are %(n)s offers; at most %(high)s are read."),
        _("Filter them first, by country, level or theme."),
    ),
    "too_many_offers_mixed": (
        _("There are %(n)s offers; a mix can be made of at most %(high)s."),
        _("Filter them first: “alpclusters eligible” shows which of them fit."),
    ),
    "many_offers": (
        _("There are %(n)s offers; the mix takes longer above %(high)s."),
        _("Filter them first, by country, level or theme."),
    ),
    # --- conditions ---
    "too_many_nodes": (
        _("The condition has more than %(limit)s parts."),
        _("Simplify it."),
    ),
    "too_long": (_("The list has more than %(limit)s entries."), _("Shorten it.")),
    "unknown_field": (
        _("A condition cannot ask for “%(found)s”."),
        _("Use a field of the catalogue, or partner.condition_NAME for a question of your own."),
    ),
    "not_in_count": (
        _("“%(field)s” stands outside a count."),
        _("Names that begin with “it.” are for the condition inside “count”."),
    ),
    "not_ordered": (
        _("“%(field)s” has no order: larger or smaller means nothing."),
        _("Use eq, ne or in."),
    ),
    "not_a_list": (
        _("“%(field)s” is not a list."),
        _("Use eq, ne or in."),
    ),
    "not_a_place": (
        _("“%(field)s” is not a region."),
        _("Use “within” with a field of NUTS codes."),
    ),
    "not_items": (
        _("“%(field)s” cannot be counted."),
        _("Count partners or partner.sites."),
    ),
}
KINDS: Final[Mapping[str, str]] = {
    "text": _("text"),
    "enum": _("text"),
    "code": _("text"),
    "date": _("day, such as 2027-03-01"),
    "whole": _("whole number"),
    "whole number": _("whole number"),
    "count": _("whole number"),
    "money": _("whole number of cents"),
    "number": _("number"),
    "flag": _("true or false"),
    "bool": _("true or false"),
    "list": _("list"),
    "object": _("object"),
    "null": _("nothing"),
}


def fault_sentence(fault: CaseFault, language: str) -> str:
    """Return what is wrong and what to do, in one line."""
    text = translator(language)
    unknown = (_("Something is wrong (%(code)s)."), "")
    what, remedy = (text.gettext(part) if part else "" for part in FAULTS.get(fault.code, unknown))
    values = _Values(fault.params, code=fault.code)
    if "expected" in values:
        values["expected"] = text.gettext(KINDS.get(values["expected"], values["expected"]))
    if not values["nearest"] and "%(nearest)s" in remedy:
        remedy = ""  # nothing looks alike
    return " ".join(part % values for part in (what, remedy) if part)


def fault_line(fault: CaseFault, language: str) -> str:
    """Return a fault with its pointer in front: ``/lines/17/cost_ct: …``."""
    return f"{fault.pointer or '/'}: {fault_sentence(fault, language)}"


def fault_lines(error: CaseError, language: str) -> list[str]:
    """Return all faults of a case, one per line, and how many more there are."""
    lines = [fault_line(fault, language) for fault in error.faults]
    if error.n_more:
        text = translator(language)
        more = text.ngettext("and %(n)s more error", "and %(n)s more errors", error.n_more)
        lines.append(more % {"n": format_integer(error.n_more, language)})
    return lines


class _Values(dict[str, str]):
    """What a sentence names; a figure that a fault does not have stays empty."""

    def __init__(self, params: Mapping[str, str | int], **more: str) -> None:
        super().__init__({key: str(value) for key, value in {**params, **more}.items()})

    def __missing__(self, key: str) -> str:
        return ""
