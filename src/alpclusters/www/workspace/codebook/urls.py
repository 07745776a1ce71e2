from django.urls import path

from alpclusters.www.workspace.codebook import codes, views

urlpatterns = [
    path("evidence/codebook/", views.codebook, name="codebook"),
    path("evidence/codebook/begin/", views.codebook_begin, name="codebook-begin"),
    path("evidence/codebook/edit/", views.codebook_edit, name="codebook-edit"),
    path("evidence/codebook/publish/", views.codebook_publish, name="codebook-publish"),
    path("evidence/codebook/discard/", views.codebook_discard, name="codebook-discard"),
    path("evidence/codebook/add/<slug:field>/", codes.code_new, name="codebook-code-new"),
    path("evidence/codebook/codes/<int:pk>/", codes.code_edit, name="codebook-code"),
    path(
        "evidence/codebook/codes/<int:pk>/retire/", codes.code_retire, name="codebook-code-retire"
    ),
    path(
        "evidence/codebook/codes/<int:pk>/restore/",
        codes.code_restore,
        name="codebook-code-restore",
    ),
    path(
        "evidence/codebook/codes/<int:pk>/revert/<int:number>/",
        codes.code_revert,
        name="codebook-code-revert",
    ),
]
