"""What one says of a link, who may, and the mails about it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import EmailMessage
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.actors.models import Organisation
from alpclusters.platform.evidence.models import Initiative
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.links.entering import FIELDS, LinkFacts, with_sides
from alpclusters.platform.network.domain.links.reports import Due, confirming_side, other_side
from alpclusters.platform.network.models import Link, LinkReport
from alpclusters.platform.network.rules import may_speak_for, speakers_of
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.partnership.rules import visible_to
from alpclusters.www.components.parts import Crumb
from alpclusters.www.site.inputs import Day, input_of, lazy_label_of

# --- Fetch a link with a right, and the place of its pages ----------------------------------------


def visible_link(request: HttpRequest, pk: int) -> Link:
    """Return a link that one may see; what two organisations tell each other is private."""
    link = with_sides(Link.objects.filter(pk=pk)).first()
    if link is None or not request.user.has_perm("network.view_link", link):
        raise Http404
    return link


def require_speaker(request: HttpRequest) -> None:
    """Answer 403 to people who speak for nobody."""
    if not request.user.has_perm("network.speak_for"):
        raise PermissionDenied


def spoken_sides(user: User, link: Link) -> list[Organisation]:
    """Return the sides for which a person may write: as speaker or as coordinator."""
    return [side for side in (link.first, link.second) if may_speak_for(user, side)]


def crumbs(*steps: Crumb) -> list[Crumb]:
    """Return the way to a page of links."""
    links = Crumb(
        pgettext("between organisations", "Links"), reverse("workspace:links") if steps else ""
    )
    return [Crumb(gettext("Workspace"), reverse("workspace:dashboard")), links, *steps]


def simulated(links: Iterable[Link]) -> bool:
    """Say whether anything invented is shown."""
    return any(link.is_simulated for link in links)


# --- What one says of a link, and whether it is alive ---------------------------------------------


ONE: Final = 1


class LinkForm(forms.Form):
    """The facts of a link; only its kind must be there."""

    use_required_attribute = False
    type = input_of(Link, "type")
    topic = input_of(Link, "topic")
    started_on = input_of(Link, "started_on", form_class=Day)
    initiative = forms.CharField(
        label=lazy_label_of(Link, "initiative"),
        max_length=120,
        required=False,
        help_text=_("Its acronym, as in the list of initiatives; empty if there is none."),
    )
    funding = input_of(Link, "funding")
    funding_ends_on = input_of(Link, "funding_ends_on", form_class=Day)
    agreed_on = input_of(Link, "agreed_on", form_class=Day)
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=lazy_label_of(Link, "project"),
        required=False,
        empty_label=_("none"),
    )
    note = input_of(Link, "note", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, user: User, link: Link | None = None, **kwargs: Any) -> None:
        self.link = link
        super().__init__(*args, **kwargs | {"initial": _initial(link)})
        shown: Any = self.fields["project"]
        shown.queryset = visible_to(user).running().order_by("acronym", "pk")

    def clean_initiative(self) -> Initiative | None:
        """Find the initiative by its acronym or its key."""
        text = str(self.cleaned_data["initiative"]).strip()
        if not text:
            return None
        before: Initiative | None = self.link.initiative if self.link is not None else None
        if before is not None and text == before.acronym:
            return before
        published = Initiative.objects.published()
        exact = published.filter(key=text.lower()).first()
        if exact is not None:
            return exact
        found = list(published.filter(acronym__iexact=text).order_by("pk")[: ONE + 1])
        if not found:
            raise ValidationError(
                _("No published initiative has this acronym. Leave it empty and write by whom.")
            )
        if len(found) > ONE:
            raise ValidationError(
                _("Several initiatives have this acronym. Write the last part of its address.")
            )
        return found[0]

    def facts(self) -> LinkFacts:
        """Return what the domain stores."""
        before = LinkFacts.of(self.link) if self.link else LinkFacts()
        return replace(before, **{k: v for k, v in self.cleaned_data.items() if k in FIELDS})


class NewLinkForm(LinkForm):
    """The same, and whether it is alive today."""

    status = input_of(Link, "status", label=_("State today"))


class ReportForm(forms.Form):
    """Whether a link is alive, as one side sees it on a day."""

    use_required_attribute = False
    side = forms.ChoiceField(label=_("For"))
    status = input_of(
        LinkReport,
        "status",
        choices=[c for c in Link.Status.choices if c[0] != Link.Status.UNKNOWN],
        widget=forms.RadioSelect,
    )
    said_on = input_of(LinkReport, "said_on", form_class=Day)
    note = input_of(LinkReport, "note")

    def __init__(self, *args: Any, sides: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"initial": {"said_on": timezone.localdate()}})
        field: Any = self.fields["side"]
        field.choices = [(str(side.pk), side.name) for side in sides]
        self.sides = sides
        if len(sides) == ONE:
            field.widget = forms.HiddenInput()
            field.initial = str(sides[0].pk)

    @property
    def organisation(self) -> Organisation:
        """The side for which it is said."""
        return next(one for one in self.sides if str(one.pk) == self.cleaned_data["side"])


class DecisionForm(forms.Form):
    """Confirm with the state as one sees it, refuse with a word, or withdraw."""

    use_required_attribute = False
    do = forms.ChoiceField(choices=[("confirm", ""), ("refuse", ""), ("withdraw", "")])
    status = forms.ChoiceField(
        label=_("State, as you see it"), choices=Link.Status.choices, required=False
    )
    note = forms.CharField(
        label=_("If you refuse: why"),
        max_length=500,
        required=False,
        help_text=_("The other side can read it."),
    )


def _initial(link: Link | None) -> dict[str, Any]:
    if link is None:
        return {}
    values = {name: getattr(link, name) for name in FIELDS}
    return {**values, "initiative": link.initiative.acronym if link.initiative else ""}


# --- Mails about links, each in the language of its reader ----------------------------------------


MOST_LISTED = 30


def ask_other_side(link: Link) -> int:
    """Ask those who speak for the other side to confirm a link; return how many there are."""
    side = confirming_side(link)
    if side is None:
        return 0
    readers = list(speakers_of(side))
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            names = {"own": side, "other": other_side(link, side)}
            subject = gettext("Is this link right? %(other)s") % names
            text = gettext(
                "%(other)s says that it has a link with %(own)s. It is counted once you confirm it."
            )
            where = _address("workspace:link", link.pk)
            _send(reader, subject, [text % names, _told(link), where])
    return len(readers)


def tell_decision(link: Link) -> int:
    """Tell those who speak for the side that entered a link what the other side decided."""
    own = link.entered_for
    if own is None:
        return 0
    readers = list(speakers_of(own))
    for reader in readers:
        with translation.override(nearest_language(reader.language)):
            names = {"other": other_side(link, own)}
            is_confirmed = link.standing == Link.Standing.CONFIRMED
            subject = (
                gettext("Link confirmed: %(other)s")
                if is_confirmed
                else gettext("Link refused: %(other)s")
            ) % names
            text = (
                gettext("The other side confirmed the link. It is counted from now on.")
                if is_confirmed
                else gettext("The other side says that this link is not so.")
            )
            note = "" if is_confirmed else link.note
            _send(reader, subject, [text, _told(link), note, _address("workspace:link", link.pk)])
    return len(readers)


def ask_if_alive(due: Due, token: str) -> None:
    """Ask once a year whether links are still alive, all of one person in one mail."""
    with translation.override(nearest_language(due.user.language)):
        n = len(due.links)
        subject = ngettext("Is this link still alive?", "Are these %(n)s links still alive?", n) % {
            "n": n
        }
        listed = [f"- {one.organisation} – {one.other}" for one in due.links[:MOST_LISTED]]
        if n > MOST_LISTED:
            listed.append(f"- … (+{n - MOST_LISTED})")
        parts = [
            gettext("Good day %(name)s,") % {"name": due.user},
            gettext("once a year we ask both sides of a link whether it is still alive:"),
            "\n".join(listed),
            gettext("Answer here with one click each, without signing in:"),
            _address("workspace:link-alive", token),
            gettext("What you say shows what lasts after the funding. Not answering says nothing."),
            gettext("The link is yours: please do not pass it on. It works for 60 days."),
        ]
        _send(due.user, subject, parts)


def _told(link: Link) -> str:
    """Say in a line what kind of link it is, about what, and since when."""
    since = link.started_on.isoformat() if link.started_on else ""
    funding = link.initiative.acronym if link.initiative else link.funding
    parts = (link.get_type_display(), link.topic, funding, since)
    return " · ".join(str(part) for part in parts if part)


def _address(name: str, *args: object) -> str:
    return f"{settings.CONFIGURATION.address}{reverse(name, args=args)}"


def _send(reader: User, subject: str, parts: Sequence[str]) -> None:
    body = "\n\n".join(part.strip() for part in parts if part.strip()) + "\n"
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[reader.email]).send()
