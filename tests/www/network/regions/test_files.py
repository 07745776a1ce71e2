"""Files of the network: valid, complete, attributed; names and small cells as on the pages."""

import csv
import io
import json
import xml.etree.ElementTree as ET

import networkx as nx
import pytest
from django.test import Client

from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.storing import measure_network
from alpclusters.platform.network.models import Link
from alpclusters.www.components.parts import IN_FILES, IN_NETWORK_FILES
from tests.factories.networks import make_bodies, tie, weave

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture(scope="module")
def bodies(once, measured_in_one_folder):  # noqa: ARG001 - to write, and where
    """Three regions; half of the bodies are listed, Liechtenstein is small and unlisted."""
    found = {code: make_bodies(code, 6) for code in ("AT33", "ITH2", "SI04")}
    for row in found.values():
        for body in row[3:]:
            type(body).objects.filter(pk=body.pk).update(is_listed=False)
    weave(found["AT33"], found["ITH2"], 20)
    weave(found["ITH2"], found["SI04"], 20)
    weave(found["SI04"], found["AT33"], 20)
    found["LI00"] = make_bodies("LI00", 2, is_listed=False)
    tie(found["LI00"][0], found["AT33"][0])
    tie(found["LI00"][1], found["LI00"][0])
    measure_network(Scope("links"))
    return found


def file(path: str) -> bytes:
    answer = Client().get(f"/en/network/{path}")
    assert answer.status_code == 200, path
    assert "attachment" in answer.headers["Content-Disposition"]
    return b"".join(answer.streaming_content)


def rows(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file(path).decode("utf-8-sig"))))


def test_graphml_is_read_by_networkx_and_complete(bodies):
    graph = nx.read_graphml(io.BytesIO(file("export/network.graphml")))

    assert graph.number_of_edges() == Link.objects.count()
    names = {data.get("name") for _node, data in graph.nodes(data=True)}
    assert {body.name for body in bodies["AT33"][:3]} <= names
    assert not {body.name for row in bodies.values() for body in row[3:]} & names
    assert set(nx.get_edge_attributes(graph, "since").values()) == {2022}


def test_those_not_listed_keep_their_region_but_not_where_it_is_small(bodies):
    nodes = json.loads(file("export/network.json"))["nodes"]

    unnamed = [node for node in nodes if not node["name"]]
    assert {node["region"] for node in unnamed} == {"AT", "IT", "SI", ""}
    assert all(not node["url"] for node in unnamed)
    assert bodies


def test_every_file_of_data_says_what_it_is(bodies):
    for name in ("network", "matrix", "roles", "overview", "change"):
        about = json.loads(file(f"export/{name}.json"))["about"]

        assert about["simulated"] is False
        assert about["stamp"]["weights"] == "binary"
        assert "CC BY 4.0" in about["licence"]
        assert about["page"].startswith("http://")
    assert bodies


def test_matrix_withholds_small_cells(bodies):
    found = {(row["first"], row["second"]): row for row in rows("export/matrix.csv")}

    assert found["AT", "LI"]["withheld"] == "yes"
    assert found["AT", "LI"]["ties"] == ""
    assert found["AT", "IT"]["ties"] == "20"
    assert bodies


@pytest.mark.parametrize("name", ["matrix", "overview", "change"])
def test_drawings_are_svg_without_anything_foreign(bodies, name):
    text = file(f"export/{name}.svg").decode()

    ET.fromstring(text)  # noqa: S314 - made by us
    assert "style=" not in text
    assert "<script" not in text
    assert bodies


def test_nodes_and_ties_fit_one_another(bodies):
    keys = {row["key"] for row in rows("export/nodes.csv")}
    ties = rows("export/ties.csv")

    assert len(ties) == Link.objects.count()
    assert {row["first"] for row in ties} | {row["second"] for row in ties} <= keys
    assert bodies


def test_ties_of_the_network_are_as_many_as_rows_of_the_file_below(bodies):
    ties, *_ = Client().get("/en/network/").context["page"].figures
    n_rows = len(rows("export/ties.csv"))

    assert (ties.key, str(ties.why)) == ("ties", str(IN_FILES))
    assert ties.exact == n_rows == Link.objects.count()
    assert bodies


def test_figures_of_a_pair_are_counts_of_rows_in_the_files_of_the_whole_network(bodies):
    region = {row["key"]: row["region"] for row in rows("export/nodes.csv")}
    ends = [{region[row["first"]], region[row["second"]]} for row in rows("export/ties.csv")]
    page = Client().get("/en/network/pair/AT-IT/").context["page"]
    ties, *_computed, connected = page.figures

    assert ties.exact == ends.count({"AT", "IT"})
    assert connected.value == " + ".join(
        str(list(region.values()).count(code)) for code in ("AT", "IT")
    )
    assert {str(one.why) for one in (ties, connected)} == {str(IN_NETWORK_FILES)}
    assert bodies


def test_files_of_an_organisation(bodies):
    body = bodies["AT33"][0]
    path = f"organisation/{body.pk}/export"
    partners = {link.pk for link in Link.objects.counted().of(body.pk)}

    assert len(rows(f"{path}.csv")) == len(partners)
    graph = nx.read_graphml(io.BytesIO(file(f"{path}.graphml")))
    assert graph.number_of_nodes() == len(partners) + 1
    ET.fromstring(file(f"{path}.svg").decode())  # noqa: S314 - made by us
    assert len(json.loads(file(f"{path}.json"))["partners"]) == len(partners)


def test_files_of_a_pair(bodies):
    found = rows("pair/AT-IT/export.csv")

    assert [row["window"] for row in found] == ["2021-2027", "all"]
    small = json.loads(file("pair/AT-LI/export.json"))
    assert small["windows"][0]["ties"] is None
    assert "tie_the_two" not in small["about"]
    assert bodies


@pytest.mark.parametrize(
    "path",
    [
        "export/network.svg", "export/nothing.csv", "export/matrix.exe", "pair/AT-IT/export.svg",
        "organisation/999999/export.csv",
    ],
)  # fmt: skip
def test_other_kinds_are_not_found(bodies, path):
    assert Client().get(f"/en/network/{path}").status_code == 404
    assert bodies


def test_a_spreadsheet_computes_nothing(bodies):
    type(bodies["AT33"][0]).objects.filter(pk=bodies["AT33"][0].pk).update(name="=1+1")

    names = {row["name"] for row in rows("export/nodes.csv")}

    assert "'=1+1" in names
