"""Single fields of organisations as outside sources write them: cleaned, never guessed silently."""

import html
import re
import unicodedata
from collections.abc import Mapping
from typing import Final

# Without a home in ISO 3166 the source's own code stays: Kosovo.
_ISO: Final[Mapping[str, str]] = {"EL": "GR", "UK": "GB"}
_COUNTRY: Final = re.compile(r"[A-Z]{2}")
# Digits of a postcode where a spreadsheet may have eaten its leading zeros.
_POSTCODE_DIGITS: Final[Mapping[str, int]] = {
    **dict.fromkeys(("DE", "FR", "IT", "HR", "EE", "ES", "FI"), 5),
    **dict.fromkeys(("AT", "BE", "BG", "CH", "CY", "DK", "HU", "LI", "LU", "NO", "SI"), 4),
}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_BARE_ADDRESS: Final = re.compile(r"(?i)[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/[^\s<>\"']*)?")
_NUTS: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,3}(\.[0-9]{1,20})?")
_MAX_LATITUDE: Final = 90
_MAX_LONGITUDE: Final = 180
# Legal forms of one person, by country: "e.v." is one in Hungary and an association in Germany.
_ONE_PERSON: Final[Mapping[str, re.Pattern[str]]] = {
    "AT": re.compile(r"\be\.? ?u\.?$", re.IGNORECASE),
    "DE": re.compile(r"\be\.? ?(k|kfm|kfr)\.?$", re.IGNORECASE),
    "HR": re.compile(r"\bobrt\b", re.IGNORECASE),
    "HU": re.compile(r"\be\. ?v\.?$|\begyéni vállalkozó\b", re.IGNORECASE),
    "SI": re.compile(r"\bs\. ?p\.?(?=$|[\s,])|\bsamostojni podjetnik\b", re.IGNORECASE),
}
_COUNTRY_NAMES: Final[Mapping[str, str]] = {
    "albania": "AL",
    "austria": "AT",
    "belgium": "BE",
    "bosnia and herzegovina": "BA",
    "bulgaria": "BG",
    "croatia": "HR",
    "cyprus": "CY",
    "czech republic": "CZ",
    "czechia": "CZ",
    "denmark": "DK",
    "estonia": "EE",
    "finland": "FI",
    "france": "FR",
    "germany": "DE",
    "greece": "GR",
    "hungary": "HU",
    "iceland": "IS",
    "ireland": "IE",
    "italy": "IT",
    "kosovo": "XK",
    "latvia": "LV",
    "liechtenstein": "LI",
    "lithuania": "LT",
    "luxembourg": "LU",
    "malta": "MT",
    "monaco": "MC",
    "montenegro": "ME",
    "netherlands": "NL",
    "north macedonia": "MK",
    "norway": "NO",
    "poland": "PL",
    "portugal": "PT",
    "romania": "RO",
    "san marino": "SM",
    "serbia": "RS",
    "slovakia": "SK",
    "slovenia": "SI",
    "spain": "ES",
    "sweden": "SE",
    "switzerland": "CH",
    "turkey": "TR",
    "ukraine": "UA",
    "united kingdom": "GB",
}


def clean(text: str) -> str:
    r"""Return a text in one line: entities read once, control characters and double spaces gone.

    Examples
    --------
    >>> clean(" R&amp;D\n  cluster\u200b ")
    'R&D cluster'
    """
    plain = html.unescape(text) if "&" in text else text
    if not plain.isascii():
        plain = unicodedata.normalize("NFC", plain)
    if not plain.isprintable():
        plain = "".join(map(_visible, plain))
    return " ".join(plain.split())


def country_of(text: str) -> str | None:
    """Return the ISO code for a code or an English name, or None.

    Examples
    --------
    >>> country_of("EL"), country_of("Slovenia"), country_of("SI Slovenia / SLOVENIJA")
    ('GR', 'SI', 'SI')
    """
    first = text.split(" ", 1)[0]
    code = _COUNTRY_NAMES.get(text.casefold()) or (first if _COUNTRY.fullmatch(first) else None)
    return _ISO.get(code, code) if code else None


def nuts_of(text: str) -> str:
    """Return the code before a slash, ``ITH35  / Venezia``; anything else as it stands.

    Examples
    --------
    >>> nuts_of("ITH35  / Venezia"), nuts_of("ith35"), nuts_of("n/a")
    ('ITH35', 'ITH35', 'n/a')
    """
    code = text.split("/", 1)[0].strip().upper()
    return code if _NUTS.fullmatch(code) else text


def postcode_of(text: str, country: str) -> tuple[str, bool]:
    """Return a postcode with the leading zeros a spreadsheet ate, and whether it had to.

    Examples
    --------
    >>> postcode_of("8100", "FR"), postcode_of("A-6060", "AT")
    (('08100', True), ('A-6060', False))
    """
    digits = _POSTCODE_DIGITS.get(country, 0)
    is_short = text.isascii() and text.isdigit() and len(text) < digits
    return (text.zfill(digits), True) if is_short else (text, False)


def website_of(text: str) -> str | None:
    """Return an address that starts with http or https, or None for what is none.

    Examples
    --------
    >>> website_of("www.example.org"), website_of("javascript:alert(1)")
    ('http://www.example.org', None)
    """
    if _ADDRESS.fullmatch(text):
        return text
    return f"http://{text}" if _BARE_ADDRESS.fullmatch(text) else None


def coordinates_of(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude of ``46.5,11.35``, or None for what is none.

    Examples
    --------
    >>> coordinates_of("46.5,11.35"), coordinates_of("46.5,190"), coordinates_of("nan,1")
    ((46.5, 11.35), None, None)
    """
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != 2 or not all(map(_NUMBER.fullmatch, parts)):  # noqa: PLR2004 - a pair
        return None
    latitude, longitude = map(float, parts)
    fits = abs(latitude) <= _MAX_LATITUDE and abs(longitude) <= _MAX_LONGITUDE
    return (latitude, longitude) if fits else None


def is_natural_person(name: str, country: str) -> bool:
    """Tell whether the legal form in a name is that of a single person.

    Examples
    --------
    >>> is_natural_person("Tesar Novak s.p.", "SI"), is_natural_person("Cluster e.V.", "DE")
    (True, False)
    """
    pattern = _ONE_PERSON.get(country)
    return bool(pattern and pattern.search(name.strip()))


def _visible(character: str) -> str:
    """Drop format characters, turn control characters into spaces."""
    if character.isprintable():
        return character
    return "" if unicodedata.category(character) == "Cf" else " "
