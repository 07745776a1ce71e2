from django.urls import path

from alpclusters.www.workspace.profiles import (
    confirming,
    contacts,
    history,
    labels,
    making,
    members,
    picking,
    views,
)

urlpatterns = [
    path("profiles/", views.profiles, name="profiles"),
    path("profiles/new/", making.profile_new, name="profile-new"),
    path("profiles/confirm/<str:token>/", confirming.confirm_link, name="profile-confirm-link"),
    path("profiles/<slug:slug>/edit/", views.profile_edit, name="profile-edit"),
    path("profiles/<slug:slug>/edit/<slug:part>/", views.profile_part, name="profile-part"),
    path("profiles/<slug:slug>/sectors/", picking.profile_sectors, name="profile-sectors"),
    path("profiles/<slug:slug>/markets/", picking.profile_markets, name="profile-markets"),
    path("profiles/<slug:slug>/contacts/", contacts.profile_contacts, name="profile-contacts"),
    path("profiles/<slug:slug>/named/", members.profile_named, name="profile-named"),
    path("profiles/<slug:slug>/labels/", labels.profile_labels, name="profile-labels"),
    path("profiles/<slug:slug>/labels/<int:pk>/", labels.profile_label, name="profile-label"),
    path(
        "profiles/<slug:slug>/labels/<int:pk>/remove/",
        labels.profile_label_remove,
        name="profile-label-remove",
    ),
    path("profiles/<slug:slug>/confirm/", views.profile_confirm, name="profile-confirm"),
    path("profiles/<slug:slug>/history/", history.profile_history, name="profile-history"),
    path(
        "profiles/<slug:slug>/history/<slug:kind>/<int:version>/revert/",
        history.profile_revert,
        name="profile-revert",
    ),
]
