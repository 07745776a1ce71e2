import io
import re
import zipfile
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.www.public import guarded_forms
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import make_project, make_snapshot

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def address(name, *args):
    with translation.override("en"):
        return reverse(name, args=args)


def page(cafe):
    return address("public:cafe_research", cafe.pk)


def answers(**changes):
    said = {
        "organisation": "University of Ljubljana", "people": "Ana Novak", "email": "ana@uni.si",
        "purpose": "How opinions differ", "safeguards": "Encrypted disk", "accepts": "on",
        "until": (timezone.localdate() + timedelta(days=365)).isoformat(),
    }  # fmt: skip
    return said | changes


def ask(cafe, monkeypatch, **changes):
    client = Client()
    client.get(page(cafe))
    stamp = guarded_forms.fresh_stamp()
    monkeypatch.setattr(guarded_forms, "LEAST_SECONDS", 0)
    return client.post(page(cafe), answers(since=stamp, **changes), follow=True)


def refuse_mail(settings):
    """Send mail to a port at which nobody listens."""
    smtp = "django.core.mail.backends.smtp.EmailBackend"
    nobody = {"host": "127.0.0.1", "port": 9}
    settings.MAILERS = {"default": {"BACKEND": smtp, "OPTIONS": nobody}}


@pytest.fixture
def cafe():
    found = make_snapshot(released=True).cafe
    found.sealed_at = timezone.now()
    found.save(update_fields=["sealed_at"])
    return found


def coordinator_of(project):
    client = Client()
    client.force_login(make_user_with(Role.PARTNER_COORDINATOR, project=project))
    return client


def decide(client, what, reason="Good purpose."):
    path = address("workspace:data_request", DataRequest.objects.get().pk)
    return client.post(path, {"reason": reason, "do": what}, follow=True)


def link():
    return re.search(r"/en/research-data/[^/\s]+/", mail.outbox[-1].body).group()


def test_somebody_without_account_asks_and_is_told_who_decides(cafe, monkeypatch):
    response = ask(cafe, monkeypatch)

    assert "The coordinator decides" in response.content.decode()
    assert DataRequest.objects.get().people == "Ana Novak"


def test_programs_that_fill_everything_or_are_too_fast_leave_nothing(cafe):
    client = Client()
    client.post(page(cafe), answers(website="x", since=guarded_forms.fresh_stamp()))
    too_fast = client.post(page(cafe), answers(since=guarded_forms.fresh_stamp()))

    assert (too_fast.status_code, DataRequest.objects.count()) == (422, 0)


def test_an_end_that_lies_behind_is_refused_with_the_reason(cafe, monkeypatch):
    response = ask(cafe, monkeypatch, until="2020-01-01")

    assert response.status_code == 422
    assert "must lie ahead" in response.content.decode()


def test_there_is_no_form_before_the_evaluation_is_public():
    assert Client().get(page(make_snapshot().cafe)).status_code == 403


def test_a_coordinator_of_another_project_sees_no_request(cafe, monkeypatch):
    ask(cafe, monkeypatch)
    other = coordinator_of(make_project())

    assert other.get(address("workspace:data_requests", cafe.pk)).status_code == 404
    assert decide(other, "grant").status_code == 404


def test_the_coordinator_is_told_by_mail_and_sees_what_waits_on_the_workspace(cafe, monkeypatch):
    coordinator = coordinator_of(cafe.project)
    stranger = coordinator_of(make_project())
    ask(cafe, monkeypatch)

    (letter,) = mail.outbox
    request = DataRequest.objects.get()
    assert "University of Ljubljana" in letter.body
    assert "Ana Novak" not in letter.body
    assert address("workspace:data_request", request.pk).removeprefix("/en") in letter.body

    desks = [
        c.get(address("workspace:dashboard")).content.decode() for c in (coordinator, stranger)
    ]
    waits = [address("workspace:data_requests", cafe.pk) in desk for desk in desks]
    listed = coordinator.get(address("workspace:data_requests", cafe.pk)).content.decode()
    decide(coordinator, "refuse")

    assert waits == [True, False]
    assert "waits for your decision" in listed
    assert (
        address("workspace:data_requests", cafe.pk)
        not in coordinator.get(address("workspace:dashboard")).content.decode()
    )


def test_without_a_coordinator_administrators_are_told(cafe, monkeypatch):
    administrator = make_user_with(Role.ADMINISTRATOR)
    ask(cafe, monkeypatch)

    assert [letter.to for letter in mail.outbox] == [[administrator.email]]


def test_a_mail_that_does_not_leave_loses_no_request(cafe, monkeypatch, settings):
    coordinator_of(cafe.project)
    refuse_mail(settings)

    response = ask(cafe, monkeypatch)

    assert "The coordinator decides" in response.content.decode()
    assert DataRequest.objects.count() == 1


def test_the_coordinator_reads_before_granting_what_becomes_public(cafe, monkeypatch):
    ask(cafe, monkeypatch)
    coordinator = coordinator_of(cafe.project)

    listed = coordinator.get(address("workspace:data_requests", cafe.pk)).content.decode()
    path = address("workspace:data_request", DataRequest.objects.get().pk)
    shown = coordinator.get(path).content.decode()

    assert "University of Ljubljana" in listed
    assert "names publicly" in shown


def test_who_was_granted_fetches_the_file_by_the_link_in_the_mail(cafe, monkeypatch):
    ask(cafe, monkeypatch)
    decide(coordinator_of(cafe.project), "grant")

    assert mail.outbox[-1].to == ["ana@uni.si"]
    assert "Download as ZIP" in Client().get(link()).content.decode()
    sent = Client().get(f"{link()}data.zip")
    content = b"".join(sent.streaming_content) if sent.streaming else sent.content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["README", "answers.csv", "codebook.csv"]


def test_the_record_names_the_body_and_no_person(cafe, monkeypatch):
    ask(cafe, monkeypatch)
    before = Client().get(page(cafe)).content.decode()
    decide(coordinator_of(cafe.project), "grant")

    after = Client().get(page(cafe)).content.decode()

    assert "University of Ljubljana" not in before
    for told in ("University of Ljubljana", "How opinions differ", "Evaluation 1", "1 question"):
        assert told in after
    for kept in ("Ana Novak", "ana@uni.si", "Encrypted disk", "Good purpose."):
        assert kept not in after


def test_the_recipient_confirms_the_deletion_and_the_record_says_so(cafe, monkeypatch):
    ask(cafe, monkeypatch)
    decide(coordinator_of(cafe.project), "grant")
    assert "not confirmed yet" in Client().get(page(cafe)).content.decode()

    Client().post(link())

    assert "not confirmed yet" not in Client().get(page(cafe)).content.decode()
    assert Client().get(f"{link()}data.zip").status_code == 302


def test_a_refusal_is_told_by_mail_with_its_reason_and_has_no_link(cafe, monkeypatch):
    ask(cafe, monkeypatch)
    decide(coordinator_of(cafe.project), "refuse", "The purpose is not research.")

    assert "The purpose is not research." in mail.outbox[-1].body
    assert "/research-data/" not in mail.outbox[-1].body


def test_without_a_reason_nothing_is_decided(cafe, monkeypatch):
    ask(cafe, monkeypatch)

    assert decide(coordinator_of(cafe.project), "grant", "").status_code == 422
    assert DataRequest.objects.get().state == "asked"
    assert not any("ana@uni.si" in letter.to for letter in mail.outbox)


def test_a_decision_that_could_not_be_mailed_does_not_stand(cafe, monkeypatch, settings):
    ask(cafe, monkeypatch)
    refuse_mail(settings)

    response = decide(coordinator_of(cafe.project), "grant")

    assert "nothing was decided" in response.content.decode()
    assert DataRequest.objects.get().state == "asked"


def test_the_page_of_the_alpcafe_leads_to_the_form(cafe):
    assert page(cafe) in Client().get(address("public:cafe", cafe.pk)).content.decode()
