"""Who runs this installation, from what its administrators filled in."""

from django.urls import reverse
from django.utils.translation import gettext as _

from alpclusters.platform.fields import label_of
from alpclusters.platform.trust.domain.bodies import missing_of, responsible_body
from alpclusters.platform.trust.models import ResponsibleBody
from alpclusters.www.components.parts import Text
from alpclusters.www.public.legal.parts import Link, Page, Section

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
