"""The translated texts: where they lie, how they are compiled, how any code reads them."""

import gettext
from functools import cache
from pathlib import Path
from typing import Final

from alpclusters.platform.languages.codes import TRANSLATED_LANGUAGES, nearest_language

LOCALE_DIR: Final = Path(__file__).resolve().parents[2] / "locale"
DOMAIN: Final = "django"


def gettext_noop(text: str) -> str:
    """Mark a text for the catalogues that is translated later, where it is shown."""
    return text


def ngettext_noop(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a counted text for the catalogues, translated later."""
    return one, many


def po_path(language: str) -> Path:
    """Return the file with the translations of one language; English has none."""
    return LOCALE_DIR / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def ensure_compiled() -> None:
    """Compile every catalogue whose source is newer; a wheel brings them compiled.

    Written to a temporary name and renamed, so that a server that reads at this moment
    sees the old file or the new one.
    """
    for language in TRANSLATED_LANGUAGES:
        source = po_path(language)
        target = source.with_suffix(".mo")
        if source.exists() and _is_stale(source, target):
            _compile(source, target)


def _is_stale(source: Path, target: Path) -> bool:
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path, target: Path) -> None:
    import os  # noqa: PLC0415 - only where something has to be compiled

    import polib  # noqa: PLC0415

    temporary = target.with_suffix(f".{os.getpid()}.tmp")
    polib.pofile(str(source)).save_as_mofile(str(temporary))
    temporary.replace(target)


@cache
def translator(language: str | None) -> gettext.NullTranslations:
    """Return the texts of one language for code that runs without Django.

    Parameters
    ----------
    language : str or None
        A code such as ``sl`` or ``de-AT``; unknown codes give English.
    """
    return gettext.translation(
        DOMAIN, localedir=LOCALE_DIR, languages=[nearest_language(language)], fallback=True
    )
