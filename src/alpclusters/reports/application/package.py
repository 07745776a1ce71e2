"""The package: one ZIP with the document, the JSON in Jems' structure and a README."""

import datetime as dt
import io
import json
import zipfile
from collections.abc import Sequence
from typing import Final

from alpclusters.platform.languages.catalogues import gettext_noop as _
from alpclusters.reports.application.answers import (
    Answer,
    answers_of,
    in_every_language,
    shares_of,
    total_of,
)
from alpclusters.reports.application.document import (
    SIMULATED,
    build_application,
    missing_rows,
    n_of,
    shortened_answers,
)
from alpclusters.reports.application.fields import SECTIONS
from alpclusters.reports.application.jems import JemsForm
from alpclusters.reports.application.subject import ApplicationSubject
from alpclusters.reports.application.talk import Talk
from alpclusters.reports.writers.docx import write_docx

DOCUMENT: Final = "application.docx"
DATA: Final = "application.json"
README: Final = "README.txt"
STILL_MISSING: Final = _("Still missing")
SHORTENED: Final = _("Shortened to the limit")
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
        A ZIP with ``application.docx``, ``application.json`` and ``README.txt``.
    """
    data = JemsForm(subject, in_every_language(subject, language), language).data()
    files = {
        README: readme(subject, language).encode(),
        DATA: (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode(),
        DOCUMENT: write_docx(build_application(subject, language, day=day)),
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(zipfile.ZipInfo(name, NO_TIME), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def readme(subject: ApplicationSubject, language: str) -> str:
    """Say what the package holds, how much is filled, what is missing and what was checked."""
    talk = Talk(subject, language)
    answers = answers_of(subject, language)
    return (
        "\n\n".join((*_head(talk), _shares(talk, answers), *_open(talk, answers), _checked(talk)))
        + "\n"
    )


def _head(talk: Talk) -> list[str]:
    text = talk.text
    simulated = text.gettext(SIMULATED)
    return [
        talk.subject.funding.title,
        *([simulated] if talk.subject.is_simulated else []),
        f"{DOCUMENT}: " + text.gettext("the draft to read, complete and copy from"),
        f"{DATA}: "
        + text.gettext("the same in the structure of Jems, in every language that is there"),
    ]


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
