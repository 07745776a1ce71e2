"""What the directory says of its search: terms of the word list are found in all five languages."""

import pytest

from alpclusters.platform.actors.domain.directory.documents import SEED, forms, pieces
from alpclusters.platform.actors.domain.directory.queries import read_groups
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from alpclusters.platform.seed_rows import read_rows

pytestmark = pytest.mark.unit

ROWS = read_rows(SEED)


@pytest.mark.parametrize("row", ROWS, ids=[row["key"] for row in ROWS])
def test_each_word_of_a_term_asks_for_its_words_in_every_language(row):
    texts = {code: [text.strip() for text in row[code].split("|")] for code in LANGUAGE_CODES}
    for word in [word for words in texts.values() for word in words]:
        ways = [way for group in read_groups(word, exact=False) for way in group.ways]
        for other, theirs in texts.items():
            assert any(_finds(way, text) for way in ways for text in theirs), (word, other)


def _finds(way, text):
    """Ask as the index does: every needle fits one of the tokens of the text."""
    tokens = {form for piece in pieces(text) for form in forms(piece)}
    return all(any(needle.fits(token) for token in tokens) for needle in way.needles)
