"""The list of stakeholders: what one filters by, its rows, and the figures above it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from alpclusters.platform.actors.domain.groups import helix_choices, helix_name, level_choices
from alpclusters.platform.actors.models import Organisation, Stakeholder
from alpclusters.platform.cafe.domain.stakeholders.involvement import Part, involvement_of
from alpclusters.platform.cafe.domain.stakeholders.regions import project_regions, region_of
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.folding import fold, fold_umlauts
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.territory.models import Region
from alpclusters.www.components.parts import Chip
from alpclusters.www.workspace.stakeholders.common import audiences, grade, own_language, place_of

UNKNOWN: Final = "unknown"
# Involvement from most to least.
STEPS: Final = ("attended", "registered", "invited", "none")


@dataclass(frozen=True)
class Row:
    """A stakeholder with everything its row shows."""

    stakeholder: Stakeholder
    region: str
    helix: str
    influence: str
    interest: str
    audience: str
    step: str
    parts: Sequence[Part]

    @property
    def place(self) -> str:
        """Name where the organisation sits."""
        return place_of(self.stakeholder.organisation)

    @property
    def involvement(self) -> str:
        """Say the furthest it came, in a word."""
        return step_names()[self.step]


@dataclass(frozen=True)
class Filter:
    """One question of the form: its name in the address, its values, the one chosen."""

    name: str
    label: str
    options: Sequence[tuple[str, str]]
    value: str


@dataclass(frozen=True)
class StakeholderList:
    """All rows of a project, those the filters leave, and the counts."""

    rows: Sequence[Row]
    shown: Sequence[Row]
    filters: Sequence[Filter]
    chips: Sequence[Chip]
    text: str

    @property
    def n_mapped(self) -> int:
        """Organisations on the map, each once."""
        return len({row.stakeholder.organisation_id for row in self.rows})

    @property
    def n_judged(self) -> int:
        """Organisations with influence and interest."""
        judged = (row.stakeholder for row in self.rows if row.stakeholder.influence)
        return len({one.organisation_id for one in judged if one.interest})

    @property
    def n_invited(self) -> int:
        """Organisations of which somebody was asked."""
        return self._count("attended", "registered", "invited")

    @property
    def n_involved(self) -> int:
        """Organisations of which somebody registered or came."""
        return self._count("attended", "registered")

    def _count(self, *steps: str) -> int:
        return len({row.stakeholder.organisation_id for row in self.rows if row.step in steps})


def step_names() -> dict[str, str]:
    """Return the words for how far an organisation came."""
    return {
        "attended": pgettext("organisation", "came"),
        "registered": pgettext("organisation", "registered"),
        "invited": pgettext("organisation", "invited"),
        "none": pgettext("organisation", "not invited yet"),
    }


def read_list(project: Project, asked: QueryDict) -> StakeholderList:
    """Read the map of a project and narrow it as the address says."""
    regions = project_regions(project)
    rows = read_rows(project, regions)
    filters = _filters(regions, asked)
    text = asked.get("q", "").strip()[:100]
    tests = _tests()
    shown = [
        row
        for row in rows
        if _has_text(row, text) and all(tests[f.name](row, f.value) for f in filters if f.value)
    ]
    return StakeholderList(rows, shown, filters, _chips(filters, asked), text)


def read_rows(project: Project, regions: Sequence[Region]) -> list[Row]:
    """Read all stakeholders of a project with their involvement."""
    found = list(
        project.stakeholders.select_related("organisation__region", "person").order_by(
            "organisation__name", "pk"
        )
    )
    parts, language = involvement_of(project, found), own_language()
    return [_row(one, parts.get(one.organisation_id, ()), regions, language) for one in found]


def _row(one: Stakeholder, parts: Sequence[Part], regions: Sequence[Region], language: str) -> Row:
    body = one.organisation
    return Row(
        stakeholder=one,
        region=region_of(body.region.code, regions) if body.region else "",
        helix=helix_name(body.helix, language),
        influence=grade(one.influence),
        interest=grade(one.interest),
        audience=audiences(one.audience),
        step=step_of(parts),
        parts=parts,
    )


def step_of(parts: Sequence[Part]) -> str:
    """Return the furthest an organisation came in any AlpCafé."""
    return next((step for step in STEPS if any(getattr(p, step, False) for p in parts)), "none")


def _has_text(row: Row, text: str) -> bool:
    body = row.stakeholder.organisation
    names = f"{body.name} {body.short_name} {body.town}"
    return fold(text) in fold(names) or fold_umlauts(text) in fold_umlauts(names)


def _tests() -> Mapping[str, Callable[[Row, str], bool]]:
    return {
        "region": lambda row, value: (row.region or UNKNOWN) == value,
        "helix": lambda row, value: row.stakeholder.organisation.helix == value,
        "level": lambda row, value: (row.stakeholder.organisation.level or UNKNOWN) == value,
        "audience": lambda row, value: value in row.stakeholder.audience,
        "gains": lambda row, value: _gains(row) == value,
        "influence": lambda row, value: str(row.stakeholder.influence or UNKNOWN) == value,
        "interest": lambda row, value: str(row.stakeholder.interest or UNKNOWN) == value,
        "step": lambda row, value: row.step == value,
    }


def _gains(row: Row) -> str:
    return {True: "yes", False: "no", None: UNKNOWN}[row.stakeholder.benefits_from_results]


def _filters(regions: Sequence[Region], asked: QueryDict) -> list[Filter]:
    language, unknown = own_language(), (UNKNOWN, _("unknown"))
    grades = [*((str(key), str(word)) for key, word in Stakeholder.Grade.choices), unknown]
    said = partial(label_of, Stakeholder)
    places = [(one.code, one.name) for one in regions]
    gains = [("yes", _("yes")), ("no", _("no")), unknown]
    offered: list[tuple[str, str, Sequence[tuple[str, str]]]] = [
        ("region", label_of(Organisation, "region"), [*places, unknown]),
        ("helix", _("Sector"), helix_choices(language)),
        ("level", label_of(Organisation, "level"), [*level_choices(language), unknown]),
        ("audience", said("audience"), [(k, str(w)) for k, w in Stakeholder.Audience.choices]),
        ("gains", said("benefits_from_results"), gains),
        ("influence", said("influence"), grades),
        ("interest", said("interest"), grades),
        ("step", _("Involvement"), list(step_names().items())),
    ]
    return [
        Filter(name, label, options, _chosen(asked.get(name, ""), options))
        for name, label, options in offered
    ]


def _chosen(value: str, options: Sequence[tuple[str, str]]) -> str:
    return value if value in dict(options) else ""


def _chips(filters: Sequence[Filter], asked: QueryDict) -> list[Chip]:
    found = []
    for one in filters:
        if one.value:
            rest = asked.copy()
            rest.pop(one.name, None)
            rest.pop("page", None)
            label = f"{one.label}: {dict(one.options)[one.value]}"
            found.append(Chip(label, f"?{rest.urlencode()}"))
    return found


def as_context(found: StakeholderList) -> dict[str, Any]:
    """Return what the template needs."""
    names = ("organisation", "influence", "interest", "audience")
    heads = {name: label_of(Stakeholder, name) for name in names}
    return {"list": found, "n_chosen": len(found.chips), "heads": heads}
