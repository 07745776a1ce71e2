"""The sentence that stands on every page and sheet about funding."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

NOTICE: Final = _("Decision support, not legal advice.")
