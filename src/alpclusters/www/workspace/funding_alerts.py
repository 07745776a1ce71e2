"""Mails about calls that fit."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alpclusters.platform.funding.domain.alerts import CALLS, DueAlert, Told
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.network.domain.postings.following import leaving_token
from alpclusters.reports.dates import format_date
from alpclusters.www.public.funding.asking import call_url
from alpclusters.www.public.funding.terms import status_word
from alpclusters.www.workspace.postings.letters import MOST_LISTED, send_letter

# --- The mail about calls that fit, in the language of its reader ---------------------------------


def send_alert(due: DueAlert) -> None:
    """Send what is new and what closes soon to one reader."""
    user = due.alert.user
    with translation.override(nearest_language(user.language)):
        page = settings.CONFIGURATION.address + reverse("workspace:digest") + "#calls"
        token = leaving_token(user, CALLS)
        stop = reverse("workspace:digest-stop", args=[token])
        leave = settings.CONFIGURATION.address + stop
        parts = [_("Good day %(name)s,") % {"name": user}]
        for organisation, told in due.told:
            parts.append(_("For %(name)s:") % {"name": organisation})
            parts += [_entry(one) for one in told[:MOST_LISTED]]
            if len(told) > MOST_LISTED:
                parts.append(f"… (+{len(told) - MOST_LISTED})")
        parts += [
            _(
                "A call fits as far as the profile and the conditions entered say; read its source "
                "before you apply."
            ),
            _("Change what you get: %(url)s") % {"url": page},
            _("No more of these mails, without signing in: %(url)s") % {"url": leave},
        ]
        send_letter(user, _subject(due), parts, leave=leave)


def _subject(due: DueAlert) -> str:
    told = due.calls.values()
    n_new = sum(one.is_new for one in told)
    n_closing = sum(one.is_closing for one in told)
    parts = []
    if n_new:
        words = ngettext("%(n)s new call fits you", "%(n)s new calls fit you", n_new)
        parts.append(words % {"n": n_new})
    if n_closing:
        words = ngettext(
            "%(n)s call closes within 14 days", "%(n)s calls close within 14 days", n_closing
        )
        parts.append(words % {"n": n_closing})
    return ", ".join(parts)


def _entry(one: Told) -> str:
    language = nearest_language(translation.get_language())
    call = one.call
    title, _language = call.named(language)
    said = [status_word(call.status)]
    if call.closes:
        said.append(_("closes on %(day)s") % {"day": format_date(call.closes, language)})
    url = settings.CONFIGURATION.address + call_url(call.key)
    return f"{title} ({', '.join(said)})\n{url}"
