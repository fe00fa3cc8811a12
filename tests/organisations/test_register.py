"""Enhetsregisteret is brought in: the region's units, no person's name, the same again without a trace."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from kompetanseforum.core.models import FactRow
from kompetanseforum.needs.models import Voice
from kompetanseforum.organisations import imports
from kompetanseforum.organisations.actions import find_or_add_organisation
from kompetanseforum.organisations.forms import OrganisationField, problem_text
from kompetanseforum.organisations.imports import import_upload
from kompetanseforum.organisations.models import Organisation, RegisterImport, RegisterUnit
from kompetanseforum.organisations.queries import name_of, places_of, unit_named, units_like
from tests.kompetanse.brreg.making import as_csv, as_json, number, place, unit
from tests.organisations.conftest import BringIn

pytestmark = pytest.mark.django_db
ELSEWHERE = {"kommune": "OSLO", "kommunenummer": "0301"}


def _rows() -> dict[str, tuple[str, str, str, str]]:
    found = RegisterUnit.objects.select_related("municipality")
    return {row.organisation_number: (row.name, row.kind, row.size, row.municipality.name) for row in found}


def test_only_the_regions_units_are_kept_with_what_they_are(bring_in: BringIn):
    row = bring_in([
        unit(1),
        unit(2, naeringskode1={"kode": "96.210"}, antallAnsatte=None),
        unit(3, forretningsadresse=ELSEWHERE),
    ])  # fmt: skip
    assert _rows() == {
        number(1): ("Eksempel 1 AS", "workshop", "5-19", "Fredrikstad"),
        number(2): ("Eksempel 2 AS", "hairdresser", "1-4", "Fredrikstad"),
    }
    assert (row.state, row.register, row.counts) == ("done", "enheter", {"read": 3, "stored": 2, "gone": 0})
    assert FactRow.objects.filter(name="organisations.RegisterBroughtIn").count() == 1


def test_the_same_again_changes_nothing_and_a_newer_one_brings_it_up_to_date(bring_in: BringIn):
    bring_in([unit(1), unit(2)])
    keys = list(RegisterUnit.objects.order_by("pk").values_list("pk", flat=True))
    bring_in(as_csv([unit(1), unit(2)]))
    assert list(RegisterUnit.objects.order_by("pk").values_list("pk", flat=True)) == keys
    row = bring_in([unit(1, antallAnsatte=250), unit(4)])
    assert row.counts["gone"] == 1
    assert {key: values[2] for key, values in _rows().items()} == {number(1): "100+", number(4): "5-19"}


def test_places_of_work_come_beside_their_organisations(bring_in: BringIn):
    bring_in([unit(1), unit(2)])
    bring_in([place(5, parent=number(1)), place(6, parent=number(1), beliggenhetsadresse=ELSEWHERE)])
    assert RegisterUnit.objects.count() == 3
    assert [work.organisation_number for work in places_of(number(1))] == [number(5)]
    assert places_of(None) == []


def test_no_name_of_a_sole_proprietor_comes_in_by_any_door(bring_in: BringIn):
    sole = {"kode": "ENK"}
    names = ["KARI NORDMANN SNEKKERI", "OLA HANSEN", "LIV BERG FRISØR"]
    bring_in([unit(1, navn=names[0], organisasjonsform=sole), unit(2, navn="BERG SALONG AS")])
    bring_in([
        place(5, parent=number(1), navn=names[0]),
        # Its owner is not in the region, so nobody knows what it is.
        place(6, parent=number(77), navn=names[1]),
        place(7, parent=number(2), navn="BERG SALONG MOSS"),
    ])  # fmt: skip
    assert {row.name for row in RegisterUnit.objects.all()} == {"", "Berg Salong AS", "Berg Salong Moss"}
    stored = str(list(RegisterUnit.objects.values())).casefold()
    assert not any(word.casefold() in stored for name in names for word in name.split()[:2] if word != "BERG")


@pytest.mark.slow
def test_a_truncated_file_says_so_and_takes_nothing_away(bring_in: BringIn):
    bring_in([unit(n) for n in range(1, 6)])
    whole = as_json([unit(n) for n in range(1, 2500)])
    row = bring_in(whole[: len(whole) * 3 // 4])
    assert (row.state, row.problem) == ("failed", "cut_off")
    assert {number(n) for n in range(1, 6)} <= set(_rows())


def test_a_file_with_much_too_little_takes_nothing_away(bring_in: BringIn):
    bring_in([unit(n) for n in range(1, 11)])
    row = bring_in([unit(1), unit(2)])
    assert (row.problem, row.problem_detail, len(_rows())) == ("much_is_missing", "2 / 10", 10)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"<html>", "not_the_register"),
        (as_json([]), "not_the_register"),
        (as_json([unit(1), place(2, parent=number(1))]), "not_the_register"),
        (as_json([unit(1) | {"organisasjonsform": "AS"}]), "changed_shape"),
        (b'[{"organisasjonsnummer": "1"', "cut_off"),
    ],
    ids=["page", "empty", "mixed", "drift", "cut"],
)
def test_what_is_wrong_with_a_file_is_told_and_what_was_here_stands(bring_in: BringIn, content: bytes, problem: str):
    bring_in([unit(9)])
    row = bring_in(content)
    assert (row.state, row.problem) == ("failed", problem)
    assert number(9) in _rows()
    assert problem_text(row.problem, row.problem_detail) != problem_text("unknown", "")


def test_each_batch_is_kept_whole_or_not_at_all(bring_in: BringIn, monkeypatch: pytest.MonkeyPatch):
    """Stopped at a broken row in the third batch: two whole batches stand, and the next run goes through."""
    monkeypatch.setattr(imports.register, "AT_ONCE", 10)
    units = [unit(n) for n in range(1, 31)]
    row = bring_in([*units[:25], {"organisasjonsnummer": "x"}, *units[25:]])
    assert (row.problem, RegisterUnit.objects.count()) == ("changed_shape", 20)
    assert bring_in(units).counts == {"read": 30, "stored": 30, "gone": 0}


# Sending it in


def test_a_coordinator_sends_a_file_and_sees_how_far_it_has_come(coordinator_client: Client):
    file = SimpleUploadedFile("enheter.json.gz", as_json([unit(1)]))
    response = coordinator_client.post("/virksomheter/register", {"file": file})
    row = RegisterImport.objects.get()
    assert response.headers["Location"] == f"/virksomheter/register/{row.public_id}"
    assert "Den venter på tur" in coordinator_client.get(response.headers["Location"]).content.decode()
    import_upload(row.public_id)
    import_upload(row.public_id)
    assert "1 av 1 enheter er i regionen" in coordinator_client.get(response.headers["Location"]).content.decode()
    assert "Virksomheter: 1" in coordinator_client.get("/virksomheter/register").content.decode()


def test_something_else_is_refused_at_the_door(coordinator_client: Client):
    response = coordinator_client.post("/virksomheter/register", {"file": SimpleUploadedFile("a.csv", b"navn\nA\n")})
    assert (response.status_code, RegisterImport.objects.count()) == (422, 0)
    assert "Dette er ikke registerets fil" in response.content.decode()


# Finding oneself


def test_a_name_is_found_from_its_beginning_or_a_word_in_it(bring_in: BringIn):
    bring_in(
        [unit(1, navn="ELVEKANTEN MEKANISKE AS"), unit(2, navn="MEK-ELV AS"), unit(3, konkurs=True, navn="ELVETAP AS")]
    )
    assert [row.name for row in units_like("elve")] == ["Elvekanten Mekaniske AS"]
    assert [row.name for row in units_like("mek")] == ["Mek-Elv AS", "Elvekanten Mekaniske AS"]
    assert units_like("el") == []
    assert [row.name for row in units_like(f"{number(2)[:3]} {number(2)[3:]}")] == ["Mek-Elv AS"]


def test_a_firm_picks_itself_and_what_it_is_comes_along(bring_in: BringIn):
    bring_in([unit(1, navn="ELVEKANTEN MEKANISKE AS")])
    chosen = find_or_add_organisation(name="elvekanten mekaniske as", size="100+")
    assert (chosen.name, chosen.kind, chosen.sector, chosen.size, chosen.organisation_number) == (
        "Elvekanten Mekaniske AS",
        "workshop",
        "business",
        "5-19",
        number(1),
    )
    assert chosen.municipality and chosen.municipality.name == "Fredrikstad"
    assert find_or_add_organisation(name=number(1)) == chosen
    assert find_or_add_organisation(name="Elvekanten Mekaniske AS") == chosen


def test_one_who_was_here_before_the_register_is_the_same_one(bring_in: BringIn):
    before = find_or_add_organisation(name="Elvekanten Mekaniske AS", size="1-4")
    bring_in([unit(1, navn="ELVEKANTEN MEKANISKE AS")])
    after = find_or_add_organisation(name="Elvekanten Mekaniske AS")
    assert (after.pk, after.organisation_number, after.size) == (before.pk, number(1), "1-4")
    assert Organisation.objects.count() == 1


def test_two_of_one_name_are_not_guessed_between(bring_in: BringIn):
    moss = {"kommune": "MOSS", "kommunenummer": "3103"}
    bring_in([unit(1, navn="BERG AS"), unit(2, navn="BERG AS", forretningsadresse=moss)])
    assert unit_named("Berg AS", municipality=None) is None
    assert find_or_add_organisation(name="Berg AS").organisation_number is None


def test_a_sole_proprietor_is_found_by_number_and_shown_without_a_name(bring_in: BringIn):
    bring_in([unit(1, navn="OLA HANSEN", organisasjonsform={"kode": "ENK"}, antallAnsatte=None)])
    ola = find_or_add_organisation(name=number(1))
    assert (ola.is_sole_proprietor, ola.name) == (True, "")
    assert name_of(ola) == "Et verksted i Fredrikstad, 1–4 ansatte"


def test_unknown_names_are_still_allowed(bring_in: BringIn):
    bring_in([unit(1)])
    assert find_or_add_organisation(name="Ny Bedrift", size="1-4").organisation_number is None


UNKNOWN = {
    "nb": "Vi kjenner ingen med nummeret 999 999 999. Skriv navnet.",
    "nn": "Vi kjenner ingen med nummeret 999 999 999. Skriv namnet.",
    "en": "We know nobody with the number 999 999 999. Write the name.",
}


@pytest.mark.alike
@pytest.mark.parametrize("language", UNKNOWN)
def test_a_number_that_nobody_has_is_told_and_is_no_name(bring_in: BringIn, client: Client, language: str):
    bring_in([unit(1)])
    client.cookies["forum_language"] = language
    said = {"step": "send", "words": "Vi trenger to som kan sveise aluminium", "organisation": "999 999 999"}
    answer = client.post("/behov/meld", said)
    page = answer.content.decode()
    assert (answer.status_code, UNKNOWN[language] in page, said["words"] in page) == (422, True, True)
    assert (Organisation.objects.count(), Voice.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "typed", [number(1), f"NO {number(1)} MVA", "Elvekanten 24 AS", "12345678", "Verksted 123456789"]
)
def test_a_number_that_is_known_and_a_name_with_figures_are_taken(bring_in: BringIn, typed: str):
    bring_in([unit(1)])
    assert OrganisationField().clean(typed) == typed


@pytest.mark.alike
@pytest.mark.parametrize("typed", ["123456789", " 123.456.789 ", "no 123456789mva", "999999999"])
def test_a_number_with_a_slip_in_it_is_not_taken(db: None, typed: str):
    with pytest.raises(ValidationError, match="Vi kjenner ingen med nummeret"):
        OrganisationField().clean(typed)


def test_while_one_types_the_register_suggests(bring_in: BringIn, client: Client, django_assert_max_num_queries):
    bring_in([unit(1, navn="ELVEKANTEN MEKANISKE AS"), unit(2, organisasjonsform={"kode": "ENK"}, navn="ELVE OLA")])
    with django_assert_max_num_queries(4):
        half = client.get("/virksomheter/forslag", {"organisation": "elvek"}).content.decode()
    assert '<option value="Elvekanten Mekaniske AS">Fredrikstad, 5–19 ansatte</option>' in half
    assert "Ola" not in client.get("/virksomheter/forslag", {"organisation": "elve"}).content.decode()
    whole = client.get("/virksomheter/forslag", {"organisation": "Elvekanten Mekaniske AS"}).content.decode()
    assert "Et verksted i Fredrikstad, 5–19 ansatte, ifølge registeret." in whole


def test_the_voice_form_works_without_script_and_takes_what_the_register_knows(bring_in: BringIn, client: Client):
    bring_in([unit(1, navn="ELVEKANTEN MEKANISKE AS")])
    form = {"words": "Vi trenger to som kan sveise", "step": "send", "organisation": "Elvekanten mekaniske AS"}
    assert client.post("/behov/meld", form).status_code == 302
    organisation = Organisation.objects.get()
    assert (organisation.organisation_number, organisation.size, organisation.voices.count()) == (number(1), "5-19", 1)
