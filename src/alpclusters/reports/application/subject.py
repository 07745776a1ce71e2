"""What an application is about: the case, its mix, and what project, plan and directory say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from gettext import NullTranslations
from typing import TYPE_CHECKING, Any, Final

from alpclusters.analysis.funding.case import Line, Partner, WorkPackage
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.funding.subject import MixSubject
from alpclusters.reports.numbers import format_money

if TYPE_CHECKING:
    from alpclusters.platform.policy.domain.records import (
        ActionLine,
        PlanRecord,
        RecommendationLine,
    )


type Words = Mapping[str, str]
MONTHS_OF_A_QUARTER: Final = 3
# Jems numbers periods; their length is set by the call, half a year is usual (not checked).
QUARTERS_OF_A_PERIOD: Final = 2


@dataclass(frozen=True, slots=True)
class ProjectPart:
    """What is known of the project beside the case."""

    acronym: str
    name: Words
    summary: Words
    programme: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    target_groups: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True)
class BodyPart:
    """What is known of a partner beside the case's own fields.

    The texts come from the directory; ``facts`` of the partner in the case of the same name stand
    above it, and above these what was entered for the application. ``type`` is a type of the
    directory, ``legal_status`` is ``public`` or ``private``; ``competence`` and ``part`` say what a
    partner brings and does.
    """

    short_name: str = ""
    name_en: str = ""
    type: str = ""
    legal_status: str = ""
    nace: str = ""
    vat_number: str = ""
    pic: str = ""
    nuts_3: str = ""
    street: str = ""
    postcode: str = ""
    town: str = ""
    website: str = ""
    department: str = ""
    experience: str = ""
    competence: str = ""
    part: str = ""
    tasks: Words = field(default_factory=dict)


# Facts of a partner in a case that eligibility does not ask, but an application does.
FACTS: Final = tuple(one.name for one in fields(BodyPart) if one.name != "tasks")


@dataclass(frozen=True)
class ApplicationSubject:
    """A case with its mix, and beside it what the installation knows; the rest is missing.

    ``action`` is the number of the action that the case carries out; ``bodies`` is by the
    identifier of a partner in the case, likewise ``typed``: what was entered for the application.
    """

    funding: MixSubject
    project: ProjectPart | None = None
    plan: PlanRecord | None = None
    action: int | None = None
    bodies: Mapping[str, BodyPart] = field(default_factory=dict)
    take_up: tuple[Words, ...] = ()
    typed: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def is_simulated(self) -> bool:
        """Say whether the case is invented."""
        return self.funding.case.is_simulated

    @property
    def partners(self) -> tuple[Partner, ...]:
        """The partners, the lead first, as a form numbers them."""
        return tuple(sorted(self.funding.case.partners, key=lambda one: not one.lead))

    @property
    def packages(self) -> tuple[WorkPackage, ...]:
        """The work packages in the order of the case."""
        return self.funding.case.work_packages

    @cached_property
    def countries(self) -> tuple[str, ...]:
        """The countries of the partners, each once."""
        return tuple(sorted({partner.country for partner in self.partners}))

    @cached_property
    def actions(self) -> tuple[ActionLine, ...]:
        """The action of the case; without one all actions of the plan."""
        if self.plan is None:
            return ()
        found = tuple(line for line in self.plan.actions if line.pk == self.action)
        return found or self.plan.actions

    @cached_property
    def recommendations(self) -> tuple[RecommendationLine, ...]:
        """What the actions carry out, each once."""
        return tuple({r.pk: r for line in self.actions for r in line.recommendations}.values())

    @cached_property
    def main_package(self) -> str:
        """The work package that bears most costs: milestones of the action stand there."""
        costs = {one.id: 0 for one in self.packages}
        for line in self.funding.case.lines:
            costs[line.wp] += line.cost_ct
        return max(costs, key=lambda name: costs[name], default="")

    def body(self, partner: Partner) -> BodyPart:
        """Return what is known of a partner; nothing is all empty."""
        known = self.bodies.get(partner.id, BodyPart())
        facts = {**partner.facts, **self._typed(partner)}
        told: dict[str, Any] = {name: joined(facts[name]) for name in FACTS if facts.get(name)}
        return replace(known, **told)

    def source_of(self, partner: Partner, name: str) -> str:
        """Say where a text of a partner is from: ``partner``, ``case``, ``directory`` or empty."""
        places = {"partner": self._typed(partner), "case": partner.facts}
        told = next((place for place, facts in places.items() if facts.get(name)), "")
        body = self.bodies.get(partner.id, BodyPart())
        return told or ("directory" if getattr(body, name) else "")

    def _typed(self, partner: Partner) -> Mapping[str, str]:
        return self.typed.get(partner.id, {})

    def lines_of(self, *, partner: str = "", package: str = "") -> tuple[Line, ...]:
        """Return the costs of a partner or of a work package."""
        return tuple(
            line
            for line in self.funding.case.lines
            if partner in ("", line.partner) and package in ("", line.wp)
        )

    def span_of(self, package: WorkPackage) -> tuple[int, int] | None:
        """Return first and last quarter of a work package, as stated or else as its costs lie."""
        quarters = [line.period for line in self.lines_of(package=package.id)]
        first = package.start if package.start is not None else min(quarters, default=None)
        last = package.end if package.end is not None else max(quarters, default=None)
        return None if first is None or last is None else (first, last)

    def quarter_of(self, day: date) -> int | None:
        """Return the quarter of the case in which a day lies; None outside the case."""
        periods = self.funding.case.periods
        months = (day.year - periods.start.year) * 12 + day.month - periods.start.month
        quarter = months // MONTHS_OF_A_QUARTER
        return quarter if 0 <= quarter < periods.count else None


def joined(fact: Any) -> str:
    r"""Return a fact as text: a list is lines, and parts of a line where one ends in a space.

    Examples
    --------
    >>> joined(("One ", "line", "and another"))
    'One line\nand another'
    """
    if not isinstance(fact, tuple):
        return str(fact)
    pieces = [str(one) for one in fact]
    return "".join(one if one.endswith(" ") else f"{one}\n" for one in pieces).strip()


def period_of(quarter: int) -> int:
    """Return the number of Jems' period in which a quarter of the case lies, from 1.

    Examples
    --------
    >>> [period_of(quarter) for quarter in (0, 1, 2)]
    [1, 1, 2]
    """
    return quarter // QUARTERS_OF_A_PERIOD + 1


# --- How an application speaks: one language, and what had to be said in another one --------------


@dataclass
class Talk:
    """Says a subject in a language.

    ``borrowed`` is true once a text came from another language, ``untold`` once one came of which
    nobody says in which language it is (titles in a case).
    """

    subject: ApplicationSubject
    language: str
    borrowed: bool = field(default=False)
    untold: bool = field(default=False)

    @cached_property
    def text(self) -> NullTranslations:
        """Return the words of the language."""
        return translator(self.language)

    def word(self, words: Words | None) -> str:
        """Return a text in the language, else in English or any other that there is."""
        known = words or {}
        own = known.get(self.language, "").strip()
        if own:
            return own
        other = known.get("en", "").strip() or next((t for t in known.values() if t.strip()), "")
        self.borrowed = self.borrowed or bool(other)
        return other.strip()

    def given(self, text: str) -> str:
        """Return a text as somebody typed it, in a language that nobody named."""
        self.untold = self.untold or bool(text)
        return text

    def money(self, cents: int) -> str:
        """Return an amount in words of the language."""
        return format_money(cents, "EUR", self.language)

    def joined(self, parts: Iterable[str]) -> str:
        """Return paragraphs as one text; what is empty or was said before is left out."""
        return "\n\n".join(dict.fromkeys(part for part in parts if part))
