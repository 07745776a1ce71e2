import json

import pytest
from django.test import Client
from django.urls import reverse

from alpclusters.platform.cafe.domain.events import close_cafe
from alpclusters.platform.cafe.domain.sheets import build_sheet
from alpclusters.platform.cafe.domain.standing import standing_of_cafe
from alpclusters.platform.cafe.models import Comment, Participant, Rating
from tests.factories.cafe import NOW, join_cafe, make_open_cafe, new_key

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def cafe():
    return make_open_cafe()


@pytest.fixture
def phone(cafe):
    """A client whose cookie belongs to a participant."""
    return make_phone(cafe)


def make_phone(cafe):
    client = Client()
    client.cookies["cafe"] = join_cafe(cafe).token
    return client


def first_leaf(cafe):
    return build_sheet(Participant.objects.get(cafe=cafe)).leaf(1)


def names(leaf):
    return [f"m{leaf.measure.pk}c{pk}" for pk in leaf.answers]


def test_form_without_scripts_saves_and_goes_on(cafe, phone):
    effect, lasting = names(first_leaf(cafe))

    response = phone.post(
        reverse("cafe:rate", args=[1]),
        {effect: "4", lasting: "cj", "comment": "Zakaj pa ne", "go": "next"},
    )

    assert response.url == reverse("cafe:rate", args=[2])
    assert [(a.value, a.cannot_judge) for a in standing_of_cafe(cafe)] == [(4, False), (None, True)]
    assert Comment.objects.get().text == "Zakaj pa ne"


def test_form_sent_twice_adds_nothing(cafe, phone):
    effect, _ = names(first_leaf(cafe))

    for _ in range(2):
        phone.post(reverse("cafe:rate", args=[1]), {effect: "4"})

    assert Rating.objects.count() == 1


def test_clear_takes_one_answer_back_and_stays(cafe, phone):
    effect, lasting = names(first_leaf(cafe))
    page = reverse("cafe:rate", args=[1])
    phone.post(page, {effect: "4", lasting: "2"})

    response = phone.post(page, {effect: "4", lasting: "2", "clear": effect})

    assert response.url == page
    assert [a.value for a in standing_of_cafe(cafe)] == [2]


def test_page_shows_what_was_chosen(cafe, phone):
    effect, _ = names(first_leaf(cafe))
    phone.post(reverse("cafe:rate", args=[1]), {effect: "4", "comment": "<b>Weil</b>"})

    page = phone.get(reverse("cafe:rate", args=[1])).content.decode()

    assert f'id="{effect}-4" value="4" checked' in page
    assert "&lt;b&gt;Weil&lt;/b&gt;" in page
    assert "<b>Weil</b>" not in page


def test_after_the_last_measure_comes_the_overview(phone):
    response = phone.post(reverse("cafe:rate", args=[2]), {"go": "next"})

    assert response.url == reverse("cafe:done")
    assert phone.get(response.url).status_code == 200


def test_page_numbers_beyond_the_sheet_do_not_exist(phone):
    assert phone.get(reverse("cafe:rate", args=[3])).status_code == 404


def test_late_form_is_told_that_it_does_not_count(cafe, phone):
    effect, _ = names(first_leaf(cafe))
    close_cafe(cafe, by=None, now=NOW)

    response = phone.post(reverse("cafe:rate", args=[1]), {effect: "4"})

    assert response.status_code == 409
    assert response.context["was_late"]
    assert Rating.objects.count() == 0


def test_sheet_takes_a_constant_number_of_queries(django_assert_max_num_queries):
    for keys in (["fair"], ["fair", "pilot", "label", "a", "b"]):
        client = make_phone(make_open_cafe(measures=keys))
        with django_assert_max_num_queries(7):
            client.get(reverse("cafe:rate", args=[1]))


# ---- the script's commands ------------------------------------------------------------------


def send(client, *commands):
    return client.post(
        reverse("cafe:command"), json.dumps({"commands": commands}), content_type="application/json"
    )


def rate(cafe, value="absent", *, key="", measure=None):
    body = {"m": measure or cafe.measures.first().pk, "c": cafe.criteria.first().pk}
    if value != "absent":
        body["v"] = value
    return {"k": key or new_key(), "n": 1, "t": "rate", "b": body}


def test_commands_are_acknowledged_one_by_one(cafe, phone):
    commands = [rate(cafe, 4), rate(cafe, None), rate(cafe)]

    results = send(phone, *commands).json()["results"]

    assert [(r["k"], r["status"], r["new"]) for r in results] == [
        (c["k"], 200, True) for c in commands
    ]
    assert list(Rating.objects.values_list("value", "cannot_judge")) == [
        (4, False),
        (None, True),
        (None, False),
    ]


def test_repeated_command_gets_the_same_answer_and_counts_once(cafe, phone):
    command = rate(cafe, 4)

    answers = [send(phone, command).json()["results"][0] for _ in range(2)]

    assert [(a["status"], a["new"]) for a in answers] == [(200, True), (200, False)]
    assert Rating.objects.count() == 1


def test_one_bad_command_does_not_stop_the_others(cafe, phone):
    good = rate(cafe, 4)
    reused = {**good, "b": {**good["b"], "v": 5}}
    bad = [
        reused,
        rate(cafe, 9),
        rate(cafe, 3, measure=999_999),
        "nonsense",
        {"k": "short", "b": {}},
    ]

    results = send(phone, good, *bad, rate(cafe, 2)).json()["results"]

    assert [r["status"] for r in results] == [200, 409, 422, 422, 422, 422, 200]
    assert all(r["text"] for r in results[1:-1])
    assert [a.value for a in standing_of_cafe(cafe)] == [2]


def test_comment_command_stores_text_and_language(cafe, phone):
    body = {"m": cafe.measures.first().pk, "text": "Perché sì", "language": "it"}

    [result] = send(phone, {"k": new_key(), "t": "comment", "b": body}).json()["results"]

    assert result["status"] == 200
    comment = Comment.objects.get()
    assert (comment.text, comment.language) == ("Perché sì", "it")


def test_closed_cafe_refuses_commands_with_a_reason(cafe, phone):
    close_cafe(cafe, by=None, now=NOW)

    response = send(phone, rate(cafe, 4))

    assert response.status_code == 409
    assert response.json()["code"] == "cafe.not_open"
    assert response.json()["text"]
    assert Rating.objects.count() == 0


def test_strangers_cannot_command(client, cafe):
    assert send(client, rate(cafe, 4)).status_code == 401


def test_another_phone_cannot_rate_for_this_one(cafe, phone):
    send(phone, rate(cafe, 4))
    send(make_phone(cafe), rate(cafe, 1))

    assert sorted(a.value for a in standing_of_cafe(cafe)) == [1, 4]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("", 422),
        ("[]", 422),
        ('{"commands": []}', 422),
        ('{"commands": 7}', 422),
        (json.dumps({"commands": [{}] * 51}), 422),
        ("x" * 200_000, 413),
    ],
)
def test_malformed_requests_are_refused(phone, body, status):
    response = phone.post(reverse("cafe:command"), body, content_type="application/json")

    assert response.status_code == status


def test_commands_need_the_token_of_the_page(cafe):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies["cafe"] = join_cafe(cafe).token

    assert send(strict, rate(cafe, 4)).status_code == 403
