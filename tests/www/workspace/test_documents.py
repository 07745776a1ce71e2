import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.evidence.models import Document
from alpclusters.www.workspace.documents.editing import AROUND, MOST_BYTES
from tests.factories.accounts import make_user, make_user_with
from tests.factories.background import work_off
from tests.factories.evidence import (
    make_activity,
    make_document,
    make_initiative,
    make_quotation,
)
from tests.factories.written import make_pdf

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

NEW = "/en/workspace/evidence/documents/new/"
PAGES = ["Foreword", "Who pays after the end?\nThe members of the network.", "Who pays now"]


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture(autouse=True)
def coder(client):
    user = make_user_with(Role.EVIDENCE_CODER)
    client.force_login(user)
    return user


def sent(data=None, **fields):
    values = {"source_type": "own_report", "title": "Final report", **fields}
    if data is not None:
        values["file"] = SimpleUploadedFile("Bericht.pdf", data)
    return values


def add(client, texts=PAGES, **fields):
    labels = "0 << /S /r >> 1 << /S /D >>"
    answer = client.post(NEW, sent(make_pdf(texts, labels=labels), **fields))
    assert answer.status_code == 302, answer.content.decode()
    work_off()
    return Document.objects.latest("pk")


def url(document, tail=""):
    return f"/en/workspace/evidence/documents/{document.key}/{tail}"


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (Role.ADMINISTRATOR, 200),
        (Role.PARTNER_COORDINATOR, 200),
        (Role.EVIDENCE_CODER, 200),
        (Role.MEMBER, 403),
    ],
)
def test_coders_and_coordinators_see_documents(client, role, status):
    client.force_login(make_user_with(role))
    document = make_document()

    for address in ("/en/workspace/evidence/documents/", NEW, url(document)):
        assert client.get(address).status_code == status


def test_upload_is_read_and_shown_page_by_page(client, coder):
    make_initiative(acronym="PROBE")

    document = add(client, title="", initiatives="probe", is_open="on", licence="CC BY 4.0")

    page = client.get(url(document), {"page": "2", "find": "who PAYS"}).content.decode()
    assert (document.title, document.added_by) == ("Bericht", coder)
    assert [one.acronym for one in document.initiatives.all()] == ["PROBE"]
    assert "p. 1 (leaf 2)" in page
    assert "<mark>Who pays</mark> after the end?" in page
    assert "2 places on 2 pages" in page
    assert f'src="/en/sources/{document.key}/page-2.png"' in page


def test_address_alone_makes_a_document_without_a_file(client):
    answer = client.post(NEW, sent(address="https://example.org/report"))

    document = Document.objects.get()
    assert answer.url == url(document)
    assert (document.state, document.standing) == ("no_file", "unverified")
    assert (
        "Of this document only the address is known" in client.get(url(document)).content.decode()
    )


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choose a file, or say where the document is found."),
        ({"data": b"MZ\x00\x01"}, "Bericht.pdf: The file is no PDF"),
        ({"data": b""}, "The submitted file is empty."),
        ({"address": "https://x.example", "initiatives": "none such"}, "No initiative is called"),
        ({"address": "https://x.example", "title": ""}, "Write the title"),
        ({"address": "javascript:alert(1)"}, "Enter a valid URL."),
    ],
)
def test_what_cannot_be_taken_leaves_nothing(client, fields, told):
    answer = client.post(NEW, sent(**fields))

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Document.objects.exists()


def test_file_that_is_there_already_leads_to_its_document(client):
    first = add(client)

    labels = "0 << /S /r >> 1 << /S /D >>"
    answer = client.post(NEW, sent(make_pdf(PAGES, labels=labels), title="Again"))

    assert answer.status_code == 422
    assert f'<a href="{url(first)}">Final report</a>' in answer.content.decode()
    assert Document.objects.count() == 1


def test_upload_announced_as_too_large_is_refused_unread(client):
    answer = client.post(NEW, {}, headers={"content-length": str(MOST_BYTES + AROUND + 1)})

    assert answer.status_code == 413
    assert "larger than 50 MB" in answer.content.decode()


def test_reason_why_a_file_was_not_read_is_on_the_page(client):
    client.post(NEW, sent(b"%PDF-1.7 and nothing"))
    waiting = client.get(url(Document.objects.get())).content.decode()
    work_off()

    page = client.get(url(Document.objects.get())).content.decode()

    assert "The reading begins in a moment." in waiting
    assert "Bericht.pdf: The PDF is damaged: it cannot be opened." in page
    assert "Read the file again" in page


def test_reading_can_be_asked_for_again(client):
    document = add(client)
    Document.objects.update(state="failed", error={"code": "document.crashed"})

    client.post(url(document, "read/"))
    work_off()

    document.refresh_from_db()
    assert (document.state, document.n_pages) == ("read", 3)


def test_worker_is_followed_by_data(client):
    client.post(NEW, sent(make_pdf(PAGES)))
    document = Document.objects.get()

    before = client.get(url(document, "progress.json")).json()
    work_off()

    assert before == {
        "is_over": False,
        "done": 0,
        "total": 0,
        "told": "The reading begins in a moment.",
    }
    assert client.get(url(document, "progress.json")).json() == {"is_over": True}


def test_place_is_quoted_for_an_activity_and_taken_back(client, coder):
    initiative = make_initiative(acronym="PROBE")
    activity = make_activity(initiative, name="Matchmaking fair")
    document = add(client, initiatives="PROBE")
    values = {"do": "quote", "target": f"activity-{activity.pk}", "page": "2", "words": "who pays"}

    assert client.post(url(document), values).status_code == 302

    quotation = document.quotations.get()
    page = client.get(url(document)).content.decode()
    assert (quotation.activity, quotation.page, quotation.made_by) == (activity, 2, coder)
    assert "PROBE: Matchmaking fair" in page
    assert "<q>who pays</q>" in page
    client.post(url(document), {"do": "unquote", "quotation": quotation.pk})
    assert document.quotations.count() == 0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"page": "9"}, "There is no page 9."),
        ({"page": "first"}, "There is no page 0."),
        ({"words": "who was here"}, "These words do not stand on the page"),
        ({"target": "activity-0"}, "It is not said what rests on this place."),
        ({"target": ""}, "It is not said what rests on this place."),
    ],
)
def test_place_that_is_not_there_keeps_what_was_typed(client, changed, told):
    activity = make_activity(make_initiative(acronym="PROBE"))
    document = add(client, initiatives="PROBE")
    values = {"do": "quote", "target": f"activity-{activity.pk}", "page": "2", "words": "who pays"}

    answer = client.post(url(document), {**values, **changed})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert told in page
    assert {**values, **changed}["words"] + "</textarea>" in page
    assert document.quotations.count() == 0


def test_activity_of_a_foreign_initiative_is_no_target(client):
    make_activity(make_initiative(acronym="PROBE"))
    other = make_activity(make_initiative())
    document = add(client, initiatives="PROBE")

    client.post(url(document), {"do": "quote", "target": f"activity-{other.pk}", "page": "1"})

    assert document.quotations.count() == 0


def test_script_of_the_reader_gets_pages_and_places(client):
    document = add(client)

    page = client.get(url(document, "pages/3.json"), {"find": "pays"}).json()
    found = client.get(url(document, "find.json"), {"find": "who pays"}).json()

    assert page["passages"] == [["Who ", False], ["pays", True], [" now", False]]
    assert (page["place"], page["picture"]) == (
        "p. 2 (leaf 3)",
        f"/en/sources/{document.key}/page-3.png",
    )
    assert [(hit["number"], hit["words"]) for hit in found["hits"]] == [
        (2, "Who pays"),
        (3, "Who pays"),
    ]
    assert client.get(url(document, "pages/4.json")).status_code == 404


def test_text_of_a_document_is_never_taken_for_markup(client):
    document = add(client, ["<script>alert(1)</script>"])

    page = client.get(url(document), {"find": "<script>"}).content.decode()

    assert "<script>alert" not in page
    assert "<mark>&lt;script&gt;</mark>alert(1)" in page


def test_document_on_which_something_rests_is_not_deleted(client):
    document = make_document()
    quotation = make_quotation(document, activity=make_activity())

    client.post(url(document, "delete/"))
    assert Document.objects.filter(pk=document.pk).exists()

    quotation.delete()
    answer = client.post(url(document, "delete/"))
    assert answer.url == "/en/workspace/evidence/documents/"
    assert not Document.objects.exists()


def test_history_shows_and_brings_back_what_was_said(client):
    client.post(NEW, sent(address="https://example.org/report", year="2018"))
    document = Document.objects.get()
    client.post(url(document, "edit/"), sent(address="https://example.org/report", year="2019"))

    page = client.get(url(document, "history/")).content.decode()
    first = document.history.order_by("history_id").first()
    client.post(url(document, f"history/{first.pk}/revert/"))

    document.refresh_from_db()
    assert "The document was added." in page
    assert document.year == 2018


def test_list_is_filtered_by_words_state_and_quotations(client):
    quoted = make_document(title="Evaluation", initiatives=[make_initiative(acronym="PROBE")])
    make_quotation(quoted, activity=make_activity())
    make_document(title="Audit", source_type="audit")

    def shown(**query):
        page = client.get("/en/workspace/evidence/documents/", query)
        return [row.document.title for row in page.context["page"].object_list]

    assert shown() == ["Audit", "Evaluation"]
    assert shown(q="probe") == ["Evaluation"]
    assert shown(source_type="audit") == ["Audit"]
    assert shown(quoted="0") == ["Audit"]
    assert shown(state="failed") == []


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_as_often_for_one_document_as_for_three(
    client, django_assert_num_queries, number
):
    for _n in range(number):
        make_quotation(make_document(initiatives=[make_initiative()]), activity=make_activity())
    client.get("/en/workspace/evidence/documents/")

    with django_assert_num_queries(6):
        client.get("/en/workspace/evidence/documents/")


# --- the file and its pictures --------------------------------------------------------------------


def files(document):
    return (
        reverse("public:source-file", args=[document.key]),
        reverse("public:source-page", args=[document.key, 1]),
    )


@pytest.mark.parametrize(
    ("who", "is_open", "is_published", "status"),
    [
        ("visitor", True, True, 200),
        ("visitor", False, True, 404),
        ("visitor", True, False, 404),
        ("member", True, False, 200),
        ("member", False, True, 404),
        ("coder", False, False, 200),
    ],
)
def test_licence_and_publication_decide_who_gets_the_file(
    client, who, is_open, is_published, status
):
    make_initiative(acronym="PROBE", is_published=is_published)
    document = add(client, initiatives="PROBE", **({"is_open": "on"} if is_open else {}))
    client.logout()
    if who != "visitor":
        role = Role.MEMBER if who == "member" else Role.EVIDENCE_CODER
        client.force_login(make_user_with(role))

    assert [client.get(address).status_code for address in files(document)] == [status] * 2


def test_account_without_a_role_gets_no_closed_file(client):
    make_initiative(acronym="PROBE")
    document = add(client, initiatives="PROBE")
    client.force_login(make_user())

    assert [client.get(address).status_code for address in files(document)] == [404] * 2


@pytest.mark.parametrize(("is_open", "kept"), [(True, "public"), (False, "private")])
def test_file_can_do_nothing_in_a_browser(client, is_open, kept):
    document = add(client, **({"is_open": "on"} if is_open else {}))

    file, picture = (client.get(address) for address in files(document))

    assert b"".join(file.streaming_content).startswith(b"%PDF-1.7")
    assert picture.content.startswith(b"\x89PNG")
    assert file["Content-Disposition"] == f'attachment; filename="{document.key}.pdf"'
    for answer in (file, picture):
        assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Cache-Control"] == f"{kept}, max-age=86400"


def test_page_that_is_not_there_has_no_picture(client):
    document = add(client)

    assert client.get(f"/en/sources/{document.key}/page-4.png").status_code == 404
    assert client.get(f"/en/sources/{make_document().key}/file/").status_code == 404
