"""The territory, the facts and the 30 evaluations of shared/methods/funding.md, section 3."""

from alpclusters.analysis.funding.case import Area, Territory

CODES = frozenset(
    {
        *("DE", "DE1", "DE11", "DE2", "DE24", "DE25", "FR", "FRK", "FRK2", "FRL", "FRL0"),
        *("IT", "ITC", "ITC1", "ITH", "ITH1", "ITH10", "AT", "AT3", "AT33", "SI", "SI0"),
        *("CH", "CH0", "CH04", "LI", "LI0", "PL", "PL2", "PL21"),
    }
)
LAND = Territory(
    codes={
        2010: frozenset({"FR", "FR7", "FR71", "FR9", "FR99", "DE", "DE1", "DE11", "DE9"}),
        2016: CODES,
        2021: CODES - {"FRK2"} | {"FRK3", "FRK4"},
    },
    changes={
        ("FR71", 2010, 2016): ("FRK2",),
        ("DE9", 2010, 2016): ("DE11", "PL21"),
        ("FR7", 2010, 2016): ("FRK2", "FRL0"),
    },
    areas={"alps": Area(("DE1", "AT"), 2016)},
)
ALP = {
    "nuts": ["DE1", "DE2", "FRK2", "FRL0", "ITC", "ITH", "AT", "SI", "CH", "LI"],
    "except": ["DE24", "DE25"],
    "vintage": 2016,
}
EU = {"nuts": ["DE", "FR", "IT", "AT", "SI"], "vintage": 2016}
LIMIT = 1_000_000

SMALL = {"eq": ["partner.size", "small"]}
LARGE = {"eq": ["partner.size", "large"]}
BELOW = {"lt": ["partner.turnover_ct", LIMIT]}
T, F, U = {"const": True}, {"const": False}, BELOW

PARTNER = {
    "id": "P1",
    "size": "small",
    "employees": 42,
    "nuts": "DE11",
    "vintage": 2016,
    "country": "DE",
    "themes": ("energy", "ict"),
}


def seat(nuts, country, vintage=2016):
    return {"nuts": nuts, "vintage": vintage, "country": country}


PARTNERS = (PARTNER, seat("ITH1", "IT"), seat("CH04", "CH"), seat("AT33", "AT"))
FACTS = {
    "partner": PARTNER,
    "partners": PARTNERS,
    "project": {"start": "2025-03-01"},
    "offer": {},
}


def at(nuts, vintage=2016):
    return {"partner": {**PARTNER, "nuts": nuts, "vintage": vintage}}


def of(**fields):
    return {"partner": {**PARTNER, **fields}}


def inside(territory):
    return {"within": ["partner.nuts", territory]}


def themes(op):
    return {op: ["partner.themes", ["ict", "wood"]]}


def countries(n, **more):
    where = {"within": ["it.nuts", EU]}
    return {"count": {"of": "partners", "where": where, "ge": n, **more}}


def two_of(*parts):
    return {"atleast": {"n": 2, "of": list(parts)}}


# (number, condition, facts on top of FACTS, value)
EVALUATIONS = [
    (1, SMALL, {}, "T"),
    (2, SMALL, of(size=None), "U"),
    (3, {"ne": ["partner.size", "large"]}, of(size=None), "U"),
    (4, {"lt": ["partner.employees", 250]}, of(employees=250), "F"),
    (5, {"le": ["partner.employees", 250]}, of(employees=250), "T"),
    (6, {"all": [LARGE, BELOW]}, {}, "F"),
    (7, {"all": [SMALL, BELOW]}, {}, "U"),
    (8, {"any": [SMALL, BELOW]}, {}, "T"),
    (9, {"any": [LARGE, BELOW]}, {}, "U"),
    (10, {"not": BELOW}, {}, "U"),
    (11, {"all": []}, {}, "T"),
    (12, {"any": []}, {}, "F"),
    (13, {"known": "partner.turnover_ct"}, {}, "F"),
    (14, two_of(T, T, U), {}, "T"),
    (15, two_of(T, U, F), {}, "U"),
    (16, two_of(U, F, F), {}, "F"),
    (17, inside(ALP), at("DE11"), "T"),
    (18, inside(ALP), at("DE25"), "F"),
    (19, inside(ALP), at("DE2"), "U"),
    (20, inside(ALP), at("FR"), "U"),
    (21, inside(ALP), at("ITH10"), "T"),
    (22, inside(ALP), at("PL21"), "F"),
    (23, inside(ALP), at("FR71", 2010), "T"),
    (24, inside(ALP), at("FR99", 2010), "U"),
    (25, themes("hasany"), {}, "T"),
    (26, themes("hasall"), {}, "F"),
    (27, countries(3), {}, "T"),
    (28, countries(4, distinct="it.country"), {}, "F"),
    (29, {"le": ["project.start", "2025-06-30"]}, {}, "T"),
    (30, {"le": ["project.start", {"field": "offer.closes"}]}, {}, "U"),
]
