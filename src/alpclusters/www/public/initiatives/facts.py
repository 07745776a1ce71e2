"""What is known of an initiative, with labels in the reader's language."""

from collections.abc import Sequence

from django.utils.html import urlize
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from alpclusters.platform.actors.domain.sectors import sector_label
from alpclusters.platform.evidence.models import Initiative, Programme
from alpclusters.platform.fields import label_of
from alpclusters.platform.languages.codes import nearest_language
from alpclusters.platform.territory.domain.names import country_name
from alpclusters.reports.numbers import format_money
from alpclusters.www.components.outside_links import outside_link
from alpclusters.www.components.parts import Fact
from alpclusters.www.public.initiatives.dates import dated


def identity_facts(initiative: Initiative) -> list[Fact]:
    """Return kind, programme, countries and sectors."""
    programme = initiative.programme
    countries = [country_name(code, get_language()) for code in initiative.countries.split()]
    facts = [
        Fact(_("Kind of initiative"), initiative.get_kind_display()),
        Fact(_label("programme"), str(programme) if programme else ""),
        Fact(label_of(Programme, "family"), programme.get_family_display() if programme else ""),
        Fact(_label("call"), initiative.call),
        Fact(_label("reference"), initiative.reference),
        Fact(_label("countries"), ", ".join(countries)),
        Fact(
            _label("sectors"),
            _lines(sector_label(str(c), get_language()) for c in initiative.sectors),
        ),
        Fact(_label("keywords"), ", ".join(str(word) for word in initiative.keywords)),
        Fact(_label("website"), outside_link(initiative.website)),
    ]
    return _with_unknown(facts, must={1, 5})


def funding_facts(initiative: Initiative) -> list[Fact]:
    """Return dates as exactly as they are known, and amounts in the currency of the source."""
    facts = [
        Fact(_label("status"), _status(initiative)),
        Fact(_label("start"), dated(initiative.start, initiative.start_precision)),
        Fact(_label("end"), dated(initiative.end, initiative.end_precision)),
        Fact(_label("budget_cents"), _money(initiative.budget_cents, initiative.currency)),
        Fact(_label("eu_cents"), _money(initiative.eu_cents, initiative.currency)),
    ]
    return _with_unknown(facts, must={1, 2, 3})


def origin_facts(initiative: Initiative) -> list[Fact]:
    """Return where the facts come from and under which licence its texts are."""
    facts = [
        Fact(_label("source"), SafeString(urlize(initiative.source, autoescape=True))),
        Fact(_label("licence"), SafeString(urlize(initiative.licence, autoescape=True))),
    ]
    records = initiative.records.select_related("source").order_by("pk")
    facts += [
        Fact(row.source.name, row.external_id, url=row.source.address, source=row.source.licence)
        for row in records
    ]
    return [fact for fact in facts if fact.value]


def _label(name: str) -> str:
    return label_of(Initiative, name)


def _status(initiative: Initiative) -> str:
    unknown = initiative.status == Initiative.Status.UNKNOWN
    return "" if unknown else str(initiative.get_status_display())


def _money(cents: int | None, currency: str) -> str:
    return "" if cents is None else format_money(cents, currency, nearest_language(get_language()))


def _lines(texts: object) -> str:
    return ", ".join(texts)  # type: ignore[arg-type]


def _with_unknown(facts: Sequence[Fact], must: set[int]) -> list[Fact]:
    """Say "unknown" where a reader expects an answer; leave out the rest where nothing is said."""
    return [
        fact if fact.value else Fact(fact.label, state="unknown")
        for place, fact in enumerate(facts)
        if fact.value or place in must
    ]
