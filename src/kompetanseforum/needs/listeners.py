"""What needs do when something has happened to them: those who left an e-mail address are told."""

from kompetanseforum.core.facts import listen
from kompetanseforum.needs.actions import owe_letters
from kompetanseforum.needs.facts import NeedAnswered, NeedVoiced, VoiceAdded


def tell_the_voice(fact_id: int, fact: NeedVoiced | VoiceAdded) -> None:
    owe_letters(need_id=fact.need.id, fact_id=fact_id, voice_id=fact.voice.id)


def tell_all_voices(fact_id: int, fact: NeedAnswered) -> None:
    owe_letters(need_id=fact.need.id, fact_id=fact_id)


def connect() -> None:
    listen(NeedVoiced, tell_the_voice)
    listen(VoiceAdded, tell_the_voice)
    listen(NeedAnswered, tell_all_voices)
