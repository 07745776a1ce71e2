"""Corpora: which initiatives a project codes, and how many people code each activity."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import slugify

from alpclusters.analysis.errors import InputError, StateError, Where
from alpclusters.platform.accounts.models import User
from alpclusters.platform.evidence.domain.codebook.reading import current_codebook
from alpclusters.platform.evidence.domain.coding.settling import refresh_activities
from alpclusters.platform.evidence.domain.grading.regrading import regrade_of_initiatives
from alpclusters.platform.evidence.models import Activity, Codebook, Coding, Corpus, Initiative
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.worlds import check_one_world

MOST_CODERS: Final = 2
# Words of the addresses below evidence/corpora/.
RESERVED: Final = frozenset({"new"})
LONGEST_SLUG: Final = 70


@dataclass(frozen=True, slots=True)
class InitiativeFilter:
    """Which initiatives to take: all that fit every condition given.

    Attributes
    ----------
    words : str
        Stand in acronym, title or topic, each of them.
    family : str
        A `Programme.Family`.
    country : str
        Two letters; one of the partners' countries.
    year_from, year_to : int or None
        The funding ran in these years at least partly.
    """

    words: str = ""
    family: str = ""
    country: str = ""
    year_from: int | None = None
    year_to: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether no condition is given."""
        return self == InitiativeFilter()


@transaction.atomic
def make_corpus(
    project: Project,
    *,
    name: str,
    by: User | None = None,
    n_coders: int = MOST_CODERS,
    codebook: Codebook | None = None,
) -> Corpus:
    """Begin a corpus; it is coded in the codebook in force unless another is named."""
    del by  # whoever keeps the corpus; the model has no column for it
    return Corpus.objects.create(
        project=project,
        slug=_free_slug(name),
        name=name,
        n_coders=_checked(n_coders),
        codebook=codebook or current_codebook(),
    )


@transaction.atomic
def edit_corpus(
    corpus: Corpus, *, name: str, n_coders: int, by: User | None, codebook: Codebook | None = None
) -> Corpus:
    """Change name, number of coders, codebook; activities count anew who must have closed.

    Raises
    ------
    StateError
        Another codebook, though coding has begun: the codes would not be comparable.
    """
    wanted = codebook or corpus.codebook
    if wanted != corpus.codebook and codings_of(corpus).exists():
        raise StateError("corpus.coding_began", found=corpus.name)
    is_other = n_coders != corpus.n_coders
    corpus.name, corpus.codebook, corpus.n_coders = name, wanted, _checked(n_coders)
    corpus.save()
    if is_other:
        refresh_activities(activities_of(corpus), by=by)
    return corpus


@transaction.atomic
def add_initiatives(
    corpus: Corpus, initiatives: QuerySet[Initiative] | list[Initiative], *, by: User | None
) -> int:
    """Take initiatives into a corpus; programme lines are no evidence and stay out.

    Returns
    -------
    int
        How many were not in it before.

    Raises
    ------
    InputError
        Simulated ones in a real corpus, or the other way round (``worlds.mixed``).
    """
    initiatives = list(initiatives)
    check_one_world(corpus, initiatives)
    wanted = {i.pk for i in initiatives if i.kind != Initiative.Kind.PROGRAMME_LINE}
    fresh = wanted - set(corpus.initiatives.filter(pk__in=wanted).values_list("pk", flat=True))
    corpus.initiatives.add(*sorted(fresh))
    refresh_activities(Activity.objects.filter(initiative__in=fresh), by=by)
    _regrade(corpus, fresh)
    return len(fresh)


@transaction.atomic
def remove_initiative(corpus: Corpus, initiative: Initiative, *, by: User | None) -> None:
    """Take an initiative out; its activities and codings stay.

    Raises
    ------
    StateError
        Somebody works on one of its activities: the other coder's place would be lost.
    """
    open_ones = Coding.objects.filter(activity__initiative=initiative, closed_at__isnull=True)
    if open_ones.exists():
        raise StateError("corpus.coding_open", found=initiative.acronym)
    corpus.initiatives.remove(initiative)
    refresh_activities(Activity.objects.filter(initiative=initiative), by=by)
    _regrade(corpus, {initiative.pk})


def initiatives_matching(wanted: InitiativeFilter) -> QuerySet[Initiative]:
    """List initiatives that may be evidence and fit a filter."""
    found = Initiative.objects.exclude(kind=Initiative.Kind.PROGRAMME_LINE)
    for word in wanted.words.split():
        found = found.filter(_says(word))
    if wanted.family:
        found = found.filter(programme__family=wanted.family)
    if wanted.country:
        found = found.filter(countries__contains=wanted.country.upper())
    if wanted.year_from:
        found = found.filter(Q(end__year__gte=wanted.year_from) | Q(end__isnull=True))
    if wanted.year_to:
        found = found.filter(Q(start__year__lte=wanted.year_to) | Q(start__isnull=True))
    return found.order_by("acronym", "pk")


def activities_of(corpus: Corpus) -> QuerySet[Activity]:
    """List the activities of a corpus."""
    return Activity.objects.filter(initiative__corpora=corpus)


def codings_of(corpus: Corpus) -> QuerySet[Coding]:
    """List all codings of a corpus; nobody but its coder may see an open one."""
    return Coding.objects.filter(activity__initiative__corpora=corpus)


def _regrade(corpus: Corpus, moved: Collection[int]) -> None:
    """Grade again what rests on the corpus: the agreement of its coders may be another one."""
    inside = corpus.initiatives.order_by().values_list("pk", flat=True)
    regrade_of_initiatives({*inside, *moved}, now=timezone.now())


def _says(word: str) -> Q:
    found = Q(acronym__icontains=word)
    for name in ("title", "topic"):
        for code in LANGUAGE_CODES:
            found |= Q(**{f"{name}__{code}__icontains": word})
    return found


def _checked(n_coders: int) -> int:
    if not 1 <= n_coders <= MOST_CODERS:
        where = Where(field="n_coders")
        raise InputError("corpus.n_coders", where=where, found=str(n_coders), expected="1, 2")
    return n_coders


def _free_slug(name: str) -> str:
    base = slugify(name)[:LONGEST_SLUG] or "corpus"
    taken = set(Corpus.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    taken |= RESERVED
    number = 1
    slug = base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
