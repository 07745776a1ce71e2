from datetime import date

import pytest
from django.apps import apps
from django.utils import timezone

from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.accounts.models import User
from alpclusters.platform.policy.domain.own_policy import AUTHORS, OWN
from alpclusters.platform.policy.models import (
    ActionPlan,
    AdoptionStep,
    Comment,
    Consultation,
    ConsultationInvitation,
    EditDraft,
    Endorsement,
    Indicator,
    IndicatorValue,
    JointApproach,
    MonitoringRound,
    Override,
    ProgressReport,
    Recommendation,
    ReportLink,
    TextReview,
)
from tests.factories.accounts import make_user
from tests.factories.evaluation import make_region
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = timezone.now()


def make_everything(user: User) -> ActionPlan:
    """Let one person do all that leaves a trace in the policy part."""
    plan = make_plan()
    action = plan.actions.get()
    recommendation = action.recommendations.get()
    ActionPlan.objects.update(created_by=user)
    plan.history.update(created_by=user)
    Recommendation.objects.update(created_by=user)
    _consult(user, recommendation)
    endorsed = Endorsement.objects.create(
        plan=plan, body="Tyrol", recorded_by=user, recorded_at=NOW
    )
    endorsed.steps.create(after="endorsed", recorded_by=user, recorded_at=NOW)
    approach = JointApproach.objects.create(project=plan.project, created_by=user)
    adoption = approach.adoptions.create(region=make_region(), body="Tyrol")
    AdoptionStep.objects.create(
        adoption=adoption, state="informed", happened_on=date(2026, 9, 1), recorded_at=NOW,
        recorded_by=user,
    )  # fmt: skip
    _monitor(user, plan)
    TextReview.objects.create(thing="action", thing_id=1, field="title", language="sl",
                              reviewed_by=user, reviewed_at=NOW)  # fmt: skip
    EditDraft.objects.create(user=user, thing="action", thing_id=1, base_version=1, saved_at=NOW)
    return plan


def _consult(user: User, recommendation: Recommendation) -> None:
    consultation = Consultation.objects.create(
        project=recommendation.project, created_by=user, opens_on=date(2026, 9, 1),
        closes_on=date(2026, 10, 1),
    )  # fmt: skip
    ConsultationInvitation.objects.create(
        consultation=consultation, email=user.email.upper(), token_hash="1"
    )
    Comment.objects.create(
        consultation=consultation, recommendation=recommendation, version=1, field="text",
        language="en", paragraph=0, text="More time", author=user, answered_by=user,
        token_hash="2", made_at=NOW,
    )  # fmt: skip


def _monitor(user: User, plan: ActionPlan) -> None:
    action = plan.actions.get()
    round_ = MonitoringRound.objects.create(
        plan=plan, number=1, opens_on=date(2026, 9, 1), closes_on=date(2026, 10, 1)
    )
    ReportLink.objects.create(
        round=round_, action=action, email=user.email, token_hash="3", expires_on=date(2026, 11, 1)
    )
    ProgressReport.objects.create(
        action=action, confirmed_on=date(2026, 9, 1), text="Done", reported_by=user,
        reported_at=NOW,
    )  # fmt: skip
    indicator = Indicator.objects.create(plan=plan, name="Calls")
    IndicatorValue.objects.create(
        indicator=indicator, value=1, refers_to=date(2026, 9, 1), reported_by=user,
        reported_at=NOW,
    )  # fmt: skip
    Override.objects.create(
        action=action, computed="red", shown="yellow", reason="Because", until_round=1,
        author=user, made_at=NOW,
    )  # fmt: skip


def test_every_field_that_leads_to_an_account_is_given_out_and_erased():
    leading = {
        (model, field.name)
        for model in apps.get_app_config("policy").get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if field.related_model is User
    }

    assert leading == {*AUTHORS, *OWN}


def test_policy_is_given_out_and_keeps_no_name_and_no_address():
    user = make_user()
    plan = make_everything(user)

    found = export_own_data(user)["policy"]

    assert [name for name, rows in found.items() if not rows] == []
    assert found["comments"][0]["text"] == "More time"

    erase_person(user)

    emptied = export_own_data(User.objects.get(pk=user.pk))["policy"]
    assert not any(emptied.values())
    assert plan.history.filter(created_by=user).count() == 0
    # What was said stays with the project, without saying who said it.
    assert (Comment.objects.get().text, ProgressReport.objects.get().text) == ("More time", "Done")
    assert not ReportLink.objects.exists()
    assert not ConsultationInvitation.objects.exists()
    assert not EditDraft.objects.exists()
