"""Two organisations become one, and two again, exactly."""

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Model
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.domain.duplicates import open_proposals, propose_duplicates
from alpclusters.platform.actors.domain.merges import (
    choices_between,
    merge,
    standing_of,
    undo_merge,
)
from alpclusters.platform.actors.models import (
    Alias,
    Claim,
    ClusterLabel,
    ClusterMember,
    FieldProposal,
    ImportRun,
    ImportSource,
    Merge,
    Organisation,
    Partner,
    Person,
    Provenance,
    Stakeholder,
)
from alpclusters.platform.cafe.models import Invitation, Involvement
from alpclusters.platform.history import history_of
from alpclusters.platform.trail.models import Edge
from tests.factories.accounts import make_user
from tests.factories.cafe import NOW, make_draft
from tests.factories.evaluation import make_project
from tests.factories.organisations import make_identifier, make_organisation, make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# What a merge may change for good: what happened is kept, the index follows by itself.
APART = ("actors.merge", "actors.index", "historical", "contenttypes", "auth.", "sessions")


def everything() -> dict[str, list[tuple]]:
    """All rows of all tables, without what tells the past, as the database keeps them."""
    models = [m for m in apps.get_models() if not any(a in m._meta.label_lower for a in APART)]
    return {m._meta.label: rows_of(m) for m in models}


def rows_of(model: type[Model]) -> list[tuple]:
    names = f'"{model._meta.db_table}" ORDER BY "{model._meta.pk.column}"'
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {names}")
        return cursor.fetchall()


def test_everything_that_points_to_the_second_points_to_the_first():
    first, second = make_organisation("Holz Muster"), make_organisation("Holz-Muster GmbH")
    number = make_identifier(second, "123")
    partner = Partner.objects.create(project=make_project(), organisation=second)
    invitation = Invitation.objects.create(cafe=make_draft(), organisation=second)
    tie = Edge.objects.create(
        kind="rates", from_kind="organisation", from_id=second.pk, to_kind="x", to_id=1, made_at=NOW
    )

    merge(first, second, by=make_user())

    for row in (number, partner, invitation):
        row.refresh_from_db()
        assert row.organisation == first
    tie.refresh_from_db()
    assert tie.from_id == first.pk
    second.refresh_from_db()
    assert second.merged_into == first
    assert [alias.name for alias in first.aliases.all()] == ["Holz-Muster GmbH"]


def test_chosen_values_come_from_the_second_and_no_import_writes_over_them():
    first = make_organisation("Holz Muster", town="Salzburg", source="list a")
    second = make_organisation("Holzcluster Muster", town="Graz", website="https://a.example")

    merge(first, second, by=make_user(), keep=["name", "website"])

    first.refresh_from_db()
    assert (first.name, first.town, first.website) == (
        "Holzcluster Muster",
        "Salzburg",
        "https://a.example",
    )
    assert first.edited_fields == ["name", "website"]
    assert [alias.name for alias in first.aliases.all()] == ["Holz Muster"]


def test_choices_name_what_differs_and_propose_what_is_not_empty():
    first = make_profile("Holz Muster", n_sme=3, body_town="Graz").organisation
    second = make_profile("Holz-Muster", n_sme=5, n_large=2, body_town="Graz").organisation

    found = {choice.key: choice.takes_second for choice in choices_between(first, second)}

    assert found == {"name": False, "cluster.n_sme": False, "cluster.n_large": True}


def test_a_field_that_nobody_may_choose_is_refused():
    first, second = make_organisation(), make_organisation()

    with pytest.raises(ValueError, match="merged_into"):
        merge(first, second, by=None, keep=["merged_into"])


def test_two_partners_in_one_project_become_one_and_lose_nothing():
    project, first, second = make_project(), make_organisation(), make_organisation()
    kept = Partner.objects.create(project=project, organisation=first)
    gone = Partner.objects.create(project=project, organisation=second, tasks="Leads the work")

    made = merge(first, second, by=None)

    (partner,) = project.partners.all()
    assert (partner, partner.tasks) == (kept, "Leads the work")
    undo_merge(made, by=None)
    assert [(p.pk, p.tasks) for p in project.partners.order_by("pk")] == [
        (kept.pk, ""),
        (gone.pk, "Leads the work"),
    ]


def test_an_organisation_that_came_once_came_under_both_names():
    cafe, first, second = make_draft(), make_organisation(), make_organisation()
    Involvement.objects.create(cafe=cafe, organisation=first, was_invited=True)
    Involvement.objects.create(cafe=cafe, organisation=second, has_attended=True)

    merge(first, second, by=None)

    (involvement,) = first.involvements.all()
    assert (involvement.was_invited, involvement.has_attended) == (True, True)


def test_of_two_profiles_the_first_stays_and_the_second_leads_to_it():
    mine, theirs = make_profile(slug="holz", n_sme=3), make_profile(slug="wood", n_sme=9)
    member = ClusterMember.objects.create(cluster=theirs, organisation=make_organisation())
    label = ClusterLabel.objects.create(cluster=theirs, level="gold")

    merge(mine.organisation, theirs.organisation, by=None, keep=["cluster.n_sme"])

    for row in (member, label):
        row.refresh_from_db()
        assert row.cluster == mine
    mine.refresh_from_db()
    theirs.refresh_from_db()
    assert mine.n_sme == 9
    assert standing_of(theirs.organisation) == mine.organisation


def test_a_profile_moves_with_its_address_to_a_body_without_one():
    first, profile = make_organisation(), make_profile(slug="holz")

    merge(first, profile.organisation, by=None)

    profile.refresh_from_db()
    assert (profile.organisation, profile.slug) == (first, "holz")


def test_merge_on_merge_is_undone_last_first():
    a, b, c = make_organisation("A"), make_organisation("B"), make_organisation("C")
    make_identifier(c, "7")
    before = everything()
    lower = merge(b, c, by=None)
    upper = merge(a, b, by=None)
    c.refresh_from_db()
    assert standing_of(c) == a

    with pytest.raises(StateError, match=r"merge\.later_first"):
        undo_merge(lower, by=None)
    undo_merge(upper, by=None)
    undo_merge(lower, by=None)

    assert everything() == before


def test_undoing_leaves_what_somebody_changed_since():
    first, second = make_organisation("A", town=""), make_organisation("B", town="Graz")
    made = merge(first, second, by=None, keep=["town"])
    Organisation.objects.filter(pk=first.pk).update(town="Linz")

    undo_merge(made, by=None)

    first.refresh_from_db()
    assert first.town == "Linz"


def test_undoing_brings_nobody_back_who_was_forgotten():
    project, first, second = make_project(), make_organisation(), make_organisation()
    mapper = make_user()
    for body in (first, second):
        Stakeholder.objects.create(
            project=project,
            organisation=body,
            mapped_on=NOW.date(),
            mapped_by=mapper,
            person=Person.objects.get_or_create(name="Simulated", organisation=None)[0],
        )
    made = merge(first, second, by=None)
    mapper.delete()

    undo_merge(made, by=None)

    assert [s.mapped_by for s in project.stakeholders.order_by("pk")] == [None, None]


def test_history_names_who_merged_and_why():
    first, second, person = make_organisation(), make_organisation(), make_user()

    made = merge(first, second, by=person, reason="same register entry")

    newest = history_of(second).first()
    assert newest.history_user == person
    assert newest.history_change_reason == f"merge:{made.pk} same register entry"


def test_a_merge_is_refused_where_it_makes_no_sense():
    first, second, third = make_organisation(), make_organisation(), make_organisation()
    invented = make_organisation(is_simulated=True)
    made = merge(first, second, by=None)

    for pair, code in [
        ((first, first), "merge.same"),
        ((third, second), "merge.merged_already"),
        ((first, invented), "merge.simulated"),
    ]:
        with pytest.raises(StateError, match=code):
            merge(*pair, by=None)
    undo_merge(made, by=None)
    with pytest.raises(StateError, match=r"merge\.undone"):
        undo_merge(made, by=None)


def test_an_undone_pair_waits_again_at_the_end():
    first, second = make_organisation("Holz Muster"), make_organisation("Holz-Muster GmbH")
    propose_duplicates()
    made = merge(first, second, by=None)
    assert list(open_proposals()) == []

    undo_merge(made, by=make_user())

    assert open_proposals().count() == 1


class TestUndo(TestCase):
    """Whatever points to two organisations: merged and undone, the database is as it was."""

    pytestmark = pytest.mark.integration

    @pytest.mark.slow
    @settings(max_examples=25, suppress_health_check=list(HealthCheck))
    @given(
        relations=st.lists(
            st.tuples(st.integers(0, 11), st.integers(0, 1), st.integers(0, 1)), max_size=14
        ),
        keep=st.sets(st.sampled_from(["name", "town", "website", "region", "status", "type"])),
    )
    @example(relations=[(6, 1, 0), (6, 1, 0)], keep=set())
    def test_merge_and_undo_restore_the_database(self, relations, keep):
        bodies = [
            make_profile("Holz Muster", body_town="Graz").organisation,
            make_organisation("Holz-Muster GmbH", website="https://a.example", type="sme"),
        ]
        build = relation_makers(bodies)
        for kind, side, number in relations:
            build[kind](side, number)
        before = everything()

        made = merge(*bodies, by=None, keep=keep)
        if relations:
            assert everything() != before
        undo_merge(made, by=None)

        assert everything() == before
        assert Merge.objects.get().undone_at is not None


def relation_makers(bodies: list[Organisation]) -> list[Callable[[int, int], object]]:
    """What may point to one of two bodies; the same twice is made once."""
    project, cafe = make_project(), make_draft()
    others = [make_organisation(), make_profile().organisation]
    source = ImportSource.objects.create(key="list", name="A list (simulated)")
    run = ImportRun.objects.create(source=source, file_name="a.csv", digest="0", made_at=NOW)
    users = [make_user(), make_user()]

    def profile(side: int):
        body = bodies[side]
        return getattr(body, "cluster", None) or others[1].cluster

    def once(model, **values):
        fields = dict(list(values.items())[:3])
        return model.objects.get_or_create(**fields, defaults=values)

    return [
        lambda side, n: once(Alias, organisation=bodies[side], name=f"Name {n}"),
        lambda side, n: make_identifier(
            bodies[side], f"{side}{n}{bodies[side].identifiers.count()}"
        ),
        lambda side, _n: once(Partner, organisation=bodies[side], project=project, order=0),
        lambda side, n: once(
            Provenance, source=source, external_id=f"{side}{n}", organisation=bodies[side], run=run
        ),
        lambda side, n: FieldProposal.objects.get_or_create(
            organisation=bodies[side], field=f"f{n}", defaults={"run": run, "value": str(side)}
        ),
        lambda side, n: Person.objects.create(organisation=bodies[side], name=f"Simulated {n}"),
        lambda side, n: Stakeholder.objects.get_or_create(
            project=project,
            organisation=bodies[side],
            defaults={"mapped_on": NOW.date(), "influence": n + 1},
        ),
        lambda side, _n: once(ClusterMember, cluster=others[1].cluster, organisation=bodies[side]),
        lambda side, _n: once(ClusterMember, cluster=profile(side), organisation=others[0]),
        lambda side, n: once(Claim, cluster=profile(side), user=users[n], made_at=NOW),
        lambda side, _n: Invitation.objects.create(cafe=cafe, organisation=bodies[side]),
        lambda side, n: Involvement.objects.get_or_create(
            cafe=cafe, organisation=bodies[side], defaults={"was_invited": bool(n)}
        ),
    ]
