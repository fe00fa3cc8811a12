"""The columns of a survey and the names people give them, in bokmål, nynorsk and English.

A file needs the words alone; all else may be left out. The list is shown where one chooses the file.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kompetanseforum.core.tables import Column

COLUMNS = (
    Column("words", _("Need"), _("What they need, in their own words"),
           ("behov", "innspill", "innspel", "kompetansebehov", "hva trenger dere", "kva treng de", "hva trenger dere å kunne",
            "kva treng de å kunne", "svar", "fritekst", "need", "needs", "skill need", "answer"), is_required=True),
    Column("organisation", _("Workplace"), _("Who needs it. Left empty: whose survey it is speaks for them"),
           ("virksomhet", "verksemd", "bedrift", "firma", "organisasjon", "arbeidsplass", "arbeidsgiver", "arbeidsgjevar",
            "navn", "namn", "company", "employer", "workplace", "name")),
    Column("spokesperson", _("Spokesperson"), _("Who speaks for them, when it is not they themselves"),
           ("talsperson", "på vegne av", "på vegner av", "forbund", "fagforening", "forening", "foreining", "union", "association")),
    Column("sources", _("Number of answers"), _("How many said so, when one speaks for many"),
           ("antall svar", "tal på svar", "antall kilder", "tal på kjelder", "antall medlemmer", "tal på medlemer", "svar totalt",
            "responses", "number of answers")),
    Column("people", _("People"), _("How many people need it"),
           ("antall", "antall personer", "antall ansatte", "tal på personar", "tal på tilsette", "hvor mange", "kor mange",
            "how many", "number of people")),
    Column("place", _("Municipality"), _("Municipality, by name or number"),
           ("kommune", "sted", "stad", "kommunenummer", "kommunenr", "municipality", "location")),
    Column("horizon", _("When"), _("now, soon (in 1–3 years) or later"),
           ("når", "tid", "tidshorisont", "tidsramme", "horisont", "haster", "when", "time")),
    Column("level", _("Level"), _("introduction, trade certificate, college or master"), ("nivå", "niva")),
    Column("forms", _("Form"), _("evening, daytime, at work, online, gatherings; more than one parted by , or |"),
           ("form", "hvordan", "korleis", "passer", "passar", "kursform", "opplæringsform", "how", "delivery")),
    Column("sector", _("Sector"), _("business, public sector, education …"), ("sektor",)),
    Column("size", _("Number of employees"), _("How many work there"), ("størrelse", "storleik", "ansatte", "tilsette", "antall i bedriften", "employees")),
    Column("language", _("Language"), _("nb, nn or en; else we hear it"), ("språk", "målform", "lang")),
    Column("words_public", _("Words are open"), _("yes: everybody may read their words. Else members only"),
           ("ordene er åpne", "orda er opne", "offentlig", "offentleg", "kan vises", "kan visast", "public")),
    Column("name_public", _("Name may be shown"), _("yes: their name may be shown. Else it is hidden"),
           ("vis navn", "vis namn", "navn kan vises", "namn kan visast", "show name")),
    Column("joins", _("Joins need"), _("The id of a need that is here, such as 7h3k2m9qxa: the row joins it"),
           ("behov id", "behovsid", "need id")),
    Column("id", _("Own id"), _("The row's own id. Else who and what they said tell one row from another"),
           ("nr", "nummer", "løpenummer", "respondent", "svar id", "rad", "respondent id", "row")),
)  # fmt: skip
