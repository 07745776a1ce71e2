"""Headings on a phone: a word that is wider than the page breaks where a reader would break it."""

import re
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from alpclusters.platform.languages.catalogues import po_path
from alpclusters.platform.languages.codes import DEFAULT_LANGUAGE, LANGUAGE_CODES

pytestmark = pytest.mark.unit

TEMPLATES = Path(__file__).resolve().parents[2] / "src" / "alpclusters" / "www" / "templates"
HEADING = re.compile(r"<h([1-4])[^>]*>.*?</h\1>|page_head title[^%]*%\}", re.DOTALL)
MESSAGE = re.compile(r'(?:translate |title=_\()"([^"]+)"(?: context "([^"]+)")?')
# So many letters of the largest heading fill a page of 390 pixels. Chromium knows no hyphenation
# on many systems, so the break stands in the text, as a soft hyphen.
MOST_LETTERS = 20


def headings() -> Iterator[tuple[str, str]]:
    """Give the message and the context of every heading in a template."""
    for path in TEMPLATES.rglob("*.html"):
        for found in HEADING.finditer(path.read_text(encoding="utf-8")):
            yield from MESSAGE.findall(found[0])


@pytest.mark.parametrize("language", LANGUAGE_CODES)
def test_no_word_of_a_heading_is_wider_than_a_phone_without_a_place_to_break(language):
    # English has no catalogue: it says what the templates say.
    is_source = language == DEFAULT_LANGUAGE
    catalogue = polib.pofile(str(po_path("de" if is_source else language)))
    entries = {(entry.msgid, entry.msgctxt or ""): entry for entry in catalogue}
    used = [entries[found] for found in set(headings()) if found in entries]

    assert len(used) > 200
    texts = [entry.msgid if is_source else entry.msgstr or entry.msgid for entry in used]
    words = {word for text in texts for word in re.split(r"[\s\u00ad–/-]", text)}
    assert sorted(word for word in words if len(word) > MOST_LETTERS) == []
