"""What the page of a source shows."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from alpclusters.platform.evidence.domain.citing import cite_document
from alpclusters.platform.evidence.models import Document
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.partnership.roles import Person
from alpclusters.platform.territory.models import Standing
from alpclusters.reports.dates import format_date
from alpclusters.www.components.outside_links import outside_link
from alpclusters.www.components.parts import Fact, Station
from alpclusters.www.public.evidence_data import CiteView, cite_view, data_block
from alpclusters.www.public.initiatives.said import strip_if_known
from alpclusters.www.public.sources.lists import language_of
from alpclusters.www.public.sources.resting import RestingView, read_resting


@dataclass(frozen=True)
class SourcePage:
    """Everything the template names."""

    lang: str
    trail: Sequence[Station]
    facts: Sequence[Fact]
    file_url: str
    resting: RestingView
    cite: CiteView
    data: SafeString
    is_verified: bool
    may_edit: bool


def read_page(user: Person, document: Document, *, base: str) -> SourcePage:
    """Read what a person may know of a source; ``base`` is the address of the site."""
    address = base + reverse("public:source", args=[document.key])
    return SourcePage(
        lang=language_of(document),
        trail=strip_if_known(document, seen_by=user),
        facts=_facts(document),
        file_url=_file_url(user, document),
        resting=read_resting(user, document),
        cite=cite_view(
            lambda _language: cite_document(document, address=address),
            "public:source-citation",
            document.key,
        ),
        data=_data(document),
        is_verified=document.standing == Standing.VERIFIED,
        may_edit=user.has_perm("evidence.change_evidence"),
    )


def _facts(document: Document) -> list[Fact]:
    language = nearest_language(get_language())
    read_on = document.read_on
    facts = [
        Fact(_("Kind of source"), document.get_source_type_display()),
        Fact(_("Authors or body"), document.authors),
        Fact(_("Year"), document.year or ""),
        Fact(_("Language"), _language_name(document.language)),
        Fact(_("Licence"), document.licence),
        Fact(_("Address"), outside_link(document.address)),
        Fact(_("Where it was found"), document.locator),
        Fact(pgettext("date", "Read on"), format_date(read_on, language) if read_on else ""),
        Fact(_("Pages"), document.n_pages or ""),
    ]
    must = {1, 2, 4}
    return [
        fact if fact.value else Fact(fact.label, state="unknown")
        for place, fact in enumerate(facts)
        if fact.value or place in must
    ]


def _language_name(code: str) -> str:
    return _("several") if code == "mul" else dict(LANGUAGES).get(code, code)


def _file_url(user: Person, document: Document) -> str:
    """Return where the file is; nothing where there is none or it may not be shown."""
    if not document.file or not user.has_perm("evidence.read_file", document):
        return ""
    try:
        return reverse("public:source-file", args=[document.key])
    except NoReverseMatch:
        return ""


def _data(document: Document) -> SafeString:
    """Return the source for search engines; nothing for an invented one."""
    if document.is_simulated:
        return SafeString()
    return data_block({
        "@type": "CreativeWork",
        "name": document.title,
        "author": document.authors,
        "datePublished": str(document.year or ""),
        "inLanguage": language_of(document),
        "url": document.address,
    })  # fmt: skip
