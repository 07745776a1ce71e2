"""Licence, explanation and code book of the open data, in the five languages."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from alpclusters.analysis.consensus import Coarse, Description, GroupCell, MeasureDescription
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.records import SPLITS, Evaluation
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES

# --- The answers of an AlpCafé as open data: counts of people, never the answers of one person
#
# A table and nothing else: no key links one question to another, so nobody can be followed through
# the file. Everything follows from the released snapshot, which the disclosure audit has passed.


CANNOT_JUDGE: Final = "cannot_judge"
SUPPRESSED: Final = "suppressed"
NEARLY_ALL: Final = "90 % or more"
ALL: Final = "all"
NOT_IN_A_GROUP: Final = "other"


@dataclass(frozen=True, slots=True)
class OpenAnswer:
    """How many people of a group gave an answer.

    Attributes
    ----------
    measure, criterion : int and str
        Number of the measure, key of the criterion.
    split, group : str
        ``all`` and empty for everybody; else the way of grouping and the key of the group.
    answer : str
        A step of the scale, steps joined such as ``4-5``, or ``cannot_judge``; empty where
        everything is withheld.
    people : str
        A number, ``suppressed``, or ``90 % or more``.
    """

    measure: int
    criterion: str
    split: str
    group: str
    answer: str
    people: str


def open_answers(evaluation: Evaluation) -> Iterator[OpenAnswer]:
    """Yield the counts of every measure on every criterion, of all people and of each group.

    Statements about the person come last on each criterion, without groups.
    """
    for result in evaluation.criteria:
        description = result.description
        for item in (*description.measures, *result.persons):
            place = (int(item.measure), result.key)
            for answer, people in _told(item, description):
                yield OpenAnswer(*place, ALL, "", answer, people)
            for split in SPLITS:
                for cell in item.splits.get(split, ()):
                    group = str(cell.group or NOT_IN_A_GROUP)
                    for answer, people in _told(cell, description):
                        yield OpenAnswer(*place, split, group, answer, people)


def _told(
    found: MeasureDescription | GroupCell, description: Description
) -> Iterator[tuple[str, str]]:
    summary = found.summary
    if found.state == "empty":
        return
    if summary is not None:
        for point, n in zip(description.conventions.scale, summary.counts, strict=True):
            yield f"{point:g}", str(n)
        yield CANNOT_JUDGE, str(summary.cannot_judge)
    elif found.coarse is not None:
        yield from _coarse(found.coarse)
    else:
        yield "", SUPPRESSED


def _coarse(found: Coarse) -> Iterator[tuple[str, str]]:
    for place, band in enumerate(found.bands):
        answer = f"{band[0]:g}" if len(band) == 1 else f"{band[0]:g}-{band[-1]:g}"
        if found.counts is not None:
            yield answer, str(found.counts[place])
        elif place == found.nearly_all:
            yield answer, NEARLY_ALL


# --- Licence, explanation and code book of the open data, in the five languages -------------------


LICENCE_NAME: Final = "CC BY 4.0"
LICENCE_ADDRESS: Final = "https://creativecommons.org/licenses/by/4.0/"
_ABOUT_PERSON: Final = _(
    "It says what somebody is, has or did: marked by the organisers, proposed by its wording and "
    "not decided; empty: an opinion."
)
COLUMNS: Final[Mapping[str, Mapping[str, str]]] = {
    "answers.csv": {
        "measure": _("Key of the measure."),
        "criterion": _("Key of the criterion."),
        "split": _("all: everybody; else by what people are grouped: role or region."),
        "group": _("Key of the group; groups have at least ten people. Empty for everybody."),
        "answer": _("A step of the scale, steps told together such as 4-5, or cannot_judge."),
        "people": _("How many people answered so; suppressed, or 90 % or more."),
        "about_person": _ABOUT_PERSON,
    },
    "cards.csv": {
        "card": _("Public number of the card; the phone that wrote it keeps it."),
        "table": _("Number of the table; empty: of no table."),
        "round": _("Round at the tables; 0: outside the rounds."),
        "language": _("Language in which it was written."),
        "text": _("Text as written; empty for a photographed card."),
        "source": _("How it came in: phone, proxy (entered for somebody) or paper."),
        "photo": _("Whether there is a photograph: yes or no. Pictures are not part of the data."),
        "supporters": _("People who support it; fewer than five are suppressed."),
        "insights": _("Numbers of the insights it is part of, separated by blanks."),
        "about_person": _ABOUT_PERSON,
    },
    "insights.csv": {
        "insight": _("Number of the insight."),
        "table": _("Number of the table; empty: of no table."),
        "language": _("Language in which it was written."),
        "title": _("What several cards say together."),
        "measure": _("Key of the measure it speaks of; empty: of none."),
        "cards": _("Public numbers of its cards, separated by blanks."),
    },
    "seats.csv": {
        "round": _("Round at the tables."),
        "table": _("Number of the table."),
        "guests": _("Guests who sat there; fewer than five are suppressed."),
    },
}
_SIMULATED: Final = _("“simulated” where people and answers are made up; else empty.")


def licence_text(cafe: AlpCafe) -> str:
    """Return the licence with the words by which the data are to be named."""
    name = f"{cafe.project.acronym}: {cafe.title}, {cafe.held_on.isoformat()}"
    lines = [f"{LICENCE_NAME}", LICENCE_ADDRESS, ""]
    for code in LANGUAGE_CODES:
        words = translator(code).gettext(
            "You may use, share and change these data, also commercially, if you name the source: "
            "%(name)s."
        )
        lines.append(f"[{code}] {words % {'name': name}}")
    return "\n".join(lines) + "\n"


def readme_text(cafe: AlpCafe, files: Iterator[str] | list[str]) -> str:
    """Return what the files are and by which rules they were made."""
    names = list(files)
    parts = []
    for code in LANGUAGE_CODES:
        text = translator(code)
        title = str(cafe.title.read_in(code))
        lines = [f"[{code}] {title}, {cafe.held_on.isoformat()}", ""]
        if cafe.is_simulated:
            lines += [text.gettext("All people and ratings in this file are simulated."), ""]
        lines += [f"- {text.gettext(sentence)}" for sentence in _RULES]
        parts.append("\n".join(lines))
    listed = "\n".join(f"  {name}" for name in names)
    return "\n\n".join([*parts, listed]) + "\n"


_RULES: Final = (
    _("UTF-8, comma between fields, dot as decimal sign, dates as YYYY-MM-DD."),
    _("Groups of fewer than five people are withheld: the cell says “suppressed”."),
    _("A cell that would give such a group away says “suppressed” too."),
    _("An empty cell is missing or does not apply; it is never 0."),
    _("Answers are counts of people. No row is a person, and nothing links two answers of one."),
    _(
        "Whoever needs the answers person by person for research asks for them on the page of the "
        "AlpCafé; the coordinator decides, and who got them is public."
    ),
    _("The meaning of every column and code stands in codebook.csv."),
)


def codebook_rows(cafe: AlpCafe, files: list[str]) -> Iterator[list[str]]:
    """Yield the meaning of every column and code in five languages."""
    yield ["file", "column", "code", *LANGUAGE_CODES]
    for file in files:
        for column, words in {**COLUMNS.get(file, {}), "simulated": _SIMULATED}.items():
            yield [file, column, "", *_in_all(words)]
    for row in cafe.cafe_measures.select_related("measure"):
        yield ["", "measure", row.measure.key, *_named(row.measure, "name")]
    for asked in cafe.cafe_criteria.select_related("criterion"):
        criterion = asked.criterion
        yield ["", "criterion", criterion.key, *_named(criterion, "name")]
        for step, words in zip(criterion.scale.steps, criterion.scale.labels, strict=True):
            code = f"{criterion.key}={step}"
            yield ["", "answer", code, *(words.get(language, "") for language in LANGUAGE_CODES)]
    yield ["", "answer", CANNOT_JUDGE, *_in_all(_("cannot judge"))]
    yield ["", "", SUPPRESSED, *_in_all(_("withheld, so that nobody is given away"))]


def _in_all(words: str) -> list[str]:
    return [translator(code).gettext(words) for code in LANGUAGE_CODES]


def _named(obj: object, field: str) -> list[str]:
    return list(getattr(obj, field).each().values())
