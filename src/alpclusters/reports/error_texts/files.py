"""Sentences and remedies: files and tables that cannot be used; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # --- files ---
    "path.missing": (
        _("There is no such file or folder."),
        _("Check the path; it may be relative to another folder."),
    ),
    "file.missing": (
        _("This file is missing."),
        _("Name a CSV file, or a folder of a Polis export with votes.csv in it."),
    ),
    "file.not_a_file": (_("This is not a file."), _("Name a CSV file.")),
    "file.unreadable": (_("The file cannot be read: %(found)s."), _("Check its permissions.")),
    "file.too_large": (
        _("The file has %(found)s bytes; at most %(expected)s are read."),
        _("Split it."),
    ),
    "file.empty": (_("The file is empty."), _("Export it again.")),
    "file.no_rows": (
        _("The file has a header but no rows."),
        _("Export it again, with the answers."),
    ),
    "file.wrong_kind": (
        _("This is no CSV file, it looks like: %(found)s."),
        _("Save it as CSV (UTF-8)."),
    ),
    "file.nul": (
        _("There is a NUL character; the file is damaged."),
        _("Export it again."),
    ),
    "file.encoding": (
        _("The byte %(found)s is not %(expected)s."),
        _("Save the file as CSV (UTF-8)."),
    ),
    # --- tables ---
    "table.missing_column": (
        _("The column is missing. Found: %(found)s."),
        _("Add it, or correct its name in the first line."),
    ),
    "table.empty_head": (
        _("A column has no name."),
        _("Give every column a name in the first line."),
    ),
    "table.duplicate_head": (
        _("Two columns are named “%(found)s”."),
        _("Rename or remove one of them."),
    ),
    "table.too_few_fields": (
        _("The line has %(found)s fields, the header %(expected)s: it was cut off."),
        _("Export the file again, or complete the line."),
    ),
    "table.too_many_fields": (
        _("The line has %(found)s fields, the header %(expected)s."),
        _("Put texts with separators into quotation marks."),
    ),
    "table.bad_record": (
        _("A quotation mark is not closed or stands inside a text."),
        _("Double quotation marks inside a text and close the text."),
    ),
    "table.cut_end": (
        _("The file ends in the middle of a line."),
        _("Export it again."),
    ),
    "table.not_a_number": (
        _("“%(found)s” is not a number."),
        _("Write a number, “%(expected)s”, or leave it empty."),
    ),
    "table.not_a_whole_number": (
        _("“%(found)s” is not a whole number."),
        _("Write digits only."),
    ),
    "table.not_a_time": (
        _("“%(found)s” is not a time."),
        _("Write milliseconds or, for example, %(expected)s."),
    ),
    "table.empty_name": (
        _("The cell is empty."),
        _("Every answer needs it; complete or remove the line."),
    ),
    "table.outside_scale": (
        _("“%(found)s” is not on the scale."),
        _("The scale is: %(expected)s."),
    ),
    "table.stray_value": (
        _("“%(found)s” lies apart from nearly all other values (%(expected)s)."),
        _("Correct or empty it; or name the scale with its lowest and highest point (--scale)."),
    ),
    "table.group_changes": (
        _("The same participant is in “%(found)s” here and in “%(expected)s” before."),
        _("Give every participant one group."),
    ),
    "table.repeated_id": (
        _("“%(found)s” stands there twice."),
        _("Remove one of the lines."),
    ),
    "table.several_errors": (_("The file has %(n)s errors."), ""),
    "polis.not_a_vote": (_("“%(found)s” is not a vote."), _("Use -1, 0 or 1.")),
    "polis.not_a_moderation": (_("“%(found)s” is not a moderation."), _("Use -1, 0 or 1.")),
    "polis.sign": (
        _("Agree is -1 here: comments.csv says so for %(turned)s of %(n)s statements."),
        _("Use the CSV export, or turn the sign of the column."),
    ),
    "evaluate.unknown_statement": (
        _("There is no statement “%(found)s” in the results."),
        _("Use a number or name of the file, such as: %(expected)s."),
    ),
    # --- output ---
    "plan.unknown_project": (
        _("There is no project with this key: %(found)s."),
        _("Known: %(expected)s."),
    ),
    "cafe.unknown": (
        _("There is no AlpCafé with this number: %(found)s."),
        _("The number stands in the address of its page."),
    ),
    "plan.unknown": (
        _("There is no plan with this key: %(found)s."),
        _("Known: %(expected)s."),
    ),
    "plan.none": (
        _("This project has no plan: %(found)s."),
        _("Name a project with a plan, or make one in the workspace."),
    ),
    "plan.no_report": (
        _("This plan has no report yet: %(found)s."),
        _("Close a reporting round in the workspace first."),
    ),
    "worlds.mixed": (
        _("One of the two is simulated, the other is real (%(found)s): they are never tied."),
        _("Choose something of the same kind: only simulated with simulated, real with real."),
    ),
    "trail.unknown_kind": (
        _("This names nothing on the trail: %(found)s."),
        _("Write the kind, a colon and the number, code or key. Kinds: %(expected)s."),
    ),
    "trail.unknown_thing": (
        _("There is no such thing: %(found)s."),
        _("Check the number, code or key."),
    ),
    "trail.several": (
        _("Several things have this code: %(found)s."),
        _("Take the number of one of them: %(expected)s."),
    ),
    "output.not_empty": (
        _("The folder is not empty."),
        _("Name another folder, or use --force to replace it."),
    ),
    "output.not_ours": (
        _("The folder holds something else than an earlier evaluation (no %(expected)s)."),
        _("Name another folder; --force replaces earlier evaluations only."),
    ),
    "output.not_a_folder": (_("This is a file."), _("Name a folder.")),
    "output.unwritable": (_("The folder cannot be written: %(found)s."), _("Name another folder.")),
}
