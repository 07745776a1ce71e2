"""Sentences and remedies: organisations, their units and pictures; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # --- merging organisations ---
    "merge.same": (
        _("This is one and the same organisation."),
        _("Choose two different ones."),
    ),
    "merge.merged_already": (
        _("One of the two was merged into another organisation already."),
        _("Load the list again."),
    ),
    "merge.simulated": (
        _("One of the two is simulated, the other is not: they cannot be one."),
        _("Say that they are different."),
    ),
    "merge.unit": (
        _("One of the two is a unit of the other: they stay two."),
        _("End that first, in the list of units."),
    ),
    "merge.undone": (
        _("This merge was undone already."),
        _("Load the list again."),
    ),
    "merge.later_first": (
        _("A later merge rests on this one: %(found)s."),
        _("Undo the later one first."),
    ),
    # --- units of organisations ---
    "part.same": (
        _("An organisation is no unit of itself."),
        _("Choose two different ones."),
    ),
    "part.merged": (
        _("One of the two was merged into another organisation already."),
        _("Load the list again."),
    ),
    "part.simulated": (
        _("One of the two is simulated, the other is not: one cannot be a unit of the other."),
        _("Say that they are different."),
    ),
    "part.has_parent": (
        _("It is a unit of another organisation already: %(found)s."),
        _("End that first, in the list of units."),
    ),
    "part.cycle": (
        _("The larger one is itself a part of this unit."),
        _("End that first, in the list of units."),
    ),
    "part.ring": (
        _("An organisation would become a part of itself."),
        _("End one of the relations first, in the list of units."),
    ),
    "part.none": (
        _("It is no unit of another organisation any more."),
        _("Load the list again."),
    ),
    "part.ends_before": (
        _("The last day lies before the first one."),
        _("Choose a later day."),
    ),
    # --- photos ---
    "photo.not_a_jpeg": (
        _("The file is no JPEG picture that can be read safely."),
        _("Take the photo again, or save it as JPEG."),
    ),
    # --- logos ---
    "logo.svg": (
        _("SVG drawings are not taken: such a file can hold programs and addresses."),
        _("Save the logo as PNG."),
    ),
    "logo.unknown_kind": (
        _("The file is no picture in PNG, JPEG or WebP, whatever its name says."),
        _("Save the logo as PNG."),
    ),
    "logo.moving": (
        _("The picture moves; only still ones are taken."),
        _("Save one of its pictures as PNG."),
    ),
    "logo.broken": (
        _("The picture cannot be read; it is damaged or of a rare kind."),
        _("Save it again as PNG."),
    ),
    "photo.too_large": (
        _("The picture is %(found)s pixels large; at most %(expected)s on a side are taken."),
        _("Make it smaller."),
    ),
    "photo.too_many_bytes": (
        _("The picture is larger than 2 MB."),
        _("Make it smaller."),
    ),
    "languages.not_a_collection": (
        _("The languages of a guest are one text."),
        _("Hand over a list of language codes."),
    ),
    "languages.not_a_language": (
        _("“%(found)s” is no language code."),
        _("Write codes such as de, fr or sl, separated by spaces."),
    ),
    "languages.lengths": (
        _("There are languages for %(found)s, but %(expected)s are needed."),
        _("Name the languages of every guest and of every table."),
    ),
    "similarity.not_a_text": (
        _("A card is no text."),
        _("Hand over one text for each card; an empty text is allowed."),
    ),
    "similarity.empty_term": (
        _("An entry of the glossary has no word or no meaning."),
        _("Write a word, and what it means."),
    ),
    "similarity.out_of_range": (
        _("“%(found)s” is outside the range of this setting."),
        _("The threshold lies above 0 and up to 1, the number of neighbours from 1."),
    ),
    "languages.none": (
        _("Nobody names a language."),
        _("Name the languages of the guests, or leave the option out."),
    ),
    "languages.not_a_number": (
        _("“%(found)s” is not one of the numbers."),
        _("Use a number from this range: %(expected)s."),
    ),
    "languages.guest_or_table": (
        _("A line needs either a guest or a table."),
        _("Fill in one of the two columns."),
    ),
    "languages.guests_missing": (
        _("These guests have no line: %(found)s."),
        _("Write one line for every guest from 1 to %(expected)s."),
    ),
    "languages.tables_missing": (
        _("These tables have no line: %(found)s."),
        _("Write one line for every table from 1 to %(expected)s, or none at all."),
    ),
    "languages.one_per_table": (
        _("A table needs exactly one language, not “%(found)s”."),
        _("Write one code, for example %(expected)s."),
    ),
    "table.no_header": (
        _("No line looks like the heads of columns."),
        _("Put a name above every column, all different, in the first line."),
    ),
    "table.no_value": (
        _("The cell holds an error, or a formula whose result was not stored."),
        _("Open the file in a spreadsheet, save it there, or write the value."),
    ),
    "file.no_table": (
        _("This archive is no workbook."),
        _("Use one of: %(expected)s."),
    ),
}
