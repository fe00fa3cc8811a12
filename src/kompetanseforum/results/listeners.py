"""What results do when a tie is taken back: what then hangs on nothing is no longer published."""

from kompetanseforum.core.facts import listen
from kompetanseforum.results.actions import hide_without_origin
from kompetanseforum.threads.facts import ThingsUntied


def hide_what_hangs_on_nothing(fact_id: int, fact: ThingsUntied) -> None:
    hide_without_origin(fact.downstream)


def connect() -> None:
    listen(ThingsUntied, hide_what_hangs_on_nothing)
