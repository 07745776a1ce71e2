"""Files of projects for tests, small and simulated, in the exact columns of their sources."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks._cordis import PARTNER_HEADS, PROJECT_HEADS

KOHESIO_HEADS = (
    "Operation_Unique_Identifier", "Operation_Local_Identifier", "Operation_Name_English",
    "Operation_Name_Programme_Language", "Country", "Postal_Code", "Operation_Start_Date",
    "Operation_End_Date", "Cofinancing_Rate", "Total_Eligible_Expenditure_amount",
    "Total_Eligible_Expenditure_Currency", "Project_EU_Budget", "Beneficiary_Unique_Identifier",
    "Location_Indicator_latitude_longitude", "Category_Of_Intervention", "Category_Label",
    "Thematic_Objective_ID", "Thematic_Objective_Label", "Policy_Objective_ID",
    "Policy_Objective_Label", "Fund_Code", "Fund_Name", "Programme_Code", "Programme_Name",
    "Region", "NUTS3_Code", "Programming_Period", "Operation_Summary_English",
    "Operation_Summary_Programme_Language", "ManagingAuthority", "Image_URL", "InfoRegio_ID",
    "InfoRegio_URL",
)  # fmt: skip
ENTITY = "https://linkedopendata.eu/entity/"

Row = Mapping[str, object]


def project(number: int, **changes: object) -> dict[str, object]:
    """A row of project.csv."""
    row = {
        "id": 690_000 + number,
        "acronym": f"SIM-{number}",
        "status": "CLOSED",
        "title": f"Simulated project {number}",
        "startDate": "2016-03-01",
        "endDate": "2019-02-28",
        "totalCost": "107500.62",
        "ecMaxContribution": "86000.5",
        "frameworkProgramme": "H2020",
        "topics": "SIM-TOPIC",
        "objective": "Simulated aims.",
        "contentUpdateDate": "2024-03-01 09:00:00",
        "keywords": "simulated, cluster",
    }
    return {**row, **changes}


def partner(number: int, order: int = 1, **changes: object) -> dict[str, object]:
    """A row of organization.csv."""
    row = {
        "projectID": 690_000 + number,
        "organisationID": 990_000_000 + order,
        "name": f"Simulated body {order}",
        "city": "Linz",
        "country": "AT",
        "nutsCode": "AT312",
        "order": order,
        "role": "coordinator" if order == 1 else "participant",
        "ecContribution": "20000.5",
        "totalCost": "25000,62",
        "endOfParticipation": "false",
        "contentUpdateDate": "2024-02-15 10:00:00",
    }
    return {**row, **changes}


def cordis_table(heads: Sequence[str], rows: Iterable[Row]) -> bytes:
    """Write a table as CORDIS does."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([str(row.get(head, "")) for head in heads] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def write_cordis(
    path: Path, projects: Iterable[Row], partners: Iterable[Row] = (), **members: bytes
) -> Path:
    """Write an archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("csv/project.csv", cordis_table(PROJECT_HEADS, projects))
        archive.writestr("csv/organization.csv", cordis_table(PARTNER_HEADS, partners))
        for name, data in members.items():
            archive.writestr(f"csv/{name}.csv", data)
    return path


def write_few(path: Path, n: int = 3, *, n_partners: int = 2, **changes: object) -> Path:
    """Write an archive of some projects that are all alike."""
    numbers = range(1, n + 1)
    partners = [partner(one, order) for one in numbers for order in range(1, n_partners + 1)]
    return write_cordis(path, [project(one, **changes) for one in numbers], partners)


def keep_project(number: int, **changes: object) -> dict[str, object]:
    """A project as keep.eu's interface tells it."""
    partners = [
        {
            "id": number * 10 + place,
            "type": "lead" if place == 0 else "partner",
            "partner": {"id": 7_000 + place, "name": f"Simulated partner {place}"},
            "pic": None,
            "total_budget": "100000.50",
            "co_financing_eur": "80000.00",
            "town": "Innsbruck",
            "country": {"name": "AT"},
        }
        for place in range(2)
    ]
    row = {
        "id": 40_000 + number,
        "acronym": f"SIM-K{number}",
        "project_id": None,
        "status": "closed",
        "start_date": "2016-11-01",
        "end_date": "2019-10-31",
        "total_budget": "1500001.00",
        "eu_funding": "0.00",
        "programme": {"id": 9, "title": "2014 - 2020 Interreg Simulated", "period": "2014-2020"},
        "themes": ["Clustering and economic cooperation"],
        "translations": {"en": {"name": f"Simulated {number}", "description": "Aims &amp; more"}},
        "partnerships": partners,
    }
    return {**row, **changes}


def write_json(path: Path, content: object) -> Path:
    """Write JSON."""
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]]) -> Path:
    """Write a workbook."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


def operation(number: int, **changes: object) -> dict[str, object]:
    """A row of the projects of Kohesio."""
    row = {
        "Operation_Unique_Identifier": f"{ENTITY}Q{9_000_000 + number}",
        "Operation_Local_Identifier": f"SIM-{number}",
        "Operation_Name_English": f"Simulated operation {number}",
        "Operation_Name_Programme_Language": f"Simuliertes Vorhaben {number}",
        "Country": "Austria",
        "Operation_Start_Date": "13/01/2022",
        "Operation_End_Date": "",
        "Total_Eligible_Expenditure_amount": "101234.5",
        "Total_Eligible_Expenditure_Currency": "EUR",
        "Project_EU_Budget": "40493.80",
        "Beneficiary_Unique_Identifier": f"{ENTITY}Q{8_000_000 + number}",
        "Programme_Name": "Simulated programme",
        "NUTS3_Code": "AT312",
        "Programming_Period": "2014-2020",
    }
    return {**row, **changes}


def write_kohesio(
    path: Path, rows: Iterable[Row], *, more: Sequence[str] = (), encoding: str = "utf-8"
) -> Path:
    """Write the projects of Kohesio, with further columns at the end if wanted."""
    heads = (*KOHESIO_HEADS, *more)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([str(row.get(head, "")) for head in heads] for row in rows)
    path.write_bytes(text.getvalue().encode(encoding))
    return path
