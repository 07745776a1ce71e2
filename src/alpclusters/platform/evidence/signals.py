"""What evidence tells others, without knowing who listens."""

from typing import Final

from django.dispatch import Signal

# Who took part in what is another one. Sent with ``initiative_id``; None: in many initiatives.
participations_changed: Final = Signal()
