"""The page on which one action is written with all its parts."""

import re
from datetime import date
from decimal import Decimal

import pytest

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.funding.models import FundingCase, MixRun, Offer, Programme
from alpclusters.platform.policy.domain.actions import edit_action
from alpclusters.platform.policy.domain.funding_cases import tie_case
from alpclusters.platform.policy.domain.parts import store_dependencies
from alpclusters.platform.policy.models import Action, Cost, FundingLine
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import NOW, make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

FIELD = re.compile(r"<(input|select|textarea)\b[^>]*?\bname=\"([^\"]+)\"[^>]*>")


def writer(client, plan):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=plan.project))
    return client


def address(action, language="en"):
    return f"/{language}/workspace/actions/{action.pk}/"


def filled(answer):
    """What a browser would send back of a page that was not touched."""
    forms = answer.context["forms"]
    data = {}
    for form in (forms.form, *(one for rows in forms.rows.values() for one in rows.forms)):
        for bound in form:
            value = bound.value()
            if value is None or value is False or value == "":
                continue
            data[bound.html_name] = as_sent(bound, value)
    for rows in forms.rows.values():
        for bound in rows.management_form:
            data[bound.html_name] = bound.value()
    return data


def as_sent(bound, value):
    if isinstance(value, list):
        return [str(getattr(item, "pk", item)) for item in value]
    if hasattr(value, "pk"):
        return str(bound.field.prepare_value(value))
    return str(value)


def test_everything_about_an_action_is_written_on_one_page(client):
    plan = make_plan(("fair", "pilot"))
    one, two = plan.actions.all()
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(two, "de")))

    answer = signed_in.post(
        address(two, "de"),
        data
        | {
            "title_de": "Pilotklausel",
            "background_de": "Gelernt",
            "responsible": "Ministerium",
            "accepted_on": "2026-10-01",
            "weight": "2",
            "critical": "on",
            "players-0-body": "Kammer",
            "players-0-role": "Beratung",
            "milestones-0-title_de": "Entwurf",
            "milestones-0-due": "2027-03-31",
            "dependencies-0-before": one.pk,
            "dependencies-0-lag_days": "14",
            "costs-0-year": "2027",
            "costs-0-type": "staff",
            "costs-0-amount_cents": "12.500,50",
            "funding-0-source": "Eigenmittel",
            "funding-0-amount_cents": "12500",
            "indicators-0-name_de": "Demonstratoren",
            "indicators-0-baseline": "0",
            "indicators-0-baseline_on": "2026-01-01",
            "indicators-0-due_0": "2028-12-31",
            "indicators-0-value_0": "1,5",
            "risks-0-text_de": "Niemand bewirbt sich",
            "risks-0-likelihood": "2",
            "risks-0-impact": "3",
        },
    )

    assert answer.status_code == 302
    stored = Action.objects.get(pk=two.pk)
    assert (stored.title.inside("de"), stored.weight, stored.critical) == ("Pilotklausel", 2, True)
    assert stored.costs.get().amount_cents == 1_250_050
    assert stored.funding.get().amount_cents == 1_250_000
    assert stored.dependencies.get().before == one
    target = stored.indicators.get().targets.get()
    assert (target.due, target.value) == (date(2028, 12, 31), Decimal("1.5"))
    assert stored.players.get().body == "Kammer"
    assert stored.milestones.get().title.inside("de") == "Entwurf"
    assert stored.risks.get().impact == 3


def test_page_sent_back_untouched_changes_nothing(client):
    test_everything_about_an_action_is_written_on_one_page(client)
    action = Action.objects.get(code="X2")
    before = sorted(str(row.uuid) for row in action.costs.all())

    answer = client.post(address(action, "de"), filled(client.get(address(action, "de"))))

    after = Action.objects.get(code="X2")
    assert answer.status_code == 302
    assert (after.title.inside("de"), after.costs.get().amount_cents) == ("Pilotklausel", 1_250_050)
    assert sorted(str(row.uuid) for row in after.costs.all()) == before
    assert after.indicators.get().targets.get().value == Decimal("1.5")


@pytest.mark.parametrize(
    ("language", "text", "cents"),
    [
        ("de", "12.500,00", 1_250_000),
        ("en", "12,500.00", 1_250_000),
        ("fr", "12\u202f500,5", 1_250_050),
        ("it", "12.500", 1_250_000),
        ("sl", "12500", 1_250_000),
    ],
)
def test_amounts_are_taken_as_people_write_them(client, language, text, cents):
    plan = make_plan()
    action = plan.actions.get()
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(action, language)))
    row = {"costs-0-year": "2027", "costs-0-type": "travel", "costs-0-amount_cents": text}

    signed_in.post(address(action, language), data | row)

    assert Cost.objects.get().amount_cents == cents


def test_row_is_removed_with_its_box(client):
    test_everything_about_an_action_is_written_on_one_page(client)
    action = Action.objects.get(code="X2")
    data = filled(client.get(address(action)))

    client.post(address(action), data | {"costs-0-DELETE": "on", "dependencies-0-DELETE": "on"})

    assert not action.costs.exists()
    assert not action.dependencies.exists()


def test_more_rows_come_without_a_script_and_nothing_is_saved(client):
    plan = make_plan()
    action = plan.actions.get()
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(action)))

    answer = signed_in.post(
        address(action), data | {"title_en": "Half done", "costs-0-year": "20", "more": "costs"}
    )

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "costs-1-year" in page
    assert 'value="Half done"' in page
    assert "ac-field err" not in page
    assert Action.objects.get().title.inside("en") != "Half done"


def test_circle_of_dependencies_names_the_path(client):
    plan = make_plan(("fair", "pilot"))
    one, two = plan.actions.all()
    store_dependencies(two, [(one, 0)])
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(one)))

    answer = signed_in.post(address(one), data | {"dependencies-0-before": two.pk})

    assert answer.status_code == 422
    assert "wait for one another: X" in answer.content.decode()
    assert not one.dependencies.exists()


def test_target_against_the_direction_is_told_at_the_indicator(client):
    plan = make_plan()
    action = plan.actions.get()
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(action)))
    row = {
        "indicators-0-name_en": "Demonstrators",
        "indicators-0-direction": "decrease",
        "indicators-0-baseline": "0",
        "indicators-0-baseline_on": "2026-01-01",
        "indicators-0-due_0": "2028-12-31",
        "indicators-0-value_0": "3",
    }

    answer = signed_in.post(address(action), data | row)

    assert answer.status_code == 422
    assert "indicators-0-direction_error" in answer.content.decode()
    assert not action.indicators.exists()


def test_stopped_action_needs_a_reason(client):
    plan = make_plan()
    action = plan.actions.get()
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(action)))

    answer = signed_in.post(address(action), data | {"stopped_on": "2027-01-01"})

    assert answer.status_code == 422
    assert "Say why it was stopped." in answer.content.decode()


def make_offer():
    programme = Programme.objects.create(key="interreg", name="Interreg", updated_at=NOW)
    return Offer.objects.create(
        key="voucher", programme=programme, title="Innovation voucher", updated_at=NOW
    )


def test_offer_is_looked_up_and_taken_over(client):
    offer = make_offer()
    plan = make_plan()
    action = plan.actions.get()
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(action)))

    found = signed_in.post(
        address(action), data | {"offer_words": "voucher innov", "search_offers": "1"}
    )
    assert 'name="take_offer" value="voucher"' in found.content.decode()
    taken = signed_in.post(address(action), data | {"take_offer": "voucher"})
    signed_in.post(address(action), filled(taken) | {"funding-1-amount_cents": "100"})

    line = FundingLine.objects.get()
    assert (line.offer, line.source, line.amount_cents) == (offer, "Innovation voucher", 10_000)


def test_real_offer_gives_a_simulated_action_its_words_and_no_tie(client):
    make_offer()
    plan = make_plan(project=make_project(kind="demonstration"))
    action = plan.actions.get()
    signed_in = writer(client, plan)
    data = filled(signed_in.get(address(action)))

    taken = signed_in.post(address(action), data | {"take_offer": "voucher"})
    signed_in.post(address(action), filled(taken) | {"funding-1-amount_cents": "100"})

    assert [(line.offer, line.source) for line in FundingLine.objects.all()] == [
        (None, "Innovation voucher")
    ]


def test_form_that_ties_the_worlds_is_answered_with_the_reason_and_changes_nothing(client):
    make_offer()
    plan = make_plan(project=make_project(kind="demonstration"))
    action = plan.actions.get()
    signed_in = writer(client, plan)
    taken = signed_in.post(
        address(action, "de"),
        filled(signed_in.get(address(action, "de"))) | {"take_offer": "voucher"},
    )
    sent = filled(taken) | {"funding-1-offer": "voucher", "funding-1-amount_cents": "100"}

    answer = signed_in.post(address(action, "de"), sent)

    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Das eine ist simuliert, das andere nicht (Innovation voucher)" in text
    assert not FundingLine.objects.exists()


def test_sources_of_a_computed_mix_are_taken_over(client):
    offer = make_offer()
    plan = make_plan()
    action = plan.actions.get()
    case = FundingCase.objects.create(
        project=plan.project, title="Case", made_at=NOW, updated_at=NOW
    )
    tie_case(case, action)
    run = MixRun.objects.create(
        case=case,
        case_version=1,
        case_data={},
        state=MixRun.State.DONE,
        asked_at=NOW,
        result={
            "check": {"valid": True},
            "offers": [
                {"id": "voucher", "grant_ct": 1_250_000},
                {"id": "gone", "grant_ct": 0},
            ],
        },
    )
    signed_in = writer(client, plan)
    page = signed_in.get(address(action))
    assert "Take over its sources" in page.content.decode()

    taken = signed_in.post(address(action), filled(page) | {"take_mix": run.pk})
    signed_in.post(address(action), filled(taken))

    line = FundingLine.objects.get()
    assert (line.offer, line.amount_cents, line.status) == (offer, 1_250_000, "idea")


def test_two_people_in_different_fields_keep_both(client):
    plan = make_plan()
    action = plan.actions.get()
    signed_in = writer(client, plan)
    mine = filled(signed_in.get(address(action)))
    recommendations = list(action.recommendations.all())
    edit_action(action, recommendations, changes={"title_de": "Ihrer"}, by=None, now=NOW)

    signed_in.post(address(action), mine | {"title_sl": "Moj"})

    stored = Action.objects.get()
    assert (stored.title.inside("de"), stored.title.inside("sl")) == ("Ihrer", "Moj")


def test_two_people_in_one_field_see_both_texts_and_the_second_decides(client):
    plan = make_plan()
    action = plan.actions.get()
    signed_in = writer(client, plan)
    mine = filled(signed_in.get(address(action))) | {"title_de": "Meiner"}
    edit_action(
        action,
        list(action.recommendations.all()),
        changes={"title_de": "Ihrer", "title_fr": "Le leur"},
        by=None,
        now=NOW,
    )

    conflict = signed_in.post(address(action), mine)
    page = conflict.content.decode()
    signed_in.post(address(action), filled(conflict))

    assert conflict.status_code == 409
    assert 'id="conflict"' in page
    assert 'value="Meiner"' in page
    stored = Action.objects.get()
    assert (stored.title.inside("de"), stored.title.inside("fr")) == ("Meiner", "Le leur")


@pytest.mark.parametrize("published", [False, True])
def test_end_of_an_action_is_written_down_in_a_published_plan_too(client, published):
    plan = make_plan(published=published)
    action = plan.actions.get()
    page = f"/en/workspace/actions/{action.pk}/end/"
    signed_in = writer(client, plan)

    refused = signed_in.post(page, {"stopped_on": "2027-01-01"})
    signed_in.post(page, {"stopped_on": "2027-01-01", "reason_not_done_en": "No budget"})

    assert refused.status_code == 422
    stored = Action.objects.get()
    assert (stored.stopped_on, stored.reason_not_done.inside("en")) == (
        date(2027, 1, 1),
        "No budget",
    )


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_page_takes_the_same_queries_for_one_and_three_actions(
    client, keys, django_assert_num_queries
):
    plan = make_plan(keys)
    action = plan.actions.get(code="X1")
    signed_in = writer(client, plan)

    with django_assert_num_queries(41):
        signed_in.get(address(action))
