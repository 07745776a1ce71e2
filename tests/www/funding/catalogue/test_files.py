"""Calendar, feed and exports of the catalogue."""

import csv
import datetime as dt
import io
import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.funding import make_call, make_offer, make_programme

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
OPEN = {"opens": TODAY - dt.timedelta(days=3), "closes": TODAY + dt.timedelta(days=30)}


type Event = dict[str, str]


def events_of(content: bytes) -> dict[str, Event]:
    """Read the events of a calendar file: unfolded, by their identifier."""
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    events: dict[str, Event] = {}
    event: Event = {}
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            events[event["UID"]] = event
        else:
            event[name] = value
    return events


def test_days_are_all_day_events_with_lasting_identifiers(client: Client) -> None:
    call = make_call(make_programme(), version=3, **OPEN)

    answer = client.get(reverse("public:funding-calendar-file"))

    events = events_of(answer.content)
    closes = events["offer-timber-call-closes@testserver"]
    assert answer["Content-Type"].startswith("text/calendar")
    assert set(events) == {f"offer-timber-call-{f}@testserver" for f in ("opens", "closes")}
    assert closes["DTSTART;VALUE=DATE"] == f"{call.closes:%Y%m%d}"
    assert closes["DTEND;VALUE=DATE"] == f"{call.closes + dt.timedelta(days=1):%Y%m%d}"
    assert closes["SEQUENCE"] == "3"


def test_a_known_hour_is_in_the_zone_of_brussels(client: Client) -> None:
    make_call(make_programme(), closes_at=dt.time(17), **OPEN)

    content = client.get(reverse("public:call-calendar", args=["timber-call"])).content

    closes = events_of(content)["offer-timber-call-closes@testserver"]
    assert closes["DTSTART;TZID=Europe/Brussels"] == f"{OPEN['closes']:%Y%m%d}T170000"
    assert b"BEGIN:VTIMEZONE" in content
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_a_search_has_its_own_calendar(client: Client) -> None:
    wanted, other = make_programme("wanted"), make_programme("other", level="national")
    for programme in (wanted, other):
        make_offer(
            programme, programme.key, call=make_call(programme, f"{programme.key}-call", **OPEN)
        )

    content = client.get(reverse("public:funding-calendar-file"), {"level": "national"}).content

    assert {uid.split("-call-")[0] for uid in events_of(content)} == {"offer-other"}


def test_calls_that_are_over_are_in_no_calendar_but_their_own(client: Client) -> None:
    make_call(make_programme(), closes=TODAY - dt.timedelta(days=1), opens=None)

    assert events_of(client.get(reverse("public:funding-calendar-file")).content) == {}
    own = client.get(reverse("public:call-calendar", args=["timber-call"])).content
    assert len(events_of(own)) == 1


def test_the_calendar_page_goes_month_by_month(client: Client) -> None:
    programme = make_programme()
    make_call(programme, "one", **OPEN)
    make_call(programme, "endless", opens=TODAY - dt.timedelta(days=400), closes=None)

    text = client.get(reverse("public:funding_calendar")).content.decode()

    assert "Call one" in text
    assert "Open, without a known deadline" in text
    assert "Call endless" in text


def test_the_feed_has_what_changed_last_first(client: Client) -> None:
    programme = make_programme()
    make_offer(programme, "earlier")
    later = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)
    make_offer(programme, "later", updated_at=later, version=2)

    content = client.get(reverse("public:funding-feed")).content.decode()

    titles = [part.partition("</title>")[0] for part in content.split("<title>")[2:]]
    assert titles == ["Offer later", "Offer earlier"]
    assert "version 2" in content


def test_exports_hold_all_hits_and_guard_formulas(client: Client) -> None:
    programme = make_programme()
    for k in range(30):
        make_offer(programme, f"offer-{k:02}", title="=1+1")

    answer = client.get(reverse("public:funding-export", args=["csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))

    assert len(rows) == 30
    assert rows[0]["name_en"] == "'=1+1"
    assert rows[0]["status"] == "verified"


def test_exports_say_how_an_offer_is_awarded_and_with_which_chance(client: Client) -> None:
    success = {"granted": 3, "applied": 12, "source": "Report", "checked_on": "2026-05-01"}
    make_offer(make_programme(), terms={"award": "competitive", "success": success})

    answer = client.get(reverse("public:funding-export", args=["csv"]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))

    assert (row["award"], row["success_granted"], row["success_applied"]) == (
        "competitive", "3", "12",
    )  # fmt: skip
    assert (row["success_source"], row["success_checked_on"]) == ("Report", "2026-05-01")


@pytest.mark.parametrize("shown", ["offers", "calls", "programmes"])
def test_exports_are_there_for_every_kind_of_entry(client: Client, shown: str) -> None:
    programme = make_programme()
    make_offer(programme, call=make_call(programme))

    answer = client.get(reverse("public:funding-export", args=["json"]), {"show": shown})
    document = json.loads(b"".join(answer.streaming_content))

    assert len(document[shown]) == 1
    assert client.get(reverse("public:funding-export", args=["exe"])).status_code == 404
