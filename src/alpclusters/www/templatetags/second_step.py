"""What the pages of the second step ask of the request."""

import ipaddress
from typing import Any

from django import template
from django.forms import BaseForm
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from alpclusters.platform.accounts.domain.second_step import n_left
from alpclusters.www.account.second_step import lacks_second_step as lacks

register = template.Library()
register.filter("codes_left", n_left)


@register.simple_tag(takes_context=True)
def passkeys_work(context: dict[str, Any]) -> bool:
    """Say whether browsers allow passkeys here: with a host's name, and encrypted or at home."""
    request = context["request"]
    host = request.get_host().rpartition(":")[0] or request.get_host()
    return _is_name(host) and (request.is_secure() or host == "localhost")


@register.simple_tag(takes_context=True)
def lacks_second_step(context: dict[str, Any]) -> bool:
    """Say whether the person must set one up before anything else."""
    return lacks(context["request"].user)


@register.simple_tag
def second_step_code(form: BaseForm, *, is_app: bool = False) -> SafeString:
    """Draw the field for a code, called by what one types into it."""
    field = form["code"]
    field.label = _("Code of the app") if is_app else _("Code of the app, or a recovery code")
    return field.as_field_group()


def _is_name(host: str) -> bool:
    try:
        ipaddress.ip_address(host.strip("[]"))
    except ValueError:
        return True
    return False
