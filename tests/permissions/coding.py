"""Corpora with coded activities and lessons for the table of rights."""

from types import SimpleNamespace
from typing import Any

from alpclusters.platform.evidence.domain.codebook.reading import current_codebook
from alpclusters.platform.evidence.domain.corpora import add_initiatives, make_corpus
from alpclusters.platform.evidence.models import Activity, Codebook, Coding
from alpclusters.platform.partnership.models import Project
from tests.factories.accounts import make_user
from tests.factories.coding import NOW, make_activity, make_initiative, make_lesson


def coding_things(*, own: Project, other: Project) -> dict[tuple[str, str], Any]:
    """Build a corpus of each project: an activity to code, one that two people see differently."""
    things: dict[tuple[str, str], Any] = {}
    for relation, project in (("own", own), ("other", other)):
        things |= {
            (kind, relation): thing for kind, thing in coded_things(project, relation).items()
        }
    return things


def coded_things(project: Project, name: str, *, n: int = 1) -> dict[str, Any]:
    """Build n of everything in one corpus; addresses name slugs, keys and numbers."""
    book = current_codebook()
    corpus = make_corpus(project, name=f"Corpus {name}", codebook=book)
    initiatives = [make_initiative(is_simulated=project.is_simulated) for _ in range(n)]
    add_initiatives(corpus, initiatives, by=None)
    lessons = [make_lesson(is_simulated=project.is_simulated) for _ in range(n)]
    for initiative in initiatives:
        make_activity(initiative)
        _dispute(make_activity(initiative), book)
    first = initiatives[0]
    disputed = first.activities.get(number=2)
    return {
        "corpus": corpus,
        "coded_activity": SimpleNamespace(key=first.key, number=1),
        "disputed_activity": SimpleNamespace(slug=corpus.slug, pk=disputed.pk, field="scope"),
        "written_lesson": SimpleNamespace(
            key=lessons[0].key, version=lessons[0].history.latest().pk
        ),
    }


def _dispute(activity: Activity, book: Codebook) -> None:
    for place, scope in ((1, "transnational"), (2, "cross_border")):
        Coding.objects.create(
            activity=activity,
            coder=make_user(),
            place=place,
            codebook=book,
            values={"scope": scope},
            began_at=NOW,
            closed_at=NOW,
        )
    activity.state = Activity.State.DISPUTED
    activity.save()
