"""A text in five languages in a form: one field, an input and its own errors for each language."""

import pytest
from django import forms
from django.utils.translation import override

from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES
from alpclusters.platform.languages.inputs import TextsField
from alpclusters.platform.languages.text import Text
from alpclusters.platform.territory.models import ProgrammeArea
from alpclusters.www.forms import input_in
from alpclusters.www.workspace.translated import language_parts, require_any

pytestmark = pytest.mark.integration


class FairForm(forms.Form):
    title = TextsField(label="Title", max_length=10)
    place = TextsField(max_length=10, rows=2, needed=["de"])

    def clean(self):
        require_any(self, "title")
        return super().clean()


def sent(**given):
    return FairForm({"place_de": "Graz", **given})


def test_inputs_are_named_by_language_and_give_one_mapping():
    form = sent(title_de=" Messe ", title_sl="Sejem")

    assert form.is_valid()
    assert form.cleaned_data["title"] == {
        "de": "Messe",
        "en": "",
        "fr": "",
        "it": "",
        "sl": "Sejem",
    }
    assert [one.html_name for one in form["title"].parts.values()] == [
        f"title_{code}" for code in LANGUAGE_CODES
    ]


def test_without_a_label_an_input_is_called_by_its_language():
    names = [one.label for one in FairForm()["place"].parts.values()]

    assert names == [name for _code, name in LANGUAGES]


def test_initial_text_stands_in_its_inputs_and_what_was_typed_goes_over_it():
    initial = {"title": Text({"de": "Messe", "sl": "Sejem"})}

    shown = FairForm(initial=initial)
    typed = FairForm({"title_de": "Neu"}, initial=initial)

    assert input_in(shown, "title", "sl").value() == "Sejem"
    assert input_in(shown, "title", "fr").value() == ""
    assert input_in(typed, "title", "de").value() == "Neu"
    assert typed.has_changed()
    assert (
        not FairForm({"title_de": "Messe", "title_sl": "Sejem"}, initial=initial)
        .fields["title"]
        .has_changed(initial["title"], {"de": "Messe", "sl": "Sejem"})
    )


def test_an_error_stands_at_the_language_it_was_made_in():
    form = sent(title_de="Messe", title_it="una fiera assai lunga", place_de="")

    assert not form.is_valid()
    titles, places = form["title"].parts, form["place"].parts
    assert [code for code, one in titles.items() if one.errors] == ["it"]
    assert [code for code, one in places.items() if one.errors] == ["de"]
    assert 'id="id_title_it_error"' in titles["it"].as_field_group()
    assert 'aria-describedby="id_title_it_error"' in titles["it"].as_widget()


@pytest.mark.parametrize("language", ["de", "sl"])
def test_an_error_of_the_whole_text_stands_at_the_language_of_the_reader(language):
    with override(language):
        form = sent()

        assert [c for c, one in form["title"].parts.items() if one.errors] == [language]


def test_cards_say_which_language_is_missing():
    parts = language_parts(sent(title_de="Messe", title_en="Fair"), ["title"])

    assert [part.code for part in parts if part.is_missing] == ["fr", "it", "sl"]
    assert [one.html_name for part in parts for one in part.fields] == [
        f"title_{code}" for code in LANGUAGE_CODES
    ]


def test_a_form_shown_as_a_whole_has_every_input_once():
    page = str(FairForm()["title"].as_field_group())

    assert [page.count(f'name="title_{code}"') for code in LANGUAGE_CODES] == [1] * 5
    assert [page.count(f'id="id_title_{code}"') for code in LANGUAGE_CODES] == [1] * 5


def test_two_forms_do_not_share_their_inputs():
    first, second = FairForm(), FairForm()

    first.fields["title"].inputs["de"].required = True

    assert not second.fields["title"].inputs["de"].required


@pytest.mark.django_db
def test_a_form_of_a_model_takes_label_and_length_from_the_column_and_stores_all_languages():
    form_of = forms.modelform_factory(ProgrammeArea, fields=["name"])
    area = ProgrammeArea.objects.create(
        key="alps", period="2021-2027", nuts_vintage=2021, name={"de": "Alpen", "sl": "Alpe"}
    )

    form = form_of({"name_de": "Alpenraum", "name_sl": "Alpe"}, instance=area)

    assert input_in(form_of(instance=area), "name", "de").value() == "Alpen"
    form.save()
    area.refresh_from_db()
    assert area.name.by_language == {"de": "Alpenraum", "sl": "Alpe"}
    longest = ProgrammeArea._meta.get_field("name").max_length
    assert not form_of({"name_de": "x" * (longest + 1)}, instance=area).is_valid()
