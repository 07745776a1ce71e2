"""The page on which organisers tell statements about the people from opinions."""

import pytest
from django.urls import reverse

from alpclusters.platform.cafe.models import Card
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.platform.evaluation.domain.snapshots import evaluate_cafe
from alpclusters.platform.measures.models import Measure
from tests.factories.cards import make_card
from tests.factories.evaluation import NOW
from tests.factories.judging import TWO_CRITERIA, four_cafe
from tests.factories.rights import sign_in
from tests.factories.texts import change_texts

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

OWN = "Ich besitze ein Haus"


@pytest.fixture
def cafe():
    found = four_cafe(criteria=TWO_CRITERIA)
    change_texts(Measure.objects.filter(key="visit"), name={"de": OWN})
    return found


def address(cafe, name="cafe_persons"):
    return reverse(f"workspace:{name}", args=[cafe.pk])


def decide(client, cafe, about, **what):
    return client.post(address(cafe, "cafe_persons_order"), {**what, "about": about}, follow=True)


def test_proposal_is_decided_with_one_button_and_taken_back_with_another(client, cafe):
    sign_in(client, "owner", cafe)
    pk = Measure.objects.get(key="visit").pk

    page = client.get(address(cafe)).context["page"]
    assert [(row.kind, row.number) for row in page.proposals] == [("measure", pk)]

    page = decide(client, cafe, "person", measure=pk).context["page"]
    assert (page.proposals, [row.number for row in page.decided]) == ([], [pk])
    assert page.decided[0].is_about_person

    page = decide(client, cafe, "undecided", measure=pk).context["page"]
    assert ([row.number for row in page.proposals], page.decided) == ([pk], [])
    page = decide(client, cafe, "opinion", measure=pk).context["page"]
    assert (page.proposals, page.decided[0].is_about_person) == ([], False)
    assert [entry.command for entry in cafe.entries.all()] == ["mark_person"] * 3


def test_page_asks_about_cards_that_are_shown_and_leaves_out_hidden_ones(client, cafe):
    own = make_card(cafe, "Imam dva otroka.", language="sl")
    make_card(cafe, "Ich bin Landwirt.", state=Card.State.HIDDEN)
    sign_in(client, "owner", cafe)

    shown = client.get(address(cafe))

    assert own.pk in {row.number for row in shown.context["page"].proposals if row.kind == "card"}
    assert b'lang="sl">Imam dva otroka.' in shown.content
    assert b"Landwirt" not in shown.content


def test_measure_nobody_proposed_can_be_marked(client, cafe):
    pk = Measure.objects.get(key="fair").pk
    sign_in(client, "owner", cafe)

    decide(client, cafe, "person", measure=pk)

    assert cafe.cafe_measures.get(measure_id=pk).is_about_person is True


def test_colleague_without_the_right_reads_and_sees_no_button(client, cafe):
    sign_in(client, "neighbour", cafe)

    shown = client.get(address(cafe))

    assert shown.status_code == 200
    assert b"<button" not in shown.content.partition(b'id="proposals"')[2].partition(b"<footer")[0]
    assert decide(client, cafe, "person", measure=1).status_code == 403


def test_what_is_not_on_the_table_is_refused_in_a_sentence(client, cafe):
    sign_in(client, "owner", cafe)

    shown = decide(client, cafe, "person", measure=987654)
    odd = decide(client, cafe, "perhaps", measure=Measure.objects.get(key="fair").pk)

    assert [str(one.level_tag) for one in shown.context["messages"]] == ["error"]
    assert [str(one.level_tag) for one in odd.context["messages"]] == ["error"]
    assert not cafe.entries.exists()


@pytest.mark.parametrize("about", ["person", "undecided"], ids=["confirmed", "proposed"])
def test_evaluation_names_it_apart_and_in_no_table_of_opinions(client, cafe, about):
    sign_in(client, "owner", cafe)
    decide(client, cafe, about, measure=Measure.objects.get(key="visit").pk)
    snapshot = evaluate_cafe(cafe, made_by=None, now=NOW)
    release_snapshot(snapshot, now=NOW)

    page = client.get(f"/de{reverse('public:evaluation', args=[snapshot.pk])[3:]}").content.decode()

    part = page.partition('id="persons"')[2].partition("</section>")[0]
    assert OWN in part
    assert OWN not in page.replace(part, "")
    assert ("noch nicht bestätigt" in part) == (about == "undecided")
    rows = client.get(reverse("public:evaluation_file", args=[snapshot.pk, "csv"])).content.decode()
    marked = [line for line in rows.splitlines() if ",visit," in line]
    word = "marked" if about == "person" else "proposed"
    assert len(marked) == 2
    assert all(f",{word}," in line for line in marked)
