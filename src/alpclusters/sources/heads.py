"""Heads of columns as people write them, in lower case with hyphens: en de fr it sl.

For tables that are filled by hand; `alpclusters.sources.csv_tables.normalised` makes the form.
"""

from typing import Final

# --- answers ------------------------------------------------------------------------------
PARTICIPANT: Final = (
    "participant", "rater", "voter-id", "teilnehmer", "teilnehmerin", "teilnehmende", "person",
    "participante", "personne", "partecipante", "persona", "udeleženec", "udeleženka", "oseba",
)  # fmt: skip
ITEM: Final = (
    "item", "measure", "statement", "comment-id", "massnahme", "aussage", "mesure", "affirmation",
    "misura", "affermazione", "ukrep", "trditev",
)  # fmt: skip
CRITERION: Final = ("criterion", "kriterium", "critère", "criterio", "merilo", "kriterij")
VALUE: Final = (
    "value", "rating", "vote", "wert", "bewertung", "stimme", "valeur", "note", "évaluation",
    "valore", "valutazione", "voto", "ocena", "vrednost", "glas",
)  # fmt: skip
AT: Final = ("at", "timestamp", "zeit", "zeitpunkt", "heure", "horodatage", "ora", "orario", "čas")
ROUND: Final = ("round", "runde", "tour", "turno", "krog")
ITEM_TEXT: Final = (
    "item-text", "measure-text", "comment-body", "wortlaut", "libellé", "testo", "besedilo",
)  # fmt: skip
# --- who people are -----------------------------------------------------------------------
REGION: Final = ("region", "région", "regione", "regija")
COUNTRY: Final = ("country", "land", "staat", "pays", "paese", "stato", "država")
ROLE: Final = ("role", "rolle", "gruppe", "rôle", "groupe", "ruolo", "gruppo", "vloga", "skupina")
# --- shares outside the room --------------------------------------------------------------
COLUMN: Final = ("column", "spalte", "merkmal", "colonne", "colonna", "stolpec")
GROUP: Final = ("group", "gruppe", "groupe", "gruppo", "skupina")
SHARE: Final = ("share", "anteil", "part", "quota", "delež")
SOURCE: Final = ("source", "quelle", "fonte", "vir")
DATE: Final = ("date", "datum", "stand", "data", "year", "jahr", "année", "anno", "leto")
# --- guests and tables --------------------------------------------------------------------
GUEST: Final = (
    "guest", "gast", "invité", "invitée", "convive", "ospite", "gost", "gostja", *PARTICIPANT,
)  # fmt: skip
NAME: Final = ("name", "nom", "nome", "ime", "ime-in-priimek", "vorname", "nachname", *GUEST)
TABLE: Final = ("table", "tisch", "tavolo", "miza", "omizje")
LANGUAGES: Final = (
    "languages", "language", "sprachen", "sprache", "langues", "langue", "lingue", "lingua",
    "jeziki", "jezik",
)  # fmt: skip
