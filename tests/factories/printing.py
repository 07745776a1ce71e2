"""What is printed for a made-up hall, without a database."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from alpclusters.analysis.scales import Kind, Scale
from alpclusters.platform.cafe.domain.agendas import Slot
from alpclusters.platform.cafe.domain.print_records import (
    EventPrint,
    PrintCriterion,
    PrintGuest,
    PrintMeasure,
    PrintTable,
    Words,
)
from alpclusters.platform.cafe.models import Phase

CODES = ("de", "en", "fr", "it", "sl")
TOPICS: Words = {
    "de": "Wem gehört die Pilotanlage nach dem Ende der Förderung?",
    "en": "Who owns the pilot plant once the funding has ended?",
    "fr": "À qui appartient l’installation pilote après le financement ?",
    "it": "A chi appartiene l’impianto pilota dopo il finanziamento?",
    "sl": "Kdo je po koncu financiranja lastnik pilotne naprave?",
}
QUESTION: Words = {
    "de": "Was hindert Clusterorganisationen an der Zusammenarbeit über die Grenze hinweg?",
    "en": "What keeps cluster organisations from working together across the border?",
    "fr": "Qu’est-ce qui empêche les organisations de cluster de coopérer par-delà la frontière ?",
    "it": "Che cosa ostacola la cooperazione transfrontaliera tra organizzazioni di cluster?",
    "sl": "Kaj organizacijam grozdov preprečuje sodelovanje čez mejo?",
}
MEASURES = (
    ("Pilotaktion mit KMU", "Pilot action with SMEs", "Pilotni projekt z MSP"),
    ("Gutschein für Erstkontakte", "Voucher for first contacts", "Vavčer za prve stike"),
    ("Grenzüberschreitendes Förderprogramm", "Cross-border scheme", "Čezmejni razpis"),
    ("Gemeinsame Nutzung von Testanlagen", "Shared test beds", "Skupna raba preizkuševališč"),
)
ANCHORS = {
    "de": ("unwirksam", "wenig wirksam", "teilweise wirksam", "eher wirksam", "sehr wirksam"),
    "en": ("no effect", "little effect", "some effect", "rather effective", "very effective"),
    "fr": ("sans effet", "peu efficace", "en partie efficace", "assez efficace", "très efficace"),
    "it": ("inefficace", "poco efficace", "in parte", "piuttosto efficace", "molto efficace"),
    "sl": ("neučinkovit", "malo učinkovit", "delno učinkovit", "precej učinkovit", "zelo"),
}


def in_all(text: str) -> Words:
    """Use one text in all five languages."""
    return dict.fromkeys(CODES, text)


def make_print_table(number: int = 7, **fields: Any) -> PrintTable:
    """Build a table with host and topic."""
    values: dict[str, Any] = {
        "measure": {},
        "topic": TOPICS,
        "host": "Maria Kos",
        "languages": (CODES[number % 5], CODES[(number + 1) % 5]),
        "way": "",
        "is_quiet": False,
        "is_accessible": True,
        **fields,
    }
    return PrintTable(number=number, **values)


def make_print_guest(number: int, *, tables: int = 10, rounds: int = 3, **f: Any) -> PrintGuest:
    """Build a guest who sits at another table in each round."""
    values: dict[str, Any] = {
        "name": "",
        "languages": (CODES[number % 5],),
        "tables": tuple((number * (r + 1) + r) % tables + 1 for r in range(rounds)),
        "is_spare": False,
        "needs_access": False,
        "is_changed": True,
        **f,
    }
    return PrintGuest(number=number, **values)


def make_event_print(
    *,
    tables: int = 10,
    guests: int = 20,
    rounds: int = 3,
    measures: int = 4,
    criteria: int = 2,
    spare: int = 2,
    **fields: Any,
) -> EventPrint:
    """Build an AlpCafé ready for the printer."""
    seated = [make_print_guest(n, tables=tables, rounds=rounds) for n in range(1, guests + 1)]
    late = [
        make_print_guest(n, tables=tables, rounds=rounds, is_spare=True)
        for n in range(guests + 1, guests + spare + 1)
    ]
    values: dict[str, Any] = {
        "title": in_all("AlpCafé Tolmin"),
        "place": "Tolmin, dvorana",
        "region": in_all("Zahodna Slovenija"),
        "project": "AlpClusters",
        "held_on": date(2026, 5, 14),
        "starts_at": time(13, 0),
        "languages": CODES,
        "code": "K7M4 RT24",
        "join_address": "https://alpcafe.example/cafe/",
        "qr_address": "https://alpcafe.example/cafe/#12~AbCdEfGhIjKlMnOpQrStUv",
        "n_rounds": rounds,
        "minutes_per_round": 20,
        "minutes_to_change": 3,
        "questions": (QUESTION,) * rounds,
        "tables": tuple(make_print_table(number) for number in range(1, tables + 1)),
        "guests": (*seated, *late),
        "measures": tuple(_measure(number) for number in range(measures)),
        "criteria": tuple(_criterion() for _ in range(criteria)),
        "steps": tuple(_steps(rounds)),
        "interpreters": ({"fr": (3, 7), "sl": (2,)}, *({},) * (rounds - 1)),
        "has_second_rating": False,
        "has_top_three": True,
        "top_three_points": (3, 2, 1),
        "is_simulated": True,
        **fields,
    }
    return EventPrint(**values)


def _measure(number: int) -> PrintMeasure:
    german, english, slovenian = MEASURES[number % len(MEASURES)]
    names = {"de": german, "en": english, "fr": english, "it": english, "sl": slovenian}
    text = "Zwei Regionen erproben mit kleinen Unternehmen, was danach alle nutzen. " * 4
    reported = in_all("81 Personen, fünf Termine") if number == 0 else {}
    return PrintMeasure(f"measure-{number}", names, in_all(text.strip()), reported, "")


def _criterion() -> PrintCriterion:
    names = {"de": "Wirksamkeit", "en": "Effect", "fr": "Efficacité", "it": "Efficacia",
             "sl": "Učinkovitost"}  # fmt: skip
    questions = {"de": "Wie gut führt diese Maßnahme zu Kontakten und Geschäften?"}
    anchors = tuple({code: ANCHORS[code][step] for code in CODES} for step in range(5))
    return PrintCriterion(names, questions, Scale(Kind.ORDERED, (1, 2, 3, 4, 5), anchors))


def make_print_scale(kind: Kind, words: dict[str, list[str]], low: int = 0) -> PrintCriterion:
    """Build a criterion of a scale with the words of its steps by language."""
    labels = tuple(
        dict(zip(words, said, strict=True)) for said in zip(*words.values(), strict=True)
    )
    scale = Scale(kind, tuple(range(low, low + len(labels))), labels)
    return PrintCriterion(in_all("Other"), in_all("Other?"), scale)


def _steps(rounds: int) -> list[Slot]:
    begin = datetime(2026, 5, 14, 11, 0, tzinfo=UTC)
    steps = [Slot(Phase.LOBBY, 0, begin, 20)]
    for index in range(1, rounds + 1):
        at = begin + timedelta(minutes=23 * index)
        steps += [
            Slot(Phase.SEATING, index, at, 3),
            Slot(Phase.TALK, index, at + timedelta(minutes=3), 20),
        ]
    return [*steps, Slot(Phase.RATING, 0, begin + timedelta(minutes=120), 12)]
