"""From the form of a consultation to the answer its commenter reads."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.utils import timezone

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.policy.domain.consulting.commenting import MOST_AT_ONCE
from alpclusters.platform.policy.domain.consulting.steps import close_consultation
from alpclusters.platform.policy.models import Comment, Consultation
from tests.factories.accounts import make_user_with
from tests.factories.consultations import (
    make_comment,
    make_consultation,
    ready_recommendation,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def policy_maker(client, project):
    client.force_login(make_user_with(Role.POLICY_MAKER, project=project))
    return client


def comment_on(found, **changes):
    pk = found.recommendations.get().pk
    return {
        "recommendation": pk,
        "field": "text",
        "language": "en",
        "paragraph": 1,
        "text": "Who pays?",
        **changes,
    }


def test_begun_edited_and_opened(client):
    one = ready_recommendation()
    policy_maker(client, one.project)
    sent = {
        "title_en": "On test benches",
        "title_sl": "O preizkusih",
        "audience": "public",
        "closes_on": "2099-12-31",
        "recommendations": [one.pk],
    }

    answer = client.post(f"/en/workspace/projects/{one.project.slug}/consultations/new/", sent)
    made = Consultation.objects.get()
    client.post(f"/en/workspace/consultations/{made.pk}/edit/", sent | {"title_de": "Prüfstände"})
    hidden = client.get(f"/en/consultations/{made.pk}/", headers={"accept": "text/html"})
    client.post(answer["Location"], {"do": "open"})
    client.logout()

    shown = client.get(f"/sl/consultations/{made.pk}/").content.decode()
    assert hidden.status_code == 404
    assert Consultation.objects.get().title.inside("de") == "Prüfstände"
    assert "O preizkusih" in shown
    assert "Start-ups may use it for free." in shown


def test_it_says_why_it_does_not_open(client):
    one = ready_recommendation(addressee="")
    planned = make_consultation(one, is_open=False)
    policy_maker(client, one.project)
    planned.closes_on = "2099-12-31"
    planned.save()

    answer = client.post(f"/en/workspace/consultations/{planned.pk}/", {"do": "open"})

    assert answer.status_code == 422
    assert f"cannot be discussed yet: {one.code}" in answer.content.decode()


def test_a_visitor_comments_and_follows_it_by_a_private_address(client):
    found = make_consultation(now=timezone.now())

    answer = client.post(f"/sl/consultations/{found.pk}/", comment_on(found))
    private = answer["Location"]
    page = client.get(private).content.decode()

    assert re.fullmatch(r"/sl/consultations/comment/[\w-]{32}/", private)
    assert "Who pays?" in page
    assert "Who pays?" not in client.get(f"/en/consultations/{found.pk}/").content.decode()
    client.post(private)
    assert Comment.objects.get().state == "withdrawn"
    assert "Who pays?" not in client.get(private).content.decode()


def test_comments_and_answers_become_public_one_after_the_other(client):
    found = make_consultation(now=timezone.now())
    comment, token = make_comment(found, now=timezone.now())
    make_comment(found, "Second", now=timezone.now())
    close_consultation(found)
    public = f"/en/consultations/{found.pk}/"
    after_close = client.get(public).content.decode()
    policy_maker(client, found.project)
    where = f"/en/workspace/consultations/{found.pk}/"
    for one in Comment.objects.all():
        prefix = f"c{one.pk}"
        sent = {f"{prefix}-state": "accepted", f"{prefix}-answer": "The ministry."}
        client.post(where, {"do": "answer", "comment": one.pk, **sent})
    client.post(where, {"do": "answered"})
    client.post(where, {"do": "published"})
    client.logout()

    after_answers = client.get(public).content.decode()
    own = client.get(f"/en/consultations/comment/{token}/").content.decode()
    assert comment.text in after_close
    assert "The ministry." not in after_close
    assert "The ministry." in after_answers
    assert "The ministry." in own


def test_words_of_authors_and_of_those_who_answer_are_never_markup(client):
    found = make_consultation(now=timezone.now())
    _comment, token = make_comment(found, text="<b>Who</b> pays?", now=timezone.now())
    Consultation.objects.update(state="published")
    Comment.objects.update(state="accepted", answer="<i>The</i> ministry.")

    for page in (f"/en/consultations/comment/{token}/", f"/en/consultations/{found.pk}/"):
        shown = client.get(page).content.decode()
        assert "&lt;b&gt;Who&lt;/b&gt; pays?" in shown
        assert "&lt;i&gt;The&lt;/i&gt; ministry." in shown
        assert "<b>Who" not in shown
        assert "<i>The" not in shown


def test_an_answer_without_text_is_refused_and_shown_at_its_comment(client):
    found = make_consultation(now=timezone.now())
    comment, _token = make_comment(found, now=timezone.now())
    close_consultation(found)
    policy_maker(client, found.project)
    prefix = f"c{comment.pk}"
    sent = {f"{prefix}-state": "accepted", f"{prefix}-answer": ""}

    answer = client.post(
        f"/en/workspace/consultations/{found.pk}/",
        {"do": "answer", "comment": comment.pk, **sent},
    )

    assert answer.status_code == 422
    assert Comment.objects.get().state == "open"


def test_an_empty_comment_is_asked_for_again_at_its_paragraph(client):
    found = make_consultation(now=timezone.now())

    answer = client.post(f"/en/consultations/{found.pk}/", comment_on(found, text=""))

    body = answer.content.decode()
    assert answer.status_code == 422
    assert body.count('<details class="ac-more" open>') == 1
    assert not Comment.objects.exists()


def test_too_many_comments_are_told_to_come_later(client):
    found = make_consultation(now=timezone.now())
    now = timezone.now()
    for _ in range(MOST_AT_ONCE):
        make_comment(found, now=now)

    answers = {
        client.post(f"/en/consultations/{found.pk}/", comment_on(found, text="Keep me")).status_code
        for _ in range(2)
    }

    # Ten minutes may end just now.
    assert 429 in answers or Comment.objects.count() > MOST_AT_ONCE


def test_those_invited_come_by_mail_and_others_do_not_see_it(client):
    found = make_consultation(audience="invited", now=timezone.now())
    policy_maker(client, found.project)
    client.post(
        f"/en/workspace/consultations/{found.pk}/",
        {"do": "invite", "emails": "ana@example.si\nana@example.si", "language": "sl"},
    )
    client.logout()
    [letter] = mail.outbox
    address = re.search(r"/sl/consultations/invited/\S+", letter.body)[0]

    assert client.get(f"/en/consultations/{found.pk}/").status_code == 404
    assert client.get(address).status_code == 200
    assert client.post(address, comment_on(found)).status_code == 302
    assert Comment.objects.get().text == "Who pays?"


def test_what_is_no_address_is_named(client):
    found = make_consultation(audience="invited", now=timezone.now())
    policy_maker(client, found.project)

    answer = client.post(
        f"/en/workspace/consultations/{found.pk}/",
        {"do": "invite", "emails": "ana@example.si, nobody", "language": "sl"},
    )

    assert answer.status_code == 422
    assert "nobody" in answer.content.decode()
    assert mail.outbox == []


def test_unknown_private_links_say_so(client):
    assert client.get("/en/consultations/comment/wrong/").status_code == 404
    assert client.get("/en/consultations/invited/wrong/").status_code == 404


def test_comment_that_is_not_shown_leaves_its_place_and_the_reason(client):
    found = make_consultation()
    make_comment(found, text="Call Ana Made-Up, she knows.", on_behalf_of="Made-Up Club")
    comment = Comment.objects.get()
    page = f"/en/workspace/consultations/{found.pk}/"
    policy_maker(client, found.project)
    name = f"w{comment.pk}-reason"

    empty = client.post(page, {"do": "withhold", "comment": comment.pk, name: " "})
    client.post(page, {"do": "withhold", "comment": comment.pk, name: "It names a person."})
    kept = client.get(page).content.decode()
    close_consultation(found)
    client.logout()
    shown = client.get(f"/en/consultations/{found.pk}/").content.decode()

    assert empty.status_code == 422
    assert "Call Ana Made-Up" in kept
    assert "It names a person." in shown
    assert "Made-Up" not in shown


def test_comment_is_kept_back_after_all_was_published(client):
    found = make_consultation()
    make_comment(found, text="Buy our pumps!")
    comment = Comment.objects.get()
    Consultation.objects.update(state="published")
    Comment.objects.update(state="accepted", answer="Thank you.")
    policy_maker(client, found.project)

    client.post(
        f"/en/workspace/consultations/{found.pk}/",
        {"do": "withhold", "comment": comment.pk, f"w{comment.pk}-reason": "It advertises."},
    )
    client.logout()

    shown = client.get(f"/en/consultations/{found.pk}/").content.decode()
    assert "It advertises." in shown
    assert "Buy our pumps!" not in shown
    assert "Thank you." not in shown
