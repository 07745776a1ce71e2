"""The search for partners: filter, parts, reasons, bridging, and the cap on proposals."""

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.network.domain.matching.eligibility import (
    CAP_LEAST,
    mark_partner,
    recommended_lately,
    unmark_partner,
)
from alpclusters.platform.network.domain.matching.profiles import Options, Question
from alpclusters.platform.network.domain.matching.searching import find_partners, search_partners
from alpclusters.platform.network.models import Link, MatchRun, PartnerMark
from tests.factories.introductions import make_side
from tests.factories.network import make_posting
from tests.factories.organisations import make_organisation
from tests.platform.network.matching.conftest import NOW

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def search(side, question=None, **options):
    return find_partners(side.organisation, question or Question(), Options(**options), now=NOW)


def ranked(found):
    return [one["organisation"] for one in found.results]


def link(one, other, **fields):
    first, second = sorted((one.organisation, other.organisation), key=lambda o: o.pk)
    values = {"standing": "confirmed", "entered_at": NOW, "status": "active_self", **fields}
    return Link.objects.create(first=first, second=second, **values)


def test_partners_are_ranked_with_parts_that_make_the_score(trento, maribor, ljubljana, graz):
    found = search(trento, languages=("sl", "en", "de"))

    assert set(ranked(found)) == {s.organisation.pk for s in (maribor, ljubljana, graz)}
    for one in found.results:
        assert one["score"] == pytest.approx(
            sum(p for _v, _w, p in one["parts"].values()), abs=0.05
        )
        assert sum(w for _v, w, _p in one["parts"].values()) == pytest.approx(1, abs=0.001)
        assert (one["n_parts"], one["n_possible"]) == (len(one["parts"]), 5)
    best = max(found.results, key=lambda one: one["parts"]["taxonomy"][0])
    assert best["organisation"] == graz.organisation.pk
    # Nobody has a tie: the network is absent, not zero.
    assert set(best["parts"]) == {"text", "taxonomy"}
    shared = next(r for r in best["reasons"] if r["code"] == "shared")
    assert "technology:timber" in shared["codes"]


def test_filter_says_why_somebody_was_left_out(trento, maribor, ljubljana, graz):
    found = search(trento, territory=("SI",))

    assert ranked(found) == [maribor.organisation.pk]
    assert found.excluded["self"] == 1
    assert found.excluded["territory"] == 1
    assert found.excluded["language"] == 1
    assert graz.organisation.pk not in ranked(found)
    assert ljubljana.organisation.pk not in ranked(found)


def test_unknown_languages_pass_unless_languages_were_chosen(trento):
    silent = make_side("Silent", region="SI03", technologies=["timber"])

    assert ranked(search(trento)) == [silent.organisation.pk]
    assert ranked(search(trento, languages=("sl",))) == []


@pytest.mark.usefixtures("maribor")
def test_simulated_organisations_find_only_simulated_ones(trento):
    fields = {"body_is_simulated": True, "technologies": ["timber"]}
    invented, other = make_side("Invented", **fields), make_side("Other", **fields)

    assert ranked(search(invented)) == [other.organisation.pk]
    assert invented.organisation.pk not in ranked(search(trento))


def test_dismissed_is_not_proposed_until_it_is_undone(trento, maribor):
    pair = (trento.organisation, maribor.organisation)
    mark_partner(*pair, PartnerMark.Mark.DISMISSED, by=trento.user, now=NOW)
    assert ranked(search(trento)) == []

    assert unmark_partner(*pair)

    assert ranked(search(trento)) == [maribor.organisation.pk]


def test_partner_with_an_active_link_is_left_out_unless_asked_for(trento, maribor):
    made = link(trento, maribor)
    assert ranked(search(trento)) == []
    assert ranked(search(trento, with_partners=True)) == [maribor.organisation.pk]

    Link.objects.filter(pk=made.pk).update(status="ended")

    assert ranked(search(trento)) == [maribor.organisation.pk]


def test_need_in_own_words_meets_the_offer_of_a_posting(trento, graz, maribor):
    make_posting(
        graz.organisation, kind="offer", language="de", title="Schulung Holzbau für Zimmereien",
        text="Wir bieten eine Schulung im Holzbau an.",
    )  # fmt: skip
    question = Question("need", "Wir suchen eine Schulung im Holzbau für Zimmereien.", "de")

    best = search(trento, question, languages=("de", "sl")).results[0]

    assert best["organisation"] == graz.organisation.pk
    assert best["parts"]["complementarity"][0] > 0
    reason = next(r for r in best["reasons"] if r["code"] == "need_met")
    assert reason["offer"] == "Schulung Holzbau für Zimmereien"
    assert maribor.organisation.pk in ranked(search(trento, question))


def test_common_partner_is_named(trento, maribor, graz):
    link(trento, graz)
    link(maribor, graz)

    best = search(trento).results[0]

    assert best["organisation"] == maribor.organisation.pk
    reason = next(r for r in best["reasons"] if r["code"] == "partners")
    assert (reason["n"], reason["organisations"]) == (1, [graz.organisation.pk])


def test_missing_pair_of_regions_lifts_a_partner(trento, maribor, graz):
    # Trento works with Styria, and Slovenia is tied to Styria only.
    second = make_side("Graz 2", region="AT22", languages=["en"])
    link(trento, second)
    for other in (graz, second):
        link(maribor, other)
    plain = {one["organisation"]: one for one in search(trento, bridging=0.0).results}
    bridged = {one["organisation"]: one for one in search(trento, bridging=1.0).results}
    pk = maribor.organisation.pk

    assert plain[pk]["ranked_by"] == plain[pk]["score"]
    assert bridged[pk]["score"] == plain[pk]["score"]
    assert bridged[pk]["ranked_by"] > bridged[pk]["score"]
    gap = bridged[pk]["reasons"][-1]
    assert (gap["code"], gap["first"], gap["second"]) == ("gap", "ITH2", "SI03")


def test_profile_that_says_nothing_is_counted_as_left_out(trento):
    make_side("Empty", region="SI03")

    assert search(trento).excluded["nothing"] == 1


def test_popularity_can_be_switched_off(trento, maribor, graz):
    link(maribor, graz)

    assert "popularity" in search(trento).results[0]["parts"]
    assert "popularity" not in search(trento, with_popularity=False).results[0]["parts"]


def test_organisation_without_a_profile_cannot_search():
    with pytest.raises(StateError, match=r"match\.no_profile"):
        find_partners(make_organisation(), Question(), Options(), now=NOW)


@pytest.mark.usefixtures("maribor")
def test_finding_stores_nothing_and_searching_stores_the_list(trento):
    search(trento)
    assert not MatchRun.objects.exists()

    made = search_partners(
        trento.organisation, Question("need", "Iščemo partnerje za lesno gradnjo.", "sl"),
        Options(territory=("SI",)), by=trento.user, now=NOW,
    )  # fmt: skip

    assert (made.start, made.language, made.options["territory"]) == ("need", "sl", ["SI"])
    assert len(made.results) == 1
    assert made.stamp["model"]["name"] == "letters"


def test_who_stands_in_too_many_lists_makes_room(trento, maribor, graz):
    for _ in range(CAP_LEAST):
        searcher = make_organisation()
        MatchRun.objects.create(
            organisation=searcher, made_at=NOW, results=[{"organisation": maribor.organisation.pk}]
        )
    before = recommended_lately(NOW, is_simulated=False, without=trento.organisation.pk)
    assert before.is_full(maribor.organisation.pk)

    found = search(trento)

    assert ranked(found) == [graz.organisation.pk]
    assert found.excluded["shown_often"] == 1


def test_same_search_gives_the_same_list(trento, maribor, ljubljana, graz):
    assert search(trento, languages=("sl", "de")) == search(trento, languages=("sl", "de"))
    assert Organisation.objects.count() == 4
    assert {maribor, ljubljana, graz}
