from django.urls import path

from alpclusters.www.workspace.documents import document_list, document_page, editing

_ONE = "evidence/documents/<slug:key>"

urlpatterns = [
    path("evidence/documents/", document_list.documents, name="documents"),
    path("evidence/documents/new/", editing.document_new, name="document-new"),
    path(f"{_ONE}/", document_page.document, name="document"),
    path(f"{_ONE}/edit/", editing.document_edit, name="document-edit"),
    path(f"{_ONE}/read/", editing.document_read, name="document-read"),
    path(f"{_ONE}/delete/", editing.document_delete, name="document-delete"),
    path(f"{_ONE}/progress.json", document_page.document_progress, name="document-progress"),
    path(f"{_ONE}/find.json", document_page.document_find, name="document-find"),
    path(f"{_ONE}/pages/<int:number>.json", document_page.document_page, name="document-page"),
    path(f"{_ONE}/history/", document_page.document_history, name="document-history"),
    path(
        f"{_ONE}/history/<int:version>/revert/",
        document_page.document_revert,
        name="document-revert",
    ),
]
