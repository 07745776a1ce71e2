from django.urls import path

from alpclusters.www.workspace.initiatives import editing, initiative_list
from alpclusters.www.workspace.initiatives import editing as history
from alpclusters.www.workspace.initiatives import editing as proposals

_ONE = "evidence/initiatives/<slug:key>"

urlpatterns = [
    path("evidence/initiatives/", initiative_list.initiatives, name="initiatives"),
    path("evidence/initiatives/new/", editing.initiative_new, name="initiative-new"),
    path(
        "evidence/initiatives/proposals/",
        proposals.initiative_proposals,
        name="initiative-proposals",
    ),
    path(f"{_ONE}/edit/", editing.initiative_edit, name="initiative-edit"),
    path(f"{_ONE}/partners/", initiative_list.initiative_partners, name="initiative-partners"),
    path(f"{_ONE}/history/", history.initiative_history, name="initiative-history"),
    path(
        f"{_ONE}/history/<int:version>/revert/",
        history.initiative_revert,
        name="initiative-revert",
    ),
]
