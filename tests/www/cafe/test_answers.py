"""Answers typed for somebody else: by proxy with consent, from paper, once or twice."""

import pytest
from django.urls import reverse

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.analysis.scales import Kind, Scale
from alpclusters.live import gateway
from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.domain.answers import count_sources, standing_of_cafe
from alpclusters.platform.cafe.domain.papers import (
    Typed,
    differences_of,
    enter_sheet,
    find_sheet,
    is_settled,
    issue_sheets,
    read_progress,
    settle_sheet,
    sheet_of_round,
)
from alpclusters.platform.cafe.domain.proxies import Entry, enter_proxy
from alpclusters.platform.cafe.models import Criterion, Phase, Protocol, Release
from alpclusters.www.cafe.proxying import PaperForm, ProxyForm
from tests.factories.accounts import make_user_with
from tests.factories.cafe import NOW
from tests.factories.cards import host_cookie, make_talk

pytestmark = [pytest.mark.integration, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def cafe():
    """A hall that rates."""
    return make_talk(phase=Phase.RATING)


@pytest.fixture
def facilitator(cafe):
    return make_user_with(Role.FACILITATOR, project=cafe.project, region=cafe.region)


def questions(cafe) -> list[tuple[int, int]]:
    return [
        (m.pk, c.pk) for m in cafe.measures.order_by("pk") for c in cafe.criteria.order_by("pk")
    ]


def names(cafe) -> list[str]:
    return [f"{measure}:{criterion}" for measure, criterion in questions(cafe)]


def values(cafe, rating=None) -> list[int | None]:
    return [answer.value for answer in standing_of_cafe(cafe, rating)]


# --- proxy --------------------------------------------------------------------------------------


def test_proxy_is_a_person_of_its_own_with_its_source(cafe):
    first, second, *_ = questions(cafe)

    enter_proxy(
        cafe,
        Entry("de", answers={first: 4, second: None}),
        has_consent=True,
        writer=gateway,
        by=None,
    )

    rows = cafe.ratings.order_by("pk")
    assert [(r.value, r.cannot_judge, r.source) for r in rows] == [
        (4, False, "proxy"),
        (None, True, "proxy"),
    ]
    assert (count_sources(cafe).proxy, count_sources(cafe).n) == (1, 1)


def test_nothing_is_stored_without_spoken_consent(cafe):
    entry = Entry("de", answers={questions(cafe)[0]: 4})

    with pytest.raises(InputError) as caught:
        enter_proxy(cafe, entry, has_consent=False, writer=gateway, by=None)

    assert caught.value.code == "cafe.no_consent"
    assert not cafe.participants.exists()


def test_host_types_for_a_guest_and_reads_it_aloud(client, cafe):
    client.cookies["cafescreen"] = host_cookie(cafe)
    (measure, criterion), *_ = questions(cafe)
    form = {"language": "de", "consent": "on", f"q{measure}-{criterion}": "5", "once": "o" * 22}

    page = client.post(reverse("cafe:host_proxy", args=[cafe.pk]), form)
    again = client.post(reverse("cafe:host_proxy", args=[cafe.pk]), form)

    assert (page.status_code, again.status_code) == (200, 200)
    assert "Read this to the person" in page.content.decode()
    assert (cafe.participants.count(), values(cafe)) == (1, [5])


def test_form_without_consent_keeps_what_was_typed(client, cafe):
    client.cookies["cafescreen"] = host_cookie(cafe)
    (measure, criterion), *_ = questions(cafe)

    page = client.post(
        reverse("cafe:host_proxy", args=[cafe.pk]),
        {"language": "de", f"q{measure}-{criterion}": "5"},
    )

    assert page.status_code == 422
    assert page.context["form"][f"q{measure}-{criterion}"].value() == "5"
    assert not cafe.participants.exists()


def test_person_present_may_keep_the_answers_out_of_research(client, cafe):
    client.cookies["cafescreen"] = host_cookie(cafe)
    (measure, criterion), *_ = questions(cafe)
    form = {"language": "de", "consent": "on", f"q{measure}-{criterion}": "5"}

    for once, wish in (("a", {}), ("b", {"no_research": "on"})):
        client.post(reverse("cafe:host_proxy", args=[cafe.pk]), {**form, "once": once * 22, **wish})

    assert [p.no_research for p in cafe.participants.order_by("pk")] == [False, True]


# --- paper --------------------------------------------------------------------------------------


def test_sheet_is_one_person_and_unreadable_marks_are_counted(cafe, facilitator):
    (sheet,) = issue_sheets(cafe, 1)
    one, two, three, _ = names(cafe)

    enter_sheet(
        sheet,
        Typed({one: "2", two: "n", three: "x"}, "sl"),
        by=facilitator,
        writer=gateway,
        now=NOW,
    )

    assert [
        (r.value, r.cannot_judge, r.source, r.entered_by_id) for r in cafe.ratings.order_by("pk")
    ] == [
        (2, False, "paper", facilitator.pk),
        (None, True, "paper", facilitator.pk),
    ]
    counts = count_sources(cafe)
    assert (counts.paper, counts.n_invalid, counts.n_after_release) == (1, 1, 0)


def test_second_entry_shows_what_differs_and_the_paper_decides(cafe, facilitator):
    (sheet,) = issue_sheets(cafe, 1)
    one, two, three, four = names(cafe)
    first = {one: "2", two: "3", three: "4"}
    second = {one: "2", two: "5", four: "1"}
    enter_sheet(sheet, Typed(first, "de"), by=facilitator, writer=gateway, now=NOW)

    differing = enter_sheet(sheet, Typed(second, "de"), by=facilitator, writer=gateway, now=NOW)

    assert [(d.name, d.first, d.second) for d in differing] == [
        (two, "3", "5"),
        (three, "4", ""),
        (four, "", "1"),
    ]
    progress = read_progress(cafe)
    assert (progress.n_differing, progress.n_compared, progress.disagreement_share) == (3, 4, 0.75)
    assert not is_settled(sheet)

    settle_sheet(sheet, {two: "second", three: "second"}, by=facilitator, writer=gateway)

    standing = {f"{a.measure_id}:{a.criterion_id}": a.value for a in standing_of_cafe(cafe)}
    assert standing == {one: 2, two: 5}
    assert is_settled(sheet)


def test_box_on_research_of_a_sheet_is_kept_and_the_paper_decides(cafe, facilitator):
    (sheet,) = issue_sheets(cafe, 1)
    one = names(cafe)[0]
    ticked = Typed({one: "2", "no_research": "yes"}, "de")
    enter_sheet(sheet, ticked, by=facilitator, writer=gateway, now=NOW)
    assert cafe.participants.get().no_research

    differing = enter_sheet(sheet, Typed({one: "2"}, "de"), by=facilitator, writer=gateway, now=NOW)
    assert [(d.name, d.first, d.second) for d in differing] == [("no_research", "yes", "")]
    settle_sheet(sheet, {"no_research": "second"}, by=facilitator, writer=gateway)

    assert not cafe.participants.get().no_research
    assert [a.value for a in standing_of_cafe(cafe)] == [2]


def test_box_on_research_stands_on_the_first_sheet_alone(cafe):
    forms = [PaperForm(cafe=cafe, round=number) for number in (1, 2)]

    assert ["no_research" in form.fields for form in forms] == [True, False]


def test_each_question_of_the_sheet_takes_the_steps_of_its_scale_and_no_others(cafe):
    (measure, five), (_same, yes_no) = questions(cafe)[:2]
    scales = {
        five: Scale(Kind.ORDERED, tuple(range(1, 8))),
        yes_no: Scale(Kind.YES_NO, (0, 1), ({"en": "No"}, {"en": "Yes"})),
    }
    for pk, scale in scales.items():
        Criterion.objects.filter(pk=pk).update(scale=scale)
    field, other = f"q{measure}-{five}", f"q{measure}-{yes_no}"

    form = PaperForm({"language": "en", field: "8", other: "-1"}, cafe=cafe, round=1)

    assert [key for key, _ in form.fields[field].choices] == ["", *"1234567", "n", "x"]
    assert dict(form.fields[other].choices)["1"] == "1 – Yes"
    assert form.errors == {
        field: ["8 is no step of this scale."], other: ["-1 is no step of this scale."],
    }  # fmt: skip
    fit = PaperForm({"language": "en", field: "7", other: "0"}, cafe=cafe, round=1)
    assert fit.is_valid()
    assert fit.typed().fields == {f"{measure}:{five}": "7", f"{measure}:{yes_no}": "0"}
    spoken = ProxyForm(cafe=cafe)
    assert [text for _, text in spoken.fields[other].choices] == [
        "no answer", "No", "Yes", "I cannot judge this",
    ]  # fmt: skip


def test_third_entry_of_a_sheet_is_refused(cafe, facilitator):
    (sheet,) = issue_sheets(cafe, 1)
    typed = Typed({names(cafe)[0]: "2"}, "de")
    for _ in range(2):
        enter_sheet(sheet, typed, by=facilitator, writer=gateway, now=NOW)

    with pytest.raises(StateError) as caught:
        enter_sheet(sheet, typed, by=facilitator, writer=gateway, now=NOW)

    assert caught.value.code == "cafe.sheet_done"
    assert differences_of(sheet) == []


def test_more_than_twenty_sheets_are_to_be_entered_twice(cafe, facilitator):
    sheets = issue_sheets(cafe, 21)
    for sheet in sheets[:20]:
        sheet.entered_at = NOW
        sheet.save()
    assert not read_progress(cafe).needs_second

    enter_sheet(
        sheets[20], Typed({names(cafe)[0]: "2"}, "de"), by=facilitator, writer=gateway, now=NOW
    )

    assert read_progress(cafe).needs_second


def test_sheet_after_results_were_shown_is_marked(cafe, facilitator):
    Release.objects.create(cafe=cafe, block="tiers", visible_from=NOW)
    (sheet,) = issue_sheets(cafe, 1)

    enter_sheet(sheet, Typed({names(cafe)[0]: "2"}, "de"), by=facilitator, writer=gateway, now=NOW)

    assert count_sources(cafe).n_after_release == 1


def test_entry_ends_with_the_approved_protocol(cafe, facilitator):
    (sheet,) = issue_sheets(cafe, 1)
    Protocol.objects.create(cafe=cafe, number=1, data={}, made_at=NOW, approved_at=NOW)

    with pytest.raises(StateError) as caught:
        enter_sheet(
            sheet, Typed({names(cafe)[0]: "2"}, "de"), by=facilitator, writer=gateway, now=NOW
        )

    assert caught.value.code == "cafe.entry_over"


def test_sheet_of_a_closed_alpcafe_is_taken(cafe, facilitator):
    (sheet,) = issue_sheets(cafe, 1)
    cafe.state, cafe.phase, cafe.closed_at = "closed", Phase.CLOSED, NOW
    cafe.save()
    sheet.cafe.refresh_from_db()

    enter_sheet(sheet, Typed({names(cafe)[0]: "2"}, "de"), by=facilitator, writer=gateway, now=NOW)

    assert values(cafe) == [2]


def test_mistyped_number_is_told_from_an_unknown_one(cafe):
    (sheet,) = issue_sheets(cafe, 1)
    digits, _, check = sheet.number.partition("-")

    assert find_sheet(cafe, f"{digits}{check.lower()}") == sheet
    with pytest.raises(InputError) as caught:
        find_sheet(cafe, f"{digits}{'B' if check != 'B' else 'C'}")
    assert caught.value.code == "cafe.sheet_mistyped"


def test_sheet_is_entered_twice_on_the_pages_and_decided(client, cafe, facilitator):
    client.force_login(facilitator)
    (sheet,) = issue_sheets(cafe, 1)
    (measure, criterion), *_ = questions(cafe)
    address = reverse("workspace:cafe_paper", args=[cafe.pk, sheet.number])
    field = f"q{measure}-{criterion}"

    found = client.post(reverse("workspace:cafe_papers", args=[cafe.pk]), {"number": sheet.number})
    assert found["Location"] == address
    client.post(address, {"language": "de", field: "2", "top1": str(measure)})
    compare = client.post(address, {"language": "de", field: "4", "top1": str(measure)})
    page = client.get(compare["Location"])
    assert [row.difference.name for row in page.context["rows"]] == [f"{measure}:{criterion}"]

    client.post(compare["Location"], {f"{measure}:{criterion}": "second"})

    assert values(cafe) == [4]
    assert cafe.top_threes.get().measures == [cafe.measures.get(pk=measure).key]
    listed = client.get(reverse("workspace:cafe_papers", args=[cafe.pk])).content.decode()
    assert "n = 1: 0 by phone, 0 entered for somebody present, 1 on paper" in listed


def test_second_sheet_with_the_same_number_is_the_same_person(cafe, facilitator):
    cafe.has_second_rating = True
    cafe.save()
    one, other = issue_sheets(cafe, 2)
    first, second, *_ = names(cafe)
    for sheet in (one, other):
        typed = Typed({first: "2", second: "3"}, "de")
        enter_sheet(sheet, typed, by=facilitator, writer=gateway, now=NOW)

    again = sheet_of_round(find_sheet(cafe, one.number), 2)
    enter_sheet(again, Typed({first: "5"}, "de"), by=facilitator, writer=gateway, now=NOW)

    assert again.participant_id == one.participant_id
    assert values(cafe, 2) == [5]
    # The second rating of one person counts nowhere.
    assert sorted(values(cafe)) == [2, 2, 3, 3]
    assert (count_sources(cafe).paper, count_sources(cafe).n) == (2, 2)
    progress = read_progress(cafe)
    assert (progress.n_printed, progress.n_entered, progress.n_again) == (2, 2, 1)
    assert sheet_of_round(one, 2).first_entry["round"] == 2


def test_number_whose_second_sheet_came_first_is_given_to_nobody_else(cafe, facilitator):
    cafe.has_second_rating = True
    cafe.save()
    (sheet,) = issue_sheets(cafe, 1)
    again = sheet_of_round(sheet, 2)
    typed = Typed({names(cafe)[0]: "4"}, "de")
    enter_sheet(again, typed, by=facilitator, writer=gateway, now=NOW)

    assert issue_sheets(cafe, 1)[0].number != sheet.number
    enter_sheet(find_sheet(cafe, sheet.number), typed, by=facilitator, writer=gateway, now=NOW)
    assert count_sources(cafe).paper == 1


def test_entry_form_asks_which_rating_a_sheet_is_of(client, cafe, facilitator):
    client.force_login(facilitator)
    cafe.has_second_rating = cafe.has_top_three = True
    cafe.save()
    (sheet,) = issue_sheets(cafe, 1)
    (measure, criterion), *_ = questions(cafe)
    listed = reverse("workspace:cafe_papers", args=[cafe.pk])

    assert client.get(listed).content.decode().count('name="round"') == 2
    found = client.post(listed, {"number": sheet.number, "round": "2"})
    page = client.get(found["Location"])
    assert "second rating" in page.content.decode()
    assert not {"top1", f"comment{measure}"} & page.context["form"].fields.keys()
    for value in ("2", "4"):
        answer = client.post(
            found["Location"], {"language": "de", f"q{measure}-{criterion}": value}
        )
    client.post(answer["Location"], {f"{measure}:{criterion}": "second"})

    assert set(cafe.ratings.values_list("round", flat=True)) == {2}
    assert values(cafe, 2) == [4]


def test_entry_says_before_anything_is_typed_that_late_sheets_count_nowhere_yet(
    client, cafe, facilitator
):
    client.force_login(facilitator)
    cafe.has_second_rating = True
    cafe.save()
    (sheet,) = issue_sheets(cafe, 1)
    listed = reverse("workspace:cafe_papers", args=[cafe.pk])
    first = reverse("workspace:cafe_paper", args=[cafe.pk, sheet.number])
    warning = "it counts in no figure until ten people"

    def told(address):
        return warning in client.get(address).content.decode()

    assert [told(listed), told(first)] == [False, False]
    Release.objects.create(cafe=cafe, block="tiers", visible_from=NOW)

    # A second rating is never late: whoever gives one has seen the results of the first.
    assert [told(listed), told(first), told(f"{first}?round=2")] == [True, True, False]


def test_entry_by_proxy_says_the_same_of_late_answers_as_entry_from_paper(
    client, cafe, facilitator
):
    client.force_login(facilitator)
    client.cookies["cafescreen"] = host_cookie(cafe)
    pages = [
        reverse("cafe:host_proxy", args=[cafe.pk]),
        reverse("workspace:cafe_proxy", args=[cafe.pk]),
    ]
    warning = "it counts in no figure until ten people"

    def told():
        return [warning in client.get(address).content.decode() for address in pages]

    assert told() == [False, False]
    Release.objects.create(cafe=cafe, block="tiers", visible_from=NOW)

    assert told() == [True, True]


def test_entry_of_the_second_round_says_until_ten_people_that_it_counts_nowhere(
    client, cafe, facilitator
):
    client.force_login(facilitator)
    client.cookies["cafescreen"] = host_cookie(cafe)
    cafe.has_second_rating, cafe.phase = True, Phase.RATING_2
    cafe.save()
    (sheet,) = issue_sheets(cafe, 1)
    pages = [
        reverse("cafe:host_proxy", args=[cafe.pk]),
        reverse("workspace:cafe_proxy", args=[cafe.pk]),
        f"{reverse('workspace:cafe_paper', args=[cafe.pk, sheet.number])}?round=2",
    ]
    (measure, criterion), *_ = questions(cafe)

    def told():
        text = "second ratings count in no figure until ten people"
        return [text in client.get(address).content.decode() for address in pages]

    for n in range(10):
        assert told() == [True, True, True], n
        entry = Entry("de", round=2, answers={(measure, criterion): 4})
        enter_proxy(cafe, entry, has_consent=True, writer=gateway, by=None)

    assert told() == [False, False, False]


def test_where_people_rate_once_there_is_no_second_sheet(client, cafe, facilitator):
    client.force_login(facilitator)
    cafe.has_second_rating = False
    cafe.save()
    (sheet,) = issue_sheets(cafe, 1)

    assert (
        'name="round"'
        not in client.get(reverse("workspace:cafe_papers", args=[cafe.pk])).content.decode()
    )
    address = reverse("workspace:cafe_paper", args=[cafe.pk, sheet.number])
    assert client.get(f"{address}?round=2").status_code == 404


def test_measure_named_twice_in_the_top_three_is_refused(client, cafe, facilitator):
    client.force_login(facilitator)
    (sheet,) = issue_sheets(cafe, 1)
    measure = str(questions(cafe)[0][0])

    page = client.post(
        reverse("workspace:cafe_paper", args=[cafe.pk, sheet.number]),
        {"language": "de", "top1": measure, "top2": measure},
    )

    assert page.status_code == 422
    assert not cafe.participants.exists()
