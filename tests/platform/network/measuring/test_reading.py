"""Who is tied to whom, as it is read: merges, places, what counts and what does not."""

from datetime import date

import pytest

from alpclusters.platform.network.domain.measuring.places import Places, Scope
from alpclusters.platform.network.domain.measuring.reading import gather
from tests.factories.evidence import make_initiative, make_participation
from tests.factories.networks import make_bodies, make_project_of, region_of, tie
from tests.factories.organisations import make_organisation

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LINKS, PROJECTS = Scope("links"), Scope("projects")


def groups_of(gathered, name: str) -> dict[int, str]:
    grouping = gathered.groupings[name]
    codes = [grouping.codes[place] if place >= 0 else "" for place in grouping.group.tolist()]
    return dict(zip(gathered.nodes.tolist(), codes, strict=True))


def pairs(gathered) -> set[frozenset[int]]:
    ends = gathered.nodes[gathered.first], gathered.nodes[gathered.second]
    return {frozenset(pair) for pair in zip(*(end.tolist() for end in ends), strict=True)}


def test_only_counted_links_are_read():
    one, two, three = make_bodies("AT33", 3)
    tie(one, two)
    tie(one, three, standing="entered")
    tie(two, three, standing="refused")

    assert pairs(gather(LINKS)) == {frozenset({one.pk, two.pk})}


def test_links_from_a_source_count_too():
    one, two = make_bodies("AT33", 2)
    tie(one, two, standing="source", initiative=make_initiative())

    found = gather(LINKS)

    assert pairs(found) == {frozenset({one.pk, two.pk})}
    assert found.project.tolist() == [one.pk and found.project[0]]
    assert found.project[0] > 0


def test_simulated_and_real_links_are_two_networks():
    one, two = make_bodies("AT33", 2)
    other, another = make_bodies("ITH2", 2, is_simulated=True)
    tie(one, two)
    tie(other, another, is_simulated=True)

    assert pairs(gather(LINKS)) == {frozenset({one.pk, two.pk})}
    assert pairs(gather(Scope("links", is_simulated=True))) == {frozenset({other.pk, another.pk})}


def test_a_link_of_a_merged_organisation_is_one_of_where_it_leads():
    one, two, three = make_bodies("AT33", 3)
    tie(one, two)
    type(two).objects.filter(pk=two.pk).update(merged_into=three.pk)

    assert pairs(gather(LINKS)) == {frozenset({one.pk, three.pk})}


def test_all_participants_count_for_the_size_of_a_project():
    bodies = make_bodies("AT33", 2)
    initiative = make_project_of(bodies)
    make_participation(initiative, "Elsewhere Ltd", country="SE")

    found = gather(PROJECTS)

    assert found.size.tolist() == [3]
    assert len(found.nodes) == 3
    assert (found.nodes < 0).sum() == 1


def test_those_who_left_and_lines_of_programmes_are_not_counted():
    one, two = make_bodies("AT33", 2)
    initiative = make_project_of([one])
    make_participation(initiative, organisation=two, has_left=True)
    make_project_of([one, two], kind="programme_line")
    make_project_of([one, two], is_published=False)

    found = gather(PROJECTS)

    assert found.size.tolist() == [1]
    assert found.nodes.tolist() == [one.pk]


def test_a_body_is_one_node_wherever_one_of_its_rows_names_the_organisation():
    one, two = make_bodies("AT33", 2)
    first, second = make_project_of([two]), make_project_of([two])
    make_participation(first, "Same", organisation=one, body_key="pic:1")
    make_participation(second, "Same", body_key="pic:1")

    found = gather(PROJECTS)

    assert set(found.nodes.tolist()) == {one.pk, two.pk}
    assert found.size.tolist() == [2, 2]


def test_a_body_is_one_node_in_two_spellings_and_never_by_one_word_alone():
    first, second = make_project_of([]), make_project_of([])
    names = ["European Academy Bolzano/Bozen", "Innovazione", "Kammer der Wirtschaft Tirol"]
    others = ["European Academy Bolzano", "INNOVAZIONE S.p.A.", "Chamber Wirtschaft Tirol"]
    for initiative, spelled in ((first, names), (second, others)):
        for name in spelled:
            key = f"{initiative.pk} {name}"
            make_participation(initiative, name, body_key=key, country="IT")

    found = gather(PROJECTS)

    # The academy and the chamber are one each; a single word proves nothing.
    assert len(found.nodes) == 4
    assert all(number < 0 for number in found.nodes)


def test_the_seat_decides_and_the_project_fills_gaps():
    seated = make_organisation(country="AT", region=region_of("AT33"))
    placeless = make_organisation(country="IT")
    initiative = make_initiative()
    make_participation(initiative, organisation=seated, country="IT", region=region_of("ITH2"))
    make_participation(initiative, organisation=placeless, country="IT", region=region_of("ITH1"))
    make_participation(initiative, "Only a town", country="SI")

    found = gather(PROJECTS)

    unknown = int(found.nodes[0])
    assert groups_of(found, "country") == {seated.pk: "AT", placeless.pk: "IT", unknown: "SI"}
    assert groups_of(found, "nuts2") == {seated.pk: "AT33", placeless.pk: "ITH1", unknown: ""}


def test_countries_are_written_as_eurostat_does():
    one = make_organisation(country="GR")
    other = make_organisation(country="GB")
    make_project_of([one, other])

    assert set(groups_of(gather(PROJECTS), "country").values()) == {"EL", "UK"}


@pytest.mark.parametrize(
    ("code", "nuts2"), [("AT33", "AT33"), ("AT332", "AT33"), ("AT3", ""), ("AT", "")]
)
def test_regions_are_cut_to_nuts_2_and_coarser_ones_are_unknown(code, nuts2):
    region = region_of(code)

    assert Places.load().find(region.pk, "AT").nuts2 == nuts2


def test_reading_asks_as_often_for_many_as_for_few(django_assert_num_queries):
    bodies = make_bodies("AT33", 12)
    make_project_of(bodies[:2])
    with django_assert_num_queries(6):
        gather(PROJECTS)
    for number in range(5):
        make_project_of(bodies[number : number + 6], start=date(2015, 1, 1))

    with django_assert_num_queries(6):
        gather(PROJECTS)
