"""A column of the catalogue is said once; history, versions, files and search follow the model."""

import datetime as dt
from html import unescape

import pytest
from django.db import models
from django.utils.translation import override

from alpclusters.platform.fields import fields_of, label_of
from alpclusters.platform.funding.domain.entries.changing import FIXED, keep_first, keep_version
from alpclusters.platform.funding.domain.entry_records import entry_record
from alpclusters.platform.funding.models import Call, Offer, Parameter, Programme
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_name
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.www.public.funding.asking import Shown
from alpclusters.www.public.funding.exports import TABLES
from alpclusters.www.workspace.funding_entries.field_words import value_words
from tests.factories.accounts import make_user_with
from tests.factories.evidence import make_programme as make_evidence_programme
from tests.factories.funding import NOW, make_call, make_offer, make_parameter, make_programme
from tests.factories.partnership import make_project
from tests.factories.territory import make_area

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

ENTRIES = {Programme: Shown.PROGRAMMES, Call: Shown.CALLS, Offer: Shown.OFFERS}
COLUMNS = [(model, column) for model in ENTRIES for column in fields_of(model)]
# Kind of a column: a value that a row made by the factory does not have; the first that fits.
KINDS = {
    models.BooleanField: lambda row, column: not getattr(row, column.name),
    models.DateField: lambda _row, _column: dt.date(2026, 9, 1),
    models.TimeField: lambda _row, _column: dt.time(17, 0),
    models.IntegerField: lambda _row, _column: 77_700,
    models.URLField: lambda _row, _column: "https://example.org/other",
}
BY_NAME = {
    "territory": lambda: ["SI"],
    "themes": lambda: ["timber"],
    "titles": lambda: {"sl": "Drugi razpis"},
    "terms": lambda: {"categories": ["travel"]},
    "programme": lambda: make_programme("other"),
    "call": lambda: make_call(make_programme("other"), "other-call"),
    "area": make_area,
    "evidence": make_evidence_programme,
}


def in_ids(value):
    return value.name if isinstance(value, models.Field) else value.__name__


def make(model):
    programme = make_programme(website="https://example.org/")
    return {
        Programme: lambda: programme,
        Call: lambda: make_call(programme),
        Offer: lambda: make_offer(programme),
    }[model]()


def another(row, column):
    if isinstance(column, TranslatedText):
        return {code: f"other {code}" for code in LANGUAGE_CODES}
    if column.name in BY_NAME:
        return BY_NAME[column.name]()
    if column.choices:
        return next(value for value, _ in column.choices if value != getattr(row, column.name))
    makers = (make for kind, make in KINDS.items() if isinstance(column, kind))
    return next(makers, lambda *_: "other")(row, column)


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=in_ids)
def test_a_change_is_kept_and_shows_with_its_label_in_the_history(client, model, column):
    entry = make(model)
    keep_first(entry, source="seed", by=None, now=NOW)
    before = entry_record(entry)
    setattr(entry, column.name, another(entry, column))
    entry.version += 1
    entry.save()
    keep_version(entry, source="Notice", by=None, now=NOW)
    client.force_login(make_user_with("partner_coordinator", project=make_project(), region=None))

    page = client.get(f"/de/workspace/funding/entries/{kind_of(model)}/{entry.key}/history/")

    changed = {name for name, value in entry_record(entry).items() if value != before[name]}
    is_text = isinstance(column, TranslatedText)
    assert changed == (
        {input_name(column.name, code) for code in LANGUAGE_CODES} if is_text else {column.name}
    )
    with override("de"):
        if column.name != "terms":  # each term has a name of its own
            assert label_of(model, column.name) in unescape(page.content.decode())


def kind_of(model):
    return model.__name__.lower()


@pytest.mark.parametrize(("model", "column"), COLUMNS, ids=in_ids)
def test_what_is_exported_stands_in_the_files_and_nothing_else_does(model, column):
    columns = set(TABLES[ENTRIES[model]].columns)
    # Names in the open data are the same for every kind of entry.
    name = {"title": "name"} if model is Offer else {}
    name = name.get(column.name, column.name)
    names = {f"{name}_{code}" for code in LANGUAGE_CODES}
    stands = names <= columns if isinstance(column, TranslatedText) else name in columns

    assert stands == column.about.exported


@pytest.mark.parametrize("model", ENTRIES, ids=in_ids)
def test_what_has_words_is_found_by_those_who_keep_the_catalogue(client, model):
    entry = make(model)
    client.force_login(make_user_with("partner_coordinator", project=make_project(), region=None))
    for column in fields_of(model, lambda one: one.words):
        model.objects.filter(pk=entry.pk).update(**{column.name: worded(column)})

        page = client.get("/en/workspace/funding/entries/?q=zirbe")

        entry.refresh_from_db()
        assert f"/{kind_of(model)}/{entry.key}/" in page.content.decode(), column.name
        model.objects.filter(pk=entry.pk).update(
            **{column.name: "kept" if column.name == "key" else plain(column)}
        )


def worded(column):
    return {"sl": "Zirbe"} if isinstance(column, TranslatedText) else "zirbe"


def plain(column):
    return {"sl": "Smreka"} if isinstance(column, TranslatedText) else "Smreka"


def test_a_figure_is_kept_with_everything_that_is_said_of_it():
    programme = make_programme()
    make_parameter(programme)

    [figure] = entry_record(programme)["parameters"]

    assert list(figure) == [column.name for column in fields_of(Parameter)]


def test_choices_are_said_in_words():
    for model in ENTRIES:
        for column in fields_of(model):
            for value, label in column.choices or ():
                assert value_words(f"/{column.name}", value) == str(label)


def test_who_writes_never_chooses_the_address_or_what_stands_where():
    assert {"key", "programme", "is_published", "evidence"} == FIXED
