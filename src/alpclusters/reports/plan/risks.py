"""What could go wrong, and the answer to it."""

from collections.abc import Sequence

from alpclusters.platform.evaluation.domain.records import word
from alpclusters.platform.languages.catalogues import translator
from alpclusters.platform.policy.domain.records import RiskLine
from alpclusters.reports.blocks import Column, Row, Table
from alpclusters.reports.numbers import format_integer


def risk_table(risks: Sequence[RiskLine], language: str) -> Table | None:
    """List risks with likelihood and impact from 1 to 3; None without any."""
    if not risks:
        return None
    text = translator(language)
    columns = (
        Column(text.gettext("Risk")),
        Column(text.gettext("Likely")),
        Column(text.gettext("Bad")),
        Column(text.gettext("Answer")),
    )
    rows: tuple[Row, ...] = tuple(
        (
            word(risk.text, language),
            _of_three(risk.likelihood, language),
            _of_three(risk.impact, language),
            word(risk.answer, language),
        )
        for risk in risks
    )
    return Table(columns, rows, name=text.gettext("Risks"))


def _of_three(n: int, language: str) -> str:
    words = translator(language).gettext("%(n)s of 3")
    return words % {"n": format_integer(n, language)}
