"""The real catalogue: as the tables say it, and never over people."""

import pytest

from alpclusters.platform.funding.domain.case_offers import check_terms
from alpclusters.platform.funding.domain.parameters import parameter_label, parameter_names
from alpclusters.platform.funding.domain.seeding import load_catalogue
from alpclusters.platform.funding.models import (
    Call,
    EntryVersion,
    Offer,
    Parameter,
    Programme,
    Status,
)
from tests.factories.accounts import make_user
from tests.factories.funding import NOW

pytestmark = pytest.mark.django_db


def figure(programme: str, name: str, call: str | None = None) -> tuple[str, str, str, str]:
    row = Parameter.objects.get(programme__key=programme, name=name, call__key=call)
    return row.value, row.unit, row.precision, row.status


def test_figures_stand_as_the_method_states_them() -> None:
    load_catalogue()

    assert figure("asp-0713", "total_budget") == ("130000000", "eur", "almost", "verified")
    assert figure("asp-1420", "rate") == ("85", "percent", "", "unverified")
    assert figure("asp-2127", "erdf") == ("107051187.71", "eur", "", "verified")
    assert figure("it-ch-2127", "budget_swiss_side", "it-ch-2127-2025")[:2] == ("20000000", "chf")
    assert figure("ch-nrp", "general_rate") == ("50", "percent", "", "unverified")


def test_the_source_line_that_is_wrong_is_not_repeated() -> None:
    """The source of `asp-2127` calls the national part 15 %; its two amounts give 25.00 %."""
    load_catalogue()
    amounts = {
        name: int(figure("asp-2127", name)[0].replace(".", ""))
        for name in ("erdf", "national_part", "total_budget")
    }

    assert amounts["erdf"] + amounts["national_part"] == amounts["total_budget"]
    assert round(amounts["erdf"] / amounts["total_budget"], 4) == 0.75
    assert not Parameter.objects.filter(programme__key="asp-2127", value="15").exists()


def test_a_figure_nobody_knows_is_absent_and_unverified() -> None:
    load_catalogue()

    absent = Parameter.objects.filter(value="")

    assert absent.exists()
    assert set(absent.values_list("status", flat=True)) == {Status.UNVERIFIED}
    assert not Parameter.objects.filter(value="0").exists()


def test_verified_figures_name_their_source() -> None:
    load_catalogue()

    for model in (Programme, Call, Offer, Parameter):
        nameless = model.objects.filter(status=Status.VERIFIED, source="")
        assert list(nameless) == []


def test_nothing_real_is_marked_as_simulated() -> None:
    load_catalogue()

    for model in (Programme, Call, Offer, Parameter):
        assert not model.objects.filter(status=Status.DEMONSTRATION).exists()


def test_real_offers_stay_open_until_somebody_codes_who_may_apply_and_where() -> None:
    load_catalogue()
    opened = {"eq": ["offer.conditions_coded", True]}

    for offer in Offer.objects.select_related("programme"):
        asked = offer.terms["eligibility"]["all"]
        names_kinds = any("partner.kind" in str(one) for one in asked)
        names_place = any(
            "partner.nuts" in str(one) or "partner.country" in str(one) for one in asked
        )
        assert opened in asked or (names_kinds and names_place), offer.key
        assert check_terms(offer.terms, level=offer.programme.level, key=offer.key) == ()


def test_every_figure_has_a_name_in_five_languages() -> None:
    load_catalogue()
    used = set(Parameter.objects.values_list("name", flat=True))

    assert used <= set(parameter_names())
    assert parameter_label("rate", "sl") == "Stopnja financiranja"
    assert parameter_label("of_my_own", "de") == "of my own"


def test_loading_again_changes_nothing() -> None:
    first = load_catalogue()

    again = load_catalogue()

    assert first == Programme.objects.count() + Call.objects.count() + Offer.objects.count()
    assert again == 0


def test_what_the_table_says_anew_becomes_a_version() -> None:
    load_catalogue()
    Programme.objects.filter(key="cosme").update(period="2014-2021")
    Parameter.objects.filter(programme__key="abh-2127", name="rate_eu_side").update(value="71")

    assert load_catalogue() == 2

    assert Programme.objects.get(key="cosme").version == 2
    assert Programme.objects.get(key="cosme").period == "2014-2020"
    assert figure("abh-2127", "rate_eu_side")[0] == "70"
    assert list(
        EntryVersion.objects.filter(programme__key="cosme").values_list("number", flat=True)
    ) == [2, 1]


def test_what_a_person_changed_is_left_alone() -> None:
    load_catalogue()
    programme = Programme.objects.get(key="cosme")
    Programme.objects.filter(pk=programme.pk).update(period="2014-2021", is_published=False)
    EntryVersion.objects.create(
        programme=programme, number=2, data={}, made_by=make_user(), source="page", made_at=NOW
    )

    assert load_catalogue() == 0

    programme.refresh_from_db()
    assert (programme.period, programme.is_published) == ("2014-2021", False)


def test_a_person_whose_account_is_gone_still_counts() -> None:
    load_catalogue()
    programme = Programme.objects.get(key="cosme")
    Programme.objects.filter(pk=programme.pk).update(period="2014-2021")
    EntryVersion.objects.create(
        programme=programme, number=2, data={}, source="letter", made_at=NOW
    )

    assert load_catalogue() == 0
