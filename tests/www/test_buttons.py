"""A button says what happens when it is pressed, so its text is not that of a column or a field.

"Begin" above a column is a noun in four of five languages, on a button it is a verb: one message
cannot be both. A link bears the name of its page and may be a noun.
"""

import re
from pathlib import Path

import pytest

import alpclusters

pytestmark = pytest.mark.unit
SITE = Path(alpclusters.__file__).parent / "www"
BUTTONS = (
    r'{% button _\("([^"]+)"\)',
    r'<button[^>]*>(?:{% icon [^}]*})?(?:<span>)?{% translate "([^"]+)" %}',
)
NOUNS = (
    r'<th[^>]*>{% translate "([^"]+)" %}',
    r'Column\(_\("([^"]+)"\)',
    r'label=(?:gettext_lazy|_)\("([^"]+)"\)',
)


def texts(ending, patterns):
    """Collect the messages without a context that stand in one of these places."""
    files = [file.read_text(encoding="utf-8") for file in sorted(SITE.rglob(f"*.{ending}"))]
    return {found for file in files for one in patterns for found in re.findall(one, file)}


def test_no_text_of_a_button_is_that_of_a_column_or_field():
    buttons, nouns = texts("html", BUTTONS), texts("html", NOUNS) | texts("py", NOUNS)

    assert len(buttons) > 200
    assert len(nouns) > 200
    # "Edit" heads a column of links that edit: a verb in both places.
    assert sorted(buttons & nouns) == ["Edit"]
