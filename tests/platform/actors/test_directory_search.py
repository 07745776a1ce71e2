"""The quick search finds what a plain one finds, and stays right while things change."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from alpclusters.platform.actors.domain.directory import columns, index, searching
from alpclusters.platform.actors.domain.directory.queries import (
    DirectoryQuery,
    Facet,
    Order,
    Scope,
)
from alpclusters.platform.actors.domain.directory.schema import ROWS, WATCHED, trigger_name
from alpclusters.platform.actors.models import (
    Alias,
    ClusterLabel,
    ClusterOrganisation,
    IndexTodo,
    IndexWord,
    Organisation,
)
from tests.factories.directory import plain_search
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.territory import make_region

pytestmark = [pytest.mark.integration]
needs_database = pytest.mark.django_db

TODAY = date(2026, 11, 25)
WORDS = [
    "Holz", "Cluster", "Mechatronik", "Kärnten", "Forêt", "lesarski", "grozd", "proHolz", "Straße",
    "AI", "umetna", "inteligenca", "Žalec", "28", "2B", "Holzcluster", "d’Aoste", "l'eau", "Voda",
]  # fmt: skip
TYPED = [*WORDS, "les", "mechatronics", "kaernten", "karnten", "strasse", "zal", "clu", "xyz",
         "mehatronka", "artificial intelligence", "a", "holz cluster", "“", "*", "OR",
         "NEAR"]  # fmt: skip


def query(text: str = "", **fields: object) -> DirectoryQuery:
    return DirectoryQuery(today=TODAY, text=text, **fields)


def names(text: str, **fields: object) -> list[str]:
    found = searching.search(query(text, **fields)).ids
    by_id = Organisation.objects.in_bulk(found)
    return [by_id[pk].name for pk in found]


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=3).map(" ".join)
bodies = st.fixed_dictionaries({
    "name": texts,
    "country": st.sampled_from(["", "AT", "SI"]),
    "in_region": st.booleans(),
    "is_listed": st.sampled_from([True, True, True, False]),
    "profile": st.none() | st.fixed_dictionaries({
        "summary": st.fixed_dictionaries({"de": texts | st.just("")}),
        "sectors": st.lists(st.sampled_from(["28", "28.41", "C", "62", "odd"]), max_size=3),
        "technologies": st.lists(st.sampled_from(["robotics", "free|word"]), max_size=2),
        "ecosystem": st.sampled_from(["", "digital"]),
        "target_markets": st.lists(
            st.sampled_from([{"country": "JP"}, {"country": "US"}]), max_size=2
        ),
        "confirmed_on": st.sampled_from(
            [None, TODAY, TODAY - timedelta(366), TODAY - timedelta(367)]
        ),
        "completeness": st.integers(0, 2),
    }),
    "labels": st.lists(
        st.tuples(
            st.sampled_from(["gold", "bronze"]),
            st.sampled_from([None, TODAY, TODAY - timedelta(1)]),
        ),
        max_size=2,
    ),
    "alias": st.sampled_from(["", "Wood Cluster", "AI"]),
})  # fmt: skip
CHOICES = {
    Facet.COUNTRY: ["AT", "SI", "IT"],
    Facet.SECTOR: ["28", "62"],
    Facet.LABEL: ["ecei gold"],
    Facet.FRESHNESS: ["year", "older", "never"],
    Facet.TECHNOLOGY: ["robotics", "free word"],
}
chosen = st.fixed_dictionaries(
    {}, optional={f: st.frozensets(st.sampled_from(v), max_size=2) for f, v in CHOICES.items()}
)
queries = st.builds(
    query,
    text=st.lists(st.sampled_from(TYPED), max_size=2).map(" ".join),
    exact=st.booleans(),
    scope=st.sampled_from(Scope),
    chosen=chosen,
    order=st.sampled_from(Order),
    size=st.sampled_from([3, 100]),
    page=st.sampled_from([1, 2]),
)


def build(body: dict, region: object) -> None:
    fields = {"country": body["country"], "is_listed": body["is_listed"]}
    organisation = make_organisation(
        body["name"], region=region if body["in_region"] else None, **fields
    )
    if body["alias"]:
        Alias.objects.create(organisation=organisation, name=body["alias"])
    if body["profile"] is None:
        return
    profile = ClusterOrganisation.objects.create(
        organisation=organisation, slug=f"c-{organisation.pk}", **body["profile"]
    )
    for level, until in body["labels"]:
        ClusterLabel.objects.create(cluster=profile, level=level, valid_to=until)


class TestAgainstPlainSearch(TestCase):
    @pytest.mark.slow
    @given(
        first=st.lists(bodies, max_size=6),
        later=st.lists(bodies, max_size=2),
        gone=st.integers(0, 5),
        asked=st.lists(queries, min_size=1, max_size=4),
    )
    def test_search_finds_counts_and_orders_like_a_plain_one(self, first, later, gone, asked):
        region = make_region("AT21", name="Kärnten")
        for body in first:
            build(body, region)
        self.compare(asked[0])
        for body in later:
            build(body, region)
        Organisation.objects.filter(name__startswith="Holz").update(country="IT")
        for organisation in Organisation.objects.order_by("pk")[gone : gone + 1]:
            organisation.delete()
        for one in asked:
            self.compare(one)
        self.assert_words_are_counted()

    def compare(self, one: DirectoryQuery) -> None:
        found = searching.search(one)
        used = {c.given: c.used for c in found.corrections}
        text = " ".join(used.get(word, word) for word in one.text.split())
        ids, counts = plain_search(replace(one, text=text))
        start = (one.page - 1) * one.size
        assert list(found.ids) == ids[start : start + one.size]
        assert found.total == len(ids)
        assert found.facets == counts
        assert searching.matching_ids(one).tolist() == ids

    def assert_words_are_counted(self) -> None:
        kept = dict(IndexWord.objects.values_list("word", "n"))
        index.rebuild()
        assert kept == dict(IndexWord.objects.values_list("word", "n"))


# --- words ------------------------------------------------------------------------------------


@needs_database
def test_word_is_found_in_five_languages_and_with_other_endings():
    for name in ("Lesarski grozd", "Holzcluster Steiermark", "proHolz Salzburg", "Pôle bois"):
        make_profile(name)
    make_profile("Chemistry")

    assert names("les") == [
        "Lesarski grozd", "Holzcluster Steiermark", "Pôle bois", "proHolz Salzburg",
    ]  # fmt: skip
    assert names("les", exact=True) == ["Lesarski grozd"]


@needs_database
def test_unknown_word_is_corrected_unless_asked_for_exactly():
    make_profile("Mehatronika Maribor")

    found = searching.search(query("mehatronkia"))

    assert [(c.given, c.used) for c in found.corrections] == [("mehatronkia", "mehatronika")]
    assert found.total == 1
    assert searching.search(query("mehatronkia", exact=True)).total == 0


@needs_database
def test_short_or_numeric_words_are_never_corrected():
    make_profile("Inn 2030")

    assert searching.search(query("imn")).total == 0
    assert searching.search(query("2031")).total == 0


@needs_database
def test_name_comes_before_other_texts():
    make_profile("Zebra Optik")
    make_profile("Aal", sector_text="optik")
    make_profile("Optik")

    assert names("optik") == ["Optik", "Zebra Optik", "Aal"]


@needs_database
def test_sector_is_found_by_its_name_in_any_language():
    make_profile("Alpha", sectors=["28.41"])

    assert names("Maschinenbau") == names("strojev") == names("28.41") == ["Alpha"]


# --- upkeep -----------------------------------------------------------------------------------


@needs_database
def test_every_trigger_is_there():
    sql = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger",
    }
    with connection.cursor() as cursor:
        cursor.execute(sql[connection.vendor])
        there = {name for (name,) in cursor.fetchall()}

    assert {trigger_name(t, e) for t in WATCHED for e in ROWS} <= there


@needs_database
def test_change_of_a_name_alias_profile_or_label_is_noted():
    profile = make_profile("First")
    alias = Alias.objects.create(organisation=profile.organisation, name="Second")
    label = ClusterLabel.objects.create(cluster=profile, level="gold")
    index.refresh_all()
    noted = []
    for change in (
        lambda: Organisation.objects.update(town="Graz"),
        lambda: Alias.objects.filter(pk=alias.pk).update(name="Third"),
        lambda: ClusterLabel.objects.filter(pk=label.pk).update(level="silver"),
        lambda: ClusterOrganisation.objects.update(sector_text="optics"),
        alias.delete,
        label.delete,
    ):
        change()
        noted.append(list(IndexTodo.objects.values_list("organisation_id", flat=True).distinct()))
        index.refresh_all()

    assert noted == [[profile.organisation_id]] * 6
    assert index.look_at().is_complete


@needs_database
def test_search_indexes_a_few_changes_and_says_that_more_wait(monkeypatch):
    monkeypatch.setattr(index, "AT_ONCE", 2)
    for number in range(3):
        make_profile(f"Number {number}")

    first = searching.search(query("number"))
    second = searching.search(query("number"))

    assert (first.total, first.is_settled) == (2, False)
    assert (second.total, second.is_settled) == (3, True)


@needs_database
def test_state_that_was_rolled_back_is_not_remembered():
    make_profile("Kept")
    assert names("kept") == ["Kept"]
    with transaction.atomic():
        Organisation.objects.update(name="Forgotten")
        assert names("forgotten") == ["Forgotten"]
        transaction.set_rollback(True)
    Organisation.objects.update(town="Graz")

    assert names("forgotten") == []
    assert names("kept") == ["Kept"]


@needs_database
def test_another_process_sees_what_this_one_indexed():
    make_profile("Here")
    searching.search(query())
    here = columns._memory.columns
    make_profile("There")
    assert searching.search(query()).total == 2
    columns._memory.columns = here

    assert searching.search(query()).total == 2


@needs_database
def test_merged_and_unlisted_bodies_are_not_found():
    kept, merged, hidden = make_profile("Kept"), make_profile("Merged"), make_profile("Hidden")
    assert searching.search(query()).total == 3
    merged.organisation.merged_into = kept.organisation
    merged.organisation.save()
    hidden.organisation.is_listed = False
    hidden.organisation.save()

    assert names("") == ["Kept"]


@needs_database
def test_index_of_other_seed_facts_is_made_anew(monkeypatch):
    make_profile("Kept")
    index.ensure_index()
    monkeypatch.setattr(index, "fingerprint", lambda: "another")

    assert not index.look_at().is_complete
    assert index.ensure_index() == 1
    assert index.look_at().is_complete
