"""A column that people fill is said once, beside its model; forms, history and labels follow it.

The gate asks every model of every app: its columns are said, or nobody fills it (NOBODY_FILLS says
why). Models are found by what their columns say, so that a new column is asked without a new test.
Organisations, profiles and labels have more readers and a gate of their own
(tests/platform/actors/test_fields.py).
"""

from datetime import date
from html import unescape

import pytest
from django import forms
from django.apps import apps
from django.db import models
from django.utils.translation import override

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.actors.models import (
    Claim,
    ClusterLabel,
    ClusterMember,
    ClusterOrganisation,
    Consent,
    CoverageTarget,
    ImportSource,
    Organisation,
    Partner,
    Person,
    SavedSearch,
    Stakeholder,
)
from alpclusters.platform.cafe.models import (
    AlpCafe,
    Criterion,
    Guest,
    Invitation,
    Participant,
    Question,
    Table,
)
from alpclusters.platform.evaluation.models import DataRequest
from alpclusters.platform.evidence.domain.codebook.editing import begin_draft, change_code
from alpclusters.platform.evidence.models import (
    Activity,
    Code,
    Codebook,
    Coding,
    Corpus,
    Document,
    Initiative,
    Lesson,
    LessonMeasure,
    Participation,
    Quotation,
    Settlement,
)
from alpclusters.platform.evidence.models import Programme as ProgrammeOfInitiatives
from alpclusters.platform.fields import about_of, fields_of, groups_of, label_of
from alpclusters.platform.funding.models import (
    Budget,
    Call,
    ChangeProposal,
    DeMinimisAid,
    FundingCase,
    Offer,
    Parameter,
    Priority,
    Programme,
    RegionalScheme,
    SynchronisedScheme,
)
from alpclusters.platform.languages.codes import LANGUAGE_CODES, LANGUAGES
from alpclusters.platform.languages.inputs import TextsField, input_names
from alpclusters.platform.languages.text import TranslatedText
from alpclusters.platform.measures.domain.editing import change_measure, revert_measure
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.network.domain.links.entering import COMPARED as COMPARED_OF_LINK
from alpclusters.platform.network.domain.links.entering import FIELDS as FACTS_OF_LINK
from alpclusters.platform.network.domain.postings.writing import COMPARED
from alpclusters.platform.network.models import (
    Attendance,
    Digest,
    FollowUp,
    Introduction,
    Link,
    LinkReport,
    MeetingDay,
    MeetingWish,
    Posting,
    PostingReport,
)
from alpclusters.platform.partnership.models import Project, ProjectFact, RoleAssignment
from alpclusters.platform.policy.models import (
    Action,
    ActionPlan,
    Adoption,
    AdoptionStep,
    Comment,
    Consultation,
    ConsultationInvitation,
    Cost,
    Dependency,
    DraftingBody,
    Endorsement,
    Finding,
    FundingLine,
    Indicator,
    IndicatorValue,
    JointApproach,
    Milestone,
    MonitoringRound,
    Override,
    Player,
    ProgressReport,
    Recommendation,
    ReportLink,
    Risk,
    Solution,
    SolutionBody,
    Target,
)
from alpclusters.platform.trust.models import ResponsibleBody
from alpclusters.reports.plan_words.figures import field_name
from alpclusters.www.cafe.sheets import ProfileForm
from alpclusters.www.public.cafes.registering import RegisterForm
from alpclusters.www.public.codebook import read_changes
from alpclusters.www.public.consultations import CommentForm
from alpclusters.www.public.endorsements import DecisionForm as EndorsementForm
from alpclusters.www.public.postings.posting_page import ReportForm as PostingReportForm
from alpclusters.www.public.reporting import ReportForm as ProgressReportForm
from alpclusters.www.public.research import RequestForm
from alpclusters.www.workspace.approaches import ApproachForm, StepForm, TaskForm
from alpclusters.www.workspace.cafes.editing import CafeForm, CriterionForm
from alpclusters.www.workspace.cafes.prepare.guests import GuestForm
from alpclusters.www.workspace.cafes.prepare.invitations import PersonForm
from alpclusters.www.workspace.cafes.prepare.programme import QuestionForm, TableForm
from alpclusters.www.workspace.claims import ClaimForm, DecisionForm
from alpclusters.www.workspace.codebook import CodeForm, NoteForm
from alpclusters.www.workspace.coding.coding_form import NoteForm as NoteOfCoding
from alpclusters.www.workspace.coding.desk import ActivityForm
from alpclusters.www.workspace.coding.disagreements import ReasonForm as SettlementForm
from alpclusters.www.workspace.consultations.consultation_forms import (
    AnswerForm,
    ConsultationForm,
    InviteForm,
)
from alpclusters.www.workspace.documents.editing import DocumentForm
from alpclusters.www.workspace.documents.reader import QuoteForm
from alpclusters.www.workspace.endorsements import AskForm
from alpclusters.www.workspace.evidence.corpora import CorpusForm
from alpclusters.www.workspace.funding_cases.account_forms import EntryForm as AidForm
from alpclusters.www.workspace.funding_cases.case_forms import FrameForm
from alpclusters.www.workspace.funding_entries.entry_forms import FORMS
from alpclusters.www.workspace.funding_entries.form_fields import FigureForm
from alpclusters.www.workspace.funding_entries.reviewing import DecisionForm as AnswerToProposal
from alpclusters.www.workspace.funding_entries.writing import empty_record
from alpclusters.www.workspace.imports.run_list import UploadForm
from alpclusters.www.workspace.imprint import ImprintForm
from alpclusters.www.workspace.initiatives.initiative_forms import INPUTS as INPUTS_OF_INITIATIVE
from alpclusters.www.workspace.initiatives.initiative_forms import InitiativeForm
from alpclusters.www.workspace.initiatives.initiative_list import (
    PartnerForm as BodyOfInitiativeForm,
)
from alpclusters.www.workspace.introductions.introduction_page import AnswerForm as NoForm
from alpclusters.www.workspace.introductions.introduction_page import AskForm as IntroductionForm
from alpclusters.www.workspace.introductions.introduction_page import OutcomeForm
from alpclusters.www.workspace.lessons.lesson_page import LessonForm, SuggestionForm
from alpclusters.www.workspace.links.link_forms import NewLinkForm, ReportForm
from alpclusters.www.workspace.measures import MeasureForm, PictureForm, read_history
from alpclusters.www.workspace.meetings.days import AttendanceForm, DayForm, WishForm
from alpclusters.www.workspace.monitoring.interreg import SolutionForm
from alpclusters.www.workspace.monitoring.report_forms import (
    AddressesForm,
    OverrideForm,
    RejectionForm,
    RoundForm,
)
from alpclusters.www.workspace.people import InvitationForm, OwnAccountForm
from alpclusters.www.workspace.policy import action_rows
from alpclusters.www.workspace.policy.action_form import ActionForm
from alpclusters.www.workspace.policy.plan_forms import BodyForm, PlanForm
from alpclusters.www.workspace.postings.posting_forms import DigestForm, PostingForm
from alpclusters.www.workspace.postings.posting_page import NAMES
from alpclusters.www.workspace.profiles.choosing import ContactForm, MemberForm
from alpclusters.www.workspace.projects import PartnerForm, ProjectForm
from alpclusters.www.workspace.recommendations.recommendation_forms import (
    FindingForm,
    RecommendationForm,
)
from alpclusters.www.workspace.research import DecisionForm as DataDecisionForm
from alpclusters.www.workspace.schemes.priorities import PriorityRowForm, SubjectForm
from alpclusters.www.workspace.schemes.scheme_forms import DesignForm, SchemeForm
from alpclusters.www.workspace.stakeholders.people import ConsentForm, NewPersonForm
from alpclusters.www.workspace.stakeholders.people import PersonForm as KnownPersonForm
from alpclusters.www.workspace.stakeholders.stakeholder_page import StakeholderForm, TargetsForm
from tests.factories.accounts import make_user, make_user_with
from tests.factories.cafe import make_draft
from tests.factories.coding import make_codebook
from tests.factories.columns import another
from tests.factories.evidence import (
    make_activity,
    make_initiative,
    make_lesson,
    make_programme,
)
from tests.factories.measures import make_measure
from tests.factories.network import make_meeting_day
from tests.factories.policy import make_plan
from tests.factories.stakeholders import make_stakeholder

TODAY = date(2026, 12, 3)
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
# Of a file its name and what was read; what coders agreed on comes from their sheets.
OF_THE_PROGRAM[Document] = {"id", "key", "file", "file_name", "digest", "n_bytes", "n_pages"}
OF_THE_PROGRAM[Document] |= {"state", "error", "is_simulated", "added_by", "created_at"}
OF_THE_PROGRAM[Document] |= {"changed_at"}
OF_THE_PROGRAM[Activity] = {"id", "initiative", "number", "state", "codebook", "is_seeded"}
OF_THE_PROGRAM[Activity] |= {"is_simulated", "created_by", "created_at", "changed_at"}
OF_THE_PROGRAM[Activity] |= {"measure_type", "scope", "audience", "outcome_status", "context"}
OF_THE_PROGRAM[Activity] |= {"outcome_months", "payer_after", "source_type", "success_factors"}
OF_THE_PROGRAM[Activity] |= {"failure_reasons"}
OF_THE_PROGRAM[Corpus] = {"id", "project", "slug"}
# What is tied to a place, or which answer, is chosen among things of several kinds.
OF_THE_PROGRAM[Quotation] = {"id", "document", "activity", "lesson", "field", "made_by", "made_at"}
# The codebook says what is asked.
OF_THE_PROGRAM[Coding] = {"id", "activity", "coder", "place", "codebook", "values", "began_at"}
OF_THE_PROGRAM[Coding] |= {"closed_at"}
# A person names a body with its part; the rest comes from registers.
OF_THE_PROGRAM[Participation] = {"id", "initiative", "organisation", "body_key", "order", "region"}
OF_THE_PROGRAM[Participation] |= {"given_code", "budget_cents", "eu_cents", "has_left"}
OF_THE_PROGRAM[Settlement] = {"id", "activity", "field", "value", "made_by", "made_at"}
OF_THE_PROGRAM[JointApproach] = {"id", "project", "uuid", "code", "created_by", "created_at"}
OF_THE_PROGRAM[Adoption] = {"id", "approach", "region", "state"}
OF_THE_PROGRAM[AdoptionStep] = {"id", "adoption", "state", "recorded_by", "recorded_at"}
OF_THE_PROGRAM[Solution] = {"id", "project", "uuid"}
# What a body did is said by the input in which its line stands.
OF_THE_PROGRAM[SolutionBody] = {"id", "solution", "part"}
OF_THE_PROGRAM[MonitoringRound] = {"id", "plan", "number", "closed_at"}
OF_THE_PROGRAM[ReportLink] = {"id", "round", "action", "token_hash", "sent_at", "reminded_on"}
OF_THE_PROGRAM[ReportLink] |= {"used_at", "expires_on"}
# A report is of the day and in the language of the page.
OF_THE_PROGRAM[ProgressReport] = {"id", "action", "round", "confirmed_on", "language", "way"}
OF_THE_PROGRAM[ProgressReport] |= {"reported_at", "reported_by"}
# A person says for how many rounds; the program counts which is the last.
OF_THE_PROGRAM[Override] = {"id", "action", "computed", "until_round", "author", "made_at"}
OF_THE_PROGRAM[Override] |= {"ended_at"}
OF_THE_PROGRAM[IndicatorValue] = {"id", "indicator", "round", "reported_at", "reported_by"}
OF_THE_PROGRAM[IndicatorValue] |= {"status"}
OF_THE_PROGRAM[DeMinimisAid] = {"id", "organisation", "reference", "entered_by"}
OF_THE_PROGRAM[DeMinimisAid] |= {"confirmed_on", "confirmed_by"}
# What is written into a case and into the wishes of a scheme is one text in a format of its own.
OF_THE_PROGRAM[FundingCase] = {"id", "project", "data", "taken", "version", "made_by", "made_at"}
OF_THE_PROGRAM[FundingCase] |= {"updated_at"}
OF_THE_PROGRAM[SynchronisedScheme] = {"id", "project", "wishes", "version", "made_by", "made_at"}
OF_THE_PROGRAM[SynchronisedScheme] |= {"updated_at"}
# Ratings bring theirs; which source it is, is chosen before the rest is asked.
OF_THE_PROGRAM[Finding] = {"id", "project", "uuid", "kind", "snapshot", "measure", "criterion"}
OF_THE_PROGRAM[Finding] |= {"lesson", "network", "mix", "consultation", "code", "n", "estimate"}
OF_THE_PROGRAM[Finding] |= {"cannot_judge_share", "low", "high", "convention", "certainty"}
OF_THE_PROGRAM[Finding] |= {"valid_from", "superseded_by", "made_at"}
OF_THE_PROGRAM[Budget] = {"id", "status"}
OF_THE_PROGRAM[Priority] = {"id", "status", "by_people"}
OF_THE_PROGRAM[ChangeProposal] = {"id", "programme", "call", "offer", "patch", "base_version"}
OF_THE_PROGRAM[ChangeProposal] |= {"state", "proposed_by", "proposed_at", "decided_by"}
OF_THE_PROGRAM[ChangeProposal] |= {"decided_at"}
OF_THE_PROGRAM[ResponsibleBody] = {"id"}
OF_THE_PROGRAM[User] = {"id", "password", "last_login", "is_superuser", "is_active", "joined_at"}
OF_THE_PROGRAM[Programme] = OF_THE_PROGRAM[Call] = {"id", "version", "updated_at"}
# What the search needs of the terms.
OF_THE_PROGRAM[Offer] = OF_THE_PROGRAM[Call] | {"kinds", "categories", "themes"}
OF_THE_PROGRAM[Offer] |= {"best_rate_bp", "cap_ct"}
OF_THE_PROGRAM[Parameter] = {"id", "programme", "call", "order"}
# Its rules have names of their own, and not all that is asked of an entry is asked of a scheme.
OF_THE_PROGRAM[RegionalScheme] = {"id", "key", "programme", "version", "updated_at"}
OF_THE_PROGRAM[RegionalScheme] |= {"attributes", "changes"}
NOT_ASKED = {RegionalScheme: {"source_language", "licence", "status", "checked_on"}}
# A budget comes in a table; what it shares with a priority is asked of priorities alone.
NOT_ASKED[Budget] = {"source", "checked_on"}
# Order and ranks come with the catalogue; the file of a picture has a name nobody types.
OF_THE_PROGRAM[Measure] = {"id", "key", "type_key", "project", "picture", "order"}
OF_THE_PROGRAM[Measure] |= {"reported_rank", "reported_note", "reported_source"}
OF_THE_PROGRAM[Codebook] = {"id", "number", "recodes", "published_at", "published_by"}
OF_THE_PROGRAM[Code] = {"id", "codebook", "field", "key", "order"}
OF_THE_PROGRAM[AlpCafe] = {"id", "code", "state", "top_three_points", "margins", "phase"}
OF_THE_PROGRAM[AlpCafe] |= {"round_index", "revision", "content_revision", "ends_at", "screen"}
OF_THE_PROGRAM[AlpCafe] |= {"paused_left_ms", "input_stopped_at", "announcement", "link_epoch"}
OF_THE_PROGRAM[AlpCafe] |= {"grace_minutes", "rehearsal_of", "created_by", "created_at"}
OF_THE_PROGRAM[AlpCafe] |= {"opened_at", "closed_at", "sealed_at"}
OF_THE_PROGRAM[Table] = {"id", "cafe", "number"}
OF_THE_PROGRAM[Question] = {"id", "cafe", "round_index"}
OF_THE_PROGRAM[Criterion] = {"id", "key", "is_default", "order"}
OF_THE_PROGRAM[Guest] = {"id", "cafe", "number", "participant", "is_spare", "left_after"}
OF_THE_PROGRAM[Invitation] = {"id", "cafe", "organisation", "token_hash", "invited_at"}
OF_THE_PROGRAM[Invitation] |= {"reminded_at", "answered_at"}
OF_THE_PROGRAM[Participant] = {"id", "cafe", "token_hash", "recovery_hash", "source", "language"}
OF_THE_PROGRAM[Participant] |= {"measure_order", "consented_at", "consent_version"}
OF_THE_PROGRAM[Participant] |= {"joined_at", "seen_at", "is_simulated"}
# Which organisation it is, is chosen or made before the rest is asked.
OF_THE_PROGRAM[Partner] = {"id", "project", "organisation", "order"}
OF_THE_PROGRAM[Project] = {"id", "slug", "kind", "is_precise_to_day", "created_by"}
# People write one text for each of three sections; the other facts come from a table.
OF_THE_PROGRAM[ProjectFact] = {"id", "project", "section", "key", "label", "source", "status"}
OF_THE_PROGRAM[ProjectFact] |= {"order"}
OF_THE_PROGRAM[Stakeholder] = {"id", "project", "organisation", "mapped_by", "is_simulated"}
OF_THE_PROGRAM[Person] = {"id", "organisation", "user"}
OF_THE_PROGRAM[ClusterMember] = {"id", "cluster", "organisation"}
OF_THE_PROGRAM[Consent] = {"id", "person", "version", "given_at", "withdrawn_at"}
OF_THE_PROGRAM[Claim] = {"id", "cluster", "user", "state", "made_at", "decided_by", "decided_at"}
OF_THE_PROGRAM[SavedSearch] = {"id", "user", "made_at"}
OF_THE_PROGRAM[ImportSource] = {"id", "key", "columns"}
OF_THE_PROGRAM[CoverageTarget] = {"id", "project"}
OF_THE_PROGRAM[Consultation] = {"id", "project", "state", "opens_on", "versions", "texts"}
OF_THE_PROGRAM[Consultation] |= {"created_by", "created_at"}
OF_THE_PROGRAM[ConsultationInvitation] = {"id", "consultation", "token_hash", "sent_at"}
OF_THE_PROGRAM[ConsultationInvitation] |= {"reminded_on"}
OF_THE_PROGRAM[Comment] = {"id", "consultation", "recommendation", "version", "field", "language"}
OF_THE_PROGRAM[Comment] |= {"paragraph", "quote", "token_hash", "author", "answered_by"}
OF_THE_PROGRAM[Comment] |= {"answered_at", "made_at", "is_late", "is_orphaned"}
# The country is that of the region, the language that of the page.
OF_THE_PROGRAM[Endorsement] = {"id", "recommendation", "plan", "country", "language", "version"}
OF_THE_PROGRAM[Endorsement] |= {"text_on", "text_digest", "recorded_by", "recorded_at"}
OF_THE_PROGRAM[Link] = {"id", "first", "second", "standing", "entered_for", "entered_by"}
OF_THE_PROGRAM[Link] |= {"entered_at", "decided_by", "decided_at", "introduction", "source"}
OF_THE_PROGRAM[Link] |= {"licence", "is_simulated", "changed_at"}
OF_THE_PROGRAM[PostingReport] = {"id", "posting", "user", "made_at", "settled_at"}
OF_THE_PROGRAM[RoleAssignment] = {"id", "user", "granted_by", "granted_at"}
OF_THE_PROGRAM[DataRequest] = {"id", "cafe", "language", "terms_version", "state", "asked_at"}
OF_THE_PROGRAM[DataRequest] |= {"decided_at", "decided_by", "deleted_at", "seed", "token_hash"}
OF_THE_PROGRAM[DataRequest] |= {"snapshot_number", "digest", "fields"}
OF_THE_PROGRAM[Digest] = {"id", "user", "since", "sent_until"}
OF_THE_PROGRAM[Introduction] = {"id", "asking", "asked", "posting", "run", "score", "parts"}
OF_THE_PROGRAM[Introduction] |= {"state", "asked_by", "asked_at", "decided_by", "decided_at"}
OF_THE_PROGRAM[Introduction] |= {"is_simulated"}
OF_THE_PROGRAM[FollowUp] = {"id", "introduction", "organisation", "months", "asked_at"}
OF_THE_PROGRAM[FollowUp] |= {"answered_at", "by"}
OF_THE_PROGRAM[MeetingDay] = {"id", "time_zone", "state", "plan", "made_by", "made_at"}
OF_THE_PROGRAM[MeetingDay] |= {"is_simulated"}
OF_THE_PROGRAM[Attendance] = {"id", "day", "organisation", "state", "user", "added_at"}
OF_THE_PROGRAM[MeetingWish] = {"id", "day", "asking", "asked", "state", "made_at", "told_at"}
OF_THE_PROGRAM[LinkReport] = {"id", "link", "organisation", "how", "by", "made_at"}
# Inputs that do not have the name of their column.
INPUTS = {
    (ConsultationInvitation, "email"): "emails",
    # A box beside each person on the list.
    (Invitation, "attended"): "state",
    (Table, "languages"): "also",
    (Guest, "pins"): "pin_1",
    (Question, "text"): "de",
    (Criterion, "scale"): "kind",
    **{(Initiative, column): name for column, name in INPUTS_OF_INITIATIVE.items()},
    # One input says a day and how exactly it is known.
    (Initiative, "start_precision"): "start",
    (Initiative, "end_precision"): "end",
    **{
        (ProgrammeOfInitiatives, name): f"programme_{name}" for name in ("name", "period", "family")
    },
    (Partner, "seat"): "seat_code",
    (Partner, "region"): "region_code",
    (Digest, "territory"): "countries",
    (Posting, "territory"): "countries",
    (ProjectFact, "value"): "aim",
    (Recommendation, "region"): "region_id",
    (RegionalScheme, "budget_ct"): "budget",
    (Target, "due"): "due_0",
    (DeMinimisAid, "amount_ct"): "amount",
    (ChangeProposal, "source"): "change_source",
    (ChangeProposal, "note"): "change_note",
    (SolutionBody, "name"): "carried_by",
    (SolutionBody, "country"): "carried_by",
    (Target, "value"): "value_0",
}
# Parts that are asked elsewhere than in the form of the whole row: with a decision, beside hits.
DECISIONS = {"reasons", "decision", "search"}
GATED_APART = {Organisation, ClusterOrganisation, ClusterLabel}
ROWS = {
    Claim: ClaimForm,
    ClusterMember: MemberForm,
    Code: CodeForm,
    Consent: ConsentForm,
    CoverageTarget: TargetsForm,
    Digest: DigestForm,
    Introduction: IntroductionForm,
    MeetingWish: WishForm,
    PostingReport: PostingReportForm,
    Corpus: CorpusForm,
    Adoption: TaskForm,
    DeMinimisAid: AidForm,
    DataRequest: RequestForm,
    Document: DocumentForm,
    Participation: BodyOfInitiativeForm,
    Settlement: SettlementForm,
    DraftingBody: BodyForm,
    Player: action_rows.PlayerForm,
    Project: ProjectForm,
    ProjectFact: ProjectForm,
    Milestone: action_rows.MilestoneForm,
    Cost: action_rows.CostForm,
    FundingLine: action_rows.FundingForm,
    ImportSource: UploadForm,
    Person: KnownPersonForm,
    Risk: action_rows.RiskForm,
    Indicator: action_rows.IndicatorForm,
    Parameter: FigureForm,
    RegionalScheme: SchemeForm,
    Target: action_rows.IndicatorForm,
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


# Models without a column that people fill, by the reason.
NOBODY_FILLS = {
    "the books of the program about its own work": (
        *("operation.JobRun", "operation.QueuedMail", "trust.SecurityEvent"),
        *("trust.ErasureCertificate", "actors.IndexedOrganisation", "actors.IndexTodo"),
        *("actors.IndexWord", "actors.IndexVersion", "evidence.SearchTodo"),
        *("network.LinkQuestion", "funding.CallAlertNews", "policy.GivenHash", "cafe.Entry"),
        *("cafe.Device", "cafe.Receipt"),
    ),
    "facts of the world, read from files": (
        *("territory.Region", "territory.RegionChange", "territory.ProgrammeArea"),
        *("territory.ProgrammeAreaRegion", "actors.PostalPoint"),
    ),
    "what lists of others and files brought": (
        *("actors.Identifier", "actors.Alias", "actors.Provenance", "actors.ImportRun"),
        *("evidence.InitiativeRecord", "evidence.DocumentPage", "funding.EntryVersion"),
    ),
    "proposed by the program, decided with a button": (
        *("actors.DuplicateProposal", "actors.FieldProposal", "actors.Merge", "actors.PartOf"),
        *("evidence.InitiativeProposal", "evidence.Bearing", "evidence.BearingVote"),
        *("cafe.SimilarCards", "policy.TextReview", "network.PartnerMark"),
    ),
    "ties one thing to another": (
        *("trail.Edge", "cafe.CafeMeasure", "cafe.CafeCriterion", "cafe.Involvement"),
        *("cafe.Apart", "policy.ActionCase", "funding.ControlLink", "funding.CallAlert"),
        *("network.PostingFollower",),
    ),
    "computed, and then it stands": (
        *("evaluation.Snapshot", "network.MatchRun", "network.NetworkSnapshot"),
        *("network.Meeting", "funding.MixRun", "funding.JointRun", "policy.PlanSnapshot"),
        *("cafe.SeatPlan", "cafe.Seat", "cafe.Release", "cafe.Protocol", "cafe.ProtocolHost"),
    ),
    "what phones and sheets send; its one reader checks it": (
        *("cafe.Card", "cafe.Support", "cafe.Insight", "cafe.Summary"),
        *("cafe.Rating", "cafe.Comment", "cafe.TopThree", "cafe.Feedback", "cafe.PaperSheet"),
    ),
    "a copy of what somebody is writing, or of what was written": (
        *("policy.EditDraft", "policy.EndorsementStep", "network.PostingChange"),
    ),
}
# Where a form asks in other words than lists and pages say.
OTHER_WORDS = {
    (Initiative, "start_precision"): "one input for the day and how exactly it is known",
    (Initiative, "end_precision"): "as the start",
    (Initiative, "standing"): "a tick: who saves says that it was compared",
    (ProgrammeOfInitiatives, "name"): "of a new programme, in the form of an initiative",
    (ProgrammeOfInitiatives, "period"): "as the name",
    (ImportSource, "name"): "of a new source, beside the choice of known ones",
    (Activity, "output_value"): "says what of: the output, as a number",
    (DeMinimisAid, "amount_ct"): "asks it in euro",
    (Document, "address"): "says which one: of the web",
    (Document, "is_open"): "a tick: the licence allows it",
    (Document, "read_on"): "says when: last",
    (Participation, "name"): "says of whom: of the body",
    (LessonMeasure, "note"): "a question: why",
    (Introduction, "answer"): "says what of: the reason of a no",
    (Attendance, "looks_for"): "in the second person: who comes says it",
    (Link, "status"): "says when: today",
    (Action, "background"): "a question: what was learnt, and where",
    (Action, "description"): "says how: in steps",
    (Action, "reason_not_done"): "a sentence",
    (Action, "critical"): "a sentence that says what it means",
    (FundingLine, "offer"): "hidden; the offers are a list of their own",
    (Offer, "terms"): "says the format",
    (Comment, "text"): "says whose: yours",
    (ConsultationInvitation, "email"): "many at once, one a line",
    (ReportLink, "email"): "says of whom: of the body for one action",
    (ReportLink, "language"): "as the address",
    (ProjectFact, "value"): "called by its section",
    (Priority, "region"): "says that it is the other choice: or region",
    (Priority, "weight"): "asks it in per cent",
    (ProgressReport, "progress"): "asks it in per cent",
    (IndicatorValue, "note"): "with the decision: why",
    (IndicatorValue, "value"): "the indicator with its unit",
    (SolutionBody, "name"): "several at once, one a line, with what they did",
    (SolutionBody, "country"): "in the line of its body",
    (Criterion, "scale"): "kind, steps and words",
    (Guest, "pins"): "a choice for each round",
    (Invitation, "attended"): "a box beside each name on the list",
    (Invitation, "languages"): "in the first person: who registers says it",
    (Question, "text"): "an input for each language of the AlpCafé, called by it",
    (Table, "languages"): "the language it works in, and which others the host speaks",
    (Target, "due"): "numbered: one of several targets",
    (Target, "value"): "as the date",
}
OTHER_LIMITS = {
    (ConsultationInvitation, "email"): "many at once, each checked by itself",
    (SolutionBody, "name"): "as the addresses",
    (SolutionBody, "country"): "as the name",
    (Call, "key"): "an address: new ones are shorter than those that imports brought",
    (Offer, "key"): "as the key of a call",
    (Initiative, "start_precision"): "the input takes a day",
    (Initiative, "end_precision"): "as the start",
}


def is_ours(model):
    is_history = model.__name__.startswith("Historical")
    return model.__module__.startswith("alpclusters.") and not is_history


OURS = [model for model in apps.get_models() if is_ours(model)]
MODELS = [model for model in OURS if any(fields_of(model)) and model not in GATED_APART]
ASKED = [
    (model, column)
    for model in MODELS
    for column in fields_of(model, lambda one: one.part)
    if column.name not in NOT_ASKED.get(model, ())
]


def in_ids(value):
    return value.name if isinstance(value, models.Field) else value.__name__


@pytest.mark.unit
def test_every_model_is_said_or_has_its_reason():
    said = [model._meta.label for model in OURS if any(fields_of(model))]
    left_out = [label for labels in NOBODY_FILLS.values() for label in labels]

    assert sorted([*said, *left_out]) == sorted(model._meta.label for model in OURS)


@pytest.mark.unit
@pytest.mark.parametrize("model", [one for one in OURS if any(fields_of(one))], ids=in_ids)
def test_what_is_said_of_a_column_can_be_read(model):
    for column in fields_of(model):
        about = about_of(column)
        # What somebody may read as open data stands on a page, and is about no person.
        assert about.public or not about.exported, column.name
        assert about.privacy not in {"pseudonymous", "secret"} or not about.public, column.name
    assert groups_of(model) is not None


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

    # What Django makes of a name is in no catalogue; the name of an AlpCafé is the same everywhere.
    assert len(labels) > 1 or labels == {"AlpCafé"}


@pytest.fixture
def inputs():
    """Return the inputs that ask for a row of a model, by their names."""
    plan = make_plan()
    project = plan.project
    measure = make_measure()
    day = MeetingDay.objects.get(pk=make_meeting_day(project).pk)
    asking = {
        Codebook: NoteForm(draft=Codebook()),
        Initiative: InitiativeForm(),
        ProgrammeOfInitiatives: InitiativeForm(),
        Lesson: LessonForm(),
        LessonMeasure: SuggestionForm(),
        Link: NewLinkForm(user=make_user()),
        LinkReport: ReportForm(sides=[]),
        Attendance: AttendanceForm(attendance=Attendance(day=day), is_own=True),
        FollowUp: OutcomeForm(follow_up=FollowUp(), is_early=False),
        MeetingDay: DayForm(projects=Project.objects.all()),
        Partner: PartnerForm(project=project),
        Posting: PostingForm(),
        SavedSearch: forms.Form(),
        Stakeholder: StakeholderForm(stakeholder=make_stakeholder(project)),
        ActionPlan: PlanForm(project=project, plan=plan),
        Action: ActionForm(plan=plan),
        Recommendation: RecommendationForm(project=project),
        Finding: FindingForm(project=project),
        Coding: NoteOfCoding(coding=None),
        Quotation: QuoteForm(),
        Priority: PriorityRowForm(),
        Dependency: action_rows.WaitingForm(others_of_plan=[]),
        Measure: MeasureForm(measure=measure),
        Activity: ActivityForm(activity=make_activity()),
        ResponsibleBody: ImprintForm(instance=ResponsibleBody()),
        User: OwnAccountForm(),
        RoleAssignment: InvitationForm(by=make_user()),
        JointApproach: ApproachForm(project=project),
        AdoptionStep: StepForm(adoption=Adoption()),
        Solution: SolutionForm(project=project),
        SolutionBody: SolutionForm(project=project),
        MonitoringRound: RoundForm(today=TODAY),
        Override: OverrideForm(),
        FundingCase: FrameForm(version=1),
        SynchronisedScheme: DesignForm(),
        **{model: form() for model, form in ROWS.items()},
        **{
            model: FORMS[kind](record=empty_record(kind))
            for kind, model in (("programme", Programme), ("call", Call), ("offer", Offer))
        },
    }
    cafe = make_draft()
    asking |= {
        Comment: CommentForm(),
        Consultation: ConsultationForm(project=project),
        ConsultationInvitation: InviteForm(),
        Endorsement: EndorsementForm(),
        AlpCafe: CafeForm(by=make_user()),
        Criterion: CriterionForm(),
        Guest: GuestForm(cafe=cafe, guest=Guest(cafe=cafe)),
        Invitation: RegisterForm(cafe=cafe, invitation=None),
        Participant: ProfileForm(cafe=cafe),
        Question: QuestionForm(cafe=cafe, index=1),
        Table: TableForm(table=Table(cafe=cafe)),
    }
    asked = {model: dict(form.fields) for model, form in asking.items()}
    asked |= inputs_of_monitoring(plan)
    asked[Measure] |= PictureForm(measure=measure).fields
    asked[Comment] |= AnswerForm().fields
    asked[Priority] |= SubjectForm().fields
    proposal = FORMS["call"](record=empty_record("call"), entry=Call())
    proposal.proposed()
    chosen = ["change_source", "change_note"]
    asked[ChangeProposal] = {
        name: proposal.fields[name] for name in chosen
    } | AnswerToProposal().fields
    asked[Endorsement] |= AskForm(project=project).fields
    asked[Invitation] |= PersonForm(cafe=cafe, invitation=Invitation(cafe=cafe)).fields
    asked[Introduction] |= NoForm().fields
    asked[DataRequest] |= DataDecisionForm().fields
    asked[Claim] |= DecisionForm().fields
    return asked


def inputs_of_monitoring(plan):
    """Return the inputs that ask about one action or indicator and bear its number."""
    action = plan.actions.get()
    indicator = Indicator.objects.create(plan=plan, action=action, name="Members")
    addresses = AddressesForm(actions=[action], links=[], answered=set()).fields
    report = ProgressReportForm(action=action, today=TODAY).fields
    return {
        ReportLink: {name: addresses[f"{name}_{action.pk}"] for name in ("email", "language")},
        ProgressReport: report,
        IndicatorValue: {
            "value": report[f"value_{indicator.pk}"],
            "refers_to": report[f"value_on_{indicator.pk}"],
            "source": report[f"value_source_{indicator.pk}"],
            **RejectionForm().fields,
        },
    }


@pytest.mark.integration
@pytest.mark.django_db
def test_every_column_that_people_fill_stands_in_a_form(inputs):
    forgotten = [
        f"{model.__name__}.{column.name}"
        for model, column in ASKED
        if column.about.part not in DECISIONS and not inputs_for(model, column, inputs)
    ]

    assert forgotten == []


@pytest.mark.integration
@pytest.mark.django_db
def test_a_form_asks_as_the_column_says(inputs):
    other = [
        f"{model.__name__}.{column.name}: {words}"
        for model, column in ASKED
        for one in inputs_for(model, column, inputs)
        for words in differences(model, column, one)
    ]

    assert not other, "\n".join(other)


@pytest.mark.integration
@pytest.mark.django_db
def test_only_what_a_form_asks_in_other_words_is_named(inputs):
    for model, name in OTHER_WORDS:
        column = model._meta.get_field(name)
        labels = [label_in_form(one) for one in inputs_for(model, column, inputs)]
        assert [one for one in labels if one != label_of(model, name)], (model, name)
    for model, name in OTHER_LIMITS:
        column = model._meta.get_field(name)
        assert [limit_of(one) for one in inputs_for(model, column, inputs)] != [
            column.max_length
        ], (model, name)


@pytest.mark.unit
@pytest.mark.parametrize("form", [ContactForm, NewPersonForm])
def test_a_person_is_asked_for_in_the_same_words_everywhere(form):
    for name, field in form().fields.items():
        column = {"purposes": "purpose"}.get(name, name)
        model = Consent if column in {"purpose", "how"} else Person
        if column not in {"is_manager", "agreed"}:
            assert field.label == label_of(model, column)
            assert field.help_text == model._meta.get_field(column).help_text


def inputs_for(model, column, inputs):
    """Return the inputs that ask for a column: one, or one for each language."""
    name = INPUTS.get((model, column.name), column.name)
    if name in inputs[model]:
        return [inputs[model][name]]
    names = input_names([name]) if isinstance(column, TranslatedText) else []
    return [inputs[model][one] for one in names if one in inputs[model]]


def differences(model, column, one):
    label = label_of(model, column.name)
    if (model, column.name) not in OTHER_WORDS and label_in_form(one) != label:
        yield f"label {one.label}"
    if column.help_text and str(one.help_text) != str(column.help_text):
        yield f"help {one.help_text}"
    limit = limit_of(one) if has_limit(column, one) else column.max_length
    if (model, column.name) not in OTHER_LIMITS and limit != column.max_length:
        yield f"limit {limit}"


def label_in_form(one):
    """Return the label without the language in brackets after it."""
    label = str(one.label)
    for _code, name in LANGUAGES:
        label = label.removesuffix(f" ({name})")
    return label


def has_limit(column, one):
    return column.max_length and not isinstance(one, forms.ChoiceField | forms.BooleanField)


def limit_of(one):
    if isinstance(one, TextsField):
        (limit,) = {each.max_length for each in one.inputs.values()}
        return limit
    return one.max_length


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
def test_what_people_say_of_a_link_is_compared_and_agreed_on_by_both_sides():
    columns = {column.name for column in fields_of(Link)}

    assert columns - {"status"} == set(FACTS_OF_LINK)
    assert {column.attname for column in fields_of(Link)} <= set(COMPARED_OF_LINK)


@pytest.mark.unit
def test_the_history_of_a_posting_compares_and_names_every_column_that_people_fill():
    asked = {column.attname for model, column in ASKED if model is Posting}

    assert asked <= set(COMPARED) <= set(NAMES)
