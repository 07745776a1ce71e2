"""Questions that are still open, those that decide most offers first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from alpclusters.analysis.funding.case.records import Case
from alpclusters.analysis.funding.eligibility import (
    DecidingField,
    Judgements,
    field_of,
    rank_fields,
)
from alpclusters.platform.funding.domain.casework.answers import OWN_FIELDS
from alpclusters.reports.funding_conditions import theme_words, value_words
from alpclusters.reports.funding_fields import field_label, field_question, value_labels
from alpclusters.www.workspace.funding_cases.words import language

MOST: Final = 8
OTHER: Final = "\0"
THEMES: Final = frozenset({"themes", "technologies"})


@dataclass(frozen=True)
class QuestionView:
    """One open question with the kind of its answer.

    ``owner`` is the partner it is about, empty for the project; ``kind`` is the type of the field
    in the catalogue of eligibility; ``is_form`` says that the form of the partner asks it.
    """

    owner: str
    owner_name: str
    name: str
    text: str
    label: str
    kind: str
    choices: Sequence[tuple[str, str]]
    hint: str
    n_offers: int
    n_decided: int
    offers: Sequence[str]
    is_form: bool
    was_asked: bool

    @property
    def key(self) -> str:
        """What its fields are called on the page."""
        return f"{self.owner or 'project'}-{self.name}"


@dataclass
class _Found:
    """A question as several partners' offers ask it."""

    owner: str
    name: str
    path: str
    fields: list[DecidingField] = field(default_factory=list)

    def rank(self) -> tuple[int, float, int, str, str]:
        """Sort: decided whatever the answer, on the mean, then by the money that hangs on it."""
        least = sum(one.least for one in self.fields)
        mean = float(sum(one.mean for one in self.fields))
        caps = sum(one.caps_ct for one in self.fields)
        return -least, -mean, -caps, self.name, self.owner


def questions_of(
    case: Case,
    judgements: Judgements,
    partners: Iterable[str],
    *,
    only: str = "",
    most: int = MOST,
) -> list[QuestionView]:
    """List the open questions of some partners.

    Parameters
    ----------
    case, judgements
        The case and its judgements.
    partners : iterable of str
    only : str
        An offer whose questions alone are wanted.
    most : int
        How many.
    """
    found: dict[tuple[str, str], _Found] = {}
    for partner in partners:
        for one in rank_fields(judgements, partner):
            if only and only not in one.offers:
                continue
            owner, name = _owner(one.path, partner)
            kept = found.setdefault((owner, name), _Found(owner, name, one.path))
            kept.fields.append(one)
    views = [_view(case, one) for one in sorted(found.values(), key=_Found.rank)]
    # What nobody knows stands last: it was asked before.
    return sorted(views, key=lambda view: view.was_asked)[:most]


def _owner(path: str, judged: str) -> tuple[str, str]:
    """Return whom a path is about, empty for the project, and the name of its field."""
    if path.startswith("partners["):
        owner, _, name = path.removeprefix("partners[").rpartition("].")
        return owner, name
    root, _, name = path.partition(".")
    return ("", name) if root == "project" else (judged, name)


def _view(case: Case, found: _Found) -> QuestionView:
    names = {partner.id: partner.name for partner in case.partners}
    titles = {offer.id: offer.title or offer.id for offer in case.offers}
    path = f"partner.{found.name}" if found.owner else f"project.{found.name}"
    asked = field_of(path)
    kind = asked.type if asked else "text"
    offers = list(dict.fromkeys(key for one in found.fields for key in one.offers))
    return QuestionView(
        owner=found.owner,
        owner_name=names.get(found.owner, ""),
        name=found.name,
        text=field_question(path, language()),
        label=field_label(path, language()),
        kind=kind,
        choices=_choices(found, path, kind),
        hint=_hint(found, path, kind),
        n_offers=len(offers),
        n_decided=max(sum(max(one.decided, default=0) for one in found.fields), 0),
        offers=[titles[key] for key in offers],
        is_form=bool(found.owner) and found.name in OWN_FIELDS,
        was_asked=_was_asked(case, found),
    )


def _was_asked(case: Case, found: _Found) -> bool:
    """Say whether somebody said that nobody knows: a fact that is null."""
    if not found.owner:
        return found.name in case.project
    partner = next(one for one in case.partners if one.id == found.owner)
    return found.name in partner.facts


def _choices(found: _Found, path: str, kind: str) -> list[tuple[str, str]]:
    if kind == "enum":
        return list(value_labels(path, language()).items())
    if kind == "texts":
        return [(word, _word(found.name, word)) for word in _words(found)]
    return []


def _hint(found: _Found, path: str, kind: str) -> str:
    """Name the values at which something is decided, for numbers, days and free words."""
    if kind not in {"count", "money", "date", "text"}:
        return ""
    values = list(dict.fromkeys(value for one in found.fields for value in one.values))
    asked = field_of(path)
    plain: list[Any] = [value for value in values if not isinstance(value, tuple)]
    return ", ".join(value_words(value, asked, language()) for value in plain if value != OTHER)


def _words(found: _Found) -> list[str]:
    words = {
        str(word)
        for one in found.fields
        for value in one.values
        if isinstance(value, tuple)
        for word in value
        if word != OTHER
    }
    return sorted(words)


def _word(name: str, word: str) -> str:
    return theme_words(word, language()) if name in THEMES else word
