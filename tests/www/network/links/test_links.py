"""Links in the workspace: entered, confirmed, told about, by those who may and nobody else."""

from datetime import date
from urllib.parse import urlencode

import pytest
from django.core import mail
from django.test import Client

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.network.models import Link, LinkReport
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_region
from tests.factories.evidence import make_initiative
from tests.factories.links import make_body, make_link, make_report, make_speaker
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
LIST, NEW = "/en/workspace/links/", "/en/workspace/links/new/"


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def sides():
    """Two organisations with somebody who speaks for each."""
    own, other = make_body("Wood Tyrol"), make_body("Lesni grozd", country="SI")
    return own, other, make_speaker(own), make_speaker(other, language="sl")


def entered(sides, **fields):
    own, other, speaker, _ = sides
    address = f"{NEW}?{urlencode({'own': own.pk, 'other': other.pk})}"
    values = {"type": "exchange", "status": "active_self", **fields}
    return signed_in(speaker).post(address, values)


# --- entering -----------------------------------------------------------------------------------


def test_other_organisation_is_found_by_its_name_and_only_of_the_same_kind(sides):
    own, other, speaker, _ = sides
    make_body("Lesni grozd (simulated)", is_simulated=True)
    make_organisation("Lesni grozd hidden", is_listed=False)

    page = signed_in(speaker).get(f"{NEW}?q=lesni+grozd").content.decode()

    assert page.count('class="ac-btn second"') == 1
    assert f"?own={own.pk}&amp;other={other.pk}" in page


def test_link_is_entered_and_the_other_side_is_asked_in_its_language(sides):
    answer = entered(sides, topic="Timber")

    link = Link.objects.get()
    assert answer.url == f"/en/workspace/links/{link.pk}/"
    assert (link.standing, link.topic, link.entered_for) == ("entered", "Timber", sides[0])
    assert LinkReport.objects.get().status == "active_self"
    (letter,) = mail.outbox
    assert letter.to == [sides[3].email]
    assert f"/sl/workspace/links/{link.pk}/" in letter.body
    assert sides[2].email not in letter.body


def test_nobody_on_the_other_side_is_said_openly(sides):
    own, _, speaker, _ = sides
    address = f"{NEW}?own={own.pk}&other={make_body('Alone').pk}"
    client = signed_in(speaker)

    assert "Nobody speaks for the other organisation yet" in client.get(address).content.decode()
    page = client.post(address, {"type": "exchange", "status": "unknown"}, follow=True)

    assert "Nobody speaks for the other organisation yet" in page.content.decode()
    assert mail.outbox == []


def test_second_link_of_the_same_kind_is_refused_and_input_stays(sides):
    entered(sides)

    answer = entered(sides, topic="Again")

    assert answer.status_code == 409
    assert "There is an open link of this kind" in answer.content.decode()
    assert 'value="Again"' in answer.content.decode()
    assert Link.objects.count() == 1


def test_days_in_the_wrong_order_are_told_at_the_field(sides):
    answer = entered(sides, started_on="2024-05-01", funding_ends_on="2024-01-01")

    assert answer.status_code == 422
    assert "This day lies before the beginning" in str(answer.context["form"].errors)
    assert list(answer.context["form"].errors) == ["funding_ends_on"]


def test_initiative_is_found_by_its_acronym(sides):
    make_initiative("timber-net", acronym="TimberNet", end=date(2020, 1, 1))

    entered(sides, initiative="timbernet")

    assert Link.objects.get().funding_ends_on == date(2020, 1, 1)


def test_unknown_and_ambiguous_acronyms_are_told(sides):
    make_initiative("net-1", acronym="Net")
    make_initiative("net-2", acronym="Net")
    make_initiative("draft", acronym="Draft", is_published=False)

    for acronym, said in (
        ("nothing", "No published initiative"),
        ("draft", "No published initiative"),
        ("net", "Several initiatives"),
    ):
        answer = entered(sides, initiative=acronym)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    entered(sides, initiative="net-2")
    assert Link.objects.get().initiative.key == "net-2"


def test_nobody_enters_a_link_for_an_organisation_of_others(sides):
    own, other, _, _ = sides
    stranger = make_speaker(make_body())

    answer = signed_in(stranger).get(f"{NEW}?own={own.pk}&other={other.pk}")

    assert answer.status_code == 403


def test_coordinator_enters_one_for_the_region_and_cannot_confirm_it(sides):
    inside = make_body("Inside", region=make_region("AT32"))
    client = signed_in(make_user_with(Role.PARTNER_COORDINATOR, region=make_region("AT3")))

    assert client.get(f"{NEW}?own={sides[0].pk}&other={inside.pk}").status_code == 403
    address = f"{NEW}?own={inside.pk}&other={sides[1].pk}"
    client.post(address, {"type": "exchange", "status": "unknown"})

    link = Link.objects.get()
    decide = f"/en/workspace/links/{link.pk}/decide/"
    assert client.post(decide, {"do": "confirm"}).status_code == 403
    assert client.post(decide, {"do": "withdraw"}).status_code == 302
    link.refresh_from_db()
    assert link.standing == "withdrawn"


def test_a_day_has_room_for_thirty(sides, monkeypatch):
    monkeypatch.setattr("alpclusters.www.workspace.links.entering.MOST_A_DAY", 1)
    entered(sides)

    answer = entered(sides, type="agreement")

    assert answer.status_code == 409
    assert Link.objects.count() == 1


# --- deciding and telling -------------------------------------------------------------------------


def test_other_side_confirms_in_the_list_and_the_first_is_told(sides):
    entered(sides)
    mail.outbox.clear()
    link = Link.objects.get()
    client = signed_in(sides[3])
    assert "1 link waits for you" in client.get(LIST).content.decode()

    answer = client.post(f"/en/workspace/links/{link.pk}/decide/", {"do": "confirm"})

    assert answer.status_code == 302
    assert list(Link.objects.counted()) == [link]
    assert [one.to for one in mail.outbox] == [[sides[2].email]]
    assert "Wood Tyrol" in client.get(LIST).content.decode()


def test_refused_link_says_why_to_the_side_that_entered_it(sides):
    entered(sides)
    mail.outbox.clear()
    link = Link.objects.get()

    signed_in(sides[3]).post(
        f"/en/workspace/links/{link.pk}/decide/", {"do": "refuse", "note": "Never met."}
    )

    assert "Never met." in mail.outbox[0].body
    assert list(Link.objects.counted()) == []


def test_second_decision_changes_nothing_and_says_so(sides):
    link = make_link(sides[0], sides[1])

    answer = signed_in(sides[3]).post(
        f"/en/workspace/links/{link.pk}/decide/", {"do": "refuse"}, follow=True
    )

    assert "This link waits no more." in answer.content.decode()
    link.refresh_from_db()
    assert link.standing == "confirmed"


def test_side_says_whether_it_is_alive(sides):
    link = make_link(sides[0], sides[1])
    form = {"side": sides[1].pk, "status": "dormant", "said_on": "2024-03-01", "note": "Quiet."}

    signed_in(sides[3]).post(f"/en/workspace/links/{link.pk}/report/", form)

    page = signed_in(sides[2]).get(f"/en/workspace/links/{link.pk}/").content.decode()
    assert "1\u00a0March\u00a02024" in page
    assert "Quiet." in page
    link.refresh_from_db()
    assert link.status == "dormant"


def test_nobody_says_it_for_the_other_side(sides):
    link = make_link(sides[0], sides[1])
    form = {"side": sides[1].pk, "status": "ended", "said_on": "2024-03-01"}

    answer = signed_in(sides[2]).post(f"/en/workspace/links/{link.pk}/report/", form)

    assert answer.status_code == 422
    assert LinkReport.objects.count() == 0


def test_day_to_come_is_told_at_the_field(sides):
    link = make_link(sides[0], sides[1])
    form = {"side": sides[1].pk, "status": "ended", "said_on": "2999-01-01"}

    answer = signed_in(sides[3]).post(f"/en/workspace/links/{link.pk}/report/", form)

    assert list(answer.context["report_form"].errors) == ["said_on"]


def test_change_asks_the_other_side_again(sides):
    link = make_link(sides[0], sides[1], type="exchange")

    signed_in(sides[2]).post(
        f"/en/workspace/links/{link.pk}/edit/", {"type": "agreement", "agreed_on": "2024-01-01"}
    )

    link.refresh_from_db()
    assert (link.standing, link.agreed_on) == ("entered", date(2024, 1, 1))
    assert [one.to for one in mail.outbox] == [[sides[3].email]]
    page = signed_in(sides[3]).get(f"/en/workspace/links/{link.pk}/").content.decode()
    assert "Wood Tyrol entered this link. Is it right?" in page
    assert "cooperation agreement" in page


def test_derived_link_can_be_called_wrong_but_not_changed(sides):
    link = make_link(sides[0], sides[1], standing="source", entered_for=None)
    client = signed_in(sides[2])

    answer = client.post(f"/en/workspace/links/{link.pk}/edit/", {"type": "agreement"})
    assert answer.status_code == 409
    client.post(f"/en/workspace/links/{link.pk}/decide/", {"do": "refuse", "note": "Not us."})

    link.refresh_from_db()
    assert (link.standing, link.type) == ("refused", "joint_project")


def test_strangers_do_not_even_learn_that_there_is_a_link(sides):
    link = make_link(sides[0], sides[1])

    for user in (make_user(), make_speaker(make_body())):
        assert signed_in(user).get(f"/en/workspace/links/{link.pk}/").status_code == 404


# --- lists ----------------------------------------------------------------------------------------


def test_list_is_filtered_by_state_and_leaves_refused_ones_out(sides):
    own = sides[0]
    for name, fields in {
        "Alive": {"status": "active_self"},
        "Ended": {"status": "ended"},
        "Refused": {"standing": "refused"},
        "Waits": {"standing": "entered"},
    }.items():
        make_link(own, make_body(f"Body {name}"), **fields)
    client = signed_in(sides[2])

    def shown(state):
        rows = client.get(f"{LIST}?state={state}").context["list"].rows
        return {row.other.name.removeprefix("Body ") for row in rows}

    assert shown("") == {"Alive", "Ended", "Waits"}
    assert shown("alive") == {"Alive"}
    assert shown("ended") == {"Ended"}
    assert shown("waiting") == {"Waits"}
    assert shown("closed") == {"Refused"}
    assert shown("nonsense") == shown("")


def test_queries_of_a_speaker_do_not_grow(sides, django_assert_num_queries):
    client = signed_in(sides[3])
    make_link(*sides[:2], standing="entered")
    make_link(sides[1])
    client.get(LIST)
    with django_assert_num_queries(8):
        client.get(LIST)
    for _ in range(3):
        make_link(make_body(), sides[1], standing="entered")
        make_link(sides[1])

    with django_assert_num_queries(8):
        client.get(LIST)


# --- the link of the mail -------------------------------------------------------------------------


def test_link_of_the_mail_answers_without_signing_in_and_opening_it_changes_nothing(sides):
    from django.utils import timezone  # noqa: PLC0415 - the link works for 60 days from now

    from alpclusters.platform.network.domain.links.reports import (  # noqa: PLC0415
        due_questions,
        link_token,
        note_asked,
    )

    now = timezone.now()
    first, second = make_link(sides[0], sides[1]), make_link(sides[0])
    make_report(first, date(2021, 1, 1))
    (due,) = [one for one in due_questions(now) if one.user == sides[2]]
    note_asked(due, now=now)
    path = f"/en/workspace/links/alive/{link_token(sides[2], now=now)}/"
    client = Client()

    page = client.get(path)
    assert page.content.decode().count('type="radio"') == 8
    assert "checked" not in page.content.decode()
    names = [one.name for one in page.context["questions"]]
    answer = client.post(path, {names[0]: "ended", names[1]: ""}, follow=True)

    assert "Noted for 1 link." in answer.content.decode()
    told = LinkReport.objects.filter(how="mail")
    assert [(r.link, r.status, r.organisation) for r in told] == [(first, "ended", sides[0])]
    second.refresh_from_db()
    assert second.status == "unknown"
    assert answer.content.decode().count("checked") == 1


def test_dead_link_says_so():
    answer = Client().get("/en/workspace/links/alive/nonsense/")

    assert answer.status_code == 404
    assert "This link works no more" in answer.content.decode()


def test_a_simulated_link_says_so_once_and_in_the_language_of_the_reader(sides):
    own, other, _, speaker = sides
    for side in (own, other):
        side.is_simulated = True
        side.save()
    link = make_link(own, other, source="simulated", is_simulated=True)

    page = signed_in(speaker).get(f"/sl/workspace/links/{link.pk}/").content.decode()

    assert "simulirano" in page
    assert ">simulated" not in page
