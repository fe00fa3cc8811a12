"""What needs do when something has happened: those who left an e-mail address are told; a name taken away is forgotten."""

from kompetanseforum.core.facts import listen
from kompetanseforum.needs.actions import (
    count_voices_once,
    file_all_anew,
    file_whole,
    forget_name_of,
    owe_letters,
    owe_moved,
)
from kompetanseforum.needs.facts import NeedAnswered, NeedsMerged, NeedVoiced, VoiceAdded
from kompetanseforum.organisations.facts import OrganisationPurged, OrganisationsJoined, OrganisationsParted
from kompetanseforum.skills.facts import EscoImported, LinkJudged, LinksRenewed


def tell_the_voice(fact_id: int, fact: NeedVoiced | VoiceAdded) -> None:
    owe_letters(need_id=fact.need.id, fact_id=fact_id, voice_id=fact.voice.id)


def tell_all_voices(fact_id: int, fact: NeedAnswered) -> None:
    owe_letters(need_id=fact.need.id, fact_id=fact_id)


def tell_moved_voices(fact_id: int, fact: NeedsMerged) -> None:
    owe_moved(kept_id=fact.kept.id, merged_id=fact.merged.id, fact_id=fact_id)


def forget_voicer(fact_id: int, fact: OrganisationPurged) -> None:
    forget_name_of(fact.organisation)


def follow_joined(fact_id: int, fact: OrganisationsJoined | OrganisationsParted) -> None:
    """Both may have had a voice behind one need: it counts once while they are one."""
    count_voices_once(fact.kept, fact.joined, are_one=isinstance(fact, OrganisationsJoined))


def file_judged(fact_id: int, fact: LinkJudged | LinksRenewed) -> None:
    """Which skills it asks for is said elsewhere; it is found by them."""
    file_whole(fact.whole)


def file_all(fact_id: int, fact: EscoImported) -> None:
    """Occupations have their groups from ESCO's files."""
    file_all_anew()


def connect() -> None:
    listen(OrganisationsJoined, follow_joined)
    listen(OrganisationsParted, follow_joined)
    listen(LinkJudged, file_judged)
    listen(LinksRenewed, file_judged)
    listen(EscoImported, file_all)
    listen(NeedVoiced, tell_the_voice)
    listen(VoiceAdded, tell_the_voice)
    listen(NeedAnswered, tell_all_voices)
    listen(NeedsMerged, tell_moved_voices)
    listen(OrganisationPurged, forget_voicer)
