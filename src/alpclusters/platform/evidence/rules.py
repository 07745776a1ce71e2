"""Who may see, write, code, settle and import evidence."""

from django.db.models import Q, QuerySet

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.accounts.rights import add_right
from alpclusters.platform.evidence.models import Corpus, Document, Initiative, Lesson
from alpclusters.platform.partnership.roles import EVERY_ROLE, Person, holds, project_ids

WRITERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR, Role.EVIDENCE_CODER)
KEEPERS = (Role.ADMINISTRATOR, Role.PARTNER_COORDINATOR)


def is_writer(user: Person) -> bool:
    """Evidence coders and coordinators of any project, administrators."""
    return project_ids(user, *WRITERS) != []


def is_keeper(user: Person) -> bool:
    """Coordinators of any project, administrators: they keep codebook, corpora and imports."""
    return project_ids(user, *KEEPERS) != []


def may_see_initiative(user: Person, initiative: Initiative | None) -> bool:
    """Everybody, where it is published; else people with any role."""
    if initiative is None or initiative.is_published:
        return True
    return project_ids(user, *EVERY_ROLE) != []


def may_see_lesson(user: Person, lesson: Lesson | None) -> bool:
    """Everybody, where it is published; else people with any role."""
    if lesson is None or lesson.is_published:
        return True
    return project_ids(user, *EVERY_ROLE) != []


def may_read_file(user: Person, document: Document | None) -> bool:
    """Everybody, where the licence allows it; else those who code."""
    if document is not None and document.is_open:
        return True
    return is_writer(user)


def may_keep_corpus(user: Person, corpus: Corpus | None) -> bool:
    """Coordinators of the project of the corpus, administrators."""
    if corpus is None:
        return is_keeper(user)
    return holds(user, *KEEPERS, project_id=corpus.project_id)


def visible_initiatives(user: Person) -> QuerySet[Initiative]:
    """List the initiatives a person may see."""
    if project_ids(user, *EVERY_ROLE) != []:
        return Initiative.objects.all()
    return Initiative.objects.filter(is_published=True)


def visible_lessons(user: Person) -> QuerySet[Lesson]:
    """List the lessons a person may see."""
    if project_ids(user, *EVERY_ROLE) != []:
        return Lesson.objects.all()
    return Lesson.objects.filter(is_published=True)


def visible_documents(user: Person) -> QuerySet[Document]:
    """List the documents a person may see: the public those something published rests on."""
    if project_ids(user, *EVERY_ROLE) != []:
        return Document.objects.all()
    of_initiative = Q(initiatives__is_published=True)
    of_lesson = Q(quotations__lesson__is_published=True)
    of_measure = Q(measures__is_published=True)
    shown = Document.objects.filter(of_initiative | of_lesson | of_measure)
    return Document.objects.filter(pk__in=shown.values("pk"))


def corpora_of(user: Person) -> QuerySet[Corpus]:
    """List the corpora in which a person may code and settle: those of own projects."""
    wanted = project_ids(user, *WRITERS)
    return Corpus.objects.all() if wanted is None else Corpus.objects.filter(project__in=wanted)


add_right("evidence.view_initiative", may_see_initiative)
add_right("evidence.view_lesson", may_see_lesson)
add_right("evidence.read_file", may_read_file)
add_right("evidence.change_evidence", is_writer)
add_right("evidence.keep_corpus", may_keep_corpus)
add_right("evidence.change_codebook", is_keeper)
add_right("evidence.grade_lesson", is_keeper)
add_right("evidence.import_initiatives", is_keeper)
