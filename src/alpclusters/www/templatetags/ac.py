"""The components as template tags: ``{% load ac %}`` brings them and the filters of `figures`.

Each tag fills one file of ``templates/components/``, whose first lines say what it takes.
"""

from collections.abc import Sequence
from typing import Any, Final, cast

from django import template
from django.apps import apps
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from alpclusters.platform.fields import length_of
from alpclusters.www.components.charts import ridge
from alpclusters.www.components.parts import CERTAINTIES, KINDS, Kind
from alpclusters.www.forms import Field
from alpclusters.www.templatetags import figures

register = template.Library()
register.tags.update(figures.register.tags)
register.filters.update(figures.register.filters)

_BREAK: Final = "<!--ac:break-->"
_MESSAGE_ICONS: Final = {
    "info": "info",
    "good": "circle-check",
    "warn": "triangle-alert",
    "bad": "circle-alert",
}
_MESSAGE_TONES: Final = {"success": "good", "warning": "warn", "error": "bad"}
_MOST_PAGES_AROUND: Final = 2


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """Draw an icon of the sprite; ``size="l"`` is the large one. It is never read aloud."""
    return format_html(
        '<svg class="ico{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        f" {size}" if size else "",
        static("icons.svg"),
        name,
    )


@register.filter
def in_its_language(text: str) -> str:
    """Mark a text of the reader's page that is in another language (see `Text.foreign`)."""
    language = getattr(text, "foreign", "")
    return format_html('<span lang="{}">{}</span>', language, text) if language else text


@register.simple_tag(name="break")
def break_() -> SafeString:
    """Part the content of ``card`` (body, foot) or ``hero`` (text, aside)."""
    return mark_safe(_BREAK)  # noqa: S308 - a constant of ours


def _parted(content: str) -> tuple[SafeString, SafeString]:
    first, _, second = content.partition(_BREAK)
    return mark_safe(first), mark_safe(second.strip())  # noqa: S308 - rendered by the template


@register.inclusion_tag("components/badge.html")
def badge(kind: str = "", text: Any = "", tone: str = "", icon: str = "") -> dict[str, Any]:
    """Show a badge of a fixed kind, or a free one with its own words."""
    look = KINDS.get(kind, Kind(icon, tone, text))
    return {"icon": icon or look.icon, "tone": tone or look.tone, "text": text or look.text}


@register.inclusion_tag("components/certainty.html")
def certainty(grade: str) -> dict[str, Any]:
    """Show the certainty A to D with its words; without a grade, why there is none."""
    letter = (grade or "").upper()
    return {"letter": letter, "text": CERTAINTIES.get(letter, "")}


@register.simple_block_tag(end_name="endcard")
def card(
    content: str,
    title: Any = "",
    url: str = "",
    kicker: Any = "",
    level: int = 3,
    kind: str = "",
) -> SafeString:
    """Frame content in a card; ``{% break %}`` begins its foot."""
    body, foot = _parted(content)
    return _render("card", locals())


@register.simple_block_tag(end_name="endhero")
def hero(content: str, title: Any, lead: Any = "") -> SafeString:
    """Open the home page with the horizon; ``{% break %}`` begins the card beside the text."""
    body, aside = _parted(content)
    return _render("hero", locals())


@register.simple_block_tag(end_name="endpage_head")
def page_head(
    content: str, title: Any, kicker: Any = "", lead: Any = "", badges: str = "", lang: str = ""
) -> SafeString:
    """Head a page: the only h1, what kind of thing it is, badges by their kinds, actions."""
    kinds = badges.split()
    actions = mark_safe(content.strip())  # noqa: S308 - rendered by the template
    return _render("page_head", locals())


@register.simple_block_tag(end_name="endmessage")
def message(content: str, tone: str = "info", title: Any = "", *, live: bool = False) -> SafeString:
    """Say one thing in one or two sentences: info, good, warn or bad."""
    tone = _MESSAGE_TONES.get(tone, tone)
    icon = _MESSAGE_ICONS.get(tone, "info")
    text = mark_safe(content.strip())  # noqa: S308 - rendered by the template
    is_text = not any(block in text for block in ("<ul", "<ol", "<p>", "<p ", "<form"))
    return _render("message", locals())


@register.simple_block_tag(end_name="endchart")
def chart(  # noqa: PLR0913 - the arguments of a template tag are its interface
    content: str,
    title: Any,
    what: Any = "",
    note: Any = "",
    csv_url: str = "",
    table: Any = None,
    level: int = 3,
    *,
    simulated: bool = False,
) -> SafeString:
    """Frame a chart: a sentence as title, what and unit, the numbers as a table, CSV."""
    slot = mark_safe(content)  # noqa: S308 - rendered by the template
    return _render("chart", locals())


@register.simple_block_tag(end_name="endtile_map")
def tile_map(
    content: str, label: Any, note: Any = "", table: Any = None, left_out: Any = ""
) -> SafeString:
    """Frame the tile map: jump to its table, how exact positions are, what is left out."""
    slot = mark_safe(content)  # noqa: S308 - rendered by the template
    return _render("tile_map", locals())


def _render(name: str, values: dict[str, Any]) -> SafeString:
    return render_to_string(f"components/{name}.html", values)


@register.inclusion_tag("components/facts.html")
def facts(items: Sequence[Any]) -> dict[str, Any]:
    """List facts with their sources and whether somebody checked them."""
    return {"items": items}


@register.inclusion_tag("components/key_figures.html")
def key_figures(items: Sequence[Any], kind: str = "") -> dict[str, Any]:
    """Show three or four key figures in a row, each with what makes it honest."""
    return {"items": items, "kind": kind}


@register.inclusion_tag("components/counted.html")
def counted(figure: Any) -> dict[str, Any]:
    """Show a number within a sentence: it leads to what it counts, or says why it does not."""
    return {"figure": figure}


@register.inclusion_tag("components/trail.html")
def trail(stations: Sequence[Any], label: Any = "") -> dict[str, Any]:
    """Show the place in the argument; ``label`` tells several strips of one page apart."""
    knots = ridge(stations)
    return {"stations": stations, "ridge": knots, "count": len(stations), "label": label}


@register.inclusion_tag("components/phases.html")
def phases(items: Sequence[Any]) -> dict[str, Any]:
    """Show the phases of an event on a line."""
    return {"items": items}


@register.inclusion_tag("components/rating.html")
def rating(criterion: Any) -> dict[str, Any]:
    """Ask one criterion with real radios, "cannot judge" apart from the scale."""
    return {"criterion": criterion}


@register.simple_tag
def longest(column: str) -> int:
    """Return the most letters that a column takes: ``longest "cafe.Card.text"``."""
    model, _, name = column.rpartition(".")
    return length_of(apps.get_model(model), name)


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """Show a form field: label, help, error, input."""
    return bound.as_field_group()


@register.inclusion_tag("components/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """Sum up a form's errors with links to the fields, from two errors on."""
    found = [
        {"id": part.id_for_label, "label": part.label, "text": text}
        for bound in form.visible_fields()
        for part in cast("Field", bound).parts.values()
        for text in part.errors
    ]
    hidden = [text for bound in form.hidden_fields() for text in bound.errors]
    general = [*form.non_field_errors(), *hidden]
    count = len(found) + len(general)
    return {"found": found, "general": general, "count": count, "shown": count > 1 or general}


@register.inclusion_tag("components/button.html")
def button(  # noqa: PLR0913, PLR0917 - the arguments of a template tag are its interface
    text: Any,
    kind: str = "",
    icon: str = "",
    type: str = "submit",  # noqa: A002 - HTML's word
    name: str = "",
    value: str = "",
    form: str = "",
    reason: Any = "",
) -> dict[str, Any]:
    """Show a button; ``reason`` disables it and says why beside it."""
    return locals() | {"reason_id": f"why-{abs(hash(str(reason))) % 10**8}" if reason else ""}


@register.inclusion_tag("components/button_link.html")
def button_link(text: Any, url: str, kind: str = "", icon: str = "") -> dict[str, Any]:
    """Show a link that looks like a button because it leads to the next step."""
    return locals()


@register.inclusion_tag("components/empty.html")
def empty(
    title: Any, text: Any = "", url: str = "", action: Any = "", level: int = 2
) -> dict[str, Any]:
    """Say what will be here, why it is not yet, and the one thing to do."""
    return locals()


@register.inclusion_tag("components/table.html")
def table(table: Any) -> dict[str, Any]:
    """Show a table; below 640 px each row becomes a card."""
    return {"table": table, "rows": _labelled(table, table.rows), "total": _first(table)}


@register.inclusion_tag("components/heat.html")
def heat(table: Any, classes: Sequence[tuple[str, Any]] = ()) -> dict[str, Any]:
    """Show a heat table: value and n in each cell, the shade only repeats the value.

    ``classes`` are the pairs of shade and words for the legend.
    """
    return {"table": table, "rows": _labelled(table, table.rows), "classes": classes}


def _labelled(table: Any, rows: Sequence[Any]) -> list[dict[str, Any]]:
    return [_row(table, row) for row in rows]


def _first(table: Any) -> dict[str, Any] | None:
    return _row(table, table.total) if table.total else None


def _row(table: Any, row: Sequence[Any]) -> dict[str, Any]:
    cells = [
        {"column": column, "cell": cell, "is_cell": hasattr(cell, "suppressed")}
        for column, cell in zip(table.columns, row, strict=True)
    ]
    return {"head": cells[0], "cells": cells[1:]}


@register.inclusion_tag("components/facet.html")
def facet(facet: Any) -> dict[str, Any]:
    """Offer the values of one filter with their counts; zero stays visible."""
    return {"facet": facet}


@register.inclusion_tag("components/chips.html")
def chips(items: Sequence[Any]) -> dict[str, Any]:
    """Repeat the chosen filters above the list, each with a way to remove it."""
    return {"items": items}


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Any], label: Any) -> dict[str, Any]:
    """Show alternatives of one page as links."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/segments.html")
def segments(items: Sequence[Any], label: Any) -> dict[str, Any]:
    """Show two or three views of the same thing as links in one box."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/breadcrumb.html")
def breadcrumb(items: Sequence[Any]) -> dict[str, Any]:
    """Show the place in the site, above the h1."""
    return {"items": items}


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: Any, page: Page[Any]) -> dict[str, Any]:
    """Lead through the pages of a list; the rest of the address is kept."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(
        page.number, on_each_side=_MOST_PAGES_AROUND, on_ends=1
    )
    links = [{"number": n, "url": address(n) if isinstance(n, int) else ""} for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("components/progress.html")
def progress(
    done: int, total: int, label: Any, left: Any = "", cancel_url: str = "", kept: Any = ""
) -> dict[str, Any]:
    """Show how far a long work is, and a way to end it."""
    return locals()


@register.inclusion_tag("components/dashes.html")
def dashes(position: int, total: int, done: int, label: Any) -> dict[str, Any]:
    """Show the steps of a phone page as dashes: done, this one, to come."""
    states = ["now" if i == position else "ok" if i <= done else "" for i in range(1, total + 1)]
    return {"states": states, "label": label}


@register.inclusion_tag("components/diff.html")
def diff(before: Any, after: Any) -> dict[str, Any]:
    """Put two versions side by side; ``compare`` of `components.compare` finds the passages."""
    return {"sides": (before, after)}


@register.inclusion_tag("components/saved.html")
def saved(state: str) -> dict[str, Any]:
    """Say whether a rating is saved: saved, device, saving or nothing."""
    return {"state": state}


@register.inclusion_tag("components/code_entry.html")
def code_entry(
    action: str,
    value: str = "",
    error: Any = "",
    method: str = "get",
    id: str = "code",  # noqa: A002
) -> dict[str, Any]:
    """Ask for the eight characters of an AlpCafé."""
    return locals()


@register.inclusion_tag("components/qr.html")
def qr(picture: str, code: str, url: str) -> dict[str, Any]:
    """Frame a QR code (safe SVG) with the code and the address to type."""
    return locals()


@register.inclusion_tag("components/languages.html")
def language_links(items: Sequence[Any]) -> dict[str, Any]:
    """Link the same page in the five languages, short codes with full names for readers."""
    return {"items": items}


@register.inclusion_tag("components/language_menu.html")
def language_menu(items: Sequence[Any], current: str, kind: str = "") -> dict[str, Any]:
    """Offer the languages in a menu that opens without a script."""
    return {"items": items, "current": current, "kind": kind}


@register.inclusion_tag("components/search.html")
def search_box(action: str, value: str = "", label: Any = "", id: str = "q") -> dict[str, Any]:  # noqa: A002
    """Show the search field with its button."""
    return locals()


@register.inclusion_tag("components/hills.html")
def hills() -> dict[str, Any]:
    """Draw the horizon of the home page."""
    return {}


@register.inclusion_tag("components/mark.html")
def mark(kind: str = "") -> dict[str, Any]:
    """Draw the mark; it is never read aloud, the name stands beside it."""
    return {"kind": kind}


@register.filter
def message_tone(tags: str) -> str:
    """Turn the tags of a message of Django into a tone of ours."""
    for tag, tone in _MESSAGE_TONES.items():
        if tag in (tags or "").split():
            return tone
    return "info"
