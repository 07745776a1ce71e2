"""From a path to what an evaluation needs: descriptions, names, sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from alpclusters.analysis.consensus import Description, Ratings, describe
from alpclusters.analysis.consensus.ratings import Id
from alpclusters.analysis.errors import AnalysisError, FileFormatError, Where
from alpclusters.cli.evaluation_persons import ANSWERS, NO_PERSONS, Marks, Persons, split_name
from alpclusters.platform.languages.catalogues import translator
from alpclusters.reports.evaluation_subject import VOTE_SCALE, EvaluationSubject, short
from alpclusters.sources.polis import PolisExport, read_polis
from alpclusters.sources.records import Licence, Note, Provenance
from alpclusters.sources.tables import RatingTable, read_rating_table

if TYPE_CHECKING:
    from alpclusters.cli.evaluation_methods import Groups
    from alpclusters.cli.evaluation_regions import Places
    from alpclusters.cli.evaluation_rounds import Rounds
    from alpclusters.cli.evaluation_weighting import MatchedMargins

VOTES_FILE: Final = "votes.csv"
AGREE: Final = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the command line may choose."""

    language: str
    groups: Sequence[str] | None = None
    scale: Sequence[float] | None = None
    agree_from: float | None = None
    margins: Path | None = None
    about_person: Sequence[str] = ()
    opinion: Sequence[str] = ()

    @property
    def marks(self) -> Marks:
        """What the organiser says of statements."""
        return Marks(about_person=self.about_person, opinion=self.opinion)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationInput:
    """All that is written out, in whatever form."""

    ratings: Mapping[str, Ratings]
    descriptions: Mapping[str, Description]
    groups: "Groups"
    agree_from: float | None
    subject: EvaluationSubject
    facts: Mapping[Id, Mapping[str, object]]
    participants: int
    skipped: int
    provenance: tuple[Provenance, ...]
    licence: Licence | None
    notes: tuple[Note, ...]
    rounds: "Rounds | None" = None
    places: "Places | None" = None
    persons: Persons = NO_PERSONS
    margins: "MatchedMargins | None" = None

    def as_record(self) -> dict[str, object]:
        """Return the head of summary.json; counts are over all criteria."""
        found = list(self.descriptions.values())
        reasons = dict.fromkeys(reason for one in found for reason in one.reasons)
        conventions = {name: one.conventions.as_record() for name, one in self.descriptions.items()}
        return {
            "format": "alpclusters-evaluation-1",
            "name": self.subject.name,
            "date": self.subject.date.isoformat(),
            "participants": self.participants,
            "items": len(found[0].measures),
            "cast": sum(one.cast for one in found),
            "standing": sum(one.standing for one in found),
            **({"rounds": self.rounds.as_record()} if self.rounds else {}),
            "skipped": self.skipped,
            "person_statements": self.persons.as_record(),
            "items_in_results": len(found[0].measures) - len(self.subject.hidden),
            "source": [one.as_record() for one in self.provenance],
            "licence": self.licence.as_record() if self.licence else None,
            "reasons": list(reasons),
            "notes": [note.as_record() for note in self.notes],
            "conventions": conventions if len(conventions) > 1 else conventions.popitem()[1],
        }


def read_evaluation_input(path: Path, choices: Choices) -> EvaluationInput:
    """Read a Polis export directory, its votes file, or a long CSV.

    Raises
    ------
    InputError
        Anything wrong with the path, the file or the choices.
    """
    if not path.exists():
        code = "path.missing"
        raise FileFormatError(code, where=Where(file=str(path)))
    is_export = path.name == VOTES_FILE and (path.parent / "comments.csv").is_file()
    if path.is_dir() or is_export:
        _refuse_table_choices(choices)
        folder = path if path.is_dir() else path.parent
        return _of_polis(read_polis(folder), folder.name, choices)
    return _of_table(
        read_rating_table(path, groups=choices.groups, scale=choices.scale), path, choices
    )


def _refuse_table_choices(choices: Choices) -> None:
    """Say so instead of ignoring what somebody asked for."""
    for argument, value in (("--groups", choices.groups), ("--scale", choices.scale)):
        if value:
            code = "argument.only_for_tables"
            raise AnalysisError(code, where=Where(argument=argument))


def _of_polis(export: PolisExport, name: str, choices: Choices) -> EvaluationInput:
    ratings = export.ratings()
    agree_from = AGREE if choices.agree_from is None else choices.agree_from
    text = translator(choices.language)
    rejected = {item.id for item in export.statements if item.moderation == "rejected"}
    persons = Persons.of(
        ratings,
        {item.id: item.text for item in export.accepted},
        meta=frozenset(item.id for item in export.statements if item.is_meta),
        marks=choices.marks,
    )
    subject = EvaluationSubject(
        name=export.topic or name,
        date=_last_day(int(export.votes.at.max())),
        item_names={item.id: item.text for item in export.statements if item.text},
        item_word="statement",
        hidden=frozenset(rejected | set(persons.status)),
        person=persons.status,
        **_profile_names(persons, {item.id: item.text for item in export.accepted}, text),
        sources=_polis_sources(export, text),
        remarks=_remarks(export.notes, text),
        licence=export.licence.key if export.licence else "",
        foot_note=_foot_note(export.licence, text),
        project=name,
        digest=export.provenance[0].sha256,
    )
    return EvaluationInput(
        ratings={"": ratings},
        descriptions={
            "": describe(ratings, groups=_by_rater(persons, ratings), agree_from=agree_from)
        },
        groups={},
        agree_from=None,
        subject=subject,
        facts={
            item.id: {
                # Words of rejected statements are not passed on: they were rejected for them.
                "text": item.text if item.moderation != "rejected" else "",
                "moderation": item.moderation,
                "in_results": item.id not in rejected and item.id not in persons.status,
            }
            for item in export.statements
        },
        participants=ratings.n_raters,
        skipped=0,
        provenance=export.provenance,
        licence=export.licence,
        notes=export.notes,
        persons=persons,
        margins=_margins(choices, persons.profiles),
    )


class _ProfileNames(TypedDict):
    split_names: dict[str, str]
    group_names: dict[tuple[str, Id | None], str]


def _profile_names(
    persons: Persons, texts: Mapping[Id, str], text: NullTranslations
) -> _ProfileNames:
    """Name the columns that statements about the person become, and their groups."""
    answers = {
        "agree": text.gettext("agree"),
        "pass": text.gettext("pass"),
        "disagree": text.gettext("disagree"),
    }
    words = text.gettext("“%(words)s”")
    return {
        "split_names": {
            split_name(item): words % {"words": short(texts[item])} for item in persons.status
        },
        "group_names": {
            (split, answer): answers[answer]
            for split in persons.profiles
            for answer in ANSWERS.values()
        },
    }


def _by_rater(persons: Persons, ratings: Ratings) -> dict[str, list[Id | None]]:
    """Return the groups of each profile column in the order of the people."""
    return {
        split: [labels[str(who)] for who in ratings.rater_ids]
        for split, labels in persons.profiles.items()
    }


def _of_table(table: RatingTable, path: Path, choices: Choices) -> EvaluationInput:
    from alpclusters.cli.evaluation_regions import Places
    from alpclusters.cli.evaluation_rounds import Rounds

    text = translator(choices.language)
    persons = _persons_of_table(table, choices)
    groups = {**table.groups, **persons.profiles}
    texts = {item: table.item_texts.get(str(item)) or str(item) for item in persons.status}
    subject = EvaluationSubject(
        name=path.stem,
        date=_last_day(table.last_at) if table.last_at else _file_day(path),
        item_names={item: words for item, words in table.item_texts.items()},  # noqa: C416 - widens the type of the key
        hidden=frozenset(persons.status),
        person=persons.status,
        **_profile_names(persons, texts, text),
        sources=(text.gettext("Source: %(file)s.") % {"file": path.name},),
        remarks=(*_round_remarks(table, text), *_remarks(table.notes, text)),
        project=path.stem,
        digest=table.provenance.sha256,
    )
    return EvaluationInput(
        ratings=table.criteria,
        groups=table.groups,
        agree_from=choices.agree_from,
        descriptions={
            name: _described(ratings, groups, choices) for name, ratings in table.criteria.items()
        },
        subject=subject,
        facts={
            **{item: {"text": words} for item, words in table.item_texts.items()},
            **{
                item: {"text": table.item_texts.get(str(item), ""), "in_results": False}
                for item in persons.status
            },
        },
        participants=len(table.participants),
        skipped=table.skipped,
        provenance=(table.provenance,),
        licence=None,
        notes=table.notes,
        rounds=Rounds.of(table),
        places=Places.of(table),
        persons=persons,
        margins=_margins(choices, groups),
    )


def _margins(
    choices: Choices, groups: Mapping[str, Mapping[str, str | None]]
) -> "MatchedMargins | None":
    """Read the margins that were named, and find their columns."""
    if choices.margins is None:
        return None
    from alpclusters.cli.evaluation_weighting import match_margins
    from alpclusters.sources.margins import read_margins

    return match_margins(read_margins(choices.margins), groups)


def _persons_of_table(table: RatingTable, choices: Choices) -> Persons:
    """Look through votes; a rated measure is not about a person."""
    votes = next(iter(table.criteria.values()))
    if len(table.criteria) > 1 or votes.scale != VOTE_SCALE:
        choices.marks.check({})
        return Persons()
    texts: dict[Id, str] = {item: table.item_texts.get(item) or item for item in table.items}
    return Persons.of(votes, texts, marks=choices.marks)


def _round_remarks(table: RatingTable, text: NullTranslations) -> tuple[str, ...]:
    """Say whose answers the figures are of."""
    if not table.rounds:
        return ()
    sentence = text.gettext(
        "The file holds two rounds (%(first)s, %(last)s). Each person counts with the answer of "
        "the last round in which they gave one, except in the section on the change."
    )
    return (sentence % {"first": table.rounds[0], "last": table.rounds[1]},)


def _described(
    ratings: Ratings, groups: Mapping[str, Mapping[str, str | None]], choices: Choices
) -> Description:
    _check_threshold(ratings, choices.agree_from)
    return describe(ratings, groups=groups, agree_from=choices.agree_from)


def _check_threshold(ratings: Ratings, agree_from: float | None) -> None:
    if agree_from is None or not ratings.scale:
        return
    low, high = ratings.scale[0], ratings.scale[-1]
    if not low <= agree_from <= high:
        code = "argument.out_of_range"
        where = Where(argument="--agree-from")
        raise AnalysisError(code, where=where, expected=f"{low:g} – {high:g}")


def _polis_sources(export: PolisExport, text: NullTranslations) -> tuple[str, ...]:
    address = export.address or export.provenance[0].file
    source = text.gettext("Source: Polis conversation %(address)s.") % {"address": address}
    if export.licence is None:
        return (source, text.gettext("The export states no licence (unverified)."))
    words = f"{export.licence.attribution} ({export.licence.address})"
    return (source, text.gettext("Licence: %(words)s") % {"words": words})


def _foot_note(licence: Licence | None, text: NullTranslations) -> str:
    """Name source and licence on every page."""
    if licence is None:
        return ""
    words = {"holder": licence.holder, "licence": licence.key.replace("CC-BY-", "CC BY ")}
    return text.gettext("Data: %(holder)s, %(licence)s") % words


def _remarks(notes: Sequence[Note], text: NullTranslations) -> tuple[str, ...]:
    sentences = {
        "encoding.guessed": text.gettext(
            "The file is not UTF-8; it was read as %(encoding)s. Check a sample: %(sample)s"
        ),
        "table.columns_unused": text.gettext("Columns that were not used: %(columns)s."),
        "polis.no_comments": text.gettext(
            "comments.csv is missing: statements have numbers only, and rejected ones are not "
            "known."
        ),
        "polis.votes_missing": text.gettext(
            "%(n)s rows of votes.csv hold no vote and were left out."
        ),
        "polis.agrees_mismatch": text.gettext(
            "For %(n)s statements the counts in comments.csv differ from the votes."
        ),
    }
    return tuple(sentences[note.code] % dict(note.values) for note in notes)


def _last_day(at_ms: int) -> date:
    return datetime.fromtimestamp(at_ms / 1000, tz=UTC).date()


def _file_day(path: Path) -> date:
    return datetime.fromtimestamp(path.stat().st_mtime, tz=UTC).date()
