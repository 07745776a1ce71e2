"""Which statements tell something about the person who votes, in five languages.

Lists of words and not of sentences: a pattern is put together from who speaks, what is said of
them, and in some languages what must not follow ("I am for" is a stance, not a fact).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from alpclusters.analysis.errors import AnalysisError, ShapeError, Where

# --- How a sentence about the person who votes begins, in five languages --------------------------


def _words(*names: str) -> str:
    return f"(?:{'|'.join(names)})"


_EN_AM: Final = _words(
    "a", "an", "the", "over", "under", "in my", "aged", r"\d+", "male", "female", "married",
    "retired", "employed", "unemployed", "self", "currently", "not a", "from", "based", "younger",
    "older", "born", "white", "black", "gay", "muslim", "christian", "vegan", "vegetarian",
    "between", "eligible",
)  # fmt: skip
_EN_DO: Final = _words(
    "live", "lived", "have lived", "work", "worked", "own", "rent", "drive", "cycle", "commute",
    "voted", "grew up", "was born", "study", "studied", "speak", "can speak", "can explain",
    "earn", "identify as", "belong", "moved", "run a", "manage", "use uber", "played", "play",
    "farm", "volunteer", "teach", "vote", "watch", "regularly", "usually", "do now",
    "consider myself",
)  # fmt: skip
_EN_HAVE: Final = _words(
    r"\d+", "a", "an", "no", "one", "two", "three", "dependents", "children", "kids", "played",
    "lived", "worked", "used", "voted", "been", "experienced", "suffered", "owned", "coached",
    "never (?:been|had|used|played|lived|worked|voted)",
)  # fmt: skip
_EN_MINE: Final = _words(
    "household", "income", "age", "gender", "job", "family", "partner", "employer", "company",
    "business", "firm", "children", "home", "house", "parents", "child", "son", "daughter",
    "first language", "main",
)  # fmt: skip
_EN_IS: Final = _words(
    "is", "are", "was", "were", "has", "have", "own", "owns", "live", "lives", "comes?", "earn",
    "play(?:s|ed)?",
)  # fmt: skip
_EN: Final = (
    rf"i(?: am|['’]m|m) {_EN_AM}\b",
    rf"i {_EN_DO}\b",
    rf"i(?: have|['’]ve)(?: \w+)? {_EN_HAVE}\b",
    rf"my {_EN_MINE}\b.*\b{_EN_IS}\b",
    r"my (?:ethnicity|highest|primary|qualification|religion|nationality)\b",
    r"our (?:household|business|company|municipality|organisation) (?:is|has|owns|employs)\b",
)

_DE_NOT: Final = _words(
    "bereit", "dafür", "dagegen", "für", "gegen", "der meinung", "sicher", "froh", "überzeugt",
    "mir",
)  # fmt: skip
_DE_DO: Final = _words(
    "war", "lebe", "wohne", "arbeite", "besitze", "fahre", "pendle", "komme aus", "studiere",
    "spreche", "esse", "kaufe", "führe", "leite", "heiße", "verdiene", "wurde", "gehöre", "nutze",
    r"habe (?:\d+|eine?|einen|keine?|keinen|kinder|zwei|drei|selbst|schon)",
)  # fmt: skip
_DE: Final = (
    rf"ich (?:bin(?! {_DE_NOT})|{_DE_DO})\b",
    (
        r"(?:meine?|unsere?) (?:haushalt|einkommen|alter|beruf|familie|betrieb|firma|unternehmen|"
        r"gemeinde|kinder)\b.*\b(?:ist|sind|hat|haben|beträgt|beschäftigt|liegt)\b"
    ),
)

_FR_NOT: Final = _words(
    "pour", "contre", "favorable", "d['’]accord", "prête?", "inquiet", "inquiète", "opposée?",
    "convaincue?", "sûre?",
)  # fmt: skip
_FR_DO: Final = _words(
    "habite", "vis", "travaille", r"ai (?:\d+|une?|des|moins|plus)", "possède", "viens", "parle",
    "étudie", "conduis", "gagne", "dirige",
)  # fmt: skip
_FR: Final = (
    rf"(?:je|j['’])\s?(?:suis(?! {_FR_NOT})|{_FR_DO})\b",
    (
        r"(?:mon|ma|mes|notre) (?:foyer|revenu|âge|métier|famille|entreprise|commune|enfants?)\b.*"
        r"\b(?:est|sont|a|ont|emploie)\b"
    ),
)

_IT_DO: Final = _words(
    "sono (?:un|una|nato|nata|di|residente|pensionat|student|sposat)", "vivo", "abito", "lavoro",
    r"ho (?:\d+|un|una|due|tre|meno|più|figli)", "possiedo", "vengo", "parlo", "studio", "guido",
    "guadagno", "dirigo",
)  # fmt: skip
_IT: Final = (
    rf"(?:io )?{_IT_DO}\w*",
    (
        r"(?:il mio|la mia|i miei|la nostra) (?:reddito|età|lavoro|famiglia|azienda|comune|figli|"
        r"impresa)\b.*\b(?:è|sono|ha|hanno)\b"
    ),
)

_SL_NOT: Final = _words(
    "za", "proti", "mnenja", "prepričana?", "vesela?", "zaskrbljena?", "pripravljena?",
    "naklonjena?", "zadovoljna?", "nezadovoljna?", "ponosna?", "gotova?", "se", "mislila?",
    "bila? (?:za|proti)",
)  # fmt: skip
_SL_DO: Final = _words(
    rf"sem(?! {_SL_NOT}\b)", "živim", "stanujem",
    "delam", r"imam (?:\d+|otrok|dva|tri|manj|več|hišo|podjetje)", "vodim", "govorim",
    "prihajam", "študiram", "vozim", "zaslužim",
)  # fmt: skip
_SL: Final = (
    rf"(?:jaz )?{_SL_DO}\b",
    (
        r"(?:moj|moja|naše|naš|naša) (?:dohodek|starost|poklic|družina|podjetje|občina|"
        r"gospodinjstvo)\b.*\b(?:je|ima|so)\b"
    ),
)

BEGINNINGS: Final = {
    language: re.compile("|".join(patterns), re.IGNORECASE)
    for language, patterns in {"en": _EN, "de": _DE, "fr": _FR, "it": _IT, "sl": _SL}.items()
}
"""Per language how a statement about the person begins; to be matched at the start."""

_FEELS: Final = _words(
    "a (?:fan|supporter|believer|strong)", "in favou?r", "not a fan", "concerned", "worried",
    "afraid", "sure", "happy", "opposed", "against", "glad", "tired", "sick", "all for", "for",
    "proud", "sorry", "interested", "ok", "okay", "willing", "ready", "open",
)  # fmt: skip
_OUGHT: Final = _words(
    "should", "must", "needs? to", "ought", "soll(?:te|en|ten)?", "muss", "müssen", "devrait",
    "doit", "dovrebbe", "deve", "bi moral", "mora", "morajo",
)  # fmt: skip
STANCE: Final = re.compile(rf"\b(?:i am|i['’]m) {_FEELS}\b|\b{_OUGHT}\b|\?$", re.IGNORECASE)
"""Words of a stance, anywhere: such a sentence is an opinion, however it begins."""


# --- Which statements tell something about the person who votes, and are therefore no opinions


type PersonStatus = Literal["marked", "meta", "proposed", "no"]

_QUOTES: Final = "\"'“”„‘’«»‹› "
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class PersonStatements:
    """Per statement whether it is about the person, and who says so.

    Attributes
    ----------
    statuses : tuple of {'marked', 'meta', 'proposed', 'no'}
        ``marked`` by the organiser, ``meta`` by the export, ``proposed`` by its wording and not
        yet confirmed, ``no``: an opinion like any other.
    """

    statuses: tuple[PersonStatus, ...]

    @property
    def about_person(self) -> tuple[int, ...]:
        """Places of all statements that must stay out of opinions, proposals included."""
        return self._places("marked", "meta", "proposed")

    @property
    def confirmed(self) -> tuple[int, ...]:
        """Places of those that divide people into groups: marked or told by the export."""
        return self._places("marked", "meta")

    @property
    def proposals(self) -> tuple[int, ...]:
        """Places of those somebody has yet to confirm."""
        return self._places("proposed")

    def _places(self, *wanted: PersonStatus) -> tuple[int, ...]:
        return tuple(place for place, status in enumerate(self.statuses) if status in wanted)


def person_statements(
    texts: Sequence[str],
    *,
    languages: Sequence[str] | None = None,
    meta: Sequence[bool] | None = None,
    marked: Sequence[bool | None] | None = None,
) -> PersonStatements:
    """Tell statements about the person from opinions.

    The organiser's mark decides, yes or no. Without one the column ``is-meta`` of an export
    does, where it says yes. Else a wording that begins like a fact about oneself and holds no
    word of a stance is a proposal: kept out of opinions until somebody confirms or refuses it.

    Parameters
    ----------
    texts : sequence of str
        The statements; an empty one is no proposal.
    languages : sequence of str, optional
        Codes whose wordings are looked for; ``None`` takes de, fr, it, sl and en.
    meta : sequence of bool, optional
        What the export says, one per statement.
    marked : sequence of bool or None, optional
        What the organiser says, one per statement; ``None`` is "not looked at".

    Returns
    -------
    PersonStatements

    Raises
    ------
    ShapeError
        ``meta`` or ``marked`` of another length than ``texts``.
    AnalysisError
        A text that is none, or a language without wordings.

    Examples
    --------
    >>> found = person_statements(["I own a house", "Houses should be cheaper", "Imam dva otroka"])
    >>> found.statuses
    ('proposed', 'no', 'proposed')
    >>> person_statements(["I own a house"], marked=[False]).statuses
    ('no',)
    """
    for name, told in (("meta", meta), ("marked", marked)):
        if told is not None and len(told) != len(texts):
            code = "array.lengths_differ"
            raise ShapeError(code, where=Where(argument=name))
    used = _beginnings(languages)
    said = meta if meta is not None else [False] * len(texts)
    by_hand = marked if marked is not None else [None] * len(texts)
    return PersonStatements(
        tuple(
            _status(text, is_meta=is_meta, mark=mark, beginnings=used)
            for text, is_meta, mark in zip(texts, said, by_hand, strict=True)
        )
    )


def _beginnings(languages: Sequence[str] | None) -> list[re.Pattern[str]]:
    wanted = BEGINNINGS if languages is None else languages
    if not set(wanted) <= set(BEGINNINGS):
        code = "argument.not_one_of"
        raise AnalysisError(code, where=Where(argument="languages"), expected=", ".join(BEGINNINGS))
    return [BEGINNINGS[language] for language in wanted]


def _status(
    text: str, *, is_meta: bool, mark: bool | None, beginnings: list[re.Pattern[str]]
) -> PersonStatus:
    if not isinstance(text, str):
        code = "similarity.not_a_text"
        raise AnalysisError(code, where=Where(argument="texts"))
    if mark is not None:
        return "marked" if mark else "no"
    if is_meta:
        return "meta"
    bare = _SPACE.sub(" ", text).lstrip(_QUOTES).strip()
    is_fact = any(pattern.match(bare) for pattern in beginnings) and not STANCE.search(bare)
    return "proposed" if is_fact else "no"
