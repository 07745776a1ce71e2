"""Which statements are about the person: wording in five languages, who decides, what counts."""

import csv

import pytest

from alpclusters.analysis.errors import AnalysisError, ShapeError
from alpclusters.analysis.opinion import person_statements

pytestmark = pytest.mark.unit

ABOUT_PERSON = (
    "I own a house",
    "  “I’ve  lived here for twenty years",
    "My household income is less than $100,000",
    "I am 55 years of age or older",
    "Ich bin Landwirtin",
    "Unser Betrieb hat weniger als 50 Beschäftigte",
    "J’habite dans une vallée alpine",
    "Mon entreprise est une PME",
    "La mia azienda ha dieci dipendenti",
    "Ho due figli",
    "Živim v gorski vasi",
    "Jaz sem upokojenka",
    "Sem podjetnik iz Kranja",
    "Sem mati dveh otrok",
    "Naše podjetje ima deset zaposlenih",
)
OPINIONS = (
    "",
    "I am in favour of car-free village centres",
    "I live here and the bus should run every half hour",
    "I own a house, is that so bad?",
    "Ich bin dafür, dass Züge Vorrang haben",
    "Ich habe genug von leeren Versprechen",
    "Je suis pour des trains plus fréquents",
    "Sono favorevole ai treni notturni",
    "Naša občina mora zgraditi kolesarsko pot",
    "Sem za več nočnih vlakov",
    "Jaz sem proti novi cesti",
    "Jaz sem prepričana, da je vlak boljši",
    "Housing my family is paid by nobody",
)


@pytest.mark.parametrize("text", ABOUT_PERSON)
def test_a_fact_about_oneself_is_proposed(text):
    assert person_statements([text]).statuses == ("proposed",)


@pytest.mark.parametrize("text", OPINIONS)
def test_an_opinion_is_no_proposal_however_personal_it_begins(text):
    assert person_statements([text]).statuses == ("no",)


def test_all_sentences_of_the_fixture_are_told_right(shared):
    path = shared / "data" / "ratings" / "structure" / "person-statements.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))

    for language in ("de", "fr", "it", "sl", "en"):
        own = [row for row in rows if row["language"] == language]
        texts = [row["text"] for row in own]
        expected = tuple("proposed" if row["about_person"] == "1" else "no" for row in own)
        assert person_statements(texts, languages=[language]).statuses == expected
        assert person_statements(texts).statuses == expected


def test_the_organiser_decides_before_the_export_and_the_export_before_the_wording():
    found = person_statements(
        ["I own a house", "I own a car", "I own a dog", "More trains", "More buses"],
        meta=[True, True, False, True, False],
        marked=[False, None, None, None, True],
    )

    assert found.statuses == ("no", "meta", "proposed", "meta", "marked")
    assert found.about_person == (1, 2, 3, 4)
    assert found.confirmed == (1, 3, 4)
    assert found.proposals == (2,)


def test_only_wordings_of_the_languages_asked_for_are_looked_for():
    assert person_statements(["Ich wohne im Tal"], languages=["fr", "sl"]).statuses == ("no",)


def test_marks_of_another_length_and_unknown_languages_are_refused():
    with pytest.raises(ShapeError):
        person_statements(["a", "b"], meta=[True])
    with pytest.raises(ShapeError):
        person_statements(["a", "b"], marked=[True, None, None])
    with pytest.raises(AnalysisError, match=r"argument\.not_one_of"):
        person_statements(["a"], languages=["xx"])
