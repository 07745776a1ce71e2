"""Where a recommendation may go from where it stands, and what has to hold before.

Anything that is not in the table is refused with the states that are allowed (docs/user/
recommendations.md; section 9 of the method).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import history_of, sign
from alpclusters.platform.languages.inputs import input_names
from alpclusters.platform.languages.text import read_input
from alpclusters.platform.policy.domain.contradictions import open_contradictions
from alpclusters.platform.policy.domain.editing.reviews import reviewed_languages, text_statuses
from alpclusters.platform.policy.domain.editing.things import RECOMMENDATION, plain
from alpclusters.platform.policy.domain.reasons import (
    Reason,
    set_reason,
    text_of,
)
from alpclusters.platform.policy.models import Action, Comment, Consultation, Recommendation
from alpclusters.platform.trail.models import Edge

State = Recommendation.State
LANGUAGES_TO_PUBLISH: Final = 2
"""The language of the original and at least one more, reviewed by a person."""

TABLE: Final[Mapping[str, tuple[str, ...]]] = {
    State.DRAFT: (State.IN_CONSULTATION, State.ADOPTED, State.REJECTED),
    State.IN_CONSULTATION: (State.REVISED, State.REJECTED),
    State.REVISED: (State.IN_CONSULTATION, State.ADOPTED, State.REJECTED),
    State.ADOPTED: (State.PUBLISHED,),
    State.PUBLISHED: (State.SUPERSEDED, State.WITHDRAWN),
    State.REJECTED: (State.DRAFT,),
    State.SUPERSEDED: (),
    State.WITHDRAWN: (),
}
# What everybody sees where the project is public: what was published, and what was rejected with
# its reason.
PUBLIC: Final = (State.PUBLISHED, State.SUPERSEDED, State.WITHDRAWN, State.REJECTED)
# Its text is decided: conflicts with these count.
DECIDED: Final = (State.ADOPTED, State.PUBLISHED)
# A text that is decided or closed is not rewritten.
EDITABLE: Final = (State.DRAFT, State.IN_CONSULTATION, State.REVISED)


class MoveRefusedError(StateError):
    """A step that is not allowed; ``expected`` lists the states that are."""


@dataclass(frozen=True, slots=True)
class Step:
    """A wish to move a recommendation.

    Attributes
    ----------
    to : str
    reason : str or mapping of str to str
        Needed to reject, withdraw and reopen, and where open points are accepted; in the language
        of the page, or in several.
    successor : Recommendation or None
        Needed to supersede.
    accepts_open : bool
        Contradictions or gaps of the trail are known and listed: the reason says so.
    """

    to: str
    reason: Reason = ""
    successor: Recommendation | None = None
    accepts_open: bool = False


def allowed_from(state: str) -> tuple[str, ...]:
    """Return the states that can follow."""
    return TABLE[state]


@transaction.atomic
def move(
    recommendation: Recommendation, step: Step, *, by: User | None, now: datetime
) -> Recommendation:
    """Move a recommendation to its next state.

    Raises
    ------
    MoveRefusedError
        The step is not in the table (``recommendation.move_refused``), or what has to hold before
        does not; ``expected`` lists the states that can follow.
    InputError
        A reason or a successor is missing.
    """
    rows = Recommendation.objects.select_for_update(of=("self",)).select_related("project")
    current = rows.get(pk=recommendation.pk)
    if step.to not in TABLE[current.state]:
        raise _refused(current, "recommendation.move_refused", f"{current.state} -> {step.to}")
    for guard in _GUARDS.get((current.state, step.to), _BY_TARGET.get(step.to, ())):
        guard(current, step)
    _apply(current, step, now=now)
    sign(current, by, reason=f"{step.to}: {text_of(step.reason)}".rstrip(": "))
    current.save()
    return current


def lacks_before(recommendation: Recommendation, to: str) -> list[str]:
    """List the codes of what still has to hold before a step; reasons are asked for in the form."""
    found = []
    for guard in _GUARDS.get((recommendation.state, to), _BY_TARGET.get(to, ())):
        if guard in (_needs_reason, _needs_successor):
            continue
        try:
            guard(recommendation, Step(to))
        except (StateError, InputError) as error:
            found.append(error.code)
    return found


def _apply(current: Recommendation, step: Step, *, now: datetime) -> None:
    if step.to in (State.ADOPTED, State.REJECTED):
        current.decided_on = now.date()
    if step.to == State.REJECTED:
        set_reason(current, "rejected_reason", step.reason)
        set_reason(current, "state_reason", "")
    else:
        # Of one that was rejected before, the old reason stays.
        set_reason(current, "state_reason", step.reason)
    if step.to == State.SUPERSEDED:
        current.successor = step.successor
    current.state = step.to
    current.version += 1


def _refused(current: Recommendation, code: str, found: str = "") -> MoveRefusedError:
    expected = ", ".join(TABLE[current.state])
    return MoveRefusedError(code, found=found or current.code, expected=expected)


# --- what has to hold before


type Guard = Callable[[Recommendation, Step], None]


def _needs_texts(current: Recommendation, _step: Step) -> None:
    language = current.source_language
    missing = [
        f for f in RECOMMENDATION.required if not plain(getattr(current, f).inside(language))
    ]
    if missing:
        raise _refused(current, "recommendation.source_incomplete", ", ".join(missing))


def _needs_findings(current: Recommendation, _step: Step) -> None:
    if not current.findings.exists():
        raise _refused(current, "recommendation.no_finding")


def _needs_addressee(current: Recommendation, _step: Step) -> None:
    if not current.addressee.strip():
        raise _refused(current, "recommendation.no_addressee")


def _answers_contradictions(current: Recommendation, step: Step) -> None:
    found = open_contradictions(current)
    if found and not _accepts(step):
        codes = ", ".join(finding.code for finding in found)
        raise _refused(current, "recommendation.contradiction_open", codes)


def _is_consulted(current: Recommendation, _step: Step) -> None:
    if current.consultations.filter(state=Consultation.State.OPEN).exists():
        raise _refused(current, "recommendation.consultation_open")
    n_open = current.comments.filter(state=Comment.State.OPEN).count()
    if n_open:
        raise _refused(current, "recommendation.comments_open", str(n_open))


def _has_new_text(current: Recommendation, _step: Step) -> None:
    """Ask for words that differ from those that were discussed last."""
    versions = [
        int(found)
        for versions in current.consultations.values_list("versions", flat=True)
        if (found := versions.get(str(current.pk)))
    ]
    if not versions:
        return
    rows = history_of(current).filter(version=max(versions)).order_by("-history_date", "-pk")
    before = rows.first()
    names = input_names(RECOMMENDATION.texts)
    if before and all(plain(read_input(before, n)) == plain(read_input(current, n)) for n in names):
        raise _refused(current, "recommendation.no_new_version")


def _is_in_no_plan(current: Recommendation, _step: Step) -> None:
    if Action.objects.filter(recommendations=current).exists():
        raise _refused(current, "recommendation.in_plan")


def _is_reviewed(current: Recommendation, _step: Step) -> None:
    found = reviewed_languages(text_statuses(current, RECOMMENDATION))
    if len(found) < LANGUAGES_TO_PUBLISH or current.source_language not in found:
        raise _refused(current, "recommendation.not_reviewed", ", ".join(found))


def _has_trail(current: Recommendation, step: Step) -> None:
    missing = findings_without_trail(current)
    if (missing or not current.findings.exists()) and not _accepts(step):
        raise _refused(current, "recommendation.no_trail", ", ".join(missing))


def findings_without_trail(recommendation: Recommendation) -> list[str]:
    """List the codes of findings that lead to no source."""
    codes = dict(recommendation.findings.order_by("pk").values_list("pk", "code"))
    stated = Edge.objects.filter(kind=Edge.Kind.STATES, to_kind="finding", to_id__in=list(codes))
    known = set(stated.values_list("to_id", flat=True))
    return [code for pk, code in codes.items() if pk not in known]


def _accepts(step: Step) -> bool:
    if not step.accepts_open:
        return False
    _require_reason(step)
    return True


def _needs_reason(_current: Recommendation, step: Step) -> None:
    _require_reason(step)


def _require_reason(step: Step) -> None:
    if not text_of(step.reason):
        code = "recommendation.no_reason"
        raise InputError(code, where=Where(field="reason"))


def _needs_successor(current: Recommendation, step: Step) -> None:
    successor = step.successor
    fit = Recommendation.objects.filter(project=current.project_id, state__in=DECIDED)
    others = fit.exclude(pk=current.pk)
    if successor is None or not others.filter(pk=successor.pk).exists():
        code = "recommendation.successor"
        found = successor.code if successor else ""
        raise InputError(code, where=Where(field="successor"), found=found)


_GUARDS: Final[Mapping[tuple[str, str], tuple[Guard, ...]]] = {
    (State.DRAFT, State.IN_CONSULTATION): (_needs_texts, _needs_findings, _needs_addressee),
    (State.REVISED, State.IN_CONSULTATION): (_has_new_text,),
    (State.IN_CONSULTATION, State.REVISED): (_is_consulted,),
    (State.REJECTED, State.DRAFT): (_needs_reason,),
}
_BY_TARGET: Final[Mapping[str, tuple[Guard, ...]]] = {
    State.ADOPTED: (_answers_contradictions,),
    State.REJECTED: (_needs_reason, _is_in_no_plan),
    State.PUBLISHED: (_is_reviewed, _has_trail),
    State.SUPERSEDED: (_needs_successor,),
    State.WITHDRAWN: (_needs_reason,),
}
