"""A corpus with an initiative, activities and codings for tests; everything is simulated."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from alpclusters.platform.accounts.models import Role, User
from alpclusters.platform.evidence.domain.coding import (
    add_activity,
    begin_coding,
    close_coding,
    put_values,
)
from alpclusters.platform.evidence.domain.corpora import add_initiatives, make_corpus
from alpclusters.platform.evidence.domain.lessons import save_lesson
from alpclusters.platform.evidence.models import (
    Activity,
    Code,
    Codebook,
    Coding,
    Corpus,
    Initiative,
    Lesson,
)
from alpclusters.platform.partnership.models import Project
from tests.factories.accounts import make_user_with
from tests.factories.evaluation import in_five, make_measure, make_project

NOW = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
_numbers = count(1)
CODES = {
    "scope": ["within_region", "cross_border", "transnational"],
    "audience": ["cluster_organisations", "smes", "research"],
    "outcome_status": ["lasting", "transformed", "ended", "unknown"],
    "payer_after": ["members", "regional", "none", "unknown"],
    "source_type": ["own_report", "external_evaluation"],
    "context": ["alpine", "other"],
    "success_factors": ["owner_named", "member_money"],
    "failure_reasons": ["money_ended", "manager_left"],
}
FULL: dict[str, Any] = {
    "measure_type": "fair",
    "scope": "cross_border",
    "audience": ["smes"],
    "outcome_status": "lasting",
    "outcome_months": 26,
    "payer_after": ["members"],
    "source_type": "own_report",
    "context": "alpine",
    "success_factors": ["owner_named"],
}


def make_codebook(number: int = 1) -> Codebook:
    """Build a small published codebook, or return the one with this number."""
    book, is_new = Codebook.objects.get_or_create(number=number, defaults={"published_at": NOW})
    if is_new:
        Code.objects.bulk_create(
            Code(
                codebook=book,
                field=field,
                key=key,
                order=order,
                **in_five("label", [f"{key} {code}" for code in ("de", "en", "fr", "it", "sl")]),
                **in_five("definition", [f"What {key} is."] * 5),
                **in_five("example", [f"A case of {key}."] * 5),
                **in_five("counter_example", [f"No case of {key}."] * 5),
            )
            for field, keys in CODES.items()
            for order, key in enumerate(keys)
        )
    for key in ("fair", "pilot"):
        make_measure(key)
    return book


def make_initiative(**fields: Any) -> Initiative:
    """Build a simulated initiative."""
    number = next(_numbers)
    values = {"key": f"ridge-{number}", "acronym": f"Ridge {number}", "is_simulated": True}
    return Initiative.objects.create(**{**values, **fields})


def make_coded_corpus(
    project: Project | None = None, *, n_coders: int = 2, initiatives: int = 1
) -> Corpus:
    """Build a corpus with initiatives, each with one activity that nobody coded.

    They are of the world of the project; without one a simulated project is made.
    """
    owner = project or make_project(kind="demonstration")
    corpus = make_corpus(owner, name="Ridges", n_coders=n_coders, codebook=make_codebook())
    found = [make_initiative(is_simulated=owner.is_simulated) for _ in range(initiatives)]
    add_initiatives(corpus, found, by=None)
    for initiative in found:
        make_activity(initiative)
    return corpus


def make_activity(initiative: Initiative, **fields: Any) -> Activity:
    """Write an activity down."""
    return add_activity(initiative, by=None, **{"name": "Demonstrator (simulated)", **fields})


def only_activity(corpus: Corpus) -> Activity:
    """Return the activity of a corpus of one."""
    return Activity.objects.get(initiative__corpora=corpus)


def make_coder(project: Project | None = None) -> User:
    """Build somebody who may code in a project."""
    return make_user_with(Role.EVIDENCE_CODER, project=project)


def code(activity: Activity, by: User, *, closed: bool = True, **values: Any) -> Coding:
    """Code an activity: the full set of answers, changed by what is given."""
    coding = begin_coding(activity, by, now=NOW)
    put_values(coding, {**FULL, **values})
    if closed:
        close_coding(coding, now=NOW, without_place=True)
    activity.refresh_from_db()
    return coding


def make_lesson(**fields: Any) -> Lesson:
    """Write a lesson in five languages."""
    number = next(_numbers)
    texts = in_five("statement", [f"Lesson {number} {c}" for c in ("de", "en", "fr", "it", "sl")])
    values = {"verdict": "works", "measure_type": "fair", "is_simulated": True, **texts, **fields}
    return save_lesson(by=None, **values)
