"""Which text people consent to when they join; phones with an earlier one are asked again."""

from typing import Final

# Goes up with every change of the sentence people consent to (templates/cafe/join.html).
CONSENT_VERSION: Final = "2026-2"
