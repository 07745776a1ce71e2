"""Joint calls in the workspace: design, who binds, who could join; schemes and budgets."""

import html
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alpclusters.platform.funding.models import Budget, RegionalScheme, SynchronisedScheme
from alpclusters.platform.languages.codes import LANGUAGE_CODES
from tests.factories.accounts import make_user, make_user_with
from tests.factories.partnership import make_project
from tests.factories.policy_mix import make_design, make_scheme

pytestmark = [pytest.mark.integration, pytest.mark.django_db]

LIST = "/en/workspace/schemes/"


def client(user) -> Client:
    found = Client()
    found.force_login(user)
    return found


def words(answer) -> str:
    main = html.unescape(answer.content.decode()).split("<main")[1].split("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.fixture
def project():
    return make_project()


@pytest.fixture
def planner(project):
    return client(make_user_with("policy_maker", project=project))


@pytest.fixture
def keeper(project):
    return client(make_user_with("partner_coordinator", project=project, region=None))


@pytest.fixture
def three():
    return (
        make_scheme(),
        make_scheme("slovenia", "SI", attributes={"kinds": ["sme"], "rate_bp": [4000, 7500]}),
        make_scheme(
            "bern", "CH02", attributes={"kinds": ["sme"], "rate_bp": [0, 1000]}, budget_ct=None,
            changes=[
                {"id": "more", "attribute": "rate_bp", "value": [0, 5000], "level": "agency",
                 "label": {"en": "Pay up to half", "de": "Bis zur Hälfte zahlen"}},
                {"id": "eu", "attribute": "rate_bp", "value": [0, 9000], "level": "union"},
            ],
        ),
    )  # fmt: skip


@pytest.fixture
def design(project, three):
    return make_design(project, *three, attributes={"kinds": ["sme"]})


def address(design, end="") -> str:
    return f"{LIST}{design.pk}/{end}"


class TestDesign:
    """What a joint call over three schemes shows."""

    def test_table_says_what_is_common_and_who_narrows_it(self, planner, design):
        text = words(planner.get(address(design)))

        assert "Who is funded small or medium-sized" in text or "Who is funded" in text
        assert "Rate of funding nothing in common" in text
        assert "SI: lower end" in text or "Slovenia: lower end" in text

    def test_largest_set_that_works_is_named_with_its_pot(self, planner, design):
        text = words(planner.get(address(design)))

        assert "The largest set that works: AT33, Slovenia." in text
        assert "€2,000,000" in text

    def test_missing_region_is_told_the_smallest_change(self, planner, design):
        text = words(planner.get(address(design)))

        assert "does not fit" in text
        assert "the others have 40 % – 50 % in common" in text.replace("\u00a0", " ")
        assert "Pay up to half ( guideline of the agency )" in text.replace(
            "(guideline", "( guideline"
        ).replace("agency)", "agency )")
        assert "Only a change of Union law" in text

    def test_change_stands_in_the_language_of_the_reader(self, planner, design):
        answer = planner.get(address(design).replace("/en/", "/de/"))

        assert "Bis zur Hälfte zahlen" in html.unescape(answer.content.decode())

    def test_other_set_can_be_looked_at(self, planner, design):
        text = words(planner.get(f"{address(design)}?set=bern"))

        assert "Compared with the set: CH02" in text

    def test_scheme_that_cannot_be_read_is_named(self, planner, project, three):
        broken = make_scheme("broken", attributes={"rate_bp": "much"})

        text = words(planner.get(address(make_design(project, *three, broken))))

        assert "cannot be read: Scheme broken" in text

    def test_simulated_scheme_marks_the_page(self, planner, project, three):
        invented = make_scheme("invented", "SI", status="demonstration")

        text = words(planner.get(address(make_design(project, *three, invented))))

        assert "simulated" in text

    @pytest.mark.parametrize("language", LANGUAGE_CODES)
    def test_pages_stand_in_every_language(self, keeper, design, language):
        own = f"{design.pk}/"
        fixed = ("", "new/", "budgets/", "regional/new/", "regional/bern/", "budgets/example.csv")
        for path in (*fixed, own, f"{own}edit/", f"{own}delete/"):
            answer = keeper.get(LIST.replace("/en/", f"/{language}/") + path)
            assert answer.status_code == 200, path


class TestWriting:
    """Begin, change and delete a joint call."""

    @pytest.mark.usefixtures("three")
    def test_call_is_saved_with_its_wishes_and_shown(self, planner, project):
        data = {
            "project": project.pk, "title": "Timber", "schemes": ["tyrol", "slovenia"],
            "min_days": "42", "version": "1", "themes": ["timber"], "rate_bp_low": "45",
            "window_low": "2026-09-01", "window_high": "2026-12-31", "abroad": "yes",
        }  # fmt: skip

        answer = planner.post(f"{LIST}new/", data)

        design = SynchronisedScheme.objects.get()
        assert answer.url == address(design)
        assert design.project == project
        assert set(design.schemes.values_list("key", flat=True)) == {"tyrol", "slovenia"}
        assert design.wishes == {
            "attributes": {
                "window": ["2026-09-01", "2026-12-31"],
                "themes": ["timber"],
                "rate_bp": [4500, None],
                "abroad": ["yes"],
            },
            "min_days": 42,
        }

    def test_form_shows_what_was_saved(self, planner, design):
        page = planner.get(address(design, "edit/")).content.decode()

        assert 'value="Joint call"' in page
        assert re.search(r'name="kinds" value="sme"[^>]* checked', page)
        assert len(re.findall(r'name="schemes"[^>]* checked', page)) == 3

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize(
        ("change", "words_"),
        [
            ({"schemes": ["tyrol"]}, "at least two"),
            ({"title": ""}, "required"),
            ({"rate_bp_low": "60", "rate_bp_high": "50"}, "below the lower one"),
            ({"window_low": "2026-09-01"}, "both days"),
            ({"rate_bp_low": "-1"}, "rate"),
            ({"articles": "<script>"}, "short keys"),
            ({"min_days": "0"}, "1"),
        ],
    )
    def test_bad_form_is_refused_and_stores_nothing(self, planner, project, change, words_):
        data = {
            "project": project.pk, "title": "Timber", "schemes": ["tyrol", "slovenia"],
            "min_days": "42", "version": "1", **change,
        }  # fmt: skip

        answer = planner.post(f"{LIST}new/", data)

        assert answer.status_code == 422
        assert words_ in html.unescape(answer.content.decode())
        assert SynchronisedScheme.objects.count() == 0

    def test_older_form_does_not_overwrite(self, planner, design):
        data = {"title": "New", "schemes": ["tyrol", "bern"], "min_days": "42", "version": "1"}

        first = planner.post(address(design, "edit/"), data)
        second = planner.post(address(design, "edit/"), data | {"title": "Other"})

        design.refresh_from_db()
        assert (first.status_code, second.status_code, design.title) == (302, 409, "New")

    def test_deleting_is_asked_for_first(self, planner, design):
        planner.get(address(design, "delete/"))
        assert SynchronisedScheme.objects.count() == 1

        planner.post(address(design, "delete/"))

        assert SynchronisedScheme.objects.count() == 0
        assert RegionalScheme.objects.count() == 3


class TestRights:
    """Who sees and changes what."""

    def test_stranger_without_a_role_sees_nothing(self, design):
        assert client(make_user()).get(LIST).status_code == 403
        assert client(make_user()).get(address(design)).status_code == 404

    def test_neighbour_of_another_project_sees_no_call_of_this_one(self, design):
        neighbour = client(make_user_with("policy_maker", project=make_project()))

        assert neighbour.get(address(design)).status_code == 404
        assert address(design) not in neighbour.get(LIST).content.decode()

    def test_member_reads_and_does_not_write(self, project, design):
        member = client(make_user_with("member", project=project))

        assert member.get(address(design)).status_code == 200
        assert "Edit" not in words(member.get(address(design)))
        for end in ("edit/", "delete/"):
            assert member.post(address(design, end)).status_code == 403
        assert member.get(f"{LIST}new/").status_code == 403

    @pytest.mark.usefixtures("three")
    def test_call_cannot_be_put_into_a_project_of_others(self, planner):
        foreign = make_project()
        data = {"project": foreign.pk, "title": "x", "schemes": ["tyrol", "bern"], "min_days": "42"}

        assert planner.post(f"{LIST}new/", data).status_code == 422
        assert SynchronisedScheme.objects.count() == 0

    @pytest.mark.usefixtures("three")
    @pytest.mark.parametrize("path", ["regional/new/", "regional/bern/", "budgets/"])
    def test_only_keepers_change_schemes_and_budgets(self, planner, keeper, path):
        assert planner.get(LIST + path).status_code == 403
        assert planner.post(LIST + path).status_code == 403
        assert keeper.get(LIST + path).status_code == 200


SCHEME = {
    "name": "Joint", "region": "at33", "source": "Gazette", "version": "1", "budget": "1.000.000",
    "kinds": ["sme"], "rate_bp_low": "40", "rate_bp_high": "62.5", "abroad": "yes",
    "articles": "GB-25, DM-2", "change-TOTAL_FORMS": "3", "change-INITIAL_FORMS": "0",
}  # fmt: skip


class TestRegional:
    """Schemes of regions."""

    def test_scheme_is_entered_with_its_changes(self, keeper):
        change = {
            "change-0-label": "More", "change-0-attribute": "rate_bp", "change-0-value": "20; 70",
            "change-0-level": "region", "change-1-attribute": "kinds",
            "change-1-value": "cluster, research", "change-1-level": "agency",
        }  # fmt: skip

        answer = keeper.post(f"{LIST}regional/new/", SCHEME | change)

        assert answer.status_code == 302
        scheme = RegionalScheme.objects.get()
        assert (scheme.region, scheme.budget_ct, scheme.status) == (
            "AT33",
            100_000_000,
            "unverified",
        )
        assert scheme.attributes == {
            "kinds": ["sme"],
            "rate_bp": [4000, 6250],
            "articles": ["GB-25", "DM-2"],
            "abroad": ["no", "yes"],
        }
        assert [(c["attribute"], c["value"], c["level"]) for c in scheme.changes] == [
            ("rate_bp", [2000, 7000], "region"),
            ("kinds", ["cluster", "research"], "agency"),
        ]

    def test_saving_without_a_change_keeps_everything(self, keeper, three):
        scheme = three[2]
        page = keeper.get(f"{LIST}regional/bern/").content.decode()
        inputs = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page)
        data = {
            name: html.unescape(value) for name, value in inputs if name not in {"kinds", "themes",
            "categories", "languages"}
        } | {"kinds": ["sme"], "change-0-attribute": "rate_bp", "change-0-level": "agency",
             "change-1-attribute": "rate_bp", "change-1-level": "union"}  # fmt: skip

        answer = keeper.post(f"{LIST}regional/bern/", data)

        before = (scheme.attributes, scheme.changes, scheme.budget_ct)
        scheme.refresh_from_db()
        assert answer.status_code == 302
        assert scheme.version == 2
        assert scheme.changes[0] == before[1][0]
        assert (scheme.attributes, scheme.budget_ct) == (before[0], before[2])

    @pytest.mark.parametrize(
        ("change", "words_"),
        [
            ({"region": "AT99"}, "no code of NUTS 2021"),
            ({"budget": "much"}, "no amount"),
            ({"source": ""}, "required"),
            ({"change-0-attribute": "rate_bp", "change-0-level": "agency"}, "both: rule and value"),
            ({"change-0-attribute": "rate_bp", "change-0-value": "x; y"}, "no number"),
            ({"change-0-attribute": "rate_bp", "change-0-value": "5"}, "both ends"),
            ({"change-0-attribute": "rate_bp", "change-0-value": "70; 20",
              "change-0-level": "agency"}, "no value"),
            ({"change-0-attribute": "window", "change-0-value": "soon; later",
              "change-0-level": "agency"}, "no value"),
            ({"change-0-attribute": "themes", "change-0-value": "gold"}, "short keys"),
        ],
    )  # fmt: skip
    def test_bad_scheme_is_refused_and_stores_nothing(self, keeper, change, words_):
        answer = keeper.post(f"{LIST}regional/new/", SCHEME | change)

        assert answer.status_code == 422
        assert words_ in html.unescape(answer.content.decode())
        assert RegionalScheme.objects.count() == 0

    def test_unknown_scheme_is_not_found(self, keeper):
        assert keeper.get(f"{LIST}regional/nothing/").status_code == 404


class TestBudgets:
    """A table of budgets."""

    def send(self, user, text, name="budgets.csv"):
        return user.post(f"{LIST}budgets/", {"file": SimpleUploadedFile(name, text)})

    def test_table_is_stored(self, keeper):
        text = b"instrument,theme,region,period,amount\nvoucher,timber,AT33,2021-2027,50\n"

        assert self.send(keeper, text).url == LIST
        assert Budget.objects.get().amount_ct == 5_000

    def test_errors_are_told_with_their_place(self, keeper):
        text = b"instrument,theme,region,period,amount\ngift,timber,AT33,2021-2027,50\n"

        answer = self.send(keeper, text)

        assert answer.status_code == 422
        shown = words(answer)
        assert "1 cell is not understood. Nothing was stored." in shown
        assert "“gift” is no instrument of the list" in shown
        assert "line 2" in shown.lower()
        assert Budget.objects.count() == 0

    @pytest.mark.parametrize("text", [b"", b"\x00\x01", b"PK\x03\x04 broken", b"a;b\n1;2\n"])
    def test_file_that_is_no_table_is_refused(self, keeper, text):
        assert self.send(keeper, text).status_code == 422
        assert Budget.objects.count() == 0

    def test_large_file_is_refused(self, keeper):
        assert self.send(keeper, b"a" * 2_100_000).status_code == 422

    @pytest.mark.parametrize("language", LANGUAGE_CODES)
    def test_example_can_be_sent_back_in_every_language(self, keeper, language):
        path = f"{LIST}budgets/".replace("/en/", f"/{language}/")
        example = keeper.get(f"{path}example.csv").content

        answer = keeper.post(path, {"file": SimpleUploadedFile("x.csv", example)})

        assert answer.status_code == 302
        assert Budget.objects.get().amount_ct is None
