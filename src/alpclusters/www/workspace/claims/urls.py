from django.urls import path

from alpclusters.www.workspace.claims import views

urlpatterns = [
    path("profiles/<slug:slug>/claim/", views.profile_claim, name="profile-claim"),
    path("claims/", views.claims, name="claims"),
    path("claims/<int:pk>/decide/", views.claim_decide, name="claim-decide"),
    path("claims/<int:pk>/withdraw/", views.claim_withdraw, name="claim-withdraw"),
]
