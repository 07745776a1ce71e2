from django.urls import URLPattern, path

from alpclusters.www.workspace.mixes import (
    applications,
    mix_list,
    mix_page,
    proofs,
    scenarios,
    sheets,
)
from alpclusters.www.workspace.mixes import proofs as downloads
from alpclusters.www.workspace.mixes import scenarios as chances
from alpclusters.www.workspace.mixes import scenarios as times
from alpclusters.www.workspace.mixes import scenarios as why
from alpclusters.www.workspace.mixes import sheets as cells

_CASE = "funding/cases/<int:pk>/mixes/"
_RUN = "funding/mixes/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(_CASE, mix_list.mixes, name="mixes"),
    path(f"{_CASE}ask/", mix_list.mix_ask, name="mix_ask"),
    path(_RUN, mix_page.mix, name="mix"),
    path(f"{_RUN}progress/", mix_list.mix_progress, name="mix_progress"),
    path(f"{_RUN}cancel/", mix_list.mix_cancel, name="mix_cancel"),
    path(f"{_RUN}adopt/", cells.mix_adopt, name="mix_adopt"),
    path(f"{_RUN}cells/<int:partner>/<int:offer>/", cells.mix_cell, name="mix_cell"),
    path(f"{_RUN}why/", why.mix_why, name="mix_why"),
    path(f"{_RUN}chances/", chances.mix_chances, name="mix_chances"),
    path(f"{_RUN}time/", times.mix_time, name="mix_time"),
    path(f"{_RUN}proof/", proofs.mix_proof, name="mix_proof"),
    path(f"{_RUN}scenarios/", scenarios.mix_scenarios, name="mix_scenarios"),
    path(f"{_RUN}partners/<int:place>/", sheets.mix_partner, name="mix_partner"),
    path(f"{_RUN}offers/<int:place>/", sheets.mix_offer, name="mix_offer"),
    path(f"{_RUN}application/", applications.mix_application, name="mix_application"),
    path(
        f"{_RUN}application/partners/<int:place>/",
        applications.mix_application_partner,
        name="mix_application_partner",
    ),
    path(f"{_RUN}files/<str:name>", downloads.mix_file, name="mix_file"),
]
