import io
import re

import pypdf
import pytest
from django.conf import settings
from django.urls import reverse

from alpclusters.platform.accounts.models import Role
from alpclusters.platform.cafe.domain.keys import derive_link, ensure_key
from alpclusters.platform.cafe.models import PaperSheet, Release
from alpclusters.platform.evaluation.domain.protocols import approve, notes_of
from alpclusters.platform.evaluation.domain.releases import release_snapshot
from alpclusters.reports.event_print.document import Part
from tests.factories.accounts import make_user_with
from tests.factories.cafe import NOW, make_open_cafe
from tests.factories.protocols import make_held_cafe
from tests.factories.tables import make_planned_hall

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


@pytest.fixture
def facilitator(client):
    client.force_login(make_user_with(Role.ADMINISTRATOR))
    return client


def address(name, cafe, *more):
    return reverse(f"workspace:{name}", args=[cafe.pk, *more])


def choice(*parts, **more):
    return {
        "language": "sl", "parts": [part.value for part in parts or Part], "n_qr_cards": 8,
        "n_card_templates": 4, **more,
    }  # fmt: skip


def reader_of(response):
    assert response.headers["Content-Type"] == "application/pdf"
    return pypdf.PdfReader(io.BytesIO(response.content))


class TestPrinting:
    def test_form_proposes_paper_for_one_guest_in_five(self, facilitator):
        cafe = make_planned_hall(guests=20)

        page = facilitator.get(address("cafe_print", cafe))

        form = page.context["form"]
        assert sum(form.initial[f"sheets_{code}"] for code in form.codes) >= 4
        assert form.initial["n_qr_cards"] == 20

    def test_everything_is_one_pdf_with_numbered_sheets(self, facilitator):
        cafe = make_planned_hall(guests=12, tables=3)

        response = facilitator.post(
            address("cafe_print", cafe), choice(sheets_de=2, sheets_sl=1, large_de=1)
        )

        text = "".join(page.extract_text() for page in reader_of(response).pages)
        numbers = list(PaperSheet.objects.filter(cafe=cafe).values_list("number", flat=True))
        assert len(numbers) == 4
        assert [n for n in numbers if n not in text.replace("\u00ad", "-")] == []
        assert cafe.shown_code in text
        assert "Tischschilder" not in text

    def test_printing_again_uses_the_same_sheets(self, facilitator):
        cafe = make_planned_hall()
        for _ in range(2):
            facilitator.post(address("cafe_print", cafe), choice(Part.RATING_SHEETS, sheets_de=3))

        assert PaperSheet.objects.filter(cafe=cafe).count() == 3

    def test_parts_that_are_not_chosen_are_not_printed(self, facilitator):
        cafe = make_planned_hall(tables=4)

        response = facilitator.post(address("cafe_print", cafe), choice(Part.TABLE_SIGNS))

        assert len(reader_of(response).pages) == 4
        assert not PaperSheet.objects.filter(cafe=cafe).exists()

    def test_secret_of_the_qr_code_is_in_no_page_of_the_workspace(self, facilitator):
        cafe = make_planned_hall()
        secret = derive_link(ensure_key(settings.HOME, cafe.pk), role="qr", epoch=cafe.link_epoch)

        page = facilitator.get(address("cafe_print", cafe))

        assert secret not in page.content.decode()

    @pytest.mark.parametrize(
        "wrong",
        [{"parts": []}, {"language": "xx"}, {"n_qr_cards": 0}, {"sheets_de": 10_000}],
    )
    def test_impossible_wishes_are_shown_with_the_form(self, facilitator, wrong):
        cafe = make_planned_hall()

        response = facilitator.post(address("cafe_print", cafe), choice() | wrong)

        assert response.status_code == 422
        assert not PaperSheet.objects.filter(cafe=cafe).exists()

    def test_nothing_to_print_is_said(self, facilitator):
        cafe = make_open_cafe()

        response = facilitator.post(address("cafe_print", cafe), choice(Part.TABLE_SIGNS))

        assert response.status_code == 422
        assert "nothing to print" in response.content.decode()

    def test_sealed_cafe_gets_no_new_key(self, facilitator):
        cafe = make_held_cafe()
        cafe.sealed_at = NOW
        cafe.save()

        page = facilitator.post(address("cafe_print", cafe), choice())

        assert "nothing to print" in page.content.decode()
        assert page.headers["Content-Type"].startswith("text/html")


class TestProtocol:
    def test_draft_is_refused_before_the_end(self, facilitator):
        cafe = make_open_cafe()

        page = facilitator.get(address("cafe_protocol", cafe))
        file = facilitator.get(address("cafe_protocol_file", cafe, 0, "de", "pdf"))
        approval = facilitator.post(address("cafe_protocol_approve", cafe))

        assert [page.status_code, file.status_code, approval.status_code] == [200, 403, 403]

    def test_notes_are_saved_in_each_language(self, facilitator):
        cafe = make_held_cafe()

        facilitator.post(
            address("cafe_protocol", cafe),
            {"open_points_de": "Wer zahlt?", "open_points_sl": "Kdo plača?"},
        )

        assert notes_of(cafe)["open_points"]["sl"] == "Kdo plača?"

    @pytest.mark.parametrize("kind", ["pdf", "docx"])
    def test_draft_and_versions_are_taken_away(self, facilitator, kind):
        cafe = make_held_cafe()

        draft = facilitator.get(address("cafe_protocol_file", cafe, 0, "sl", kind))
        facilitator.post(address("cafe_protocol_approve", cafe))
        version = facilitator.get(address("cafe_protocol_file", cafe, 1, "de", kind))

        for answer, language in ((draft, "sl"), (version, "de")):
            name = answer.headers["Content-Disposition"]
            assert re.search(rf"_v1\.0_[0-9a-f]{{12}}_{language}\.{kind}", name)

    def test_unknown_version_language_and_format_are_not_found(self, facilitator):
        cafe = make_held_cafe()
        wrong = [(7, "de", "pdf"), (0, "xx", "pdf"), (0, "de", "exe")]

        found = [
            facilitator.get(address("cafe_protocol_file", cafe, *w)).status_code for w in wrong
        ]

        assert found == [404, 404, 404]


class TestPublic:
    def test_protocol_data_and_cards_are_refused_until_they_are_released(self, client):
        cafe = make_held_cafe()
        public = [
            reverse("public:cafe_protocol", args=[cafe.pk, "de", "pdf"]),
            reverse("public:cafe_data", args=[cafe.pk]),
            reverse("public:cafe_cards", args=[cafe.pk]),
            reverse("public:card_trail", args=[cafe.pk, cafe.cards.first().public_id]),
        ]
        # What was shown in the hall was shown to those who were there.
        data = {"names": {}, "blocks": {"tiers": {"n": 24}}}
        Release.objects.create(cafe=cafe, block="tiers", visible_from=NOW, data=data)
        before = [client.get(place).status_code for place in public]
        page_before = client.get(reverse("public:cafe", args=[cafe.pk])).content.decode()
        cafe.releases.all().delete()

        version = approve(cafe, None, NOW)
        snapshot = cafe.snapshots.get(number=version.data["snapshot"])
        approved_only = client.get(public[0]).status_code
        release_snapshot(snapshot, now=NOW)

        assert before == [403, 403, 403, 403]
        assert approved_only == 403
        assert [client.get(place).status_code for place in public] == [200, 200, 200, 200]
        page = client.get(reverse("public:cafe", args=[cafe.pk])).content.decode()
        assert (public[0] in page_before, public[0] in page) == (False, True)

    def test_private_project_shows_nothing(self, client):
        cafe = make_held_cafe()
        version = approve(cafe, None, NOW)
        release_snapshot(cafe.snapshots.get(number=version.data["snapshot"]), now=NOW)
        cafe.project.is_public = False
        cafe.project.save()

        assert client.get(reverse("public:cafe_data", args=[cafe.pk])).status_code == 404

    def test_hidden_card_has_no_page(self, client):
        cafe = make_held_cafe()
        version = approve(cafe, None, NOW)
        release_snapshot(cafe.snapshots.get(number=version.data["snapshot"]), now=NOW)
        card = cafe.cards.first()
        card.state = "hidden"
        card.save()

        place = reverse("public:card_trail", args=[cafe.pk, card.public_id])

        assert client.get(place).status_code == 404

    def test_workspace_says_what_the_data_hold_and_whether_they_are_public(self, facilitator):
        cafe = make_held_cafe()
        before = facilitator.get(address("cafe_data", cafe))
        version = approve(cafe, None, NOW)
        release_snapshot(cafe.snapshots.get(number=version.data["snapshot"]), now=NOW)

        after = facilitator.get(address("cafe_data", cafe))

        assert before.context["files"] == []
        assert "answers.csv" in {name for name, _size in after.context["files"]}
