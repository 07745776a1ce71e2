"""Who takes part, and what everybody says."""

# Who holds which phone, in the order of joining.
SPOKEN = {"anna": "de", "maja": "sl", "giulia": "it", "luc": "fr", "tom": "en", "klaus": "de"}
SPOKEN |= {"ivo": "sl"}
CARDS = {
    "anna": "Jedes Land hat andere Förderregeln, das bremst gemeinsame Projekte.",
    "maja": "Vsaka država ima druga pravila financiranja, to zavira skupne projekte.",
    "giulia": "Mancano laboratori comuni vicino al confine.",
    "luc": "Il faut un interlocuteur unique dans chaque région.",
}
ANSWERS = {
    "anna": [("5", "4"), ("4", "3"), ("2", "2")],
    "maja": [("4", "2"), ("3", "3"), ("1", "2")],
    "giulia": [("5", "5"), ("3", "2"), ("2", "1")],
    "luc": [("4", "3"), ("4", "4"), ("3", "2")],
    "tom": [("3", "4"), ("2", "3"), ("1", "1")],
    "klaus": [("5", "3"), ("3", "cj"), ("2", "4")],
    "ivo": [("2", "2"), ("4", "5"), ("3", "3")],
    "rosa": [("4", "4"), ("4", "2"), ("2", "3")],
}
INSIGHT = "Förderregeln passen nicht zusammen"
SUMMARY = "Neu war die Liste der Förderregeln. Offen bleibt, wer beginnt."
FIRST_BLOCKS = ["participation", "tiers", "heat", "topthree"]
# Half of the ten rate again: figures of those who did not are no smaller a group.
AGAIN = ["anna", "giulia", "luc", "tom", "klaus"]
