"""Sentences and remedies: workbooks and what other systems export; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "workbook.too_large": (
        _("The sheet reaches further than can be read safely."),
        _("Delete empty rows and columns at its end, or save it as CSV (UTF-8)."),
    ),
    "workbook.no_sheet": (
        _("The workbook has no visible sheet of that name."),
        _("Check the name of the sheet."),
    ),
    "workbook.unsafe": (
        _("The workbook is encrypted, damaged or would unpack to an unreasonable size."),
        _("Save it anew as .xlsx without a password, or as CSV (UTF-8)."),
    ),
    "workbook.too_slow": (
        _("Reading the workbook took too long."),
        _("Save it as CSV (UTF-8), or split it."),
    ),
    "workbook.unreadable": (
        _("The workbook is damaged or too large to read safely."),
        _("Save it as CSV (UTF-8), or split it."),
    ),
    "archive.unsafe": (
        _("The archive is encrypted, damaged or would unpack to an unreasonable size."),
        _("Download it again, or unpack it yourself and name the file in it."),
    ),
    "archive.member_missing": (
        _("The archive has no file %(expected)s. Found: %(found)s."),
        _("Download the archive of projects as CSV."),
    ),
    "keep.no_partners": (
        _("No sheet has the columns of partners: %(expected)s. Found: %(found)s."),
        _("Export projects with their partners from keep.eu as XLSX."),
    ),
    "project.no_sheet": (
        _("No sheet has the columns of projects: %(expected)s. Found: %(found)s."),
        _("Export projects with their partners from keep.eu as XLSX."),
    ),
    "project.no_list": (
        _("The file holds no projects with: %(expected)s."),
        _("Export projects from keep.eu as JSON or XLSX."),
    ),
    "project.bad_json": (
        _("This is no JSON, or it is damaged or cut off."),
        _("Download it again."),
    ),
    "project.none": (
        _("The file holds no project."),
        _("Export it again, with the projects."),
    ),
    "project.bad_id": (
        _("“%(found)s” is no number of a project; one looks like %(expected)s."),
        _("Correct or remove the line."),
    ),
    "project.orphan": (
        _("The project “%(found)s” of this partner is not in the file."),
        _("Export projects and partners together."),
    ),
    "project.several": (
        _("Several projects are called “%(found)s”, and nothing tells which one is meant."),
        _("Add the partner by hand."),
    ),
    "project.years": (
        _("“%(found)s” is neither a year nor two of them, as %(expected)s."),
        _("Write the years with four digits."),
    ),
    "cordis.old_layout": (
        _("The table has the layout of before 2021: several organisations in one cell."),
        _("Download today’s archive of projects as CSV."),
    ),
    "organisation.empty": (
        _("The cell is empty."),
        _("Every organisation needs it; complete or remove the line."),
    ),
    "organisation.too_long": (
        _("“%(found)s” is longer than %(expected)s characters."),
        _("Shorten it."),
    ),
    "organisation.unknown_country": (
        _("“%(found)s” is no country that is known here."),
        _("Write the English name or the code of two letters, such as %(expected)s."),
    ),
    "organisation.natural_person": (
        _("“%(found)s” is a single person by its legal form."),
        _("Single persons are left out unless the import takes them expressly."),
    ),
    "organisation.not_a_pic": (
        _("“%(found)s” is no participant code of the EU (PIC)."),
        _("Write its nine digits, such as %(expected)s."),
    ),
    "nuts.no_code_columns": (
        _("The workbook has no two columns such as: %(expected)s."),
        _("Use Eurostat’s workbook on changes between two NUTS vintages."),
    ),
    "source.not_allowed": (
        _("The address %(found)s is not one of: %(expected)s."),
        _("Download the file by hand into the folder of the data directory."),
    ),
    "source.unreachable": (
        _("%(found)s cannot be reached: %(reason)s."),
        _("Try again later, or put the file into the folder by hand."),
    ),
    "source.too_large": (
        _("%(found)s has more than %(expected)s bytes."),
        _("The source may have changed; look at the address."),
    ),
    "source.cut_off": (
        _("%(found)s broke off before its %(expected)s bytes were there."),
        _("Try again."),
    ),
    "source.wrong_answer": (
        _("%(found)s answered in another format than the one it is known for."),
        _("Try again later; if it stays so, wait for a new version of the program."),
    ),
    "boundaries.wrong_file": (
        _("This is no GeoJSON of regions in degrees: %(found)s."),
        _("Fetch the file again, or take it from GISCO in EPSG:4326."),
    ),
    "boundaries.incomplete": (
        _("NUTS %(level)s (%(vintage)s): %(n)s regions of programme areas are missing: %(found)s."),
        _("Take the file of this level and vintage for all of Europe from GISCO."),
    ),
    # --- tables of official statistics ---
    "statistics.unreadable": (
        _("The table is damaged, cut off, or not as the statistical office writes it."),
        _("Download it again as SDMX-CSV or TSV and give the file as it is."),
    ),
    "statistics.no_layout": (
        _("This is no table by region and year: no columns geo, TIME_PERIOD and OBS_VALUE."),
        _("Download it from Eurostat as SDMX-CSV or TSV and give the file as it is."),
    ),
    "statistics.not_a_figure": (
        _("The table holds a text, or a figure below 0, where a figure belongs."),
        _("Take a table that counts people, and give the file as it was downloaded."),
    ),
    "statistics.too_many": (
        _("The table holds too many figures of these regions to choose from."),
        _("Choose fewer years and fewer breakdowns when downloading."),
    ),
    "statistics.nothing_here": (
        _("The table holds no figure of a region of this project."),
        _("Take a table by NUTS region that covers the regions of the project."),
    ),
    "statistics.no_count": (
        _("Shares cannot be made of figures per head or per hundred (unit %(found)s)."),
        _("Choose a unit that counts people, such as number or thousand."),
    ),
    "statistics.too_few": (
        _("Shares need figures of at least two regions (here: %(found)s)."),
        _("Choose another year or a table that covers the regions of the project."),
    ),
    "statistics.too_few_groups": (
        _("Shares need figures of at least two groups in all places (here: %(found)s)."),
        _("Choose another year, other places or other groups."),
    ),
    "statistics.not_in_table": (
        _("The table has no “%(found)s”."),
        _("Choose one of: %(expected)s."),
    ),
    "fetch.no_recorded": (
        _("It is not said which file is meant."),
        _("Name the file or folder with --from-recorded."),
    ),
    "fetch.no_token": (
        _("Aides-territoires answers only to accounts."),
        _("Make an account there, keep its token in a file and name that file with --token-file."),
    ),
    "fetch.licence_not_accepted": (
        _("The licence was not accepted; nothing was fetched."),
        _("Read it, then call the command again with %(expected)s."),
    ),
}
