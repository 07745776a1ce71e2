"""The map of a project: who is on it, who was involved, who is missing, whom to ask."""

from datetime import timedelta

import pytest

from alpclusters.platform.actors.domain.merges import merge, undo_merge
from alpclusters.platform.actors.domain.stakeholders.mapping import (
    fill_facts,
    find_like,
    grid_of,
    make_body,
    map_many,
    map_organisation,
    open_facts,
)
from alpclusters.platform.actors.domain.stakeholders.targets import (
    Targets,
    read_targets,
    store_targets,
)
from alpclusters.platform.actors.models import Alias, Organisation
from alpclusters.platform.cafe.domain.coverage import coverage_of as coverage_of_list
from alpclusters.platform.cafe.domain.invitations import Person as Guest
from alpclusters.platform.cafe.domain.invitations import forget_names, invite
from alpclusters.platform.cafe.domain.stakeholder_lists import choice_for, invite_stakeholders
from alpclusters.platform.cafe.domain.stakeholders.coverage import (
    Count,
    coverage_of,
    involvement_of,
    narrowest,
)
from alpclusters.platform.cafe.domain.stakeholders.demonstration import (
    create_demonstration,
    remove_demonstration,
)
from alpclusters.platform.cafe.models import Invitation
from tests.factories import stakeholders as factory
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW, make_draft
from tests.factories.evaluation import make_project, make_region
from tests.factories.stakeholders import MAPPED, make_person, make_stakeholder

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def test_an_organisation_stands_on_a_map_once():
    project, body = make_project(), factory.make_body()

    first, is_new = map_organisation(project, body, by=None, on=MAPPED)
    again, is_new_again = map_organisation(project, body, by=None, on=MAPPED)

    assert (is_new, is_new_again, again) == (True, False, first)
    assert map_many(project, [body.pk], by=None, on=MAPPED) == 0
    assert map_many(make_project(), [body.pk], by=None, on=MAPPED) == 1


def test_a_name_that_is_nearly_the_same_is_found_also_by_another_name():
    body = factory.make_body("Simulierter Mechatronik-Cluster Süd")
    Alias.objects.create(organisation=body, name="Simulated South Mechatronics")

    [typo] = find_like("Simulierter Mechatronik Cluster Sued", is_simulated=False)
    [alias] = find_like("simulated south mechatronic", is_simulated=False)

    assert (typo.organisation, typo.is_almost) == (body, True)
    assert (alias.organisation, alias.name) == (body, "Simulated South Mechatronics")
    assert find_like("Something else altogether", is_simulated=False) == []


def test_of_a_listed_organisation_only_what_is_unknown_is_filled_in():
    user = make_user()
    mine = make_body({"name": "Simulated one", "helix": "civil"}, by=user)
    listed = factory.make_body(helix="unknown", level="local", is_listed=True)

    assert open_facts(mine) == ("helix", "level", "region")
    fill_facts(listed, {"helix": "research", "level": "national", "region": None}, by=user)

    listed.refresh_from_db()
    assert (listed.helix, listed.level) == ("research", "local")
    assert listed.edited_fields == ["helix"]
    assert listed.history.first().history_user == user
    assert not mine.is_listed


def test_involvement_counts_by_organisation_or_name_and_outlives_the_names():
    project = make_project()
    stakes = [make_stakeholder(project), make_stakeholder(project), make_stakeholder(project)]
    first, second, third = (one.organisation for one in stakes)
    cafe = make_draft(project=project)
    invite(cafe, [Guest("Ana", organisation=first), Guest("Bo", organisation_name=second.name)])
    Invitation.objects.create(
        cafe=cafe, name="Ci", organisation_name=third.name.upper(), state="registered"
    )
    cafe.invitations.filter(organisation=first).update(attended=True, invited_at=NOW)

    parts = involvement_of(project, stakes)

    assert parts[first.pk][0].attended
    assert not parts[second.pk][0].invited
    assert parts[third.pk][0].registered
    forget_names(NOW + timedelta(days=31))
    assert involvement_of(project, stakes)[first.pk][0].attended


def test_places_lie_in_the_narrowest_region_of_the_project():
    assert narrowest("AT323", ["AT", "AT32", "AT31"]) == "AT32"
    assert narrowest("", ["AT"]) == ""


def test_coverage_counts_cells_and_names_first_what_helps_most():
    at, it = make_region("AT32"), make_region("ITC4")
    project = make_project()
    cafe = make_draft(project=project, region=at)
    make_draft(project=project, region=it, title="Second")
    make_stakeholder(project, region=at, helix="business")
    make_stakeholder(project, region=it, helix="civil")
    make_stakeholder(project, region=it, helix="finance")
    for n in range(6):
        Invitation.objects.create(
            cafe=cafe, name=f"N {n}", region=at, helix="business", level="local", state="invited"
        )

    found = coverage_of(project)

    assert found.cell("AT32", "business") == Count(1, 6, 0)
    assert found.of_helix("finance") == Count(1, 0, 0)
    first = found.missing[0]
    assert (first.region, first.helix, first.step) == (it, "civil", "invite")
    assert first.reasons == ("cell", "group", "region")
    assert {one.helix for one in found.missing} == {"business", "research", "public", "civil"}
    assert len(found.missing) == 7
    assert found.deficits.regions == {"ITC4": 5}


def test_who_was_invited_and_did_not_come_is_missing_once_somebody_came():
    at = make_region("AT32")
    project = make_project()
    cafe = make_draft(project=project, region=at)
    for helix, came in (("business", True), ("civil", False)):
        Invitation.objects.create(
            cafe=cafe, name="N", region=at, helix=helix, state="invited", attended=came
        )

    steps = {one.helix: one.step for one in coverage_of(project, cafe).missing}

    assert steps == {"research": "map", "public": "map", "civil": "came"}


def test_the_aims_of_a_project_are_its_own():
    project = make_project()
    cafe = make_draft(project=project)
    invite(cafe, [Guest("a", helix="business", level="local"), Guest("b", helix="research")])

    assert read_targets(project.pk) == Targets()
    assert coverage_of_list(cafe).few_helixes
    own = Targets(least_helixes=2, least_share=5, least_levels=1)
    store_targets(project, {name: getattr(own, name) for name in Targets.__slots__})

    assert read_targets(project.pk) == own
    assert read_targets(make_project().pk) == Targets()
    assert not coverage_of_list(cafe).few_helixes


def test_the_grid_keeps_those_apart_whom_nobody_has_judged():
    project = make_project()
    high = make_stakeholder(project, influence=3, interest=3, reason="Said.")
    half = make_stakeholder(project, influence=3)

    found = grid_of([high, half])

    assert found.cell(3, 3) == [high]
    assert found.unknown == [half]


def test_proposals_fill_the_list_with_region_and_language_and_never_twice():
    at, si = make_region("AT32"), make_region("SI04")
    project = make_project()
    cafe = make_draft(project=project, region=at)
    cafe.languages = ["de", "sl"]
    cafe.save()
    near = make_stakeholder(project, region=make_region("AT323"), helix="civil", level="local")
    far = make_stakeholder(project, region=si, helix="research")
    person = make_person(near.organisation, languages=("fr", "sl"))

    choice = choice_for(cafe, now=NOW)

    assert [one.stakeholder for one in choice.proposed] == [near]
    assert choice.proposed[0].person == person
    assert choice.after < choice.before.total
    [made] = invite_stakeholders(cafe, [near.pk, far.pk], now=NOW)
    assert (made.name, made.email, made.organisation) == (
        person.name, person.email, near.organisation,
    )  # fmt: skip
    assert (made.language, made.helix, made.region.code) == ("sl", "civil", "AT323")
    assert invite_stakeholders(cafe, [near.pk], now=NOW) == []
    assert choice_for(cafe, now=NOW).proposed == []


def test_without_a_consent_the_organisation_is_listed_without_an_address():
    at = make_region("AT32")
    project = make_project()
    cafe = make_draft(project=project, region=at)
    one = make_stakeholder(project, region=at)
    make_person(one.organisation, purposes=("directory",))

    [made] = invite_stakeholders(cafe, [one.pk], now=NOW)

    assert (made.email, made.name) == ("", one.organisation.name)


def test_who_works_beyond_regions_may_be_asked_everywhere():
    project = make_project()
    cafe = make_draft(project=project, region=make_region("AT32"))
    si, country = make_region("SI04"), make_region("AT13")
    far = make_stakeholder(project, region=si, level="macro_regional")
    own = make_stakeholder(project, region=country, level="national")
    make_stakeholder(project, region=si, level="national")
    choice = choice_for(cafe, now=NOW)

    shown = {one.stakeholder for one in (*choice.proposed, *choice.others)}

    assert shown == {far, own}


def test_two_mapped_organisations_that_are_merged_stand_on_the_map_once_again_twice_undone():
    project = make_project()
    first, second = make_stakeholder(project), make_stakeholder(project)

    done = merge(first.organisation, second.organisation, by=None)

    assert [one.organisation for one in project.stakeholders.all()] == [first.organisation]
    undo_merge(done, by=None)
    assert project.stakeholders.count() == 2


def test_the_demonstration_maps_simulated_bodies_and_takes_them_away_again():
    project = make_project(kind="demonstration")

    assert create_demonstration(project, today=MAPPED) == 150
    assert create_demonstration(project, today=MAPPED) == 0

    bodies = Organisation.objects.filter(stakes__project=project)
    assert all(body.is_simulated and not body.is_listed for body in bodies)
    assert all("simul" in body.name for body in bodies)
    assert all(one.is_simulated for one in project.stakeholders.all())
    remove_demonstration(project)
    assert not Organisation.objects.filter(source="simulated").exists()
