"""Conditions that a text of a call may state, each with the very sentence it rests on.

Rules of words in five languages; they propose and decide nothing. A sentence that names several
rates, or a rate beside other shares, says nothing here: a person has to read it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

type Said = Literal["rate", "ceiling", "who", "closes"]

MOST_TEXT: Final = 20_000
MOST_SENTENCE: Final = 300
# A number of one or two digits with a point is a day: "12. März".
_END: Final = re.compile(r"(?<!\s\d\.)(?<!\s\d\d\.)(?<=[.!?;])\s+(?=[A-ZÀ-Ž0-9„“«])|\n+|•")
_PERCENT: Final = re.compile(
    r"(\d{1,3})(?:[.,](\d{1,2}))?\s*"
    r"(?:%|per ?cent\b|pour ?cent\b|Prozent\b|per cento\b|odstotk)"
)
_RATE: Final = re.compile(
    r"funding rate|co-?financ|reimburse|taux|subvention|cofinan|contribut|agevolazion|fondo perduto"
    r"|Fördersatz|Förderquote|gefördert|Zuschuss|Zuschüsse|stopnj\w+ (?:so)?financiranja|sofinanc"
    r"|intensity|intensité|intensità|intenzivnost",
    re.IGNORECASE,
)
_GRANT: Final = re.compile(
    r"grant|contribution|funding|subvention|aide|contributo|agevolazion|Zuschuss|Förderung"
    r"|Fördersumme|subvencij|sredstv|podpor",
    re.IGNORECASE,
)
_MOST: Final = re.compile(
    r"maximum|at most|up to|not exceed|plafon|maximal|jusqu|massim|fino a|non superior|höchstens"
    r"|maximal|bis zu|Höchst|največ|do višine|najvišj",
    re.IGNORECASE,
)
_EURO: Final = re.compile(
    r"(?:(?:EUR|€)\s*(\d[\d .,\u00a0\u202f]*)|(\d[\d .,\u00a0\u202f]*)"
    r"\s*(million\w*|Mio\.?|milion\w*|milijon\w*)?\s*(?:d[’'])?(?:EUR|€|euro|evr))",
    re.IGNORECASE,
)
_WHO: Final = re.compile(
    r"eligible|may apply|can apply|applicants|éligible|bénéficiaire|peuvent|beneficiari|destinatari"
    r"|possono presentare|antragsberechtigt|förderberechtigt|upravičen|prijavitelj",
    re.IGNORECASE,
)
_KINDS: Final = {
    "cluster": r"clusters?\b|pôles? de compétitivité|poli di innovazione|grozd",
    "sme": r"\bSMEs?\b|small and medium|\bPME\b|\bPMI\b|\bKMU\b|\bMSP\b|micro, small"
    r"|petites et moyennes|piccole e medie|kleine und mittlere|mala in srednja",
    "large": r"large (?:enterprises|companies)|grandes entreprises|grandi imprese"
    r"|Großunternehmen|velika podjetja",
    "research": r"research (?:organi|institut)|universit|organismes? de recherche"
    r"|organismi di ricerca|Forschungseinrichtung|Hochschule|raziskovaln\w+ organizacij",
    "public": r"public (?:bodies|authorities)|collectivités|enti pubblici|Gebietskörperschaft"
    r"|öffentliche (?:Stellen|Einrichtungen)|javni (?:zavod|organ)|občin",
    "other": r"associations?\b|non-profit|\bNGOs?\b|associazion|Vereine|Verbände|društv"
    r"|organismes? sans but",
}
_KIND_WORDS: Final = {kind: re.compile(words, re.IGNORECASE) for kind, words in _KINDS.items()}
_EXCLUDED: Final = re.compile(
    r"\bnot\b|\bne\b[^.]{0,40}\bpas\b|\bnon\b(?!-profit)|nicht|ausgeschlossen|exclu|esclus|izključen|\bniso\b",
    re.IGNORECASE,
)
_CLOSES: Final = re.compile(
    r"deadline|closing date|date limite|clôture|scadenza|entro (?:il|le)|termine|Einreichfrist"
    r"|Antragsfrist|Einreichschluss|rok za (?:oddajo|prijavo)",
    re.IGNORECASE,
)
_MONTHS: Final = (
    "jan|genn|janv", "feb|febb|févr|fevr", "mar|mär|maerz", "apr|avr", "maj|mai|may|magg",
    "jun|juin|giu", "jul|juil|lug", "aug|août|aout|ago|avg", "sep|set", "oct|okt|ott",
    "nov", "dec|dez|déc|dic",
)  # fmt: skip
_NUMERIC: Final = re.compile(
    r"\b(\d{4})-(\d{2})-(\d{2})\b|\b(\d{1,2})[./]\s?(\d{1,2})[./]\s?(\d{4})\b"
)
_WORDED: Final = re.compile(
    r"\b(\d{1,2})(?:\.|er|st|nd|rd|th)?\s+([A-Za-zÀ-ž]{3,9})\.?\s+(\d{4})\b"
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a sentence may say: basis points, cents, kinds of bodies with spaces, or an ISO day."""

    said: Said
    value: str
    sentence: str


def find_conditions(text: str) -> tuple[Found, ...]:
    """Return what the sentences of a text may say, each kind once; contradictions are left out.

    Parameters
    ----------
    text : str
        Plain text in German, English, French, Italian or Slovenian.

    Examples
    --------
    >>> find_conditions("Eligible are SMEs. The funding rate is up to 70 %.")[0].value
    '7000'
    >>> find_conditions("The funding rate is 50 % for large firms and 70 % for SMEs.")
    ()
    """
    found = [one for sentence in sentences_of(text) for one in _read(sentence)]
    kept = []
    for said in ("rate", "ceiling", "who", "closes"):
        mine = [one for one in found if one.said == said]
        if len({one.value for one in mine}) == 1:
            kept.append(mine[0])
    return tuple(kept)


def sentences_of(text: str) -> Iterator[str]:
    """Yield the sentences of a text, as they are written, at most 300 characters long."""
    for part in _END.split(text[:MOST_TEXT]):
        sentence = " ".join((part or "").split())
        if 0 < len(sentence) <= MOST_SENTENCE:
            yield sentence


def _read(sentence: str) -> Iterator[Found]:
    rates = _PERCENT.findall(sentence)
    if len(rates) == 1 and _RATE.search(sentence):
        whole, part = rates[0]
        points = int(whole) * 100 + int((part or "0").ljust(2, "0"))
        if 0 < points <= 10_000:  # noqa: PLR2004 - the whole
            yield Found("rate", str(points), sentence)
    amounts = [cents for cents in map(_cents, _EURO.findall(sentence)) if cents]
    if len(amounts) == 1 and _MOST.search(sentence) and _GRANT.search(sentence):
        yield Found("ceiling", str(amounts[0]), sentence)
    if _WHO.search(sentence) and not _EXCLUDED.search(sentence):
        kinds = [kind for kind, words in _KIND_WORDS.items() if words.search(sentence)]
        if kinds:
            yield Found("who", " ".join(kinds), sentence)
    days = sorted(set(_days(sentence)))
    if len(days) == 1 and _CLOSES.search(sentence):
        yield Found("closes", days[0].isoformat(), sentence)


def _cents(found: tuple[str, str, str]) -> int | None:
    before, behind, unit = found
    digits = re.sub(r"[ \u00a0\u202f]", "", before or behind).strip(".,")
    cut = re.search(r"[.,](\d{1,2})$", digits)
    whole = re.sub(r"[.,]", "", digits[: cut.start()] if cut else digits)
    if not whole.isdecimal() or len(whole) > 12:  # noqa: PLR2004 - no budget has more digits
        return None
    cents = int(whole) * 100 + (int(cut[1].ljust(2, "0")) if cut else 0)
    return cents * 1_000_000 if unit else cents


def _days(sentence: str) -> Iterator[date]:
    for year, month, day, day_2, month_2, year_2 in _NUMERIC.findall(sentence):
        yield from _day(year or year_2, month or month_2, day or day_2)
    for day, word, year in _WORDED.findall(sentence):
        for number, begins in enumerate(_MONTHS, start=1):
            if re.match(begins, word.casefold()):
                yield from _day(year, str(number), day)


def _day(year: str, month: str, day: str) -> Iterator[date]:
    try:
        yield date(int(year), int(month), int(day))
    except ValueError:
        return
