"""What a reader of an outside source changed or left out, as people read it, in their language."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.sources.records import Note

SENTENCES: Final[dict[str, str]] = {
    "encoding.guessed": _(
        "The file is not UTF-8; it was read as %(encoding)s. Check a sample: %(sample)s"
    ),
    "organisation.postcode_padded": _(
        "The postcode “%(given)s” had lost its leading zeros; it was read as %(taken)s."
    ),
    "organisation.no_website": _("“%(given)s” is no web address; it was left out."),
    "organisation.no_coordinates": _("“%(given)s” is no place on Earth; it was left out."),
}


def note_sentence(note: Note, language: str) -> str:
    """Return the sentence of a note of a reader of organisations.

    Parameters
    ----------
    note : Note
    language : str
        One of the five codes.
    """
    return translator(language).gettext(SENTENCES[note.code]) % dict(note.values)
