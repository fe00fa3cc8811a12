"""Minutes and e-mails to proposed needs, with the words that made each one."""

from kompetanse.minutes.judging import Judgement, judge
from kompetanse.minutes.organisations import Entry, Named, Register
from kompetanse.minutes.proposals import MOST_CHARACTERS, Proposal, Reading, read_minutes
from kompetanse.minutes.sentences import Sentence, split_sentences

__all__ = [
    "MOST_CHARACTERS",
    "Entry",
    "Judgement",
    "Named",
    "Proposal",
    "Reading",
    "Register",
    "Sentence",
    "judge",
    "read_minutes",
    "split_sentences",
]
