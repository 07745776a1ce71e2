"""Budgets from a table: all rows or none, each refusal with its place."""

import pytest

from alpclusters.analysis.errors import FileFormatError
from alpclusters.platform.funding.domain.policy_mixing.budgets import Outcome, import_budgets
from alpclusters.platform.funding.models import Budget
from alpclusters.reports.errors import error_lines
from tests.factories.funding import make_programme
from tests.factories.policy_mix import make_budget

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HEAD = "instrument,theme,region,period,amount,programme,source,checked on"


@pytest.fixture
def take(tmp_path):
    def _take(*lines: str, head: str = HEAD) -> Outcome:
        path = tmp_path / "upload"
        path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
        return import_budgets(path, name="budgets.csv")

    return _take


def stored():
    return {
        (row.instrument, row.theme, row.region, row.period, row.amount_ct, row.status)
        for row in Budget.objects.all()
    }


def test_rows_are_stored_with_source_and_day_as_verified(take):
    outcome = take(
        "voucher,timber,AT33,2021-2027,50000.50,,Gazette,2026-05-01",
        "loan,digital,SI,2014-20,,,,",
    )

    assert outcome == Outcome(n_new=2)
    assert stored() == {
        ("voucher", "timber", "AT33", "2021-2027", 5_000_050, "verified"),
        ("loan", "digital", "SI", "2014-2020", None, "unverified"),
    }


def test_heads_and_words_of_any_language_are_understood(take):
    outcome = take(
        "Innovationsgutschein;Holztechnik;at33;2021–2027;1.200,50",
        head="Förderinstrument;Thema;Region;Zeitraum;Betrag in Euro",
    )

    assert outcome.n_new == 1
    assert stored() == {("voucher", "timber", "AT33", "2021-2027", 120_050, "unverified")}


def test_second_import_changes_what_differs_and_counts_the_rest(take):
    take("voucher,timber,AT33,2021-2027,1,,,", "voucher,tourism,AT33,2021-2027,1,,,")

    outcome = take("voucher,timber,AT33,2021-2027,2,,,", "voucher,tourism,AT33,2021-2027,1,,,")

    assert (outcome.n_new, outcome.n_changed, outcome.n_same) == (0, 1, 1)
    assert {row[4] for row in stored()} == {200, 100}


def test_invented_figure_stays_beside_a_real_one(take):
    make_budget(status="demonstration")

    assert take("voucher,timber,AT33,2021-2027,7,,,").n_new == 1
    assert stored() == {
        ("voucher", "timber", "AT33", "2021-2027", 700, "unverified"),
        ("voucher", "timber", "AT33", "2021-2027", 5_000_000, "demonstration"),
    }


def test_budgets_of_two_programmes_stand_beside_each_other(take):
    make_programme("timber")

    assert (
        take("voucher,timber,AT33,2021-2027,7,timber,,", "voucher,timber,AT33,2021-2027,8,,,").n_new
        == 2
    )


def test_budget_of_an_invented_programme_is_not_taken_in(take):
    make_programme("made-up", status="demonstration")

    outcome = take("voucher,timber,AT33,2021-2027,7,made-up,,")

    assert stored() == set()
    assert [error.code for error in outcome.errors] == ["budgets.unknown_programme"]


@pytest.mark.parametrize(
    ("line", "code", "column"),
    [
        ("gift,timber,AT33,2021-2027,1,,,", "budgets.unknown_instrument", "A"),
        ("voucher,gold,AT33,2021-2027,1,,,", "budgets.unknown_theme", "B"),
        ("voucher,timber,AT99,2021-2027,1,,,", "budgets.unknown_region", "C"),
        ("voucher,timber,AT33,2027-2021,1,,,", "budgets.no_period", "D"),
        ("voucher,timber,AT33,soon,1,,,", "budgets.no_period", "D"),
        ("voucher,timber,AT33,2021-2027,-1,,,", "budgets.no_amount", "E"),
        ("voucher,timber,AT33,2021-2027,1e3,,,", "budgets.no_amount", "E"),
        ("voucher,timber,AT33,2021-2027,1,nothing,,", "budgets.unknown_programme", "F"),
        ("voucher,timber,AT33,2021-2027,1,,,31 June", "budgets.no_day", "H"),
        (",timber,AT33,2021-2027,1,,,", "budgets.empty", "A"),
    ],
)
def test_row_that_is_not_understood_names_its_place_and_nothing_is_stored(take, line, code, column):
    outcome = take("voucher,tourism,AT33,2021-2027,1,,,", line)

    assert stored() == set()
    assert outcome.n_errors == 1
    error = outcome.errors[0]
    assert (error.code, error.where.line, error.where.column) == (code, 3, column)
    for language in ("de", "en", "fr", "it", "sl"):
        assert "%(" not in " ".join(error_lines(error, language))


def test_same_cell_twice_is_refused(take):
    outcome = take(*["voucher,timber,AT33,2021-2027,1,,,"] * 2)

    assert (outcome.errors[0].code, outcome.errors[0].found) == ("budgets.twice", "2")
    assert stored() == set()


@pytest.mark.parametrize(
    ("head", "code"),
    [("a,b", "budgets.no_column"), (HEAD.replace("amount", "x"), "budgets.no_column")],
)
def test_table_without_its_columns_is_refused(take, head, code):
    with pytest.raises(FileFormatError) as caught:
        take(",".join("x" * (head.count(",") + 1)), head=head)

    assert caught.value.code == code


def test_too_many_rows_are_refused(take):
    with pytest.raises(FileFormatError) as caught:
        take(*["voucher,timber,AT33,2021-2027,1,,,"] * 5_001)

    assert caught.value.code == "budgets.too_many_rows"
