"""Needs, the voices behind them, what was answered, and what statistics say beside them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from kompetanseforum.accounts.models import Notices, Person
from kompetanseforum.codes.models import Municipality
from kompetanseforum.core.refs import PublicIdField
from kompetanseforum.core.text_index import TextIndex
from kompetanseforum.organisations.models import Organisation


class State(models.TextChoices):
    HEARD = "heard", _("Heard")
    IN_DIALOGUE = "in_dialogue", _("Under discussion")
    BRIEFED = "briefed", _("Education asked")
    ANSWERED = "answered", _("Answered")
    IN_PILOT = "in_pilot", _("Being tried")
    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Nobody waits for an answer any more.
CLOSED_STATES = (State.MET, State.NOT_MET, State.WITHDRAWN)


class Horizon(models.TextChoices):
    NOW = "now", _("Now")
    SOON = "soon", _("In 1–3 years")
    LATER = "later", _("Later")


class Level(models.TextChoices):
    """In everyday words; NKR/EQF levels 2, 4, 5–6 and 7."""

    INTRO = "intro", _("Introduction")
    TRADE = "trade", _("Trade certificate level")
    COLLEGE = "college", _("College level")
    MASTER = "master", _("Master's level")


class Form(models.TextChoices):
    EVENING = "evening", _("Evening")
    DAY = "day", _("Daytime")
    AT_WORK = "at_work", _("At work")
    ONLINE = "online", _("Online")
    GATHERINGS = "gatherings", _("Gatherings")


class HeldReason(models.TextChoices):
    TRAP = "trap", _("Filled in a field people do not see")
    SAME_PLACE = "same_place", _("Several alike in a short time, from the same place")
    PHONE_NUMBER = "phone_number", _("Seems to have a phone number in the text")
    ADDRESS = "address", _("Seems to have an address of a web site or e-mail in the text")


class Helped(models.TextChoices):
    YES = "yes", _("Yes, it helped")
    NO = "no", _("No, it did not help")


class Need(models.Model):
    public_id = PublicIdField()
    state = models.CharField(max_length=12, choices=State, default=State.HEARD)
    horizon = models.CharField(max_length=5, choices=Horizon, default=Horizon.NOW)
    level = models.CharField(max_length=8, choices=Level, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    next_answer_on = models.DateField()
    # Why it was not met, in words.
    reason = models.CharField(max_length=500, blank=True)
    # Held for a look: seen by coordinators and by those who hold its link, until it is released.
    held_reason = models.CharField(max_length=12, choices=HeldReason, blank=True)
    # Public words, public names and skill labels: what a search may find (core.text_index.plain).
    searchable = models.TextField(blank=True)
    # Where its voices stand now, when it was found to be the same as another; it counts as withdrawn then.
    merged_into = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    voiced_at = models.DateTimeField()
    # When those behind it were asked whether it helped; what they say decides whether it is met.
    asked_if_helped_at = models.DateTimeField(null=True)
    # The last time they heard from us; until then, when they spoke.
    waiting_since = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["state", "next_answer_on"], name="need_waiting"),
            models.Index(fields=["-voiced_at", "-id"], name="need_newest_first"),
            models.Index(fields=["next_answer_on", "voiced_at"], name="need_answer_day"),
            # All that the sums of a report look at.
            models.Index(fields=["held_reason", "state", "voiced_at", "next_answer_on"], name="need_summed"),
            TextIndex(fields=["searchable"], name="need_text"),
        ]

    def __str__(self) -> str:
        return f"need:{self.public_id}"


class Filed(models.Model):
    """A need stands under each of the choices that it is found by: `sektor:business`. One that nobody finds stands under none."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+", db_index=False)
    under = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["under", "need"], name="filed_once")]
        # What some needs stand under is counted from the index alone.
        indexes = [models.Index(fields=["need", "under"], name="filed_of_need")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.under}"


class Together(models.Model):
    """As `Filed`, under two or more choices at once, one of each small group: `nar:now sektor:business`. Filters that are
    on together are then one look at one list, and how many there are is known."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    under = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["under", "need"], name="filed_together_once")]

    def __str__(self) -> str:
        return f"{self.need_id} {self.under}"


class Tally(models.Model):
    """How many needs stand under a choice: the sum of its rows. A change is a row of its own, so that nobody waits for
    another to count; the worker adds them up (actions.filing.add_up)."""

    under = models.CharField(max_length=80, db_index=True)
    change = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.under} {self.change:+}"


class TallyTogether(models.Model):
    """As `Tally`, for choices together."""

    under = models.CharField(max_length=120, db_index=True)
    change = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.under} {self.change:+}"


class Heard(models.Model):
    """An organisation that stands behind a need others find, and when it last spoke: what the front page counts."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="+")
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.last_at}"


class Voice(models.Model):
    """One organisation (or somebody who speaks for it) stands behind the need, in its own words."""

    public_id = PublicIdField()
    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="voices")
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="voices")
    # Who speaks for the organisation, with its consent.
    spokesperson = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    # How many said it, where a spokesperson speaks for members or for those who answered a survey.
    sources = models.PositiveIntegerField(default=1)
    words = models.TextField(blank=True)
    language = models.CharField(max_length=2, default="nb")
    people = models.PositiveIntegerField(default=1)
    forms = models.JSONField(default=list)
    place = models.ForeignKey(Municipality, null=True, on_delete=models.PROTECT, related_name="+")
    words_are_public = models.BooleanField(default=False)
    name_is_public = models.BooleanField(default=False)
    # The organisation is known to stand behind it, not only named by somebody.
    is_confirmed = models.BooleanField(default=False)
    email = models.EmailField(blank=True)
    # How often they want news by e-mail.
    news = models.CharField(max_length=8, choices=Notices, default=Notices.DAILY)
    # "Did it help?", and why not; empty until they have said.
    helped = models.CharField(max_length=3, choices=Helped, blank=True)
    helped_words = models.CharField(max_length=500, blank=True)
    helped_at = models.DateTimeField(null=True)
    # Hash of the personal link's secret.
    link_hash = models.CharField(max_length=64, blank=True, db_index=True)
    # Made by the browser once per form, so that the same form sent twice is one voice.
    sending_key = models.CharField(max_length=40, null=True, unique=True)
    # The same organisation had said it already: its words are kept, and it counts once.
    repeats = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="repeated_by")
    voiced_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["voiced_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need", "organisation"],
                condition=models.Q(withdrawn_at=None, repeats=None),
                name="one_voice_per_organisation_and_need",
            )
        ]
        indexes = [
            # All that counting needs by sector and place looks at.
            models.Index(fields=["need", "organisation", "place", "withdrawn_at"], name="voice_counted"),
            # All that telling who was heard in a period looks at.
            models.Index(fields=["voiced_at", "withdrawn_at", "need", "organisation"], name="voice_heard"),
        ]

    def __str__(self) -> str:
        return f"voice:{self.public_id}"


class Answer(models.Model):
    """What a person answered: words, the new state, who takes it on, and when the next answer comes."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="answers")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State)
    next_answer_on = models.DateField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.need} {self.state}"


class Merge(models.Model):
    """Two needs were found to be the same: what it takes to part them again."""

    public_id = PublicIdField()
    kept = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="merges")
    merged = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    # The voices that came with it.
    voices = models.ManyToManyField(Voice, related_name="+")
    # How far the merged one had come, and what the kept one had promised.
    state = models.CharField(max_length=12, choices=State)
    next_answer_on = models.DateField()
    waiting_since = models.DateTimeField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.merged} into {self.kept}"


class Apart(models.Model):
    """Somebody has said that these two are not the same: they are not suggested again. `one` is the older row."""

    one = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["one", "other"], name="one_row_per_two_needs")]

    def __str__(self) -> str:
        return f"{self.one} is not {self.other}"


class Notice(models.Model):
    """What a voice is told because of a fact: one row for each of the two, by e-mail or on the voice's own page."""

    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="notices")
    fact_id = models.PositiveBigIntegerField()
    # That it was heard: sent at once, whatever is chosen for news.
    is_receipt = models.BooleanField(default=False)
    # Else it stands on the voice's own page, where it is from the first second.
    is_letter = models.BooleanField(default=True)
    # The letter it goes in, with others to the same address; the same at every try.
    letter_id = models.CharField(max_length=40, blank=True, db_index=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    # Somebody who wants news at most once a day has had today's, or another worker has it in hand.
    not_before = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "fact_id"], name="one_letter_per_fact")]
        indexes = [
            models.Index(fields=["attempts", "id"], condition=models.Q(sent_at=None), name="notice_owed"),
        ]

    def __str__(self) -> str:
        return f"{self.voice} {self.fact_id}"


class Reminder(models.Model):
    """A person was reminded of a promised day: the owner before it, coordinators after it. Once each."""

    need = models.ForeignKey(Need, on_delete=models.CASCADE, related_name="reminders")
    promised_on = models.DateField()
    is_late = models.BooleanField()
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    letter_id = models.CharField(max_length=40)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    # None while it waits; without an address there is only the desk, which has it already.
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["need", "promised_on", "is_late", "person"], name="one_reminder_each")
        ]

    def __str__(self) -> str:
        return f"{self.need} {self.promised_on} {self.person}"


class Shortage(models.Model):
    """Statistical demand: an estimate of how many people an occupation lacks. Never summed with voices."""

    source = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    county = models.CharField(max_length=30)
    # STYRK-08, as NAV counts.
    occupation_code = models.CharField(max_length=4)
    occupation_name = models.CharField(max_length=200)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "year", "county", "occupation_code"], name="one_shortage")
        ]
        ordering = ["-people", "occupation_name"]

    def __str__(self) -> str:
        return f"{self.occupation_code} {self.year}: {self.people}"
