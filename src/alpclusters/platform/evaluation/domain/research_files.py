"""The file a researcher gets: one row per person, made for this one recipient.

Order and numbers of the rows follow from a seed of the request: no number is that of another file,
of a participant or of the order in which people came. No role, no region, no comments, no times, no
source.

Who wished so is left out. What is public counts everybody, so the rows of a file tell by
subtraction how many are missing and what these few answered together: always at least five are left
out, those who did not wish so by lot, the same in every file of an AlpCafé. Groups would tell the
same of fewer: they are not in the file.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from django.utils.crypto import salted_hmac

from alpclusters.analysis.conventions import K_ANONYMITY, SMALLEST_GROUP
from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.open_data import csv_of, zip_of
from alpclusters.platform.evaluation.domain.open_texts import CANNOT_JUDGE, codebook_rows
from alpclusters.platform.evaluation.domain.records import Evaluation
from alpclusters.platform.evaluation.domain.snapshots import evaluation_of
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
    _("At least five people are left out: all who wished so, the others by lot. The file does not "
      "say how many wished so."),
    _("Role, region, comments, times and the way an answer came in are not part of it."),
)  # fmt: skip
QUESTION: Final = ":"
_LOT: Final = "evaluation.research-lot"


def answers_file(snapshot: Snapshot, seed: str) -> bytes:
    """Return the table of one recipient; the same seed and answers give the same bytes.

    Raises
    ------
    StateError
        Fewer than ten people are left for the file (``research.too_few``).
    """
    evaluation = evaluation_of(snapshot)
    answers = standing_table(rating_tables(snapshot.cafe)).answers()
    asked = [(m.pk, c.pk) for m in evaluation.measures for c in evaluation.criteria]
    rated = {person for key in asked for person in answers.get(key, {})}
    people = rated - _left_out(snapshot.cafe, rated)
    if len(people) < SMALLEST_GROUP:
        raise StateError("research.too_few")
    rows = sorted(
        (
            _number(seed, person),
            *(_answer(answers.get(key, {}), person) for key in asked),
            "simulated" if evaluation.is_simulated else "",
        )
        for person in people
    )
    return csv_of([_header(evaluation), *rows])


def fields_of(snapshot: Snapshot) -> Iterator[str]:
    """Name what a file holds of a person: the questions."""
    yield from (name for name in _header(evaluation_of(snapshot)) if QUESTION in name)


def research_zip(request: DataRequest, answers: bytes) -> bytes:
    """Pack the table with its code book and the terms in five languages."""
    return zip_of(
        {
            "README": _readme(request).encode(),
            "answers.csv": answers,
            "codebook.csv": csv_of(codebook_rows(request.cafe, [])),
        }
    )


def _header(evaluation: Evaluation) -> Sequence[str]:
    asked = [f"{m.key}{QUESTION}{c.key}" for m in evaluation.measures for c in evaluation.criteria]
    return ["person", *asked, "simulated"]


def _left_out(cafe: AlpCafe, rated: AbstractSet[int]) -> set[int]:
    """Return who is left out: who wished so, and others by lot up to the smallest count told."""
    wished = set(cafe.participants.filter(no_research=True).values_list("pk", flat=True)) & rated
    others = sorted(rated - wished, key=lambda person: _lot(cafe, person))
    return wished | set(others[: max(0, K_ANONYMITY - len(wished))])


def _lot(cafe: AlpCafe, person: int) -> str:
    """Draw for a person, the same in every file: two files together tell no more than one."""
    return salted_hmac(_LOT, f"{cafe.pk}:{person}", algorithm="sha256").hexdigest()


def _number(seed: str, person: int) -> str:
    return hmac.new(bytes.fromhex(seed), f"{person}".encode(), hashlib.sha256).hexdigest()[:16]


def _answer(given: Mapping[int, float | None], person: int) -> str:
    if person not in given:
        return ""
    value = given[person]
    return CANNOT_JUDGE if value is None else f"{value:g}"


def _readme(request: DataRequest) -> str:
    parts = []
    for code in LANGUAGE_CODES:
        text = translator(code)
        title = str(request.cafe.title.read_in(code))
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
