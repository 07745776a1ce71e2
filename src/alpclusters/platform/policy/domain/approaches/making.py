"""Begin a joint approach, change it, say which regions take part."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.history import sign
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.codes import next_number
from alpclusters.platform.policy.models import Adoption, JointApproach, Recommendation
from alpclusters.platform.territory.models import Region

PREFIX: Final = "J"


@dataclass(frozen=True, slots=True)
class Aim:
    """What an approach is; of each text all languages."""

    texts: Mapping[str, Mapping[str, str]]
    coordinator: str = ""
    is_public: bool = False
    recommendations: Collection[Recommendation] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """What one region adopts until when."""

    region: Region
    body: str = ""
    task: str = ""
    due: date | None = None


@transaction.atomic
def create_approach(project: Project, aim: Aim, *, by: User | None) -> JointApproach:
    """Begin an approach with the next code of the project.

    Raises
    ------
    InputError
        No title in any language (``approach.no_title``).
    """
    owner = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    codes = owner.joint_approaches.order_by().values_list("code", flat=True)
    code = f"{PREFIX}{next_number(codes, PREFIX)}"
    return _store(JointApproach(project=owner, code=code, created_by=by), aim, by=by)


@transaction.atomic
def change_approach(approach: JointApproach, aim: Aim, *, by: User | None) -> JointApproach:
    """Change texts, coordinator, recommendations, and whether everybody sees it."""
    return _store(JointApproach.objects.select_for_update().get(pk=approach.pk), aim, by=by)


def _store(current: JointApproach, aim: Aim, *, by: User | None) -> JointApproach:
    for name, texts in aim.texts.items():
        setattr(current, name, {code: text.strip() for code, text in texts.items()})
    if not current.title:
        code = "approach.no_title"
        raise InputError(code, where=Where(field="title"))
    current.coordinator, current.is_public = aim.coordinator.strip(), aim.is_public
    sign(current, by)
    current.save()
    own = [one.pk for one in aim.recommendations if one.project_id == current.project_id]
    current.recommendations.set(own)
    return current


@transaction.atomic
def add_region(approach: JointApproach, task: Task) -> Adoption:
    """Let a region take part; nothing is known of it yet.

    Raises
    ------
    InputError
        It takes part already (``approach.region_twice``).
    """
    held = JointApproach.objects.select_for_update().get(pk=approach.pk)
    if held.adoptions.filter(region=task.region).exists():
        code = "approach.region_twice"
        raise InputError(code, where=Where(field="region"), found=task.region.code)
    return Adoption.objects.create(
        approach=held, region=task.region, body=task.body, task=task.task, due=task.due
    )


@transaction.atomic
def change_task(adoption: Adoption, task: Task) -> Adoption:
    """Change what a region adopts until when; the region stays."""
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    current.body, current.task, current.due = task.body, task.task, task.due
    current.save()
    return current


@transaction.atomic
def remove_region(adoption: Adoption) -> None:
    """Take out a region of which nothing was recorded.

    Raises
    ------
    StateError
        Steps were recorded (``adoption.move_refused``): they stay.
    """
    current = Adoption.objects.select_for_update().get(pk=adoption.pk)
    if current.steps.exists():
        raise StateError("adoption.move_refused", found=current.state)
    current.delete()
