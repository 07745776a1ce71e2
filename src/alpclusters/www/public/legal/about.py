"""What the site is for and who answers for it."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.www.public.legal.parts import Link, Page, Section


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
