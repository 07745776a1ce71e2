"""Attack what is published of an AlpCafé, as somebody would who has every file and the guest list.

Everything comes from what was stored and written for the public, not from what was planned: the
evaluations that are or ever were public, and the files of the open data. `analysis.disclosure` says
what follows from it with certainty.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from alpclusters.analysis.disclosure import (
    Audit,
    Block,
    ChoiceAudit,
    KnowledgeAttack,
    PooledAttack,
    RowAttack,
    RowGroup,
    RowRelease,
    attack_rows,
    knowledge_attack,
    pooled_attack,
)
from alpclusters.analysis.errors import StateError
from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.evaluation.domain.choosing import read_choices, showings_of
from alpclusters.platform.evaluation.domain.histories import CANNOT, steps_of
from alpclusters.platform.evaluation.domain.open_data import open_data_files
from alpclusters.platform.evaluation.domain.publications import (
    PublicEvaluation,
    Told,
    audited_publications,
    read_told,
)
from alpclusters.platform.evaluation.domain.records import SPLITS, Evaluation
from alpclusters.platform.evaluation.domain.statements import member_groups

KNOWN: Final = (1, 2, 3, 4, 5, 6)
NOT_GIVEN: Final = -1


@dataclass(frozen=True, slots=True)
class CafeAudit:
    """What an attacker reads from everything public about one AlpCafé.

    Attributes
    ----------
    cafe : AlpCafe
    n_releases : int
        Evaluations that are or were public.
    n_hall : int
        Blocks that were shown in the hall.
    n_statements : int
        What they say about sums of answers.
    n_choice_statements : int
        What they say about the top three.
    n_untrue : int
        Statements of earlier versions that are no longer true of the answers that stand; those
        versions are compared with by `releases.may_follow` instead.
    answers : Audit
        Answers that are certain for the insider or for a participant.
    choices : ChoiceAudit
        Choices of the top three that are certain.
    pooled : PooledAttack
        What people learn who put their answers together; reported, not prevented.
    rows : RowAttack or None
        Where a file has one line per person: whose line is whose.
    known : tuple of KnowledgeAttack
        Chance that a neighbour who knows q answers finds the line; 0 without lines.
    people : frozenset of int
        Places of the people who are given away, by answers or by lines.
    """

    cafe: AlpCafe
    n_releases: int
    n_hall: int
    n_statements: int
    n_choice_statements: int
    n_untrue: int
    answers: Audit
    choices: ChoiceAudit
    pooled: PooledAttack
    rows: RowAttack | None
    known: tuple[KnowledgeAttack, ...]
    people: frozenset[int]

    @property
    def is_safe(self) -> bool:
        """Say whether nobody is given away."""
        return not self.people


def audited_cafes() -> list[AlpCafe]:
    """Return the AlpCafés of which an evaluation is or was public."""
    found = AlpCafe.objects.filter(snapshots__first_released_at__isnull=False)
    return list(found.distinct().order_by("pk"))


def audit_cafe(cafe: AlpCafe, *, limit_s: float = 300.0) -> CafeAudit | None:
    """Attack everything public about an AlpCafé; None where no evaluation was ever public.

    Raises
    ------
    InputError
        An evaluation was stored by a newer version of the program.
    """
    publications = audited_publications(cafe)
    evaluations = [one.evaluation for one in publications if isinstance(one, PublicEvaluation)]
    if not evaluations:
        return None
    newest = evaluations[0]
    told = read_told(
        cafe,
        publications,
        criteria=[result.pk for result in newest.criteria],
        measures=[item.pk for item in newest.measures],
    )
    answers = told.audit(limit_s=limit_s)
    rows = _rows(cafe, newest, told)
    attack = None if rows is None else attack_rows(rows, limit_s=limit_s)
    chosen = read_choices(cafe, showings_of(publications))
    choices = chosen.audit()
    choosers = _places(told, [chosen.people[row] for row in choices.people])
    return CafeAudit(
        cafe=cafe,
        n_releases=len(evaluations),
        n_hall=len(publications) - len(evaluations),
        n_statements=len(told.register.statements) + len(told.register.marks),
        n_choice_statements=len(chosen.statements),
        n_untrue=told.n_untrue + chosen.n_untrue,
        answers=answers,
        choices=choices,
        pooled=pooled_attack(told.register, told.histories.blocks, limit_s=limit_s),
        rows=attack,
        known=knowledge_attack([] if rows is None else rows.answers, known=KNOWN),
        people=frozenset().union(
            answers.people, choosers, frozenset(attack.tied) if attack else frozenset()
        ),
    )


def _places(told: Told, people: Iterable[int]) -> frozenset[int]:
    """Return the places of participants; of who rated nothing one after all others."""
    places = {who: place for place, who in enumerate(told.histories.people)}
    return frozenset(places.get(who, len(places) + who) for who in people)


# --- lines of people ----------------------------------------------------------------------


def _rows(cafe: AlpCafe, evaluation: Evaluation, told: Told) -> RowRelease | None:
    """Return the lines of a file that numbers people; None where no public file does."""
    try:
        files = open_data_files(cafe)
    except StateError:
        return None
    keys = {item.key: item.pk for item in evaluation.measures}
    criteria = {result.key: result.pk for result in evaluation.criteria}
    for content in files.values():
        reader = csv.DictReader(io.StringIO(content.decode("utf-8", "replace")))
        if {"row", "measure", "criterion", "value"} <= set(reader.fieldnames or ()):
            lines = [line for line in reader if line["row"]]
            return _released_rows(lines, keys, criteria, evaluation, told)
    return None


def _released_rows(
    lines: Sequence[dict[str, str]],
    measures: dict[str, int],
    criteria: dict[str, int],
    evaluation: Evaluation,
    told: Told,
) -> RowRelease:
    """Return the lines in the order of the people: the attacker has them in another one."""
    blocks = {key: one.block for key, one in told.histories.questions.items()}
    groups = {split.name: split for split in told.splits}
    order = list(blocks)
    places = {key: place for place, key in enumerate(order)}
    named = {(criteria.get(n["criterion"]), measures.get(n["measure"])) for n in lines}
    columns = [places[key] for key in order if key in named]
    vectors = np.array([_standing(blocks[key]) for key in order]).T
    hidden = np.setdiff1d(np.arange(len(order)), columns)
    vectors[:, hidden] = NOT_GIVEN
    shown = []
    for name in SPLITS:
        members = member_groups(groups[name], [g.key for g in evaluation.groups.get(name, ())])
        for group, own in members.items():
            cells = {
                places[result.pk, int(item.measure)]
                for result in evaluation.criteria
                for item in result.description.measures
                for cell in item.splits[name]
                if str(cell.group or "") == group and cell.summary is not None
            }
            if cells:
                shown.append(RowGroup(name, group, own, frozenset(cells)))
    return RowRelease(vectors, tuple(shown))


def _standing(block: Block) -> list[int]:
    places = {value: place for place, value in enumerate((CANNOT, *steps_of(block)), start=1)}
    labels = block.part(0)
    return [places.get(labels[answer], NOT_GIVEN) for answer in block.answers.tolist()]
