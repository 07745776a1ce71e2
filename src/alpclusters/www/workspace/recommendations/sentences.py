"""What a refusal says: which rule, and where one can go from here."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.policy.domain.states import MoveRefusedError
from alpclusters.platform.policy.models import Recommendation

SENTENCES: Final[Mapping[str, Any]] = {
    "recommendation.move_refused": gettext_lazy("This step is not possible from here."),
    "recommendation.source_incomplete": gettext_lazy(
        "In the language of the original title, text or reasons are missing."
    ),
    "recommendation.no_finding": gettext_lazy("No finding is behind it yet."),
    "recommendation.no_addressee": gettext_lazy("It does not say whom it is addressed to."),
    "recommendation.contradiction_open": gettext_lazy(
        "Something speaks against it and has no answer: %(found)s. Answer it, or say that it is "
        "known and why the decision stands."
    ),
    "recommendation.consultation_open": gettext_lazy("The consultation is still open."),
    "recommendation.comments_open": gettext_lazy("Comments without an answer: %(found)s."),
    "recommendation.no_new_version": gettext_lazy(
        "The text is the one that was discussed already. Revise it first."
    ),
    "recommendation.in_plan": gettext_lazy(
        "An action of a plan carries it out. Change the action first."
    ),
    "recommendation.not_reviewed": gettext_lazy(
        "The original and at least one more language have to be reviewed; so far: %(found)s."
    ),
    "recommendation.no_trail": gettext_lazy(
        "Findings without a source, or none at all: %(found)s. Complete the trail, or say why it "
        "is published so."
    ),
    "recommendation.no_reason": gettext_lazy("Give the reason."),
    "recommendation.long_reason": gettext_lazy("Give a reason of at most 500 characters."),
    "recommendation.short_reason": gettext_lazy("Give a reason of at least 20 characters."),
    "recommendation.strength": gettext_lazy("Choose a strength."),
    "recommendation.successor": gettext_lazy(
        "Choose the recommendation that takes its place; it has to be adopted."
    ),
    "recommendation.conflict": gettext_lazy("Choose other recommendations of this project."),
    "recommendation.closed": gettext_lazy(
        "The text is decided and is not rewritten. Reopen it or write a new one."
    ),
    "recommendation.no_title": gettext_lazy("Give a title in at least one language."),
    "denominator.refused": gettext_lazy("The numbers do not allow this decision."),
    "finding.superseded": gettext_lazy("A newer finding stands in its place already."),
    "finding.successor": gettext_lazy("Choose another finding that still stands."),
    "finding.no_statement": gettext_lazy("Write the sentence in at least one language."),
    "text.missing": gettext_lazy("There is no translation to review yet."),
    "text.is_source": gettext_lazy("This is the original."),
    "text.unknown": gettext_lazy("There is no such text."),
}
_STATES: Final = dict(Recommendation.State.choices)
_NAMES: Final = dict(LANGUAGES)


def sentence(error: AlpClustersError) -> str:
    """Say what is wrong and, for a step, which ones are possible."""
    said = SENTENCES.get(error.code)
    if said is None:
        return _("This is not possible.")
    text = str(said) % {"found": _found(error)}
    return f"{text} {_next(error)}".strip()


def lack(code: str) -> str:
    """Say in short what still has to hold; a figure is not named."""
    return str(SENTENCES[code]).split("%(found)s")[0].rstrip(" :;.") + "."


def _found(error: AlpClustersError) -> str:
    """Name languages by their own names; codes and counts stay as they are."""
    parts = (error.found or "").split(", ")
    return ", ".join(_NAMES.get(part, part) for part in parts if part) or "–"


def _next(error: AlpClustersError) -> str:
    if not isinstance(error, MoveRefusedError):
        return ""
    states = [str(_STATES.get(one, one)) for one in (error.expected or "").split(", ") if one]
    if not states:
        return _("No further step is possible from here.")
    return _("Possible from here: %(states)s.") % {"states": ", ".join(states)}
