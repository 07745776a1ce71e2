"""A posting on its way: written, handed in, read by the moderation, changed, closed."""

from datetime import date, timedelta

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.network.domain.postings.finding import (
    lies_in,
    n_interested,
    open_postings,
    postings_of_measure,
    readable_postings,
    works_in,
)
from alpclusters.platform.network.domain.postings.moderating import (
    MOST_REPORTS,
    open_reports,
    publish_posting,
    report_posting,
    send_back,
    take_down,
    waiting_for_moderation,
    wording_of,
)
from alpclusters.platform.network.domain.postings.writing import (
    EXPIRED,
    MOST_OPEN,
    PostingFacts,
    close_posting,
    delete_draft,
    edit_posting,
    extend_posting,
    hand_in,
    latest_expiry,
    state_on,
    take_back,
    versions,
)
from alpclusters.platform.network.models import Posting, PostingChange
from tests.factories.accounts import make_user, make_user_with
from tests.factories.evaluation import make_measure
from tests.factories.introductions import make_introduction, make_side
from tests.factories.network import make_posting
from tests.factories.postings import (
    FACTS,
    NOW,
    facts,
    make_draft,
    make_published,
    make_waiting,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
TODAY = NOW.date()


@pytest.fixture
def trento():
    return make_side("Legno Trentino", region="ITH2", language="it")


def code_of(raised) -> str:
    return raised.value.code


def test_a_posting_is_open_after_it_was_handed_in_and_published(trento):
    draft = make_draft(trento)
    assert draft.state == "draft"
    assert not open_postings(TODAY).exists()

    waiting = hand_in(draft, by=trento.user, now=NOW)
    assert not open_postings(TODAY).exists()
    publish_posting(waiting, by=trento.user, now=NOW, seen=wording_of(waiting).stamp)

    (found,) = open_postings(TODAY)
    assert PostingFacts.of(found) == FACTS
    assert found.published_at == NOW
    reasons = [version.reason for version in versions(found)]
    assert reasons == ["publish", "hand_in", "write"]


def test_facts_survive_as_a_record():
    assert PostingFacts.read(FACTS.as_record()) == FACTS


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (TODAY - timedelta(days=1), "posting.expiry_over"),
        (date(2027, 6, 2), "posting.expiry_far"),
    ],
)
def test_expiry_lies_between_today_and_twelve_months_ahead(trento, day, code):
    with pytest.raises(InputError) as raised:
        make_draft(trento, expires_on=day)

    assert code_of(raised) == code
    assert raised.value.where.field == "expires_on"
    assert not Posting.objects.exists()


@pytest.mark.parametrize("day", [TODAY, date(2027, 6, 1)])
def test_first_and_last_day_of_expiry_are_allowed(trento, day):
    assert make_draft(trento, expires_on=day).expires_on == day
    assert latest_expiry(TODAY) == date(2027, 6, 1)


def test_expiry_is_a_matter_of_the_day(trento):
    posting = make_published(trento)
    last = posting.expires_on

    assert state_on(posting, last) == "published"
    assert state_on(posting, last + timedelta(days=1)) == EXPIRED
    assert list(open_postings(last)) == [posting]
    assert not open_postings(last + timedelta(days=1)).exists()
    assert list(readable_postings()) == [posting]


def test_postings_of_an_unlisted_organisation_are_not_shown_or_handed_in(trento):
    posting = make_published(trento)
    trento.organisation.is_listed = False
    trento.organisation.save()

    assert not open_postings(TODAY).exists()
    assert not readable_postings().exists()
    draft = make_draft(trento)
    with pytest.raises(StateError) as raised:
        hand_in(draft, by=trento.user, now=NOW)
    assert code_of(raised) == "posting.not_listed"
    assert posting.state == "published"


def test_sent_back_with_a_reason_mended_and_published(trento):
    waiting = make_waiting(trento)
    with pytest.raises(InputError) as raised:
        send_back(waiting, "  ", by=trento.user, now=NOW)
    assert code_of(raised) == "posting.no_reason"

    refused = send_back(waiting, "Say whom you look for.", by=trento.user, now=NOW)
    assert (refused.state, refused.reason) == ("refused", "Say whom you look for.")
    mended = edit_posting(refused, facts(title="Cerchiamo falegnami"), by=trento.user, now=NOW)
    assert mended.state == "refused"
    waiting = hand_in(mended, by=trento.user, now=NOW)

    assert waiting.reason == ""
    done = publish_posting(waiting, by=trento.user, now=NOW, seen=wording_of(waiting).stamp)
    assert done.title == "Cerchiamo falegnami"


def test_a_published_text_stays_until_the_new_one_is_read(trento):
    posting = make_published(trento)
    edit_posting(posting, facts(title="Cerchiamo falegnami"), by=trento.user, now=NOW)

    (shown,) = open_postings(TODAY)
    assert shown.title == FACTS.title
    wording = wording_of(shown)
    assert wording.published.title == FACTS.title
    assert wording.proposed.title == "Cerchiamo falegnami"
    later = NOW + timedelta(days=1)
    publish_posting(shown, by=trento.user, now=later, seen=wording.stamp)

    (shown,) = open_postings(TODAY)
    assert shown.title == "Cerchiamo falegnami"
    assert (shown.published_at, shown.revised_at) == (NOW, later)
    assert not PostingChange.objects.exists()


def test_a_new_wording_that_is_sent_back_leaves_the_published_one(trento):
    posting = make_published(trento)
    edit_posting(posting, facts(text="x" * 50), by=trento.user, now=NOW)

    send_back(posting, "Nobody can read this.", by=trento.user, now=NOW)

    change = PostingChange.objects.get()
    assert (change.is_refused, change.reason) == (True, "Nobody can read this.")
    assert open_postings(TODAY).get().text == FACTS.text
    assert wording_of(posting).proposed is None


def test_another_day_of_expiry_counts_at_once(trento):
    posting = make_published(trento)
    day = date(2027, 1, 1)

    edited = edit_posting(posting, facts(expires_on=day), by=trento.user, now=NOW)

    assert (edited.expires_on, edited.revised_at) == (day, NOW)
    assert not PostingChange.objects.exists()


def test_going_back_to_the_published_wording_leaves_nothing_to_read(trento):
    posting = make_published(trento)
    edit_posting(posting, facts(title="Another"), by=trento.user, now=NOW)

    edit_posting(posting, FACTS, by=trento.user, now=NOW)

    assert not PostingChange.objects.exists()


def test_nobody_publishes_a_text_that_was_changed_meanwhile(trento):
    waiting = make_waiting(trento)
    seen = wording_of(waiting).stamp
    edit_posting(waiting, facts(title="Changed"), by=trento.user, now=NOW)

    with pytest.raises(StateError) as raised:
        publish_posting(waiting, by=trento.user, now=NOW, seen=seen)

    assert code_of(raised) == "posting.changed_meanwhile"


def test_a_posting_whose_day_passed_while_it_waited_is_not_published(trento):
    waiting = make_waiting(trento)

    with pytest.raises(InputError) as raised:
        publish_posting(
            waiting,
            by=trento.user,
            now=NOW + timedelta(days=300),
            seen=wording_of(waiting).stamp,
        )

    assert code_of(raised) == "posting.expiry_over"


def test_take_back_is_a_draft_again_or_drops_the_new_wording(trento):
    waiting = make_waiting(trento)
    assert take_back(waiting, by=trento.user).state == "draft"

    posting = make_published(trento)
    edit_posting(posting, facts(title="Another"), by=trento.user, now=NOW)
    assert take_back(posting, by=trento.user).state == "published"
    assert not PostingChange.objects.exists()
    with pytest.raises(StateError) as raised:
        take_back(posting, by=trento.user)
    assert code_of(raised) == "posting.nothing_waits"


def test_only_what_was_never_public_is_deleted(trento):
    delete_draft(make_draft(trento))
    assert not Posting.objects.exists()

    posting = make_published(trento)
    for state in (posting, close_posting(posting, by=trento.user, now=NOW)):
        with pytest.raises(StateError) as raised:
            delete_draft(state)
        assert code_of(raised) == "posting.was_public"


def test_a_closed_posting_leaves_the_list_and_can_be_handed_in_again(trento):
    posting = make_published(trento)
    closed = close_posting(posting, by=trento.user, now=NOW)

    assert not open_postings(TODAY).exists()
    assert list(readable_postings()) == [closed]
    with pytest.raises(StateError):
        close_posting(closed, by=trento.user, now=NOW)
    edited = edit_posting(closed, facts(title="Unread"), by=trento.user, now=NOW)
    assert edited.state == "draft"
    assert not readable_postings().exists()
    assert hand_in(edited, by=trento.user, now=NOW).state == "waiting"


def test_an_expired_posting_is_opened_again_by_another_day(trento):
    posting = make_published(trento)
    later = NOW + timedelta(days=300)
    assert state_on(posting, later.date()) == EXPIRED

    extended = extend_posting(posting, date(2027, 5, 1), by=trento.user, now=later)

    assert state_on(extended, later.date()) == "published"
    with pytest.raises(InputError):
        extend_posting(extended, date(2029, 1, 1), by=trento.user, now=later)
    with pytest.raises(StateError):
        extend_posting(make_draft(trento), date(2026, 7, 1), by=trento.user, now=NOW)


def test_an_organisation_has_at_most_thirty_that_are_not_closed(trento):
    for _ in range(MOST_OPEN):
        make_posting(trento.organisation)

    with pytest.raises(StateError) as raised:
        make_draft(trento)

    assert code_of(raised) == "posting.too_many"


def test_a_merged_organisation_posts_nothing(trento):
    trento.organisation.merged_into = make_side().organisation
    trento.organisation.save()

    with pytest.raises(StateError) as raised:
        make_draft(trento)

    assert code_of(raised) == "posting.gone"


def test_simulated_organisations_post_simulated():
    side = make_side("Simulated", body_is_simulated=True)
    assert make_draft(side).is_simulated == side.organisation.is_simulated


def test_moderation_reads_what_waits_in_its_own_region(trento):
    graz = make_side("Holz Graz", region="AT22")
    new = make_waiting(trento)
    changed = make_published(graz)
    edit_posting(changed, facts(title="Another"), by=graz.user, now=NOW)
    reported = make_published(trento)
    report_posting(reported, "outdated", "", by=make_user(), now=NOW)
    make_published(trento)
    everywhere = make_user_with("partner_coordinator", region=None)
    styria = make_user_with("partner_coordinator", region=graz.organisation.region)

    assert set(waiting_for_moderation(everywhere)) == {new, changed, reported}
    assert list(waiting_for_moderation(styria)) == [changed]
    assert not waiting_for_moderation(make_user()).exists()


def test_reports_are_once_a_person_and_few_a_day():
    reader = make_user()
    postings = [make_posting() for _ in range(MOST_REPORTS + 1)]
    report_posting(postings[0], "other", "Look.", by=reader, now=NOW)
    with pytest.raises(StateError) as raised:
        report_posting(postings[0], "other", "", by=reader, now=NOW)
    assert code_of(raised) == "posting.reported"
    for posting in postings[1:-1]:
        report_posting(posting, "advertising", "", by=reader, now=NOW)

    with pytest.raises(StateError) as raised:
        report_posting(postings[-1], "advertising", "", by=reader, now=NOW)

    assert code_of(raised) == "posting.too_many_reports"
    report_posting(postings[-1], "advertising", "", by=reader, now=NOW + timedelta(days=1, hours=1))
    reader.delete()
    assert not open_reports(postings[0]).exists()


def test_taken_down_settles_the_reports(trento):
    posting = make_published(trento)
    report_posting(posting, "unlawful", "", by=make_user(), now=NOW)

    down = take_down(posting, "It insults somebody.", by=trento.user, now=NOW)

    assert (down.state, down.reason, down.closed_at) == ("refused", "It insults somebody.", NOW)
    assert not open_reports(posting).exists()
    with pytest.raises(StateError):
        take_down(down, "Again.", by=trento.user, now=NOW)


def test_interest_is_counted_without_withdrawn_requests(trento):
    posting = make_published(trento)
    for state in ("asked", "accepted", "withdrawn"):
        made = make_introduction(make_side(), trento)
        made.posting, made.state = posting, state
        made.save()

    assert n_interested([posting, make_posting()]) == {posting.pk: 2}


def test_postings_of_a_measure_are_the_open_ones(trento):
    measure = make_measure("fair")
    posting = make_published(trento, measure_id=measure.pk)
    close_posting(make_published(trento, measure_id=measure.pk), by=trento.user, now=NOW)
    make_published(trento)

    assert list(postings_of_measure(measure, TODAY)) == [posting]


def test_territory_is_a_country_or_any_region_around(trento):
    body = trento.organisation

    assert lies_in(body, ())
    assert lies_in(body, ("IT",))
    assert lies_in(body, ("ITH",))
    assert lies_in(body, ("ITH2", "SI"))
    assert not lies_in(body, ("ITH1", "AT"))


@pytest.mark.parametrize(
    ("own", "wanted", "fits"),
    [
        (["28.41"], ["28"], True),
        (["28"], ["28.41"], True),
        (["28"], ["C"], True),
        (["C"], ["28"], True),
        (["28"], ["16"], False),
        ([], ["16"], False),
        ([], [], True),
    ],
)
def test_sectors_meet_at_any_level(own, wanted, fits):
    assert works_in(Posting(sectors=own), wanted) is fits
