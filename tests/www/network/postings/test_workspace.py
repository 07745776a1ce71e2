"""Needs and offers in the workspace: write, look, hand in, moderate, extend, close, hear of new."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client
from django.utils import timezone

from alpclusters import cli
from alpclusters.platform.network.domain.postings.following import (
    Wanted,
    follow_posting,
    set_digest,
)
from alpclusters.platform.network.models import Digest, Posting, PostingChange
from tests.factories.accounts import make_user
from tests.factories.introductions import make_introduction, make_side
from tests.factories.network import make_posting
from tests.factories.postings import FACTS, make_moderator, make_published, make_waiting

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LATER = timezone.localdate() + timedelta(days=100)


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def trento():
    return make_side("Legno Trentino", region="ITH2", language="it")


@pytest.fixture
def moderator():
    return make_moderator(language="de")


def published(side, **other) -> Posting:
    values = {"now": timezone.now(), "expires_on": LATER, **other}
    return make_published(side, **values)


def written(side=None, **other) -> dict:
    values = {
        "kind": "need", "language": "it", "title": FACTS.title, "text": FACTS.text,
        "expires_on": LATER.isoformat(), "sectors": "16", "countries": ["SI"],
        "languages": ["it"], "do": "hand_in", **other,
    }  # fmt: skip
    return {**values, "organisation": side.organisation.pk} if side else values


def new(side, **other):
    return signed_in(side.user).post("/it/workspace/postings/new/", written(side, **other))


def do(user, posting, what, **data):
    path = f"/en/workspace/postings/{posting.pk}/"
    return signed_in(user).post(path, {"do": what, **data})


def decide(user, posting, what, **data):
    path = f"/en/workspace/postings/moderation/{posting.pk}/"
    page = signed_in(user).get(path).content.decode()
    seen = re.search(r'name="seen" value="([^"]*)"', page)
    values = {"do": what, "seen": seen[1] if seen else "", **data}
    return signed_in(user).post(path, values)


def test_form_begins_with_language_sectors_and_half_a_year(trento):
    trento.cluster.sectors = ["16"]
    trento.cluster.save()

    page = signed_in(trento.user).get("/it/workspace/postings/new/").content.decode()

    assert 'value="16"' in page
    assert re.search(r'<option value="it" selected', page)


def test_preview_shows_and_stores_nothing(trento):
    answer = new(trento, do="preview")

    page = answer.content.decode()
    assert f'<h2 id="preview-title" lang="it">{FACTS.title}</h2>' in page
    assert "Slovenia" in page
    assert not Posting.objects.exists()


def test_handed_in_tells_the_coordinators(trento, moderator):
    answer = new(trento)

    made = Posting.objects.get()
    assert answer.url == f"/it/workspace/postings/{made.pk}/"
    assert (made.state, made.organisation, made.made_by) == (
        "waiting",
        trento.organisation,
        trento.user,
    )
    (letter,) = mail.outbox
    assert letter.to == [moderator.email]
    assert f"/de/workspace/postings/moderation/{made.pk}/" in letter.body


def test_draft_is_kept_and_handed_in_later(trento):
    new(trento, do="save")
    made = Posting.objects.get()
    assert made.state == "draft"
    assert mail.outbox == []

    do(trento.user, made, "hand_in")

    made.refresh_from_db()
    assert made.state == "waiting"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "Scrivete a mario@example.org, cerchiamo imprese che costruiscono case."),
        ("title", "Chiamate +39 0461 123456"),
        ("text", "Troppo corto."),
        ("sectors", "xylophone"),
        ("sectors", "manufacture"),
        ("sectors", "1,2,3"),
        ("regions", "XX99"),
        ("expires_on", "2020-01-01"),
        ("expires_on", "2099-01-01"),
        ("kind", "wish"),
    ],
)
def test_what_cannot_be_stored_is_said_at_the_field(trento, field, value):
    answer = signed_in(trento.user).post(
        "/en/workspace/postings/new/", written(trento, **{field: value})
    )

    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Posting.objects.exists()


def test_nobody_writes_for_an_organisation_of_others(trento):
    other = make_side()

    answer = signed_in(other.user).post("/en/workspace/postings/new/", written(trento))

    assert answer.status_code == 422
    path = f"/en/workspace/postings/new/?organisation={trento.organisation.pk}"
    assert signed_in(other.user).get(path).status_code == 403
    assert signed_in(make_user()).get("/en/workspace/postings/new/").status_code == 403
    draft = make_posting(trento.organisation, state="draft")
    assert signed_in(other.user).get(f"/en/workspace/postings/{draft.pk}/").status_code == 404
    assert signed_in(other.user).get(f"/en/workspace/postings/{draft.pk}/edit/").status_code == 404


def test_moderation_reads_old_beside_new_and_publishes(trento, moderator):
    posting = published(trento)
    path = f"/it/workspace/postings/{posting.pk}/edit/"
    signed_in(trento.user).post(path, written(title="Cerchiamo falegnami"))
    assert Posting.objects.get().title == FACTS.title
    queue = signed_in(moderator).get("/en/workspace/postings/moderation/").content.decode()
    assert "new wording waits" in queue
    page = signed_in(moderator).get(f"/en/workspace/postings/moderation/{posting.pk}/")
    shown = page.content.decode()
    assert "<del>" in shown
    assert "<ins>" in shown

    answer = decide(moderator, posting, "publish")

    assert answer.status_code == 302
    assert Posting.objects.get().title == "Cerchiamo falegnami"
    assert mail.outbox[-1].to == [trento.user.email]


def test_sent_back_needs_a_reason_which_reaches_the_organisation(trento, moderator):
    posting = make_waiting(trento, now=timezone.now(), expires_on=LATER)
    assert decide(moderator, posting, "send_back").status_code == 422

    decide(moderator, posting, "send_back", reason="Per favore dite dove.")

    posting.refresh_from_db()
    assert posting.state == "refused"
    assert "Per favore dite dove." in mail.outbox[-1].body
    page = signed_in(trento.user).get(f"/it/workspace/postings/{posting.pk}/").content.decode()
    assert "Per favore dite dove." in page


def test_a_text_changed_while_it_was_read_is_not_published(trento, moderator):
    posting = make_waiting(trento, now=timezone.now(), expires_on=LATER)

    answer = signed_in(moderator).post(
        f"/en/workspace/postings/moderation/{posting.pk}/", {"do": "publish", "seen": "before"}
    )

    assert answer.status_code == 409
    assert "was changed while you were reading" in answer.content.decode()
    posting.refresh_from_db()
    assert posting.state == "waiting"


def test_moderation_is_for_coordinators_of_the_region(trento):
    posting = make_waiting(trento, now=timezone.now(), expires_on=LATER)
    elsewhere = make_side(region="SI03")
    path = f"/en/workspace/postings/moderation/{posting.pk}/"

    assert signed_in(trento.user).get(path).status_code == 403
    assert signed_in(elsewhere.user).get("/en/workspace/postings/moderation/").status_code == 403


def test_reports_are_left_or_lead_to_taking_down(trento, moderator):
    posting = published(trento)
    reader = signed_in(make_user())
    report = f"/en/network/postings/{posting.pk}/report/"
    reader.post(report, {"cause": "outdated"})
    decide(moderator, posting, "leave")
    assert posting.reports.filter(settled_at=None).count() == 0
    reader.post(report, {"cause": "unlawful", "note": "Insults us."})
    page = signed_in(moderator).get(f"/en/workspace/postings/moderation/{posting.pk}/")
    assert "Insults us." in page.content.decode()

    decide(moderator, posting, "take_down", reason="Please mend the second sentence.")

    assert Client().get(f"/en/network/postings/{posting.pk}/").status_code == 404


def test_list_shows_states_and_interest(trento):
    posting = published(trento)
    for _ in range(2):
        made = make_introduction(make_side(), trento)
        made.posting = posting
        made.save()
    make_posting(trento.organisation, title="Over", expires_on="2020-01-01")
    make_posting(title="Of others")

    page = signed_in(trento.user).get("/en/workspace/postings/").content.decode()

    assert "expired" in page
    assert re.search(r'data-l="Interested"><span>2<', page)
    assert "Of others" not in page


def test_extend_and_close_and_take_back(trento):
    posting = published(trento)
    day = timezone.localdate() + timedelta(days=200)

    do(trento.user, posting, "extend", expires_on=day.isoformat())
    posting.refresh_from_db()
    assert posting.expires_on == day
    far = do(trento.user, posting, "extend", expires_on="2099-01-01")
    assert far.status_code == 409
    do(trento.user, posting, "close")
    posting.refresh_from_db()
    assert posting.state == "closed"
    assert do(trento.user, posting, "close").status_code == 409
    assert do(trento.user, posting, "nonsense").status_code == 302


def test_a_draft_is_deleted(trento):
    draft = make_posting(trento.organisation, state="draft", published_at=None)

    answer = do(trento.user, draft, "delete")

    assert answer.url == "/en/workspace/postings/"
    assert not Posting.objects.exists()


def test_partners_are_looked_for_from_the_page(trento):
    posting = published(trento)

    page = signed_in(trento.user).get(f"/en/workspace/postings/{posting.pk}/").content.decode()

    assert f"/en/workspace/partners/posting/{posting.pk}/" in page


# --- mails ----------------------------------------------------------------------------------------


def link_in(letter, name: str) -> str:
    return re.search(rf"https?://[^/\s]+(/\S*{name}\S*)", letter.body)[1]


def test_digest_is_ordered_changed_and_stopped():
    user = make_user()
    client = signed_in(user)
    data = {"rhythm": "daily", "kind": "need", "countries": ["SI"], "sectors": "16"}

    client.post("/en/workspace/postings/digest/", data)

    digest = Digest.objects.get()
    assert (digest.rhythm, digest.kind, digest.territory, digest.sectors) == (
        "daily", "need", ["SI"], ["16"],
    )  # fmt: skip
    page = client.get("/en/workspace/postings/digest/").content.decode()
    assert "You get it daily" in page
    assert client.post("/en/workspace/postings/digest/", {"rhythm": "x"}).status_code == 422
    client.post("/en/workspace/postings/digest/", {"do": "stop"})
    assert not Digest.objects.exists()


def ordered_a_week_ago(**fields):
    user = make_user(**fields)
    set_digest(user, Wanted(), now=timezone.now() - timedelta(days=8))
    return user


def test_digest_comes_in_the_readers_language_with_texts_as_written(trento, capsys):
    user = ordered_a_week_ago(language="sl")
    posting = published(trento, now=timezone.now() - timedelta(hours=1))
    assert cli.main(["remind", "--dry-run"]) == 0
    assert mail.outbox == []
    assert "Mails with new needs and offers: 1" in capsys.readouterr().out

    assert cli.main(["remind"]) == 0

    (letter,) = mail.outbox
    assert letter.to == [user.email]
    assert letter.subject == "1 nova potreba ali ponudba"
    assert "Italiano" in letter.body
    assert FACTS.title in letter.body
    assert FACTS.text in letter.body
    assert f"/sl/network/postings/{posting.pk}/" in letter.body
    cli.main(["remind"])
    assert len(mail.outbox) == 1


def test_leaving_takes_one_click_without_signing_in(trento):
    user = ordered_a_week_ago(language="fr")
    published(trento, now=timezone.now() - timedelta(hours=1))
    cli.main(["remind"])
    letter = mail.outbox[0]
    path = link_in(letter, "digest/stop/")
    header = letter.extra_headers["List-Unsubscribe"]
    assert header.endswith(f"{path}>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    strict = Client(enforce_csrf_checks=True)
    assert strict.get(path).status_code == 200
    assert Digest.objects.filter(user=user).exists()

    assert strict.post(path).status_code == 403
    answer = strict.post(path, {"List-Unsubscribe": "One-Click"})

    assert answer.status_code == 200
    assert not Digest.objects.filter(user=user).exists()
    assert Client().get(f"{path[:-2]}x/").status_code == 404


class Failing(EmailBackend):
    """A server for mail that is down."""

    def send_messages(self, messages):  # noqa: ARG002 - as the framework calls it
        raise ConnectionRefusedError


def test_a_failing_mail_loses_nothing(trento, settings, capsys):
    ordered_a_week_ago()
    reader = make_user()
    posting = published(trento, now=timezone.now() - timedelta(hours=1))
    follow_posting(posting, reader, now=timezone.now() - timedelta(hours=1))
    do(trento.user, posting, "extend", expires_on=(LATER + timedelta(days=1)).isoformat())
    working = settings.MAILERS
    settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Failing"}}
    assert cli.main(["remind"]) == 0
    assert "Mails that could not be sent, and are tried again: 2" in capsys.readouterr().out

    settings.MAILERS = working
    cli.main(["remind"])

    assert len(mail.outbox) == 2
    assert {FACTS.title in letter.body for letter in mail.outbox} == {True}


def test_followers_get_one_mail_and_can_leave(trento):
    reader = make_user(language="de")
    first, second = published(trento), published(trento)
    for posting in (first, second):
        follow_posting(posting, reader, now=timezone.now() - timedelta(days=1))
    do(trento.user, first, "close")
    do(trento.user, second, "extend", expires_on=(LATER + timedelta(days=1)).isoformat())

    cli.main(["remind"])

    (letter,) = mail.outbox
    assert letter.to == [reader.email]
    path = link_in(letter, "digest/stop/")
    Client().post(path)
    assert not reader.followed_postings.exists()


def test_reminder_lets_one_extend_or_close_without_signing_in(trento):
    soon = timezone.localdate() + timedelta(days=10)
    posting = published(trento, expires_on=soon)
    cli.main(["remind"])
    (letter,) = mail.outbox
    assert letter.to == [trento.user.email]
    path = link_in(letter, "postings/keep/")
    client = Client()
    assert client.get(path).status_code == 200
    posting.refresh_from_db()
    assert (posting.expires_on, posting.reminded_of) == (soon, soon)

    assert client.post(path, {"do": "extend", "expires_on": "2099-01-01"}).status_code == 422
    client.post(path, {"do": "extend", "expires_on": LATER.isoformat()})
    posting.refresh_from_db()
    assert posting.expires_on == LATER
    assert posting.history.first().history_user == trento.user
    client.post(path, {"do": "close"})

    posting.refresh_from_db()
    assert posting.state == "closed"
    assert client.post(path, {"do": "close"}).status_code == 422
    assert Client().get("/en/workspace/postings/keep/made-up/").status_code == 404


def test_change_that_waits_is_shown_to_its_own_organisation_and_taken_back(trento):
    posting = published(trento)
    path = f"/en/workspace/postings/{posting.pk}/edit/"
    signed_in(trento.user).post(path, written(title="Cerchiamo falegnami"))
    page = signed_in(trento.user).get(f"/en/workspace/postings/{posting.pk}/").content.decode()
    assert "new wording waits" in page
    assert "Cerchiamo falegnami" in signed_in(trento.user).get(path).content.decode()

    do(trento.user, posting, "take_back")

    assert not PostingChange.objects.exists()
