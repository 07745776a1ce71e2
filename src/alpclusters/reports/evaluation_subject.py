"""What an evaluation is about, in the words of its document's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Literal

from alpclusters.analysis.consensus import Description, MeasureDescription, Summary
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.opinion.persons import PersonStatus
from alpclusters.analysis.scales import Scale
from alpclusters.platform.languages.catalogues import translator

VOTE_SCALE: Final = (-1.0, 0.0, 1.0)
MAX_NAME: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSubject:
    """Names, marks and sources; everything that is no number.

    Attributes
    ----------
    name : str
        What was rated: the AlpCafé and its round, or the topic of a vote.
    date : date
        Of the snapshot, or of the last answer.
    item_names : mapping
        Words of each item; its id where there are none.
    item_word : {'measure', 'statement'}
    hidden : frozenset
        Items that are left out of results: rejected statements, and those of ``person``.
    person : mapping
        Per item that is about the person who votes and no opinion, who says so.
    criterion_names : mapping of str to str
        Words of each criterion; its key where there are none.
    answers : mapping of str to tuple of str
        Per criterion the anchor words of the scale, lowest first.
    scales : mapping of str to Scale
        Per criterion, where it is more than the points that occur.
    split_names : mapping of str to str
    group_names : mapping of (split, group) to str
    sources : tuple of str
        Sentences on where the data come from.
    remarks : tuple of str
        Sentences on what the reader decided or left aside.
    licence, foot_note, publisher, project, version, snapshot, digest : str
        As in `blocks.Document`.
    simulated : bool
        Whether people and ratings are made up.
    best_k : int or None
        As in `Evaluation`: where some measures were asked of more people no means lead.
    item_language : str or None
        Language of the items' words where it is not the document's.
    """

    name: str
    date: date
    item_names: Mapping[Id, str] = field(default_factory=dict)
    item_word: Literal["measure", "statement"] = "measure"
    hidden: frozenset[Id] = frozenset()
    person: Mapping[Id, PersonStatus] = field(default_factory=dict)
    criterion_names: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    scales: Mapping[str, Scale] = field(default_factory=dict)
    split_names: Mapping[str, str] = field(default_factory=dict)
    group_names: Mapping[tuple[str, Id | None], str] = field(default_factory=dict)
    sources: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    licence: str = ""
    foot_note: str = ""
    publisher: str = ""
    project: str = ""
    version: str = "1.0"
    snapshot: str = ""
    digest: str = ""
    simulated: bool = False
    best_k: int | None = None
    item_language: str | None = None

    @property
    def why_hidden(self) -> dict[Id, str]:
        """Return per hidden item why it is in no result, as a stable code."""
        return {item: "about_person" if item in self.person else "rejected" for item in self.hidden}

    def item(self, measure: Id) -> str:
        """Return the words of an item."""
        return self.item_names.get(measure) or str(measure)


@dataclass(frozen=True, slots=True)
class Rated:
    """One item with figures that may be shown."""

    id: Id
    name: str
    summary: Summary
    described: MeasureDescription

    @property
    def share_low(self) -> float:
        """Lower end of the agreeing share: the order people see, which few votes cannot lead."""
        interval = self.summary.agree_interval
        return interval.low if interval else 0.0


def rated_items(description: Description, subject: EvaluationSubject) -> list[Rated]:
    """Return the items that belong into results and have figures, in their own order."""
    return [
        Rated(item.measure, subject.item(item.measure), item.summary, item)
        for item in description.measures
        if item.measure not in subject.hidden and item.summary and item.summary.n
    ]


def listed_items(description: Description, subject: EvaluationSubject) -> list[MeasureDescription]:
    """Return all items that belong into results, those without figures too."""
    return [item for item in description.measures if item.measure not in subject.hidden]


def is_vote(description: Description) -> bool:
    """Tell whether people voted agree, pass or disagree."""
    return description.conventions.scale == VOTE_SCALE


def by_agreement(items: list[Rated]) -> list[Rated]:
    """Sort by the lower end of the agreeing share; ties by id."""
    return sorted(items, key=lambda item: (-item.share_low, str(item.id)))


def by_division(items: list[Rated], *, least_n: int) -> list[Rated]:
    """Sort by least consensus first; items with fewer answers than ``least_n`` are left out."""
    enough = [item for item in items if item.summary.n >= least_n]
    return sorted(enough, key=lambda item: (item.summary.consensus or 0.0, str(item.id)))


def by_mean(items: list[Rated]) -> list[Rated]:
    """Sort by mean, highest first; ties by id."""
    return sorted(items, key=lambda item: (-(item.summary.mean or 0.0), str(item.id)))


def in_order(items: list[Rated], order: Sequence[Id], *, is_vote: bool) -> list[Rated]:
    """Sort in the one order of lists and charts; items that are not in it by what they got."""
    place = {item: at for at, item in enumerate(order)}
    known = by_agreement(items) if is_vote else by_mean(items)
    return sorted(known, key=lambda item: place.get(item.id, len(place)))


def named(caption: str, name: str, language: str) -> str:
    """Set the name of a criterion before a caption.

    Examples
    --------
    >>> named("Agreement", "Effect", "en"), named("Agreement", "", "en")
    ('Effect: Agreement', 'Agreement')
    """
    if not name:
        return caption
    words = translator(language).gettext("%(name)s: %(caption)s")
    return words % {"name": name, "caption": caption}


def short(name: str, limit: int = MAX_NAME) -> str:
    """Cut a long statement at a word.

    Examples
    --------
    >>> short("one two three", limit=8)
    'one two…'
    """
    line = " ".join(name.split())
    if len(line) <= limit:
        return line
    return line[:limit].rsplit(" ", 1)[0].rstrip(" ,;:.–-") + "…"
