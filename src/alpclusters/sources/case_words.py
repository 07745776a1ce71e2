"""Words of a workbook of costs in five languages: sheets, heads, kinds, categories, yes and no."""

import unicodedata
from collections.abc import Mapping
from typing import Final

# The order of the first five words of each list; a language without words of its own in our
# tables is handed the English ones.
LANGUAGES: Final = ("de", "en", "fr", "it", "sl")
# What a sheet is -> names people give it; the first five are those of our own templates.
SHEETS: Final[Mapping[str, tuple[str, ...]]] = {
    "partners": ("partner", "partners", "partenaires", "partenariato", "partnerji", "partenaire",
                 "partnerschaft", "partnership", "partenariat", "partnerstvo"),
    "packages": ("arbeitspakete", "work packages", "lots de travail", "pacchetti di lavoro",
                 "delovni sklopi", "arbeitspaket", "work package", "workpackages", "ap", "wp",
                 "lots", "delovni paketi"),
    "costs": ("kosten", "costs", "coûts", "costi", "stroški", "cost lines", "kostenzeilen",
              "budget", "lignes de coûts", "voci di costo", "proračun"),
}  # fmt: skip
# Sheet -> field -> heads; the first five are those of our own templates, de en fr it sl.
HEADS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "partners": {
        "name": ("name", "name of partner", "nom", "nome", "naziv", "partner", "organisation",
                 "organization", "partenaire", "organizacija", "name des partners"),
        "kind": ("art", "kind", "type", "tipo", "vrsta", "art der einrichtung", "typ", "tip"),
        "size": ("unternehmensgröße", "size of undertaking", "taille de l'entreprise",
                 "dimensione dell'impresa", "velikost podjetja", "größe", "size", "taille",
                 "dimensione", "velikost"),
        "country": ("land", "country", "pays", "paese", "država", "staat"),
        "nuts": ("region (nuts)", "region (nuts code)", "région (nuts)", "regione (nuts)",
                 "regija (nuts)", "nuts", "region", "nuts code", "nuts-code", "code nuts",
                 "codice nuts", "koda nuts", "région", "regione", "regija"),
        "lead": ("federführend", "lead partner", "chef de file", "capofila", "vodilni partner",
                 "lead", "federführung", "vodilni"),
        "own": ("eigenmittel in euro", "own means in euro", "fonds propres en euros",
                "mezzi propri in euro", "lastna sredstva v evrih", "eigenmittel", "own means",
                "fonds propres", "mezzi propri", "lastna sredstva", "own money"),
        "credit": ("kreditrahmen in euro", "credit line in euro", "ligne de crédit en euros",
                   "linea di credito in euro", "kreditni okvir v evrih", "kreditrahmen",
                   "credit line", "credit", "ligne de crédit", "linea di credito",
                   "kreditni okvir"),
        "vat": ("vorsteuerabzug", "recovers vat", "récupère la tva", "recupera l'iva",
                "odbitek ddv", "vorsteuerabzugsberechtigt", "vat recoverable"),
    },
    "packages": {
        "key": ("nr.", "no.", "n°", "n.", "št.", "nummer", "number", "numéro", "numero",
                "številka", "id", "kennung", "key", "nr"),
        "title": ("titel", "title", "titre", "titolo", "naslov", "name", "nom", "nome", "naziv"),
        "themes": ("themen", "themes", "thèmes", "temi", "teme", "thema", "theme", "thème", "tema"),
        "first": ("von", "from", "de", "da", "od", "beginn", "start", "début", "inizio", "začetek"),
        "last": ("bis", "to", "à", "a", "do", "ende", "end", "fin", "fine", "konec", "until"),
    },
    "costs": {
        "partner": ("partner", "name of partner", "partenaire", "partner (nome)", "partner (naziv)",
                    "organisation", "organizacija", "partner name"),
        "package": ("arbeitspaket", "work package", "lot de travail", "pacchetto di lavoro",
                    "delovni sklop", "ap", "wp", "lot", "delovni paket"),
        "category": ("kostenart", "cost category", "catégorie de coûts", "categoria di costo",
                     "vrsta stroška", "kategorie", "category", "catégorie", "categoria",
                     "kategorija"),
        "amount": ("betrag", "amount", "montant", "importo", "znesek", "kosten", "cost", "coût",
                   "costo", "strošek", "betrag in euro", "amount in euro", "euro", "eur"),
        "currency": ("währung", "currency", "monnaie", "valuta", "valuta (eur, chf)", "devise"),
        "rate": ("kurs (euro für 1 chf)", "rate (euro for 1 chf)", "taux (euros pour 1 chf)",
                 "cambio (euro per 1 chf)", "tečaj (evrov za 1 chf)", "kurs", "rate", "taux",
                 "cambio", "tečaj", "wechselkurs", "exchange rate"),
        "rate_on": ("kurs vom", "rate of day", "taux du", "cambio del", "tečaj z dne",
                    "kursdatum", "rate date", "date of rate"),
        "first": ("von", "from", "de", "da", "od", "quartal", "quarter", "trimestre", "četrtletje",
                  "beginn", "start", "début", "inizio", "začetek"),
        "last": ("bis", "to", "à", "a", "do", "ende", "end", "fin", "fine", "konec", "until"),
        "economic": ("wirtschaftlich", "economic", "économique", "economica", "gospodarska",
                     "wirtschaftliche tätigkeit", "economic activity", "activité économique",
                     "attività economica", "gospodarska dejavnost"),
        "article": ("beihilfeartikel", "state aid article", "article d'aide d'état",
                    "articolo aiuti di stato", "člen o državni pomoči", "artikel", "article",
                    "articolo", "člen"),
        "place": ("ort (nuts)", "place (nuts)", "lieu (nuts)", "luogo (nuts)", "kraj (nuts)",
                  "ort", "place", "lieu", "luogo", "kraj"),
        "outside": ("außerhalb des programmgebiets", "outside the programme area",
                    "hors de la zone du programme", "fuori dall'area del programma",
                    "zunaj programskega območja", "außerhalb", "outside", "hors zone",
                    "fuori area", "zunaj"),
    },
}  # fmt: skip
REQUIRED: Final[Mapping[str, frozenset[str]]] = {
    "partners": frozenset({"name"}),
    "packages": frozenset({"title"}),
    "costs": frozenset({"partner", "category", "amount", "first"}),
}
# Value -> words; the first five are those of our own templates.
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "public": ("öffentliche stelle", "public body", "organisme public", "ente pubblico",
               "javni organ", "public", "öffentlich", "pubblico", "javni"),
    "research": ("forschung", "research", "recherche", "ricerca", "raziskave", "hochschule",
                 "university", "université", "università", "univerza"),
    "cluster": ("clusterorganisation", "cluster organisation", "organisation de cluster",
                "organizzazione cluster", "organizacija grozda", "cluster", "grozd"),
    "sme": ("kmu", "sme", "pme", "pmi", "msp", "small firm", "medium firm"),
    "large": ("großunternehmen", "large firm", "grande entreprise", "grande impresa",
              "veliko podjetje", "large", "groß"),
    "other": ("sonstige", "other", "autre", "altro", "drugo"),
}  # fmt: skip
SIZES: Final[Mapping[str, tuple[str, ...]]] = {
    "small": ("klein", "small", "petite", "piccola", "majhno", "kleinst", "micro"),
    "medium": ("mittel", "medium", "moyenne", "media", "srednje"),
    "large": ("groß", "large", "grande", "grande impresa", "veliko"),
    "none": ("keine wirtschaftliche tätigkeit", "no economic activity",
             "aucune activité économique", "nessuna attività economica",
             "brez gospodarske dejavnosti", "none", "keine", "aucune", "nessuna", "brez"),
}  # fmt: skip
CATEGORIES: Final[Mapping[str, tuple[str, ...]]] = {
    "staff": ("personal", "staff", "personnel", "personale", "osebje", "personalkosten",
              "staff costs", "frais de personnel", "stroški osebja"),
    "overheads": ("gemeinkosten", "overheads", "frais généraux", "spese generali",
                  "posredni stroški", "administration", "verwaltung", "büro"),
    "travel": ("reisen", "travel", "déplacements", "viaggi", "potovanja", "reisekosten"),
    "external": ("externe leistungen", "external services", "prestations externes",
                 "servizi esterni", "zunanje storitve", "extern", "external", "beratung"),
    "equipment": ("ausrüstung", "equipment", "équipement", "attrezzature", "oprema"),
    "training": ("schulung", "training", "formation", "formazione", "usposabljanje"),
    "fairs": ("messen", "fairs", "foires", "fiere", "sejmi"),
    "investment": ("investition", "investment", "investissement", "investimento", "naložba",
                   "investitionen", "infrastructure", "infrastruktur"),
    "other": ("sonstiges", "other", "autres", "altro", "drugo", "sonstige"),
}  # fmt: skip
# The body of the example rows in our own templates: a row that names it is no data.
EXAMPLES: Final = (
    "Beispiel GmbH (simuliert)",
    "Example Ltd (simulated)",
    "Exemple SARL (simulé)",
    "Esempio Srl (simulato)",
    "Primer d.o.o. (simulirano)",
)
YES: Final = frozenset({"ja", "yes", "oui", "sì", "si", "da", "true", "wahr", "x", "1", "vrai",
                        "vero", "resnično"})  # fmt: skip
NO: Final = frozenset({"nein", "no", "non", "ne", "false", "falsch", "0", "faux", "falso",
                       "neresnično"})  # fmt: skip


def own_place(language: str) -> int:
    """Return where the words of our own tables stand in a list, the English ones if there are none.

    Examples
    --------
    >>> own_place("sl"), own_place("hr")
    (4, 1)
    """
    return LANGUAGES.index(language if language in LANGUAGES else "en")


def plain_word(text: str) -> str:
    """Return a word as it is compared: small letters, single blanks, straight apostrophes.

    Examples
    --------
    >>> plain_word("  Kurs (Euro für 1 CHF) *")
    'kurs (euro für 1 chf)'
    """
    composed = unicodedata.normalize("NFC", text).replace("\u2019", "'").rstrip("*: ")
    return " ".join(composed.casefold().split())


def meant(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the key one of whose words is written, the key itself included, or None."""
    wanted = plain_word(text)
    found = (
        key
        for key, names in words.items()
        if wanted == key or wanted in {plain_word(name) for name in names}
    )
    return next(found, None)
