import pytest

from alpclusters.platform.cafe.domain.papers import (
    is_sheet_number,
    issue_sheets,
    normalise_sheet_number,
    sheet_number,
)
from alpclusters.platform.cafe.models import PaperSheet
from tests.factories.evaluation import NOW, join, make_cafe


@pytest.mark.unit
def test_every_single_wrong_digit_and_every_swap_is_noticed():
    for number in range(0, 10_000, 37):
        text = sheet_number(number)
        digits, check = text.split("-")
        for place in range(4):
            for other in set("0123456789") - {digits[place]}:
                wrong = digits[:place] + other + digits[place + 1 :]
                assert not is_sheet_number(f"{wrong}-{check}")
        for place in range(3):
            a, b = digits[place : place + 2]
            if a != b:
                swapped = digits[:place] + b + a + digits[place + 2 :]
                assert not is_sheet_number(f"{swapped}-{check}")


@pytest.mark.unit
@pytest.mark.parametrize("typed", ["0042-W", "0042w", " 42 W ", "0042–w"])
def test_numbers_are_read_as_people_type_them(typed):
    assert normalise_sheet_number(typed) == sheet_number(42)


@pytest.mark.unit
@pytest.mark.parametrize("text", ["", "-", "W", "0042", "42-W", "００42-W", "0042-w", "0042-WW"])
def test_what_is_no_number_is_none(text):
    assert not is_sheet_number(text)


@pytest.mark.integration
@pytest.mark.django_db
def test_sheets_nobody_filled_in_are_printed_again_before_new_ones_are_drawn():
    cafe = make_cafe()
    first = issue_sheets(cafe, 3)
    used = first[0]
    used.participant, used.entered_at = join(cafe), NOW
    used.save()

    again = issue_sheets(cafe, 4)

    assert {sheet.pk for sheet in first[1:]} <= {sheet.pk for sheet in again}
    assert used.pk not in {sheet.pk for sheet in again}
    assert PaperSheet.objects.filter(cafe=cafe).count() == 5
    assert all(is_sheet_number(sheet.number) for sheet in again)


@pytest.mark.integration
@pytest.mark.django_db
def test_many_sheets_have_different_numbers():
    sheets = issue_sheets(make_cafe(), 400)

    assert len({sheet.number for sheet in sheets}) == 400
