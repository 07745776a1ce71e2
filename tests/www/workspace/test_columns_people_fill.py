"""A column that people fill is said once, beside its model; forms, history and labels follow it.

Models are found by what their columns say, so that a new column is asked without a new test. Those
of the directory have more readers and a gate of their own (tests/platform/actors/test_fields.py).
"""

from html import unescape

import pytest
from django.apps import apps
from django.db import models
from django.utils.translation import override

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.domain.codebook.editing import begin_draft, change_code
from alpclusters.platform.evidence.models import (
    Code,
    Codebook,
    Initiative,
    Lesson,
    LessonMeasure,
)
from alpclusters.platform.evidence.models import Programme as ProgrammeOfInitiatives
from alpclusters.platform.fields import fields_of, label_of
from alpclusters.platform.funding.models import (
    Call,
    Offer,
    Parameter,
    Programme,
    RegionalScheme,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.measures.domain.editing import change_measure, revert_measure
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.domain.postings.history import COMPARED
from alpclusters.platform.network.models import Posting
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Cost,
    Dependency,
    DraftingBody,
    FundingLine,
    Indicator,
    Milestone,
    Player,
    Recommendation,
    Risk,
    Target,
)
from alpclusters.reports.plan_fields import field_name
from alpclusters.www.public.codebook.changes import read_changes
from alpclusters.www.workspace.codebook.forms import CodeForm, NoteForm
from alpclusters.www.workspace.funding_entries.figures import FigureForm
from alpclusters.www.workspace.funding_entries.forms import FORMS
from alpclusters.www.workspace.funding_entries.writing import empty_record
from alpclusters.www.workspace.initiatives.forms import INPUTS as INPUTS_OF_INITIATIVE
from alpclusters.www.workspace.initiatives.forms import InitiativeForm
from alpclusters.www.workspace.lessons.forms import LessonForm, SuggestionForm
from alpclusters.www.workspace.measures.forms import MeasureForm
from alpclusters.www.workspace.measures.history import read_history
from alpclusters.www.workspace.measures.picture_forms import PictureForm
from alpclusters.www.workspace.policy.actions import rows
from alpclusters.www.workspace.policy.actions.forms import ActionForm
from alpclusters.www.workspace.policy.plan_forms import BodyForm, PlanForm
from alpclusters.www.workspace.postings.forms import PostingForm
from alpclusters.www.workspace.postings.values import NAMES
from alpclusters.www.workspace.recommendations.forms import RecommendationForm
from alpclusters.www.workspace.schemes.forms import SchemeForm
from tests.factories.accounts import make_user, make_user_with
from tests.factories.coding import make_codebook
from tests.factories.columns import another
from tests.factories.evidence import make_initiative, make_lesson, make_programme
from tests.factories.measures import make_measure
from tests.factories.policy import make_plan

# Keys, what ties rows together, and what the program writes.
OF_THE_PROGRAM = {
    Initiative: {"id", "key", "family", "is_simulated", "edited_fields", "created_at"}
    | {"changed_at"},
    Lesson: {"id", "key", "grade", "grading", "graded_at", "own_grade_by", "own_grade_at"}
    | {"own_grade_digest", "is_seeded", "is_simulated", "created_by", "created_at", "changed_at"},
    LessonMeasure: {"id", "lesson", "measure", "made_by", "made_at"},
    ProgrammeOfInitiatives: {"id", "key"},
    # Signing off and leaving out are decisions about checks, with pages of their own.
    ActionPlan: {"id", "project", "uuid", "slug", "time_zone", "version", "published_at"}
    | {"created_by", "created_at", "signed_off_reason", "signed_off_keys", "left_out"},
    Recommendation: {"id", "project", "uuid", "code", "successor", "created_by", "created_at"}
    | {"version"},
    Action: {"id", "plan", "uuid", "code", "order", "version"},
    Indicator: {"id", "plan", "action", "uuid", "order"},
    Dependency: {"id"},
    Target: {"id", "indicator"},
    **{one: {"id", "action", "uuid"} for one in (Player, Milestone, Cost, FundingLine, Risk)},
}
OF_THE_PROGRAM[DraftingBody] = {"id", "plan", "organisation"}
OF_THE_PROGRAM[Posting] = {"id", "organisation", "made_by", "made_at", "decided_by", "decided_at"}
OF_THE_PROGRAM[Posting] |= {"published_at", "revised_at", "closed_at", "reminded_of"}
OF_THE_PROGRAM[Posting] |= {"is_simulated", "changed_at"}
OF_THE_PROGRAM[Programme] = OF_THE_PROGRAM[Call] = {"id", "version", "updated_at"}
# What the search needs of the terms.
OF_THE_PROGRAM[Offer] = OF_THE_PROGRAM[Call] | {"kinds", "categories", "themes"}
OF_THE_PROGRAM[Offer] |= {"best_rate_bp", "cap_ct"}
OF_THE_PROGRAM[Parameter] = {"id", "programme", "call", "order"}
# Its rules have names of their own, and not all that is asked of an entry is asked of a scheme.
OF_THE_PROGRAM[RegionalScheme] = {"id", "key", "programme", "version", "updated_at"}
OF_THE_PROGRAM[RegionalScheme] |= {"attributes", "changes"}
NOT_ASKED = {RegionalScheme: {"source_language", "licence", "status", "checked_on"}}
# Order and ranks come with the catalogue; the file of a picture has a name nobody types.
OF_THE_PROGRAM[Measure] = {"id", "key", "type_key", "project", "picture", "order"}
OF_THE_PROGRAM[Measure] |= {"reported_rank", "reported_note", "reported_source"}
OF_THE_PROGRAM[Codebook] = {"id", "number", "recodes", "published_at", "published_by"}
OF_THE_PROGRAM[Code] = {"id", "codebook", "field", "key", "order"}
# Inputs that do not have the name of their column.
INPUTS = {
    **{(Initiative, column): name for column, name in INPUTS_OF_INITIATIVE.items()},
    # One input says a day and how exactly it is known.
    (Initiative, "start_precision"): "start",
    (Initiative, "end_precision"): "end",
    **{
        (ProgrammeOfInitiatives, name): f"programme_{name}" for name in ("name", "period", "family")
    },
    (Posting, "territory"): "countries",
    (Recommendation, "region"): "region_id",
    (RegionalScheme, "budget_ct"): "budget",
    (Target, "due"): "due_0",
    (Target, "value"): "value_0",
}
# Parts that are asked elsewhere than in the form of the whole row: with a decision.
DECISIONS = {"reasons", "decision"}
ROWS = {
    Code: CodeForm,
    DraftingBody: BodyForm,
    Player: rows.PlayerForm,
    Milestone: rows.MilestoneForm,
    Cost: rows.CostForm,
    FundingLine: rows.FundingForm,
    Risk: rows.RiskForm,
    Indicator: rows.IndicatorForm,
    Parameter: FigureForm,
    RegionalScheme: SchemeForm,
    Target: rows.IndicatorForm,
}
# How reports call the rows of a plan.
THINGS = {
    ActionPlan: "plan",
    Action: "actions",
    Recommendation: "recommendations",
    Milestone: "milestones",
    Cost: "costs",
    FundingLine: "funding",
    Player: "players",
    Risk: "risks",
    Dependency: "dependencies",
    Indicator: "indicators",
}


def is_filled(model):
    is_history = model.__name__.startswith("Historical")
    return model._meta.app_label != "actors" and not is_history and any(fields_of(model))


MODELS = [model for model in apps.get_models() if is_filled(model)]
ASKED = [
    (model, column)
    for model in MODELS
    for column in fields_of(model, lambda one: one.part)
    if column.name not in NOT_ASKED.get(model, ())
]


def in_ids(value):
    return value.name if isinstance(value, models.Field) else value.__name__


@pytest.mark.unit
@pytest.mark.parametrize("model", MODELS, ids=in_ids)
def test_every_column_is_said_or_the_programs_own(model):
    said = {column.name for column in fields_of(model)}

    assert {column.name for column in model._meta.concrete_fields} - said == OF_THE_PROGRAM[model]


@pytest.mark.unit
@pytest.mark.parametrize(("model", "column"), ASKED, ids=in_ids)
def test_a_column_that_people_fill_has_a_label_in_every_language(model, column):
    labels = set()
    for code in LANGUAGE_CODES:
        with override(code):
            labels.add(label_of(model, column.name))

    assert len(labels) > 1  # what Django makes of a name is in no catalogue


@pytest.fixture
def inputs():
    """Return the names of the inputs that ask for a row of a model."""
    plan = make_plan()
    project = plan.project
    forms = {
        Codebook: NoteForm(draft=Codebook()),
        Initiative: InitiativeForm(),
        ProgrammeOfInitiatives: InitiativeForm(),
        Lesson: LessonForm(),
        LessonMeasure: SuggestionForm(),
        Posting: PostingForm(),
        ActionPlan: PlanForm(project=project, plan=plan),
        Action: ActionForm(plan=plan),
        Recommendation: RecommendationForm(project=project),
        Dependency: rows.WaitingForm(others_of_plan=[]),
        **{model: form() for model, form in ROWS.items()},
        **{
            model: FORMS[kind](record=empty_record(kind))
            for kind, model in (("programme", Programme), ("call", Call), ("offer", Offer))
        },
    }
    asked = {model: set(form.fields) for model, form in forms.items()}
    measure = make_measure()
    asked[Measure] = {*MeasureForm(measure=measure).fields, *PictureForm(measure=measure).fields}
    return asked


@pytest.mark.integration
@pytest.mark.django_db
def test_every_column_that_people_fill_stands_in_a_form(inputs):
    forgotten = [
        f"{model.__name__}.{column.name}"
        for model, column in ASKED
        if column.about.part not in DECISIONS and not is_asked(model, column, inputs[model])
    ]

    assert forgotten == []


def is_asked(model, column, inputs):
    name = INPUTS.get((model, column.name), column.name)
    is_text = isinstance(column, TranslatedText)
    return name in inputs or (is_text and inputs.issuperset(input_names([name])))


@pytest.mark.unit
@pytest.mark.parametrize(("model", "column"), [p for p in ASKED if p[0] in THINGS], ids=in_ids)
def test_what_changed_in_a_plan_is_called_as_its_column_is(model, column):
    for code in LANGUAGE_CODES:
        with override(code):
            assert str(field_name(THINGS[model], column.name)) == label_of(model, column.name)


# A row with a history page of its own: how it is made, who may see the page, and its address.
WITH_HISTORY = {
    Initiative: (make_initiative, Role.EVIDENCE_CODER, "evidence/initiatives"),
    Lesson: (make_lesson, Role.EVIDENCE_CODER, "evidence/lessons"),
}


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize("model", WITH_HISTORY, ids=in_ids)
def test_each_change_shows_with_its_label(model, client):
    make, role, address = WITH_HISTORY[model]
    row, before, programme = make(), make_initiative(), make_programme()
    asked = [column for one, column in ASKED if one is model]
    for number, column in enumerate(asked, start=1):
        setattr(row, column.name, another(row, column, number, before, programme))
    row.save()
    client.force_login(make_user_with(role))

    page = unescape(client.get(f"/de/workspace/{address}/{row.key}/history/").content.decode())

    with override("de"):
        labels = [label_of(model, column.name) for column in asked]
    assert [one for one in labels if one not in page] == []


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize("column", [one for model, one in ASKED if model is Code], ids=in_ids)
def test_a_change_of_a_code_shows_with_its_label_between_two_versions(column):
    book = make_codebook()
    draft = begin_draft(by=None)
    code = draft.codes.order_by("pk").first()
    change_code(code, {column.name: another(code, column, 1, None, None)}, by=None)

    with override("de"):
        (change,) = read_changes(book, draft)
        assert [title for title, _, _ in change.texts] == [label_of(Code, column.name)]


@pytest.mark.integration
@pytest.mark.django_db
@pytest.mark.parametrize("column", [one for model, one in ASKED if model is Measure], ids=in_ids)
def test_a_change_of_a_measure_shows_with_its_label_and_can_be_brought_back(column):
    measure = make_measure()
    value = another(measure, column, 1, None, None)
    before = getattr(measure, column.name)
    first = measure.history.get().pk
    change_measure(measure, texts={column.name: value}, by=make_user())

    with override("de"):
        titles = {one.title.split(", ")[0] for one in read_history(measure)[0].changes}
        assert titles == {label_of(Measure, column.name)}
    revert_measure(measure, history_id=first, by=make_user())

    assert getattr(Measure.objects.get(), column.name) == before


@pytest.mark.unit
def test_the_history_of_a_posting_compares_and_names_every_column_that_people_fill():
    asked = {column.attname for model, column in ASKED if model is Posting}

    assert asked <= set(COMPARED) <= set(NAMES)
