"""A column of the directory is said once; what is said of it holds on every page and in every file.

Rows are filled with one value for each kind of column, so that a new column is asked without a new
test. A column of a kind that only its part knows (lists, keys of tables) needs a value here.
"""

import csv
from datetime import date
from decimal import Decimal
from html import unescape

import pytest
from django.db import models
from django.utils.translation import override

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.actors.domain.demonstration import draw_logo
from alpclusters.platform.actors.domain.directory.documents import read_documents
from alpclusters.platform.actors.domain.editing import (
    FIELDS,
    MODELS,
    change_profile,
    columns_in,
    model_of,
    versions,
)
from alpclusters.platform.actors.domain.importing import (
    check_run,
    ensure_source,
    guess_columns,
    perform_run,
    read_preview,
    start_run,
)
from alpclusters.platform.actors.domain.importing.fields import (
    HEADS,
    columns_in_lists,
    list_fields,
)
from alpclusters.platform.actors.domain.judging import MEMBER_TYPES
from alpclusters.platform.actors.domain.logos import store_logo
from alpclusters.platform.actors.domain.merges import PROFILE, choices_between, merge
from alpclusters.platform.actors.models import (
    ClusterLabel,
    ClusterOrganisation,
    DuplicateProposal,
    ImportRun,
    Organisation,
)
from alpclusters.platform.fields import YearField, about_of, attributes_of, fields_of, label_of
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.text import TranslatedText, read_input
from alpclusters.www.public.directory.exports import COLUMNS, records
from alpclusters.www.public.organisations.facts import linked_data, shown
from alpclusters.www.workspace.imports.columns import field_choices, field_label
from alpclusters.www.workspace.profiles.parts import BY_KEY
from tests.factories.accounts import make_user_with
from tests.factories.lists import write_list
from tests.factories.organisations import make_organisation, make_profile
from tests.factories.territory import make_region
from tests.factories.texts import typed

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

# What the program alone writes, and what ties rows together.
OF_THE_PROGRAM = {
    Organisation: {"id", "is_listed", "edited_fields", "is_simulated", "created_at", "changed_at"}
    | {"merged_into"},
    ClusterOrganisation: {"id", "organisation", "slug", "confirmed_by", "reminded_on"}
    | {"completeness", "validity", "has_valid_label", "computed_on"},
    ClusterLabel: {"id", "cluster"},
}
# Kinds that only a part knows.
VALUES = {
    "country": "AT",
    "n_start_up": 5,
    "ecosystem": "construction",
    "catchment": ["ITH1"],
    "languages": ["sl"],
    "sectors": ["16"],
    "technologies": ["robotics"],
    "s3_priorities": [{"region": "AT312", "text": "Timber of the hills"}],
    "financing": {"fees": 73},
    "services": ["training"],
    "target_markets": [{"country": "JP", "aims": ["sell"]}],
    "partners_abroad": ["Wood of the north"],
    "offers": ["fair"],
    "helix": "business",
    "level": "regional",
}
# Inputs that do not have the name of their column.
INPUTS = {
    "logo": "picture",
    "catchment": "catchment_text",
    "s3_priorities": "priorities",
    "partners_abroad": "partners_text",
    "financing": "share_fees",
}
# They are shown by what follows from them (rules, a map), or inside the words of another.
NO_WORDS_OF_THEIR_OWN = {
    *("has_english_page", "public_cooperation", "is_recognised", "catchment", "logo"),
    *("technologies", "sectors", "languages", "services", "offers", "financing", "s3_priorities"),
    *("target_markets", "partners_abroad", "ecosystem", "country", "region", "strategy_url"),
}
# The page has its own words for them: a title, a sentence, the fact of another column.
LABELLED_BY_THE_PAGE = {
    *("name", "summary", "logo_alt", "town", "postcode", "n_start_up"),
    *("strategy_until", "money_year", "international_url", "international_until", "programme"),
}
# In lists, but more than one column or none.
NO_COLUMNS = {"external_id", "coordinates", "label", "is_simulated"} | {
    *("pic", "vat", "national", "ror", "isni", "gln", "eccp"),
}


def editable():
    return [c for model in (Organisation, ClusterOrganisation) for c in fields_of(model, _in_part)]


def _in_part(said):
    return said.part


def in_ids(column):
    return column.name


# Kind of a column: a value for it, another for each number; the first that fits.
KINDS = {
    TranslatedText: lambda column, number: {
        code: f"{column.name} {code} {number}" for code in LANGUAGE_CODES
    },
    models.URLField: lambda column, number: (
        f"https://{column.name.replace('_', '-')}-{number}.example.org"
    ),
    models.CharField: lambda column, number: f"{column.name} {number}"[: column.max_length],
    models.BooleanField: lambda _column, _number: True,
    YearField: lambda _column, number: 1900 + number,
    models.DecimalField: lambda _column, number: Decimal(number),
    models.FloatField: lambda _column, number: 40.0 + number / 100,
    models.IntegerField: lambda _column, number: 7000 + number,
    models.DateField: lambda _column, number: date(2026, 2, number % 28 + 1),
}


def value_of(column, number):
    if column.name in VALUES:
        return VALUES[column.name]
    if column.choices:
        return column.choices[1][0]
    make = next((make for kind, make in KINDS.items() if isinstance(column, kind)), None)
    assert make, f"{column.name}: say a value for this kind of column"
    return make(column, number)


def values_of(model, which=lambda said: said.part or said.merge):
    columns = [c for c in fields_of(model, which) if not c.is_relation]
    return {c.name: value_of(c, number) for number, c in enumerate(columns, start=1)}


@pytest.fixture
def full():
    """Return a profile in which every column is filled."""
    make_region("ITH1")
    body = values_of(Organisation) | {"region": make_region("AT312"), "postcode": "5020"}
    own = values_of(ClusterOrganisation) | {"logo": store_logo(draw_logo("tree"))}
    return make_profile(
        body.pop("name"),
        slug="full",
        **{f"body_{name}": value for name, value in body.items()},
        **own,
        confirmed_on=date(2026, 1, 1),
    )


@pytest.fixture
def coordinator(client):
    person = make_user_with(Role.PARTNER_COORDINATOR)
    client.force_login(person)
    return person


@pytest.mark.parametrize("model", [Organisation, ClusterOrganisation, ClusterLabel])
def test_every_column_is_said_or_the_programs_own(model):
    said = {column.name for column in fields_of(model)}
    columns = {column.name for column in model._meta.concrete_fields}

    assert columns - said == OF_THE_PROGRAM[model]


@pytest.mark.parametrize("column", editable(), ids=in_ids)
def test_a_column_that_people_fill_has_a_label_in_every_language(column):
    with override("en"):
        label = str(column.verbose_name)

    assert label != column.name.replace("_", " ")  # what Django makes of the name
    translated = set()
    for code in LANGUAGE_CODES:
        with override(code):
            translated.add(str(column.verbose_name))
    assert len(translated) > 1


@pytest.mark.parametrize("column", editable(), ids=in_ids)
def test_a_column_that_people_fill_stands_in_the_form_of_its_part(column, full):
    part = BY_KEY[about_of(column).part]

    assert column in columns_in(part.key)
    if part.form is None:
        assert part.url("full")  # a page of its own
        return
    form = part.form(cluster=full)
    names = {column.name, INPUTS.get(column.name), *attributes_of(column)}
    assert names & set(form.fields)
    assert set(attributes_of(column)) <= set(form.names)


def test_what_is_saved_in_a_form_is_what_was_typed(full):
    for part in filter(lambda part: part.form, BY_KEY.values()):
        bound = part.form(cluster=full)
        sent = typed({name: bound[name].value() for name in bound.fields if bound[name].value()})
        if "country" in sent:
            sent["region"] = full.organisation.region.code
        form = part.form(sent, cluster=full)

        assert form.is_valid(), (part.key, form.errors)
        assert not change_profile(full, form.changes(), by=None), part.key


def test_what_is_public_stands_on_the_page_with_its_label(client, full):
    page = unescape(client.get("/en/directory/full/").content.decode())

    for column in editable():
        row = full.organisation if column.model is Organisation else full
        if not about_of(column).public or column.name in NO_WORDS_OF_THEIR_OWN:
            continue
        value = getattr(row, column.name)
        words = {str(shown(row, column.name)), str(value)}
        if isinstance(value, int):
            words.add(f"{value:,}")
        assert any(word in page for word in words), column.name
        if column.name not in LABELLED_BY_THE_PAGE:
            assert str(column.verbose_name) in page, column.name


@pytest.mark.parametrize("column", editable(), ids=in_ids)
def test_a_column_that_is_emptied_changes_the_page(column, client, full):
    if not about_of(column).public or column.name in {"name", "public_cooperation"}:
        return
    if column.name in {"has_english_page", "is_recognised", "counted_on"}:
        full.english_page, full.programme = "", "A programme"
        full.save()
    before = client.get("/en/directory/full/").content
    empty = {} if column.name == "financing" else []
    empty = empty if isinstance(column, models.JSONField) else None if column.null else ""
    column.model.objects.filter(pk__in=[full.pk, full.organisation_id]).update(
        **{column.name: {} if isinstance(column, TranslatedText) else empty}
    )

    assert client.get("/en/directory/full/").content != before


def heads():
    with HEADS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_column_in_lists_has_a_head_in_every_language_and_a_label():
    known = {(row["field"], row["language"]) for row in heads()}
    columns = [column.name for column in columns_in_lists()]

    assert {name for name, _ in known} == {*columns, *NO_COLUMNS}
    for name in columns:
        assert {(name, code) for code in LANGUAGE_CODES} <= known, name
        assert field_label(name) != name


def test_each_choice_for_a_column_of_a_list_has_words_of_its_own_in_every_language():
    for code in LANGUAGE_CODES:
        with override(code):
            labels = [label for _, label in field_choices()]
            assert len(labels) == len(set(labels)) == len(list_fields()) + 1
            assert field_label("n_other") != label_of(ClusterOrganisation, "n_other")


def test_a_list_brings_every_column_by_its_first_head(tmp_path):
    words = {"type": "cluster organisation", "region": "AT312", "sectors": "16"}
    cells = {}
    for number, column in enumerate(columns_in_lists(), start=1):
        value = words.get(column.name) or value_of(column, number)
        cells[column.name] = value["en"] if isinstance(value, dict) else str(value)
    cells |= {"postcode": "5020", "helix": "business", "ecosystem": "construction"}
    first = {row["field"]: row["head"] for row in reversed(heads()) if row["language"] == "en"}
    path = write_list(
        tmp_path / "a.csv", [list(cells.values())], head=[first[name] for name in cells]
    )
    make_region("AT312")
    source = ensure_source("list", name="List")
    preview = read_preview(path, name="a.csv")
    columns = guess_columns(preview, source)
    run = start_run(source, path, name="a.csv", columns=columns, by=None)
    check_run(run)
    perform_run(ImportRun.objects.get(pk=run.pk))

    assert set(columns) == set(cells)
    body = Organisation.objects.get()
    for column in columns_in_lists():
        row = body if column.model is Organisation else body.cluster
        stored = getattr(row, column.name)
        assert stored not in (None, "", [], "unknown"), column.name


def test_where_two_entries_differ_one_chooses_and_nothing_chosen_is_lost(client, coordinator, full):
    other = full.organisation
    first = make_profile("First", slug="first").organisation
    keys = {choice.key for choice in choices_between(first, other)}
    groups = {c.name: about_of(c).merge for c in fields_of(Organisation, lambda one: one.merge)}
    own = {c for c in fields_of(ClusterOrganisation, lambda one: one.merge) if c.name != "manager"}
    of_profile = {
        f"{PROFILE}{name}" for c in own for name in ((c.name,) if _is_one(c) else attributes_of(c))
    }

    assert {name if group == "." else group for name, group in groups.items()} <= keys | {"status"}
    assert of_profile <= keys
    proposal = DuplicateProposal.objects.create(first=first, second=other, score=90)
    page = client.get(f"/en/workspace/duplicates/{proposal.pk}/").content.decode()
    for column in own:
        assert str(column.verbose_name) in unescape(page), column.name

    merge(first, other, by=coordinator, keep=keys)

    first.refresh_from_db()
    for name in groups:
        assert getattr(first, name) == getattr(other, name), name
    kept = first.cluster
    for column in own:
        assert getattr(kept, column.name) == getattr(full, column.name), column.name


def _is_one(column):
    return not isinstance(column, TranslatedText)


def test_every_change_shows_with_its_label_in_the_history(client, coordinator, full):
    empty = make_profile("Empty", slug="empty", body_region=make_region("AT31"))
    of_model = {Organisation: full.organisation, ClusterOrganisation: full}
    told = {name: read_input(of_model[model_of(name)], name) for name in FIELDS}
    change_profile(empty, told, by=coordinator, reason="edit")

    found = [(v.kind, change.field) for v in versions(empty) for change in v.changes]
    page = unescape(client.get("/en/workspace/profiles/empty/history/").content.decode())

    assert {field for _, field in found} == set(FIELDS)
    for kind, field in found:
        assert label_of(MODELS[kind], field) in page, field


def test_what_is_exported_stands_in_the_files(full):
    renamed = {"region": "nuts_code", "sectors": "sectors_nace_rev2", "status": "standing"}
    [record] = records([full.organisation_id], base="", today=date(2026, 3, 1))

    assert set(record) == set(COLUMNS)
    for model in (Organisation, ClusterOrganisation):
        for column in fields_of(model, lambda one: one.exported):
            name = renamed.get(column.name, column.name)
            assert record[name] not in (None, "", []), column.name


def test_what_has_a_name_in_schema_org_stands_in_the_data_for_search_engines(full):
    block = linked_data(full.organisation, full, ())

    for model in (Organisation, ClusterOrganisation):
        for column in fields_of(model, lambda one: one.schema):
            assert f'"{about_of(column).schema.rpartition(".")[2]}"' in block, column.name


def test_what_has_words_for_the_search_stands_in_its_record(full):
    full.organisation.is_listed = True
    full.organisation.save()
    [record] = read_documents([full.organisation_id])
    words = " ".join([*record.names, *record.summary, *record.places, *record.subjects])

    for model, row in ((Organisation, full.organisation), (ClusterOrganisation, full)):
        for column in fields_of(model, lambda one: one.words):
            assert str(getattr(row, column.name)) in words, column.name


def test_the_members_that_rules_count_are_columns():
    columns = {column.name for column in columns_in("members")}

    assert {f"n_{name}" for name in MEMBER_TYPES} <= columns


def test_an_empty_organisation_has_nothing_to_lose():
    first, second = make_organisation("One"), make_organisation("One")

    assert choices_between(first, second) == []
