"""The one list of what an application in Jems asks: section, limit, where it is kept, how filled.

Names of sections and properties, the groups of partners and the limits marked as checked were read
on 2026-12-02 in the published source of Jems (versions up to 10: the records ``ProjectData`` of its
plugin interface, and the validators). So was what the three tables of section D hold: funds and
contributions of each partner, its cost headings, its periods. Everything else is as offline templates of programmes have
it, and unverified; a call may show fewer fields and set other limits.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.reports.application import package_answers as package
from alpclusters.reports.application import partner_answers as partner
from alpclusters.reports.application import project_answers as project
from alpclusters.reports.application.subject import ApplicationSubject, Talk

# ruff: noqa: E501 - one row of the list is one line


type Fill = Callable[[Talk, Any], str | None]
type Per = Literal["project", "partner", "package"]
type Asks = Literal["text", "short", "choice", "number", "list", "person"]
type Where = Literal["project", "action", "plan", "directory", "case", "mix", "partner", "form"]

SECTIONS: Final = {
    "A": _("A Project identification and summary"),
    "B": _("B Project partners"),
    "C": _("C Project description"),
    "D": _("D Project budget"),
    "E": _("E Lump sums of the project"),
}
# Parts that have a heading of their own, as Jems numbers them; C.6 is drawn by Jems from C.4.
PARTS: Final = {
    "C.1": _("C.1 Overall objective"),
    "C.2": _("C.2 Relevance and context"),
    "C.3": _("C.3 Partnership"),
    "C.4": _("C.4 Work plan"),
    "C.5": _("C.5 Results"),
    "C.7": _("C.7 Management"),
    "C.8": _("C.8 Long-term plans"),
    "D.1": _("D.1 Budget by partner and source of money"),
    "D.2": _("D.2 Budget by partner and cost heading"),
    "D.3": _("D.3 Budget by partner and period"),
}
ASKS: Final = {
    "text": _("a text"),
    "short": _("a word or a number"),
    "choice": _("a choice from the list of the programme"),
    "number": _("an amount or a number"),
    "list": _("a list"),
    "person": _("a person with function and contact data"),
}
WHERES: Final = {
    "project": _("page of the project"),
    "action": _("the action in the plan"),
    "plan": _("recommendations and the plan"),
    "directory": _("entry of the body in the directory"),
    "case": _("the funding case"),
    "mix": _("the mix"),
    "partner": _("the partner’s data for applications"),
    "form": _("directly in Jems"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the form.

    Attributes
    ----------
    id : str
        Section number and property in Jems.
    label : str
        What it is called, to be translated.
    per : Per
        Asked once, of each partner, or of each work package.
    asks : Asks
        What is entered.
    where : Where
        Where it is entered so that the next package has it.
    fill : callable
        Gives the answer in a language; empty is missing, None means that it does not apply.
    limit : int or None
        The most characters.
    is_checked : bool
        Whether the limit was read in the source of Jems.
    in_languages : bool
        Whether Jems takes the text once for each language of the call.
    """

    id: str
    label: str
    per: Per
    asks: Asks
    where: Where
    fill: Fill
    limit: int | None = None
    is_checked: bool = False
    in_languages: bool = False

    @property
    def section(self) -> str:
        """The letter of its section."""
        return self.id[0]

    @property
    def part(self) -> str:
        """The part of its section, where the section has named parts."""
        return self.id[:3] if self.id[:3] in PARTS else ""


def _text(
    name: str, label: str, per: Per, where: Where, fill: Fill, limit: int, *, checked: bool = False
) -> Field:
    return Field(name, label, per, "text", where, fill, limit, checked, in_languages=True)


FIELDS: Final = (
    # A
    Field("A.1 acronym", _("Project acronym"), "project", "short", "project", project.acronym, 25, is_checked=True),
    _text("A.1 title", _("Project title"), "project", "project", project.title, 250, checked=True),
    Field("A.1 duration", _("Duration in months"), "project", "number", "case", project.duration),
    Field("A.1 programmePriority", _("Programme priority"), "project", "choice", "form", project.unknown),
    Field("A.1 specificObjective", _("Specific objective of the programme"), "project", "choice", "form", project.unknown),
    _text("A.2 intro", _("Summary of the project"), "project", "project", project.summary, 2000, checked=True),
    # B
    Field("B.1.1 role", _("Role in the project"), "partner", "choice", "case", partner.role),
    Field("B.1.1 abbreviation", _("Abbreviation of the partner"), "partner", "short", "partner", partner.abbreviation, 15, is_checked=True),
    Field("B.1.1 nameInOriginalLanguage", _("Name in the original language"), "partner", "short", "case", partner.name, 100, is_checked=True),
    Field("B.1.1 nameInEnglish", _("Name in English"), "partner", "short", "partner", partner.english_name, 100, is_checked=True),
    Field("B.1.1 partnerType", _("Type of partner"), "partner", "choice", "directory", partner.group),
    Field("B.1.1 partnerSubType", _("Size of the enterprise"), "partner", "choice", "case", partner.size),
    Field("B.1.1 legalStatus", _("Legal status"), "partner", "choice", "partner", partner.legal_status),
    Field("B.1.1 nace", _("Economic sector (NACE)"), "partner", "choice", "partner", partner.nace),
    Field("B.1.1 vat", _("VAT number"), "partner", "short", "partner", partner.vat_number, 50, is_checked=True),
    Field("B.1.1 vatRecovery", _("Can VAT be recovered?"), "partner", "choice", "case", partner.vat_recovery),
    Field("B.1.2 country", _("Country"), "partner", "choice", "case", partner.country),
    Field("B.1.2 nutsRegion2", _("Region (NUTS 2)"), "partner", "choice", "case", partner.nuts_2),
    Field("B.1.2 nutsRegion3", _("Region (NUTS 3)"), "partner", "choice", "case", partner.nuts_3),
    Field("B.1.2 street", _("Street and house number"), "partner", "short", "partner", partner.street, 50),
    Field("B.1.2 postalCode", _("Postcode"), "partner", "short", "partner", partner.postcode, 20),
    Field("B.1.2 city", _("Town"), "partner", "short", "partner", partner.town, 50),
    Field("B.1.3 legalRepresentative", _("Legal representative"), "partner", "person", "form", project.unknown),
    Field("B.1.4 contactPerson", _("Contact person"), "partner", "person", "form", project.unknown),
    _text("B.1.5 organizationRelevance", _("Which competences does the partner bring?"), "partner", "partner", partner.competence, 2000, checked=True),
    _text("B.1.5 organizationRole", _("What is the part of the partner in the project?"), "partner", "partner", partner.part, 2000, checked=True),
    _text("B.1.5 organizationExperience", _("Which experience with projects of the EU does the partner have?"), "partner", "partner", partner.experience, 2000, checked=True),
    _text("B.1.8 stateAid", _("Does State aid law apply?"), "partner", "case", partner.state_aid, 1000),
    # C
    _text("C.1 overallObjective", _("What is the overall objective of the project?"), "project", "plan", project.objective, 500, checked=True),
    _text("C.2.1 territorialChallenge", _("Which common challenges does the project tackle?"), "project", "plan", project.challenge, 5000, checked=True),
    _text("C.2.2 commonChallenge", _("How does the project tackle them, and what is new?"), "project", "action", project.approach, 5000, checked=True),
    _text("C.2.3 transnationalCooperation", _("Why is cooperation across borders needed?"), "project", "plan", project.cooperation, 5000, checked=True),
    _text("C.2.4 projectBenefits", _("Who benefits from the results?"), "project", "project", project.target_groups, 2000),
    _text("C.2.5 projectStrategies", _("To which strategies and policies does the project contribute?"), "project", "plan", project.strategies, 2000),
    _text("C.2.6 projectSynergies", _("Which synergies with other projects and initiatives are used?"), "project", "mix", project.synergies, 2000),
    _text("C.2.7 availableKnowledge", _("On which available knowledge does the project build?"), "project", "plan", project.knowledge, 5000, checked=True),
    _text("C.3 partnership", _("Why is this partnership the right one?"), "project", "case", partner.partnership, 5000, checked=True),
    _text("C.4 name", _("Title of the work package"), "package", "case", package.title, 100, checked=True),
    _text("C.4 specificObjective", _("Objective of the work package"), "package", "action", package.objective, 250, checked=True),
    _text("C.4 objectiveAndAudience", _("Objective of communication and audience"), "package", "form", project.unknown, 500, checked=True),
    _text("C.4 activityTitle", _("Title of the activity"), "package", "case", package.title, 200),
    _text("C.4 activityDescription", _("What is done in the activity?"), "package", "case", package.activity, 1000),
    Field("C.4 startPeriod", _("First period of the activity"), "package", "number", "case", package.start),
    Field("C.4 endPeriod", _("Last period of the activity"), "package", "number", "case", package.end),
    Field("C.4 partnerIds", _("Partners in the activity"), "package", "list", "case", package.partners),
    Field("C.4 deliverables", _("Deliverables with their days"), "package", "list", "action", package.in_main(project.deliverables)),
    Field("C.4 outputs", _("Outputs with their targets"), "package", "list", "action", package.in_main(project.outputs)),
    Field("C.4 programmeOutputIndicator", _("Output indicators of the programme (RCO)"), "package", "choice", "case", package.in_main(project.output_indicators)),
    Field("C.5 targetValue", _("Results with their targets"), "project", "list", "action", project.results),
    Field("C.5 programmeResultIndicator", _("Result indicators of the programme (RCR)"), "project", "choice", "form", project.unknown),
    Field("C.5 baseline", _("Baselines of the results"), "project", "number", "action", project.baselines),
    _text("C.7.1 projectCoordination", _("How is the project coordinated?"), "project", "case", project.coordination, 5000),
    _text("C.7.2 projectQualityAssurance", _("How is quality ensured?"), "project", "plan", project.quality, 5000),
    _text("C.7.3 projectCommunication", _("How does the project communicate?"), "project", "form", project.unknown, 5000),
    _text("C.7.4 projectFinancialManagement", _("How is the money managed?"), "project", "mix", project.finances, 5000),
    _text("C.7.5 projectJointDevelopment", _("Joint development"), "project", "plan", project.joint_development, 2000),
    _text("C.7.5 projectJointImplementation", _("Joint implementation"), "project", "case", project.joint_implementation, 2000),
    _text("C.7.5 projectJointStaffing", _("Joint staffing"), "project", "case", project.joint_staffing, 2000),
    _text("C.7.5 projectJointFinancing", _("Joint financing"), "project", "mix", project.joint_financing, 2000),
    _text("C.7.6 sustainableDevelopment", _("Effect on sustainable development"), "project", "form", project.unknown, 2000),
    _text("C.7.6 equalOpportunities", _("Effect on equal opportunities and non-discrimination"), "project", "form", project.unknown, 2000),
    _text("C.7.6 sexualEquality", _("Effect on equality between women and men"), "project", "form", project.unknown, 2000),
    _text("C.8.1 projectOwnership", _("In whose hands are the results?"), "project", "action", project.ownership, 5000),
    _text("C.8.2 projectDurability", _("How do the results last?"), "project", "plan", project.durability, 5000),
    _text("C.8.3 projectTransferability", _("How can others use the results?"), "project", "plan", project.transferability, 5000),
    # D
    Field("D.1 fund", _("Share of the European fund"), "partner", "number", "mix", partner.fund),
    Field("D.1 publicContribution", _("Contribution of other public sources"), "partner", "number", "mix", partner.other_grants),
    Field("D.1 partnerContribution", _("Own contribution"), "partner", "number", "mix", partner.contribution),
    Field("D.1 contributionStatus", _("Is the own contribution public or private?"), "partner", "choice", "form", partner.contribution_status),
    Field("D.2 staffCosts", _("Staff costs"), "partner", "number", "case", partner.cost_under("staffCosts")),
    Field("D.2 officeCosts", _("Flat rate for office and administration"), "partner", "choice", "form", partner.office_costs),
    Field("D.2 travelCosts", _("Travel and accommodation"), "partner", "number", "case", partner.cost_under("travelCosts")),
    Field("D.2 externalCosts", _("External expertise and services"), "partner", "number", "case", partner.cost_under("externalCosts")),
    Field("D.2 equipmentCosts", _("Equipment"), "partner", "number", "case", partner.cost_under("equipmentCosts")),
    Field("D.2 infrastructureCosts", _("Infrastructure and works"), "partner", "number", "case", partner.cost_under("infrastructureCosts")),
    Field("D.3 budgetPeriods", _("Costs by partner, category and period"), "project", "number", "case", project.plan_of_costs),
    # E
    Field("E.1 projectLumpSums", _("Lump sums of the programme, with period and share of each partner"), "project", "list", "form", project.unknown),
)  # fmt: skip


# --- The form filled: each field with its answer, what was shortened, what is missing, n of N -----


ELLIPSIS: Final = "…"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a field gets, for the project or for one partner or work package.

    Attributes
    ----------
    place : str
        Identifier of the partner or work package; empty for the project.
    name : str
        Its name.
    text : str
        The answer, within the limit; empty is missing.
    whole : str
        The answer before it was shortened.
    is_borrowed : bool
        Whether a part of it was only there in another language.
    is_untold : bool
        Whether nobody says in which language a part of it is.
    """

    field: Field
    place: str
    name: str
    text: str
    whole: str
    is_borrowed: bool
    is_untold: bool

    @property
    def is_filled(self) -> bool:
        """Say whether there is an answer."""
        return bool(self.text)

    @property
    def is_shortened(self) -> bool:
        """Say whether the limit cut it."""
        return self.text != self.whole


@dataclass(frozen=True, slots=True)
class Share:
    """How many fields are filled of those that apply."""

    section: str
    filled: int
    asked: int

    @property
    def share(self) -> float:
        """From 0 to 1."""
        return self.filled / self.asked if self.asked else 0.0


def answers_of(subject: ApplicationSubject, language: str) -> tuple[Answer, ...]:
    """Fill the form in a language; fields that do not apply are left out."""
    return tuple(
        answer
        for field in FIELDS
        for place, name, thing in _things(subject, field)
        if (answer := _answer(field, place, name, thing, Talk(subject, language))) is not None
    )


def shares_of(answers: Iterable[Answer]) -> tuple[Share, ...]:
    """Count fields by section: one of each partner and each work package counts by itself."""
    found = list(answers)
    return tuple(
        _share(section, [one for one in found if one.field.section == section])
        for section in SECTIONS
    )


def kinds_of(answers: Iterable[Answer]) -> Share:
    """Count rows of the form: one is filled where it is for each partner and work package."""
    found: dict[str, bool] = {}
    for one in answers:
        found[one.field.id] = found.get(one.field.id, True) and one.is_filled
    return Share("", sum(found.values()), len(found))


def total_of(shares: Sequence[Share]) -> Share:
    """Add up sections."""
    return Share("", sum(one.filled for one in shares), sum(one.asked for one in shares))


def shortened(text: str, limit: int | None) -> str:
    """Return a text of at most so many characters, cut at the end of a word.

    Examples
    --------
    >>> shortened("Cluster of wood", 12), shortened("Cluster", 12), shortened("Leichtbau", 5)
    ('Cluster of…', 'Cluster', 'Leic…')
    """
    if limit is None or len(text) <= limit:
        return text
    room = text[: limit - len(ELLIPSIS)]
    kept = room if text[len(room)].isspace() else room.rpartition(" ")[0]
    return (kept.rstrip() or room) + ELLIPSIS


def in_every_language(subject: ApplicationSubject, language: str) -> dict[str, tuple[Answer, ...]]:
    """Fill the form in all languages, each with what is really in that language.

    A text of which nobody knows the language, or that is whole in none, stands in the chosen one.
    """
    found = {
        code: tuple(one for one in answers_of(subject, code) if _is_own(one))
        for code in LANGUAGE_CODES
    }
    known = {(one.field.id, one.place) for answers in found.values() for one in answers}
    rest = (one for one in answers_of(subject, language) if (one.field.id, one.place) not in known)
    found[language] += tuple(rest)
    return found


def _is_own(answer: Answer) -> bool:
    return answer.is_filled and not (answer.is_borrowed or answer.is_untold)


def _things(subject: ApplicationSubject, field: Field) -> list[tuple[str, str, Any]]:
    match field.per:
        case "partner":
            return [(one.id, one.name, one) for one in subject.partners]
        case "package":
            return [(one.id, one.title, one) for one in subject.packages]
        case _:
            return [("", "", None)]


def _answer(field: Field, place: str, name: str, thing: Any, talk: Talk) -> Answer | None:
    said = field.fill(talk, thing)
    if said is None:
        return None
    whole = said.strip()
    text = shortened(whole, field.limit)
    return Answer(field, place, name, text, whole, talk.borrowed, talk.untold)


def _share(section: str, answers: Sequence[Answer]) -> Share:
    return Share(section, sum(one.is_filled for one in answers), len(answers))
