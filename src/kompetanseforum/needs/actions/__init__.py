"""Writes of needs: voices, answers and letters. Nothing about a need is saved anywhere else."""

from kompetanseforum.needs.actions.answers import (
    AnsweredMeanwhileError,
    answer_need,
    hand_over_needs,
    import_shortages,
    release_need,
    remove_need,
    set_next_answer,
    take_need,
)
from kompetanseforum.needs.actions.filing import add_up, add_up_if_many, file_all_anew, file_if_never_filed, file_whole
from kompetanseforum.needs.actions.helped import say_if_helped, settle_old_questions
from kompetanseforum.needs.actions.leaving import forget_person
from kompetanseforum.needs.actions.letters import send_owed_letters
from kompetanseforum.needs.actions.merging import CannotMergeError, keep_apart, merge_needs, move_voice, part_needs
from kompetanseforum.needs.actions.notices import owe_letters, owe_moved, stop_letters
from kompetanseforum.needs.actions.reminders import remind_of_answers
from kompetanseforum.needs.actions.voices import (
    Said,
    change_voice,
    confirm_voice,
    count_voices_once,
    forget_name_of,
    hash_link,
    join_need,
    voice_need,
    withdraw_voice,
)

__all__ = [
    "AnsweredMeanwhileError",
    "CannotMergeError",
    "Said",
    "add_up",
    "add_up_if_many",
    "answer_need",
    "change_voice",
    "confirm_voice",
    "count_voices_once",
    "file_all_anew",
    "file_if_never_filed",
    "file_whole",
    "forget_name_of",
    "forget_person",
    "hand_over_needs",
    "hash_link",
    "import_shortages",
    "join_need",
    "keep_apart",
    "merge_needs",
    "move_voice",
    "owe_letters",
    "owe_moved",
    "part_needs",
    "release_need",
    "remind_of_answers",
    "remove_need",
    "say_if_helped",
    "send_owed_letters",
    "set_next_answer",
    "settle_old_questions",
    "stop_letters",
    "take_need",
    "voice_need",
    "withdraw_voice",
]
