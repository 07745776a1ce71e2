"""The worked example of the method (action-plan.md, section 13), built as rows of a project."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from alpclusters.platform.actors.domain.merges import merge
from alpclusters.platform.actors.domain.units import set_parent
from alpclusters.platform.actors.models import Organisation, Partner
from alpclusters.platform.network.models import Link
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.interreg.reading import read_interreg
from alpclusters.platform.policy.domain.interreg.solutions import read_lasting_actions
from alpclusters.platform.policy.models import (
    ActionPlan,
    DraftingBody,
    Endorsement,
    Milestone,
    ProgressReport,
    Solution,
    SolutionBody,
)
from tests.factories.links import make_link
from tests.factories.organisations import make_organisation
from tests.factories.partnership import make_project
from tests.factories.policy import make_plan

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
END = date(2025, 12, 31)
COUNTRIES = ("DE", "FR", "AT", "IT", "IT", "CH", "SI", "DE", "AT")


@pytest.fixture
def project() -> Project:
    project = make_project(starts_on=date(2023, 1, 1), ends_on=END)
    for number, country in enumerate(COUNTRIES, start=1):
        add_partner(project, f"Partner {number}", country)
    return project


def add_partner(project: Project, name: str, country: str) -> Organisation:
    body = make_organisation(name, country=country)
    order = project.partners.count()
    Partner.objects.create(project=project, organisation=body, order=order)
    return body


def body(name: str) -> Organisation:
    return Organisation.objects.get(name=name)


def plan_of(project: Project, *countries: str, completed: date | None = END) -> ActionPlan:
    plan = make_plan(project=project)
    plan.completed_on = completed
    plan.title = plan.title.put({"en": f"Plan {plan.pk}"})
    plan.save()
    for country in countries:
        DraftingBody.objects.create(plan=plan, name=f"Body {country}", country=country)
    return plan


def adopt(plan: ActionPlan, days: int, state: str = "endorsed") -> None:
    Endorsement.objects.create(
        plan=plan, body="Tyrol", state=state, decided_on=END + timedelta(days=days),
        recorded_at=NOW,
    )  # fmt: skip


def begin(plan: ActionPlan, days: int = 10) -> None:
    ProgressReport.objects.create(
        action=plan.actions.get(), confirmed_on=END + timedelta(days=days), progress=0.1,
        reported_at=NOW,
    )  # fmt: skip


def agree(first: str, second: str, days: int | None, **fields: object) -> Link:
    agreed = None if days is None else END + timedelta(days=days)
    return make_link(body(first), body(second), agreed_on=agreed, **fields)


def figures(project: Project, **options: object) -> dict[str, int | None]:
    return {code: one.value for code, one in read_interreg(project, **options).figures.items()}


def why(project: Project, code: str) -> dict[str, str]:
    return {one.name: one.reason.key for one in read_interreg(project).figures[code].not_counted}


def test_partners_count_as_legal_entities_after_merges_and_with_their_units(project):
    university = make_organisation("University", country="AT")
    for number in (1, 2):
        unit = add_partner(project, f"Institute {number}", "AT")
        set_parent(unit, university, by=None, now=NOW)
    add_partner(project, "Association", "SI")
    merge(body("Association"), make_organisation("Association again", country="SI"), by=None)

    reading = read_interreg(project)

    # 9 partners and 3 more, two of them units of one university.
    assert reading.figures["RCO87"].value == 11
    assert why(project, "RCO87") == {"Institute 2": "same_legal_entity"}


def test_plans_count_by_the_countries_of_those_who_drafted_them(project):
    plan_of(project, "DE", "FR", "IT", "SI")
    plan_of(project, "AT", "DE")
    plan_of(project, "SI", "IT")
    alone = plan_of(project, "FR")
    late = plan_of(project, "FR", "CH", completed=END + timedelta(days=1))
    unfinished = plan_of(project, "FR", "CH", completed=None)

    assert figures(project)["RCO83"] == 3
    assert why(project, "RCO83") == {
        alone.title: "drafted_in_one_country",
        late.title: "completed_late",
        unfinished.title: "not_completed",
    }


def test_versions_of_a_plan_count_once(project):
    plan = plan_of(project, "DE", "FR")
    newer = plan_of(project, "DE", "FR")
    ActionPlan.objects.filter(pk=newer.pk).update(uuid=plan.uuid, version=2)

    assert figures(project)["RCO83"] == 1


def test_plan_is_taken_up_once_endorsed_and_begun_within_a_year(project):
    for days, state in ((200, "endorsed"), (365, "reserved")):
        plan = plan_of(project, "DE", "FR")
        adopt(plan, days, state)
        begin(plan, days=365)
    begin(not_adopted := plan_of(project, "DE", "FR"))
    adopt(declined := plan_of(project, "DE", "FR"), 10, "declined")
    begin(declined)
    adopt(late := plan_of(project, "DE", "FR"), 366)
    begin(late)
    adopt(not_begun := plan_of(project, "DE", "FR"), 10)

    found = figures(project)

    assert (found["RCO83"], found["RCR79"]) == (6, 2)
    assert why(project, "RCR79") == {
        not_adopted.title: "not_adopted",
        declined.title: "not_adopted",
        late.title: "adopted_late",
        not_begun.title: "not_begun",
    }


def test_milestone_begins_a_plan_too(project):
    plan = plan_of(project, "DE", "FR")
    adopt(plan, 5)
    Milestone.objects.create(
        action=plan.actions.get(), title="Jury", due=END, done_on=END + timedelta(days=3)
    )

    assert figures(project)["RCR79"] == 1


def test_agreements_bind_partners_of_two_countries_within_a_year(project):
    agree("Partner 1", "Partner 2", 200)
    agree("Partner 2", "Partner 3", 200)
    italian = agree("Partner 4", "Partner 5", 200)
    swiss = agree("Partner 4", "Partner 6", 400)
    merely_alive = agree("Partner 7", "Partner 8", None)
    early = agree("Partner 7", "Partner 9", -4000)

    reading = read_interreg(project)

    assert reading.figures["RCR84"].value == 3
    assert reading.figures["RCR84"].counted == ("Partner 1", "Partner 2", "Partner 3")
    assert why(project, "RCR84") == {
        str(italian): "agreement_in_one_country",
        str(swiss): "signed_late",
        str(merely_alive): "active_without_agreement",
        str(early): "signed_before_project",
    }


def test_unconfirmed_link_is_no_agreement(project):
    agree("Partner 1", "Partner 2", 200, standing=Link.Standing.ENTERED)

    assert figures(project)["RCR84"] == 0


def test_swiss_bodies_can_be_left_out(project):
    assert figures(project, uncounted_countries=["CH"])["RCO87"] == len(COUNTRIES) - 1


def test_solution_needs_a_finished_pilot_of_two_countries_and_a_note(project):
    solution = Solution.objects.create(
        project=project,
        title={"en": "Joint call"},
        pilot_ended_on=END,
        take_up={"en": "A rule-book"},
    )
    for part in SolutionBody.Part.values:
        for country in ("AT", "IT"):
            SolutionBody.objects.create(
                solution=solution, name=f"Body {country}", country=country, part=part
            )
    Solution.objects.create(project=project, title={"en": "Idea"})

    assert figures(project)["RCO116"] == 1
    assert why(project, "RCO116") == {"Idea": "no_finished_pilot"}


def solution_of(project: Project, title: str, *countries: str, **fields: object) -> Solution:
    solution = Solution.objects.create(
        project=project,
        title={"en": title},
        pilot_ended_on=END,
        take_up={"en": "A rule-book"},
        **fields,
    )
    for part in SolutionBody.Part.values:
        for country in countries:
            SolutionBody.objects.create(
                solution=solution, name=f"Body {country}", country=country, part=part
            )
    return solution


def test_pilot_action_with_two_solutions_counts_once(project):
    pilot = plan_of(project, "AT", "IT").actions.get()
    solution_of(project, "Joint call", "AT", pilot=pilot)
    solution_of(project, "Joint form", "IT", pilot=pilot)
    solution_of(project, "Alone", "AT")
    Solution.objects.create(project=project, title={"en": "Idea without a pilot"})

    assert read_interreg(project).figures["RCO84"].counted == (pilot.title,)
    assert why(project, "RCO84") == {"Alone": "pilot_in_one_country"}


def test_solution_is_taken_up_by_a_body_that_names_its_document_within_a_year(project):
    used = {"taken_up_by": "Tyrol", "taken_up_in": "Strategy, page 4"}
    on_time, late = (END + timedelta(days=days) for days in (365, 366))
    solution_of(project, "Used", "AT", "IT", taken_up_on=on_time, **used)
    solution_of(project, "Late", "AT", "IT", taken_up_on=late, **used)
    solution_of(project, "Law", "AT", "IT", taken_up_on=on_time, is_legal=True, **used)
    solution_of(project, "Told", "AT", "IT", taken_up_on=on_time)
    solution_of(project, "Open", "AT", "IT")

    assert read_interreg(project).figures["RCR104"].counted == ("Used",)
    assert why(project, "RCR104") == {
        "Late": "taken_up_late",
        "Law": "legal_solution",
        "Told": "taken_up_without_document",
        "Open": "not_taken_up",
    }


def test_without_an_end_nothing_is_counted_that_depends_on_it():
    project = make_project()
    add_partner(project, "Alone", "AT")

    assert figures(project) == {
        "RCO83": None, "RCO84": None, "RCO87": 1, "RCO116": 0,
        "RCR79": None, "RCR84": None, "RCR104": None,
    }  # fmt: skip


# --- actions after the funding ----------------------------------------------------------------


def with_actions(project: Project, n: int) -> ActionPlan:
    plan = plan_of(project, "AT")
    action = plan.actions.get()
    for number in range(2, n + 1):
        action.pk, action.code = None, f"X{number}"
        action.uuid = uuid4()
        action._state.adding = True
        action.save()
    return plan


def say(plan: ActionPlan, code: str, days: int) -> None:
    ProgressReport.objects.create(
        action=plan.actions.get(code=code), confirmed_on=END + timedelta(days=days),
        reported_at=NOW,
    )  # fmt: skip


def test_actions_are_followed_after_the_end_of_the_project(project):
    plan = with_actions(project, 6)
    for number in range(1, 5):
        say(plan, f"X{number}", 400)
    say(plan, "X5", 100)
    plan.actions.filter(code="X5").update(stopped_on=END + timedelta(days=200))

    found = read_lasting_actions(project)

    assert (found.n_open, found.n_answered, found.n_done, found.n_stopped) == (6, 5, 0, 1)
    assert found.readings[0].survival == pytest.approx(0.8)
    assert len(found.codes_alive) == 4


def test_more_than_a_year_begins_after_the_same_date_of_the_next_year(project):
    plan = with_actions(project, 2)
    project.ends_on = date(2027, 12, 31)
    project.save()
    year_later = (date(2028, 12, 31) - END).days  # 366 days after the end: a leap year
    say(plan, "X1", year_later)
    say(plan, "X2", year_later + 1)

    assert [code.split()[0] for code in read_lasting_actions(project).codes_alive] == ["X2"]


def test_action_that_ended_with_the_project_is_not_followed(project):
    plan = with_actions(project, 1)
    plan.actions.update(done_on=END)

    assert read_lasting_actions(project).n_open == 0


def test_share_of_fewer_than_five_is_not_shown(project):
    plan = with_actions(project, 4)
    for number in range(1, 5):
        say(plan, f"X{number}", 400)

    found = read_lasting_actions(project)

    assert (found.n_answered, list(found.readings)) == (4, [])
