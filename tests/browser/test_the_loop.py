"""The whole loop, by keyboard alone: from a firm's own words to a changed offer, and told back; and from an idea, with no need."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest

from kompetanseforum.core import clock
from tests.browser.people import People, need_behind
from tests.browser.served import Served
from tests.browser.walking import Letter, Walker, letter_to
from tests.browser.watched import Watched
from tests.faults.server import command, in_the_forum

WORDS = "Vi trenger tre som kan programmere PLC på pakkelinja i Moss"
ALIKE = "Vi mangler to som kan programmere PLC på pakkelinja"
QUESTION = "Hvordan kan vi få folk som holder pakkelinjene i gang?"


# The next day's letters; one has had its first today.
_LATER = """
from datetime import timedelta
from kompetanseforum.core import clock
from kompetanseforum.needs.actions import send_owed_letters
with clock.at(clock.now() + timedelta(hours={hours})):
    while send_owed_letters():
        pass
"""


@dataclass
class Story:
    """Who is in it, and the addresses they were given on the way."""

    people: People
    served: Served
    come: Callable[..., Watched]

    def address_of(self, name: str) -> str:
        return f"{name}@kambo.example"

    def letter_to(self, name: str, *, having: str) -> Letter:
        return letter_to(self.address_of(name), folder=self.served.folder, having=having)

    def letter_of_tomorrow_to(self, name: str, *, having: str) -> Letter:
        """Or of the day after: the worker may not yet have heard what it is about, and one letter a day is enough."""
        hours = count(25, 25)

        def a_day_passes() -> None:
            later = _LATER.format(hours=next(hours))
            in_the_forum(later, data=self.served.folder, KF_ADDRESS=self.served.address)

        return letter_to(self.address_of(name), folder=self.served.folder, having=having, also=a_day_passes)

    def somebody(self, name: str) -> Walker:
        return Walker(self.come(), name=name)

    def coordinator(self) -> Walker:
        """By a start link, as the forum's first one comes in."""
        # The forum's first link opens no more when there is a newer one: whoever comes in by it has done so before.
        self.people.context_of("coordinator")
        kari = self.somebody("koordinator")
        kari.open(command("start_link", data=self.served.folder).stdout.strip())
        if not kari.page.input_value("[name=name]"):
            kari.keys.fill("name", "Kari Lunde")
        kari.go("Ta over skrivebordet")
        return kari


def voices(who: Walker, words: str, *, firm: str, email: str) -> str:
    who.open("/")
    who.keys.to_field("words")
    who.keys.write(words)
    who.go("Fortsett", "Neste: når og hvordan")
    who.keys.choose("people", "2")
    who.keys.fill("organisation", firm)
    who.keys.tick("words_are_public")
    who.keys.fill("email", email)
    who.go("Send behovet")
    return need_behind(who.page, who.watched.address)


@pytest.mark.slow
@pytest.mark.xdist_group("the loop from a voice")
def test_from_a_voice(people: People, served: Served, visitor: Callable[..., Watched]):
    story = Story(people, served, visitor)
    firm, other = story.somebody("bedrift"), story.somebody("nabo")
    need = voices(firm, WORDS, firm="Kambo pakkeri", email=story.address_of("anne"))
    alike = voices(other, ALIKE, firm="Mosse meieri", email=story.address_of("per"))
    kari = story.coordinator()
    kari.open(f"/behov/{alike}")
    kari.go("Slå dem sammen")
    assert kari.at == f"/behov/{need}"
    teacher, brief = _education_is_asked(story, kari)
    room, change = _three_rethink_an_offer(story, kari, teacher, firm, brief=brief)
    _it_is_tried_and_anchored(kari, change)
    _the_offer_is_changed_and_somebody_confirms_it(story, kari, room)
    _those_who_asked_are_told(story, kari, need, {"anne": firm, "per": other})
    reader = story.somebody("leser")
    reader.open("/resultater/")
    reader.go("Les rapporten")
    reader.reads("Værla fagskole har PLC på kveldstid fra våren")
    reader.go("Lag en rapport å dele")
    reader.page.wait_for_selector("text=Slik det sto", timeout=60_000)
    reader.look()
    reader.reads("Værla fagskole har PLC på kveldstid fra våren")


def _education_is_asked(story: Story, kari: Walker) -> tuple[Walker, str]:
    """From the need's page to a brief that an educator answers; the educator, and the brief's address."""
    kari.go("Gjør det til en utfordring")
    kari.keys.to_field("question")
    kari.keys.write(QUESTION)
    kari.go("Start utfordringen")
    kari.go("Bli med i laget")
    kari.keys.pick("sector", "Offentlig")
    kari.keys.tick("name_is_public")
    kari.go("Bli med")
    kari.go("Spør utdanningen")
    kari.keys.fill("title", "PLC på pakkelinja")
    kari.keys.fill("hours_per_week", "6")
    kari.keys.choose("level", "4")
    kari.keys.tick("delivery", "place")
    kari.keys.pick("place", "Moss")
    kari.keys.choose("payer", "employers")
    kari.keys.to("Noen som ikke står på lista")
    kari.keys.press("Enter")
    kari.keys.fill("other", "Værla fagskole")
    kari.keys.fill("email", story.address_of("lise"))
    kari.go("Send forespørselen")
    brief = kari.at

    letter = story.letter_to("lise", having="PLC på pakkelinja")
    teacher = story.somebody("fagskole")
    teacher.open(letter.link("/foresporsler/lenke/"))
    teacher.go("Åpne forespørselen")
    teacher.go("Svar")
    teacher.keys.choose("kind", "adapt")
    teacher.keys.fill("words", "Ja, men på kveldstid på verkstedet vårt, og med en oppgave fra en av bedriftene.")
    teacher.go("Send svaret")
    return teacher, brief


def _three_rethink_an_offer(
    story: Story, kari: Walker, teacher: Walker, firm: Walker, *, brief: str
) -> tuple[str, str]:
    """The addresses of the room, and of the change that is to be tried first."""
    kari.open(brief)
    kari.reads("på kveldstid")
    kari.go("Åpne et rom")
    kari.keys.fill("title", "PLC på pakkelinja")
    kari.keys.pick("educator", "Værla fagskole")
    kari.keys.choose("template", "at_work")
    kari.go("Åpne rommet")
    room = kari.at
    kari.go("Inviter: Arbeidsliv")
    link = kari.page.locator("#copy-address").inner_text().strip()
    kari.keys.fill("email", story.address_of("amir"))
    kari.keys.choose("language", "nb")
    kari.go("Send invitasjonen")

    teacher.open(link)
    teacher.keys.fill("name", "Lise")
    teacher.keys.choose("sector", "education")
    teacher.go("Bli med")
    teacher.go("Foreslå en endring: Innhold")
    teacher.keys.fill("proposal", "Feilsøke på pakkelinja, med en oppgave fra Kambo pakkeri")
    teacher.keys.fill("why", "Da er det deres egne maskiner")
    teacher.go("Foreslå det")

    firm.open(room)
    firm.go("Bli med")
    firm.keys.fill("name", "Anne")
    firm.keys.choose("sector", "business")
    firm.go("Bli med")
    student = story.somebody("elev")
    student.open(story.letter_to("amir", having="tenke nytt").link("/bli-med/"))
    student.keys.fill("name", "Amir")
    student.keys.choose("sector", "student")
    student.go("Bli med")
    student.go("Foreslå en endring: Metodikk")
    student.keys.fill("proposal", "Øve på simulator før vi går til linja")
    student.go("Foreslå det")

    for one in (firm, student):
        one.open(room)
        one.go("Jeg er enig: Feilsøke på pakkelinja, med en oppgave fra Kambo pakkeri")
    for one in (teacher, firm, student):
        one.open(room)
        one.go("Jeg er enig: Kvelder eller halve dager, ved siden av skift")
    student.go("Øve på simulator før vi går til linja")
    change = student.at
    student.keys.choose("state", "tried_first")
    student.keys.fill("reason", "Fire av oss prøver den i januar")
    student.go("Gjør det")
    return room, change


def _it_is_tried_and_anchored(kari: Walker, change: str) -> None:
    kari.open(change)
    kari.go("Prøv noe lite")
    kari.keys.fill("title", "Simulator før pakkelinja")
    kari.keys.fill("hypothesis", "Øver vi på simulator først, tør flere å ta i linja.")
    kari.keys.fill("smallest_test", "Fire elever, to kvelder, én simulator.")
    kari.keys.fill("who", "Fire elever og Lise")
    kari.keys.fill("stop_if", "Simulatoren virker ikke på to kvelder.")
    kari.go("Start piloten")
    kari.go("Skriv ned det dere så")
    kari.keys.fill("words", "Alle fire fikk linja i gang andre kvelden.")
    kari.go("Lagre")
    kari.go("Avgjør: føre videre, endre eller stoppe")
    kari.keys.choose("decision", "scale")
    kari.keys.fill("why", "Alle fire turte å ta i linja")
    kari.keys.fill("learnings", "To kvelder på simulator er nok")
    kari.go("Avgjør")
    kari.reads("To kvelder på simulator er nok")

    kari.go("Før inn en forankring, eller få en side til lederen din")
    kari.keys.fill("organisation", "Værla fagskole")
    kari.keys.fill("what", "PLC-kvelder på verkstedet hver vår")
    kari.keys.choose("state", "committed")
    kari.keys.fill("decided_by", "Ledergruppa")
    kari.keys.fill_date("decided_on", clock.today())
    kari.keys.fill("costs", "To lærere, tolv kvelder")
    kari.keys.tick("is_public")
    kari.go("Før det inn")
    kari.go("Én side til lederen min")
    kari.reads("To lærere, tolv kvelder")


def _the_offer_is_changed_and_somebody_confirms_it(story: Story, kari: Walker, room: str) -> None:
    kari.open(room)
    kari.go("Send to endringer til utdanningen")
    kari.go("Avgjør to endringer")
    kari.go("Avgjør og endre tilbudet")

    kari.go("Skriv ned et resultat")
    kari.keys.fill("what", "Værla fagskole har PLC på kveldstid fra våren")
    kari.keys.fill("who", "Værla fagskole")
    kari.keys.choose("kind", "new_offer")
    kari.keys.fill("contribution", "To bedrifter i Moss spurte, og de bidro med oppgaver fra egne linjer.")
    kari.keys.fill("also_because", "Skolen hadde fått ny simulator året før.")
    kari.go("Skriv det ned")
    result = kari.at
    kari.go("Publiser")
    kari.go("Be noen bekrefte det")
    kari.keys.fill("email", story.address_of("rektor"))
    kari.keys.fill("role", "rektor ved fagskolen")
    kari.keys.choose("language", "nb")
    kari.go("Spør dem")

    head = story.somebody("rektor")
    head.open(story.letter_to("rektor", having="Stemmer det").link("/resultater/bekreft/"))
    head.keys.choose("reply", "yes")
    head.keys.fill("words", "Vi begynner i februar.")
    head.go("Send svaret")
    head.open(result)
    head.reads("Bekreftet")


def _those_who_asked_are_told(story: Story, kari: Walker, need: str, voices: dict[str, Walker]) -> None:
    """They say themselves that it helped; by name."""
    kari.open(f"/behov/{need}/svar")
    kari.keys.fill("words", "Værla fagskole har PLC på kveldstid fra februar.")
    kari.keys.tick("asks_if_helped")
    kari.go("Send svaret")
    # Both who stand behind it say so themselves; that makes it met.
    for name, who in voices.items():
        who.open(story.letter_of_tomorrow_to(name, having="Hjalp det").link("/hjalp"))
        who.keys.choose("helped", "yes")
        who.go("Send svaret")
        who.open(f"/behov/{need}")
    who.reads("Dekket")


@pytest.mark.slow
@pytest.mark.xdist_group("the loop from an idea")
def test_from_an_idea_without_a_need(people: People, served: Served, visitor: Callable[..., Watched]):
    story = Story(people, served, visitor)
    somebody = story.somebody("idé")
    somebody.open("/ideer/")
    somebody.go("Si ideen din")
    somebody.keys.fill("words", "Elevene kan ha en reparasjonsdag på torget hver måned")
    somebody.go("Si det")
    idea = somebody.at
    somebody.reads("reparasjonsdag på torget")
    kari = story.coordinator()
    kari.open(idea)
    kari.go("Prøv noe lite")
    kari.keys.fill("title", "En lørdag på torget")
    kari.keys.fill("hypothesis", "Folk kommer med det som er ødelagt, og elevene lærer av det.")
    kari.keys.fill("smallest_test", "Én lørdag, fem elever, ett telt.")
    kari.keys.fill("who", "Fem elever fra elektro")
    kari.keys.fill("stop_if", "Færre enn ti kommer.")
    kari.go("Start piloten")
    kari.go("Avgjør: føre videre, endre eller stoppe")
    kari.keys.choose("decision", "stop")
    kari.keys.fill("why", "Bare fire kom")
    kari.keys.fill("learnings", "Torget er feil sted om vinteren")
    kari.go("Avgjør")
    kari.go("Skriv ned et resultat")
    kari.keys.fill("what", "Elektroklassen reparerer på skolen hver fredag")
    kari.keys.fill("who", "Elektroklassen")
    kari.keys.choose("kind", "method")
    kari.keys.fill("contribution", "Lørdagen på torget bidro til at de prøvde inne.")
    kari.go("Skriv det ned")
    kari.go("Publiser")
    result = kari.at
    # Both ways: from the result to the idea, and from the idea to the result.
    somebody.open(result)
    somebody.reads("reparasjonsdag på torget")
    somebody.open(idea)
    somebody.reads("Elektroklassen reparerer på skolen hver fredag")
    somebody.open("/trader")
    somebody.go("Les rapporten")
    somebody.reads("Elektroklassen reparerer på skolen hver fredag")
