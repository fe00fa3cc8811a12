"""Reads: who will come to a meeting, how many there is room for, and who must be written to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kompetanse.refs import Ref
from kompetanseforum.accounts.queries import kept_by, person_of
from kompetanseforum.core import clock
from kompetanseforum.core.permissions import Viewer
from kompetanseforum.core.secret_links import hash_of, secret_of
from kompetanseforum.core.text import capital, in_words
from kompetanseforum.events.models import Meeting, SignUp, SignUpLetter
from kompetanseforum.events.rules import is_of_the_house, takes_sign_ups
from kompetanseforum.organisations.models import Sector

_LINK = b"meeting sign-up"
# So long after a meeting it is known who had signed up.
KNOWN_FOR = timedelta(days=30)
_MOST_AT_ONCE = 500


def sign_up_secret(public_id: str) -> str:
    """Of the personal link."""
    return secret_of(public_id, purpose=_LINK)


def _with_meeting() -> QuerySet[SignUp]:
    return SignUp.objects.select_related("meeting__municipality")


def sign_up_by_id(public_id: str) -> SignUp | None:
    return _with_meeting().filter(public_id=public_id).first()


def sign_up_by_link(secret: str) -> SignUp | None:
    return _with_meeting().filter(link_hash=hash_of(secret)).first()


def sign_up_by_sending_key(key: str) -> SignUp | None:
    return _with_meeting().filter(sending_key=key).first() if key else None


def standing_sign_ups(meeting: Meeting) -> QuerySet[SignUp]:
    return SignUp.objects.filter(meeting=meeting, withdrawn_at=None)


def own_sign_up(meeting: Meeting, *, viewer: Viewer) -> SignUp | None:
    """The newest that this device holds, or the person who is signed in on it."""
    held = _held_by(viewer)
    return standing_sign_ups(meeting).filter(public_id__in=held).last() if held else None


def open_to(viewer: Viewer, meetings: Iterable[Meeting]) -> set[int]:
    """Ids of the meetings a viewer may sign up for and has not. Those who run the forum sign up others, on the meeting's own page."""
    found = set() if is_of_the_house(viewer) else {each.pk for each in meetings if takes_sign_ups(each)}
    held = _held_by(viewer)
    if not found or not held:
        return found
    own = SignUp.objects.filter(meeting__in=found, public_id__in=held, withdrawn_at=None)
    return found - set(own.values_list("meeting_id", flat=True))


def _held_by(viewer: Viewer) -> list[str]:
    return [one.id for one in viewer.holds if one.kind == "signup"]


def heads_signed_up(meeting: Meeting, *, but: SignUp | None = None) -> int:
    rows = standing_sign_ups(meeting).exclude(pk=but.pk) if but else standing_sign_ups(meeting)
    return rows.aggregate(heads=Sum("heads"))["heads"] or 0


def room_left(meeting: Meeting, *, but: SignUp | None = None) -> int | None:
    """How many more there is room for; None where there is no limit. Fewer places may have been set afterwards."""
    return None if meeting.places is None else max(0, meeting.places - heads_signed_up(meeting, but=but))


@dataclass(frozen=True, slots=True)
class Coming:
    """How many will come, for everybody: no names."""

    heads: int
    # None: no limit.
    left: int | None
    is_open: bool

    @property
    def is_full(self) -> bool:
        return self.left == 0

    @property
    def said(self) -> str:
        """`14 har meldt seg på.`; empty where nobody has."""
        if not self.heads:
            return ""
        said = ngettext("%(count)s has signed up.", "%(count)s have signed up.", self.heads)
        return said % {"count": capital(in_words(self.heads))}

    @property
    def in_words(self) -> str:
        """`14 har meldt seg på. Det er plass til seks til.`; empty where nobody has and there is no limit."""
        if self.left is None or not self.is_open:
            return self.said
        room = ngettext("There is room for one more.", "There is room for %(count)s more.", self.left)
        return f"{self.said} {room % {'count': in_words(self.left)} if self.left else _('It is full.')}".strip()


def coming_to(meeting: Meeting) -> Coming:
    heads = heads_signed_up(meeting)
    left = None if meeting.places is None else max(0, meeting.places - heads)
    return Coming(heads=heads, left=left, is_open=takes_sign_ups(meeting))


@dataclass(frozen=True, slots=True)
class SignedUpTogether:
    """Those from one place, or from one sector where no place is said: noted as having been there in one tap."""

    # Any one of them; the rest are found by it.
    first: SignUp
    who: str
    heads: int


def not_yet_counted(meeting: Meeting) -> list[SignedUpTogether]:
    """In the order they signed up."""
    together: dict[tuple[str, str], list[SignUp]] = {}
    for row in standing_sign_ups(meeting).filter(attendance=None):
        together.setdefault(_together(row), []).append(row)
    return [SignedUpTogether(rows[0], who=_who(rows[0]), heads=_heads(rows)) for rows in together.values()]


def signed_up_with(sign_up: SignUp) -> list[SignUp]:
    """It and those from the same place that are not counted yet."""
    rows = SignUp.objects.filter(meeting=sign_up.meeting_id, withdrawn_at=None, attendance=None)
    return [row for row in rows if _together(row) == _together(sign_up)]


def _together(row: SignUp) -> tuple[str, str]:
    """A place is one whatever sector each of them chose."""
    place = " ".join(row.from_where.casefold().split())
    return (place, "") if place else ("", row.sector)


def _heads(rows: Sequence[SignUp]) -> int:
    return sum(row.heads for row in rows)


def _who(row: SignUp) -> str:
    return row.from_where or str(dict(Sector.choices).get(row.sector, "")) or _("Those who did not say where from")


def sign_ups_owed_a_letter(*, most_attempts: int) -> QuerySet[SignUp]:
    """Of a meeting that is over nobody needs to hear any more."""
    owed = _with_meeting().exclude(owed="").exclude(email="").filter(attempts__lt=most_attempts)
    return owed.filter(meeting__starts_at__gt=clock.now()).order_by("attempts", "pk")


def letter_subject(kind: str) -> str:
    if kind == SignUpLetter.CANCELLED:
        return _("The meeting is cancelled: %(title)s")
    return _("New time or place: %(title)s") if kind == SignUpLetter.CHANGED else _("You are signed up: %(title)s")


def sign_ups_of_old_meetings() -> QuerySet[SignUp]:
    """Where it is still known who they were, though the meeting was long ago."""
    old = SignUp.objects.filter(forgotten_at=None, meeting__starts_at__lt=clock.now() - KNOWN_FOR)
    return SignUp.objects.filter(pk__in=list(old.values_list("pk", flat=True)[:_MOST_AT_ONCE]))


def sign_ups_of_person(person: Ref) -> list[SignUp]:
    """Made by this person, or with the address that the person has shown to be theirs."""
    known = person_of(person)
    return list(sign_ups_of(holds=kept_by(person).held, email=known.email if known else ""))


def sign_ups_of(*, holds: frozenset[Ref], email: str) -> QuerySet[SignUp]:
    theirs = Q(public_id__in=[one.id for one in holds if one.kind == "signup"])
    if email:
        theirs |= Q(email__iexact=email)
    return _with_meeting().filter(theirs)
