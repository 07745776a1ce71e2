"""What a reader of an outside source changed or left out, as people read it, in their language."""

from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.platform.languages.catalogues import translator
from alpclusters.sources.records import Note

SENTENCES: Final[dict[str, str]] = {
    "encoding.guessed": _(
        "The file is not UTF-8; it was read as %(encoding)s. Check a sample: %(sample)s"
    ),
    "organisation.postcode_padded": _(
        "The postcode “%(given)s” had lost its leading zeros; it was read as %(taken)s."
    ),
    "organisation.no_website": _("“%(given)s” is no web address; it was left out."),
    "organisation.no_coordinates": _("“%(given)s” is no place on Earth; it was left out."),
    "participations.several_countries": _(
        "Organisations with several countries in the file: %(n)s; the most frequent counts."
    ),
    "participations.several_dates": _(
        "Projects with several dates in the file: %(n)s; the earliest start and the latest end "
        "count."
    ),
    "table.skipped_lines": _(
        "The heads of the columns stand in line %(line)s; what is above was left out."
    ),
    "organisation.repeat": _("“%(name)s” stands in the file more than once; the first row counts."),
    "organisation.left_out": _("“%(given)s” does not fit “%(column)s”; it was left out."),
    "organisation.too_long": _("“%(column)s” is longer than %(most)s characters; it was left out."),
    "organisation.unknown_word": _(
        "“%(given)s” is no known word for “%(column)s”; it was left out."
    ),
    "organisation.ambiguous_number": _("“%(given)s” was read as %(taken)s."),
    "organisation.formula": _("“%(given)s” in “%(column)s” is the stored result of a formula."),
    "organisation.no_country": _("No country is named."),
    "organisation.no_profile": _(
        "Only cluster organisations have a profile; sectors, staff and members were left out."
    ),
    "organisation.no_ids": _(
        "The list has no ids: organisations are found again by name, country and town. Who is "
        "renamed or moves appears twice at the next import."
    ),
    "organisation.matched": _("“%(name)s” is known from another list by a number of its own."),
    "organisation.kept": _("“%(column)s” stays as another list says it."),
    "organisation.proposed": _(
        "Somebody set “%(column)s” by hand; what the list says waits as a proposal."
    ),
    "identifier.taken": _("The number %(given)s (%(scheme)s) belongs to another organisation."),
    "project.no_partners": _("The file names no partners."),
    "project.cut": _("“%(column)s” is longer than %(most)s characters; its end was left out."),
    "project.repeat": _("The project stands in the file more than once; one row counts."),
    "project.partners_kept": _("The partners stay as a person set them."),
    "region.vintage": _(
        "The NUTS codes were read as those of %(vintage)s: "
        "%(n_fitting)s of %(n_codes)s exist in it."
    ),
    "region.recoded": _("%(given)s (NUTS %(vintage)s) is %(taken)s today."),
    "region.approximate": _(
        "%(given)s (NUTS %(vintage)s) is about %(taken)s today: its boundary has changed."
    ),
    "region.ambiguous": _(
        "%(given)s (NUTS %(vintage)s) has no single successor (%(candidates)s); "
        "the region is empty."
    ),
    "region.elsewhere": _(
        "%(given)s (%(name)s, NUTS %(vintages)s) lies outside the regions kept here; the region "
        "is empty."
    ),
    "region.unknown_code": _(
        "%(given)s is in none of the lists of NUTS codes from 2003 to 2024 known here; the region "
        "is empty."
    ),
    "region.unknown_name": _("“%(given)s” is no known region; the region is empty."),
    "region.several_names": _(
        "“%(given)s” is the name of several regions (%(candidates)s); the region is empty."
    ),
    "region.other_country": _(
        "%(given)s does not lie in the country of the row (%(country)s); the region is empty."
    ),
    "region.country_only": _("%(given)s is a country and no region; the region is empty."),
    "region.extra_regio": _("%(given)s lies outside all regions (extra-regio)."),
}


def note_sentence(note: Note, language: str) -> str:
    """Return the sentence of a note of a reader of organisations.

    Parameters
    ----------
    note : Note
    language : str
        One of the five codes.
    """
    return translator(language).gettext(SENTENCES[note.code]) % dict(note.values)
