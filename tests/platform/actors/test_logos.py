"""A logo is kept while a version of a profile names it, and comes back with that version."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from alpclusters.platform.actors.domain.completeness import REQUIRED
from alpclusters.platform.actors.domain.editing import (
    LOGO_ALTS,
    Change,
    change_profile,
    revert_profile,
    versions,
)
from alpclusters.platform.actors.domain.logos import (
    drop_unused_logos,
    had_logo,
    keep_logo,
    logo_path,
    logo_words,
    store_logo,
)
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.history import history_of
from tests.factories.accounts import make_user
from tests.factories.logos import make_logo, make_png
from tests.factories.organisations import make_profile

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def grow_old(folder):
    """Let everything have been written two days ago."""
    before = (timezone.now() - timedelta(days=2)).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (before, before))


def test_logo_is_named_by_what_it_holds_and_nobody_else_may_read_the_file():
    first = keep_logo(make_png())

    assert keep_logo(make_png()) == first
    assert keep_logo(make_png(38)) != first
    path = logo_path(first, "small")
    assert path.stat().st_mode & 0o777 == 0o600
    assert len(list(path.parent.iterdir())) == 4


@pytest.mark.parametrize("name", ["", "../secrets/django.key", "0" * 63, "f" * 64])
def test_a_name_that_is_none_or_unknown_leads_to_no_file(name):
    store_logo(make_logo())

    assert logo_path(name) is None


def test_change_of_a_logo_has_a_version_with_author_and_can_be_undone():
    cluster, anna = make_profile("Wood", slug="wood"), make_user(name="Anna")
    name = store_logo(make_logo())
    change_profile(cluster, {"logo": name, "logo_alt_de": "Ein Baum"}, by=anna, reason="edit")
    cluster.refresh_from_db()
    with_logo = history_of(cluster).latest().history_id
    change_profile(cluster, dict.fromkeys(("logo", *LOGO_ALTS), ""), by=anna)

    newest = versions(cluster)[0]
    assert (newest.made_by, newest.changes) == (
        str(anna),
        (Change("logo", name, ""), Change("logo_alt_de", "Ein Baum", "")),
    )
    assert revert_profile(cluster, "profile", with_logo, by=anna)
    cluster.refresh_from_db()
    assert (cluster.logo, cluster.logo_alt.inside("de")) == (name, "Ein Baum")


def test_words_of_a_logo_are_the_name_until_somebody_writes_others():
    cluster = make_profile("Wood", slug="wood", logo_alt={"de": "Ein Baum"})

    assert [logo_words(cluster, code) for code in ("de", "sl")] == ["Ein Baum", "Wood"]


def test_a_logo_counts_for_the_completeness():
    cluster = make_profile("Wood", slug="wood")
    change_profile(cluster, {"founded": 2001}, by=make_user())
    cluster.refresh_from_db()
    assert (cluster.completeness, len(REQUIRED["identity"])) == (5, 6)

    change_profile(cluster, {"logo": store_logo(make_logo())}, by=make_user())

    cluster.refresh_from_db()
    assert cluster.completeness == 8


def test_tidying_keeps_what_a_version_names_and_drops_the_rest(uploads):
    cluster = make_profile("Wood", slug="wood")
    names = [store_logo(make_logo(text)) for text in (b"a", b"b", b"c")]
    change_profile(cluster, {"logo": names[0]}, by=make_user())
    change_profile(cluster, {"logo": names[1]}, by=make_user())
    (uploads / "logos" / "half.new").write_bytes(b"cut off")
    assert drop_unused_logos(timezone.now()) == 0
    grow_old(uploads)

    assert drop_unused_logos(timezone.now()) == 3

    assert [logo_path(name) is not None for name in names] == [True, True, False]
    assert [had_logo(cluster, name) for name in names] == [True, True, False]


def test_logo_goes_for_good_with_the_profile(uploads):
    cluster = make_profile("Wood", slug="wood")
    name = store_logo(make_logo())
    change_profile(cluster, {"logo": name}, by=make_user())
    grow_old(uploads)

    Organisation.objects.filter(pk=cluster.organisation_id).delete()

    assert drop_unused_logos(timezone.now()) == 2
    assert logo_path(name) is None


def test_a_logo_stored_again_counts_as_new(uploads):
    name = store_logo(make_logo())
    grow_old(uploads)
    store_logo(make_logo())

    assert drop_unused_logos(timezone.now()) == 0
    assert logo_path(name) is not None
