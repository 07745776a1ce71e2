from django.urls import path

from alpclusters.www.workspace.postings import digest, keeping, lists, moderating, page, writing

urlpatterns = [
    path("postings/", lists.postings, name="postings"),
    path("postings/followed/", lists.postings_followed, name="postings-followed"),
    path("postings/moderation/", lists.postings_moderation, name="postings-moderation"),
    path(
        "postings/moderation/<int:pk>/", moderating.posting_moderate, name="posting-moderate"
    ),
    path("postings/new/", writing.posting_new, name="posting-new"),
    path("postings/digest/", digest.digest, name="digest"),
    path("postings/digest/stop/<str:token>/", digest.digest_stop, name="digest-stop"),
    path("postings/keep/<str:token>/", keeping.posting_keep, name="posting-keep"),
    path("postings/<int:pk>/", page.posting, name="posting"),
    path("postings/<int:pk>/edit/", writing.posting_edit, name="posting-edit"),
]  # fmt: skip
