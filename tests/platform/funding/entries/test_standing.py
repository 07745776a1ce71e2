"""Entries are withdrawn and published again; a version of before is brought back as a new one."""

import datetime as dt

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.funding.domain.entries import (
    EntryError,
    bring_back,
    change_entry,
    set_published,
)
from alpclusters.platform.funding.domain.entries.changing import keep_first
from alpclusters.platform.funding.models import EntryVersion, Offer
from tests.factories.accounts import make_user
from tests.factories.funding import make_call, make_offer, make_programme

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NOW = dt.datetime(2026, 11, 26, 9, tzinfo=dt.UTC)


@pytest.fixture
def offer():
    made = make_offer(make_programme(), title={"en": "First"})
    keep_first(made, source="seed", by=None, now=NOW)
    return made


def changed(entry, record, version=1):
    return change_entry(entry, record, version=version, source="Gazette", by=None, now=NOW)


def test_withdrawn_entry_is_found_by_nobody_and_keeps_its_versions(offer):
    keeper = make_user()

    gone = set_published(offer, is_published=False, source="Closed early", by=keeper, now=NOW)

    version = EntryVersion.objects.get(offer=offer, number=2)
    assert not Offer.objects.published().exists()
    assert (gone.version, version.source, version.made_by) == (2, "Closed early", keeper)
    assert version.data["is_published"] is False


def test_withdrawn_entry_comes_again(offer):
    set_published(offer, is_published=False, source="x", by=None, now=NOW)

    again = set_published(offer, is_published=True, source="y", by=None, now=NOW)

    assert Offer.objects.published().get() == offer
    assert again.version == 3


@pytest.mark.parametrize("is_published", [True, False])
def test_entry_that_stands_so_already_is_left_alone(offer, is_published):
    Offer.objects.update(is_published=is_published)

    with pytest.raises(StateError):
        set_published(offer, is_published=is_published, source="x", by=None, now=NOW)

    assert EntryVersion.objects.count() == 1


def test_version_comes_back_as_a_new_one(offer):
    changed(offer, {"title_en": "Second"})
    offer.refresh_from_db()

    bring_back(offer, 1, version=2, source="Version 1", by=None, now=NOW)

    offer.refresh_from_db()
    assert (offer.title.inside("en"), offer.version) == ("First", 3)
    assert EntryVersion.objects.get(offer=offer, number=2).data["title_en"] == "Second"


def test_bringing_back_what_it_says_makes_no_version(offer):
    bring_back(offer, 1, version=1, source="x", by=None, now=NOW)

    assert EntryVersion.objects.count() == 1


def test_bringing_back_leaves_the_standing_alone(offer):
    set_published(offer, is_published=False, source="x", by=None, now=NOW)
    offer.refresh_from_db()

    bring_back(offer, 1, version=2, source="x", by=None, now=NOW)

    offer.refresh_from_db()
    assert not offer.is_published


def test_what_entries_no_longer_say_is_left_out(offer):
    EntryVersion.objects.update(data={"title_en": "Old", "colour": "green"})
    changed(offer, {"title_en": "Second"})
    offer.refresh_from_db()

    assert bring_back(offer, 1, version=2, source="x", by=None, now=NOW).title.inside("en") == "Old"


def test_changed_meanwhile_or_unknown_is_refused(offer):
    changed(offer, {"title_en": "Second"})
    offer.refresh_from_db()

    with pytest.raises(StateError):
        bring_back(offer, 1, version=1, source="x", by=None, now=NOW)
    with pytest.raises(EntryVersion.DoesNotExist):
        bring_back(offer, 9, version=2, source="x", by=None, now=NOW)


def test_call_has_its_title_in_other_languages():
    call = make_call(make_programme(), title="Digital regions", source_language="en")

    changed(call, {"titles": {"de": "Digitale Regionen"}}, version=call.version)

    call.refresh_from_db()
    assert call.named("de") == ("Digitale Regionen", "de")
    assert call.named("sl") == ("Digital regions", "en")
    assert call.named("en") == ("Digital regions", "en")


@pytest.mark.parametrize("titles", [["x"], {"xx": "x"}, {"de": 3}, {"de": ""}, {"de": "x" * 301}])
def test_titles_that_are_none_are_refused(titles):
    call = make_call(make_programme())

    with pytest.raises(EntryError) as refused:
        changed(call, {"titles": titles}, version=call.version)

    assert {fault.pointer for fault in refused.value.faults} == {"/titles"}
    call.refresh_from_db()
    assert call.titles == {}
