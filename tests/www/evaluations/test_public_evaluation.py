import csv
import io
import json
import re
import zipfile

import pypdf
import pytest

from tests.factories.evaluation import VARIED, fill, make_cafe, make_snapshot
from tests.factories.rights import FIVE, sign_in

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# The mean 4/3 of three people is the canary; the 4.0 of twelve people is what may be seen.
SECRET = ("1.33", "1,33", "CH07")
GROUPS = {"AT32": [5, 5, 4, 4, 3, 3] * 2, "CH07": [1, 1, 2], "ITC4": [2, 3, 3, 4, 4, 5] * 2}


def address(snapshot, kind="", language="en"):
    return f"/{language}/evaluations/{snapshot.pk}/{kind}"


def secret_snapshot():
    cafe = make_cafe(measures=("fair", "pilot"))
    fill(cafe, GROUPS, measures=("fair", "pilot"))
    return make_snapshot(cafe=cafe, released=True)


def pdf_text(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    return "\n".join(page.extract_text() for page in reader.pages) + str(reader.metadata)


def read_docx(content):
    from docx import Document

    return Document(io.BytesIO(content))


def docx_text(content):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = [name for name in parts.namelist() if name.endswith(".xml")]
        return "\n".join(parts.read(name).decode() for name in names)


def test_page_states_the_finding_and_how_many_people_are_behind_it(client):
    snapshot = make_snapshot(released=True)

    page = client.get(address(snapshot)).content.decode()

    assert page.count("<h1>") == 1
    assert "No measure stands out" in page  # alone it leads nobody
    assert "16 people have rated." in page
    assert "n\u00a0=\u00a016" in page
    assert "3.75" in page
    assert "(3.31–4.19)" in page


def test_page_shows_each_criterion_on_its_own_tab(client):
    cafe = make_cafe(criteria=("effectiveness", "durability"))
    fill(cafe, {"AT32": VARIED}, criteria=("effectiveness",))
    fill(cafe, {"AT32": [1, 1, 1, 2, 2, 2, 1, 2, 1, 1]}, criteria=("durability",))
    snapshot = make_snapshot(cafe=cafe, released=True)

    page = client.get(address(snapshot) + "?criterion=durability").content.decode()

    assert (
        f'href="/en/evaluations/{snapshot.pk}/?criterion=durability#tabs" aria-current="page"'
        in page
    )
    below = page.split('id="tabs"')[1]  # the brief above stays
    assert "1.40" in below
    assert "3.75" not in below


@pytest.mark.parametrize("who", FIVE)
def test_evaluation_that_is_not_released_is_seen_by_its_project_only(client, who):
    snapshot = make_snapshot()

    found = sign_in(client, who, snapshot.cafe).get(address(snapshot)).status_code

    assert found == (200 if who in {"owner", "colleague", "neighbour"} else 404)


def test_small_region_is_nowhere_on_the_page(client):
    page = client.get(address(secret_snapshot())).content.decode()

    assert "Other regions" in page
    assert "4.0" in page
    assert [secret for secret in SECRET if secret in page] == []


def test_small_region_is_in_no_data_file(client):
    snapshot = secret_snapshot()

    table = client.get(address(snapshot, "csv")).content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    record = json.loads(client.get(address(snapshot, "json")).content)

    by_group = {row["group"]: int(row["n"]) for row in rows if row["split"] == "region"}
    assert sorted(by_group.values()) == [12, 15]
    assert "1.33333" not in json.dumps(record)
    assert "CH07" not in json.dumps(record) + table
    assert record["digest"] == snapshot.digest


@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
def test_small_region_is_in_no_document(client, kind):
    content = client.get(address(secret_snapshot(), kind, "de")).content

    text = pdf_text(content) if kind == "pdf" else docx_text(content)
    assert "Pilotaktion" in text
    assert kind == "xlsx" or "4,0" in text or "4.0" in text
    assert [secret for secret in SECRET if secret in text] == []


def test_documents_hold_names_n_and_intervals(client):
    snapshot = make_snapshot(released=True)

    content = client.get(address(snapshot, "docx", "sl")).content

    document = read_docx(content)
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert {"Borza", "3,75", "3,31–4,19", "16"} <= cells


def test_file_is_named_after_kind_project_date_version_and_language(client):
    snapshot = make_snapshot(released=True)

    response = client.get(address(snapshot, "csv", "fr"))

    name = response["Content-Disposition"]
    assert name.startswith('attachment; filename="ac_evaluation_')
    assert re.search(r'_2026-07-01_v1_[0-9a-f]{12}_fr\.csv"$', name)


def test_unknown_kind_of_file_is_not_found(client):
    assert client.get(address(make_snapshot(released=True), "exe")).status_code == 404


def test_same_snapshot_gives_the_same_bytes(client):
    snapshot = make_snapshot(released=True)

    for kind in ("csv", "json", "pdf", "docx", "xlsx"):
        first, second = (client.get(address(snapshot, kind)).content for _ in range(2))
        assert first == second, kind


def test_simulated_project_says_so(client):
    cafe = make_cafe()
    cafe.project.kind = "demonstration"
    cafe.project.save()
    fill(cafe, {"AT32": VARIED})
    snapshot = make_snapshot(cafe=cafe, released=True)

    page = client.get(address(snapshot)).content.decode()
    text = pdf_text(client.get(address(snapshot, "pdf")).content)

    assert "ac-demo" in page
    assert text.count("Example data (simulated)") >= 1


@pytest.mark.parametrize("keys", [("fair",), ("fair", "pilot", "label")])
def test_page_takes_the_same_queries_for_one_and_three_measures(
    client, keys, django_assert_num_queries
):
    snapshot = make_snapshot(released=True, measures=keys)

    with django_assert_num_queries(14):
        client.get(address(snapshot))


def test_how_many_regions_there_were_is_not_told_where_some_are_shown_together(client):
    page = client.get(address(secret_snapshot())).content.decode()

    assert "Other regions" in page
    assert "1 region;" not in page
