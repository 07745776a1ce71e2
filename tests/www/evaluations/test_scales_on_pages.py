"""A criterion of seven steps and one of yes and no, from answers to page, documents and files."""

import csv
import io
import json
import random
import re
from datetime import timedelta

import pytest
from django.urls import reverse

from alpclusters.analysis.scales import Kind
from alpclusters.platform.cafe.domain.criteria import create_criterion, scale_with, steps_of_kind
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.result_blocks import build_blocks
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.www.cafe.result_figures import result_pages
from tests.factories.evaluation import NOW, join_all, make_cafe, rate_all

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

MEASURES = ("fair", "visit", "award")
SEVEN = [f"reach {step}" for step in range(1, 8)]


def make_criteria(cafe):
    """Put a criterion of seven steps and one of yes and no on the sheet."""
    words = {code: [f"{word} {code}" for word in SEVEN] for code in LANGUAGE_CODES}
    made = [
        create_criterion(
            dict.fromkeys(LANGUAGE_CODES, name),
            dict.fromkeys(LANGUAGE_CODES, f"{name}?"),
            scale_with(kind, steps_of_kind(kind, 1, 7), said),
        )
        for name, kind, said in (("Reach", Kind.ORDERED, words), ("Join", Kind.YES_NO, {}))
    ]
    for order, criterion in enumerate(made, start=1):
        cafe.cafe_criteria.create(criterion=criterion, order=order)
    cafe.cloud_x, cafe.cloud_y = made
    cafe.save()
    return made


@pytest.fixture
def cafe():
    cafe = make_cafe(measures=MEASURES)
    make_criteria(cafe)
    chance = random.Random(7)  # noqa: S311 - invented answers
    answers = []
    for person in join_all(cafe, ["AT32"] * 15 + ["SI04"] * 15):
        for place, measure in enumerate(MEASURES):
            reach = min(7, max(1, round(chance.gauss(5.5 - place, 1.2))))
            answers += [
                (person, min(5, reach), measure, "effectiveness"),
                (person, reach, measure, "reach"),
                (person, int(chance.random() < 0.8 - 0.2 * place), measure, "join"),
            ]
    rate_all(answers)
    return cafe


@pytest.fixture
def snapshot(cafe):
    found = evaluate_cafe(cafe, made_by=None, now=NOW)
    release_snapshot(found, now=NOW + timedelta(minutes=1))
    return found


def file_of(client, snapshot, kind, language="en"):
    url = reverse("public:evaluation_file", args=[snapshot.pk, kind])
    return client.get(url.replace("/en/", f"/{language}/", 1))


def test_means_lie_on_their_own_scale_and_answers_have_a_column_each(client, snapshot) -> None:
    table = file_of(client, snapshot, "csv").content.decode("utf-8-sig")
    rows = [row for row in csv.DictReader(io.StringIO(table)) if not row["split"]]

    reach = [row for row in rows if row["criterion"] == "reach" and row["mean"]]
    join = [row for row in rows if row["criterion"] == "join" and row["mean"]]
    assert len(reach) == len(join) == len(MEASURES)
    assert max(float(row["mean"]) for row in reach) > 5
    for row in reach:
        counts = {step: int(row[f"answer_{step}"]) for step in range(1, 8)}
        assert row["answer_0"] == ""
        n = sum(counts.values())
        assert float(row["mean"]) == pytest.approx(sum(s * k for s, k in counts.items()) / n)
    for row in join:
        share = int(row["answer_1"]) / (int(row["answer_0"]) + int(row["answer_1"]))
        assert float(row["mean"]) == pytest.approx(share)
        assert float(row["agree_share"]) == pytest.approx(share)
        assert 0 < float(row["agree_interval_low"]) < share < float(row["agree_interval_high"]) < 1


def test_the_record_names_scale_and_threshold_of_each_criterion(client, snapshot) -> None:
    record = json.loads(file_of(client, snapshot, "json").content)

    found = {one["key"]: one for one in record["evaluation"]["criteria"]}
    assert len(found["reach"]["scale"]["steps"]) == 7
    assert found["join"]["scale"]["kind"] == "yes_no"
    assert found["reach"]["weighting"]["threshold"] == 4.75
    assert found["effectiveness"]["weighting"]["threshold"] == 3.5


@pytest.mark.parametrize("criterion", ["reach", "join"])
@pytest.mark.parametrize("language", ["de", "sl"])
def test_the_page_of_each_criterion_shows_its_words(client, snapshot, criterion, language) -> None:
    url = reverse("public:evaluation", args=[snapshot.pk]).replace("/en/", f"/{language}/", 1)

    page = client.get(f"{url}?criterion={criterion}")

    words = {"reach": f"7 reach 7 {language}", "join": {"de": "Ja", "sl": "Da"}[language]}
    assert page.status_code == 200
    assert words[criterion] in page.text


@pytest.mark.parametrize(("criterion", "is_share"), [("reach", False), ("join", True)])
def test_only_means_of_yes_and_no_are_per_cent(client, snapshot, criterion, is_share) -> None:
    url = reverse("public:evaluation", args=[snapshot.pk])

    text = client.get(f"{url}?criterion={criterion}").text

    assert bool(re.search(r"\(\d{2}–\d{2}%\)", text)) is is_share


def test_the_methods_say_what_a_mean_of_yes_and_no_is(client, snapshot) -> None:
    text = client.get(reverse("public:evaluation", args=[snapshot.pk])).text

    assert "1 to 5; 1 to 7; yes or no (a mean is the share of yes)" in text
    assert "0 to 1;" not in text


@pytest.mark.parametrize("kind", ["pdf", "docx"])
def test_documents_are_written(client, snapshot, kind) -> None:
    response = file_of(client, snapshot, kind)

    assert response.status_code == 200
    assert len(response.content) > 10_000


def test_the_big_screen_draws_each_criterion_on_its_own_steps(cafe) -> None:
    found = build_blocks(cafe)

    pages = result_pages({"names": found["names"], "blocks": found["blocks"]}, "sl")

    (cloud, *_rest) = [page for page in pages if page.block == "cloud"]
    assert [column.label for column in cloud.heat.columns[1:]] == [str(n) for n in range(1, 8)]
    assert [row[0] for row in cloud.heat.rows] == ["Da", "Ne"]
    (heat,) = [page.heat for page in pages if page.block == "heat"]
    for row in heat.rows:
        effect, reach, join = (str(cell.text) for cell in row[1:])
        assert re.fullmatch(r"\d,\d", effect)
        assert re.fullmatch(r"\d,\d", reach)
        assert re.fullmatch(r"\d{2}\u00a0%|\d{2}\u202f%", join)
    tiers = {page.title: page.chart for page in pages if page.block == "tiers"}
    assert "reach 7 sl" in tiers["Reach"]
    assert "Ne" in tiers["Join"]
    assert re.search(r"\d{2}.% \(|\d{2}–\d{2}.%", tiers["Join"])
    assert "%" not in tiers["Reach"].replace('%"', "")
