from django.urls import path

from alpclusters.www.workspace.funding_entries import entry_list, reviewing, writing
from alpclusters.www.workspace.funding_entries import reviewing as history
from alpclusters.www.workspace.funding_entries import writing as proposing

_ENTRY = "funding/entries/<slug:kind>/<slug:key>/"

urlpatterns = [
    path("funding/entries/", entry_list.entries, name="funding_entries"),
    path("funding/entries/new/<slug:kind>/", writing.entry_new, name="funding_entry_new"),
    path(_ENTRY, writing.entry_edit, name="funding_entry"),
    path(f"{_ENTRY}checked/", writing.entry_checked, name="funding_entry_checked"),
    path(f"{_ENTRY}propose/", proposing.entry_propose, name="funding_entry_propose"),
    path(f"{_ENTRY}history/", history.entry_history, name="funding_entry_history"),
    path(f"{_ENTRY}standing/", entry_list.entry_standing, name="funding_entry_standing"),
    path(f"{_ENTRY}history/<int:number>/back/", entry_list.entry_back, name="funding_entry_back"),
    path("funding/proposals/<int:pk>/", reviewing.proposal, name="funding_proposal"),
]
