"""Small things of language: numbers in words, lists with an "and", dates as people say them."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, pgettext
from django.utils.translation import gettext as _

from kompetanseforum.core import clock

# Only the one that is asked for is looked up: a long thread asks a thousand times.
_IN_LETTERS = {
    2: gettext_lazy("two"),
    3: gettext_lazy("three"),
    4: gettext_lazy("four"),
    5: gettext_lazy("five"),
    6: gettext_lazy("six"),
    7: gettext_lazy("seven"),
    8: gettext_lazy("eight"),
    9: gettext_lazy("nine"),
}


def without_paragraphs(text: str, paragraphs: Collection[str], *, keeps_places: bool = False) -> str:
    """Without those that stand there as whole lines, wherever their words are broken. `keeps_places`: something as long
    stands instead, so that what comes after is where it was.
    """
    for words in (paragraph.split() for paragraph in paragraphs):
        if words:
            whole = r"^[ \t]*" + r"\s+".join(map(re.escape, words)) + r"[ \t]*\r?$"
            text = re.sub(whole, lambda found: "…" * len(found[0]) if keeps_places else "", text, flags=re.MULTILINE)
    return text if keeps_places else re.sub(r"\n\s*\n\s*\n", "\n\n", text).strip()


def in_words(number: int) -> str:
    """Two to nine in letters, other numbers in figures with a thin space between thousands."""
    return str(_IN_LETTERS[number]) if number in _IN_LETTERS else grouped(number)


def grouped(number: int) -> str:
    """1 350, with a no-break space so that a number never breaks over two lines."""
    return f"{number:,}".replace(",", "\u00a0")


def capital(text: str) -> str:
    """The first letter large, the rest as it is (`str.capitalize` would spoil "Indre Østfold")."""
    return text[:1].upper() + text[1:]


def uncapital(text: str) -> str:
    """The first letter small: for what stands inside a sentence. `MIG-sveise`, `IT` and `T4` stay as they are."""
    return text if text[1:2].isupper() or text[1:2].isdigit() or text[1:2] == "-" else text[:1].lower() + text[1:]


def listing(items: Sequence[str], *, most: int = 5) -> str:
    """`Fredrikstad, Hvaler og Sarpsborg`; what is past `most` becomes a number."""
    return lister(most=most)(items)


def lister(*, most: int = 5) -> Callable[[Sequence[str]], str]:
    """`listing` for a thousand lists: the words between are looked up once."""
    joined, more = _("%(first)s and %(last)s"), _("%(count)s more")
    numbers: dict[int, str] = {}

    def listed(items: Sequence[str]) -> str:
        if len(items) > most + 1:  # "and one more" takes as much room as naming it
            left = len(items) - most
            numbers[left] = numbers.get(left) or more % {"count": in_words(left)}
            items = [*items[:most], numbers[left]]
        if len(items) < 2:
            return "".join(items)
        return joined % {"first": ", ".join(items[:-1]), "last": items[-1]}

    return listed


def day(value: date | datetime, *, with_weekday: bool = False) -> str:
    """`4. desember`, with weekday when asked for and near, and with the year when it is not this one.

    A moment is the day it was where the forum is.
    """
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return _day_told(value, clock.today(), with_weekday, get_language())


# A list tells the same few days again and again.
@lru_cache(maxsize=2000)
def _day_told(value: date, today: date, with_weekday: bool, language: str | None) -> str:
    if value.year != today.year:
        return date_format(value, pgettext("date format", "j F Y"))
    if with_weekday and abs((value - today).days) <= 30:
        return date_format(value, pgettext("date format", "l j F"))
    return date_format(value, pgettext("date format", "j F"))


# A run of words, and whether it is marked.
Segment = tuple[str, bool]


def segments(words: str, marked: Iterable[tuple[int, int]]) -> list[Segment]:
    """The words cut at the marked places (offsets); what overlaps becomes one mark."""
    parts: list[Segment] = []
    at = 0
    for first, last in sorted(marked):
        start, end = max(first, at), min(last, len(words))
        if start >= end:
            continue
        if start > at:
            parts.append((words[at:start], False))
        parts.append((words[start:end], True))
        at = end
    if at < len(words):
        parts.append((words[at:], False))
    return parts
