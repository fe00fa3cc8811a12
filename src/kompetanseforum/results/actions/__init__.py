"""Writes of results. Nothing about a result is saved anywhere else."""

from kompetanseforum.results.actions.confirming import (
    LinkIsOver,
    NotIndependent,
    ask_to_confirm,
    forget_lapsed,
    reply_to,
    send_owed_letters,
)
from kompetanseforum.results.actions.leaving import forget_person
from kompetanseforum.results.actions.recording import (
    Harvested,
    NoOrigin,
    add_evidence,
    change_result,
    hide_without_origin,
    publish_result,
    record_result,
)

__all__ = [
    "Harvested",
    "LinkIsOver",
    "NoOrigin",
    "NotIndependent",
    "add_evidence",
    "ask_to_confirm",
    "change_result",
    "forget_lapsed",
    "forget_person",
    "hide_without_origin",
    "publish_result",
    "record_result",
    "reply_to",
    "send_owed_letters",
]
