import csv
import io
import json
import zipfile
from collections import Counter, defaultdict

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.open_data import (
    is_released,
    open_data_files,
    open_data_zip,
)
from alpclusters.platform.cafe.domain.open_ratings import open_ratings
from alpclusters.platform.cafe.domain.protocols import approve
from alpclusters.platform.cafe.models import Block, Card, Participant, Rating, Release, Support
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.partnership.models import Project
from tests.factories.cafe import NOW
from tests.factories.evaluation import fill, make_cafe, make_project, make_region
from tests.factories.protocols import make_held_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIVE = (1, 2, 3, 4, 5)


def released(cafe):
    release_snapshot(evaluate_cafe(cafe, made_by=None, now=NOW), now=NOW)
    return cafe


def rows_of(files, name):
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def cells(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.round, row.measure, row.criterion].append(row)
    return found


def test_nothing_leaves_before_a_release():
    cafe = make_held_cafe()

    assert not is_released(cafe)
    with pytest.raises(StateError, match=r"cafe\.not_released"):
        open_data_files(cafe)


def test_files_have_their_names_and_the_licence_is_stated():
    cafe = released(make_held_cafe())

    with zipfile.ZipFile(io.BytesIO(open_data_zip(cafe))) as archive:
        names = archive.namelist()
        licence = archive.read("LICENSE").decode()

    assert names == [
        "LICENSE", "README", "cards.csv", "codebook.csv", "event.json", "insights.csv",
        "ratings.csv", "seats.csv",
    ]  # fmt: skip
    assert "CC BY 4.0" in licence
    assert "[sl]" in licence


def test_a_released_block_brings_cards_but_no_single_ratings():
    cafe = make_held_cafe()
    Release.objects.create(cafe=cafe, block=Block.TIERS, visible_from=NOW, data={
        "names": {}, "blocks": {"tiers": {"n": 24}}})  # fmt: skip

    files = open_data_files(cafe)

    assert "cards.csv" in files
    assert "ratings.csv" not in files
    assert json.loads(files["event.json"])["released"]["blocks"]["tiers"]["n"] == 24


def test_approved_protocol_of_questions_releases_cards():
    cafe = make_held_cafe()
    cafe.ratings.all().delete()
    approve(cafe, None, NOW)

    assert is_released(cafe)
    assert "ratings.csv" not in open_data_files(cafe)


def test_each_standing_answer_is_a_row_and_cannot_judge_is_no_number():
    cafe = released(make_held_cafe())

    rows = rows_of(open_data_files(cafe), "ratings.csv")

    assert len(rows) == cafe.ratings.count()
    told = Counter(row["value"] for row in rows)
    assert set(told) == {"1", "2", "3", "4", "5", "cannot_judge"}
    assert told["cannot_judge"] == cafe.ratings.filter(cannot_judge=True).count()


def test_people_keep_one_number_in_both_rounds_and_the_order_of_joining_is_gone():
    cafe = released(make_held_cafe(people=40))

    rows = open_ratings(cafe, with_regions=False)

    by_person = defaultdict(dict)
    for row in rows:
        by_person[row.row][row.round, row.measure, row.criterion] = row.value
    assert sorted(by_person) == list(range(1, 41))
    first = {
        person: tuple(v for _c, v in sorted(cells.items()) if v)
        for person, cells in by_person.items()
    }
    again = open_ratings(cafe, with_regions=False)
    numbers = {row.row: [] for row in again}
    for row in again:
        numbers[row.row].append(row.value)
    assert [first[n] for n in sorted(first)] != [tuple(numbers[n]) for n in sorted(numbers)]


def test_the_latest_answer_counts_and_one_taken_back_is_none():
    cafe = released(make_held_cafe())
    kept = Rating.objects.filter(cafe=cafe, round=1).order_by("pk").first()
    for key, value in (("a", 1), ("b", None)):
        Rating.objects.create(
            cafe=cafe, participant=kept.participant, measure=kept.measure, key=key,
            criterion=kept.criterion, round=1, value=value, received_at=NOW,
        )  # fmt: skip

    found = cells(open_ratings(cafe, with_regions=False))

    assert len(found[1, kept.measure_id, kept.criterion_id]) == 23


@pytest.mark.parametrize("values", [(4, 3, 2, 5), (4,) * 9])
def test_small_and_unanimous_small_cells_are_one_row_suppressed(values):
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, {"AT32": FIVE}, measures=("fair",))
    fill(cafe, {"AT32": values}, measures=("pilot",))

    rows = open_ratings(cafe, with_regions=True)

    pilot = cafe.measures.get(key="pilot").pk
    assert [(r.row, r.value, r.region) for r in rows if r.measure == pilot] == [
        (None, "suppressed", "")
    ]


def test_region_is_named_only_while_it_and_the_rest_have_five_answers():
    cafe = make_cafe()
    fill(cafe, {"AT32": (*FIVE, 3), "SI04": FIVE, "ITH4": (2, 3)})

    named = Counter(row.region for row in open_ratings(cafe, with_regions=True))

    # Two of ITH4 alone would be the rest: the smaller of the others goes with them.
    assert named == {"AT32": 6, "": 7}


def test_region_that_answered_alike_is_not_named():
    cafe = make_cafe()
    fill(cafe, {"AT32": (4,) * 6, "SI04": FIVE, "FRK2": FIVE})

    named = {row.region for row in open_ratings(cafe, with_regions=True)}

    assert "AT32" not in named


def test_source_is_named_only_while_every_source_has_five():
    cafe = make_cafe()
    fill(cafe, {"AT32": (*FIVE, *FIVE)})
    people = list(Participant.objects.filter(cafe=cafe).order_by("pk"))
    Rating.objects.filter(participant__in=people[:4]).update(source="paper")
    few = {row.source for row in open_ratings(cafe, with_regions=False)}

    Rating.objects.filter(participant=people[4]).update(source="paper")
    enough = {row.source for row in open_ratings(cafe, with_regions=False)}

    assert (few, enough) == ({"suppressed"}, {"paper", "phone"})


@pytest.mark.slow
def test_no_cell_that_can_be_told_apart_has_fewer_than_five():
    cafe = released(make_held_cafe(people=60))
    regions = [make_region(code) for code in ("AT32", "SI04", "ITH4", "FRK2")]
    for number, person in enumerate(cafe.participants.order_by("pk")):
        person.region = regions[min(3, number // 18)]
        person.save()

    rows = open_ratings(cafe, with_regions=True)

    parts = Counter(
        (r.round, r.measure, r.criterion, r.region, r.source) for r in rows if r.row is not None
    )
    assert min(parts.values()) >= 5
    assert len({r.region for r in rows}) > 1


def test_cards_carry_no_name_no_time_and_no_hidden_card():
    cafe = released(make_held_cafe())
    cards = list(cafe.cards.order_by("pk"))
    Card.objects.filter(pk=cards[0].pk).update(author="Ana Canary")
    Card.objects.filter(pk=cards[1].pk).update(state=Card.State.HIDDEN, text="hidden canary")
    Card.objects.filter(pk=cards[2].pk).update(text="=HYPERLINK(1)")

    files = open_data_files(cafe)

    rows = rows_of(files, "cards.csv")
    everything = b"".join(files.values()).decode().casefold()
    assert "canary" not in everything
    assert len(rows) == len(cards) - 1
    assert "'=HYPERLINK(1)" in {row["text"] for row in rows}
    assert list(rows[0]) == [
        "card", "table", "round", "language", "text", "source", "photo", "supporters",
        "insights", "simulated",
    ]  # fmt: skip


def test_fewer_than_five_supporters_of_a_card_are_suppressed():
    cafe = released(make_held_cafe(cards=4))
    people = list(cafe.participants.order_by("pk"))
    cards = list(cafe.cards.order_by("pk"))
    for card, n in zip(cards, (0, 1, 4, 5), strict=True):
        for person in people[:n]:
            Support.objects.create(card=card, participant=person)

    rows = rows_of(open_data_files(cafe), "cards.csv")

    told = {row["card"]: row["supporters"] for row in rows}
    assert [told[card.public_id] for card in cards] == ["0", "suppressed", "suppressed", "5"]


def test_seats_of_small_tables_are_suppressed():
    cafe = released(make_held_cafe(people=24, tables=5))

    seats = rows_of(open_data_files(cafe), "seats.csv")

    assert {row["guests"] for row in seats} <= {"suppressed", "5", "6", "0"}
    assert "4" not in {row["guests"] for row in seats}


def test_codebook_explains_every_column_and_code_in_five_languages():
    cafe = released(make_held_cafe())

    files = open_data_files(cafe)

    book = rows_of(files, "codebook.csv")
    explained = {(row["file"], row["column"]) for row in book}
    for name in ("cards.csv", "insights.csv", "ratings.csv", "seats.csv"):
        columns = next(csv.reader(io.StringIO(files[name].decode())))
        assert [c for c in columns if (name, c) not in explained] == []
    assert all(row[code] for row in book for code in ("de", "en", "fr", "it", "sl"))


def test_simulated_data_say_so_in_every_row():
    project = make_project(kind=Project.Kind.DEMONSTRATION)
    cafe = released(make_held_cafe(project=project))

    files = open_data_files(cafe)

    assert {row["simulated"] for row in rows_of(files, "cards.csv")} == {"simulated"}
    assert json.loads(files["event.json"])["simulated"] is True
    assert "simuliert" in files["README"].decode()
