"""A skill's page: every number opened, its voices, and what comes nearest where nobody teaches it."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from kompetanseforum.gapmap.actions import rebuild
from kompetanseforum.skills.models import SkillLink
from kompetanseforum.skills.queries.lexicon import Lexicon
from tests.gapmap.conftest import COOKING, TRUCK, WELDING, Speak, Teach
from tests.gapmap.test_pages import SKILL, page, rows, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]


@pytest.mark.slow
def test_the_skill_page_opens_every_number(client: Client, speak: Speak, teach: Teach) -> None:
    first = speak("Vi må sveise aluminium", kept=(WELDING,), people=20, is_public=True)
    speak("", need=first.need, by="Båt To AS", people=3)
    teach("sveise aluminium", "sveise aluminium og stål", places=12)
    said = words(page(client, SKILL))
    assert "Det spørres etter 23 personer, 12 plasser i året. 11 er udekket." in said
    assert "«Vi må" in said
    assert "To innspill spør" in said and "20 personer" in said and "3 personer" in said
    assert "Til sammen 23 personer, 23 bekreftet." in said
    assert "Ett tilbud underviser i det Kurs 12 plasser i året · Glomma videregående, Sarpsborg" in said
    assert "sveise aluminium og stål" in said and "Til sammen 12 plasser i året." in said


@pytest.mark.slow
def test_voices_stand_twenty_at_a_time_most_people_first_each_once(client: Client, speak: Speak) -> None:
    first = speak(people=90)
    for number in range(22):
        speak("", need=first.need, by=f"Verft {number} AS", people=40 - number)
    people = re.compile(r"(\d+) personer ·")
    one, two = words(page(client, SKILL)), words(page(client, f"{SKILL}?side=2"))
    assert "23 innspill spør" in one and "23 innspill spør" in two
    assert [int(number) for number in people.findall(one)] == [90, *range(40, 21, -1)]
    assert [int(number) for number in people.findall(two)] == [21, 20, 19]
    assert 'href="?side=2#asked">Vis flere' in page(client, SKILL)
    assert "Vis flere" not in two and "Tilbake til de forrige" in two
    assert words(page(client, f"{SKILL}?side=99")) == two


@pytest.mark.slow
@pytest.mark.parametrize("polarity", ["need", "offer", "have", "not_needed"])
def test_words_that_name_the_skill_speak_of_it_however_they_were_understood(
    client: Client, speak: Speak, polarity: str
) -> None:
    without = "Står bak behovet uten å nevne dette selv."
    need = speak().need
    also = speak("Eg køyrer til Oslo for å lære å sveise aluminium.", by="Varme AS", need=need, is_public=True)
    SkillLink.objects.filter(subject_id=also.public_id).update(polarity=polarity)
    rebuild()
    page_of_it = page(client, SKILL)
    assert ("køyrer til Oslo" in page_of_it, without in page_of_it) == (True, False)
    speak("Vi trenger det samme.", by="Stille AS", need=need)
    rebuild()
    assert page(client, SKILL).count(without) == 1


def test_the_skill_page_is_cut_as_the_row_was(client: Client, speak: Speak) -> None:
    speak(people=20)
    speak(by="B", people=30, municipality="3103")
    assert "Det spørres etter 30 personer" in words(page(client, f"{SKILL}?kommune=3103"))


@pytest.mark.slow
def test_what_is_taught_in_the_next_municipality_is_only_not_taught_here(
    client: Client, speak: Speak, teach: Teach
) -> None:
    speak(people=20, municipality="3103")
    teach("sveise aluminium", municipality="3105")
    [row] = rows(page(client, "/udekket/?kommune=3103"))
    assert "Ingen underviser her" in row
    assert "Ingen underviser i dette her." in words(page(client, f"{SKILL}?kommune=3103"))
    assert "Ingen underviser" not in words(page(client, SKILL))


@pytest.mark.slow
def test_where_nobody_teaches_a_skill_stands_what_comes_nearest(
    client: Client, speak: Speak, teach: Teach, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Vectors are not what is shown here: truck lies near welding as far as this test goes, cooking does not."""
    cosines = {TRUCK: 0.8, COOKING: 0.4}
    near = [(uri, cosines[uri]) for uri in (TRUCK, COOKING)]
    monkeypatch.setattr(Lexicon, "nearest", lambda self, uri, among: [one for one in near if one[0] in among])
    speak(people=6)
    assert "Ingen underviser i dette ennå. " in f"{words(page(client, SKILL))} "
    assert "nærmest" not in words(page(client, SKILL))
    teach("kjøre gaffeltruck")
    teach("lage kjøttkaker")
    shown = page(client, SKILL)
    assert "Ingen underviser i dette ennå. Dette ligger nærmest: Kjøre gaffeltruck 1 tilbud" in words(shown)
    assert f"/udekket/{TRUCK.rsplit('/', 1)[-1]}#taught" in str(shown)
    teach("sveise aluminium")
    assert "nærmest" not in words(page(client, SKILL))
