"""Sample documents with every block, in any language, all content simulated.

Words are written here in German, French, Slovenian, English and Italian where pictures are looked
at; the numbers are invented and no golden values.
"""

import csv
from datetime import date

from alpclusters.reports.blocks import (
    UNKNOWN,
    WITHHELD,
    Bullets,
    Certainty,
    Chip,
    Column,
    Columns,
    Contents,
    Cover,
    Document,
    Figure,
    Heading,
    Interval,
    KeyFigure,
    KeyFigures,
    LabelledPart,
    Mark,
    PageBreak,
    Panel,
    Paragraph,
    Quote,
    RowGroup,
    Run,
    Station,
    Status,
    StatusKind,
    Table,
    TrailBox,
)
from alpclusters.reports.charts.bars import Bar, BarChart
from alpclusters.reports.charts.distribution import DistributionChart, DistributionRow
from alpclusters.reports.charts.dots import DotChart, DotRow, Tier
from alpclusters.reports.charts.gantt import GanttChart, GanttRow, Milestone
from alpclusters.reports.charts.heat import build_heat_table
from alpclusters.reports.charts.line import Line, LineChart, Point
from alpclusters.reports.charts.parts import rating_axis
from alpclusters.reports.charts.tiles import Tile, TileMap

DIGEST = "6bd79ee030c9678715d224aae39fdcba40070e995644677d25d243b9b29feafd"

WORDS = {
    "de": {
        "title": "Politischer Aktionsplan",
        "subtitle": "Internationalisierung von Clusterorganisationen im Alpenraum",
        "kicker": "Europäische und regionale Ebene · 2026 bis 2028",
        "summary": "Zusammenfassung",
        "lead": "Fünf Regionen sollten Pilotanlagen für kleine und mittlere Unternehmen nur noch "
        "mit benannter Eigentümerin fördern und ihre Ausschreibungen zeitlich abstimmen.",
        "measure": "Maßnahme",
        "measures": (
            "Pilotaktion mit KMU",
            "Gutschein für Erstkontakte",
            "Grenzüberschreitendes Förderprogramm",
            "Nutzung von Testanlagen",
            "Internationalisierungsstrategie",
            "Entwicklung gemeinsamer Projekte",
        ),
        "anchors": ("unwirksam", "wenig", "teilweise", "eher", "sehr wirksam"),
        "tier": "Stufe",
        "finding": "Zwei Maßnahmen liegen vorn; dahinter sind die Unterschiede klein",
        "note": "Wirksamkeit, Skala 1 bis 5. Punkt: Schätzung, Balken: Intervall zu 90 %. Rang: "
        "Bereich, in dem der Platz mit 90 % liegt. n: Personen mit Urteil.",
        "plan": "Was der Plan vorsieht",
        "sum": "Summe in Euro",
        "people": "Personen haben bewertet",
        "action": "Gemeinsames Fenster für Ausschreibungen",
        "background": "Hintergrund",
        "cost": "Kosten",
        "status": "Stand",
        "body": "Drei unabhängige Vorhaben brachen ab, weil Partner im Nachbarland erst ein Jahr "
        "später einen Antrag stellen konnten. 1. Juli ist kein Listenpunkt; #set text ist Text.",
        "stations": ("Quelle", "Lehre", "Maßnahme", "Bewertung", "Empfehlung", "Aktion"),
        "statement": "Alle Personen, Stellen, Bewertungen und Beträge sind simuliert.",
        "regions": "Regionen",
        "region": "Region",
        "group": "Gruppe",
        "method": "Methode in Kürze",
        "agree": ("lehnt ab", "passt", "stimmt zu"),
        "quote_by": "Maschine",
        "insight": "Wer Eigentümerin der Anlage ist, muss vor der Bewilligung klar sein.",
        "table": "Tisch 7 · Frage 1",
        "organisations": "Clusterorganisationen",
    },
    "fr": {
        "title": "Évaluation des mesures par les acteurs régionaux",
        "subtitle": "Internationalisation des organisations de cluster dans l’espace alpin",
        "kicker": "Rapport d’évaluation · cinq régions · AlpCafés, second cycle",
        "summary": "Synthèse",
        "lead": "Deux mesures se détachent : l’action pilote avec des PME et le chèque premiers "
        "contacts. Au milieu du classement, les mesures se distinguent peu.",
        "measure": "Mesure",
        "measures": (
            "Action pilote avec des PME",
            "Chèque premiers contacts",
            "Dispositif transfrontalier de financement",
            "Accès partagé aux essais",
            "Stratégie d’internationalisation",
            "Montage de projets communs",
        ),
        "anchors": ("inefficace", "peu", "en partie", "plutôt", "très efficace"),
        "tier": "Niveau",
        "finding": "Efficacité : deux mesures en tête, un milieu serré",
        "note": "Point : estimation. Barre : intervalle à 90 %. n : personnes ayant donné un avis.",
        "plan": "Ce que prévoit le plan",
        "sum": "Total en euros",
        "people": "personnes ayant évalué",
        "action": "Fenêtre commune d’appels à projets",
        "background": "Contexte",
        "cost": "Coûts",
        "status": "État",
        "body": "Trois projets indépendants se sont arrêtés, parce que les partenaires du pays "
        "voisin ne pouvaient déposer de demande qu’un an plus tard. « Qui le répare ? »",
        "stations": ("Source", "Leçon", "Mesure", "Évaluation", "Recommandation", "Action"),
        "statement": "Toutes les personnes, évaluations et sommes de ce document sont simulées.",
        "regions": "Régions",
        "region": "Région",
        "group": "Groupe",
        "method": "Méthode en bref",
        "agree": ("contre", "passe", "pour"),
        "quote_by": "machine",
        "insight": "Le propriétaire de l’installation doit être connu avant l’octroi.",
        "table": "Table 7 · question 1",
        "organisations": "organisations de cluster",
    },
    "sl": {
        "title": "Zapisnik AlpCaféja",
        "subtitle": "Internacionalizacija grozdnih organizacij v alpskem prostoru",
        "kicker": "Evropska in regionalna raven · 2026 do 2028",
        "summary": "Povzetek",
        "lead": "Pet regij naj pilotne naprave za mala in srednja podjetja podpre le z znanim "
        "lastnikom in časovno uskladi svoje razpise.",
        "measure": "Ukrep",
        "measures": (
            "Pilotna aktivnost z MSP",
            "Vavčer za prve stike",
            "Čezmejna shema financiranja",
            "Uporaba preizkusnih zmogljivosti",
            "Strategija internacionalizacije",
            "Razvoj skupnih projektov",
        ),
        "anchors": ("neučinkovito", "malo", "delno", "precej", "zelo učinkovito"),
        "tier": "Stopnja",
        "finding": "Dva ukrepa sta spredaj, razlike za njima so majhne",
        "note": "Krog: ocena, trak: interval 90 %. n: osebe z mnenjem.",
        "plan": "Kaj načrt predvideva",
        "sum": "Skupaj v evrih",
        "people": "oseb je ocenilo",
        "action": "Skupno okno za razpise",
        "background": "Ozadje",
        "cost": "Stroški",
        "status": "Stanje",
        "body": "Trije neodvisni projekti so se ustavili, ker so partnerji v sosednji državi lahko "
        "oddali vlogo šele leto pozneje. Skupni obrazci so izvedljivi.",
        "stations": ("Vir", "Izkušnja", "Ukrep", "Ocena", "Priporočilo", "Akcija"),
        "statement": "Vse osebe, ocene in zneski v tem dokumentu so simulirani.",
        "regions": "Regije",
        "region": "Regija",
        "group": "Skupina",
        "method": "Metoda na kratko",
        "agree": ("proti", "brez mnenja", "za"),
        "quote_by": "stroj",
        "insight": "Kdo je lastnik preizkusne naprave, mora biti jasno pred odobritvijo.",
        "table": "Miza 7 · vprašanje 1",
        "organisations": "grozdne organizacije",
    },
    "en": {
        "title": "Policy action plan",
        "subtitle": "Internationalisation of cluster organisations in the Alpine regions",
        "kicker": "European and regional level · 2026 to 2028",
        "summary": "Summary",
        "lead": "Five regions should fund pilot plants only with a named owner and align the "
        "dates of their calls.",
        "measure": "Measure",
        "measures": (
            "Pilot action with SMEs",
            "Voucher for first contacts",
            "Cross-border funding programme",
            "Use of test facilities",
            "Internationalisation strategy",
            "Development of joint projects",
        ),
        "anchors": ("not effective", "little", "partly", "rather", "very effective"),
        "tier": "Tier",
        "finding": "Two measures lead; behind them the differences are small",
        "note": "Effectiveness, scale 1 to 5. Point: estimate, bar: 90% interval. n: people.",
        "plan": "What the plan provides for",
        "sum": "Sum in euro",
        "people": "people have rated",
        "action": "Joint window for calls",
        "background": "Background",
        "cost": "Costs",
        "status": "Status",
        "body": "Three independent projects stopped because partners across the border could only "
        "apply one year later.",
        "stations": ("Source", "Lesson", "Measure", "Rating", "Recommendation", "Action"),
        "statement": "All people, ratings and amounts in this document are simulated.",
        "regions": "Regions",
        "region": "Region",
        "group": "Group",
        "method": "Method in brief",
        "agree": ("disagree", "pass", "agree"),
        "quote_by": "machine",
        "insight": "Who owns the plant must be clear before the grant.",
        "table": "Table 7 · question 1",
        "organisations": "cluster organisations",
    },
    "it": {
        "title": "Piano d’azione politico",
        "subtitle": "Internazionalizzazione delle organizzazioni di cluster nelle Alpi",
        "kicker": "Livello europeo e regionale · 2026-2028",
        "summary": "Sintesi",
        "lead": "Cinque regioni dovrebbero finanziare impianti pilota solo con un proprietario "
        "indicato e coordinare i bandi.",
        "measure": "Misura",
        "measures": (
            "Azione pilota con PMI",
            "Voucher per primi contatti",
            "Programma di finanziamento transfrontaliero",
            "Uso di impianti di prova",
            "Strategia di internazionalizzazione",
            "Sviluppo di progetti comuni",
        ),
        "anchors": ("inefficace", "poco", "in parte", "piuttosto", "molto efficace"),
        "tier": "Livello",
        "finding": "Due misure sono in testa; dietro le differenze sono piccole",
        "note": "Efficacia, scala da 1 a 5. Punto: stima, barra: intervallo al 90%. n: persone.",
        "plan": "Che cosa prevede il piano",
        "sum": "Somma in euro",
        "people": "persone hanno valutato",
        "action": "Finestra comune per i bandi",
        "background": "Contesto",
        "cost": "Costi",
        "status": "Stato",
        "body": "Tre progetti indipendenti si sono fermati perché i partner oltre confine potevano "
        "presentare domanda solo un anno dopo.",
        "stations": ("Fonte", "Lezione", "Misura", "Valutazione", "Raccomandazione", "Azione"),
        "statement": "Tutte le persone, le valutazioni e gli importi sono simulati.",
        "regions": "Regioni",
        "region": "Regione",
        "group": "Gruppo",
        "method": "Metodo in breve",
        "agree": ("contrario", "passo", "favorevole"),
        "quote_by": "macchina",
        "insight": "Il proprietario dell’impianto deve essere noto prima del contributo.",
        "table": "Tavolo 7 · domanda 1",
        "organisations": "organizzazioni di cluster",
    },
}

REGIONS = ("Baden-Württemberg", "Lombardia", "Auvergne-Rhône-Alpes", "Salzburg", "Ticino")


def make_dots(language):
    words = WORDS[language]
    names = words["measures"]
    values = ((4.16, 57, 0.09), (4.05, 60, 0.05), (3.78, 54, 0.19), (3.72, 54, 0.16))
    values += ((3.63, 62, 0.03), (3.48, 54, 0.14))
    ranks = ((1, 2), (1, 2), (3, 5), (3, 6), (3, 7), (4, 9))
    rows = [
        DotRow(name, value, value - 0.17, value + 0.18, n, share, rank)
        for name, (value, n, share), rank in zip(names, values, ranks, strict=True)
    ]
    tier = words["tier"]
    return DotChart(
        language,
        (
            Tier(tuple(rows[:2]), f"{tier} A"),
            Tier(tuple(rows[2:4]), f"{tier} B"),
            Tier(tuple(rows[4:]), f"{tier} C"),
        ),
        rating_axis(words["anchors"], low=2),
        words["measure"],
        title=words["finding"],
    )


def make_rounds(language):
    words = WORDS[language]
    changes = ((4.1, -0.06, -0.19, 0.06), (4.2, 0.31, 0.17, 0.46), (3.9, 0.14, 0.0, 0.29))
    rows = [
        DotRow(name, first + change, low, high, 35, first=first)
        for name, (first, change, low, high) in zip(words["measures"][:3], changes, strict=True)
    ]
    rows.append(DotRow(words["measures"][3], None, is_withheld=True, first=None))
    axis = rating_axis(words["anchors"], low=2)
    return DotChart(language, (Tier(tuple(rows)),), axis, words["measure"], title="rounds")


def make_distribution(language, kind="rating"):
    words = WORDS[language]
    if kind == "opinion":
        rows = tuple(
            DistributionRow(name, counts)
            for name, counts in zip(words["measures"], ((3, 6, 40), (20, 9, 18)), strict=False)
        )
        return DistributionChart(
            language, rows, words["agree"], words["measure"], title="opinion", kind="opinion"
        )
    counts = ((0, 3, 9, 26, 20), (1, 3, 9, 22, 17), (2, 9, 20, 19, 4))
    outside = (6, 12, 3)
    rows = tuple(
        DistributionRow(name, count, cannot)
        for name, count, cannot in zip(words["measures"], counts, outside, strict=False)
    )
    rows += (DistributionRow(words["measures"][3], None),)
    return DistributionChart(language, rows, words["anchors"], words["measure"], title="dist")


def make_gantt(language):
    words = WORDS[language]
    rows = (
        GanttRow(
            f"E1 {words['action']}",
            date(2026, 1, 1),
            date(2026, 12, 31),
            date(2026, 12, 31),
            milestones=(Milestone(date(2026, 4, 1), "A", is_reached=True),),
            status=Status(StatusKind.ON_TRACK),
        ),
        GanttRow(
            f"R1 {words['measures'][2]}",
            date(2026, 9, 1),
            date(2028, 6, 30),
            date(2027, 7, 1),
            milestones=(Milestone(date(2027, 3, 1), "B"), Milestone(date(2028, 2, 1), "C")),
            status=Status(StatusKind.DELAYED),
        ),
        GanttRow(
            f"R2 {words['measures'][1]}",
            date(2026, 3, 1),
            date(2027, 6, 30),
            date(2027, 6, 30),
            date(2027, 12, 31),
            status=Status(StatusKind.FAR_BEHIND),
        ),
    )
    return GanttChart(language, rows, words["action"], today=date(2027, 7, 12), title="gantt")


def make_bars(language):
    return BarChart(
        language,
        (
            Bar("A", 1840, is_pale=True),
            Bar("B", 520, "(28 %)"),
            Bar("C " + "long " * 12, 460),
            Bar("D", None),
        ),
        "x",
        "y",
        title="bars",
    )


def make_line(language):
    points = (
        Point(0, 1, 1, 1),
        Point(6, 0.93, 0.9, 0.97),
        Point(12, 0.78, 0.7, 0.85, label="78 %"),
        Point(24, 0.6, 0.5, 0.7),
        Point(48, 0.44, 0.36, 0.52, label="44 %"),
    )
    return LineChart(
        language,
        (Line("A", points, is_stepped=True),),
        WORDS[language]["status"],
        WORDS[language]["regions"],
        title="line",
        y_kind="percent",
    )


def read_tiles(path):
    with path.open(encoding="utf-8", newline="") as handle:
        return tuple(
            Tile(
                row["code"], row["short"], row["name"], row["country"],
                int(row["column"]), int(row["row"]),
            )
            for row in csv.DictReader(handle)
        )  # fmt: skip


SMALL_TILES = (
    Tile("AT32", "Sbg", "Salzburg", "AT", 1, 0),
    Tile("AT33", "Tir", "Tirol", "AT", 0, 0),
    Tile("SI04", "Zah", "Zahodna Slovenija", "SI", 1, 1),
    Tile("ITH3", "Ven", "Veneto", "IT", 0, 1),
)


def make_tiles(language, tiles=SMALL_TILES, **more):
    values = {"AT32": 4, "SI04": 12, "ITH3": WITHHELD, "ITC4": 9, "FRK2": 11, "DE11": 2}
    return TileMap(
        language, tiles, values, (2, 3, 5, 7, 10), WORDS[language]["organisations"],
        title="tiles", **more,
    )  # fmt: skip


def make_heat(language):
    words = WORDS[language]
    cells = [
        [(4.1, 13), (4.3, 15), None, (3.9, 14), None],
        [(3.9, 16), (4.2, 13), (3.8, 11), (4.2, 14), (4.0, 6)],
        [(3.5, 15), (2.5, 13), (2.7, 10), (3.3, 11), (4.0, 5)],
    ]
    return build_heat_table(
        language=language,
        corner=words["measure"],
        rows=words["measures"][:3],
        columns=REGIONS,
        cells=cells,
        limits=(2.6, 3.0, 3.4, 3.8, 4.2),
        caption=words["finding"],
    )


def make_plan_table(language):
    words = WORDS[language]
    columns = (
        Column("Nr.", "code"),
        Column(words["action"]),
        Column(words["status"], "status"),
        Column("Start", "date"),
        Column(words["cost"], "number", unit="€", decimals=0),
        Column("%", "percent", decimals=1),
    )
    rows = (
        RowGroup(words["regions"], "2026"),
        ("E1", words["action"], Status(StatusKind.PLANNED), date(2026, 9, 1), 180000, 0.538),
        ("R1", words["measures"][0], Status(StatusKind.ON_TRACK), date(2026, 1, 1), 120000, 0.5),
        ("R2", words["measures"][1], Status(StatusKind.DELAYED), None, UNKNOWN, 0.44),
        (
            "R3",
            (Run(words["measures"][3]), Run(" "), Chip(Mark.UNVERIFIED)),
            Status(StatusKind.NO_REPORT, detail="2025"),
            date(2025, 9, 1),
            WITHHELD,
            None,
        ),
    )
    total = ("", words["sum"], None, None, 300000, None)
    return Table(columns, rows, caption=words["plan"], total=total, row_head=1)


def make_attendance(language):
    words = WORDS[language]
    columns = (
        Column(words["group"]),
        Column("A", "number"),
        Column("B", "number"),
        Column("90%", "number", decimals=2),
        Column(words["sum"], "number", strong=True),
    )
    rows = (
        ("Zahodna Slovenija", 9, WITHHELD, Interval(-0.19, 0.06), 20),
        ("Furlanija - Julijska krajina", WITHHELD, 6, Interval(0.17, 0.46), 11),
    )
    return Table(columns, rows, caption=words["people"], note=words["note"], name="attendance")


def make_trail(language):
    words = WORDS[language]
    texts = ("Ridge", words["body"][:40], words["measures"][2], "3,78", "E-3", "E1")
    marks = ("D1, S. 58", "L4 · C", "M3", "n = 54", "P = 0,78", "")
    stations = tuple(
        Station(word, text, mark, link="https://example.org/x" if i == 0 else None)
        for i, (word, text, mark) in enumerate(zip(words["stations"], texts, marks, strict=True))
    )
    missing = Station(words["stations"][4], is_missing=True)
    return TrailBox((*stations[:4], missing, stations[5]), current=3)


def make_action_page(language):
    words = WORDS[language]
    cost = Table(
        (
            Column(words["cost"]),
            Column("2026", "number"),
            Column("2027", "number"),
            Column("Σ", "number", strong=True),
        ),
        (("A", 15000, 50000, 65000), ("B", 10000, 20000, 30000)),
        total=("Σ", 25000, 70000, 95000),
    )
    return (
        Heading(words["action"], 2, code="E1"),
        Paragraph((Status(StatusKind.PLANNED), Run(" · " + words["regions"], quiet=True))),
        make_trail(language),
        LabelledPart(
            words["background"],
            (
                Paragraph(
                    (
                        Run(words["body"] + " "),
                        Certainty("C", "Hinweise"),
                        Run(". "),
                        Run("Betrieb", strong=True),
                        Run(" – "),
                        Run("« Qui le répare ? »", language="fr", emphasis=True),
                        Run(" "),
                        Run("example.org", link="https://example.org/?a=1&b=2"),
                    )
                ),
            ),
        ),
        LabelledPart(words["cost"], (cost,)),
        LabelledPart(
            words["table"],
            (
                Paragraph((Run(words["insight"], strong=True),)),
                Quote(
                    "« Qui le répare après le projet ? »",
                    "fr",
                    words["insight"],
                    words["quote_by"],
                    is_machine=True,
                ),
                Quote("Servono moduli uguali, non solo date uguali.", "it"),
            ),
            hint="6 · 4",
        ),
    )


def make_document(language="de", **changes):
    words = WORDS[language]
    kind = changes.pop("kind", "plan")
    blocks = (
        Heading(words["summary"], 1),
        Paragraph(words["lead"], role="lead"),
        KeyFigures(
            (
                KeyFigure("64", words["people"], "5"),
                KeyFigure("12", words["measure"], "3"),
                KeyFigure("9\u202f%", words["anchors"][0], "n = 54"),
                KeyFigure("4", words["action"]),
            )
        ),
        Figure(make_dots(language), words["finding"], words["note"]),
        Heading(words["plan"], 2),
        make_plan_table(language),
        PageBreak(),
        Contents(),
        *make_action_page(language),
        Heading(words["measure"], 1),
        make_heat(language),
        make_attendance(language),
        Figure(make_distribution(language), words["lead"][:60], words["note"]),
        Figure(make_distribution(language, "opinion"), words["agree"][2]),
        Heading(words["method"], 2),
        Columns(
            (Heading("A", 3), Bullets((words["insight"], words["body"]))),
            (Heading("B", 3), Bullets(("1", (Run("2", strong=True),)), ordered=True)),
        ),
        Panel(
            (
                LabelledPart("n", (Paragraph(words["body"]),)),
                LabelledPart("α", (Paragraph((Run(words["lead"]), Chip(Mark.SIMULATED))),)),
            ),
            title=words["method"],
        ),
        Panel((Paragraph(words["statement"]),), kind="warning"),
        Heading(words["regions"], 1),
        Figure(make_rounds(language), words["status"], words["note"]),
        Figure(make_gantt(language), words["action"]),
        Figure(make_bars(language), words["people"], marks=(Mark.UNVERIFIED,)),
        Figure(make_line(language), words["status"]),
        Figure(make_tiles(language), words["organisations"]),
        Paragraph(words["note"], role="note"),
    )
    cover = Cover(words["kicker"], ((words["regions"], ", ".join(REGIONS)),), words["statement"])
    fields = {
        "title": words["title"],
        "language": language,
        "kind": kind,
        "date": date(2026, 7, 1),
        "blocks": blocks,
        "subtitle": words["subtitle"],
        "kicker": words["kicker"],
        "publisher": "AlpClusters",
        "version": "1.2",
        "snapshot": "S-2026-05",
        "digest": DIGEST,
        "simulated": True,
        "licence": "CC BY 4.0",
        "keywords": ("cluster",),
        "cover": cover if kind == "plan" else None,
    }
    return Document(**{**fields, **changes})
