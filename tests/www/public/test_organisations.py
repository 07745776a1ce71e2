"""The public pages of organisations: what is known, what is not, and what nobody may see."""

import json
import re
from datetime import date, timedelta

import pytest
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.editing import change_profile
from alpclusters.platform.actors.domain.merges import merge, undo_merge
from alpclusters.platform.actors.domain.units import clear_parent, set_parent
from alpclusters.platform.actors.models import Alias, Claim, ClusterMember, Consent, Person
from alpclusters.platform.cafe.models import Invitation
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_cafe, make_project, make_region
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.partners import make_partner

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LARGE_TO_CIVIL = "Large firms, Research, Public bodies, Civil society"


def text_of(answer):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_profile_says_what_is_known_and_what_is_not(client):
    profile = make_profile(
        "Timber Cluster",
        slug="timber",
        n_sme=20,
        n_public=2,
        counted_on=date(2026, 6, 30),
        body_region=make_region("AT32"),
    )
    Alias.objects.create(organisation=profile.organisation, name="Holzcluster")

    answer = client.get("/en/directory/timber/")

    text = text_of(answer)
    assert answer.status_code == 200
    assert "At least 22 members" in text
    assert "Counted on 30 June 2026" in text
    assert "Not counted: Large firms, Research, Civil society, Others." in text
    assert "Holzcluster" in text
    assert "They are unverified until somebody confirms them." in text
    assert "Missing: Staff (full-time equivalents)" in text


def test_members_by_type_are_bars_with_a_table(client):
    make_profile(slug="timber", n_sme=3, n_large=1)

    view = client.get("/en/directory/timber/").context["page"].view

    assert [row[:2] for row in view.counts.chart.table.rows] == [
        ("Small and medium-sized firms", "3"),
        ("Large firms", "1"),
    ]


def test_data_block_is_json_that_cannot_end_its_script(client):
    make_profile("Holz </script><b> & Co", slug="timber", body_town="Graz", body_country="AT")

    page = client.get("/en/directory/timber/").content.decode()

    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1]
    facts = json.loads(block)
    assert facts["name"] == "Holz </script><b> & Co"
    assert facts["address"] == {
        "@type": "PostalAddress",
        "addressLocality": "Graz",
        "addressCountry": "AT",
    }


def test_invented_organisation_says_so_and_has_no_data_block(client):
    make_profile(slug="timber", body_is_simulated=True)

    answer = client.get("/en/directory/timber/")

    assert "simulated" in text_of(answer)
    assert b"ld+json" not in answer.content


@pytest.mark.parametrize(
    ("purpose", "age", "withdrawn", "is_shown"),
    [
        ("directory", 1, False, True),
        ("directory", 1, True, False),
        ("directory", 4 * 365, False, False),
        ("invitations", 1, False, False),
    ],
)
def test_contact_is_shown_with_consent_for_the_directory_alone(
    client, purpose, age, withdrawn, is_shown
):
    profile = make_profile(slug="timber")
    person = Person.objects.create(
        organisation=profile.organisation, name="Ana Novak", email="ana@example.org"
    )
    now = timezone.now()
    Consent.objects.create(
        person=person,
        purpose=purpose,
        version="1",
        how="form",
        given_at=now - timedelta(days=age),
        withdrawn_at=now if withdrawn else None,
    )
    profile.manager = person
    profile.save()

    text = text_of(client.get("/en/directory/timber/"))

    assert ("Ana Novak" in text, "ana@example.org" in text) == (is_shown, is_shown)


def test_what_it_takes_part_in_is_public_and_invitations_are_not(client):
    profile = make_profile(slug="timber")
    project, secret = make_project(acronym="Open"), make_project(acronym="Secret", is_public=False)
    for one in (project, secret):
        make_partner(one).delete()
        one.partners.create(organisation=profile.organisation)
    cafe = make_cafe(project=make_project(acronym="Elsewhere"))
    Invitation.objects.create(cafe=cafe, organisation=profile.organisation, name="Ana")

    page = client.get("/en/directory/timber/").context["page"]

    assert [p.project.acronym for p in page.ties.partnerships] == ["Open"]
    assert list(page.ties.cafes) == []


def test_history_names_roles_and_no_people(client):
    profile = make_profile(slug="timber")
    keeper = make_user(name="Ana Novak", email="ana@example.org")
    Claim.objects.create(cluster=profile, user=keeper, state="approved", made_at=timezone.now())
    change_profile(profile, {"n_sme": 7}, by=keeper)

    answer = client.get("/en/directory/timber/")

    newest = answer.context["page"].view.changes[0]
    assert (newest.what, newest.who) == ("Small and medium-sized firms", "manager of the profile")
    assert "Novak" not in text_of(answer)


def test_a_change_of_many_fields_names_the_first_and_a_text_once(client):
    profile = make_profile(slug="timber")
    texts = {f"summary_{code}": "Holz" for code in ("de", "en", "sl")}
    counts = {f"n_{name}": 7 for name in ("sme", "large", "research", "public", "civil", "other")}
    change_profile(profile, {**texts, **counts}, by=make_user())
    change_profile(profile, {"summary_de": "Holz und Stein"}, by=make_user())

    changes = client.get("/en/directory/timber/").context["page"].view.changes

    assert [change.what for change in changes[:2]] == [
        "In short, Deutsch",
        f"In short, Small and medium-sized firms, {LARGE_TO_CIVIL} and 1 more field",
    ]


@pytest.mark.parametrize(
    ("is_simulated", "source", "shown"),
    [
        (True, "simulated", "für das Beispielprojekt erfunden"),
        (True, "A list of somebody", "A list of somebody"),
        (False, "https://simulated.example", "https://simulated.example"),
    ],
)
def test_source_of_what_we_invented_is_said_in_the_language(client, is_simulated, source, shown):
    make_profile(slug="timber", body_is_simulated=is_simulated, body_source=source)

    facts = client.get("/de/directory/timber/").context["page"].origin

    assert re.sub(r"<[^>]+>", "", facts[0].value) == shown


def test_old_address_leads_to_the_one_that_stays_until_it_is_undone(client):
    kept, gone = make_profile(slug="kept"), make_profile(slug="gone")
    made = merge(kept.organisation, gone.organisation, by=None)

    answer = client.get("/en/directory/gone/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/directory/kept/")
    by_number = client.get(f"/en/directory/organisations/{gone.organisation_id}/")
    assert by_number["Location"] == "/en/directory/kept/"

    undo_merge(made, by=None)
    assert client.get("/en/directory/gone/").status_code == 200


def test_organisation_without_profile_has_a_page_and_one_with_leads_to_it(client):
    body = make_organisation("Saw Mill", type="sme")
    profile = make_profile(slug="timber")
    ClusterMember.objects.create(cluster=profile, organisation=body)

    plain = client.get(f"/en/directory/organisations/{body.pk}/")
    other = client.get(f"/en/directory/organisations/{profile.organisation_id}/")

    assert [b.name for b in plain.context["page"].memberships] == [profile.organisation.name]
    assert plain.context["page"].view is None
    assert other["Location"] == "/en/directory/timber/"


def test_what_only_a_project_knows_is_hidden_from_visitors(client):
    body = make_organisation("Secret Body", is_listed=False)
    address = f"/en/directory/organisations/{body.pk}/"

    assert client.get(address).status_code == 404
    client.force_login(make_user_with(Role.MEMBER))
    assert client.get(address).status_code == 200


def test_odd_values_of_lists_do_not_break_the_page(client):
    make_profile(
        slug="timber",
        target_markets=["JP", {"country": "JP"}, {"country": "XX", "aims": None}],
        s3_priorities=["x", {"text": "Wood"}],
        partners_abroad=["A", {"name": "B"}],
        catchment=["AT32", "nonsense"],
        financing={"fees": 40, "other": "?"},
        sectors=["28.41", "zz"],
        body_website="javascript:alert(1)",
    )

    answer = client.get("/en/directory/timber/")

    assert answer.status_code == 200
    assert "javascript:" not in answer.content.decode()


def test_source_with_markup_shows_as_text(client):
    organisation = make_organisation(
        is_listed=True, source="<img src=x onerror=alert(1)> https://example.org/list"
    )

    page = client.get(f"/en/directory/organisations/{organisation.pk}/").content.decode()

    assert "<img src=x" not in page
    assert "&lt;img src=x" in page
    assert 'href="https://example.org/list"' in page


def names(bodies):
    return [(body.name, body.url) for body in bodies]


def test_larger_body_and_units_name_each_other(client):
    university = make_organisation("Timber University")
    profile = make_profile("Timber Laboratory", slug="laboratory")
    hidden = make_organisation("Hidden Institute", is_listed=False)
    for unit in (profile.organisation, hidden):
        set_parent(unit, university, by=None, now=timezone.now())

    above = client.get(f"/en/directory/organisations/{university.pk}/")
    below = client.get("/en/directory/laboratory/")

    page = above.context["page"]
    assert (names(page.parents), names(page.units)) == (
        [],
        [("Timber Laboratory", "/en/directory/laboratory/")],
    )
    assert names(below.context["page"].parents) == [
        ("Timber University", f"/en/directory/organisations/{university.pk}/")
    ]
    assert "Units Timber Laboratory" in text_of(above)
    assert "Part of Timber University" in text_of(below)
    assert "Hidden Institute" not in above.content.decode()


def test_what_is_a_unit_no_longer_is_not_shown(client):
    university = make_organisation("Timber University")
    unit = make_organisation("Timber Laboratory")
    set_parent(unit, university, by=None, now=timezone.now())
    clear_parent(unit, by=None, until=date(2026, 1, 1))

    page = client.get(f"/en/directory/organisations/{unit.pk}/").context["page"]

    assert (page.parents, page.units) == ([], [])
