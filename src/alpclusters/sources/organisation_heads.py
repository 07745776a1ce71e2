"""Which column of a table of organisations is which: heads in five languages, known layouts."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

# Field -> heads as people write them in German, English, French, Italian and Slovenian.
HEADS: Final[Mapping[str, tuple[str, ...]]] = {
    "external_id": (
        "id", "external id", "externe id", "kennung", "nummer", "nr", "record id", "reference",
        "identifiant", "numéro", "identificativo", "codice", "oznaka", "šifra", "key", "schlüssel",
    ),
    "name": (
        "name", "organisation", "organization", "organisation name", "organization name",
        "name of organisation", "name der organisation", "bezeichnung", "einrichtung", "firma",
        "unternehmen", "cluster", "cluster name", "clustername", "name of cluster",
        "cluster organisation", "clusterorganisation", "legal name", "official name", "company",
        "nom", "dénomination", "raison sociale", "nom de l'organisme", "organisme",
        "nom de l'organisation", "nom du cluster", "nome", "denominazione", "ragione sociale",
        "organizzazione", "nome dell'organizzazione", "ente", "nome del cluster", "naziv", "ime",
        "organizacija", "naziv organizacije", "ime organizacije", "podjetje", "partner",
        "beneficiary", "beneficiary name", "institution",
    ),
    "short_name": (
        "short name", "acronym", "abbreviation", "kurzname", "kurzbezeichnung", "abkürzung",
        "akronym", "sigle", "nom court", "acronyme", "nome breve", "acronimo", "sigla",
        "kratko ime", "kratica", "akronim", "shortname",
    ),
    "legal_form": (
        "legal form", "legal status", "rechtsform", "forme juridique", "statut juridique",
        "forma giuridica", "natura giuridica", "pravna oblika",
    ),
    "type": (
        "type", "organisation type", "organization type", "type of organisation", "typ", "art",
        "organisationstyp", "art der organisation", "type d'organisme", "type d'organisation",
        "tipo", "tipo di organizzazione", "tipologia", "tip", "vrsta", "vrsta organizacije",
        "activity type",
    ),
    "helix": ("helix", "sector of society", "bereich", "elica", "vijačnica"),
    "country": (
        "country", "country code", "land", "ländercode", "staat", "pays", "code pays", "paese",
        "codice paese", "nazione", "stato", "država", "koda države",
    ),
    "region": (
        "region", "nuts", "nuts code", "nuts 3", "nuts3", "nuts 2", "nuts2", "nutscode",
        "nuts region", "nuts id", "bundesland", "kanton", "province", "provinz", "région",
        "département", "canton", "regione", "provincia", "regija", "pokrajina",
        "statistična regija", "code nuts", "codice nuts", "koda nuts",
    ),
    "postcode": (
        "postcode", "post code", "postal code", "zip", "zip code", "plz", "postleitzahl",
        "code postal", "cap", "codice postale", "codice di avviamento postale", "poštna številka",
        "pošta",
    ),
    "town": (
        "town", "city", "place", "ort", "stadt", "gemeinde", "sitz", "ville", "commune",
        "localité", "città", "comune", "località", "kraj", "mesto", "občina", "sedež",
    ),
    "website": (
        "website", "web site", "web", "url", "homepage", "internet", "webseite", "internetseite",
        "www", "web address", "site web", "site internet", "sito", "sito web", "sito internet",
        "spletna stran", "spletni naslov", "organization url", "organisation url",
        "organizationurl",
    ),
    "latitude": (
        "latitude", "lat", "breite", "breitengrad", "geografische breite", "latitudine",
        "zemljepisna širina",
    ),
    "longitude": (
        "longitude", "lon", "lng", "long", "länge", "längengrad", "geografische länge",
        "longitudine", "zemljepisna dolžina",
    ),
    "coordinates": (
        "coordinates", "geolocation", "koordinaten", "coordonnées", "coordinate", "koordinate",
    ),
    "founded": (
        "founded", "year founded", "year of foundation", "foundation year", "founding year",
        "established", "gegründet", "gründungsjahr", "gründung", "création", "année de création",
        "fondé en", "anno di fondazione", "fondazione", "leto ustanovitve", "ustanovljeno",
    ),
    "pic": ("pic", "pic number", "participant code", "pic code", "organisationid", "pic nummer"),
    "vat": (
        "vat", "vat number", "vat no", "vatnumber", "uid", "uid nummer", "ust id", "ustid",
        "ust idnr", "mwst nummer", "tva", "numéro de tva", "n tva", "partita iva", "p iva", "iva",
        "davčna številka", "id za ddv", "ddv",
    ),
    "national": (
        "national id", "registration number", "register number", "company number",
        "firmenbuchnummer", "handelsregisternummer", "registernummer", "siren", "siret",
        "numéro d'enregistrement", "codice fiscale", "rea", "numero di registrazione",
        "matična številka", "registrska številka",
    ),
    "ror": ("ror", "ror id"),
    "isni": ("isni", "isni number", "isni nummer"),
    "gln": ("gln", "global location number", "gln nummer"),
    "eccp": ("eccp", "eccp id", "eccp identifier", "eccp nummer"),
    "sectors": (
        "sectors", "sector", "nace", "nace code", "nace codes", "branche", "branchen",
        "wirtschaftszweig", "wirtschaftszweige", "secteur", "secteurs", "code nace", "settore",
        "settori", "ateco", "codice nace", "panoga", "panoge", "dejavnost", "skd",
        "sectoral industries",
    ),
    "ecosystem": (
        "ecosystem", "industrial ecosystem", "ökosystem", "industrielles ökosystem",
        "écosystème", "écosystème industriel", "ecosistema", "ecosistema industriale",
        "ekosistem", "industrijski ekosistem",
    ),
    "summary": (
        "summary", "description", "short description", "about", "beschreibung",
        "kurzbeschreibung", "zusammenfassung", "résumé", "description courte", "descrizione",
        "descrizione breve", "sintesi", "opis", "kratek opis", "povzetek",
    ),
    "staff_fte": (
        "staff", "staff fte", "fte", "full time equivalents", "vzä", "vollzeitäquivalente",
        "mitarbeiter vzä", "personal", "etp", "équivalents temps plein", "effectif", "etp totaux",
        "personale", "ula", "equivalenti a tempo pieno", "zaposleni", "zaposleni fte",
    ),
    "staff_heads": (
        "staff heads", "headcount", "number of staff", "employees", "mitarbeiter",
        "mitarbeitende", "beschäftigte", "köpfe", "employés", "nombre d'employés", "salariés",
        "dipendenti", "numero di dipendenti", "addetti", "število zaposlenih",
    ),
    "n_sme": (
        "sme", "smes", "number of smes", "members sme", "sme members", "kmu", "anzahl kmu",
        "mitglieder kmu", "pme", "nombre de pme", "pmi", "numero di pmi", "msp", "število msp",
    ),
    "n_large": (
        "large firms", "large companies", "large", "number of large companies", "großunternehmen",
        "große unternehmen", "grandes entreprises", "grandi imprese", "velika podjetja",
    ),
    "n_start_up": ("start ups", "startups", "start up", "jeunes pousses", "zagonska podjetja"),
    "n_research": (
        "research", "research organisations", "research members", "universities",
        "forschung", "forschungseinrichtungen", "recherche", "organismes de recherche",
        "ricerca", "enti di ricerca", "raziskave", "raziskovalne organizacije",
    ),
    "n_public": (
        "public bodies", "public members", "public", "öffentliche stellen", "organismes publics",
        "enti pubblici", "javni organi",
    ),
    "n_civil": (
        "civil society", "civil", "zivilgesellschaft", "société civile", "società civile",
        "civilna družba",
    ),
    "n_other": (
        "others", "other members", "other", "sonstige", "andere", "autres", "altri", "drugi",
    ),
    "n_abroad": (
        "members abroad", "foreign members", "mitglieder im ausland", "membres à l'étranger",
        "membri all'estero", "člani v tujini",
    ),
    "counted_on": (
        "counted on", "date of count", "stichtag", "stand", "date du comptage",
        "data del conteggio", "datum štetja",
    ),
    "label": (
        "label", "cluster label", "quality label", "ecei label", "esca label", "gütesiegel",
        "étiquette", "marchio", "znak", "oznaka kakovosti",
    ),
    # As our own lists say it: whoever is invented stays so.
    "is_simulated": ("is simulated", "simulated", "simuliert", "simulé", "simulato", "simulirano"),
}  # fmt: skip
FIELDS: Final = tuple(HEADS)


@dataclass(frozen=True, slots=True)
class Layout:
    """A layout that a source is known for.

    Attributes
    ----------
    kind : str
        keep, cordis, kohesio or eccp.
    needed : tuple of str
        Folded heads that tell it.
    columns : mapping of str to str
        Field to folded head.
    """

    kind: str
    needed: tuple[str, ...]
    columns: Mapping[str, str]


LAYOUTS: Final = (
    Layout(
        "keep",
        ("project partner", "town", "country"),
        {
            "name": "project partner",
            "town": "town",
            "country": "country",
            "postcode": "postal code",
            "region": "nuts3 or equivalent",
        },
    ),
    Layout(
        "cordis",
        ("organisationid", "name", "country", "activitytype"),
        {
            "external_id": "organisationid",
            "name": "name",
            "country": "country",
            "short_name": "shortname",
            "vat": "vatnumber",
            "postcode": "postcode",
            "town": "city",
            "region": "nutscode",
            "coordinates": "geolocation",
            "website": "organizationurl",
        },
    ),
    Layout(
        "kohesio",
        ("country", "beneficiary name"),
        {"name": "beneficiary name", "country": "country"},
    ),
    Layout(
        "eccp",
        ("cluster name", "country", "sectoral industries"),
        {
            "name": "cluster name",
            "country": "country",
            "region": "region",
            "website": "website",
            "founded": "year of foundation",
        },
    ),
)


def folded_head(text: str) -> str:
    """Return a head for comparison: small letters and digits without accents, single spaces.

    Examples
    --------
    >>> folded_head("  NUTS3 (or equivalent) "), folded_head("Poštna_številka")
    ('nuts3 or equivalent', 'postna stevilka')
    """
    apart = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in plain).split())


def known_layout(header: Sequence[str]) -> Layout | None:
    """Return the layout of a known source, or None."""
    heads = {folded_head(head) for head in header}
    return next((one for one in LAYOUTS if heads.issuperset(one.needed)), None)


def guess_fields(header: Sequence[str]) -> dict[str, str]:
    """Guess which field each column holds.

    Parameters
    ----------
    header : sequence of str

    Returns
    -------
    dict of str to str
        Field to head as written; every head at most once, fields without a column left out.

    Examples
    --------
    >>> guess_fields(["Naziv", "Poštna številka", "Država", "Opombe"])
    {'name': 'Naziv', 'country': 'Država', 'postcode': 'Poštna številka'}
    """
    by_fold: dict[str, str] = {}
    for head in header:
        if head:
            by_fold.setdefault(folded_head(head), head)
    layout = known_layout(header)
    taken = {} if layout is None else _present(layout.columns, by_fold)
    for find in (_exact, _worded):
        for field in FIELDS:
            if field not in taken:
                head = find(field, by_fold, set(taken.values()))
                if head:
                    taken[field] = head
    return {field: taken[field] for field in FIELDS if field in taken}


def _present(columns: Mapping[str, str], by_fold: Mapping[str, str]) -> dict[str, str]:
    return {field: by_fold[head] for field, head in columns.items() if head in by_fold}


def _exact(field: str, by_fold: Mapping[str, str], used: set[str]) -> str:
    for head in (field, *HEADS[field]):
        found = by_fold.get(folded_head(head))
        if found and found not in used:
            return found
    return ""


def _worded(field: str, by_fold: Mapping[str, str], used: set[str]) -> str:
    """Find a head that begins with all the words of a longer known head."""
    for known in sorted(HEADS[field], key=len, reverse=True):
        words = folded_head(known)
        for fold, head in by_fold.items():
            if head not in used and len(words) > 3 and fold.startswith(f"{words} "):  # noqa: PLR2004 - shorter ones say little
                return head
    return ""
