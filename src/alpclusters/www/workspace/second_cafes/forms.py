"""Which recommendations people rate, where and when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alpclusters.platform.cafe.models import AlpCafe
from alpclusters.platform.measures.models import Measure
from alpclusters.platform.partnership.models import Project
from alpclusters.platform.policy.domain.states import EDITABLE
from alpclusters.platform.policy.models import Recommendation
from alpclusters.www.site.inputs import Day, input_of
from alpclusters.www.workspace.consultations.consultation_forms import RecommendationsField
from alpclusters.www.workspace.endorsements import region_field


class SecondCafeForm(forms.Form):
    """Recommendations that are open; region and day for those who may run an AlpCafé."""

    use_required_attribute = False

    def __init__(self, *args: Any, project: Project, with_event: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Recommendation.objects.filter(project=project, state__in=EDITABLE)
        self.fields["recommendations"] = RecommendationsField(
            rows.order_by("pk"), label=_("Recommendations")
        )
        self.fields["kind"] = forms.ModelChoiceField(
            Measure.objects.filter(project__isnull=True).order_by("order", "pk"),
            label=_("Type of measure"),
            help_text=_("Only for recommendations that do not rest on the rating of a measure."),
            required=False,
            empty_label="–",
        )
        if with_event:
            self.fields["region"] = region_field(project)
            self.fields["held_on"] = input_of(AlpCafe, "held_on", form_class=Day)
            self.fields["place"] = input_of(AlpCafe, "place")
