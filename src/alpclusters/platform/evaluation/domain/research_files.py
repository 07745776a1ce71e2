"""The file a researcher gets: one row per person, made for this one recipient.

Order and numbers of the rows follow from a seed of the request: no number is that of another file,
of a participant or of the order in which people came. Instead of role and region stand the groups
that the evaluation shows, each of at least ten people. No comments, no times, no source.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from alpclusters.analysis.conventions import SMALLEST_GROUP
from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.domain.open_data import csv_of, zip_of
from alpclusters.platform.cafe.domain.open_texts import CANNOT_JUDGE, codebook_rows
from alpclusters.platform.cafe.domain.print_reading import words_in
from alpclusters.platform.evaluation.domain.groups import OTHERS
from alpclusters.platform.evaluation.domain.open_answers import NOT_IN_A_GROUP
from alpclusters.platform.evaluation.domain.records import SPLITS, Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
from alpclusters.platform.evaluation.domain.splits import member_groups, splits_of
from alpclusters.platform.evaluation.domain.tables import rating_tables, standing_table
from alpclusters.platform.evaluation.models import DataRequest, Snapshot
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.languages.codes import LANGUAGE_CODES

TERMS_VERSION: Final = 1
"""Goes up with every change of TERMS: a request keeps the number it was asked under."""
TERMS: Final = (
    _("Only the people named in the request use the data, and only for its purpose."),
    _("Nobody tries to find out who a row is."),
    _("The data are not joined with lists of those who attended, social media or other data about "
      "people."),
    _("The data are not passed on, neither whole nor in part."),
    _("What is published tells only of groups of at least ten people."),
    _("By the day stated the data and all copies are deleted; the deletion is confirmed by the "
      "personal link."),
    _("If the data get into other hands, the coordinator is told within 72 hours."),
)  # fmt: skip
_ABOUT: Final = (
    _("answers.csv has one row per person with the answers that stand. Order and numbers of the "
      "rows were made for this file alone."),
    _("Instead of role and region stand the groups that the evaluation shows; an empty column is "
      "a split that is not shown. “other” holds everybody else."),
    _("Comments, times and the way an answer came in are not part of it."),
)  # fmt: skip
QUESTION: Final = ":"


def answers_file(snapshot: Snapshot, seed: str) -> bytes:
    """Return the table of one recipient; the same seed and answers give the same bytes.

    Raises
    ------
    StateError
        Fewer than ten people rated (``research.too_few``).
    """
    evaluation = evaluation_of(snapshot)
    table = standing_table(rating_tables(snapshot.cafe))
    asked = [(m.pk, c.pk) for m in evaluation.measures for c in evaluation.criteria]
    answers = table.answers()
    people = sorted({person for key in asked for person in answers.get(key, {})})
    if len(people) < SMALLEST_GROUP:
        raise StateError("research.too_few")
    splits = splits_of(table, people)
    groups = {s.name: _group_of(member_groups(s, _keys(evaluation, s.name))) for s in splits}
    rows = sorted(
        (
            _number(seed, person),
            *(groups[split].get(place, "") for split in SPLITS),
            *(_answer(answers.get(key, {}), person) for key in asked),
            "simulated" if evaluation.is_simulated else "",
        )
        for place, person in enumerate(people)
    )
    return csv_of([_header(evaluation), *rows])


def fields_of(snapshot: Snapshot) -> Iterator[str]:
    """Name what a file holds of a person: the splits that are shown, then the questions."""
    evaluation = evaluation_of(snapshot)
    yield from (split for split in SPLITS if evaluation.groups.get(split))
    yield from (name for name in _header(evaluation) if QUESTION in name)


def research_zip(request: DataRequest, snapshot: Snapshot, answers: bytes) -> bytes:
    """Pack the table with its code book and the terms in five languages."""
    evaluation = evaluation_of(snapshot)
    codes = [*codebook_rows(request.cafe, []), *_group_rows(evaluation)]
    return zip_of(
        {
            "README": _readme(request).encode(),
            "answers.csv": answers,
            "codebook.csv": csv_of(codes),
        }
    )


def _header(evaluation: Evaluation) -> Sequence[str]:
    asked = [f"{m.key}{QUESTION}{c.key}" for m in evaluation.measures for c in evaluation.criteria]
    return ["person", *(f"{split}_group" for split in SPLITS), *asked, "simulated"]


def _keys(evaluation: Evaluation, split: str) -> list[str]:
    return [group.key for group in evaluation.groups.get(split, ())]


def _group_of(groups: Mapping[str, frozenset[int]]) -> dict[int, str]:
    """Return the group of each person; nothing where one has become smaller than ten."""
    if any(len(people) < SMALLEST_GROUP for people in groups.values()):
        return {}
    return {
        place: NOT_IN_A_GROUP if key == OTHERS else key
        for key, people in groups.items()
        for place in people
    }


def _number(seed: str, person: int) -> str:
    return hmac.new(bytes.fromhex(seed), f"{person}".encode(), hashlib.sha256).hexdigest()[:16]


def _answer(given: Mapping[int, float | None], person: int) -> str:
    if person not in given:
        return ""
    value = given[person]
    return CANNOT_JUDGE if value is None else f"{value:g}"


def _group_rows(evaluation: Evaluation) -> Iterator[list[str]]:
    for split in SPLITS:
        for group in evaluation.groups.get(split, ()):
            key = group.key or NOT_IN_A_GROUP
            names = [group.names.get(code, "") for code in LANGUAGE_CODES]
            yield ["answers.csv", f"{split}_group", key, *names]


def _readme(request: DataRequest) -> str:
    parts = []
    for code in LANGUAGE_CODES:
        text = translator(code)
        title = words_in(request.cafe, "title").get(code) or request.cafe.title
        lines = [f"[{code}] {title}, {request.cafe.held_on.isoformat()}", ""]
        if request.cafe.is_simulated:
            lines += [text.gettext("All people and ratings in this file are simulated."), ""]
        lines += [f"- {text.gettext(sentence)}" for sentence in _ABOUT]
        given = text.gettext("Given to: %(organisation)s. To be deleted by: %(until)s.")
        about = {"organisation": request.organisation, "until": request.until.isoformat()}
        lines += ["", given % about, ""]
        lines += [text.gettext("Terms, version %(n)s:") % {"n": request.terms_version}]
        lines += [f"{place}. {text.gettext(term)}" for place, term in enumerate(TERMS, 1)]
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, f"SHA-256 answers.csv: {request.digest}"]) + "\n"
