"""What people read in the data package: what it is, and the codebook, in five languages."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import override

from alpclusters.platform.evidence.domain.archive.schemas import TABLES
from alpclusters.platform.evidence.domain.codebook.fields import CODED
from alpclusters.platform.evidence.domain.codebook.reading import codes_of, current_codebook
from alpclusters.platform.evidence.models import Code, Codebook


def readme_text(language: str, base: str) -> str:
    """Explain the package in one language, as Markdown."""
    with override(language):
        paragraphs = [
            "# " + _("The evidence base of AlpClusters as a data package"),
            *_about(base),
            "## " + _("Tables"),
            _table_list(),
            "## " + _("How to read it"),
            *_reading(),
            "## " + _("Licences and personal data"),
            *_licences(),
            _(
                "Personal data: there is none. Coders appear as numbers that mean nothing outside "
                "this package; bodies and authors are named as public sources name them."
            ),
        ]
        return "\n\n".join(paragraphs) + "\n"


def _about(base: str) -> list[str]:
    return [
        _(
            "Earlier European initiatives for clusters and regions: what they did, what became "
            "of it after the funding had ended, what follows from it, how certain that is, and "
            "where it is written."
        ),
        f"{base}/en/evidence/data/",
        _(
            "The package holds only what is published. The same content makes the same file, "
            "byte by byte; its version is made from the content."
        ),
    ]


def _table_list() -> str:
    names = ", ".join(f"`data/{schema.name}.csv`" for schema in TABLES)
    return (
        _(
            "Every table is CSV in UTF-8. `datapackage.json` describes each column, key and tie "
            "between tables in the form of Frictionless Data (Table Schema)."
        )
        + f"\n\n{names}"
    )


def _reading() -> list[str]:
    return [
        _(
            "An empty cell means that nobody knows. It never means zero or no. A list is written "
            "in square brackets (JSON). Amounts are in cents of their currency and are never "
            "added over currencies."
        ),
        _(
            "Translated texts have one column per language; empty ones have not been translated. "
            "Facts are unverified until somebody confirmed them (column “standing”). What was "
            "invented for demonstration has “true” in “is_simulated”."
        ),
        _(
            "Programme lines and calls are no evidence that something worked. Count families, not "
            "initiatives: what continues one another or shares its partners counts as one (column "
            "“family”). The grade of certainty follows our own rule; a grade that a person set "
            "stands beside it."
        ),
        _(
            "Texts are unchanged. A spreadsheet may take one that begins with an equals sign for "
            "a formula; import the columns as text."
        ),
    ]


def _licences() -> list[str]:
    return [
        _(
            "Texts that came from a source keep its licence (column “licence”, and “sources” in "
            "`datapackage.json`); name that source. All other facts are in our own words: name "
            "AlpClusters, the version and the address."
        ),
        _("Files of documents are included only where their licence allows it (folder `files`)."),
    ]


def codebook_text(language: str) -> str:
    """Write the codebook in force in one language, as Markdown."""
    with override(language):
        try:
            book = current_codebook()
        except Codebook.DoesNotExist:
            return "# " + _("Codebook") + "\n"
        title = _("Codebook, version %(number)s") % {"number": book.number}
        return "\n\n".join([f"# {title}", *_fields(book)]) + "\n"


def _fields(book: Codebook) -> Iterator[str]:
    for asked in CODED:
        yield f"## {asked.label} (`{asked.name}`)"
        if asked.question:
            yield str(asked.question)
        yield from (_code(code) for code in codes_of(book, asked.name, with_retired=True))


def _code(code: Code) -> str:
    retired = f" ({_('no longer chosen')})" if code.is_retired else ""
    lines = [f"- **{code.label}** (`{code.key}`){retired}: {code.definition}"]
    if code.example:
        lines.append(f"  {_('Example')}: {code.example}")
    if code.counter_example:
        lines.append(f"  {_('Counter-example')}: {code.counter_example}")
    return "\n".join(lines)
