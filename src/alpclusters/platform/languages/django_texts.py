"""Texts of Django that our pages may show and that its own catalogues lack in some language.

Nothing here is called: the names are there for the catalogues, which come before Django's.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import pgettext_lazy

# Slovenian has none of these in Django 6.1; German sets a space before the ellipsis.
LACKING = (
    _("Enter a valid “slug” consisting of letters, numbers, underscores or hyphens."),
    _("Constraint “%(name)s” is violated."),
    _("“%(pk)s” is not a valid value."),
    _("Ensure this value is a multiple of step size %(limit_value)s."),
    pgettext_lazy("String to return when truncating text", "%(truncated_text)s…"),
)
