"""Who is in: phones that join, come back and leave, links of the hall, and what people say."""

import pytest

from alpclusters.live.answers import NotTakenError
from alpclusters.platform.cafe.domain.keys import derive_link, read_key
from tests.live.writer.stage import ON_STAGE, command, join, key, live, phase, rate, take

pytestmark = [pytest.mark.integration, ON_STAGE]


def test_a_phone_that_is_in_stays_the_same_person_and_gets_no_second_code(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            first = await join(intake, rows.rating)
            again = await intake.join(
                rows.rating, language="de", consent="1", key=key(), known_token=first.token
            )
            return first, again, intake.person(rows.rating, first.token)

    first, again, person = live(story)
    assert (again.participant_id, again.token, again.recovery) == (
        first.participant_id,
        first.token,
        None,
    )
    assert person == first.participant_id
    assert len(first.recovery) == 10


def test_the_recovery_code_brings_another_phone_to_the_same_person(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            first = await join(intake, rows.rating)
            wrong = await intake.recover(rows.rating, recovery="2222222222", key=key())
            typed = f"{first.recovery[:5].lower()} - {first.recovery[5:]}"
            other = await intake.recover(rows.rating, recovery=typed, key=key())
        async with stage.open() as intake:
            return (
                wrong,
                first,
                other,
                [intake.person(rows.rating, token) for token in (first.token, other.token)],
            )

    wrong, first, other, people = live(story)
    assert wrong is None
    assert other.token != first.token
    assert people == [first.participant_id] * 2


def test_nobody_joins_a_draft_a_closed_or_an_unknown_event(stage):
    rows = stage.rows
    closed = "UPDATE cafe_alpcafe SET state = 'closed', phase = 'closed' WHERE id = %s"
    stage.run(closed, (rows.hall,))

    async def story():
        async with stage.open() as intake:
            codes = []
            for event in (rows.hall, 999):
                try:
                    await join(intake, event)
                except NotTakenError as error:
                    codes.append(error.code)
            found = [intake.find_code(code) for code in (rows.code.lower(), "22222222")]
            stage.run(closed, (rows.rating,))
            await intake.reload(rows.rating)
            return codes, [*found, intake.find_code(rows.code)]

    assert live(story) == (["unknown_code"] * 2, [rows.rating, None, None])


def test_links_of_the_hall_and_of_screens_lead_to_their_role_until_the_epoch_goes_up(stage):
    rows = stage.rows
    secret = read_key(stage.home, rows.hall)
    hall = f"{rows.hall}~{derive_link(secret, role='qr')}"
    host = f"{rows.hall}~host~2~{derive_link(secret, role='host', table=2)}"
    wrong = f"{rows.hall}~host~1~{derive_link(secret, role='host', table=2)}"

    async def story():
        async with stage.open() as intake:
            before = [intake.find_link(link) for link in (hall, host, wrong, "", "x~y", "9~z")]
            phase(stage, rows.hall, "talk", link_epoch=2)
            await intake.reload(rows.hall)
            return before, intake.find_link(host)

    before, after = live(story)
    assert before == [(rows.hall, "qr", 0), (rows.hall, "host", 2), None, None, None, None]
    assert after is None


def test_who_leaves_is_gone_with_everything(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            joined = await join(intake, rows.rating)
            other = (await join(intake, rows.rating)).participant_id
            person = joined.participant_id
            why = command("comment", {"m": rows.measures[0], "text": "weil"})
            await take(intake, rows.rating, other, rate(rows, 2))
            results = await take(
                intake, rows.rating, person, rate(rows, 4), why, command("leave", {}), rate(rows, 1)
            )
            return [r.code for r in results], intake.person(rows.rating, joined.token), other

    codes, person, other = live(story)
    assert codes == ["", "", "", "gone"]
    assert person is None
    assert stage.fetch("SELECT participant_id FROM cafe_rating") == [(other,)]
    assert stage.fetch("SELECT COUNT(*) FROM cafe_comment") == [(0,)]
    assert stage.fetch("SELECT id FROM cafe_participant") == [(other,)]


def test_what_people_say_of_themselves_is_checked_against_the_lists(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            good = {"region": "SI042", "role": "firm_sme", "language": "sl"}
            sent = [good, {"region": "XX9"}, {"role": "emperor"}, {"region": ""}]
            results = await take(
                intake, rows.rating, person, *[command("profile", body) for body in sent]
            )
            return [r.code for r in results], await intake.me(rows.rating, person)

    codes, me = live(story)
    assert codes == ["", "unknown_region", "unknown_choice", ""]
    assert me["profile"] == {
        "region": "",
        "role": "firm_sme",
        "level": "",
        "experience": "",
        "language": "sl",
        "no_research": False,
    }
    assert me["language"] == "sl"


def test_a_phone_keeps_its_answers_out_of_research_and_lets_them_in_again(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            told = []
            for wish in (True, False):
                body = {"no_research": wish}
                await take(intake, rows.rating, person, command("profile", body))
                told.append((await intake.me(rows.rating, person))["profile"]["no_research"])
            odd = await take(intake, rows.rating, person, command("profile", {"no_research": "no"}))
            return told, [result.code for result in odd]

    assert live(story) == ([True, False], ["unreadable"])


def test_phones_begin_with_the_least_shown_and_keep_their_order_over_a_restart(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            people = [(await join(intake, rows.rating)).participant_id for _ in range(5)]
            before = [(await intake.me(rows.rating, one))["order"] for one in people]
        async with stage.open() as intake:
            people += [(await join(intake, rows.rating)).participant_id for _ in range(5)]
            return before, [(await intake.me(rows.rating, one))["order"] for one in people]

    before, orders = live(story)
    assert orders[:5] == before
    assert [order[0] for order in orders].count(rows.measures[0]) == 5


def test_an_order_in_which_a_person_goes_on_outlives_a_restart_and_has_every_measure(stage):
    rows = stage.rows

    async def story():
        async with stage.open() as intake:
            person = (await join(intake, rows.rating)).participant_id
            turned = (await intake.me(rows.rating, person))["order"][::-1]
            sent = [turned, turned[:1], [*turned, 999], [turned[0]] * 2]
            said = [
                (await take(intake, rows.rating, person, command("order", {"measures": one})))[0]
                for one in sent
            ]
            now = (await intake.me(rows.rating, person))["order"]
        async with stage.open() as intake:
            later = (await intake.me(rows.rating, person))["order"]
            return turned, [(one.status, one.code) for one in said], now, later

    turned, said, now, later = live(story)
    assert now == later == turned
    assert said == [
        (200, ""),
        (422, "not_on_sheet"),
        (422, "not_on_sheet"),
        (422, "twice"),
    ]
