"""Writes: the vocabulary and ESCO into tables, links from words to concepts, and verdicts on them."""

from kompetanseforum.skills.actions.bulk import HeardTexts, Spoken, declare, link_new
from kompetanseforum.skills.actions.classification import Imported, Part, import_esco
from kompetanseforum.skills.actions.linking import (
    choose_skills,
    forget_judge,
    judge_link,
    link_words,
    move_links,
    unlink,
    withdraw_verdict,
)
from kompetanseforum.skills.actions.uploads import fail_upload, finish_upload, note_progress, start_upload
from kompetanseforum.skills.actions.vocabulary import load_vocabulary

__all__ = [
    "HeardTexts",
    "Imported",
    "Part",
    "Spoken",
    "choose_skills",
    "declare",
    "fail_upload",
    "finish_upload",
    "forget_judge",
    "import_esco",
    "judge_link",
    "link_new",
    "link_words",
    "load_vocabulary",
    "move_links",
    "note_progress",
    "start_upload",
    "unlink",
    "withdraw_verdict",
]
