"""Typing for somebody present: one page for everybody who may, the sheet, what becomes of it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from alpclusters.analysis.errors import AlpClustersError
from alpclusters.live import gateway
from alpclusters.platform.cafe import limits
from alpclusters.platform.cafe.domain.answers import (
    are_results_shown,
    do_late_ratings_count,
    do_second_ratings_count,
)
from alpclusters.platform.cafe.domain.papers import (
    CANNOT_JUDGE,
    INVALID,
    NO_RESEARCH,
    TICKED,
    TOP_THREE,
    Typed,
)
from alpclusters.platform.cafe.domain.proxies import Entry, enter_proxy
from alpclusters.platform.cafe.domain.roles import role_choices
from alpclusters.platform.cafe.models import AlpCafe, Criterion, Participant
from alpclusters.platform.languages.codes import LANGUAGES, nearest_language
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.territory.models import Region
from alpclusters.www.cafe.refusals import sentence
from alpclusters.www.cafe.sheets import regions_of

# --- What becomes of an answer that is entered now for somebody: said before anybody types --------


def entry_warning(cafe: AlpCafe, round: int) -> str:  # noqa: A002 - as the model
    """Say that an answer of a round is late, or counts nowhere yet; empty if neither.

    The same for sheets on paper and for answers by proxy.
    """
    if round > 1:
        return "" if do_second_ratings_count(cafe) else _few_again()
    if not are_results_shown(cafe, now=timezone.now()):
        return ""
    if do_late_ratings_count(cafe):
        return _("Results were shown already. Answers of the first rating are marked as late.")
    return _(
        "Results were shown already. A first rating that is entered now is kept, but it counts in "
        "no figure until ten people have given one after the results: fewer could be read off "
        "from the difference."
    )


def _few_again() -> str:
    return _(
        "Fewer than ten people have given a second rating so far. What is entered is kept, but "
        "second ratings count in no figure until ten people have given one: fewer could be read "
        "off from the difference. Until then the first rating of each person counts."
    )


# --- The rating sheet as somebody types it for another person: by proxy, or from paper ------------


PLACES: Final = 3
UNREADABLE: Final = "x"


@dataclass(frozen=True)
class Block:
    """The fields of one measure."""

    measure: Measure
    fields: Sequence[Any]
    comment: Any


class SheetForm(forms.Form):
    """All criteria of all measures; in the first rating the top three and comments too."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=LANGUAGES)

    # Typed from paper an answer begins with the key that chooses it, and marks may be unreadable.
    is_paper = False

    def __init__(self, *args: Any, cafe: AlpCafe, round: int, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, **kwargs)
        self.cafe, self.rating_round = cafe, round
        self.measures = [row.measure for row in cafe.cafe_measures.select_related("measure")]
        self.criteria = [row.criterion for row in cafe.cafe_criteria.select_related("criterion")]
        for measure in self.measures:
            self._add_measure(measure)
        if cafe.has_top_three and round == 1:
            self._add_top_three()

    def _add_measure(self, measure: Measure) -> None:
        for criterion in self.criteria:
            self.fields[f"q{measure.pk}-{criterion.pk}"] = forms.ChoiceField(
                label=criterion.name,
                required=False,
                choices=self._steps(criterion),
                error_messages={"invalid_choice": _("%(value)s is no step of this scale.")},
            )
        if self.rating_round > 1:
            return
        self.fields[f"comment{measure.pk}"] = forms.CharField(
            label=_("Comment"),
            required=False,
            max_length=limits.COMMENT,
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def _steps(self, criterion: Criterion) -> list[tuple[str, str]]:
        if not self.is_paper:
            name = criterion.scale.name
            said = [(str(step), name(step, anchor)) for step, anchor in criterion.anchors]
            return [("", _("no answer")), *said, (CANNOT_JUDGE, _("I cannot judge this"))]
        steps = [
            (str(step), f"{step} – {anchor}" if anchor else str(step))
            for step, anchor in criterion.anchors
        ]
        return [
            ("", _("no answer")),
            *steps,
            (CANNOT_JUDGE, _("n – cannot judge")),
            (INVALID, _("x – unreadable or two marks")),
        ]

    def _add_top_three(self) -> None:
        choices = [("", _("none")), *((str(m.pk), m.name) for m in self.measures)]
        if self.is_paper:
            choices.append((UNREADABLE, _("x – unreadable or two marks")))
        labels = [_("First place"), _("Second place"), _("Third place")]
        for place, label in enumerate(labels, start=1):
            self.fields[f"top{place}"] = forms.ChoiceField(
                label=label, required=False, choices=choices
            )

    def clean(self) -> dict[str, Any]:
        """A measure stands on one place only."""
        data = super().clean() or {}
        chosen = [value for value in self._places() if value != UNREADABLE]
        if len(set(chosen)) < len(chosen):
            raise ValidationError(_("A measure is named twice in the top three."))
        return data

    def _places(self) -> list[str]:
        data = getattr(self, "cleaned_data", {})
        values = [data.get(f"top{place}", "") for place in range(1, PLACES + 1)]
        return [value for value in values if value]

    # --- for the template -----------------------------------------------------------------------

    def blocks(self) -> Iterator[Block]:
        """Return the fields measure by measure."""
        for measure in self.measures:
            names = [f"q{measure.pk}-{criterion.pk}" for criterion in self.criteria]
            comment = f"comment{measure.pk}"
            own = self[comment] if comment in self.fields else None
            yield Block(measure, [self[n] for n in names], own)

    def places(self) -> list[Any]:
        """Return the fields of the top three, if it is asked."""
        return [self[f"top{n}"] for n in range(1, PLACES + 1) if f"top{n}" in self.fields]

    # --- what was typed -------------------------------------------------------------------------

    def typed(self) -> Typed:
        """Return the sheet as it was typed."""
        data = self.cleaned_data
        fields = {
            f"{measure.pk}:{criterion.pk}": value
            for measure in self.measures
            for criterion in self.criteria
            if (value := data.get(f"q{measure.pk}-{criterion.pk}"))
        }
        places = self._places()
        if places:
            fields[TOP_THREE] = INVALID if UNREADABLE in places else " ".join(places)
        if data.get(NO_RESEARCH):
            fields[NO_RESEARCH] = TICKED
        comments = {
            measure.pk: text
            for measure in self.measures
            if (text := (data.get(f"comment{measure.pk}") or "").strip())
        }
        return Typed(fields, data["language"], self.rating_round, comments)


class PaperForm(SheetForm):
    """A sheet on paper: some marks cannot be read; the first has a box on research."""

    is_paper = True

    def __init__(self, *args: Any, cafe: AlpCafe, round: int, **kwargs: Any) -> None:  # noqa: A002
        super().__init__(*args, cafe=cafe, round=round, **kwargs)
        if round == 1:
            self.fields[NO_RESEARCH] = forms.BooleanField(
                label=_("The box on research is ticked"), required=False
            )


class ProxyForm(SheetForm):
    """Somebody without a phone: present, with spoken consent, who may say who they are."""

    person = forms.ModelChoiceField(
        Participant.objects.none(),
        required=False,
        label=gettext_lazy("Person"),
        empty_label=gettext_lazy("somebody new"),
    )
    region = forms.ModelChoiceField(
        Region.objects.none(),
        required=False,
        label=gettext_lazy("Region"),
        empty_label=gettext_lazy("not stated"),
    )
    role = forms.ChoiceField(required=False, label=gettext_lazy("Role"))
    no_research = forms.BooleanField(
        required=False,
        label=gettext_lazy("The answers are left out of files for research."),
        help_text=gettext_lazy(
            "Say that researchers may get answers one by one, without name, role and region; tick "
            "this if the person says no to that."
        ),
    )
    consent = forms.BooleanField(
        label=gettext_lazy(
            "The person is here and agreed in words to the analysis of the ratings."
        ),
        error_messages={
            "required": gettext_lazy("Ask the person first; without consent nothing is stored.")
        },
    )

    def __init__(self, *args: Any, cafe: AlpCafe, **kwargs: Any) -> None:
        # They answer what everybody answers now.
        super().__init__(*args, cafe=cafe, round=cafe.rating_round or 1, **kwargs)
        people: Any = self.fields["person"]
        people.queryset = cafe.participants.filter(source="proxy").order_by("pk")
        people.label_from_instance = lambda person: f"P{person.pk}"
        region: Any = self.fields["region"]
        region.queryset = regions_of(cafe)
        region.label_from_instance = lambda item: item.name
        role: Any = self.fields["role"]
        role.choices = [("", _("not stated")), *role_choices(get_language())]

    def entry(self) -> Entry:
        """Return what the person said."""
        typed = self.typed().entry()
        profile = _profile(self.cleaned_data)
        return Entry(
            typed.language, typed.round, typed.answers, typed.top_three, typed.comments, profile
        )


def _profile(data: Mapping[str, Any]) -> dict[str, str | bool]:
    told = {
        "region": data["region"].code if data.get("region") else "",
        "role": data.get("role"),
        "no_research": data.get("no_research"),
    }
    return {name: value for name, value in told.items() if value}


# --- One page for everybody who types for somebody present: facilitators and hosts ----------------


# A form sent twice (double tap, reload) is one person.
_KEPT_S = 6 * 3600
UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class Place:
    """Where the page stands: its template, what the template needs, who types."""

    template: str
    context: Mapping[str, Any]
    by: int | None = None


def proxy_page(request: HttpRequest, cafe: AlpCafe, place: Place) -> HttpResponse:
    """Ask for the answers of one person and store them; then show what was stored."""
    if request.method != "POST":
        start = {"language": nearest_language(get_language())}
        return _show(request, place, ProxyForm(cafe=cafe, initial=start), cafe)
    form = ProxyForm(request.POST, cafe=cafe)
    if not form.is_valid():
        return _show(request, place, form, cafe, status=UNPROCESSABLE)
    once = f"cafe-proxy-{cafe.pk}-{request.POST.get('once', '')[:40]}"
    if not cache.add(once, 1, timeout=_KEPT_S):
        return _show(request, place, ProxyForm(cafe=cafe), cafe, person=cache.get(f"{once}-who"))
    try:
        number = _enter(cafe, form, place)
    except (AlpClustersError, gateway.Busy, gateway.NotTakenError) as error:
        cache.delete(once)
        form.add_error(None, reason(error))
        return _show(request, place, form, cafe, status=UNPROCESSABLE)
    cache.set(f"{once}-who", number, timeout=_KEPT_S)
    start = {"language": form.cleaned_data["language"]}
    fresh = ProxyForm(cafe=cafe, initial=start)
    return _show(request, place, fresh, cafe, person=number, stored=form)


def reason(error: Exception) -> str:
    """Say why the writer did not take something."""
    if isinstance(error, AlpClustersError):
        return sentence(error)
    if isinstance(error, gateway.Busy):
        return _("Many answers are arriving. Wait a moment and send it again.")
    return _("The AlpCafé does not take this any more.")


def _enter(cafe: AlpCafe, form: ProxyForm, place: Place) -> int:
    return enter_proxy(
        cafe,
        form.entry(),
        has_consent=bool(form.cleaned_data["consent"]),
        writer=gateway,
        by=place.by,
        person=form.cleaned_data.get("person"),
    )


def _show(
    request: HttpRequest,
    place: Place,
    form: ProxyForm,
    cafe: AlpCafe,
    *,
    person: int | None = None,
    stored: ProxyForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        **place.context,
        "form": form,
        "warning": entry_warning(cafe, form.rating_round),
        "cafe": cafe,
        "person": person,
        "stored": _told(stored) if stored else [],
        "once": secrets.token_urlsafe(16),
        "simulated": cafe.is_simulated,
    }
    return render(request, place.template, context, status=status)


def _told(form: ProxyForm) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return what was stored, to read it aloud: measure, then criterion and answer."""
    told = []
    for block in form.blocks():
        answers = [(str(f.label), _words(f)) for f in block.fields if f.value()]
        if answers:
            told.append((str(block.measure.name), answers))
    return told


def _words(field: Any) -> str:
    return str(dict(field.field.choices).get(field.value(), ""))
