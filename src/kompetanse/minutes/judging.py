"""Whether a sentence voices a need of skill, and by which words.

A sentence is one when it asks (lacks, wants, cannot find) for something that is skill or people who have it, and nothing
in it tells that it is a decision, thanks, an offer, a plan, or over. `kompetanse.linking` adds what it hears: an
occupation beside the ask counts as people, and its polarity tells what one has or does not need.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kompetanse.linking.links import Link, Polarity, Span
from kompetanse.linking.polarity import read_stance
from kompetanse.linking.tokens import sentences
from kompetanse.minutes.cues import Sort, cues

# An occupation heard less surely than this may be any word.
_SURE = 0.8
_NO_WORD = re.compile(r"\w{61,}")
_NOT_ASKED = frozenset({Polarity.HAVE, Polarity.NOT_NEEDED})


@dataclass(frozen=True, slots=True)
class Judgement:
    """`causes` are the words that made it a need, or would have; `instead` tells what it is when it is none."""

    is_need: bool
    causes: tuple[Span, ...]
    instead: str = ""


def judge(text: str, *, links: Sequence[Link] = (), is_ruled: bool = False, names: Sequence[Span] = ()) -> Judgement:
    """`links` are what the linker hears in `text`. `is_ruled`: a heading above asks. `names`: organisations, which ask nothing."""
    folded = _without(text.lower(), names) if len(text.lower()) == len(text) else text
    found: dict[Sort, list[Span]] = {sort: [] for sort in Sort}
    instead = ""
    for cue in cues():
        for match in cue.pattern.finditer(folded):
            found[cue.sort].append(Span(match.start(), match.start() + len(match.group().rstrip())))
            instead = instead or cue.kind
    asks = [*found[Sort.TELLING], *found[Sort.ASK]]
    has_object = bool(found[Sort.OBJECT]) or any(_is_people(link, names) for link in links)
    is_asked = bool(found[Sort.TELLING]) or (bool(found[Sort.ASK]) and has_object)
    causes = _merged(asks if is_asked else ())
    if is_ruled and not instead:
        return Judgement(True, causes)
    if not is_asked:
        return Judgement(False, (), instead or "info")
    if instead and not found[Sort.STILL]:
        return Judgement(False, causes, instead)
    if _is_had(folded) and not found[Sort.STILL]:
        return Judgement(False, causes, "have")
    return Judgement(True, causes)


def _without(text: str, names: Sequence[Span]) -> str:
    """Same length; a run of letters longer than any word is noise that would only cost time."""
    text = _NO_WORD.sub(lambda run: " " * len(run.group()), text)
    for name in names:
        text = text[: name.start] + "x" * (name.end - name.start) + text[name.end :]
    return text


def _is_people(link: Link, names: Sequence[Span]) -> bool:
    if link.kind != "occupation" or link.score < _SURE or link.polarity in _NOT_ASKED:
        return False
    return not any(cause.start < name.end and name.start < cause.end for cause in link.causes for name in names)


def _is_had(text: str) -> bool:
    """The linker's own reading: all that is said is that one has it or does not need it."""
    said = {
        stance
        for sentence in sentences(text, limit=20)
        for stance in read_stance(sentence, family="no", carried=None).said
        if stance is not None
    }
    return bool(said) and said <= _NOT_ASKED


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """In order, and none inside another."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, span.end)):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return tuple(merged)
