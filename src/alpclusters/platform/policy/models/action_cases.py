"""Which action of a plan a funding case is about."""

from django.db import models

from alpclusters.platform.policy.models.actions import Action


class ActionCase(models.Model):
    """A tie of an action and a case; a case has one at most, an action any number of cases."""

    case = models.OneToOneField(
        "funding.FundingCase", on_delete=models.CASCADE, related_name="action_tie"
    )
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="case_ties")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.action}: {self.case}"
