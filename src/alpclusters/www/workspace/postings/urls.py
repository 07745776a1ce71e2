from django.urls import path

from alpclusters.www.workspace.postings import posting_list, posting_page, writing
from alpclusters.www.workspace.postings import writing as keeping

urlpatterns = [
    path("postings/", posting_list.postings, name="postings"),
    path("postings/followed/", posting_list.postings_followed, name="postings-followed"),
    path("postings/moderation/", posting_list.postings_moderation, name="postings-moderation"),
    path(
        "postings/moderation/<int:pk>/", posting_page.posting_moderate, name="posting-moderate"
    ),
    path("postings/new/", writing.posting_new, name="posting-new"),
    path("postings/digest/", posting_list.digest, name="digest"),
    path("postings/digest/stop/<str:token>/", posting_list.digest_stop, name="digest-stop"),
    path("postings/keep/<str:token>/", keeping.posting_keep, name="posting-keep"),
    path("postings/<int:pk>/", posting_page.posting, name="posting"),
    path("postings/<int:pk>/edit/", writing.posting_edit, name="posting-edit"),
]  # fmt: skip
