"""Keeping the catalogue: proposals, decisions, edits, history, and what waits."""

import html
import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alpclusters.platform.funding.domain.entries import change_entry
from alpclusters.platform.funding.domain.entries.changing import keep_first
from alpclusters.platform.funding.models import ChangeProposal, EntryVersion, Offer, Programme
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user, make_user_with
from tests.factories.funding import NOW, make_call, make_offer, make_parameter, make_programme
from tests.factories.partnership import make_project

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/en/workspace/funding/entries/"


def client(user) -> Client:
    found = Client()
    found.force_login(user)
    return found


def words(answer) -> str:
    main = html.unescape(answer.content.decode()).split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def fields(answer, **changes) -> dict:
    """Return what a browser would send of a form that is shown, with changes."""
    context = answer.context
    forms = [context["form"]]
    sent = {}
    if context.get("figures"):
        forms += context["figures"].forms
        sent |= {bound.html_name: bound.value() for bound in context["figures"].management_form}
    for form in forms:
        for bound in (part for whole in form for part in whole.parts.values()):
            value = bound.value()
            nothing = [] if bound.name == "categories" else ""
            sent[bound.html_name] = nothing if value is None else value
    return {name: value for name, value in (sent | changes).items() if value is not False}


@pytest.fixture
def keeper():
    return client(make_user_with("partner_coordinator", project=make_project(), region=None))


@pytest.fixture
def reader():
    return client(make_user())


@pytest.fixture
def programme():
    made = make_programme(name={"en": "Timber", "de": "Holz"})
    make_parameter(made)
    keep_first(made, source="seed", by=None, now=NOW)
    return made


@pytest.fixture
def offer(programme):
    made = make_offer(programme, call=make_call(programme))
    keep_first(made, source="seed", by=None, now=NOW)
    return made


def address(name, entry) -> str:
    kind = type(entry).__name__.lower()
    return reverse(f"workspace:{name}", args=[kind, entry.key])


class TestProposal:
    """A reader proposes, a keeper decides."""

    def propose(self, reader, offer, **changes):
        path = address("funding_entry_propose", offer)
        sent = fields(reader.get(path), **changes)
        return reader.post(path, sent)

    def test_only_what_differs_is_proposed_and_the_entry_stays(self, reader, offer):
        answer = self.propose(
            reader, offer, cap_ct="200 000", change_source="Notice 7", change_note="new budget"
        )

        made = ChangeProposal.objects.get()
        assert answer.headers["Location"] == reverse("workspace:funding_proposal", args=[made.pk])
        assert made.patch == [{"op": "replace", "path": "/terms/cap_ct", "value": 20_000_000}]
        offer.refresh_from_db()
        assert (offer.version, offer.terms["cap_ct"]) == (1, 10_000_000)

    def test_figures_of_a_programme_are_proposed_as_a_whole(self, reader, programme):
        self.propose(reader, programme, **{"figure-0-value": "45", "change_source": "Notice"})

        (operation,) = ChangeProposal.objects.get().patch
        assert operation["path"] == "/parameters"
        assert [row["value"] for row in operation["value"]] == ["45"]

    def test_source_and_a_change_are_wanted(self, reader, offer):
        without = self.propose(reader, offer, cap_ct="1")
        nothing = self.propose(reader, offer, change_source="Notice")

        assert (without.status_code, nothing.status_code) == (422, 422)
        assert "Nothing differs from the entry" in words(nothing)
        assert not ChangeProposal.objects.exists()

    def test_bad_terms_are_told_with_their_place(self, reader, offer):
        terms = {"eligibility": {"eq": ["partner.kind", 3]}, "article": {"*": "DM"}}
        answer = self.propose(reader, offer, terms=json.dumps(terms), change_source="N")

        assert answer.status_code == 422
        assert "/terms/eligibility" in words(answer)

    @pytest.mark.parametrize("terms", ["{", "[1]", '{"x": NaN}', '{"cap_ct": 3}', "[" * 5000])
    def test_what_is_no_json_is_told(self, reader, offer, terms):
        answer = self.propose(reader, offer, terms=terms, change_source="N")

        assert answer.status_code == 422
        assert answer.context["form"].errors["terms"]

    def test_accepted_it_is_a_version_with_the_day_of_the_check(self, reader, keeper, offer):
        self.propose(reader, offer, cap_ct="200000", change_source="Notice 7")
        path = reverse("workspace:funding_proposal", args=[ChangeProposal.objects.get().pk])

        page = keeper.get(path)
        assert "Highest grant" in words(page)
        assert "Notice 7" in words(page)
        keeper.post(path, {"do": "accept", "answer": "Thanks", "is_checked": "on"})

        offer.refresh_from_db()
        assert (offer.version, offer.terms["cap_ct"], offer.cap_ct) == (2, 20_000_000, 20_000_000)
        assert offer.checked_on == timezone.now().date()
        assert "Thanks" in words(reader.get(path))
        assert "€200,000" in words(keeper.get(f"/en/funding/offers/{offer.key}/"))

    def test_refusing_wants_a_reason(self, reader, keeper, offer):
        self.propose(reader, offer, cap_ct="1", change_source="N")
        made = ChangeProposal.objects.get()
        path = reverse("workspace:funding_proposal", args=[made.pk])

        assert keeper.post(path, {"do": "refuse"}).status_code == 422
        keeper.post(path, {"do": "refuse", "answer": "Not so"})

        made.refresh_from_db()
        assert (made.state, made.answer) == ("refused", "Not so")
        assert keeper.post(path, {"do": "accept"}).status_code == 409

    def test_conflict_is_shown_and_cannot_be_accepted(self, reader, keeper, offer):
        self.propose(reader, offer, cap_ct="200000", change_source="N")
        terms = {**offer.terms, "cap_ct": 5}
        change_entry(offer, {"terms": terms}, version=1, source="K", by=None, now=NOW)
        path = reverse("workspace:funding_proposal", args=[ChangeProposal.objects.get().pk])

        assert "changed meanwhile" in words(keeper.get(path))
        answer = keeper.post(path, {"do": "accept"})

        assert answer.status_code == 409
        offer.refresh_from_db()
        assert offer.terms["cap_ct"] == 5

    def test_others_do_not_see_it(self, reader, offer):
        self.propose(reader, offer, cap_ct="1", change_source="N")
        path = reverse("workspace:funding_proposal", args=[ChangeProposal.objects.get().pk])

        assert reader.get(path).status_code == 200
        assert reader.post(path, {"do": "accept"}).status_code == 403
        assert client(make_user()).get(path).status_code == 403


class TestEditing:
    """Those who keep the catalogue change entries."""

    def test_saving_without_a_change_is_no_version(self, keeper, programme, offer):
        for entry in (programme, offer, offer.call):
            path = address("funding_entry", entry)
            answer = keeper.post(path, fields(keeper.get(path)))

            assert answer.status_code == 302
            entry.refresh_from_db()
            assert entry.version == 1

    def test_change_is_stored_with_who_and_why(self, keeper, programme):
        path = address("funding_entry", programme)
        changes = {"themes": "Timber; tourism", "territory": "at33, si", "change_source": "Gazette"}
        keeper.post(path, fields(keeper.get(path), **changes))

        programme.refresh_from_db()
        assert (programme.themes, programme.territory) == (["timber", "tourism"], ["AT33", "SI"])
        kept = EntryVersion.objects.get(number=2)
        assert (kept.source, kept.made_by is not None) == ("Gazette", True)

    def test_of_two_editors_the_second_is_told_and_can_save_again(self, keeper, programme):
        path = address("funding_entry", programme)
        sent = fields(keeper.get(path), name_de="Zweite")
        change_entry(programme, {"name_de": "Erste"}, version=1, source="", by=None, now=NOW)

        answer = keeper.post(path, sent)
        assert answer.status_code == 409
        programme.refresh_from_db()
        assert programme.name.inside("de") == "Erste"

        keeper.post(path, fields(answer))
        programme.refresh_from_db()
        assert (programme.name.inside("de"), programme.version) == ("Zweite", 3)

    @pytest.mark.parametrize(
        ("name", "value"),
        [
            ("territory", "Salzburg"), ("themes", "?!"), ("starts_on", "soon"),
            ("ends_on", "1999-01-01"), ("figure-0-value", "much"), ("name_en", ""),
        ],
    )  # fmt: skip
    def test_nothing_is_stored_of_a_form_with_an_error(self, keeper, programme, name, value):
        path = address("funding_entry", programme)
        sent = fields(keeper.get(path), name_de="", starts_on="2021-01-01")
        answer = keeper.post(path, sent | {name: value})

        assert answer.status_code == 422
        programme.refresh_from_db()
        assert programme.version == 1

    def test_several_rates_stand_in_the_json(self, keeper, offer):
        path = address("funding_entry", offer)
        shown = keeper.get(path).context["form"]
        terms = shown["terms"].value()
        assert "rates" not in terms
        rates = [{"bp": 7000, "when": {"eq": ["partner.kind", "sme"]}}, {"bp": 5000}]
        keeper.post(
            path,
            fields(
                keeper.get(path), rate="", terms=json.dumps(json.loads(terms) | {"rates": rates})
            ),
        )

        offer.refresh_from_db()
        assert (offer.terms["rates"], offer.best_rate_bp) == (rates, 7000)
        assert keeper.get(path).context["form"]["rate"].value() is None

    def test_who_checked_an_entry_has_a_name_for_keepers_only(self, keeper, offer):
        delivered = words(Client().get(f"/en/funding/offers/{offer.key}/"))
        keeper.post(address("funding_entry_checked", offer))
        # What is changed later on leaves who checked it as it is.
        path = address("funding_entry", offer)
        keeper.post(path, fields(keeper.get(path), cap_ct="7"))

        name = EntryVersion.objects.get(number=2).made_by
        public = words(Client().get(f"/en/funding/offers/{offer.key}/"))
        assert "1 June 2026, delivered with AlpClusters" in delivered
        assert "by those who keep the catalogue" in public
        assert str(name) not in public
        assert f"by {name}." in words(keeper.get(path))

    CHANCE = {
        "award": "competitive", "success_granted": "30", "success_applied": "120",
        "success_source": "Annual report 2025, p. 8", "success_checked_on": "2026-05-01",
    }  # fmt: skip

    def test_a_chance_goes_through_form_history_and_public_page(self, keeper, offer):
        path = address("funding_entry", offer)
        saved = keeper.post(path, fields(keeper.get(path), **self.CHANCE))
        again = keeper.post(path, fields(keeper.get(path)))

        assert (saved.status_code, again.status_code) == (302, 302)
        offer.refresh_from_db()
        assert (offer.version, offer.terms["award"]) == (2, "competitive")
        assert offer.terms["success"] == {
            "granted": 30, "applied": 120, "source": "Annual report 2025, p. 8",
            "checked_on": "2026-05-01",
        }  # fmt: skip
        told = "25% (30 of 120; Annual report 2025, p. 8; read on 1 May 2026)"
        assert told in words(keeper.get(address("funding_entry_history", offer)))
        public = words(keeper.get(f"/en/funding/offers/{offer.key}/"))
        assert told in public
        assert "applications compete" in public

    def test_a_published_share_is_a_chance_too(self, keeper, offer):
        path = address("funding_entry", offer)
        share = {**self.CHANCE, "success_granted": "", "success_applied": ""}
        keeper.post(path, fields(keeper.get(path), **share, success_percent="12.5"))

        offer.refresh_from_db()
        assert offer.terms["success"]["share_bp"] == 1250
        assert keeper.get(path).context["form"]["success_percent"].value() == "12.5"
        public = words(keeper.get(f"/en/funding/offers/{offer.key}/"))
        assert "number of applications not stated" in public

    @pytest.mark.parametrize("name", ["success_source", "success_checked_on"])
    def test_a_chance_without_source_or_day_is_refused_with_the_way_out(self, keeper, offer, name):
        path = address("funding_entry", offer)
        answer = keeper.post(path, fields(keeper.get(path), **{**self.CHANCE, name: ""}))

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == [name]
        assert "Enter who publishes it and the day on which you read it" in words(answer)
        offer.refresh_from_db()
        assert "success" not in offer.terms

    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"success_granted": "130"}, "success_granted"),
            ({"success_percent": "25"}, "success_granted"),
            ({"success_applied": ""}, "success_granted"),
            ({"award": "by_right"}, "success_granted"),
        ],
    )
    def test_a_chance_that_contradicts_itself_is_told_at_its_field(
        self, keeper, offer, changes, field
    ):
        path = address("funding_entry", offer)
        answer = keeper.post(path, fields(keeper.get(path), **{**self.CHANCE, **changes}))

        assert answer.status_code == 422
        assert field in answer.context["form"].errors

    def test_a_chance_is_said_once_and_an_own_estimate_not_at_all(self, keeper, offer):
        path = address("funding_entry", offer)
        terms = json.loads(keeper.get(path).context["form"]["terms"].value())
        success = {"share_bp": 1, "source": "R", "checked_on": "2026-05-01"}
        twice = json.dumps(terms | {"success": success})
        own = json.dumps(terms | {"success_bp": 5000})

        answers = [
            keeper.post(path, fields(keeper.get(path), **{**self.CHANCE, "terms": twice})),
            keeper.post(path, fields(keeper.get(path), terms=own)),
        ]

        assert [one.status_code for one in answers] == [422, 422]
        assert "take it out of the JSON: success" in words(answers[0])
        assert "An estimate of your own belongs into a case" in words(answers[1])

    def test_new_entries_of_each_kind(self, keeper):
        def send(kind, **said):
            path = reverse("workspace:funding_entry_new", args=[kind])
            answer = keeper.post(path, fields(keeper.get(path), **said))
            assert answer.status_code == 302, words(answer)

        send("programme", key="p", name_en="New", level="regional", source="Gazette")
        send("call", key="c", programme="p", title="Ruf", opens="2026-01-01")
        conditions = {"eligibility": {"const": True}}
        send(
            "offer", key="o", programme="p", call="c", title_en="Offer", origin="regional",
            grants_from="AT", rate="50", starts="2026-01-01", ends="2027-12-31",
            terms=json.dumps(conditions),
        )  # fmt: skip

        made = Offer.objects.select_related("call", "programme").get()
        assert (made.key, made.call.key, made.programme.key) == ("o", "c", "p")
        assert made.terms["rates"] == [{"bp": 5000}]
        assert EntryVersion.objects.count() == 3

    def test_a_key_that_is_taken_is_told(self, keeper, programme):
        path = reverse("workspace:funding_entry_new", args=["programme"])
        said = {"key": programme.key, "name_en": "New", "level": "regional"}
        answer = keeper.post(path, fields(keeper.get(path), **said))

        assert answer.status_code == 422
        assert answer.context["form"].errors["key"]
        assert Programme.objects.count() == 1

    def test_unknown_kinds_are_not_there(self, keeper):
        assert keeper.get(f"{LIST}new/project/").status_code == 404
        assert keeper.get(f"{LIST}project/x/").status_code == 404

    def test_readers_do_not_edit(self, reader, programme):
        for path in (LIST, f"{LIST}new/call/", address("funding_entry", programme)):
            assert reader.get(path).status_code == 403
        assert reader.post(address("funding_entry_checked", programme)).status_code == 403


class TestListAndHistory:
    """What waits, what is stale, and what was."""

    def test_list_shows_stale_entries_and_one_click_ends_it(self, keeper):
        old = make_programme("old", name={"en": "Old one"}, period="", checked_on=None)

        assert "Old one" in words(keeper.get(LIST))
        keeper.post(address("funding_entry_checked", old))

        assert "Every entry was checked lately" in words(keeper.get(LIST))
        old.refresh_from_db()
        assert old.checked_on == timezone.now().date()

    @pytest.mark.usefixtures("programme")
    def test_list_finds_any_entry_by_words_of_any_language(self, keeper):
        assert "Timber" in words(keeper.get(f"{LIST}?q=holz"))
        assert "No entry has these words" in words(keeper.get(f"{LIST}?q=zzz"))

    def test_history_shows_changes_to_all_and_names_to_keepers(self, keeper, reader, programme):
        user = make_user(name="Ana Kranjc")
        change_entry(programme, {"name_de": "Neu"}, version=1, source="S", by=user, now=NOW)
        path = address("funding_entry_history", programme)

        text = words(reader.get(path))
        assert "Version 2" in text
        assert "removed: Holz" in text
        assert "added: Neu" in text
        assert "Ana Kranjc" not in text
        assert "Ana Kranjc" in words(keeper.get(path))

    def test_public_pages_lead_there(self, reader, offer):
        page = reader.get(f"/en/funding/offers/{offer.key}/").content.decode()

        assert address("funding_entry_propose", offer) in page
        assert address("funding_entry_history", offer) in page

    @pytest.mark.parametrize("language", LANGUAGE_CODES)
    def test_pages_are_there_in_every_language(self, keeper, offer, language):
        for name in ("funding_entry", "funding_entry_propose", "funding_entry_history"):
            path = address(name, offer).replace("/en/", f"/{language}/", 1)
            assert keeper.get(path).status_code == 200


class TestStanding:
    """Keepers withdraw an entry, publish it again, and bring a version back."""

    def test_withdrawn_offer_is_gone_for_visitors_and_stays_for_keepers(self, keeper, offer):
        keeper.post(address("funding_entry_standing", offer), {"do": "withdraw", "reason": "Over"})

        edit = keeper.get(address("funding_entry", offer))
        assert Client().get(reverse("public:offer", args=[offer.key])).status_code == 404
        assert "This entry is withdrawn." in words(edit)
        history = words(keeper.get(address("funding_entry_history", offer)))
        assert "Over" in history
        keeper.post(address("funding_entry_standing", offer), {"do": "publish"})
        assert Client().get(reverse("public:offer", args=[offer.key])).status_code == 200

    def test_without_a_reason_nothing_is_withdrawn(self, keeper, offer):
        keeper.post(address("funding_entry_standing", offer), {"do": "withdraw", "reason": " "})

        offer.refresh_from_db()
        assert offer.is_published

    def test_version_is_brought_back(self, keeper, programme):
        sent = fields(keeper.get(address("funding_entry", programme)), name_en="Wood")
        keeper.post(address("funding_entry", programme), sent)
        page = keeper.get(address("funding_entry_history", programme))

        back = reverse("workspace:funding_entry_back", args=["programme", programme.key, 1])
        keeper.post(back, {"version": page.context["entry"].version})

        programme.refresh_from_db()
        assert f'action="{back}"' in page.text
        assert (programme.name.inside("en"), programme.version) == ("Timber", 3)

    def test_version_that_never_was_is_not_found(self, keeper, programme):
        back = reverse("workspace:funding_entry_back", args=["programme", programme.key, 7])

        assert keeper.post(back, {"version": 1}).status_code == 404

    def test_readers_may_do_neither(self, reader, programme):
        back = reverse("workspace:funding_entry_back", args=["programme", programme.key, 1])

        assert reader.post(back, {"version": 1}).status_code == 403
        assert reader.post(address("funding_entry_standing", programme)).status_code == 403


def test_title_of_a_call_is_not_missing_in_the_language_of_its_source(keeper, programme):
    call = make_call(programme, source_language="fr", titles={"de": "Holz"})
    page = keeper.get(address("funding_entry", call))

    missing = [part.code for part in page.context["form"].languages if part.is_missing]
    assert missing == [code for code in LANGUAGE_CODES if code not in {"fr", "de"}]


def test_titles_of_a_call_are_entered_and_shown_in_their_language(keeper, programme):
    call = make_call(programme, title="Digital regions", source_language="en")
    sent = fields(keeper.get(address("funding_entry", call)), titles_de="Digitale Regionen")

    keeper.post(address("funding_entry", call), sent)

    german = Client().get(f"/de/funding/calls/{call.key}/").text
    slovenian = Client().get(f"/sl/funding/calls/{call.key}/").text
    assert "Digitale Regionen" in german
    assert "Digital regions" in slovenian
    found = Client().get("/de/funding/?show=calls&q=digitale").text
    assert "Digitale Regionen" in found
