"""What funding tells others, without knowing who listens."""

from typing import Final

from django.dispatch import Signal

# A case was copied. Sent with ``original`` and ``copy``.
case_copied: Final = Signal()
