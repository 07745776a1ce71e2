import pytest
from django.apps import apps
from django.utils import timezone

from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.accounts.models import User
from alpclusters.platform.funding.domain.own_funding import AUTHORS, THEIRS
from alpclusters.platform.funding.models import (
    CallAlert,
    CallAlertNews,
    ChangeProposal,
    ControlLink,
    DeMinimisAid,
    EntryVersion,
    FundingCase,
    JointRun,
    MixRun,
    Programme,
    SynchronisedScheme,
)
from tests.factories.accounts import make_user
from tests.factories.funding import make_call
from tests.factories.organisations import make_organisation
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = timezone.now()


def make_everything(user: User) -> None:
    """Let one person do all that leaves a trace in the funding part."""
    project = make_project()
    case = FundingCase.objects.create(
        project=project, title="Case", made_by=user, made_at=NOW, updated_at=NOW
    )
    MixRun.objects.create(
        case=case, case_version=1, case_data={}, case_sha256="", asked_by=user, asked_at=NOW
    )
    asked = {"cases": [{"title": "Case"}, {"title": "Other"}]}
    JointRun.objects.create(
        project=project, asked=asked, asked_sha256="", asked_by=user, asked_at=NOW
    )
    SynchronisedScheme.objects.create(
        project=project, title="Joint", made_by=user, made_at=NOW, updated_at=NOW
    )
    programme = Programme.objects.create(
        key="programme", name="Programme", level="regional", updated_at=NOW
    )
    body = make_organisation("Timber")
    DeMinimisAid.objects.create(
        organisation=body,
        state="AT",
        granted_on=NOW.date(),
        amount_ct=100,
        read_on=NOW.date(),
        entered_by=user,
        confirmed_by=user,
    )
    ControlLink.objects.create(
        organisation=body, controlled_by=make_organisation("Mother"), entered_by=user
    )
    EntryVersion.objects.create(programme=programme, number=1, data={}, made_by=user, made_at=NOW)
    CallAlertNews.objects.create(
        alert=CallAlert.objects.create(user=user, since=NOW),
        call=make_call(programme, opens=NOW.date(), closes=None),
        news=CallAlertNews.News.NEW,
        told_at=NOW,
    )
    ChangeProposal.objects.create(
        programme=programme,
        patch=[],
        base_version=1,
        source="Gazette",
        note="I know this from my own work",
        answer="I looked it up myself",
        proposed_by=user,
        proposed_at=NOW,
        decided_by=user,
        decided_at=NOW,
    )


def test_every_field_that_leads_to_an_account_is_given_out_and_erased():
    leading = {
        (model, field.name)
        for model in apps.get_app_config("funding").get_models()
        if not model.__name__.startswith("Historical")
        for field in model._meta.concrete_fields
        if field.related_model is User
    }

    assert leading == {*AUTHORS, *THEIRS}


def test_funding_is_given_out_and_keeps_neither_name_nor_words():
    user = make_user()
    make_everything(user)

    found = export_own_data(user)["funding"]

    assert all(found.values())
    assert found["changes_proposed"][0]["words"] == "I know this from my own work"
    assert found["changes_decided"][0]["words"] == "I looked it up myself"

    erase_person(user)

    emptied = export_own_data(User.objects.get(pk=user.pk))["funding"]
    assert not any(emptied.values())
    proposal = ChangeProposal.objects.get()
    assert (proposal.note, proposal.answer, proposal.source) == ("", "", "Gazette")
    assert FundingCase.history.filter(made_by=user).count() == 0
    assert DeMinimisAid.history.filter(confirmed_by=user).count() == 0
