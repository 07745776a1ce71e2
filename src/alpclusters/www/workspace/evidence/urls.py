from django.urls import path

from alpclusters.www.workspace.evidence import corpora, initiatives

urlpatterns = [
    path("evidence/", corpora.evidence, name="evidence"),
    path("evidence/corpora/new/", corpora.corpus_new, name="corpus-new"),
    path("evidence/corpora/<slug:slug>/", corpora.corpus, name="corpus"),
    path("evidence/corpora/<slug:slug>/edit/", corpora.corpus_edit, name="corpus-edit"),
    path(
        "evidence/corpora/<slug:slug>/initiatives/",
        initiatives.corpus_initiatives,
        name="corpus-initiatives",
    ),
    path(
        "evidence/corpora/<slug:slug>/agreement/",
        corpora.corpus_agreement,
        name="corpus-agreement",
    ),
]
