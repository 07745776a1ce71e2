"""Two invented cluster organisations show a complete profile, and say everywhere what they are."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone

from alpclusters.platform.actors.domain.consent import contacts_of
from alpclusters.platform.actors.domain.demonstration import create_demonstration
from alpclusters.platform.actors.domain.judging import judge
from alpclusters.platform.actors.domain.logos import logo_path
from alpclusters.platform.actors.models import ClusterOrganisation
from alpclusters.platform.cafe.domain.stakeholders import demonstration as stakeholders
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.operation.demonstration import remove_demonstration
from alpclusters.platform.operation.reference import load_reference_data
from alpclusters.platform.partnership.domain.demonstration import create_demonstration_project
from alpclusters.platform.simulated import SIMULATED
from tests.factories.logos import pixels_of, sides_of

pytestmark = [pytest.mark.integration, pytest.mark.django_db, pytest.mark.slow]

TODAY = date(2026, 3, 2)


@pytest.fixture(scope="module")
def folder(once, tmp_path_factory) -> Path:  # noqa: ARG001 - the rows are taken back
    """Make both once for the file; return where their logos are kept."""
    folder = tmp_path_factory.mktemp("uploads")
    with override_settings(MEDIA_ROOT=str(folder)):
        load_reference_data()
        make_both()
    return folder


def make_both() -> None:
    """Make as much of the demonstration as the two need."""
    stakeholders.create_demonstration(create_demonstration_project())
    create_demonstration()


@pytest.fixture
def profiles(folder, settings) -> list[ClusterOrganisation]:
    settings.MEDIA_ROOT = str(folder)
    # Those with a logo are the complete ones; those of the invented network have less.
    rows = ClusterOrganisation.objects.filter(organisation__is_simulated=True).exclude(logo="")
    return list(rows.select_related("organisation").order_by("pk"))


def test_both_are_complete_and_pass_the_validation(profiles):
    found = [judge(profile) for profile in profiles]

    assert [one.completeness.score for one in found] == [100, 100]
    assert [profile.completeness for profile in profiles] == [100, 100]
    assert [one.validation.result for one in found] == ["valid", "waived"]
    assert [one.freshness for one in found] == ["fresh", "fresh"]
    assert all(one.has_valid_label for one in found)
    assert all(sum(profile.financing.values()) == 100 for profile in profiles)


def test_every_text_says_simulated_in_its_language(profiles):
    for profile in profiles:
        body = profile.organisation
        assert body.is_simulated
        assert any(word in body.name for word in SIMULATED.values())
        others = body.aliases.values_list("language", "name")
        assert all(SIMULATED[code] in name for code, name in others)
        for code in LANGUAGE_CODES:
            assert SIMULATED[code] in profile.summary.inside(code).casefold()
            assert SIMULATED[code][:6] in profile.logo_alt.inside(code)


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_page_shows_members_label_shares_services_contact_and_logo(profiles, language):
    for profile in profiles:
        page = Client().get(f"/{language}/directory/{profile.slug}/")

        text = page.content.decode()
        shown = page.context["page"]
        assert len(shown.view.named) >= 3
        assert all(body.simulated for body in shown.view.named)
        assert len(shown.view.labels) == len(shown.contacts) == 1
        assert "simul" in shown.contacts[0].name
        assert f'alt="{profile.logo_alt.inside(language)}"' in text
        assert page.context["simulated"]


def test_logos_are_drawn_with_nothing_around_the_shape(profiles):
    assert len({profile.logo for profile in profiles}) == 2
    for profile in profiles:
        small = logo_path(profile.logo, "small").read_bytes()
        assert sides_of(small) == (96, 96)
        assert sides_of(logo_path(profile.logo).read_bytes()) == (320, 320)
        rows = pixels_of(small)
        assert rows[0][0] == rows[95][95] == (0, 0, 0, 0)
        assert rows[48][10][3] == 255


def test_contact_is_shown_with_a_consent(profiles):
    contacts = contacts_of(profiles[0].organisation, timezone.now())

    assert [person.pk for person in contacts] == [profiles[0].manager_id]
    later = timezone.now() + timedelta(days=4 * 365)
    assert contacts_of(profiles[0].organisation, later) == []


@pytest.mark.usefixtures("profiles")
def test_they_go_with_the_demonstration_and_come_back_once():
    assert create_demonstration(today=TODAY) == 0

    remove_demonstration()

    assert not ClusterOrganisation.objects.filter(organisation__is_simulated=True).exists()
    make_both()
    simulated = ClusterOrganisation.objects.filter(organisation__is_simulated=True)
    assert simulated.exclude(logo="").count() == 2
