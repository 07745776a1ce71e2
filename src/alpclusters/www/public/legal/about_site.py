"""What the site is for, who runs it, what works without sight or mouse, whose data it uses."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.fields import label_of
from alpclusters.platform.territory.domain.boundaries import ATTRIBUTION
from alpclusters.platform.trust.domain.bodies import missing_of, responsible_body
from alpclusters.platform.trust.models import ResponsibleBody
from alpclusters.sources.boundaries import LICENCE as BOUNDARIES
from alpclusters.sources.postcodes import LICENCE as POSTCODES
from alpclusters.www.components.parts import Cell, Column, Table, Text

# --- A page of text: sections with paragraphs, lists, terms, a table, links -----------------------


@dataclass(frozen=True)
class Link:
    """Where to read on."""

    label: Text
    url: str
    lang: str = ""


@dataclass(frozen=True)
class Section:
    """One heading with what belongs to it."""

    title: Text
    paragraphs: Sequence[Text] = ()
    points: Sequence[Text] = ()
    terms: Sequence[tuple[Text, Text]] = ()
    table: Table | None = None
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Page:
    """The whole page."""

    title: Text
    lead: Text
    sections: Sequence[Section] = field(default_factory=list)


# --- What the site is for and who answers for it --------------------------------------------------


def about_page() -> Page:
    """Return the page."""
    return Page(
        _("What it is and who runs it"),
        _(
            "AlpClusters is a tool for partnerships of regions: they examine what earlier "
            "initiatives achieved, let regional actors rate measures, and turn the result into "
            "an action plan."
        ),
        [_purpose(), _trail(), _origin(), _operator()],
    )


def _purpose() -> Section:
    return Section(
        _("What it does"),
        points=[
            _("It presents measures that help cluster organisations work across borders."),
            _("In an AlpCafé, regional actors rate them on their phones, without an account."),
            _("An evaluation shows what people said, with its uncertainty."),
            _("Recommendations follow from findings, and an action plan from recommendations."),
        ],
    )


def _trail() -> Section:
    return Section(
        _("Every statement has a trail"),
        [
            _(
                "Each thing shows where it comes from and what became of it. What nobody has "
                "confirmed is marked unverified, what nobody knows is shown as unknown, and "
                "invented examples are marked simulated."
            )
        ],
        links=[Link(_("Methods and conventions"), reverse("public:methods"))],
    )


def _origin() -> Section:
    return Section(
        _("Where the idea comes from"),
        [
            _(
                "The historic project AlpClusters 2020 worked in this way from September 2013 to "
                "November 2014. This site tells what is known of it. It is no official page of "
                "that project, of a funding programme or of the European Union."
            )
        ],
        links=[Link(_("Projects and their partners"), reverse("public:projects"))],
    )


def _operator() -> Section:
    return Section(
        _("Who runs it"),
        [
            _(
                "The body named in the imprint runs this installation and answers for its "
                "contents and for the data of its users. The software is open source under "
                "EUPL-1.2."
            )
        ],
        links=[Link(_("Imprint"), reverse("public:imprint"))],
    )


# --- What works without sight, mouse or script, what was tested, and what was not -----------------


def accessibility_page() -> Page:
    """Return the page."""
    return Page(
        _("Accessibility"),
        _("This site is meant to be usable by everybody, on a phone, by keyboard and by ear."),
        [_aim(), _how(), _tested(), _limits(), _report()],
    )


def _aim() -> Section:
    return Section(
        _("The yardstick"),
        [
            _(
                "We build to WCAG 2.2, level AA. By our own assessment the site meets it, apart "
                "from the points below. No outside body has examined it yet."
            )
        ],
    )


def _how() -> Section:
    return Section(
        _("What you can rely on"),
        points=[
            _("Every page works by keyboard, and the focus is always visible."),
            _("Every page works at 320 pixels and with text at twice its size."),
            _("Colour never carries a meaning alone: there is always a word or a shape."),
            _("Every chart has its numbers as a table."),
            _("Pages work without scripts; scripts only add comfort."),
            _("Passages in another language are marked as such."),
            _("Nothing blinks and nothing moves by itself."),
        ],
    )


def _tested() -> Section:
    return Section(
        _("How it is tested"),
        [
            _(
                "A program examines every page in five languages, in two widths and both themes, "
                "for known errors. Contrasts are computed for every pair of colours."
            )
        ],
    )


def _limits() -> Section:
    return Section(
        _("Known limits"),
        points=[
            _("Not yet tested with people who use screen readers."),
            _("French, Italian and Slovenian texts have not been read by native speakers yet."),
            _(
                "The tile map is long to walk through by keyboard; a link leads past it to the "
                "table."
            ),
            _("Texts in plain language do not exist yet."),
        ],
    )


def _report() -> Section:
    return Section(
        _("Something does not work?"),
        [
            _(
                "Tell the operator of this installation what you wanted to do and on which page. "
                "If the answer does not help, the body that enforces accessibility in your country "
                "can be asked."
            )
        ],
    )


# --- Who runs this installation, from what its administrators filled in ---------------------------


SHOWN = ("name", "representative", "address", "email", "phone", "register", "supervision")


def imprint_page() -> Page:
    """Return the page; what nobody has filled in yet is said, not invented."""
    body = responsible_body()
    return Page(
        _("Imprint"),
        _("The body that runs this site and answers for its contents."),
        [_body(body), *_notes(body), _more()],
    )


def terms_of(body: ResponsibleBody, names: tuple[str, ...]) -> list[tuple[Text, Text]]:
    """Return label and value of the fields that are filled in; lines become one."""
    found = [(label_of(body, name), getattr(body, name)) for name in names]
    return [(label, ", ".join(value.split("\n"))) for label, value in found if value]


def missing_sentence(body: ResponsibleBody) -> list[Text]:
    """Say in words what visitors cannot read here yet."""
    if not missing_of(body):
        return []
    return [_("The body that runs this installation has not given all it has to give here yet.")]


def _body(body: ResponsibleBody) -> Section:
    return Section(_("Who runs this site"), missing_sentence(body), terms=terms_of(body, SHOWN))


def _notes(body: ResponsibleBody) -> list[Section]:
    if not body.notes:
        return []
    return [Section(_("Further information"), body.notes.split("\n\n"))]


def _more() -> Section:
    return Section(
        _("Read on"),
        links=[
            Link(_("Privacy"), reverse("public:privacy")),
            Link(_("Accessibility"), reverse("public:accessibility")),
        ],
    )


# --- Whose data and whose works this site stands on -----------------------------------------------


def licences_page() -> Page:
    """Return the page."""
    return Page(
        _("Sources and licences"),
        _("Facts carry their source where they stand. Here are the sources as a whole."),
        [_data(), _historic(), _own(), _software()],
    )


def _data() -> Section:
    columns = [Column(_("Data")), Column(_("Source")), Column(_("Licence and changes"))]
    rows: list[list[Any]] = [
        [
            _("NUTS codes and their changes"),
            Cell(
                "European Commission, Eurostat: NUTS correspondence tables 2006–2024",
                url="https://ec.europa.eu/eurostat/web/nuts",
                lang="en",
            ),
            _("reuse with acknowledgement (CC BY 4.0); selection, one row per span of years"),
        ],
        [
            _("Names of countries"),
            Cell("Unicode CLDR", url="https://cldr.unicode.org", lang="en"),
            _("compared, not copied"),
        ],
        [
            _("Programme areas"),
            _("pages and drafts of the Alpine Space programmes; EUSALP: an encyclopedia article"),
            _("facts in own words; the source stands beside every region"),
        ],
        [
            _("Partners of AlpClusters 2020"),
            Cell("keep.eu", url="https://keep.eu", lang="en"),
            _("credit: keep.eu; capitals of names and codes of regions changed"),
        ],
        [
            _("Earlier initiatives and their partners"),
            Cell("keep.eu", url="https://keep.eu", lang="en"),
            _("credit: keep.eu; country codes by ISO, addresses left out, double rows joined"),
        ],
        [
            _("Earlier initiatives, other facts"),
            _("public pages; each initiative names its own"),
            _("facts in own words, unverified until somebody confirms them"),
        ],
        *_fetched(),
    ]
    return Section(_("Data of others"), table=Table(_("Data, sources, licences"), columns, rows))


def _fetched() -> list[list[Any]]:
    """Name what an operator may have fetched; no installation brings it along."""
    return [
        [
            _("Boundaries of regions, where the operator fetched them"),
            Cell("GISCO", url=BOUNDARIES.address),
            _("%(notice)s; not for commercial use; cut to the Alps, outlines thinned")
            % {"notice": _(ATTRIBUTION)},
        ],
        [
            _("Postcodes and their regions, where the operator fetched them"),
            Cell(POSTCODES.attribution, url=POSTCODES.address, lang="en"),
            _("CC BY-SA 4.0; selection, codes carried over to NUTS 2021"),
        ],
    ]


def _historic() -> Section:
    sources = (
        "up2europe.com, Steinbeis Transfer magazine 1/2015, steinbeis-europa.de, issuu.com, "
        "austriainnovativ.at, kunststoff-magazin.de, regiosuisse.ch"
    )
    return Section(
        _("What is told of the historic project"),
        [
            _(
                "The project description in German is the source of the verified facts. The "
                "unverified ones were read in archived copies of public pages: %(sources)s."
            )
            % {"sources": sources}
        ],
    )


def _own() -> Section:
    return Section(
        _("Our own"),
        [
            _(
                "The catalogue of measures, the criteria with their words, the tile map and all "
                "texts are our own work under EUPL-1.2. What partnerships enter belongs to them; "
                "they say under which licence others may use it."
            )
        ],
    )


def _software() -> Section:
    fonts = static("vendor/fonts/OFL-source-sans-3.txt")
    display = static("vendor/fonts/OFL-schibsted-grotesk.txt")
    return Section(
        _("Software, fonts and icons"),
        [
            _(
                "The program stands on free software: Python, Django, NumPy, SciPy, Typst and "
                "others. The documentation lists every package with its licence (docs/licences.md)."
            )
        ],
        links=[
            Link("Source Sans 3 (SIL Open Font License 1.1)", fonts, "en"),
            Link("Schibsted Grotesk (SIL Open Font License 1.1)", display, "en"),
            Link("Lucide (ISC)", static("LICENSE-lucide.txt"), "en"),
        ],
    )
