"""How long the texts of phones may be, for the tables and the writer, which knows no models."""

from typing import Final

COMMENT: Final = 1000
CARD: Final = 280
AUTHOR: Final = 80
# An id that a phone makes for a card.
CARD_ID: Final = 32
# The name of a file.
PHOTO: Final = 120
