"""What is stored of people, why and how long; and the views of all pages every site owes."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from alpclusters.platform.desk.retention import CLOCKS
from alpclusters.platform.trust.domain.bodies import responsible_body
from alpclusters.platform.trust.models import ResponsibleBody
from alpclusters.www.components.parts import Column, Table, Text
from alpclusters.www.public.legal.about_site import (
    Link,
    Page,
    Section,
    about_page,
    accessibility_page,
    imprint_page,
    licences_page,
    missing_sentence,
    terms_of,
)
from alpclusters.www.public.legal.methods import methods_page

# --- What is stored of people, why, how long, and what they can do about it -----------------------


def privacy_page() -> Page:
    """Return the page."""
    return Page(
        _("Privacy"),
        _(
            "This site stores as little about people as it can. It loads nothing from other "
            "hosts, counts no visits and passes nothing about its visitors on."
        ),
        [
            _visitors(),
            _participants(),
            _researchers(),
            _people(),
            _accounts(),
            _clocks(),
            _cookies(),
            _rights(),
            _controller(responsible_body()),
        ],
    )


def _visitors() -> Section:
    return Section(
        _("Visitors"),
        [
            _(
                "Reading needs no account, and nothing is stored about readers. The operator’s web "
                "server may keep technical logs; ask the operator for how long."
            )
        ],
    )


def _participants() -> Section:
    return Section(
        _("Participants of an AlpCafé"),
        [
            _(
                "Participants give no name and no address. A random mark in a cookie lets a phone "
                "come back to its own answers; the database holds only a fingerprint of it."
            ),
            _("Without consent nothing is stored."),
            _(
                "The phone itself keeps its answers, the numbers of its cards and the recovery "
                "code, also after the AlpCafé: to find out what became of them and to mark its "
                "own place on the map of opinions. The place is computed on the phone and sent "
                "nowhere. The page “What became of my cards and ratings” deletes all of it."
            ),
            _(
                "Researchers can ask for the answers person by person, without comments and times, "
                "region and role. The coordinator of the project decides; the page of the AlpCafé "
                "says who got them and until when. Participants can say that their answers are in "
                "no such file: on the phone under “About me” until the AlpCafé is closed, on "
                "paper with a cross on the sheet."
            ),
        ],
        points=[
            _("the answers, with the time at which they arrived"),
            _("comments, if somebody writes any; names should not be written there"),
            _("language, and region and role if somebody chooses them"),
            _("when consent was given, and to which wording"),
        ],
    )


def _researchers() -> Section:
    return Section(
        _("People who ask for answers for research"),
        [_("Names, address and safeguards are deleted 30 days after the end or the refusal.")],
        points=[
            _("name of everybody who will work with the data, e-mail address"),
            _("how the data are kept safe"),
        ],
    )


def _people() -> Section:
    return Section(
        _("People of organisations"),
        [
            _(
                "A project keeps people of organisations only with their consent. It counts for "
                "three years and can be withdrawn at any time; the contact is then removed from "
                "all lists at once, and the record of the consent is deleted a year later."
            ),
            _(
                "The team of a project may note how it sees the influence and interest of an "
                "organisation, with reason and date. Nobody else sees it; who it is about gets it "
                "on request."
            ),
        ],
        points=[
            _("name, e-mail address, task, role and level, languages"),
            _("what was agreed to, in which wording, how and when"),
        ],
    )


def _accounts() -> Section:
    return Section(
        _("People with an account"),
        points=[
            _("e-mail address, name to show and language"),
            _("a fingerprint of the password, if one was chosen"),
            _("roles in projects and regions, and who gave them"),
            _(
                "a second step of signing in, if one was set up: its kind, name and dates; its "
                "secret is encrypted"
            ),
            _(
                "while somebody is signed in: name of browser and system, since when, last use; "
                "no network address"
            ),
            _("which entries somebody changed and when, because public texts need to be traceable"),
        ],
        links=[Link(_("See, take along or erase my data"), reverse("workspace:my_data"))],
    )


def _clocks() -> Section:
    columns = [Column(_("What")), Column(_("How long")), Column(_("What for"))]
    rows: list[list[Text]] = [[clock.title, clock.ends, clock.why] for clock in CLOCKS]
    return Section(
        _("How long data are kept"),
        table=Table(_("Kinds of data"), columns, rows),
    )


def _cookies() -> Section:
    days = settings.SESSION_COOKIE_AGE // 86_400
    columns = [Column(_("Cookie")), Column(_("What for")), Column(_("How long"))]
    rows = [
        ["session", _("keeps somebody signed in"), _("%(n)s days") % {"n": days}],
        ["csrf", _("protects forms against forged requests"), _("one year")],
        [
            "cafe",
            _("lets a phone come back to its own answers"),
            _("until the person leaves the AlpCafé, at most 60 days"),
        ],
        [
            "cafescreen",
            _("lets the screen of a host or of the hall stay open"),
            _("%(n)s days") % {"n": 3},
        ],
        ["cafetries", _("counts wrong recovery codes on a phone"), _("one day")],
        [
            "caferegister",
            _("lets somebody invited change their own answer"),
            _("%(n)s days") % {"n": 60},
        ],
        [
            "device",
            _("recognises a browser in which somebody signed in before"),
            _("%(n)s days") % {"n": 180},
        ],
        ["messages", _("carries a confirmation to the next page"), _("until it is shown")],
        ["language", _("remembers the language chosen on the phone"), _("one year")],
    ]
    return Section(
        _("Cookies"),
        [
            _(
                "All cookies are needed for what people ask the site to do; there are no others. "
                "The choice of the dark theme is kept in the browser and never sent."
            ),
            _("Where the address begins with https, their names begin with __Host-."),
        ],
        table=Table(_("Cookies of this site"), columns, rows),
    )


def _rights() -> Section:
    return Section(
        _("Your rights"),
        points=[
            _(
                "You can withdraw your consent at any time. On the phone, “Leave” deletes your "
                "answers, as long as the AlpCafé is open."
            ),
            _("People with an account can see, take along and erase their data in the workspace."),
            _(
                "You may ask the operator for information, correction, deletion and restriction, "
                "and you may object."
            ),
            _("You may complain to the data protection authority of your country."),
        ],
    )


def _controller(body: ResponsibleBody) -> Section:
    terms = terms_of(body, ("name", "address", "email", "officer_name", "officer_email"))
    terms += terms_of(body, ("legal_basis", "data_authority"))
    return Section(
        _("Who is responsible"),
        missing_sentence(body),
        terms=terms,
        links=[Link(_("Imprint"), reverse("public:imprint"))],
    )


# --- Pages every site owes its readers: what it is, counts, stores and stands on ------------------


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """Say what the site is for and who answers for it."""
    return _show(request, about_page())


@require_safe
def methods(request: HttpRequest) -> HttpResponse:
    """Say how results are computed and what the marks mean."""
    return _show(request, methods_page())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is stored of participants and accounts, and how to get it out."""
    return _show(request, privacy_page())


@require_safe
def imprint(request: HttpRequest) -> HttpResponse:
    """Name the body that runs the site."""
    return _show(request, imprint_page())


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Say what works without sight, mouse or script, and what was not tested."""
    return _show(request, accessibility_page())


@require_safe
def licences(request: HttpRequest) -> HttpResponse:
    """Name the sources of the data and the works of others in the program."""
    return _show(request, licences_page())


def _show(request: HttpRequest, page: Page) -> HttpResponse:
    return render(request, "public/legal/page.html", {"page": page})


urlpatterns = [
    path("about/", about, name="about"),
    path("methods/", methods, name="methods"),
    path("privacy/", privacy, name="privacy"),
    path("imprint/", imprint, name="imprint"),
    path("accessibility/", accessibility, name="accessibility"),
    path("licences/", licences, name="licences"),
]
