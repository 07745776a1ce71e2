from django.urls import path

from alpclusters.www.public.synergies import views

urlpatterns = [
    path("funding/synergies/", views.synergies, name="synergies"),
    path("funding/synergies/export.<slug:kind>", views.synergies_export, name="synergies-export"),
    path("funding/synergies/<slug:first>/<slug:second>/", views.synergy, name="synergy"),
    path("funding/policy-mix/", views.policy_mix, name="policy-mix"),
    path(
        "funding/policy-mix/export.<slug:kind>", views.policy_mix_export, name="policy-mix-export"
    ),
]
