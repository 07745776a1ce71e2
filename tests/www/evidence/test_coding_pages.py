"""Coding by the pages: saving, undoing, closing, settling; nobody reads another one's codes."""

import json

import pytest
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.domain.coding import close_coding, coding_of
from alpclusters.platform.evidence.domain.documents.adding import add_document
from alpclusters.platform.evidence.domain.documents.quoting import quote
from alpclusters.platform.evidence.domain.search import index
from alpclusters.platform.evidence.models import Activity, Coding, Quotation
from tests.factories.accounts import make_user, make_user_with
from tests.factories.coding import (
    FULL,
    NOW,
    code,
    make_coded_corpus,
    make_coder,
    only_activity,
)
from tests.factories.evaluation import make_project
from tests.factories.evidence import make_activity, make_initiative

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
# Chosen by nobody but the first coder, so that it could only come from there.
SECRET = {"scope": "transnational", "payer_after": ["regional"], "outcome_months": 37}
HIDDEN = ["transnational en", "regional en"]


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def corpus(project):
    return make_coded_corpus(project)


@pytest.fixture
def activity(corpus):
    return only_activity(corpus)


@pytest.fixture
def first(project):
    return make_coder(project)


@pytest.fixture
def second(project):
    return make_coder(project)


def sheet(activity):
    return reverse("workspace:coding-activity", args=[activity.initiative.key, activity.number])


def send(client, activity, **data):
    return client.post(sheet(activity), data, headers={"accept": "application/json"})


def checked(page):
    """Return the codes that stand in a form as chosen."""
    return [line for line in page.content.decode().splitlines() if " checked" in line]


def test_each_answer_is_saved_at_once_and_said(client, activity, first):
    client.force_login(first)

    answer = send(client, activity, do="answer", field="scope", scope="cross_border")

    assert answer.json()["said"] == "Reach: cross_border en. Saved"
    assert answer.json()["values"]["scope"] == "cross_border"
    assert answer.json()["can_undo"]
    assert coding_of(activity, first).values == {"scope": "cross_border"}


def test_answers_of_several_codes_and_undo(client, activity, first):
    client.force_login(first)
    send(client, activity, do="answer", field="audience", audience=["smes", "research"])
    send(client, activity, do="answer", field="audience", audience=[])

    answer = send(client, activity, do="undo")

    assert answer.json()["values"]["audience"] == ["smes", "research"]
    assert answer.json()["said"] == "Taken back: For whom"


def test_looking_begins_no_coding(client, activity, first):
    client.force_login(first)

    assert client.get(sheet(activity)).status_code == 200
    assert Coding.objects.count() == 0


def test_unknown_code_is_refused_with_a_sentence(client, activity, first):
    client.force_login(first)

    answer = send(client, activity, do="answer", field="scope", scope="lunar")

    assert answer.status_code == 422
    assert not answer.json()["ok"]
    assert "lunar" in answer.json()["said"]


def test_without_script_the_form_is_saved_as_a_whole_and_closed(client, activity, first):
    client.force_login(first)
    whole = {"whole": "1", "note": "see annex", **FULL}

    saved = client.post(sheet(activity), {**whole, "do": "save"})
    closed = client.post(sheet(activity), {**whole, "do": "close-unquoted"})

    coding = coding_of(activity, first)
    assert (saved.status_code, closed.status_code) == (302, 302)
    assert coding.closed_at is not None
    assert (coding.values, coding.note) == (FULL, "see annex")
    assert closed.url == reverse("workspace:coding-initiative", args=[activity.initiative.key])


def test_closing_without_a_place_asks_for_it_with_the_way_back_and_keeps_the_answers(
    client, activity, first
):
    report = add_document(title="Ridge report", by=first, initiatives=[activity.initiative])
    client.force_login(first)

    asked = client.post(sheet(activity), {"whole": "1", "do": "close", **FULL})

    page = asked.content.decode()
    assert asked.status_code == 422
    assert "No place is quoted for: After the funding, Who pays now." in page
    assert 'href="#reader"' in page
    assert 'value="close-unquoted"' in page
    assert coding_of(activity, first).closed_at is None
    assert coding_of(activity, first).values == FULL
    assert asked.context["reader"].targets == [
        ("outcome_status", "After the funding"),
        ("payer_after", "Who pays now"),
        ("", "the activity as a whole"),
    ]
    place = {"do": "quote", "document": report.key, "page": "41"}
    for field in ("outcome_status", "payer_after"):
        client.post(sheet(activity), {**place, "target": field})
    client.post(sheet(activity), {"do": "close"})
    assert coding_of(activity, first).closed_at is not None
    quoted = client.get(sheet(activity)).context["quotations"]
    assert {str(one.about) for one in quoted} == {"After the funding", "Who pays now"}


def test_coder_who_has_no_place_closes_by_saying_so(client, activity, first):
    client.force_login(first)

    client.post(sheet(activity), {"whole": "1", "do": "close-unquoted", **FULL})

    assert coding_of(activity, first).closed_at is not None


def test_settling_who_pays_asks_for_a_place_and_takes_the_word_that_there_is_none(
    client, project, corpus, activity, first, second
):
    code(activity, first)
    code(activity, second, payer_after=["regional"])
    client.force_login(make_coder(project))
    address = reverse("workspace:disagreement", args=[corpus.slug, activity.pk, "payer_after"])
    both = {"payer_after": ["members", "regional"], "reason": "The report names both."}

    asked = client.post(address, both)
    done = client.post(address, {**both, "without_place": "on"})

    activity.refresh_from_db()
    assert asked.status_code == 422
    assert "Nobody has quoted a place for “Who pays now”." in asked.content.decode()
    assert f'href="{sheet(activity)}#reader"' in asked.content.decode()
    assert done.status_code == 302
    assert activity.payer_after == ["members", "regional"]


def test_closing_too_early_names_the_missing_answers_and_keeps_the_given_ones(
    client, activity, first
):
    client.force_login(first)

    page = client.post(
        sheet(activity), {"whole": "1", "do": "close", **FULL, "scope": "", "context": ""}
    )

    assert page.status_code == 422
    assert "2 answers are missing: Reach, Context." in page.content.decode()
    assert coding_of(activity, first).values["payer_after"] == ["members"]


def test_second_coder_finds_nothing_of_the_first_on_any_page(
    client, corpus, activity, first, second
):
    document = add_document(title="Ridge report", by=first, initiatives=[activity.initiative])
    quote(document, page=41, activity=activity, by=first)
    code(activity, first, **SECRET)
    index.refresh_all()
    client.force_login(second)
    key = activity.initiative.key
    addresses = [
        sheet(activity),
        reverse("workspace:coding"),
        reverse("workspace:coding-initiative", args=[key]),
        reverse("workspace:coding-texts", args=[key, activity.number]),
        reverse("workspace:evidence"),
        reverse("workspace:corpus", args=[corpus.slug]),
        reverse("workspace:corpus-agreement", args=[corpus.slug]),
        reverse("workspace:disagreements", args=[corpus.slug]),
        reverse("workspace:document", args=[document.key]),
        reverse("public:search") + "?q=demonstrator",
        reverse("public:evidence"),
        reverse("public:initiative", args=[key]),
        reverse("public:initiatives-export", args=["csv"]),
        reverse("public:initiatives-export", args=["json"]),
    ]

    pages = {address: client.get(address) for address in addresses}

    assert {a: p.status_code for a, p in pages.items()} == dict.fromkeys(addresses, 200)
    assert checked(pages[sheet(activity)]) == []
    assert "p. 41" not in pages[sheet(activity)].content.decode()
    said = {address: _text(page) for address, page in pages.items() if address != sheet(activity)}
    assert [(a, w) for a, text in said.items() for w in HIDDEN if w in text] == []
    settled = reverse("workspace:disagreement", args=[corpus.slug, activity.pk, "scope"])
    assert client.get(settled).status_code == 404


def _text(page):
    content = b"".join(page.streaming_content) if page.streaming else page.content
    return content.decode()


def test_json_answers_hold_the_own_values_only(client, activity, first, second):
    code(activity, first, **SECRET)
    client.force_login(second)

    answer = send(client, activity, do="answer", field="context", context="other").json()

    assert {k: v for k, v in answer["values"].items() if v} == {"context": "other"}
    assert not any(word in json.dumps(answer) for word in ("transnational", "regional", "37"))


def test_versions_of_the_activity_hold_no_code_before_both_are_closed(activity, first):
    code(activity, first, **SECRET)

    assert {v.scope for v in activity.history.all()} == {""}


def test_both_see_both_when_both_are_closed(client, corpus, activity, first, second):
    document = add_document(title="Ridge report", by=first, initiatives=[activity.initiative])
    quote(document, page=41, activity=activity, by=first)
    quote(document, page=42, activity=activity, by=second)
    code(activity, first)
    code(activity, second, **SECRET)
    client.force_login(second)

    listed = client.get(reverse("workspace:disagreements", args=[corpus.slug]))
    address = reverse("workspace:disagreement", args=[corpus.slug, activity.pk, "scope"])
    page = client.get(address)

    groups = listed.context["groups"]
    assert [group.name for group in groups] == ["scope", "outcome_months", "payer_after"]
    sides = page.context["sides"]
    assert [side.answer for side in sides] == ["cross_border en", "transnational en"]
    assert [side.is_own for side in sides] == [False, True]
    assert [[q.place for q in side.quotations] for side in sides] == [["p. 41"], ["p. 42"]]


def test_page_of_an_activity_shows_both_codings_only_when_both_are_closed(
    client, project, activity, first, second
):
    code(activity, first)
    coding = code(activity, second, closed=False, scope="transnational")
    client.force_login(make_coder(project))
    before = client.get(sheet(activity)).context["compared"]
    close_coding(coding, now=NOW, without_place=True)

    after = client.get(sheet(activity)).context["compared"]

    assert before == []
    differing = [(row.first, row.second, row.stands) for row in after if not row.is_same]
    assert differing == [("cross_border en", "transnational en", "")]


def test_third_person_settles_by_the_page(client, project, corpus, activity, first, second):
    code(activity, first)
    code(activity, second, scope="transnational")
    client.force_login(make_coder(project))
    address = reverse("workspace:disagreement", args=[corpus.slug, activity.pk, "scope"])

    without_reason = client.post(address, {"scope": "cross_border"})
    done = client.post(address, {"scope": "cross_border", "reason": "page 41 says so"})

    activity.refresh_from_db()
    assert (without_reason.status_code, done.status_code) == (422, 302)
    assert (activity.scope, activity.state) == ("cross_border", Activity.State.SETTLED)
    assert client.post(address, {"do": "unsettle"}).status_code == 302
    activity.refresh_from_db()
    assert activity.state == Activity.State.DISPUTED


def test_one_coder_alone_does_not_settle_by_the_page(client, corpus, activity, first, second):
    code(activity, first)
    code(activity, second, scope="transnational")
    client.force_login(first)
    address = reverse("workspace:disagreement", args=[corpus.slug, activity.pk, "scope"])

    page = client.post(address, {"scope": "cross_border", "reason": "I am right"})

    assert page.status_code == 422
    assert "You are one of the two coders" in page.content.decode()


def test_quoting_and_taking_back_ones_own_place(client, activity, first, second):
    document = add_document(title="Ridge report", by=first, initiatives=[activity.initiative])
    client.force_login(first)

    said = send(client, activity, do="quote", document=document.key, page="41").json()["said"]
    made = Quotation.objects.get()
    client.force_login(second)
    refused = send(client, activity, do="unquote", quotation=made.pk)
    client.force_login(first)
    send(client, activity, do="unquote", quotation=made.pk)

    assert said == "Quoted: p. 41"
    assert refused.status_code == 422
    assert Quotation.objects.count() == 0


def test_new_activity_leads_to_its_codes(client, activity, first):
    client.force_login(first)
    address = reverse("workspace:coding-initiative", args=[activity.initiative.key])

    answer = client.post(address, {"name": "Fair", "what": "A fair for ten firms"})

    made = Activity.objects.latest("pk")
    assert (made.number, made.name, made.created_by) == (2, "Fair", first)
    assert answer.url == sheet(made)


def test_texts_take_regions_by_code_and_say_which_are_unknown(client, activity, first):
    from tests.factories.territory import make_region  # noqa: PLC0415 - one test

    make_region("AT32", name={"en": "Salzburg"})
    client.force_login(first)
    address = reverse("workspace:coding-texts", args=[activity.initiative.key, activity.number])

    refused = client.post(address, {"name_en": "Line", "regions": "XX99"})
    done = client.post(address, {"name_en": "Line", "regions": "AT32"})

    assert (refused.status_code, done.status_code) == (422, 302)
    assert [region.code for region in activity.regions.all()] == ["AT32"]


def test_what_one_can_code_lists_own_open_codings_first(client, project, first, second):
    make_coded_corpus(project, initiatives=3)
    full, open_one, free = Activity.objects.order_by("pk")
    for person in (second, make_coder(project)):
        code(full, person, closed=False)
    code(open_one, first, closed=False)
    client.force_login(first)

    rows = client.get(reverse("workspace:coding")).context["rows"]

    assert [(row.activity, row.step) for row in rows] == [(open_one, "go_on"), (free, "code")]


def test_people_of_other_projects_and_without_the_role_stay_outside(client, activity, corpus):
    stranger = make_coder(make_project())
    policy_maker = make_user_with(Role.POLICY_MAKER, project=corpus.project)
    answers = {}
    for name, person in {
        "stranger": stranger,
        "policy maker": policy_maker,
        "nobody": make_user(),
    }.items():
        client.force_login(person)
        answers[name] = [
            client.get(sheet(activity)).status_code,
            send(client, activity, do="answer", field="scope", scope="cross_border").status_code,
            client.get(reverse("workspace:corpus", args=[corpus.slug])).status_code,
        ]

    assert answers == {"stranger": [404] * 3, "policy maker": [403] * 3, "nobody": [403] * 3}
    assert Coding.objects.count() == 0


def test_agreement_page_says_too_few(client, corpus, activity, first, second):
    code(activity, first)
    code(activity, second)
    client.force_login(first)

    page = client.get(reverse("workspace:corpus-agreement", args=[corpus.slug]))

    assert "1 activity closed by two coders" in page.content.decode()
    assert {row.note for row in page.context["agreement"].rows} == {"too few"}


def test_reopened_coding_can_be_changed(client, activity, first):
    coding = code(activity, first)
    client.force_login(first)

    assert send(client, activity, do="answer", field="scope", scope="").status_code == 409
    client.post(sheet(activity), {"do": "reopen"})
    assert send(client, activity, do="answer", field="scope", scope="transnational").json()["ok"]

    coding.refresh_from_db()
    close_coding(coding, now=NOW, without_place=True)
    assert coding.values["scope"] == "transnational"


def test_similar_activity_is_suggested_and_taken_over_by_a_person_only(client, activity, first):
    activity.what = activity.what.put({"de": "Gutschein für erste Kontakte"})
    activity.save()
    make_activity(name="Chèques", what={"fr": "Un chèque par PME"}, measure_type="contact_voucher")
    client.force_login(first)

    page = client.get(f"{sheet(activity)}similar/").content.decode()

    assert "Chèques" in page
    assert "word “Gutschein”" in page
    assert 'value="contact_voucher"' in page
    assert coding_of(activity, first) is None


def test_initiative_without_a_corpus_leads_to_the_corpora(client, first):
    client.force_login(first)

    page = client.get(
        reverse("workspace:coding-initiative", args=[make_initiative().key]), follow=True
    )

    assert "Put the initiative into a corpus first" in page.content.decode()
