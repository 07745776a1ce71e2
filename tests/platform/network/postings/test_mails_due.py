"""Who gets which mail when: digests, news for followers, reminders before the expiry."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import signing

from alpclusters.platform.network.domain.postings.following import (
    DIGEST,
    SETTLING,
    News,
    Wanted,
    due_digests,
    due_news,
    follow_posting,
    is_followed,
    is_of_demonstration,
    leaving_token,
    note_sent,
    note_told,
    read_leaving,
    set_digest,
    stop_digest,
    unfollow_all,
    unfollow_posting,
)
from alpclusters.platform.network.domain.postings.moderating import publish_posting, wording_of
from alpclusters.platform.network.domain.postings.writing import (
    DueExpiry,
    close_posting,
    due_expiries,
    edit_posting,
    extend_posting,
    link_token,
    note_reminded,
    read_token,
)
from alpclusters.platform.network.models import Digest
from tests.factories.accounts import make_user
from tests.factories.introductions import make_side
from tests.factories.network import make_posting
from tests.factories.postings import NOW, facts, make_published

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
DAY = timedelta(days=1)
WEEK = timedelta(days=7)


@pytest.fixture
def trento():
    return make_side("Legno Trentino", region="ITH2", language="it")


def titles_due(now: datetime) -> list[list[str]]:
    return [[one.title for one in due.postings] for due in due_digests(now)]


def ordered(**wanted) -> Digest:
    return set_digest(make_user(language="sl"), Wanted(**wanted), now=NOW)


# --- digests --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rhythm", "wait"), [("daily", 1), ("weekly", 7), ("monthly", 30)]
)  # fmt: skip
def test_a_digest_comes_after_its_time_and_not_before(trento, rhythm, wait):
    ordered(rhythm=rhythm)
    make_published(trento, title="New", now=NOW + timedelta(hours=1))

    assert titles_due(NOW + timedelta(days=wait - 1)) == []
    assert titles_due(NOW + timedelta(days=wait)) == [["New"]]


def test_nothing_new_is_no_digest_and_does_not_move_the_time(trento):
    digest = ordered()
    make_published(trento, title="Old", now=NOW - DAY)

    assert titles_due(NOW + WEEK) == []
    digest.refresh_from_db()
    assert digest.sent_until == NOW
    make_published(trento, title="Late", now=NOW + WEEK)
    assert titles_due(NOW + WEEK + DAY) == [["Late"]]


def test_what_was_sent_does_not_come_again_and_what_failed_does(trento):
    ordered(rhythm="daily")
    make_published(trento, title="First", now=NOW + timedelta(hours=1))
    (due,) = due_digests(NOW + DAY)
    # The mail failed: nothing is noted, so nothing is lost.
    assert titles_due(NOW + 2 * DAY) == [["First"]]

    note_sent(due)
    make_published(trento, title="Second", now=NOW + DAY)

    assert titles_due(NOW + DAY + timedelta(hours=1)) == []
    assert titles_due(NOW + 2 * DAY) == [["Second"]]


def test_a_posting_of_the_last_minutes_waits_for_the_next_digest(trento):
    ordered(rhythm="daily")
    sent_at = NOW + DAY
    make_published(trento, title="In time", now=sent_at - SETTLING)
    make_published(trento, title="Too late", now=sent_at - SETTLING / 2)

    (due,) = due_digests(sent_at)
    assert [one.title for one in due.postings] == ["In time"]
    note_sent(due)
    assert titles_due(sent_at + DAY) == [["Too late"]]


def test_a_digest_brings_only_what_is_wanted_and_open(trento):
    graz = make_side("Holz Graz", region="AT22")
    at = NOW + timedelta(hours=1)
    make_published(trento, title="Need of timber", now=at)
    make_published(trento, title="Offer of robots", kind="offer", sectors=("28",), now=at)
    make_published(graz, title="Need in Graz", sectors=("28.4",), now=at)
    make_published(graz, title="Soon over", expires_on=date(2026, 6, 3), now=at)
    close_posting(make_published(graz, title="Settled", now=at), by=graz.user, now=at)
    ordered()
    ordered(kind="offer")
    ordered(territory=("AT22",))
    ordered(sectors=("28",))

    assert titles_due(NOW + WEEK) == [
        ["Need of timber", "Offer of robots", "Need in Graz"],
        ["Offer of robots"],
        ["Need in Graz"],
        ["Offer of robots", "Need in Graz"],
    ]


def test_nobody_is_told_of_own_postings(trento):
    make_published(trento, now=NOW + timedelta(hours=1))
    set_digest(trento.user, Wanted(), now=NOW)

    assert titles_due(NOW + WEEK) == []


def test_simulated_postings_go_to_simulated_organisations_alone(trento):
    invented, other = (make_side(body_is_simulated=True) for _ in range(2))
    at = NOW + timedelta(hours=1)
    make_published(trento, title="Real", now=at)
    make_published(other, title="Invented", now=at)
    for user in (invented.user, make_user()):
        set_digest(user, Wanted(), now=NOW)

    assert is_of_demonstration(invented.user)
    assert titles_due(NOW + WEEK) == [["Invented"], ["Real"]]


def test_changing_a_digest_keeps_what_was_sent_and_one_a_person():
    user = make_user()
    set_digest(user, Wanted(), now=NOW)

    changed = set_digest(user, Wanted(rhythm="daily", kind="need"), now=NOW + DAY)

    assert (changed.rhythm, changed.kind, changed.sent_until) == ("daily", "need", NOW)
    assert stop_digest(user)
    assert not stop_digest(user)


def test_closed_accounts_get_no_digest(trento):
    digest = ordered()
    make_published(trento, now=NOW + timedelta(hours=1))
    digest.user.is_active = False
    digest.user.save()

    assert titles_due(NOW + WEEK) == []


def test_a_link_to_leave_says_who_and_of_what():
    user = make_user()
    token = leaving_token(user, DIGEST)

    assert read_leaving(token).user == user
    assert read_leaving(f"{token}x") is None
    assert read_leaving(signing.dumps({"user": user.pk, "what": DIGEST}, salt="other")) is None
    user.delete()
    assert read_leaving(token) is None


# --- followers ------------------------------------------------------------------------------------


def news_of(now: datetime) -> list[list[str]]:
    return [[str(one.news) for one in due.happened] for due in due_news(now)]


def test_followers_hear_of_changes_after_they_began(trento):
    posting = make_published(trento)
    reader = make_user()
    follow_posting(posting, reader, now=NOW + timedelta(hours=1))
    assert news_of(NOW + DAY) == []
    edit_posting(posting, facts(title="Another"), by=trento.user, now=NOW + 2 * DAY)
    assert news_of(NOW + 2 * DAY) == []
    seen = wording_of(posting).stamp
    publish_posting(posting, by=trento.user, now=NOW + 3 * DAY, seen=seen)

    assert news_of(NOW + 4 * DAY) == [[News.CHANGED]]
    # Nothing is noted where the mail failed.
    assert news_of(NOW + 5 * DAY) == [[News.CHANGED]]
    (due,) = due_news(NOW + 5 * DAY)
    note_told(due.happened, now=NOW + 5 * DAY)
    assert news_of(NOW + 6 * DAY) == []


def test_followers_hear_of_the_end_and_of_an_expiry_once(trento):
    posting = make_published(trento, expires_on=date(2026, 7, 1))
    follow_posting(posting, make_user(), now=NOW)
    near = datetime(2026, 6, 25, 8, tzinfo=UTC)

    assert news_of(near - 2 * DAY) == []
    assert news_of(near) == [[News.EXPIRES]]
    note_told(due_news(near)[0].happened, now=near)
    assert news_of(near + DAY) == []
    extend_posting(posting, date(2026, 7, 2), by=trento.user, now=near + DAY)
    assert news_of(near + 2 * DAY) == [[News.EXPIRES]]
    close_posting(posting, by=trento.user, now=near + 2 * DAY)
    assert news_of(near + 3 * DAY) == [[News.CLOSED]]


def test_everything_of_a_day_is_one_mail(trento):
    one, other = make_published(trento), make_published(trento)
    reader = make_user()
    for posting in (one, other):
        follow_posting(posting, reader, now=NOW)
    close_posting(one, by=trento.user, now=NOW + DAY)
    (due,) = due_news(NOW + DAY + timedelta(minutes=5))
    note_told(due.happened, now=NOW + DAY + timedelta(minutes=5))

    close_posting(other, by=trento.user, now=NOW + DAY + timedelta(minutes=9))

    assert news_of(NOW + DAY + timedelta(minutes=10)) == []
    assert news_of(NOW + 2 * DAY) == [[News.CLOSED]]


def test_following_twice_is_once_and_ends():
    posting, reader = make_posting(), make_user()
    first = follow_posting(posting, reader, now=NOW)

    assert follow_posting(posting, reader, now=NOW + DAY) == first
    assert is_followed(posting, reader)
    assert unfollow_posting(posting, reader)
    assert not is_followed(posting, reader)
    follow_posting(posting, reader, now=NOW)
    assert unfollow_all(reader) == 1


# --- expiry ---------------------------------------------------------------------------------------


def test_a_reminder_comes_fourteen_days_before_and_once_for_a_day(trento):
    posting = make_published(trento, expires_on=date(2026, 7, 1))
    near = datetime(2026, 6, 17, 8, tzinfo=UTC)

    assert due_expiries(near - DAY) == []
    assert due_expiries(near) == [DueExpiry(posting, trento.user)]
    note_reminded(posting)
    assert due_expiries(near + DAY) == []
    extend_posting(posting, date(2026, 7, 2), by=trento.user, now=near)
    assert [due.user for due in due_expiries(near + 2 * DAY)] == [trento.user]
    close_posting(posting, by=trento.user, now=near)
    assert due_expiries(near + 2 * DAY) == []


def test_the_link_of_a_reminder_works_only_for_who_speaks(trento):
    due = DueExpiry(make_published(trento), trento.user)
    token = link_token(due)

    assert read_token(token) == due
    assert read_token("made-up") is None
    trento.user.claims.update(state="withdrawn")
    assert read_token(token) is None
