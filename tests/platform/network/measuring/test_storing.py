"""Networks measured and stored: what counts, what changed, what is kept."""

from datetime import date

import pytest

from alpclusters.platform.network.domain.measuring import stored
from alpclusters.platform.network.domain.measuring.measures import MeasuringCancelledError
from alpclusters.platform.network.domain.measuring.places import Scope
from alpclusters.platform.network.domain.measuring.stored import has_file
from alpclusters.platform.network.domain.measuring.storing import measure_all, measure_network
from alpclusters.platform.network.models import Link, NetworkSnapshot
from tests.factories.networks import (
    make_bodies,
    make_project_of,
    make_three_regions,
    tie,
    weave,
)

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LINKS = Scope("links")


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "alpclusters.platform.network.domain.measuring.stored.folder", lambda: tmp_path
    )


def current(grouping: str = "country", **more) -> NetworkSnapshot:
    return NetworkSnapshot.objects.current().get(grouping=grouping, **more)


def window(name: str, grouping: str = "country") -> dict:
    found = {one["name"]: one for one in current(grouping).data["windows"]}
    return found[name]


def tie_three_regions() -> dict:
    """Trentino stands between Tirol and Slovenia; two ties skip it."""
    bodies = make_three_regions()
    weave(bodies["AT33"], bodies["ITH2"], 12)
    weave(bodies["ITH2"], bodies["SI04"], 12)
    tie(bodies["AT33"][0], bodies["SI04"][0])
    tie(bodies["AT33"][0], bodies["AT33"][1])
    return bodies


def test_one_snapshot_for_each_grouping_and_nothing_for_empty_networks():
    tie_three_regions()

    outcomes = measure_all()

    assert [(o.scope, o.is_new) for o in outcomes if o.is_new] == [(LINKS, True)]
    assert sorted(NetworkSnapshot.objects.values_list("basis", "grouping")) == [
        ("links", "country"),
        ("links", "nuts2"),
    ]


def test_share_and_matrix_are_counted_by_hand():
    tie_three_regions()
    measure_network(LINKS)

    record = window("all")

    assert record["share"]["value"] == pytest.approx(25 / 26)
    assert record["matrix"]["groups"] == ["AT", "IT", "SI"]
    # Upper half row by row: AT-AT, AT-IT, AT-SI, IT-IT, IT-SI, SI-SI.
    assert record["matrix"]["n_ties"] == [1, 12, 1, 0, 12, 0]
    assert record["stamp"]["n_ties"] == 26
    assert record["stamp"]["group"] == "country"
    assert window("all", "nuts2")["stamp"]["group"] == "nuts2 2021"


def test_a_link_counts_in_the_period_in_which_it_began():
    one, two, three = make_bodies("AT33", 3)
    tie(one, two, started_on=date(2020, 12, 31))
    tie(two, three, started_on=date(2021, 1, 1))
    tie(one, three, started_on=None)

    measure_network(LINKS)

    names = [one["name"] for one in current().data["windows"]]
    assert names == ["2014-2020", "2021-2027", "all"]
    assert [window(name)["stamp"]["n_ties"] for name in names] == [1, 1, 3]


def test_projects_weigh_by_their_size():
    tirol, trento = make_bodies("AT33", 3), make_bodies("ITH2", 3)
    make_project_of([tirol[0], trento[0]])
    make_project_of([*tirol, *trento])

    measure_network(Scope("projects"))
    record = window("all")

    assert record["stamp"]["weights"] == "binary"
    assert record["stamp"]["n_ties"] == 15
    assert record["value_stamp"]["weights"] == "fractional"
    # 1/(2 - 1) of the pair, and nine pairs of 1/(6 - 1) across the border.
    assert record["matrix"]["observed"][1] == pytest.approx(1 + 9 / 5)
    assert record["whole"]["cores"]["is_one_project"] is True


def test_nothing_changed_nothing_computed():
    tie_three_regions()
    first = measure_network(LINKS)
    before = current().pk

    again = measure_network(LINKS)

    assert (first.is_new, again.is_new) == (True, False)
    assert current().pk == before


def test_a_lost_file_is_made_again():
    tie_three_regions()
    measure_network(LINKS)
    name = current().file
    assert has_file(name)
    next(path for path in _files() if path.name == name).unlink()

    assert measure_network(LINKS).is_new
    assert has_file(current().file)


def _files():
    return list(stored.folder().glob("*"))


@pytest.mark.slow
def test_a_new_link_makes_a_new_snapshot_and_the_old_file_goes():
    bodies = tie_three_regions()
    measure_network(LINKS)
    for number in range(4):
        tie(bodies["AT33"][2], bodies["SI04"][1 + number])
        measure_network(LINKS)

    assert NetworkSnapshot.objects.filter(grouping="country").count() == 3
    assert NetworkSnapshot.objects.current().count() == 2
    kept = set(NetworkSnapshot.objects.values_list("file", flat=True))
    assert {path.name for path in _files() if path.suffix == ".npz"} == kept


def test_without_links_nothing_is_current():
    tie_three_regions()
    measure_network(LINKS)
    Link.objects.all().delete()

    measure_network(LINKS)

    assert not NetworkSnapshot.objects.current().exists()


def test_cancelled_nothing_is_stored():
    tie_three_regions()

    with pytest.raises(MeasuringCancelledError):
        measure_network(LINKS, cancelled=lambda: True)

    assert not NetworkSnapshot.objects.exists()


def test_progress_only_grows_and_ends_at_its_total():
    tie_three_regions()
    told = []

    measure_network(LINKS, progress=lambda done, total: told.append((done, total)))

    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_missing_pair_is_named_with_who_could_bridge_it():
    bodies = {code: make_bodies(code, 8) for code in ("AT33", "ITH2", "SI04", "DE21")}
    for one, two in (("AT33", "ITH2"), ("ITH2", "SI04"), ("SI04", "DE21"), ("DE21", "AT33")):
        weave(bodies[one], bodies[two], 40)
    weave(bodies["ITH2"], bodies["DE21"], 40)
    tie(bodies["AT33"][0], bodies["SI04"][0])

    measure_network(LINKS)
    missing = window("all")["missing"]["pairs"]

    # The largest shortfall comes first.
    assert (missing[0]["first"], missing[0]["second"]) == ("AT", "SI")
    assert missing[0]["interval"]["high"] < 1
    assert 1 <= len(missing[0]["bridges"]) <= 5
    between = {body.pk for code in ("ITH2", "DE21", "AT33", "SI04") for body in bodies[code]}
    assert {bridge["node"] for bridge in missing[0]["bridges"]} <= between


def test_the_same_ties_give_the_same_record():
    tie_three_regions()
    measure_network(LINKS)
    first = current().data

    measure_network(LINKS, anew=True)

    assert current().data == first
