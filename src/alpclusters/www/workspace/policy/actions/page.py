"""What the page of an action shows: sections in the order of the plan, each with its rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.funding.models import Offer
from alpclusters.platform.policy.domain.parts.sources import MixSources, find_offers, mixes_of
from alpclusters.platform.policy.models import Action
from alpclusters.www.workspace.policy.actions.bundle import ActionForms
from alpclusters.www.workspace.policy.actions.taking import WORDS

SECTIONS: Final = (
    ("background", _("Background")),
    ("action", _("Action")),
    ("players", _("Players")),
    ("time", _("Time and milestones")),
    ("costs", _("Costs")),
    ("funding", _("Funding sources")),
    ("indicators", _("Indicators")),
    ("risks", _("Risks")),
    ("end", _("Done or stopped")),
)


@dataclass(frozen=True)
class Lookup:
    """What was looked for among the offers, and what was found."""

    words: str = ""
    offers: Sequence[Offer] = field(default_factory=tuple)
    was_asked: bool = False

    @classmethod
    def of(cls, data: QueryDict) -> "Lookup":
        """Look for offers by the words that were sent."""
        words = data.get(WORDS, "")[:200]
        return cls(words, find_offers(words), was_asked=bool(words.strip()))


def page_context(action: Action, forms: ActionForms, lookup: Lookup | None) -> dict[str, Any]:
    """Return what the template needs beside crumbs and rights."""
    mixes: Sequence[MixSources] = mixes_of(action)
    return {
        "action": action,
        "forms": forms,
        "form": forms.form,
        "rows": forms.rows,
        "sections": SECTIONS,
        "lookup": lookup or Lookup(),
        "mixes": mixes,
        "simulated": action.plan.is_simulated,
        "section": "plans",
    }
