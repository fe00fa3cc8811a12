"""What needs do when something has happened: those who left an e-mail address are told; a name taken away is forgotten."""

from kompetanseforum.core.facts import listen
from kompetanseforum.needs.actions import forget_name_of, owe_letters, owe_moved
from kompetanseforum.needs.facts import NeedAnswered, NeedsMerged, NeedVoiced, VoiceAdded
from kompetanseforum.organisations.facts import OrganisationPurged


def tell_the_voice(fact_id: int, fact: NeedVoiced | VoiceAdded) -> None:
    owe_letters(need_id=fact.need.id, fact_id=fact_id, voice_id=fact.voice.id)


def tell_all_voices(fact_id: int, fact: NeedAnswered) -> None:
    owe_letters(need_id=fact.need.id, fact_id=fact_id)


def tell_moved_voices(fact_id: int, fact: NeedsMerged) -> None:
    owe_moved(kept_id=fact.kept.id, merged_id=fact.merged.id, fact_id=fact_id)


def forget_voicer(fact_id: int, fact: OrganisationPurged) -> None:
    forget_name_of(fact.organisation)


def connect() -> None:
    listen(NeedVoiced, tell_the_voice)
    listen(VoiceAdded, tell_the_voice)
    listen(NeedAnswered, tell_all_voices)
    listen(NeedsMerged, tell_moved_voices)
    listen(OrganisationPurged, forget_voicer)
