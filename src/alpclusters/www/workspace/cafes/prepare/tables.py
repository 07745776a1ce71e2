"""Tables: how many, with whom as host, what about, in which language, where they stand."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from alpclusters.platform.cafe.domain.tables import (
    DECIDED,
    MOST_TABLES,
    change_table,
    lay_tables,
    propose_number,
    share_out_languages,
)
from alpclusters.platform.cafe.models import AlpCafe, Table
from alpclusters.platform.languages.codes import LANGUAGES
from alpclusters.www.site.inputs import input_of
from alpclusters.www.workspace.cafes.prepare.common import attempt, back_to, number_in, show
from alpclusters.www.workspace.cafes.running import own_cafe


class TableForm(forms.Form):
    """One table; the first language is the one it works in."""

    host_name = input_of(Table, "host_name")
    language = forms.ChoiceField(
        label=gettext_lazy("Working language"), choices=[("", "–"), *LANGUAGES], required=False
    )
    also = forms.MultipleChoiceField(
        label=gettext_lazy("The host also speaks"),
        choices=LANGUAGES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    measure = input_of(Table, "measure")
    way = input_of(
        Table,
        "way",
        widget=forms.TextInput({"placeholder": gettext_lazy("left wall, by the window")}),
    )
    x = input_of(Table, "x")
    y = input_of(Table, "y")
    is_quiet = input_of(Table, "is_quiet")
    is_accessible = input_of(Table, "is_accessible")
    is_open = input_of(Table, "is_open")
    topic = input_of(Table, "topic", legend=True)

    def __init__(self, *args: Any, table: Table, **kwargs: Any) -> None:
        initial = {name: getattr(table, name) for name in DECIDED}
        initial |= {"language": (table.languages or [""])[0], "also": table.languages[1:]}
        super().__init__(*args, **kwargs | {"initial": initial})
        measure: Any = self.fields["measure"]
        measure.queryset = table.cafe.measures.all()

    def values(self) -> dict[str, Any]:
        """Return what was decided, by column."""
        data = self.cleaned_data
        own = [data["language"]] if data["language"] else []
        languages = [*own, *(code for code in data["also"] if code not in own)]
        return {name: data[name] for name in DECIDED if name in data} | {"languages": languages}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_tables(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the tables; lay as many as the guests need, share out the languages."""
    cafe = own_cafe(request, pk)
    if request.method == "POST":
        _do(request, cafe)
        return back_to("cafe_tables", cafe)
    tables = list(cafe.tables.select_related("measure"))
    guests = cafe.guests.filter(is_spare=False).count()
    context = {
        "tables": tables,
        "n_tables": len(tables),
        "n_guests": guests,
        "proposed": propose_number(guests),
        "most": MOST_TABLES,
    }
    return show(request, cafe, "cafe_tables", context)


def _do(request: HttpRequest, cafe: AlpCafe) -> None:
    if request.POST.get("do") == "languages":
        share_out_languages(cafe)
        messages.success(request, _("Each table has a working language now."))
        return
    proposed = propose_number(cafe.guests.filter(is_spare=False).count())
    number = number_in(request.POST.get("number"), least=1, most=MOST_TABLES, default=proposed)
    attempt(request, lambda: lay_tables(cafe, number), _("Saved"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cafe_table(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Change one table."""
    cafe = own_cafe(request, pk)
    table = get_object_or_404(cafe.tables.select_related("cafe"), number=number)
    form = TableForm(request.POST or None, table=table)
    if request.method == "POST" and form.is_valid():
        change_table(table, form.values())
        messages.success(request, _("Saved"))
        return back_to("cafe_tables", cafe)
    context = {
        "template": "table",
        "form": form,
        "table": table,
        "status": 422 if request.method == "POST" else 200,
    }
    return show(request, cafe, "cafe_tables", context, part=_("Table %(n)s") % {"n": number})
