"""Sentences and remedies: a case of funding and its workbook; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # --- a case of funding and its workbook ---
    "funding_case.changed_meanwhile": (
        _("Somebody changed the case while you were working on it."),
        _("Look at what is stored now, then do it again."),
    ),
    "funding_case.gone": (
        _("“%(found)s” is not in the case any more."),
        _("Somebody may have removed it; the history of the case shows it."),
    ),
    "funding_case.own_field": (
        _("“%(found)s” is asked by the form of the partner."),
        _("Change it there."),
    ),
    "funding_case.periods_used": (
        _("%(found)s quarters are too few: costs or work packages reach to quarter %(expected)s."),
        _("Move or shorten them first, or let the case last longer."),
    ),
    "funding_case.link_of_two": (
        _("A tie holds two offers or more, a pair exactly two; here it is %(found)s."),
        _("Choose other offers."),
    ),
    "funding_case.link_twice": (
        _("These offers are tied like this already."),
        _("Choose another tie, or other offers."),
    ),
    "funding_case.wish_twice": (
        _("The case has this wish already."),
        _("Change the amount, or take the old wish back first."),
    ),
    "funding_priorities.changed_meanwhile": (
        _("Somebody changed these priorities meanwhile."),
        _("Open them again and enter your change once more."),
    ),
    "funding_priorities.twice": (
        _("A theme stands twice on one side: %(found)s."),
        _("Keep one of the two rows."),
    ),
    "funding_entry.stands_so": (
        _("Somebody withdrew or published this entry meanwhile."),
        _("Look at it once more."),
    ),
    "funding_case.scenario_twice": (
        _("The case has a scenario with this name or these offers already."),
        _("Choose another name and other offers, or take the old one back first."),
    ),
    "funding_case.many_scenarios": (
        _("A case holds at most %(expected)s scenarios."),
        _("Take one back first."),
    ),
    "funding_case.controls_itself": (
        _("“%(found)s” would control itself, over the others in a circle."),
        _("Name who stands at the top, or leave it out."),
    ),
    "funding_case.too_many_lines": (
        _("The case would have %(found)s amounts by quarter; at most %(expected)s are taken."),
        _("Enter costs for longer times, or divide the case."),
    ),
    "case_sheets.no_workbook": (
        _("This is no XLSX workbook."),
        _("Save it as XLSX, or use the template."),
    ),
    "case_sheets.nothing": (
        _("The workbook has no sheet with partners, work packages or costs."),
        _("Use the template: its heads are understood in five languages."),
    ),
    "case_sheets.no_heads": (
        _("The sheet has no row with the heads it needs: %(expected)s."),
        _("Use the heads of the template."),
    ),
    "case_sheets.too_many_rows": (
        _("The sheet has more than %(expected)s rows."),
        _("Divide it."),
    ),
    "case_sheets.too_many_lines": (
        _("With this cost the case would have more than %(expected)s amounts by quarter."),
        _("Enter costs for longer times, or divide the case."),
    ),
    "case_sheets.too_long": (
        _("The text is longer than %(expected)s characters: %(found)s."),
        _("Shorten it."),
    ),
    "case_sheets.unknown_word": (
        _("“%(found)s” is none of the words of this column: %(expected)s."),
        _("Use one of them, in any of the five languages."),
    ),
    "case_sheets.no_yes_or_no": (
        _("“%(found)s” is neither yes nor no."),
        _("Write yes or no, or leave the cell empty."),
    ),
    "case_sheets.no_stored_value": (
        _("The cell has an error, or a formula whose value is not stored in the file."),
        _("Open the workbook, let it compute, save it, and upload it again."),
    ),
    "case_sheets.bad_amount": (
        _("“%(found)s” is no amount from 0 on."),
        _("Write figures, for example 12500 or 12500.50."),
    ),
    "case_sheets.bad_quarter": (
        _("“%(found)s” is no quarter, day or year."),
        _("Write for example Q3 2026, 2026-Q3, 2026-07-01 or 2026."),
    ),
    "case_sheets.bad_day": (
        _("“%(found)s” is no day."),
        _("Write for example 2026-07-01."),
    ),
    "case_sheets.bad_rate": (
        _("“%(found)s” is no rate."),
        _("Write how many euro one franc is worth, for example 1.0412."),
    ),
    "case_sheets.no_rate": (
        _("An amount in Swiss francs needs a rate and its day."),
        _("Fill in both columns, or write the amount in euro."),
    ),
    "case_sheets.unknown_currency": (
        _("“%(found)s” is no currency that is taken."),
        _("Write EUR or CHF."),
    ),
    "case_sheets.bad_country": (
        _("“%(found)s” is no code of a country."),
        _("Write two letters, for example SI."),
    ),
    "case_sheets.bad_nuts": (
        _("“%(found)s” is no code of a region."),
        _("Write a code of NUTS, for example AT323."),
    ),
    "case_sheets.unknown_nuts": (
        _("No vintage of NUTS has the code “%(found)s”."),
        _("Near to it: %(expected)s."),
    ),
    "case_sheets.other_country": (
        _("The region %(found)s does not lie in %(expected)s."),
        _("Correct one of the two."),
    ),
    "case_sheets.partner_needs_place": (
        _("The case does not know “%(found)s” yet, so it needs a country or a region."),
        _("Fill in one of the two columns."),
    ),
    "case_sheets.unknown_partner": (
        _("“%(found)s” is no partner of the case or of the workbook."),
        _("Near to it: %(expected)s. Write the same name, or add the partner."),
    ),
    "case_sheets.unknown_package": (
        _("“%(found)s” is no work package of the case or of the workbook."),
        _("Write its number or title: %(expected)s."),
    ),
    "case_sheets.no_package": (
        _("It is not said to which work package this cost belongs."),
        _("Write its number or title: %(expected)s."),
    ),
    "case_sheets.outside_time": (
        _("%(found)s lies outside the time of the case (%(expected)s)."),
        _("Correct it, or change the duration of the case first."),
    ),
    "case_sheets.reversed": (
        _("The end is before the start."),
        _("Exchange the two, or correct one."),
    ),
    # --- funding cases ---
    "case.faults": (
        _("The case has %(n)s errors; the first one is at “%(found)s”."),
        _("Mend what is listed; nothing of the case was taken."),
    ),
    "case.not_json": (
        _("This is no JSON: %(found)s."),
        _("Save the case again; its format is in the documentation."),
    ),
    "case.not_a_file": (_("This is not a file."), _("Name a JSON file of a funding case.")),
    "case.encoding": (
        _("The byte %(found)s is not %(expected)s."),
        _("Save the case as JSON in UTF-8."),
    ),
    "case.unknown_scenario": (
        _("The case has no scenario “%(found)s”."),
        _("Name one of: %(expected)s."),
    ),
}
