"""The package: one ZIP with document, JSON in Jems' structure, README and a folder per offer."""

import datetime as dt
import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from typing import Final

from alpclusters.analysis.funding.case import Offer
from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.application.document import (
    SIMULATED,
    build_application,
    missing_rows,
    n_of,
    shortened_answers,
)
from alpclusters.reports.application.fields import (
    SECTIONS,
    Answer,
    answers_of,
    in_every_language,
    shares_of,
    total_of,
)
from alpclusters.reports.application.jems import JemsForm
from alpclusters.reports.application.offer_document import (
    AWARDS,
    award_of,
    build_offer_application,
)
from alpclusters.reports.application.subject import ApplicationSubject, Talk
from alpclusters.reports.funding.law_in_time import law_messages
from alpclusters.reports.writers.docx import write_docx

DOCUMENT: Final = "application.docx"
DATA: Final = "application.json"
README: Final = "README.txt"
OFFERS: Final = "offers"
LONGEST_NAME: Final = 40
STILL_MISSING: Final = _("Still missing")
SHORTENED: Final = _("Shortened to the limit")
EACH_OFFER: Final = _("One application for each offer of this mix")
# The oldest day a ZIP can name: the same case gives the same bytes.
NO_TIME: Final = (1980, 1, 1, 0, 0, 0)


def write_application(subject: ApplicationSubject, *, language: str, day: dt.date) -> bytes:
    """Return the package of an application.

    Parameters
    ----------
    subject : ApplicationSubject
        With a mix that may be shown as one (``subject.funding.has_mix``).
    language : str
        Of document and README; the JSON has every language in which a text is there.
    day : date
        The day that stands on the document.

    Returns
    -------
    bytes
        A ZIP with ``application.docx``, ``application.json`` and ``README.txt``, and below
        ``offers`` a folder for each used offer, the largest grant first.
    """
    data = JemsForm(subject, in_every_language(subject, language), language).data()
    files = {
        README: readme(subject, language).encode(),
        DATA: (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode(),
        DOCUMENT: write_docx(build_application(subject, language, day=day)),
        **{
            f"{folder}/{DOCUMENT}": write_docx(
                build_offer_application(subject, offer, language, day=day)
            )
            for folder, offer in offer_folders(subject)
        },
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, NO_TIME), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def offer_folders(subject: ApplicationSubject) -> list[tuple[str, Offer]]:
    """Return the folder of each used offer, the largest grant first."""
    funding = subject.funding
    return [
        (f"{OFFERS}/{number}-{_slug(funding.offer_name(one.id))}", one)
        for number, one in enumerate(funding.used, 1)
    ]


def _slug(name: str) -> str:
    """Return a name that every file system takes.

    Examples
    --------
    >>> _slug("Förderung für Holz (2027)")
    'forderung-fur-holz-2027'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-") or "offer"


def readme(subject: ApplicationSubject, language: str) -> str:
    """Say what the package holds, how much is filled, what is missing and what was checked."""
    talk = Talk(subject, language)
    answers = answers_of(subject, language)
    return (
        "\n\n".join(
            (
                *_head(talk),
                *_offers(talk),
                _shares(talk, answers),
                *_open(talk, answers),
                _checked(talk),
            )
        )
        + "\n"
    )


def _head(talk: Talk) -> list[str]:
    text = talk.text
    simulated = text.gettext(SIMULATED)
    return [
        talk.subject.funding.title,
        *([simulated] if talk.subject.is_simulated else []),
        *(f"{one.title}. {one.text}" for one in law_messages(talk.subject.funding)),
        f"{DOCUMENT}: " + text.gettext("the draft to read, complete and copy from"),
        f"{DATA}: "
        + text.gettext("the same in the structure of Jems, in every language that is there"),
    ]


def _offers(talk: Talk) -> list[str]:
    """Name the application to each offer with its folder."""
    funding = talk.subject.funding
    lines = [
        f"- {folder}/{DOCUMENT}: {funding.offer_name(one.id)}, "
        f"{talk.money(funding.applications[one.id]['grant_ct'])}, "
        f"{talk.text.gettext(AWARDS[award_of(one)])}"
        for folder, one in offer_folders(talk.subject)
    ]
    return ["\n".join([talk.text.gettext(EACH_OFFER), *lines])] if lines else []


def _shares(talk: Talk, answers: Sequence[Answer]) -> str:
    shares = shares_of(answers)
    rows = [(talk.text.gettext(SECTIONS[one.section]), one) for one in shares]
    rows.append((talk.text.gettext("Sum"), total_of(shares)))
    lines = [f"{name}: {n_of(talk, one.filled, one.asked)}" for name, one in rows]
    return "\n".join([talk.text.gettext("Fields filled by section"), *lines])


def _open(talk: Talk, answers: Sequence[Answer]) -> list[str]:
    text = talk.text
    missing = [
        f"- {field} ({whom}): {asks}. {where}"
        for field, whom, asks, where in missing_rows(talk, answers)
    ]
    cut = [
        f"- {one.field.id} {one.name}".rstrip() + f": {len(one.whole)} > {one.field.limit}"
        for one in shortened_answers(answers)
    ]
    return [
        "\n".join([text.gettext(title), *rows])
        for title, rows in ((STILL_MISSING, missing), (SHORTENED, cut))
        if rows
    ]


def _checked(talk: Talk) -> str:
    return talk.text.gettext(
        "Checked in the published source of Jems: names of sections and fields, groups of "
        "partners, and the limits of acronym, title, summary, names and objectives and of the "
        "texts in C.1 to C.3. Unverified: all other limits, the length of a period (half a year) "
        "and everything that a programme or call sets itself. Jems cannot read an application "
        "from a file: copy it field by field."
    )
