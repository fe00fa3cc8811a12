"""Questions and their short answers, read together: only "nei, vi har nok" tells what "trenger dere sveisere?" says of welders."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kompetanse.linking.tokens import Sentence, Token
from kompetanse.linking.word_lists import listed

# What is longer says something of its own.
_LONGEST_ANSWER: Final = 12
# "Nei." and "ja, dessverre." are told out in the sentence that follows.
_SHORTEST_ANSWER: Final = 2
YES: Final = frozenset(listed("ja jada joda jo javisst yes yep sure"))
NO: Final = frozenset(listed("nei neida niks no nope"))
# "Og matematikk?" asks about nothing but what is named.
_SHORTEST_QUESTION: Final = 4


class Utterance(NamedTuple):
    """What is weighed together: the words of a sentence, or of a question and its answer.

    `asked` is where the question ends, 0 where none is answered; `lengths` are those of the sentences.
    """

    tokens: Sequence[Token]
    asked: int = 0
    lengths: Sequence[int] = ()


def utterances(read: Sequence[Sentence]) -> Iterator[Utterance]:
    """The sentences of a text, each question with what answers it."""
    at = 0
    while at < len(read):
        one = read[at]
        answers = _answers(read, at) if one.is_question else ()
        if answers:
            tokens = list(one.tokens)
            for answer in answers:
                # The mark before it parts the answer from its question as a comma parts clauses.
                tokens += [answer.tokens[0]._replace(mark="?"), *answer.tokens[1:]]
            yield Utterance(tokens, len(one.tokens), [len(each.tokens) for each in (one, *answers)])
        else:
            yield Utterance(one.tokens)
        at += 1 + len(answers)


def _answers(read: Sequence[Sentence], at: int) -> Sequence[Sentence]:
    """The sentence that answers a question, and the one that tells it out where it is but a word or two."""
    answers = read[at + 1 : at + 3]
    if not answers or not _may_answer(answers[0]):
        return ()
    if answers[0].tokens[0].text not in YES | NO and len(read[at].tokens) > _SHORTEST_QUESTION:
        return ()
    is_short = len(answers[0].tokens) <= _SHORTEST_ANSWER
    return answers if is_short and len(answers) > 1 and _may_answer(answers[1]) else answers[:1]


def _may_answer(one: Sentence) -> bool:
    return not (one.is_question or one.is_item or one.is_heading) and len(one.tokens) <= _LONGEST_ANSWER
