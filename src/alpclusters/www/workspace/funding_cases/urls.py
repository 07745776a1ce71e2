from django.urls import URLPattern, path

from alpclusters.www.workspace.funding_cases import (
    account_registers,
    accounts,
    case_page,
    choosing,
    conditions,
    editing,
    fits,
    linking,
    partners,
    questions,
    starting,
    uploading,
)
from alpclusters.www.workspace.funding_cases import accounts as account_changes
from alpclusters.www.workspace.funding_cases import editing as removing
from alpclusters.www.workspace.funding_cases import starting as lists
from alpclusters.www.workspace.funding_cases import starting as whole

_CASE = "funding/cases/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path("funding/cases/", lists.funding_cases, name="funding_cases"),
    path("funding/cases/new/", starting.funding_case_new, name="funding_case_new"),
    path("funding/cases/import/", starting.funding_case_import, name="funding_case_import"),
    path(_CASE, case_page.funding_case, name="funding_case"),
    path(f"{_CASE}frame/", editing.funding_case_frame, name="funding_case_frame"),
    path(f"{_CASE}partners/new/", partners.funding_partner_new, name="funding_partner_new"),
    path(f"{_CASE}partners/<path:key>/", partners.funding_partner, name="funding_partner"),
    path(
        f"{_CASE}accounts/<path:key>/register/",
        account_registers.funding_account_register,
        name="funding_account_register",
    ),
    path(
        f"{_CASE}aid/<int:entry>/remove/<path:key>/",
        account_changes.funding_aid_remove,
        name="funding_aid_remove",
    ),
    path(
        f"{_CASE}aid/<int:entry>/confirm/<path:key>/",
        account_changes.funding_aid_confirm,
        name="funding_aid_confirm",
    ),
    path(f"{_CASE}accounts/<path:key>/", accounts.funding_account, name="funding_account"),
    path(f"{_CASE}packages/new/", editing.funding_package, name="funding_package_new"),
    path(f"{_CASE}packages/<path:key>/", editing.funding_package, name="funding_package"),
    path(f"{_CASE}costs/new/", editing.funding_cost, name="funding_cost_new"),
    path(f"{_CASE}costs/<path:key>/", editing.funding_cost, name="funding_cost"),
    path(f"{_CASE}remove/<slug:kind>/<path:key>/", removing.funding_remove, name="funding_remove"),
    path(f"{_CASE}upload/", uploading.funding_upload, name="funding_upload"),
    path(f"{_CASE}upload/take/", uploading.funding_upload_take, name="funding_upload_take"),
    path(f"{_CASE}template.xlsx", uploading.funding_template, name="funding_template"),
    path(f"{_CASE}fits/", fits.funding_case_fits, name="funding_case_fits"),
    path(f"{_CASE}fits/why/", fits.funding_fit, name="funding_fit"),
    path(f"{_CASE}answer/", questions.funding_answer, name="funding_answer"),
    path(f"{_CASE}offers/", choosing.funding_offers, name="funding_offers"),
    path(f"{_CASE}offers/leave/", choosing.funding_offer_leave, name="funding_offer_leave"),
    path(f"{_CASE}offers/newer/", choosing.funding_offer_newer, name="funding_offer_newer"),
    path(
        f"{_CASE}offers/<path:key>/conditions/",
        conditions.funding_conditions,
        name="funding_conditions",
    ),
    path(f"{_CASE}links/", linking.funding_links, name="funding_links"),
    path(f"{_CASE}copy/", whole.funding_case_copy, name="funding_case_copy"),
    path(f"{_CASE}delete/", whole.funding_case_delete, name="funding_case_delete"),
    path(f"{_CASE}export.json", whole.funding_case_export, name="funding_case_export"),
    path(f"{_CASE}history/", whole.funding_case_history, name="funding_case_history"),
    path(f"{_CASE}history/<int:number>/back/", whole.funding_case_back, name="funding_case_back"),
]
