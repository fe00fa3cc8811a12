"""The columns of a catalogue and the names people give them, in bokmål, nynorsk and English.

A file needs a title; all else may be left out. The list is shown where one chooses the file.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.tables import Column

COLUMNS = (
    Column("id", _("Own id"), _("The provider's own id. Else title and provider tell one offer from another"),
           ("kode", "kurskode", "emnekode", "studiekode", "tilbudsid", "tilbodsid", "course id", "code")),
    Column("title", _("Title"), _("What it is called"),
           ("tittel", "navn", "namn", "kurs", "kursnavn", "kursnamn", "tilbud", "tilbod", "studium", "studie", "emne",
            "name", "course", "course name"), is_required=True),
    Column("kind", _("Kind"), _("course, programme or module"), ("type", "slag", "tilbudstype", "tilbodstype")),
    Column("provider", _("Given by"), _("Who gives it"),
           ("tilbyder", "tilbydar", "skole", "skule", "lærested", "lærestad", "arrangør", "arrangor", "utdanningssted",
            "school", "institution", "organisation")),
    Column("language", _("Language"), _("nb, nn or en"), ("språk", "målform", "undervisningsspråk", "lang")),
    Column("description", _("Description"), _("What it is, in a few sentences"),
           ("beskrivelse", "skildring", "omtale", "om", "innhold", "innhald", "about", "summary")),
    Column("outcomes", _("Learning outcomes"), _("Learning outcomes: one on each line, or parted by | or ;"),
           ("læringsutbytte", "læringsutbytter", "læringsutbyte", "læringsmål", "kompetansemål", "mål",
            "learning outcomes", "learning outcome", "goals")),
    Column("level", _("Level"), _("introduction, trade certificate, college or master"), ("nivå", "niva")),
    Column("nkr_level", _("NKR level"), _("NKR or EQF level, 1 to 8"), ("nkr", "eqf", "nkr nivå", "nkr niva", "eqf level", "nkr eqf")),
    Column("municipality", _("Municipality"), _("Municipality, by name or number"),
           ("kommune", "sted", "stad", "kommunenummer", "kommunenr", "place", "location")),
    Column("delivery", _("How it is taught"), _("classroom, online, at work, simulation, evening, gatherings; more than one parted by , or |"),
           ("form", "metode", "undervisningsform", "gjennomføring", "leveringsform", "method", "mode", "course mode")),
    Column("credits", _("Credits"), _("Credits (ECTS)"), ("studiepoeng", "sp", "poeng", "stp", "ects")),
    Column("weeks", _("Weeks"), _("How many weeks"),
           ("uker", "veker", "antall uker", "tal på veker", "varighet uker", "lengde uker", "duration weeks")),
    Column("hours_per_week", _("Hours a week"), _("Hours a week"),
           ("timer i uka", "timer per uke", "timar i veka", "timar per veke", "timer pr uke", "timeruke", "hours a week",
            "hours week")),
    Column("part_time", _("Part time"), _("yes or no"), ("deltid", "is part time")),
    Column("starts", _("Starts"), _("Start dates, such as 2027-01-15 or 15.1.2027; more than one parted by , or |"),
           ("start", "startdato", "startdatoer", "startdatoar", "oppstart", "begynner", "byrjar", "start date", "start dates")),
    Column("places_per_year", _("Places a year"), _("Places a year"),
           ("plasser", "plassar", "antall plasser", "plasser i året", "plassar i året", "studieplasser", "studieplassar",
            "places", "seats")),
    Column("price", _("Price"), _("Price in kroner; 0 or «free» when it is free"),
           ("pris", "kostnad", "avgift", "deltakeravgift", "deltakaravgift", "pris kr", "price nok", "cost", "fee")),
    Column("url", _("Web page"), _("Address of its own page, with https://"),
           ("lenke", "lenkje", "nettside", "nettadresse", "adresse", "link", "website", "web page")),
    Column("isced", _("Field of study (ISCED)"), _("Field of study, four figures of ISCED-F"), ("isced f", "fagfelt", "studiefelt", "field of study")),
)  # fmt: skip
