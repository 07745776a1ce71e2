"""How a result came about and how it can be checked: bound, certificate, inputs, versions."""

from collections.abc import Iterator
from typing import Final

from alpclusters.reports.blocks import (
    Block,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
)
from alpclusters.reports.funding.subject import LEVELS, METHODS, MixSubject, gap_words, said
from alpclusters.reports.numbers import format_integer, format_number

MONEY: Final = ("net_grants", "peak_claims")
CENTS: Final = 100


def certificate_blocks(subject: MixSubject) -> Iterator[Block]:
    """Yield how the mix can be checked: what was proved, with what, and what was not checked."""
    text = subject.text
    yield Heading(text.gettext("How the result came about"), 2)
    yield Paragraph(_proof(subject))
    what = (_certificate(subject), _inputs(subject), _solver(subject))
    left_out = text.gettext("Not checked: %(what)s") % {"what": _not_checked(subject)}
    yield Paragraph(" ".join((*what, left_out)), role="note")


def certificate_tables(subject: MixSubject) -> Iterator[Block]:
    """Yield the same and the levels of the aim as tables, which a workbook keeps."""
    text = subject.text
    yield Heading(text.gettext("How the result came about"), 2)
    yield Table(
        (Column(text.gettext("What")), Column(text.gettext("How it was"))),
        tuple(_parts(subject)),
        caption=text.gettext("How the result came about"),
        name=text.gettext("Result"),
    )
    yield from _levels(subject)


def _not_checked(subject: MixSubject) -> str:
    return subject.text.gettext(
        "Public procurement law, VAT in the single case, obligations to keep what was funded, and "
        "the quality on which a body decides."
    )


def _parts(subject: MixSubject) -> Iterator[tuple[str, str]]:
    text = subject.text
    yield (
        text.gettext("Aim"),
        text.gettext("Grants minus the effort of applying, over all partners; then fewer offers."),
    )
    yield text.gettext("Proof"), _proof(subject)
    yield text.gettext("Certificate"), _certificate(subject)
    yield text.gettext("Inputs"), _inputs(subject)
    yield text.gettext("Solver"), _solver(subject)
    yield text.gettext("Not checked"), _not_checked(subject)


def _proof(subject: MixSubject) -> str:
    text, mix = subject.text, subject.mix
    checked = text.gettext(
        "The checker recomputes every rule in whole cents and shares no code with the optimiser."
    )
    if mix["objective"] is None or mix["bound"] is None or subject.is_undecided:
        return checked
    words = text.gettext(
        "The mix is worth %(objective)s; no mix of this case is worth more than %(bound)s. Gap: "
        "%(gap)s."
    )
    values = {
        "objective": subject.money(mix["objective"]),
        "bound": subject.money(mix["bound"]),
        "gap": gap_words(mix["gap"], subject.language),
    }
    return f"{words % values} {checked}"


def _certificate(subject: MixSubject) -> str:
    text, found = subject.text, subject.mix.get("certificate")
    if not found:
        return text.gettext("No certificate: the bound was not computed.")
    words = text.gettext("Dual values %(digest)s (SHA-256), method: %(method)s.")
    digest = str(found.get("duals_sha256") or "–")
    method = said(METHODS, str(found.get("method", "–")), subject.language)
    return words % {"digest": digest, "method": method}


def _inputs(subject: MixSubject) -> str:
    text, language, case = subject.text, subject.language, subject.case
    partners, lines, offers = len(case.partners), len(case.lines), len(case.offers)
    counts = ", ".join(
        (
            text.ngettext("%(n)s partner", "%(n)s partners", partners)
            % {"n": format_integer(partners, language)},
            text.ngettext("%(n)s cost line", "%(n)s cost lines", lines)
            % {"n": format_integer(lines, language)},
            text.ngettext("%(n)s offer", "%(n)s offers", offers)
            % {"n": format_integer(offers, language)},
        )
    )
    digest = text.gettext("SHA-256 of the case: %(digest)s.") % {"digest": subject.digest}
    return f"{counts}. {digest}"


def _solver(subject: MixSubject) -> str:
    solver = subject.mix.get("solver") or {}
    versions = solver.get("versions") or {}
    named = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    values = {
        "seed": solver.get("seed", "–"),
        "work": solver.get("work", "–"),
        "versions": named or "–",
    }
    words = subject.text.gettext("%(versions)s; seed %(seed)s, work %(work)s.")
    return words % values


def _levels(subject: MixSubject) -> Iterator[Block]:
    text, levels = subject.text, subject.mix.get("levels") or ()
    if not levels:
        return
    yield Table(
        (
            Column(text.gettext("Aim")),
            Column(text.gettext("Value"), "code"),
            Column(text.gettext("Bound"), "code"),
            Column(text.gettext("Proved")),
        ),
        tuple(_level_row(subject, level) for level in levels),
        caption=text.gettext("What was aimed at, one after the other"),
        note=text.gettext(
            "Each level is kept, to the larger of 1 euro and a ten thousandth, while the next is "
            "improved."
        ),
        name=text.gettext("Levels"),
    )


def _level_row(subject: MixSubject, level: dict[str, object]) -> Row:
    text = subject.text
    name = str(level.get("name", ""))
    amounts = [_amount(subject, name, level.get(key)) for key in ("value", "bound")]
    proved = text.gettext("yes") if level.get("proved") else text.gettext("no")
    return (said(LEVELS, name, subject.language), *amounts, proved)


def _amount(subject: MixSubject, level: str, value: object) -> str:
    """Write a value as the solver has it: money, a count, or a mean quarter; a dash for none."""
    if not isinstance(value, int | float):
        return "–"
    if level in MONEY:
        return subject.money(round(value * CENTS))
    if level != "last_repayment":
        return format_integer(round(value), subject.language)
    total = subject.total("grant_ct") / CENTS
    # Counted from 0 in the search; people count from 1.
    return format_number(value / total + 1, subject.language, 1) if total else "–"
