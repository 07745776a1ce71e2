from datetime import date

import pytest

from alpclusters.analysis.errors import InputError, StateError
from alpclusters.platform.evidence.domain.corpora import (
    InitiativeFilter,
    add_initiatives,
    edit_corpus,
    initiatives_matching,
    make_corpus,
    remove_initiative,
)
from alpclusters.platform.evidence.models import Programme
from tests.factories.coding import (
    code,
    make_codebook,
    make_coded_corpus,
    make_coder,
    make_initiative,
    only_activity,
)
from tests.factories.evaluation import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def found(**wanted):
    return [i.acronym for i in initiatives_matching(InitiativeFilter(**wanted))]


def test_initiatives_are_found_by_every_condition_together():
    alpine = Programme.objects.create(key="alpine", name="Alpine Space", family="interreg")
    make_initiative(
        acronym="WOOD",
        title="Timber without borders",
        programme=alpine,
        countries="AT SI",
        start=date(2012, 1, 1),
        end=date(2014, 6, 30),
    )
    make_initiative(acronym="STEEL", title="Steel", countries="DE")
    make_initiative(acronym="LINE", kind="programme_line", title="Timber call")

    assert found() == ["STEEL", "WOOD"]
    assert found(words="timber borders") == ["WOOD"]
    assert found(family="interreg", country="si", year_from=2014, year_to=2014) == ["WOOD"]
    assert found(words="timber", year_from=2015) == []
    assert found(country="fr") == []


def test_corpora_have_different_addresses_and_none_is_the_form():
    project, book = make_project(), make_codebook()

    slugs = [make_corpus(project, name=name, codebook=book).slug for name in ("New", "A", "A")]

    assert slugs == ["new-2", "a", "a-2"]


def test_programme_lines_stay_out_and_nothing_comes_in_twice():
    corpus = make_coded_corpus(initiatives=1)
    more = [make_initiative(), make_initiative(kind="programme_line"), corpus.initiatives.get()]

    assert add_initiatives(corpus, more, by=None) == 1
    assert corpus.initiatives.count() == 2


def test_one_or_two_people_code():
    with pytest.raises(InputError):
        make_corpus(make_project(), name="Crowd", n_coders=3, codebook=make_codebook())


def test_codebook_stays_once_coding_has_begun():
    corpus = make_coded_corpus()
    edit_corpus(corpus, name="x", n_coders=2, by=None, codebook=make_codebook(2))
    code(only_activity(corpus), make_coder(), closed=False)

    with pytest.raises(StateError):
        edit_corpus(corpus, name="x", n_coders=2, by=None, codebook=make_codebook(1))


def test_initiative_at_work_stays_in_the_corpus():
    corpus = make_coded_corpus()
    activity = only_activity(corpus)
    code(activity, make_coder(), closed=False)

    with pytest.raises(StateError):
        remove_initiative(corpus, activity.initiative, by=None)

    assert corpus.initiatives.count() == 1
