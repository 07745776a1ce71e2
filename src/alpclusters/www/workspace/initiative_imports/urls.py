from django.urls import path

from alpclusters.www.workspace.initiative_imports import run_list, runs, uploading
from alpclusters.www.workspace.initiative_imports import runs as files
from alpclusters.www.workspace.initiative_imports import uploading as choosing

_ONE = "evidence/imports/<int:pk>"

urlpatterns = [
    path("evidence/imports/", run_list.initiative_imports, name="initiative-imports"),
    path("evidence/imports/new/", uploading.initiative_import_new, name="initiative-import-new"),
    path(f"{_ONE}/", runs.initiative_import_run, name="initiative-import-run"),
    path(f"{_ONE}/choose/", choosing.initiative_import_choose, name="initiative-import-choose"),
    path(f"{_ONE}/read/", runs.initiative_import_read, name="initiative-import-read"),
    path(f"{_ONE}/start/", runs.initiative_import_start, name="initiative-import-start"),
    path(f"{_ONE}/cancel/", runs.initiative_import_cancel, name="initiative-import-cancel"),
    path(
        f"{_ONE}/progress.json", runs.initiative_import_progress, name="initiative-import-progress"
    ),
    path(f"{_ONE}/<slug:name>.csv", files.initiative_import_file, name="initiative-import-file"),
]
