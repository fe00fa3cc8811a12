"""Reads: needs as the one who asks may see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from hmac import compare_digest
from textwrap import shorten

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from kompetanse.refs import Ref
from kompetanseforum.accounts.models import Person
from kompetanseforum.core import clock
from kompetanseforum.core.counted import keep_read
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.refs import ref
from kompetanseforum.core.text import Segment, capital, in_words, lister, listing, segments, uncapital
from kompetanseforum.needs.models import CLOSED_STATES, Answer, Filed, Need, State, Voice
from kompetanseforum.needs.queries.filing import ALL, ANSWER_DAY, late_needs, tallied
from kompetanseforum.needs.queries.whole import needs_behind, needs_of, with_voices
from kompetanseforum.needs.rules import may_read_name, may_read_words
from kompetanseforum.organisations.models import Organisation
from kompetanseforum.organisations.queries import describe
from kompetanseforum.skills.queries import LinkedSkill, links_for, links_of_many, names_in_all_languages, wholes_sharing

# A title stands on one line.
MOST_IN_TITLE = 60
_LINK_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def link_secret(voice: Voice) -> str:
    """The secret of the voice's personal link: 75 bits in three groups, such as `7k4d9-xm2qa-w3rt8`.

    Derived from the forum's key, so that the holder can be shown it again and the database alone betrays none.
    """
    digest = blake2b(voice.public_id.encode(), key=settings.SECRET_KEY.encode()[:64], person=b"voice link").digest()
    letters = "".join(_LINK_ALPHABET[byte % 32] for byte in digest[:15])
    return f"{letters[:5]}-{letters[5:10]}-{letters[10:]}"


def letter_secret(voice: Voice) -> str:
    """What opens the two small doors of a letter: "did it help?" and "no more letters". It opens nothing else."""
    return f"{voice.public_id}-{_letter_mac(voice.public_id)}"


def _letter_mac(public_id: str) -> str:
    digest = blake2b(public_id.encode(), key=settings.SECRET_KEY.encode()[:64], person=b"voice letters").digest()
    return "".join(_LINK_ALPHABET[byte % 32] for byte in digest[:20])


def voice_by_letter_secret(secret: str) -> Voice | None:
    public_id, _, mac = secret.partition("-")
    return voice_by_id(public_id) if compare_digest(mac.encode(), _letter_mac(public_id).encode()) else None


def visible_needs(viewer: Viewer) -> QuerySet[Need]:
    """What this viewer finds in lists: not what is withdrawn, and not what is held (coordinators have a list of that)."""
    return Need.objects.filter(held_reason="").exclude(state=State.WITHDRAWN)


def unlisted_needs() -> QuerySet[Need]:
    """The others: `visible_needs` turned round."""
    return Need.objects.filter(~Q(held_reason="") | Q(state=State.WITHDRAWN))


def need_by_id(public_id: str) -> Need | None:
    """The need, or the one that its voices stand behind now."""
    need = next(iter(needs_of("public_id", [public_id])), None)
    while need is not None and need.merged_into_id is not None:
        need = next(iter(needs_of("pk", [need.merged_into_id])), None)
    return need


def needs_by_id(public_ids: Sequence[str]) -> dict[str, Need]:
    """Each id → the need, or the one that its voices stand behind now. One question more for each merge after a merge."""
    asked = {need.public_id: need for need in needs_of("public_id", public_ids)}
    kept = {need.pk: need for need in asked.values()}
    while missing := {need.merged_into_id for need in kept.values() if need.merged_into_id} - set(kept):
        kept |= {need.pk: need for need in needs_of("pk", missing)}
    return {public_id: _kept(need, kept) for public_id, need in asked.items()}


def _kept(need: Need, known: Mapping[int, Need]) -> Need:
    while need.merged_into_id is not None:
        need = known[need.merged_into_id]
    return need


def needs_found(where: Q) -> list[Need]:
    """Those that others may see, in the order they were voiced; the ones that were merged into another are not."""
    found = needs_behind(where & Q(held_reason="", merged_into=None) & ~Q(state=State.WITHDRAWN))
    return sorted(found, key=lambda need: (need.voiced_at, need.pk))


def needs_with_voices(ids: Sequence[int]) -> list[Need]:
    """Those needs, in that order."""
    found = {need.pk: need for need in with_voices().filter(pk__in=ids)}
    return [found[pk] for pk in ids if pk in found]


def needs_with_ids(ids: Collection[str]) -> list[Need]:
    """Those with these public ids, with their voices."""
    return needs_of("public_id", ids)


def voice_by_id(public_id: str) -> Voice | None:
    return Voice.objects.select_related("need__owner", "organisation__municipality").filter(public_id=public_id).first()


def voice_by_sending_key(key: str) -> Voice | None:
    return Voice.objects.select_related("need").filter(sending_key=key).first()


def voice_by_link(link_hash: str) -> Voice | None:
    return Voice.objects.select_related("need").filter(link_hash=link_hash).first()


def voices_held_by(viewer: Viewer) -> list[Voice]:
    """The voices whose personal link this device has come by, newest first."""
    ids = [held.id for held in viewer.holds if held.kind == "voice"]
    if not ids:
        return []
    voices = Voice.objects.select_related("need__owner", "organisation__municipality").filter(public_id__in=ids)
    return list(voices.filter(withdrawn_at=None).order_by("-voiced_at"))


def needs_followed_by(viewer: Viewer) -> list[Need]:
    """The needs this device follows, the latest changed first."""
    ids = [followed.id for followed in viewer.follows if followed.kind == "need"]
    if not ids:
        return []
    # One that was merged into another is followed there.
    led_on = Need.objects.filter(public_id__in=ids).exclude(merged_into=None).values("merged_into")
    asked = with_voices().filter(Q(public_id__in=ids, merged_into=None) | Q(pk__in=led_on), held_reason="")
    return list(asked.order_by("-changed_at"))


def organisation_of(viewer: Viewer) -> tuple[Organisation, bool] | None:
    """Whom the device has spoken for before, and whether that was confirmed: what makes one tap enough."""
    for voice in voices_held_by(viewer):
        if voice.organisation:
            return voice.organisation, voice.is_confirmed
    return None


@dataclass(frozen=True, slots=True)
class ShownVoice:
    """A voice as this viewer may see it."""

    voice: Voice
    segments: list[Segment]
    who: str
    has_consented_to_name: bool
    spokesperson: str


@dataclass(frozen=True, slots=True)
class ShownNeed:
    """A need as this viewer may see it. `own_words` is empty where no words may be shown; `title` never is."""

    need: Need
    title: str
    # What it is about in the forum's own words: for lists where no firm is quoted.
    skills_title: str
    own_words: list[Segment]
    first_voice: ShownVoice | None
    voices: list[ShownVoice]
    people: int
    who: str
    skills: list[LinkedSkill]
    # All that was heard in its voices, also what is not asked for.
    links: Sequence[LinkedSkill]
    days_late: int
    days_waited: int
    # From when they began to wait to the day we promised.
    days_promised: int
    is_open: bool

    @property
    def public_id(self) -> str:
        return self.need.public_id

    @property
    def is_told(self) -> bool:
        """Words or what they ask for may be read; else the title says only that it is not shown to all."""
        return bool(self.own_words or self.skills)

    @property
    def count(self) -> int:
        """Organisations that stand behind it; one that has said it twice is one."""
        return sum(voice.voice.repeats_id is None for voice in self.voices)


def show_voice(voice: Voice, *, viewer: Viewer, links: Iterable[LinkedSkill]) -> ShownVoice:
    words = voice.words if may_read_words(viewer, voice) else ""
    causes = [cause for link in links if link.subject_id == voice.public_id and link.is_asked for cause in link.causes]
    name = voice.organisation.name if voice.organisation and may_read_name(viewer, voice) else ""
    if name and voice.organisation and voice.organisation.municipality:
        name = f"{name}, {voice.organisation.municipality.name}"
    return ShownVoice(
        voice=voice,
        segments=segments(words, causes),
        who=name or describe(voice.organisation),
        has_consented_to_name=bool(name) and voice.name_is_public,
        spokesperson=uncapital(describe(voice.spokesperson)) if voice.spokesperson else "",
    )


def show_need(need: Need, *, viewer: Viewer, links: Sequence[LinkedSkill]) -> ShownNeed:
    """Put together from a need with its voices and its links; asks the database nothing."""
    keep_read("need", {need.public_id: need})
    heard: dict[str, list[LinkedSkill]] = {}
    for link in links:
        heard.setdefault(link.subject_id, []).append(link)
    voices = [show_voice(one, viewer=viewer, links=heard.get(one.public_id, ())) for one in need.voices.all()]
    spoken = next((voice for voice in voices if voice.segments), None)
    skills = _distinct(link for link in links if link.is_asked and not link.is_rejected)
    is_open = need.state not in CLOSED_STATES
    return ShownNeed(
        need=need,
        title=f"«{spoken.voice.words}»" if spoken else _title_of_skills(skills),
        skills_title=_short_title(skills, spoken.voice.words if spoken else ""),
        own_words=spoken.segments if spoken else [],
        first_voice=spoken or (voices[0] if voices else None),
        voices=voices,
        people=sum(voice.voice.people for voice in voices if voice.voice.repeats_id is None),
        who=_who_stands_behind([voice.voice for voice in voices if voice.voice.repeats_id is None]),
        skills=skills,
        links=links,
        days_late=max(0, (clock.today() - need.next_answer_on).days) if is_open else 0,
        days_waited=max(0, (clock.today() - timezone.localtime(need.waiting_since).date()).days),
        days_promised=max(0, (need.next_answer_on - timezone.localtime(need.waiting_since).date()).days),
        is_open=is_open,
    )


def _distinct(links: Iterable[LinkedSkill]) -> list[LinkedSkill]:
    """One per concept: the confirmed first, then those that most voices name, then the surest."""
    best: dict[str, LinkedSkill] = {}
    voices: Counter[str] = Counter()
    for link in links:
        voices[link.uri] += 1
        known = best.get(link.uri)
        if known is None or (link.is_confirmed, link.score) > (known.is_confirmed, known.score):
            best[link.uri] = link
    return sorted(
        best.values(),
        key=lambda link: (link.kind != "skill", not link.is_confirmed, -voices[link.uri], -link.score, link.label),
    )


def has_asked(links: Iterable[LinkedSkill]) -> bool:
    """Something is asked for in it: what it is called by where no words of it may be read."""
    return any(link.is_asked and not link.is_rejected for link in links)


def title_of(links: Iterable[LinkedSkill]) -> str:
    """What a need is called where no words of it may be read."""
    return _title_of_skills(_distinct(link for link in links if link.is_asked and not link.is_rejected))


def skills_title_of(links: Iterable[LinkedSkill], words: str) -> str:
    """What a need is called by what it asks for; by its words where no skill was heard in them."""
    return _short_title(_distinct(link for link in links if link.is_asked and not link.is_rejected), words)


def _short_title(skills: Sequence[LinkedSkill], words: str) -> str:
    """What is asked for; the beginning of the words where no skill was heard in them."""
    return _title_of_skills(skills) if skills or not words else f"«{shorten(words, MOST_IN_TITLE, placeholder=' …')}»"


def _title_of_skills(skills: Sequence[LinkedSkill]) -> str:
    """What stands where a firm has not said that all may read its words."""
    labels = [skill.label for skill in skills if skill.kind == "skill"] or [skill.label for skill in skills]
    return capital(listing(labels[:2])) if labels else _("A need that is not shown to all")


def _who_stands_behind(voices: Sequence[Voice]) -> str:
    """`Sju virksomheter i Fredrikstad, Hvaler og Sarpsborg`."""
    places = sorted(
        {
            voice.organisation.municipality.name
            for voice in voices
            if voice.organisation and voice.organisation.municipality
        }
    )
    return describe(voices[0].organisation) if len(voices) == 1 else who_in_words(len(voices), places)


def who_in_words(number: int, places: Sequence[str]) -> str:
    """Of those who stand behind a need together; of nobody too."""
    return who_teller()(number, places)


def who_teller() -> Callable[[int, Sequence[str]], str]:
    """`who_in_words` for the needs of a long thread: the words are looked up once."""
    alone, with_places, listed = _("%(count)s workplaces"), _("%(count)s workplaces in %(places)s"), lister(most=4)
    numbers: dict[int, str] = {}

    def who(number: int, places: Sequence[str]) -> str:
        count = numbers[number] = numbers.get(number) or capital(in_words(number))
        return with_places % {"count": count, "places": listed(places)} if places else alone % {"count": count}

    return who


def shown_needs(needs: Sequence[Need], *, viewer: Viewer) -> list[ShownNeed]:
    """All with one query for their skills."""
    links = links_of_many("need", [need.public_id for need in needs])
    return [show_need(need, viewer=viewer, links=links.get(need.public_id, [])) for need in needs]


def shown_need(need: Need, *, viewer: Viewer) -> ShownNeed:
    return show_need(need, viewer=viewer, links=links_for(ref(need)))


def searchable_text(need: Need) -> str:
    """Lower-case words and names that are public, and the skills' names in every language we speak."""
    voices = Voice.objects.filter(need=need, withdrawn_at=None).select_related("organisation__municipality")
    parts: list[str] = []
    for voice in voices:
        parts += [voice.words] if voice.words_are_public else []
        if voice.organisation:
            parts += [voice.organisation.name] if voice.name_is_public else []
            parts += [voice.organisation.municipality.name] if voice.organisation.municipality else []
    parts += names_in_all_languages([link.concept_id for link in links_for(ref(need)) if link.is_asked])
    return "\n".join(parts).casefold()


def owed_needs() -> QuerySet[Need]:
    """Open needs whose date has passed, longest waiting first; without their voices."""
    late = Need.objects.filter(held_reason="", next_answer_on__lt=clock.today()).exclude(state__in=CLOSED_STATES)
    return late.order_by("next_answer_on", "voiced_at", "pk")


def needs_owed(*, most: int) -> list[Need]:
    return list(owed_needs()[:most])


def open_needs_by_waiting(*, most: int | None = None) -> list[Need]:
    """Open needs in the order they should be answered."""
    found = (
        with_voices().filter(held_reason="").exclude(state__in=CLOSED_STATES).order_by("next_answer_on", "voiced_at")
    )
    return list(found[:most] if most else found)


def longest_owed(*, most: int) -> list[int]:
    """Open needs whose day has passed, the longest waiting first: from where open needs stand by their day."""
    days = Filed.objects.filter(under__gte=f"{ANSWER_DAY}:", under__lt=f"{ANSWER_DAY}:{clock.today().isoformat()}")
    return list(days.order_by("under", "need").values_list("need", flat=True)[:most])


@dataclass(frozen=True, slots=True)
class OpenCounts:
    open: int
    late: int


def open_counts() -> OpenCounts:
    """How many needs are open, and how many of them wait past their date."""
    counts = tallied((ALL, *(f"tilstand:{state}" for state in CLOSED_STATES)))
    return OpenCounts(open=2 * counts[ALL] - counts.total(), late=late_needs())


def needs_owned_by(person: Person) -> list[Need]:
    """Open needs that wait for this person's answer, the one to answer first foremost."""
    mine = Need.objects.filter(owner=person, held_reason="").exclude(state__in=CLOSED_STATES)
    return list(mine.order_by("next_answer_on", "voiced_at"))


def answers_by(person: Ref) -> list[Answer]:
    return list(Answer.objects.filter(by__public_id=person.id).select_related("need"))


def held_needs() -> list[Need]:
    return list(with_voices().exclude(held_reason="").exclude(state=State.WITHDRAWN).order_by("voiced_at"))


def similar_needs(concept_uris: Sequence[str], *, viewer: Viewer, most: int = 3) -> list[Need]:
    """Open needs of others that ask for the same skills, most in common first."""
    own = [held.id for held in viewer.holds if held.kind == "voice"]
    ids = wholes_sharing("need", concept_uris, most=most * 3)
    still_open = with_voices().filter(public_id__in=ids, held_reason="").exclude(state__in=CLOSED_STATES)
    still_open = still_open.exclude(pk__in=Voice.objects.filter(public_id__in=own).values("need"))
    found = {need.public_id: need for need in still_open}
    return [found[public_id] for public_id in ids if public_id in found][:most]
