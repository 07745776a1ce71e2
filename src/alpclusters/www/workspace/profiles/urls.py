from django.urls import path

from alpclusters.www.workspace.profiles import choosing, keeping, profile_page
from alpclusters.www.workspace.profiles import keeping as history

urlpatterns = [
    path("profiles/", profile_page.profiles, name="profiles"),
    path("profiles/new/", keeping.profile_new, name="profile-new"),
    path("profiles/confirm/<str:token>/", keeping.confirm_link, name="profile-confirm-link"),
    path("profiles/<slug:slug>/edit/", profile_page.profile_edit, name="profile-edit"),
    path("profiles/<slug:slug>/edit/<slug:part>/", profile_page.profile_part, name="profile-part"),
    path("profiles/<slug:slug>/sectors/", choosing.profile_sectors, name="profile-sectors"),
    path("profiles/<slug:slug>/markets/", choosing.profile_markets, name="profile-markets"),
    path("profiles/<slug:slug>/contacts/", choosing.profile_contacts, name="profile-contacts"),
    path("profiles/<slug:slug>/named/", choosing.profile_named, name="profile-named"),
    path("profiles/<slug:slug>/labels/", choosing.profile_labels, name="profile-labels"),
    path("profiles/<slug:slug>/labels/<int:pk>/", choosing.profile_label, name="profile-label"),
    path(
        "profiles/<slug:slug>/labels/<int:pk>/remove/",
        choosing.profile_label_remove,
        name="profile-label-remove",
    ),
    path("profiles/<slug:slug>/confirm/", profile_page.profile_confirm, name="profile-confirm"),
    path("profiles/<slug:slug>/history/", history.profile_history, name="profile-history"),
    path(
        "profiles/<slug:slug>/history/<slug:kind>/<int:version>/revert/",
        history.profile_revert,
        name="profile-revert",
    ),
]
