import csv
import io
import json
import zipfile
from collections import Counter

import pytest

from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.models import Block, Card, Release, Support
from alpclusters.platform.evaluation.domain.open_data import (
    is_released,
    open_data_files,
    open_data_zip,
)
from alpclusters.platform.evaluation.domain.protocols import approve
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe, evaluation_of
from alpclusters.platform.partnership.models import Project
from tests.factories.cafe import NOW
from tests.factories.evaluation import fill, make_cafe, make_project
from tests.factories.protocols import make_held_cafe

pytestmark = [pytest.mark.integration, pytest.mark.django_db]
FIVE = (1, 2, 3, 4, 5)


def released(cafe):
    release_snapshot(evaluate_cafe(cafe, made_by=None, now=NOW), now=NOW)
    return cafe


def rows_of(files, name):
    return list(csv.DictReader(io.StringIO(files[name].decode())))


def evaluated_answers(cafe):
    evaluation = evaluation_of(cafe.snapshots.get())
    return evaluation.n_ratings + evaluation.n_cannot_judge


def test_nothing_leaves_before_a_release():
    cafe = make_held_cafe()

    assert not is_released(cafe)
    with pytest.raises(StateError, match=r"cafe\.not_released"):
        open_data_files(cafe)


def test_an_evaluation_that_is_made_and_not_released_opens_no_data():
    cafe = make_held_cafe()
    evaluate_cafe(cafe, made_by=None, now=NOW)

    assert not is_released(cafe)
    with pytest.raises(StateError, match=r"cafe\.not_released"):
        open_data_files(cafe)


def test_files_have_their_names_and_the_licence_is_stated():
    cafe = released(make_held_cafe())

    with zipfile.ZipFile(io.BytesIO(open_data_zip(cafe))) as archive:
        names = archive.namelist()
        licence = archive.read("LICENSE").decode()

    assert names == [
        "LICENSE", "README", "answers.csv", "cards.csv", "codebook.csv", "event.json",
        "insights.csv", "seats.csv",
    ]  # fmt: skip
    assert "CC BY 4.0" in licence
    assert "[sl]" in licence


def show_in_the_hall(cafe):
    data = {"names": {}, "blocks": {"tiers": {"n": 24}}}
    Release.objects.create(cafe=cafe, block=Block.TIERS, visible_from=NOW, data=data)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_block_shown_in_the_hall_opens_no_data(state):
    cafe = make_held_cafe()
    cafe.state = state
    cafe.save()
    show_in_the_hall(cafe)

    assert not is_released(cafe)
    with pytest.raises(StateError, match=r"cafe\.not_released"):
        open_data_files(cafe)


def test_released_evaluation_brings_what_was_shown_in_the_hall():
    cafe = released(make_held_cafe())
    show_in_the_hall(cafe)

    shown = json.loads(open_data_files(cafe)["event.json"])["released"]

    assert shown["blocks"]["tiers"]["n"] == 24


def test_approved_protocol_of_questions_releases_cards():
    cafe = make_held_cafe()
    cafe.ratings.all().delete()
    approve(cafe, None, NOW)

    assert is_released(cafe)
    assert "answers.csv" not in open_data_files(cafe)


def test_answers_are_counts_that_add_up_to_the_answers_given():
    cafe = released(make_held_cafe())

    rows = rows_of(open_data_files(cafe), "answers.csv")

    everybody = [row for row in rows if row["split"] == "all"]
    assert sum(int(row["people"]) for row in everybody) == evaluated_answers(cafe)
    assert {row["answer"] for row in everybody} == {"1", "2", "3", "4", "5", "cannot_judge"}


def test_groups_of_a_split_add_up_to_everybody_and_have_ten_people():
    cafe = make_cafe()
    fill(cafe, {"AT32": [*FIVE, *FIVE, 2], "SI04": [*FIVE, *FIVE]})
    released(cafe)

    rows = rows_of(open_data_files(cafe), "answers.csv")

    groups = Counter()
    for row in rows:
        groups[row["split"], row["group"]] += int(row["people"])
    assert groups == {("all", ""): 21, ("region", "AT32"): 11, ("region", "SI04"): 10}


def test_region_of_nine_is_joined_with_the_others():
    cafe = make_cafe()
    fill(cafe, {"AT32": [*FIVE, *FIVE, 2], "SI04": [*FIVE, 2, 3, 4, 2], "ITH4": (2, 3)})
    released(cafe)

    rows = rows_of(open_data_files(cafe), "answers.csv")

    assert {row["group"] for row in rows if row["split"] == "region"} == {"AT32", "other"}


@pytest.mark.parametrize(
    ("values", "told"),
    [
        pytest.param((4, 3, 2, 5), {("", "suppressed")}, id="four people"),
        pytest.param((4,) * 9, {("", "suppressed")}, id="nine of one mind"),
        pytest.param((5, 4, 2, 3, 1, 3), {("1-2", "2"), ("3", "2"), ("4-5", "2")}, id="six people"),
        pytest.param((4,) * 29 + (2,), {("4-5", "90 % or more")}, id="all but one of thirty"),
    ],
)
def test_few_and_those_of_one_mind_are_told_coarsely(values, told):
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, {"AT32": [*FIVE, *FIVE, *FIVE]}, measures=("fair",))
    fill(cafe, {"AT32": values}, measures=("pilot",))
    released(cafe)

    rows = rows_of(open_data_files(cafe), "answers.csv")

    assert {
        (r["answer"], r["people"]) for r in rows if r["measure"] == "pilot" and r["split"] == "all"
    } == told


def test_no_file_has_a_key_that_two_questions_share():
    """A person that could be followed from one question to the next would be found."""
    cafe = released(make_held_cafe(people=40))

    files = open_data_files(cafe)

    people = {"person", "participant", "row", "rater", "respondent", "guest"}
    for name in (name for name in files if name.endswith(".csv")):
        assert not people & set(next(csv.reader(io.StringIO(files[name].decode()))))
    answers = rows_of(files, "answers.csv")
    keys = [tuple(row[k] for k in row if k not in {"people", "simulated"}) for row in answers]
    assert len(set(keys)) == len(keys)


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
        "insights", "about_person", "simulated",
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
    for name in ("cards.csv", "insights.csv", "answers.csv", "seats.csv"):
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
