"""What every page of a plan begins with: the record, the language, how actions are called."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.policy.domain.records import (
    ActionLine,
    ActionOutline,
    PlanRecord,
    record_of,
    today_of,
)
from alpclusters.platform.policy.models import ActionPlan
from alpclusters.reports.plan_reasons import reason_texts
from alpclusters.www.components.parts import Crumb


@dataclass(frozen=True)
class Reading:
    """A plan as it is read for one page."""

    plan: ActionPlan
    record: PlanRecord
    language: str

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return word(self.record.title, self.language)

    @cached_property
    def names(self) -> dict[str, str]:
        """The codes of the actions by the keys that reasons name."""
        return {str(line.pk): line.code for line in self.record.outlines}

    def title_of(self, line: ActionLine | ActionOutline) -> str:
        """Return code and title of an action."""
        return f"{line.code} {word(line.title, self.language)}"

    def url_of(self, code: str) -> str:
        """Return the page of an action."""
        return reverse("public:plan-action", args=[self.plan.slug, code])

    def reasons_of(self, line: ActionLine | ActionOutline) -> Sequence[str]:
        """Return why an action stands as it does, in sentences."""
        return reason_texts(line.status.reasons, self.language, self.names)

    def crumbs(self, *more: str) -> list[Crumb]:
        """Return the way to a page below the plan; without more, to the plan itself."""
        plans = Crumb(_("Action plans"), reverse("public:plans"))
        if not more:
            return [plans, Crumb(self.title)]
        own = Crumb(self.title, reverse("public:plan", args=[self.plan.slug]))
        return [plans, own, *map(Crumb, more)]


def read_plan(
    plan: ActionPlan,
    *,
    now: datetime,
    only: Collection[int] | None = (),
    has_evidence: bool = False,
) -> Reading:
    """Read a plan for a page; ``only`` are the actions that are shown in full."""
    language = nearest_language(get_language())
    today = today_of(plan, now)
    record = record_of(plan, today=today, only=only, has_evidence=has_evidence)
    return Reading(plan, record, language)


def base_of(request: HttpRequest) -> str:
    """Return the address of this site, without the slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")
