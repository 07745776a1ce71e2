"""Passwords that are tried first are refused, without asking anybody outside.

Struck out of a password is what anybody would guess: rows of keys, repeated signs, words that
everybody tries, names around the person. Eight signs must be left. Nothing of a password is
kept, not in a cache either; that is why `languages.folding` is not used here.
"""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.accounts.models import User
from alpclusters.platform.privacy import names_around
from alpclusters.platform.seed_rows import read_rows

WORDS: Final = Path(__file__).parent / "seeds" / "guessed_words.csv"
LEAST_LEFT: Final = 8
LEAST_DIFFERENT: Final = 5
# Shorter pieces are in every sentence.
LEAST_RUN: Final = 4
PRODUCT: Final = ("alpclusters", "alpcluster", "alpcafe")
# Keyboards of the five languages, along the rows and down the columns.
ROWS: Final = (
    "abcdefghijklmnopqrstuvwxyz",
    "01234567890123456789",
    "qwertyuiop[]",
    "qwertzuiopu",
    "azertyuiop",
    "asdfghjkl;'",
    "qsdfghjklm",
    "zxcvbnm,./",
    "yxcvbnm,.-",
    "wxcvbn",
    "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik",
    "1qay2wsx3edc4rfv5tgb6zhn7ujm8ik",
    "qazwsxedcrfvtgbyhnujmik",
    "qayxswedcrfvtgbzhnujmik",
    "1q2w3e4r5t6y7u8i9o0p",
    "1q2w3e4r5t6z7u8i9o0p",
)
_RUNS: Final = frozenset(
    line[at : at + LEAST_RUN]
    for row in ROWS
    for line in (row, row[::-1])
    for at in range(len(line) - LEAST_RUN + 1)
)
_YEAR: Final = re.compile(r"(19|20)\d\d")
_SPOKEN: Final = str.maketrans("@4031!$57", "aaoeiisst")


class ListedPasswordValidator(CommonPasswordValidator):
    """Refuse what is on Django's list of 20,000 passwords from published break-ins."""

    def get_error_message(self) -> str:
        """Return the rule and the way out."""
        return str(
            _(
                "This password is on the lists that are tried first. Take a sentence of "
                "several words that you alone would put together."
            )
        )


class GuessablePasswordValidator:
    """Refuse what is made of rows of keys, repetitions, words everybody tries and own names."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Check one password.

        Raises
        ------
        ValidationError
            One error a rule: ``password_repeats``, ``password_rows``, ``password_words``,
            ``password_names``.
        """
        text = _folded(password)
        if _repeats(text):
            raise ValidationError(REPEATS, code="password_repeats")
        struck = {
            "password_rows": _rows_in(text),
            "password_words": _words_in(text, self._words),
            "password_names": _words_in(text, {*PRODUCT, *_names_around(user)}),
        }
        if len(text) - len(set().union(*struck.values())) >= LEAST_LEFT:
            return
        errors = [
            ValidationError(SENTENCES[code], code=code) for code, places in struck.items() if places
        ]
        if errors:
            raise ValidationError(errors)

    def get_help_text(self) -> str:
        """Return the rule for a page that lists all of them."""
        return str(_("Not your name, a row of keys or a word that everybody tries."))

    @cached_property
    def _words(self) -> set[str]:
        return {row["word"] for row in read_rows(WORDS)}


REPEATS: Final = _(
    "This password repeats the same few characters. Take a sentence of several words."
)
SENTENCES: Final = {
    "password_rows": _(
        "Without rows of keys and characters counted up, such as “qwertz” or “1234”, fewer than "
        "eight characters are left. Take a sentence of several words."
    ),
    "password_words": _(
        "Without words and years that everybody tries, such as “password” or “summer”, fewer "
        "than eight characters are left. Take a sentence of several words."
    ),
    "password_names": _(
        "Without your name, your address, your organisation and the name of this site, fewer "
        "than eight characters are left. Take a sentence of several words."
    ),
}


def _folded(text: str) -> str:
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _repeats(text: str) -> bool:
    """Say whether a text has few different signs, or a piece of it fills it two times or more."""
    periods = range(1, len(text) // 2 + 1)
    return len(set(text)) < LEAST_DIFFERENT or any(text[n:] == text[:-n] for n in periods)


def _rows_in(text: str) -> set[int]:
    """Find the places of rows of keys, and all but the first of a sign that stands thrice."""
    found: set[int] = set()
    for at in range(len(text) - LEAST_RUN + 1):
        if text[at : at + LEAST_RUN] in _RUNS:
            found.update(range(at, at + LEAST_RUN))
    for run in re.finditer(r"(.)\1{2,}", text, re.DOTALL):
        found.update(range(run.start() + 1, run.end()))
    return found


def _words_in(text: str, words: Iterable[str]) -> set[int]:
    """Find the places of words, also where signs stand for letters, and of years beside them."""
    spoken = text.translate(_SPOKEN)
    found: set[int] = set()
    for word in words:
        for written in {text, spoken}:
            for match in re.finditer(re.escape(word), written):
                found.update(range(*match.span()))
    if found:
        for year in _YEAR.finditer(text):
            found.update(range(*year.span()))
    return found


def _names_around(user: User | None) -> set[str]:
    """Return the longer words of name, address and, once there is an account, its projects."""
    if user is None:
        return set()
    texts = [user.name, user.email, *(names_around(user) if user.pk else ())]
    return {word for text in texts for word in re.findall(r"\w{4,}", _folded(text))}
