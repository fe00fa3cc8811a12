"""What people say when they need, have, offer or do not need a skill: cues as patterns over normalised words.

A text is matched as its lower-case words with one space between, so a pattern never sees punctuation.
The first pattern that fits at a place wins; therefore the more telling stand first.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from kompetanse.linking.links import Polarity

_WE: Final = r"(?:vi|me|jeg|eg|de|dei|dere|dykk|bedriften|bedrifta|kommunen|mange|folk|nyansatte|nytilsette)"
_NOT: Final = r"(?:ikke|ikkje|aldri)"
_ONLY: Final = r"(?! (?:bare|berre|kun|minst)\b)"

_NORWEGIAN: Final = (
    # A lack told with a negation: not a negation of the need.
    (
        Polarity.NEED,
        rf"{_NOT} (?:lenger |helt |heilt )?(?:tak i|nok|råd til|mange nok|gode nok|flinke nok|trygge? (?:på|med|i))",
    ),
    (Polarity.HAVE, rf"mangle?r {_NOT}|manglar {_NOT}|{_NOT} (?:noen |nokon )?mangel på"),
    (
        Polarity.NEED,
        rf"(?:kan|tør|torer|tør|våger|klarer|klarar|greier|mestrer|meistrar|forstår|skjønner|behersker|får til|får|finner|finn|vet|veit|"
        rf"skjønar|har|lykkes|orker|rekker|rekk|behersker|kjenner|kjenn|lærte|fått) (?:{_WE} |alle |heller |seg |det |dette |den )?{_NOT}\b(?: tak i)?(?! (?:lenger |lengre |noe |noko |noen |nokon |stort |særlig )?(?:behov|bruk for|nok av))",
    ),
    # The need denied.
    (
        Polarity.NOT_NEEDED,
        rf"(?:trenger|treng|trengs|trengst|behøver|behøv|ønsker|ønskjer|ønskes|søker|søkjer|krever|krev|kreves|krevst|skal ha|vil ha|ser|leter|leiter) "
        rf"(?:{_WE} |det |å )?(?:heller |lenger |egentlig |eigentleg )?{_NOT}{_ONLY}",
    ),
    (
        Polarity.NOT_NEEDED,
        rf"(?:{_NOT}|ingen|ikkje noko|ikke noe|uten|utan|slutt på|null) (?:lenger |lengre |lengst |stort |noe |noko |noen |akutt |særlig |det store )*"
        rf"(?:behov|bruk for|krav|nødvendig|naudsynt|aktuelt|etterspørsel|et krav|vits)",
    ),
    (
        Polarity.NOT_NEEDED,
        r"(?:unødvendig|unødvendige|overflødig|overflødige|unødig|slipper|slepp|dropper|droppar|kutter ut)\b",
    ),
    (
        Polarity.NOT_NEEDED,
        rf"{_NOT} (?:lenger|lengre)\b|ingen (?:som )?(?:spør|etterspør|vil ha|bryr)\b|bryr (?:oss|seg) (?:\w+ )?{_NOT}|"
        rf"skal {_NOT}\b|(?:sluttet|slutta|ferdig|ferdige) (?:med|å)\b|lagt ned\b|{_NOT} ute etter\b|kommer {_NOT} til å (?:trenge|bruke|søke|ha behov)|kjem {_NOT} til å|(?:vi|me|de|dei) {_NOT} (?:trenger|treng|søker|søkjer|behøver)\b|"
        # "Det er ikke sveising vi mangler"
        rf"er {_NOT}(?= (?:\w+ ){{1,4}}(?:vi|me) (?:trenger|treng|mangler|manglar|søker|søkjer|ønsker|ønskjer)\b)",
    ),
    # Nice to have, unless a need stands before it ("skulle gjerne hatt").
    (
        Polarity.NEED,
        r"(?:vil|skulle|ville|tar|tek|ønsker|vi) gjerne (?:ha|hatt|lære|hatt|vite|veta|bli|kunne|kurse|med)",
    ),
    (
        Polarity.NICE_TO_HAVE,
        r"(?:ønskelig|ønskeleg|ønskjeleg|en fordel|ein fordel|fordel (?:om|med|hvis|å|dersom|viss)|er fordel|fordelaktig|helst|gjerne|et pluss|eit pluss|"
        r"er pluss|er bonus|kjekt|(?:fint|bra|flott|supert|topp) (?:om|hvis|viss|dersom)|hadde vært fint|hadde vore fint|ville vært fint|hyggelig|positivt|teller positivt|ingen betingelse|"
        r"ikke et must|ikkje eit must|om mulig|om mogleg|kan være nyttig|vektlegges)\b",
    ),
    # Needs that a "har" begins.
    (
        Polarity.NEED,
        rf"(?<=vi )hadde\b|(?<=me )hadde\b|har (?:{_WE} )?(?:lenge |også |òg |et |eit |en |ein |stort |stor |akutt |sterkt |særlig |mye |for |alt for |altfor |store |ofte |bare |berre |kun )*"
        r"(?:behov|bruk for|søkt|lett etter|leita|etterlyst|problem\w*|utfordring\w*|vansk\w*|mangel|ingen|få\b|lite\b|lita\b|ledig\w*|ledige|lyst|ønske|sluttet(?! med)|slutta(?! med)|mistet|mista|underskudd|for få)",
    ),
    # The own stock.
    (
        Polarity.HAVE,
        rf"har (?:{_WE} )?(?:jo |også |òg |nå |no |heldigvis |heldigvis |alt )?(?:allerede|nok|godt med|god|gode|flere|fleire|mange|mye|mykje|solid|lang|"
        r"dekket|dekka|full|fått|fast|dyktige|flinke|egne|eigne|to|tre|fire|fem|en som|ein som|folk som|ansatte som|tilsette som)\b",
    ),
    (
        Polarity.HAVE,
        r"(?:(?<=vi )|(?<=me )|(?<=men )|(?<=og ))har\b(?! (?:søkt|lett|leita|lenge|ikke|ikkje|aldri|sluttet|slutta))|har (?:vi|me)\b|(?:er|blir) (?:godt )?(?:dekket|dekka)\b|fra før\b|frå før\b|allerede\b|allereie\b|"
        r"(?:alle|samtlige|fleire|flere) (?:her|hos oss|i bedriften|våre|på laget) (?:kan|kjenner|behersker|har)\b|går (?:fint|bra|greit|godt)\b|god kontroll\b",
    ),
    (
        Polarity.HAVE,
        r"er (?:vi |me |de |dei |alle )?(?:veldig |svært |ganske )?(?:flinke|gode|sterke|trygge|dyktige|stødige) (?:til|på|i|med)\b|er (?:sertifisert|kurset|kursa|utdannet|utdanna|opplært)e? i\b",
    ),
    (
        Polarity.HAVE,
        r"(?:behersker|mestrer|meistrar|kan alt)\b|(?:(?<=vi )|(?<=me ))kan\b(?! (?:få|ta|tenke|trenge|tilby|ikke|ikkje))|kan (?:vi|me|alle)\b",
    ),
    # Teaching.
    (
        Polarity.OFFER,
        r"(?:deltaker\w*|deltakar\w*|student\w*|elev\w*|kandidat\w*|lærling\w*|kurset|kursa|emnet|studiet|utdanning\w*|faget|modul\w*) "
        r"(?:skal |vil |vil kunne |skal kunne )?(?:lærer|lærar|lære|kan|har|skal|får (?:lære|opplæring|kunnskap|innføring|trening)|kunne|gir|gjev|gir deg|dekker|dekkjer|omfatter|handler om|handlar om|tar for seg|beherske)\b"
        r"(?! ikke| ikkje)",
    ),
    (
        Polarity.OFFER,
        r"(?:tilbyr|tilbyd|underviser i|underviser|undervise i|underviser|gir opplæring|gjev opplæring|holder kurs|held kurs|arrangerer|etter (?:fullført|endt|gjennomført|avslutta|kurset|studiet|emnet)|"
        r"lærer (?:deltaker\w*|deltakar\w*|student\w*|elev\w*)|læringsutbytte|du (?:lærer|lærar|vil lære|skal lære|får opplæring|får kunnskap)|vi lærer bort|me lærer bort|innføring i|kurs\w* gir|kurser)\b",
    ),
    # The need.
    (
        Polarity.NEED,
        r"(?:trenger|treng|trengs|trengst|trengte|trengde|behøver|behøv|behov\w*|mangel|mangler|manglar|mangla|søker|søkjer|søkes|etterlyser|etterspør|etterspørres|leter|leiter|"
        r"ser etter|ønsker|ønskjer|ønskes|ynskjer|savner|saknar|krever|krev|kreves|krevst|krav om|må|skulle hatt|vil ha|vil lære|vil bli|skal lære|bør kunne|"
        r"bør lære|burde kunne|burde|ingen|få (?:her|hos|som|kan|av)|for få|for lite|altfor få|lite|sliter|slit|strever|strevar|usikre|usikker|utrygge|redde for|"
        r"vanskelig|vanskeleg|vrient|tungt|umulig|umogleg|dårlige?|svake|knapphet|rekruttere|ansette|tilsette flere|tilsetje|lære opp|bli flinkere|bli bedre|bli betre)\b",
    ),
)

_ENGLISH: Final = (
    (
        Polarity.NICE_TO_HAVE,
        r"(?:nice to have|a plus|is plus|a bonus|preferably|preferred|desirable|desired|an advantage|advantageous|ideally|bonus|would be (?:good|great|nice|useful)|"
        r"not a must|optional|beneficial|an asset|if possible)\b",
    ),
    (
        Polarity.HAVE,
        r"(?:not|no|never|have no|has no) (?:lack|lacking|short of|shortage of|missing)\b|(?:don t|do not|doesn t) lack\b",
    ),
    (
        Polarity.NOT_NEEDED,
        r"(?:don t|do not|doesn t|does not|didn t|no longer|not|never|needn t|won t|will not|isn t|aren t) (?:really |actually |longer |currently |any |be )*"
        r"(?:need|needed|require|required|necessary|want|looking|look for|seek|seeking|hire|hiring|essential|mandatory)\b(?! only| just)",
    ),
    (
        Polarity.NOT_NEEDED,
        r"(?:no|without|without any|without the) (?:further |more |longer |longer a )?(?:need|requirement|demand|use for)\b|no(?= (?:\w+ ){1,5}(?:required|needed|necessary)\b)|unnecessary\b|redundant\b|superfluous\b|any longer\b|(?:don t|do not|doesn t|does not|needn t) (?:have to|need to|want)\b",
    ),
    (
        Polarity.NEED,
        r"(?:don t|do not|doesn t|does not|can t|cannot|can not|unable to|couldn t|could not|not|never) (?:\w+ )?"
        r"(?:have enough|have any|have anyone|have|know how|know|find|able|dare|manage|understand|get hold of|enough|use|operate|do|master|confident|good|sure|comfortable|trained)\b",
    ),
    (Polarity.NEED, r"(?:nobody|no one|none of us|none|few|too few|hardly anyone|only one)\b"),
    (
        Polarity.NEED,
        r"(?:have|has|had) (?:a |an |the |great |big |huge |urgent |real |some )*(?:need|problem\w*|challenge\w*|shortage|lack|no(?! shortage| lack)|trouble|difficult\w*|vacanc\w*|few|too few|little|to learn)\b",
    ),
    (
        Polarity.OFFER,
        r"(?:you|students?|participants?|learners?|graduates?|pupils?|candidates?|apprentices?) (?:will |can |will be able to |are able to |should be able to |to )*"
        r"(?:learn|learns|gain|acquire|master|be able|can|study|understand)\b",
    ),
    (
        Polarity.OFFER,
        r"(?:we|course|programme|program|module|school|college) (?:also )?(?:offers?|teach(?:es)?|provides?|covers?|gives?|trains?|includes?)\b|learning outcomes?\b|^learn\b|^study\b|after complet\w+\b|on completion\b|upon completion\b",
    ),
    (
        Polarity.HAVE,
        r"already\b|(?:(?<=we )|(?<=they )|(?<=but )|(?<=and ))(?:do |now )?have\b|(?:are|is) covered\b|(?:are|re) (?:very |quite )?(?:good|strong|skilled|confident)\b|(?:ve|have) got\b|have (?:enough|plenty|sufficient|several|many|solid)\b|in house\b|are (?:trained|certified|skilled) in\b|do (?:very |quite )?well\b|(?:(?<=we )|(?<=they ))(?:can(?! t\b| not\b)|know|master)\b|(?:everyone|everybody|all|all of us)(?: here)? (?:can|knows?)\b",
    ),
    (
        Polarity.NEED,
        r"(?:needs?|needed|requires?|required|looking for|look for|looks for|seek|seeks|seeking|lack|lacks|lacking|short of|shortage|missing|must|want|wants|wanted|would like|"
        r"struggle|struggles|struggling|have to|has to|should|hard to find|difficult|hiring|hire|recruit\w*|afraid|unsure|wish|demand\w*)\b",
    ),
)

_CUES: Final = {"no": _NORWEGIAN, "en": _ENGLISH}


@cache
def cue_pattern(family: str) -> tuple[re.Pattern[str], tuple[Polarity, ...]]:
    """One pattern of all cues of a language family; group number n (from 1) belongs to polarity n - 1."""
    cues = _CUES.get(family, _ENGLISH)
    pattern = "|".join(f"({cue})" for _, cue in cues)
    return re.compile(rf"\b(?:{pattern})"), tuple(polarity for polarity, _ in cues)
