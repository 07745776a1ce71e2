"""What is said about a document, as facts with their standing."""

from django.utils.translation import gettext as _

from alpclusters.platform.evidence.models import Document
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.platform.territory.models import Standing
from alpclusters.www.components.parts import Fact
from alpclusters.www.templatetags.figures import number, shortdate


def facts_of(document: Document) -> list[Fact]:
    """Return authors, year, kind, language, licence, address and file of a document."""
    is_checked = document.standing == Standing.VERIFIED
    checked = "verified" if is_checked else "unverified"
    facts = [
        _fact(_("Authors or body"), document.authors, checked),
        _fact(_("Year"), str(document.year or ""), checked),
        Fact(_("Kind of source"), document.get_source_type_display()),
        _fact(_("Language"), language_words(document.language)),
        _fact(_("Licence"), document.licence, checked),
        Fact(_("May be shown to the public"), _("yes") if document.is_open else _("no")),
        _place(document),
    ]
    if document.read_on:
        facts.append(Fact(_("Last read on"), shortdate(document.read_on)))
    if document.file:
        size = number(max(1, document.n_bytes // 1000))
        facts.append(Fact(_("File"), f"{document.file_name} ({size} kB)"))
    if document.n_pages:
        facts.append(Fact(_("Pages"), number(document.n_pages)))
    return facts


def language_words(code: str) -> str:
    """Return the name of a language; empty where it is unknown."""
    return {**dict(LANGUAGES), "mul": _("several")}.get(code, code)


def _fact(label: str, value: str, state: str = "") -> Fact:
    return Fact(label, value, state if value else "unknown")  # type: ignore[arg-type]


def _place(document: Document) -> Fact:
    if document.address:
        return Fact(_("Web address"), document.address, url=document.address)
    return _fact(_("Where it was found"), document.locator)
