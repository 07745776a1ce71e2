import json

import numpy as np
import pytest

from alpclusters.analysis.disclosure import deal_answers
from alpclusters.analysis.ranking import rank_measures
from alpclusters.platform.evaluation.domain.computing import compute
from alpclusters.platform.evaluation.domain.opinion_results import Place
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe, evaluation_of
from alpclusters.platform.evaluation.domain.storage import digest_of, from_json, to_json
from tests.factories.evaluation import NOW, VARIED, fill, join, make_cafe, make_measure, rate
from tests.factories.judging import EIGHT, FOUR, GOLDEN, along_a_line, four_cafe, two_camps

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def judged(cafe):
    return evaluation_of(evaluate_cafe(cafe, made_by=None, now=NOW))


def by_key(evaluation, key):
    return next(item.pk for item in evaluation.measures if item.key == key)


def test_cafe_has_the_tiers_of_the_method_and_its_estimates_to_one_decimal():
    # As whoever has the published counts may compute it: 6 is "cannot judge", nobody left one out.
    counts = np.array([[6 if sign == "." else int(sign) for sign in row] for row in GOLDEN])
    rows = [
        (np.nan if value == 6 else float(value), person, place)
        for person, row in enumerate(deal_answers(counts, np.zeros_like(counts)).tolist())
        for place, value in enumerate(row)
    ]
    expected = rank_measures(*(list(column) for column in zip(*rows, strict=True)), scale=(1, 5))

    evaluation = judged(four_cafe())
    ranking = evaluation.criteria[0].ranking

    names = [evaluation.measure(m).key for tier in ranking.tiers for m in tier.measures]
    assert names == ["fair", "pilot", "label", "visit"]
    assert [len(tier.measures) for tier in ranking.tiers] == [
        len(tier.measures) for tier in expected.tiers
    ]
    for place, key in enumerate(FOUR):
        found, wanted = ranking.of(by_key(evaluation, key)), expected.measures[place]
        assert found.estimate == round(wanted.shown, 1)
        assert (found.low, found.high) == (
            round(wanted.interval.low, 1),
            round(wanted.interval.high, 1),
        )
        assert (found.rank_low, found.rank_high) == wanted.rank_interval
        assert found.n == wanted.n
        assert found.cannot_judge_share == pytest.approx(wanted.cannot_judge_share)
    assert (ranking.status, ranking.conventions.level) == ("ok", 0.9)


def test_first_measure_of_the_small_cafe_is_where_it_was_computed_to_be():
    evaluation = judged(four_cafe())

    fair = evaluation.criteria[0].ranking.of(by_key(evaluation, "fair"))

    assert (fair.n, fair.tier, fair.rank_low) == (20, 1, 1)
    assert fair.low < 4.4 < fair.high
    assert fair.estimate == pytest.approx(4.36, abs=0.05)


def test_agreement_is_stored_per_measure_and_over_all():
    agreement = judged(four_cafe()).criteria[0].agreement

    assert len(agreement.measures) == 4
    assert 0.3 < agreement.alpha < 0.9
    assert agreement.alpha_low <= agreement.alpha <= agreement.alpha_high
    assert agreement.w is None  # some could not judge one measure
    assert "incomplete_rankings" in agreement.reasons


def test_complete_ratings_have_kendalls_w():
    agreement = (
        judged(four_cafe(["5432", "4321", "5431", "4332", "5421"] * 3)).criteria[0].agreement
    )

    assert 0.9 < agreement.w <= 1


def test_same_ratings_give_the_same_record_when_computed_again():
    cafe = two_camps(45, regions=("AT32", "ITC4"))

    first, second = (digest_of(to_json(compute(cafe))) for _ in range(2))

    assert first == second


def test_records_of_the_methods_survive_json():
    data = json.loads(json.dumps(to_json(compute(two_camps(45, regions=("AT32", "ITC4"))))))

    assert to_json(from_json(data)) == data
    assert data["opinion"]["groups"]
    assert data["combined"]["sensitivity"]
    assert data["criteria"][0]["regional"]["cells"]


def test_snapshot_of_the_first_format_is_still_read():
    data = to_json(compute(four_cafe()))
    del data["combined"], data["opinion"]
    for record in data["criteria"]:
        del record["ranking"], record["regional"], record["agreement"]

    evaluation = from_json({**data, "format": 1})

    assert evaluation.criteria[0].ranking is None
    assert evaluation.criteria[0].description.measures[0].summary.n == 20


def test_opinion_groups_stored_with_numbers_of_people_are_read_as_shares():
    data = to_json(compute(two_camps(30, regions=("AT32", "ITC4"))))
    for group in data["opinion"]["groups"]:
        for one in group["statements"]:
            del one["share"]
            one |= {"k": 11, "n": 15}

    evaluation = from_json({**data, "format": 3})

    shares = {s.share for group in evaluation.opinion.groups for s in group.statements}
    assert shares == {0.7}


def test_places_of_few_that_were_stored_are_read_as_one_place_of_the_group():
    data = to_json(compute(two_camps(60)))
    group = data["opinion"]["groups"][0]
    group["places"] = [{"x": 0.5, "y": 0.0, "n": 5}, {"x": -0.4, "y": 0.9, "n": 10}]

    evaluation = from_json(data)

    assert evaluation.opinion.groups[0].places == (Place(-0.1, 0.6, 15),)


def test_too_few_measures_are_told_as_a_reason():
    cafe = make_cafe()
    fill(cafe, {"AT32": VARIED})

    ranking = judged(cafe).criteria[0].ranking

    assert (ranking.status, ranking.is_usable) == ("undefined", False)
    assert "too_few" in ranking.reasons


# --- criteria together --------------------------------------------------------------------


def test_criteria_are_combined_with_stated_equal_weights():
    combined = judged(four_cafe(criteria=("effectiveness", "durability"))).combined

    assert combined.weights == (("effectiveness", 0.5), ("durability", 0.5))
    assert all(0 <= item.estimate <= 1 for item in combined.ranking.measures)
    assert combined.ranking.measures[0].n == 20
    assert sum(line.ranks[0] for line in combined.sensitivity) == pytest.approx(1, abs=0.1)


def test_one_criterion_is_not_combined():
    assert judged(four_cafe()).combined is None


# --- what is withheld ---------------------------------------------------------------------


def secret_cafe():
    """Build an AlpCafé in which three people rated a fifth measure on both criteria."""
    measures, criteria = (*FOUR, "secret"), ("effectiveness", "durability")
    rows = [f"{row}{sign}" for row, sign in zip(GOLDEN, f"{'112':20}", strict=True)]
    return four_cafe(rows, measures=measures, criteria=criteria)


def test_measure_of_three_people_is_in_no_method():
    data = to_json(compute(secret_cafe()))
    secret = make_measure("secret").pk

    parts = [data["combined"], data["opinion"]]
    parts += [
        criterion[name]
        for criterion in data["criteria"]
        for name in ("ranking", "regional", "agreement")
    ]

    found = [part for part in parts if f'"measure": {secret}' in json.dumps(part)]
    assert found == []
    assert secret not in {m for t in data["combined"]["ranking"]["tiers"] for m in t["measures"]}


def test_estimates_are_those_without_the_withheld_measure():
    without = four_cafe(criteria=("effectiveness", "durability"))

    first = [item.estimate for item in judged(secret_cafe()).criteria[0].ranking.measures]
    second = [item.estimate for item in judged(without).criteria[0].ranking.measures]

    assert first == second


def test_withheld_region_is_not_told_apart_by_the_model():
    rows = [*GOLDEN, *GOLDEN, "1115", "1215", "2115"]
    open_regions = ["AT32"] * 20 + ["ITC4"] * 20
    one = four_cafe(rows, regions=[*open_regions, "CH07", "CH07", "CH07"])
    other = four_cafe(rows, regions=[*open_regions, "", "", ""])

    first, second = judged(one).criteria[0], judged(other).criteria[0]

    assert (first.regional, second.regional) == (None, None)
    assert [item.estimate for item in first.ranking.measures] == [
        item.estimate for item in second.ranking.measures
    ]


def test_regions_are_valued_where_nothing_is_withheld():
    regional = judged(four_cafe([*GOLDEN, *GOLDEN], regions=("AT32", "ITC4"))).criteria[0].regional

    assert regional.regions == ("AT32", "ITC4")
    assert len(regional.cells) == 8
    assert all(cell.n >= 5 and 1 <= cell.low <= cell.value <= cell.high for cell in regional.cells)


def test_regional_values_belong_to_their_measures():
    evaluation = judged(four_cafe([*GOLDEN, *GOLDEN], regions=("AT32", "ITC4")))
    result = evaluation.criteria[0]

    for region in result.regional.regions:
        values = {key: result.regional.at(by_key(evaluation, key), region).value for key in FOUR}
        assert sorted(values, key=values.get, reverse=True) == list(FOUR)
        assert values["fair"] == pytest.approx(
            result.ranking.of(by_key(evaluation, "fair")).estimate, abs=0.5
        )


def test_four_people_give_nothing_to_any_method():
    evaluation = judged(four_cafe(GOLDEN[:4]))

    assert evaluation.criteria[0].ranking.measures == ()
    assert evaluation.criteria[0].agreement.measures == ()
    assert (evaluation.combined, evaluation.opinion) == (None, None)


# --- opinion groups -----------------------------------------------------------------------


def test_camps_are_found_from_forty_people_on():
    opinion = judged(two_camps(60)).opinion

    sizes = [group.n for group in opinion.groups]
    assert opinion.verdict == "camps"
    assert (opinion.kind, opinion.groups[0].key, sum(sizes)) == ("found", "A", 60)
    assert sizes == sorted(sizes, reverse=True)
    assert (opinion.stability.resamples, opinion.conventions.seed) == (50, 0)


def test_no_group_and_no_place_on_the_map_has_fewer_than_ten_people():
    for cafe in (two_camps(60), two_camps(30, regions=("AT32", "ITC4"))):
        groups = judged(cafe).opinion.groups

        assert groups
        assert all(group.n >= 10 for group in groups)
        places = [place for group in groups for place in group.places]
        assert all(place.n >= 10 for place in places)
        assert all(round(at * 10) == at * 10 for place in places for at in (place.x, place.y))


def test_statements_of_a_group_tell_a_share_in_tenths_and_no_number_of_people():
    for cafe in (two_camps(60), two_camps(30, regions=("AT32", "ITC4"))):
        statements = [one for group in judged(cafe).opinion.groups for one in group.statements]

        assert statements
        assert all(round(one.share * 10) == pytest.approx(one.share * 10) for one in statements)


def test_along_a_line_there_is_one_cloud_and_no_group():
    opinion = judged(along_a_line()).opinion

    assert opinion.verdict == "gradient"
    assert (opinion.groups, opinion.shared, opinion.stability) == ((), (), None)
    assert sum(place.n for place in opinion.cloud) == opinion.n_people == 240
    assert all(place.n >= 10 for place in opinion.cloud)
    assert all(round(at * 10) == at * 10 for place in opinion.cloud for at in (place.x, place.y))
    assert max(abs(at) for place in opinion.cloud for at in (place.x, place.y)) == 1


def test_verdict_is_stored_with_its_figures_and_what_lies_at_the_ends():
    evaluation = judged(along_a_line())
    figures = evaluation.opinion.structure

    assert (figures.n_people, figures.n_items, figures.camp_draws) == (240, 16, 19)
    assert figures.depth <= figures.deepest
    assert figures.axis_share == pytest.approx(0.5, abs=0.15)
    right, left = (
        {evaluation.measure(measure).key for _criterion, measure in end}
        for end in (figures.rising, figures.falling)
    )
    # Every other measure is rated higher the farther somebody is to one side.
    one, other = set(EIGHT[::2]), set(EIGHT[1::2])
    assert (right <= one and left <= other) or (right <= other and left <= one)
    assert not figures.is_strictness


def test_declared_groups_lie_in_the_cloud_where_there_are_no_camps():
    opinion = judged(along_a_line(regions=("AT32", "ITC4"))).opinion

    assert opinion.verdict in {"gradient", "too_few"}
    assert (opinion.kind, opinion.split, len(opinion.groups)) == ("declared", "region", 2)
    assert sum(place.n for place in opinion.cloud) == 240


def test_opinions_stored_before_the_verdict_keep_their_groups_and_are_known_as_such():
    data = to_json(compute(two_camps(60)))
    new = from_json(data).opinion
    for name in ("verdict", "structure", "cloud"):
        del data["opinion"][name]

    old = from_json(data).opinion

    assert (old.groups, old.verdict, old.cloud) == (new.groups, None, ())
    assert (old.is_unjudged, new.is_unjudged) == (True, False)


def test_below_forty_people_groups_are_those_people_named_and_have_one_place():
    opinion = judged(two_camps(30, regions=("AT32", "ITC4"))).opinion

    assert (opinion.kind, opinion.split) == ("declared", "region")
    assert {group.key: len(group.places) for group in opinion.groups} == {"AT32": 1, "ITC4": 1}
    assert opinion.stability is None


def test_regions_of_three_people_are_in_the_group_of_all_others():
    regions = ["AT32"] * 12 + ["ITC4"] * 12 + ["CH07"] * 3 + ["DE1"] * 3

    opinion = judged(two_camps(30, regions=regions)).opinion

    assert "CH07" not in {group.key for group in opinion.groups}
    assert all(group.n >= 10 for group in opinion.groups)


def test_record_names_no_participant():
    cafe = two_camps(45)
    text = json.dumps(to_json(compute(cafe))["opinion"])

    assert "participant" not in text
    assert "region" not in text


def test_person_who_answered_little_does_not_follow_from_the_groups():
    cafe = two_camps(60)
    rate(join(cafe, region="AT32"), 3, measure="fair")
    fair = make_measure("fair").pk

    opinion = judged(cafe).opinion

    told = [(item.measure, item.criterion) for group in opinion.groups for item in group.statements]
    assert (fair, cafe.cafe_criteria.first().criterion_id) not in told
    assert told
