from datetime import timedelta

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.cafe.domain.answers import count_sources
from alpclusters.platform.cafe.domain.overview import blocks_of, offers, visible_blocks
from alpclusters.platform.cafe.domain.running import undo
from alpclusters.platform.cafe.models import AlpCafe, Block, Comment, Phase, Release, TopThree
from alpclusters.platform.evaluation.domain.closeness import may_follow
from alpclusters.platform.evaluation.domain.hall_releases import released_results
from alpclusters.platform.evaluation.domain.result_blocks import STEPS, build_blocks
from tests.factories.cafe import NOW
from tests.factories.evaluation import join, join_all, rate
from tests.factories.halls import do, fill_hall, go, make_open_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

HOUR = timedelta(hours=1)


@pytest.fixture
def cafe():
    """A hall in which sixteen people have rated everything, at the results."""
    found = go(make_open_hall(), Phase.RATING)
    fill_hall(found)
    return go(found, Phase.RESULTS)


def shown(cafe, block):
    return released_results(cafe)["blocks"][block]


def rate_again_with_others(cafe, n):
    """Let the first people rate everything a second time, one step off."""
    for place, person in enumerate(cafe.participants.order_by("pk")[:n]):
        for measure in cafe.measures.all():
            for criterion in cafe.criteria.all():
                value = 1 + (place * 2 + measure.pk + criterion.pk) % 5
                rate(person, value, measure=measure.key, criterion=criterion.key, round=2)


def test_nothing_leaves_before_a_release(cafe):
    assert released_results(cafe) == {}
    assert visible_blocks(cafe, NOW) == []


@pytest.mark.parametrize("block", ["participation", "tiers", "groups", "heat"])
def test_each_block_is_shown_by_itself_with_n_and_convention(cafe, block):
    do(cafe, "release", block=block)

    found = released_results(cafe)

    assert list(found["blocks"]) == [block] == visible_blocks(cafe, NOW)
    assert found["blocks"][block]["n"] == 16
    assert found["names"]["measures"]
    assert found["k_anonymity"] == 5


def test_block_is_shown_from_its_moment_on(cafe):
    do(cafe, "release", block="tiers")
    cafe.releases.update(visible_from=NOW + HOUR)

    assert visible_blocks(cafe, NOW) == []
    assert visible_blocks(cafe, NOW + HOUR) == ["tiers"]


def test_tiers_carry_n_cannot_judge_and_interval(cafe):
    do(cafe, "release", block="tiers")

    criterion = shown(cafe, "tiers")["criteria"][0]
    row = criterion["rows"][0]

    assert {"n", "cannot_judge", "estimate", "low", "high", "tier"} <= row.keys()
    assert row["low"] <= row["estimate"] <= row["high"]
    assert criterion["convention"]["method"]


def test_blocks_of_a_sheet_are_those_it_can_fill(cafe):
    cafe.has_top_three, cafe.has_second_rating, cafe.cloud_x = False, False, None

    found = blocks_of(cafe)

    assert not {Block.TOP_THREE, Block.CHANGE, Block.CLOUD} & set(found)
    cafe.round = AlpCafe.Round.NEEDS
    assert blocks_of(cafe) == []


def test_fewer_than_five_people_are_too_few():
    cafe = go(make_open_hall(), Phase.RATING)
    fill_hall(cafe, (5, 4, 3, 2))
    go(cafe, Phase.RESULTS)

    with pytest.raises(StateError) as error:
        do(cafe, "release", block="tiers")

    assert error.value.code == "cafe.too_few"
    assert {offer.reason for offer in offers(cafe, NOW) if offer.block == "tiers"} == {"too_few"}


def test_nothing_is_released_while_people_rate():
    cafe = go(make_open_hall(), Phase.RATING)
    fill_hall(cafe)

    with pytest.raises(StateError, match="not_yet"):
        do(cafe, "release", block="tiers")


@pytest.mark.parametrize("joined", [0, 3, 5])
def test_neither_few_on_paper_nor_those_who_did_not_rate_are_told(cafe, joined):
    join_all(cafe, ["AT32"] * joined)
    few = cafe.participants.order_by("pk").values_list("pk", flat=True)[:2]
    cafe.ratings.filter(participant__in=list(few)).update(source="paper")

    do(cafe, "release", block="participation")

    found = shown(cafe, "participation")
    assert found["n"] == 16
    assert "joined" not in found
    assert found["sources"] == {"phone": None, "proxy": 0, "paper": None}


def test_a_release_stored_with_few_on_paper_tells_no_few(cafe):
    block = {"n": 22, "joined": 24, "answers": 90, "cannot_judge": 0.1}
    block["sources"] = {"phone": 20, "proxy": 0, "paper": 2}
    data = {"blocks": {"participation": block}}
    Release.objects.create(cafe=cafe, block="participation", visible_from=NOW, data=data)

    found = shown(cafe, "participation")

    assert "joined" not in found
    assert set(found["sources"].values()) == {None, 0}


def test_block_is_not_released_twice(cafe):
    do(cafe, "release", block="heat")

    with pytest.raises(StateError, match="released_before"):
        do(cafe, "release", block="heat")


def test_undo_hides_and_keeps_how_long_it_was_visible(cafe):
    entry = do(cafe, "release", block="heat", now=NOW)

    undo(cafe, entry, by=None, now=NOW + HOUR)

    [release] = cafe.releases.all()
    assert (release.visible_from, release.visible_to) == (NOW, NOW + HOUR)
    assert released_results(cafe) == {}


def test_withdrawn_block_can_be_shown_again(cafe):
    do(cafe, "release", block="heat")
    do(cafe, "withdraw", block="heat", now=NOW + HOUR)
    do(cafe, "release", block="heat", now=NOW + 2 * HOUR)

    assert [r.visible_to for r in cafe.releases.all()] == [NOW + HOUR, None]
    assert visible_blocks(cafe, NOW + 3 * HOUR) == ["heat"]


def test_one_late_answer_moves_no_figure_that_was_visible(cafe):
    do(cafe, "release", block="heat")
    before = shown(cafe, "heat")["rows"]
    do(cafe, "withdraw", block="heat", now=NOW + HOUR)
    rate(join(cafe), 5)
    do(cafe, "release", block="heat", now=NOW + 2 * HOUR)
    do(cafe, "release", block="tiers", now=NOW + 2 * HOUR)

    assert shown(cafe, "heat")["rows"] == before
    assert shown(cafe, "tiers")["n"] == 16


@pytest.mark.parametrize(("n_again", "is_moved"), [(9, False), (10, True)])
def test_fewer_than_ten_who_rated_again_move_no_figure_that_was_visible(cafe, n_again, is_moved):
    do(cafe, "release", block="heat")
    before = shown(cafe, "heat")["rows"]
    do(cafe, "withdraw", block="heat")
    rate_again_with_others(cafe, n_again)
    go(cafe, Phase.RESULTS_2)

    do(cafe, "release", block="heat")

    assert (shown(cafe, "heat")["rows"] != before) is is_moved
    assert shown(cafe, "heat")["n"] == 16


def test_paper_stays_in_every_block_and_source_when_others_rate_again(cafe):
    for paper in join_all(cafe, ["AT32"] * 5):
        paper.source = "paper"
        paper.save()
        for measure in cafe.measures.all():
            for criterion in cafe.criteria.all():
                value = 2 + paper.pk % 3
                rate(paper, value, measure=measure.key, criterion=criterion.key, source="paper")
    rate_again_with_others(cafe, 16)
    go(cafe, Phase.RESULTS_2)

    for block in ("participation", "heat", "tiers", "cloud"):
        do(cafe, "release", block=block)

    people = shown(cafe, "participation")
    assert people["n"] == sum(people["sources"].values()) == 21
    assert people["sources"] == {"phone": 16, "proxy": 0, "paper": 5}
    assert {cell["n"] for row in shown(cafe, "heat")["rows"] for cell in row["cells"]} == {21}
    assert {row["n"] for one in shown(cafe, "tiers")["criteria"] for row in one["rows"]} == {21}
    assert {row.get("n", 21) for row in shown(cafe, "cloud")["rows"]} == {21}
    assert {offer.n for offer in offers(cafe, NOW) if offer.block in {"heat", "groups"}} == {21}
    assert count_sources(cafe).n == 21


def test_ten_more_people_move_the_figures(cafe):
    do(cafe, "release", block="heat")
    do(cafe, "withdraw", block="heat", now=NOW + HOUR)
    fill_hall(cafe, (1, 2, 3, 4, 5) * 2)
    do(cafe, "release", block="heat", now=NOW + 2 * HOUR)

    assert shown(cafe, "heat")["n"] == 26


def test_top_three_shows_points_and_how_many_chose(cafe):
    keys = list(cafe.measures.order_by("pk").values_list("key", flat=True))
    for number, person in enumerate(join_all(cafe, ["AT32"] * 10)):
        TopThree.objects.create(
            cafe=cafe, participant=person, received_at=NOW,
            measures=keys[:1] if number < 5 else keys[1:2],
        )  # fmt: skip

    do(cafe, "release", block="topthree")

    found = shown(cafe, "topthree")
    assert (found["n"], found["points"], found["first"]) == (10, [3, 2, 1], [])
    ids = list(cafe.measures.order_by("pk").values_list("pk", flat=True))
    assert found["rows"] == [{"measure": pk, "points": 15} for pk in ids[:2]]


def test_a_release_stored_with_places_tells_no_places(cafe):
    first, second = cafe.measures.order_by("pk")[:2]
    rows = [
        {"measure": first.pk, "points": 12 * 3 + 2, "places": [12, 1, 0]},
        {"measure": second.pk, "points": 1, "places": [0, 0, 1]},
    ]
    block = {"n": 13, "round": 1, "points": [3, 2, 1], "withheld": False, "rows": rows}
    Release.objects.create(
        cafe=cafe, block="topthree", visible_from=NOW, data={"blocks": {"topthree": block}}
    )

    found = shown(cafe, "topthree")

    assert (found["rows"], found["first"]) == ([], [first.pk, second.pk])


def test_comments_are_those_a_person_chose(cafe):
    people = list(cafe.participants.all())
    measure = cafe.measures.first()
    rows = [
        Comment.objects.create(
            cafe=cafe,
            participant=person,
            measure=measure,
            text=f"Because {n}",
            language="en",
            received_at=NOW,
        )
        for n, person in enumerate(people[:6])
    ]

    with pytest.raises(InputError, match="no_comments"):
        do(cafe, "release", block="comments")
    do(cafe, "release", block="comments", comments=[rows[0].pk, rows[3].pk])

    texts = {item["text"] for item in shown(cafe, "comments")["items"]}
    assert texts == {"Because 0", "Because 3"}


def test_change_waits_for_the_second_results():
    cafe = go(make_open_hall(), Phase.RATING)
    fill_hall(cafe)
    for person in cafe.participants.all():
        for measure in ("fair", "pilot"):
            for criterion in ("effectiveness", "durability"):
                value = 1 + (person.pk + len(measure)) % 5
                rate(person, value, measure=measure, criterion=criterion, round=2)

    go(cafe, Phase.RESULTS)
    with pytest.raises(StateError, match="not_yet"):
        do(cafe, "release", block="change")
    go(cafe, Phase.RESULTS_2)
    do(cafe, "release", block="change")

    assert len(shown(cafe, "change")["criteria"]) == 2


def test_wanted_blocks_only(cafe):
    do(cafe, "release", block="heat")
    do(cafe, "release", block="participation")

    assert list(released_results(cafe, ["heat", "tiers"])["blocks"]) == ["heat"]


def cloud_hall(pairs, alike=()):
    """A hall in which people gave these pairs of answers on two criteria; all ``alike`` on one."""
    cafe = go(make_open_hall(measures=["fair", "pilot"]), Phase.RATING)
    for number, (x, y) in enumerate(pairs):
        person = join(cafe)
        rate(person, x, criterion="effectiveness")
        rate(person, y, criterion="durability")
        if alike:
            rate(person, alike[number], measure="pilot", criterion="effectiveness")
            rate(person, 1 + number % 5, measure="pilot", criterion="durability")
    by_key = {row.criterion.key: row.criterion_id for row in cafe.cafe_criteria.all()}
    cafe.cloud_x_id, cafe.cloud_y_id = by_key["effectiveness"], by_key["durability"]
    cafe.save()
    return cafe


def cloud_of(cafe):
    return build_blocks(cafe)["blocks"]["cloud"]


LINKED = [(1 + number % 5, 5 - number % 5) for number in range(40)]
"""Who knows one answer of a person knows the other."""


def test_cloud_tells_steps_and_nothing_where_a_criterion_tells_nothing():
    cafe = cloud_hall(LINKED, alike=[4] * 40)
    ids = {m.key: m.pk for m in cafe.measures.all()}

    rows = {row["measure"]: row for row in cloud_of(cafe)["rows"]}

    assert rows[ids["fair"]]["n"] == 40
    least = sum(STEPS[step - 1][0] for *_xy, step in rows[ids["fair"]]["cells"])
    assert least <= 40
    assert rows[ids["pilot"]] == {"measure": ids["pilot"], "withheld": True}


def test_cloud_has_more_pairs_than_people_gave():
    cells = next(row for row in cloud_of(cloud_hall(LINKED))["rows"] if "n" in row)["cells"]

    assert set(LINKED) <= {(x, y) for x, y, _step in cells}
    assert len(cells) > len(set(LINKED))


def test_cloud_of_true_pairs_that_was_stored_tells_nothing_any_more():
    cafe = cloud_hall(LINKED)
    data = build_blocks(cafe)
    del data["blocks"]["cloud"]["exchanged"]
    Release.objects.create(cafe=cafe, block="cloud", visible_from=NOW, data=data)

    assert all(row.get("withheld") for row in shown(cafe, "cloud")["rows"])


@pytest.mark.parametrize(
    ("earlier", "later", "allowed"),
    [
        ({"n": 8, "mean": 3.0}, {"n": 8, "mean": 3.0}, True),
        ({"n": 8, "mean": 3.0}, {"n": 8, "mean": 3.1}, False),
        ({"n": 8, "mean": 3.0}, {"n": 17, "mean": 3.1}, False),
        ({"n": 8, "mean": 3.0}, {"n": 18, "mean": 3.1}, True),
        ({"withheld": True}, {"n": 8, "mean": 3.1}, True),
        ({"n": 18}, {"n": 18, "again": 10, "mean": 3.1}, True),
        ({"n": 8}, {"n": 8, "again": None, "mean": 3.1}, False),
        ({"n": 20, "again": None}, {"n": 20, "again": 13, "mean": 3.1}, False),
        ({"n": 20, "again": None}, {"n": 20, "again": 14, "mean": 3.1}, True),
        (
            {"rows": [{"measure": 2, "n": 8, "mean": 1.0}, {"measure": 1, "n": 20}]},
            {"rows": [{"measure": 1, "n": 20}, {"measure": 2, "n": 9, "mean": 1.5}]},
            False,
        ),
    ],
)
def test_figures_follow_others_only_from_afar(earlier, later, allowed):
    assert may_follow(earlier, later) is allowed
