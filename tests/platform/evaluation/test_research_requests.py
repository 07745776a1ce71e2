import csv
import io
import zipfile
from datetime import date, timedelta

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.accounts.domain.own_data import erase_person, export_own_data
from alpclusters.platform.evaluation.domain.research_requests import (
    Asked,
    ask_for_data,
    confirm_deletion,
    fetch,
    find_request,
    forget_who_asked,
    grant,
    public_record,
    refuse,
    token_of,
)
from alpclusters.platform.evaluation.models import DataRequest
from tests.factories.accounts import make_user
from tests.factories.evaluation import NOW, VARIED, fill, make_cafe, make_snapshot, rate

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
UNTIL = (NOW + timedelta(days=365)).date()
AFTER = NOW + timedelta(days=367)


def ask(cafe, **changes):
    said = {
        "organisation": "University of Ljubljana", "people": "Ana Novak", "email": "ana@uni.si",
        "purpose": "How opinions differ", "safeguards": "Encrypted disk", "until": UNTIL,
        "language": "sl",
    }  # fmt: skip
    return ask_for_data(cafe, Asked(**said | changes), now=NOW)


def granted(cafe, **changes):
    return grant(ask(cafe, **changes), reason="Good purpose.", by=None, now=NOW)


def answers_in(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return list(csv.DictReader(io.StringIO(archive.read("answers.csv").decode())))


def rows_of(request):
    return answers_in(fetch(request, now=NOW))


def sealed(cafe):
    """Say that an AlpCafé is final."""
    cafe.sealed_at = NOW
    cafe.save(update_fields=["sealed_at"])
    return cafe


@pytest.fixture
def cafe():
    return sealed(make_snapshot(released=True).cafe)


@pytest.fixture
def large():
    """Thirty-two people."""
    found = make_cafe()
    fill(found, {"AT32": VARIED * 2})
    return sealed(make_snapshot(cafe=found, released=True).cafe)


def say_no(cafe, n):
    """Let n people of an AlpCafé keep their answers out of files for research."""
    people = list(cafe.participants.order_by("pk").values_list("pk", flat=True)[:n])
    cafe.participants.filter(pk__in=people).update(no_research=True)
    return people


def test_nothing_can_be_asked_for_before_an_evaluation_is_public():
    with pytest.raises(StateError, match=r"research\.not_public"):
        ask(make_snapshot().cafe)


@pytest.mark.parametrize("until", [NOW.date(), date(2099, 1, 1)])
def test_the_end_lies_ahead_and_within_five_years(cafe, until):
    with pytest.raises(InputError, match=r"research\.until"):
        ask(cafe, until=until)


def test_the_file_has_one_row_per_person_with_the_answer_that_stands(cafe):
    for person in cafe.participants.all():
        rate(person, 1)

    rows = rows_of(granted(cafe))

    assert [row["fair:effectiveness"] for row in rows] == ["1"] * (len(VARIED) - 5)


@pytest.mark.parametrize(("n", "left"), [(0, 27), (1, 27), (4, 27), (5, 27), (6, 26)])
def test_who_wished_so_is_left_out_and_fewer_than_five_are_never_counted(large, n, left):
    unwilling = say_no(large, n)
    for person in large.participants.filter(pk__in=unwilling):
        rate(person, 1)
    for person in large.participants.exclude(pk__in=unwilling):
        rate(person, 5)

    rows = rows_of(granted(large))

    assert [row["fair:effectiveness"] for row in rows] == ["5"] * left


def test_two_files_leave_the_same_people_out(large):
    say_no(large, 1)
    for place, person in enumerate(large.participants.order_by("pk")):
        rate(person, place % 5 + 1)

    found = [sorted(row["fair:effectiveness"] for row in rows_of(granted(large))) for _ in range(3)]

    assert found[0] == found[1] == found[2]


def test_who_says_no_after_a_file_was_granted_takes_the_file_back(large):
    request = granted(large)
    say_no(large, 32)

    with pytest.raises(StateError, match=r"research\.(too_few|changed)"):
        fetch(request, now=NOW)


def test_nothing_is_granted_while_choices_may_change_and_numbers_are_drawn_anew(cafe):
    cafe.sealed_at = None
    cafe.save(update_fields=["sealed_at"])

    with pytest.raises(StateError, match=r"research\.not_sealed"):
        granted(cafe)


def test_two_recipients_share_no_number_and_no_order(cafe):
    one, other = rows_of(granted(cafe)), rows_of(granted(cafe))

    assert not {row["person"] for row in one} & {row["person"] for row in other}
    assert [r["fair:effectiveness"] for r in one] != [r["fair:effectiveness"] for r in other]


def test_no_number_is_that_of_a_participant(cafe):
    known = {str(pk) for pk in cafe.participants.values_list("pk", flat=True)}

    assert not known & {row["person"] for row in rows_of(granted(cafe))}


def test_no_role_region_comment_time_or_source_is_in_the_file(cafe):
    assert list(rows_of(granted(cafe))[0]) == ["person", "fair:effectiveness", "simulated"]


def test_the_terms_stand_in_five_languages(cafe):
    with zipfile.ZipFile(io.BytesIO(fetch(granted(cafe), now=NOW))) as archive:
        readme = archive.read("README").decode()

    for code in ("de", "fr", "it", "sl", "en"):
        assert f"[{code}] {cafe.title.inside(code)}" in readme
    assert "University of Ljubljana" in readme
    assert "Ana Novak" not in readme


def test_the_file_is_made_anew_with_the_same_bytes(cafe):
    request = granted(cafe)

    assert fetch(request, now=NOW) == fetch(request, now=NOW + timedelta(days=9))


def test_a_file_whose_answers_changed_is_not_given(cafe):
    request = granted(cafe)
    for person in cafe.participants.all():  # five of them are in no file
        rate(person, 1)

    with pytest.raises(StateError, match=r"research\.changed"):
        fetch(request, now=NOW)


def test_the_link_finds_its_request_and_only_its_hash_is_stored(cafe):
    request = granted(cafe)

    assert find_request(token_of(request)) == request
    assert token_of(request) not in str(DataRequest.objects.values().get())


def test_the_link_of_a_request_that_waits_does_not_exist(cafe):
    assert find_request(token_of(ask(cafe))) is None
    assert find_request("") is None


def test_after_the_end_nothing_is_given(cafe):
    with pytest.raises(StateError, match=r"research\.over"):
        fetch(granted(cafe), now=AFTER)


def test_after_deletion_was_confirmed_nothing_is_given(cafe):
    request = granted(cafe)
    confirm_deletion(request, now=NOW)

    with pytest.raises(StateError, match=r"research\.over"):
        fetch(request, now=NOW)


def test_a_request_is_decided_once_and_with_a_reason(cafe):
    request = ask(cafe)
    with pytest.raises(InputError, match=r"research\.no_reason"):
        refuse(request, reason=" ", by=None, now=NOW)
    refuse(request, reason="No purpose.", by=None, now=NOW)

    with pytest.raises(StateError, match=r"research\.decided"):
        grant(request, reason="After all.", by=None, now=NOW)


def test_only_what_was_given_is_in_the_public_record(cafe):
    ask(cafe)
    refuse(ask(cafe), reason="No purpose.", by=None, now=NOW)
    given = granted(cafe)

    assert list(public_record(cafe)) == [given]


def test_thirty_days_after_its_end_a_request_names_nobody_and_the_record_stays(cafe):
    request = granted(cafe)

    assert forget_who_asked(AFTER) == 0
    assert forget_who_asked(AFTER + timedelta(days=30)) == 1
    request.refresh_from_db()
    assert (request.people, request.email, request.safeguards, request.seed) == ("", "", "", "")
    assert request.organisation == "University of Ljubljana"
    assert list(public_record(cafe)) == [request]


def test_thirty_days_after_a_refusal_the_request_is_gone(cafe):
    refuse(ask(cafe), reason="No purpose.", by=None, now=NOW)

    assert forget_who_asked(NOW + timedelta(days=31)) == 1
    assert not DataRequest.objects.exists()


def test_who_asked_and_has_an_account_gets_and_erases_what_is_kept(cafe):
    user = make_user(email="ana@uni.si")
    request = granted(cafe)
    [kept] = export_own_data(user)["research"]
    assert (kept["people"], "seed" in kept) == ("Ana Novak", False)

    erase_person(user)

    request.refresh_from_db()
    assert (request.email, request.people) == ("", "")
