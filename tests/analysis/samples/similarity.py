"""Samples of similar cards."""

from alpclusters.analysis.similarity import Glossary, letter_counts, letter_rarity
from tests.analysis.samples.kinds import NAN, Sample, absent, answered, flagged, refused

GLOSSARY = Glossary.of(
    {"de": {"förder*": "funding", "regel*": "rule"}, "sl": {"financir*": "funding"}}
)

CARDS = ["Die Förderregeln bremsen", "Financiranje zavira", "Ein Stand auf der Messe"]
IN = ["de", "sl", "de"]
COUNTED = letter_counts(CARDS)
UNCOUNTED = letter_counts([])

SIMILARITY = {
    "letter_counts": Sample(
        lambda: (list(CARDS),),
        nan=refused([NAN, "a"]),
        empty=answered("no texts, no rows", []),
        one_rater=answered("a text is counted by itself", CARDS[:1]),
        constant=answered("equal texts have equal rows", ["Messe"] * 3),
    ),
    "letter_rarity": Sample(
        lambda: (COUNTED.copy(),),
        nan=absent("takes counts of letter_counts"),
        empty=answered("no texts, all weigh the same", UNCOUNTED),
        one_rater=answered("what the only text has weighs 1", letter_counts(CARDS[:1])),
        constant=answered("what all texts have weighs 1", letter_counts(["Messe"] * 3)),
    ),
    "weigh_letters": Sample(
        lambda: (COUNTED.copy(), letter_rarity(COUNTED)),
        nan=absent("takes counts of letter_counts"),
        empty=answered("no texts, no rows", UNCOUNTED, letter_rarity(UNCOUNTED)),
        one_rater=answered("one row of length 1", letter_counts(["a"]), letter_rarity(COUNTED)),
        constant=answered(
            "a text without letters stays empty", letter_counts(["", ""]), letter_rarity(COUNTED)
        ),
    ),
    "shared_words": Sample(
        lambda: (CARDS[0], CARDS[1]),
        options={"languages": ("de", "sl"), "glossary": GLOSSARY},
        nan=refused(NAN, CARDS[1], languages=("de", "sl"), glossary=GLOSSARY),
        empty=flagged("", "", languages=("de", "sl"), glossary=GLOSSARY),
        one_rater=flagged(CARDS[0], "", languages=("de", "sl"), glossary=GLOSSARY),
        constant=answered(
            "the same words", CARDS[0], CARDS[0], languages=("de", "de"), glossary=GLOSSARY
        ),
    ),
    "similar_texts": Sample(
        lambda: (list(CARDS),),
        options={"languages": IN, "glossary": GLOSSARY},
        nan=refused([NAN, "a"], languages=["de", "de"]),
        empty=flagged([], languages=[]),
        one_rater=flagged(["Förderung"], languages=["de"], glossary=GLOSSARY),
        constant=answered("equal texts have cosine 1", ["Messe"] * 3, languages=["de"] * 3),
    ),
}
