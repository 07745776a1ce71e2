"""Sentences and remedies: imports of organisations and projects; part of `reports.errors`."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _

# code: (what is wrong, what to do)
SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "document.too_large": (
        _("The document is larger than %(expected)s MB."),
        _("Save it with smaller pictures, or in parts."),
    ),
    "document.unknown_kind": (
        _("The file is no PDF, no Word document (DOCX) and no plain text."),
        _("Save it as PDF and upload that."),
    ),
    "document.old_office": (
        _("The file is an old Office document, or one with a password."),
        _("Save it as PDF, or as DOCX without a password."),
    ),
    "document.no_text": (
        _("There is no text in the document."),
        _("Choose the file with the text, or save it as PDF."),
    ),
    "document.too_hard": (
        _("Reading the document took too long; it was given up."),
        _("Print it to a new PDF, or divide it, and upload that."),
    ),
    "document.crashed": (
        _("The document cannot be opened safely: reading it ended with a failure."),
        _("Print it to a new PDF and upload that."),
    ),
    "document.file_gone": (
        _("The file of the document is no longer there."),
        _("Upload it again."),
    ),
    "document.no_page": (
        _("The document has no page %(found)s."),
        _("Choose one of its pages."),
    ),
    "document.known": (
        _("This file is there already: %(found)s."),
        _("Use that document; it can be about several initiatives."),
    ),
    "document.is_quoted": (
        _("Something rests on this document: %(found)s."),
        _("Take its quotations back first, or add the other file as a document of its own."),
    ),
    "pdf.broken": (
        _("The PDF is damaged: it cannot be opened."),
        _("Download it again, or print it to a new PDF."),
    ),
    "pdf.encrypted": (
        _("The PDF is locked with a password."),
        _("Save it without a password and upload that."),
    ),
    "pdf.too_many_pages": (
        _("The document has %(found)s pages; at most %(expected)s are taken."),
        _("Divide it, and add the parts as documents of their own."),
    ),
    "pdf.page_size": (
        _("Page %(found)s has a size no sheet has."),
        _("Print the document to a new PDF on A4 and upload that."),
    ),
    "word.broken": (
        _("The Word document is damaged, or no Word document."),
        _("Open and save it again, or save it as PDF."),
    ),
    "word.encrypted": (
        _("The Word document is locked with a password."),
        _("Save it without a password and upload that."),
    ),
    "template.not_docx": (
        _("This is no Word document (DOCX) that can be read."),
        _("Save the template as DOCX and try again."),
    ),
    "template.too_large": (
        _("The template is larger than 10 MB or unfolds to too much."),
        _("Leave out large pictures."),
    ),
    "template.forbidden_part": (
        _("The template holds macros or embedded files, or loads something: %(found)s."),
        _("Save it as DOCX without macros, without linked pictures and without another template."),
    ),
    "template.syntax": (
        _("A tag is wrong: %(found)s. Paragraph: “%(expected)s”"),
        _("Correct the tag there. The manual lists tags and names."),
    ),
    "template.unknown_name": (
        _("A tag names something that does not exist: %(found)s. Paragraph: “%(expected)s”"),
        _("Correct the name there. The manual lists all names."),
    ),
    "template.forbidden_tag": (
        _("A tag does what a template may not do: %(found)s. Paragraph: “%(expected)s”"),
        _("Use only the names in the manual, loops and conditions."),
    ),
    "template.crashed": (
        _("Filling the template took too long or failed."),
        _("Make it simpler, or begin with the sample."),
    ),
    "word.macros": (
        _("The Word document holds macros."),
        _("Save it as DOCX without macros, or as PDF."),
    ),
    "word.too_much": (
        _("The Word document unfolds to more than a document can be."),
        _("Save it as PDF and upload that."),
    ),
    "quotation.of_what": (
        _("It is not said what rests on this place."),
        _("Choose one activity or one lesson."),
    ),
    "quotation.no_page": (
        _("There is no page %(found)s."),
        _("Write a page between 1 and %(expected)s, counted as leaves."),
    ),
    "quotation.pages_turned": (
        _("The last page stands before the first."),
        _("Write the smaller page first."),
    ),
    "quotation.too_long": (
        _("The quoted words are longer than %(expected)s characters."),
        _("A few words are enough to find the place."),
    ),
    "quotation.not_on_page": (
        _("These words do not stand on the page: %(found)s."),
        _("Select them in the text, look for the right page, or leave the words out."),
    ),
    "initiative.dates": (
        _("The end lies before the start."),
        _("Correct one of the two dates."),
    ),
    "initiative.money": (
        _("The share of the EU is larger than the budget."),
        _("Correct one of the two amounts."),
    ),
    "initiative.circle": (
        _("The initiative would continue itself."),
        _("Choose an earlier one."),
    ),
    "import.busy": (
        _("The list is being worked on already."),
        _("Wait until that is done, or cancel it."),
    ),
    "proposal.decided": (
        _("Somebody decided this before."),
        _("Load the page again."),
    ),
    "proposal.does_not_fit": (
        _("“%(found)s” does not fit this field."),
        _("Keep what is there, or write it by hand."),
    ),
    "import.unknown_field": (
        _("There is no field “%(found)s”."),
        _("Use one of: %(expected)s."),
    ),
    "import.column_twice": (
        _("The column “%(found)s” is matched to two fields."),
        _("Match it to one of them."),
    ),
    "import.no_name": (
        _("No column is matched to the name. Columns: %(found)s."),
        _("Say which column holds the names of the organisations."),
    ),
    "import.columns_file": (
        _("This is no list of columns in JSON."),
        _("Write an object such as %(expected)s."),
    ),
    "import.other_file": (
        _("This is not the file with which the import was begun."),
        _("Begin a new import."),
    ),
    "import.folder": (
        _("The folder %(path)s cannot be written: %(found)s."),
        _("Name another folder."),
    ),
    "import.begun": (
        _("Rows of this list are stored already."),
        _("Let the import go on, or begin a new one."),
    ),
    "import.done": (_("This import is done."), _("Begin a new one.")),
    "import.elsewhere": (
        _("Somebody else goes on with this import."),
        _("Wait until it is done."),
    ),
}
