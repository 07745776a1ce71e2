"""Shares outside the room: typed for an AlpCafé, met with the groups that are shown."""

import json

import pytest

from alpclusters.analysis.errors import RecordError, StateError
from alpclusters.analysis.weighting import MarginError, mrp, poststratify
from alpclusters.platform.cafe.domain.margins import margin_columns, read_table
from alpclusters.platform.cafe.domain.running import act, undo
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.storage import from_json, to_json
from tests.factories.evaluation import NOW, make_region
from tests.factories.judging import FOUR, four_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NORTH = ["532"] * 15 + ["421"] * 15
SOUTH = ["233"] * 10 + ["122"] * 10
HEAD = "column,group,share,source,date\n"
HALF = f"{HEAD}region,AT32,50,Census,2021\nregion,ITC4,50,Census,2021\n"


def cafe_of(*, third=""):
    """Thirty people of a region that values the first measure, twenty of one that does not."""
    people = [(row, "AT32") for row in NORTH] + [(row, "ITC4") for row in SOUTH]
    cafe = four_cafe(
        [row for row, _ in people], regions=[region for _, region in people], measures=FOUR[:3]
    )
    for code in ("ITC4", third):
        if code:
            region_of_project(cafe, code)
    return cafe


def region_of_project(cafe, code):
    """Let an AlpCafé of the same project be held in a region."""
    type(cafe).objects.create(
        project=cafe.project,
        region=make_region(code),
        title=code,
        held_on=cafe.held_on,
        code=f"X{code}",
    )


def weighed(cafe, table):
    act(
        cafe,
        "set_margins",
        {"margins": read_table(cafe, table.encode())},
        seen=None,
        by=None,
        now=NOW,
    )
    cafe.refresh_from_db()
    return compute(cafe)


def fair_in(evaluation, weighting):
    fair = next(item.pk for item in evaluation.measures if item.key == "fair")
    return weighting.of(fair)


def test_a_measure_is_weighted_to_the_shares_of_regions_from_published_counts():
    evaluation = weighed(cafe_of(), HALF)
    weighting = evaluation.criteria[0].weighting
    item = fair_in(evaluation, weighting)

    values = [5] * 15 + [4] * 15 + [2] * 10 + [1] * 10
    codes = [0] * 30 + [1] * 20
    assert item.plain == pytest.approx(3.3)
    assert item.raked.value == pytest.approx(poststratify(values, [codes], [[0.5, 0.5]]).value)
    assert item.raked.value == pytest.approx(3.0)
    assert item.modelled.value == pytest.approx(mrp(values, [codes], [[0.5, 0.5]]).value)
    assert (weighting.n, round(weighting.effective_n)) == (50, 48)
    assert [(one.split, one.source, one.date) for one in weighting.margins] == [
        ("region", "Census", "2021")
    ]


def test_a_region_that_is_not_shown_apart_is_named_and_its_share_is_spread():
    table = (
        f"{HEAD}region,AT32,40,Census,2021\nregion,ITC4,40,Census,2021\n"
        "region,CH07,20,Census,2021\n"
    )

    evaluation = weighed(cafe_of(third="CH07"), table)
    weighting = evaluation.criteria[0].weighting

    (joined,) = weighting.margins[0].joined
    assert (joined.key, joined.share) == ("CH07", pytest.approx(0.2))
    assert fair_in(evaluation, weighting).raked.value == pytest.approx(3.0)


def test_fewer_than_forty_answers_are_not_weighted():
    people = [(row, "AT32") for row in NORTH[5:]] + [(row, "ITC4") for row in SOUTH[6:]]
    cafe = four_cafe([row for row, _ in people], regions=[r for _, r in people], measures=FOUR[:3])
    region_of_project(cafe, "ITC4")

    evaluation = weighed(cafe, HALF)
    item = fair_in(evaluation, evaluation.criteria[0].weighting)

    assert (item.raked, item.modelled, item.reasons) == (None, None, ("too_few",))


def test_weighted_figures_survive_json():
    data = json.loads(json.dumps(to_json(weighed(cafe_of(), HALF))))

    assert to_json(from_json(data)) == data
    assert data["criteria"][0]["weighting"]["margins"][0]["source"] == "Census"


def test_shares_that_are_set_can_be_undone_and_taken_back():
    cafe = cafe_of()
    margins = read_table(cafe, HALF.encode())
    entry = act(cafe, "set_margins", {"margins": margins}, seen=None, by=None, now=NOW)
    cafe.refresh_from_db()
    assert cafe.margins == margins

    undo(cafe, entry, by=None, now=NOW)
    cafe.refresh_from_db()
    assert cafe.margins == {}

    act(cafe, "set_margins", {"margins": margins}, seen=None, by=None, now=NOW)
    act(cafe, "set_margins", {"margins": {"region": None}}, seen=None, by=None, now=NOW)
    cafe.refresh_from_db()
    assert cafe.margins == {}
    assert [one.command for one in cafe.entries.all()][-2:] == ["set_margins", "set_margins"]


def test_groups_are_found_by_key_and_by_name_in_any_language():
    cafe = cafe_of()
    (_, role) = margin_columns(cafe, "sl")
    key, name = role.groups[0]
    other = role.groups[1][0]

    found = read_table(
        cafe, f"{HEAD}vloga,{name.upper()},30,Vir,2024\nvloga,{other},70,Vir,2024\n".encode()
    )

    assert found == {"role": {"shares": {key: 0.3, other: 0.7}, "source": "Vir", "date": "2024"}}


@pytest.mark.parametrize(
    ("table", "error", "code"),
    [
        (f"{HEAD}colour,red,100,Census,2021\n", RecordError, "margins.unknown_column"),
        (f"{HEAD}region,Atlantis,100,Census,2021\n", RecordError, "margins.unknown_group"),
        (f"{HEAD}region,AT32,60,Census,2021\n", MarginError, "margins.not_shares"),
        (f"{HEAD}region,AT32,100,Census,soon\n", RecordError, "margins.not_a_date"),
    ],
)
def test_a_table_that_does_not_fit_is_refused_with_a_reason(table, error, code):
    with pytest.raises(error) as caught:
        read_table(cafe_of(), table.encode())

    assert caught.value.code == code


def test_the_command_takes_no_other_column():
    with pytest.raises(StateError):
        act(cafe_of(), "set_margins", {"margins": {"level": {}}}, seen=None, by=None, now=NOW)


def test_a_weighted_figure_is_rounded_as_numbers_are_written_everywhere():
    weighting = compute(cafe_of()).criteria[0].weighting

    assert [weighting.rounded(value) for value in (4.25, 4.35, 4.249, None)] == [
        4.3,
        4.4,
        4.2,
        None,
    ]


def test_shares_of_which_most_belong_to_nobody_here_are_not_used():
    table = (
        f"{HEAD}region,AT32,20,Census,2021\nregion,ITC4,20,Census,2021\n"
        "region,CH07,60,Census,2021\n"
    )

    evaluation = weighed(cafe_of(third="CH07"), table)
    item = fair_in(evaluation, evaluation.criteria[0].weighting)

    assert (item.raked, item.modelled, item.reasons) == (None, None, ("small_group",))
