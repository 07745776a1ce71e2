from django.urls import path

from alpclusters.www.workspace.imports import columns, run_list, runs
from alpclusters.www.workspace.imports import run_list as uploading
from alpclusters.www.workspace.imports import runs as files

urlpatterns = [
    path("imports/", run_list.imports, name="imports"),
    path("imports/new/", uploading.import_new, name="import-new"),
    path("imports/proposals/", run_list.proposals, name="import-proposals"),
    path("imports/<int:pk>/", runs.import_run, name="import-run"),
    path("imports/<int:pk>/columns/", columns.import_columns, name="import-columns"),
    path("imports/<int:pk>/check/", runs.import_check, name="import-check"),
    path("imports/<int:pk>/start/", runs.import_start, name="import-start"),
    path("imports/<int:pk>/cancel/", runs.import_cancel, name="import-cancel"),
    path("imports/<int:pk>/progress.json", runs.import_progress, name="import-progress"),
    path("imports/<int:pk>/<slug:name>.csv", files.import_file, name="import-file"),
]
