"""Why a figure of a network is not defined or to be read with care, in the reader's language."""

from collections.abc import Mapping
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator

REASONS: Final[Mapping[str, str]] = {
    "no_ties": _("There are no ties between organisations of known regions."),
    "one_group": _("All ties lie in one region: there is nothing to compare."),
    "too_few_organisations": _("Fewer than four organisations have ties."),
    "no_spread": _("However the labels lie, the value is the same."),
    "no_internal_ties": _("No tie lies within a region."),
    "no_external_ties": _("No tie lies between regions."),
    "no_cross_ties": _("No tie lies between regions, so nothing is expected of pairs."),
    "one_region_holds_all_cross_ties": _(
        "One region takes part in at least half of all ties between regions: nothing can be "
        "expected of the pairs."
    ),
    "none_missing": _("No pair of regions surely has fewer ties than expected."),
    "nothing_to_judge": _(
        "No pair of regions has enough organisations and enough expected ties to be judged."
    ),
    "small_groups": _("Cells with fewer than five organisations on either side are not shown."),
    "below_smallest_alpha": _(
        "Even the strictest usual threshold keeps too many ties; a stricter one was taken."
    ),
    "no_flow": _("There is no collaboration between the regions."),
    "too_few_pairs": _("There are too few pairs of regions for the model."),
    "collinear": _("Size, distance and border cannot be told apart in these pairs."),
    "not_converged": _("The model did not settle."),
    "border_separated": _("The border is left out: on one side of it nobody works together."),
    "border_constant": _("The border is left out: it is the same for all pairs."),
    "negative_cluster_variance": _(
        "There are too few regions for errors that allow pairs with a common region to depend on "
        "one another."
    ),
    "core_of_one_project": _(
        "The largest core can come from one large project alone; it says little."
    ),
}


def reason_sentence(code: str, language: str) -> str:
    """Return a reason as a sentence; a code without one stands for itself."""
    return translator(language).gettext(REASONS.get(code, code))
