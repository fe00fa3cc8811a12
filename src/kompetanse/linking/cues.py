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
_ONLY: Final = r"(?! (?:bare|berre|kun|minst|mindre enn|annet enn|anna enn)\b)"

_NEEDS: Final = r"(?:trenger|treng|behøver|behøv|søker|søkjer|ønsker|ønskjer|leter etter|leiter etter|vil ha|skal ha)"
_WAS: Final = r"(?:hadde|ville) (?:det )?(?:ikke |ikkje )?(?:vært|vore|være|vere|blitt|vorte)"
_GOOD: Final = (
    r"(?:fint|bra|flott|supert|topp|stas|kjekt|greit|greitt|moro|gull|ok|luksus|artig|gildt|hyggelig|koselig|nyttig|praktisk|drømmen|"
    r"(?:en|ein) (?:drøm|draum|bonus|fordel|føremon|gave|gåve|luksus|styrke|styrkje|klar fordel)|(?:et|eit) pluss|prikken over i en)"
)
_TO_SOMEBODY: Final = (
    r"(?:bort|fra seg|frå seg|fra oss|frå oss|deg|dere|dykk|andre|unge|dem|folk|nye|kundene|kundane|naboer|naboar)"
)

_NORWEGIAN: Final = (
    # Two negations, or a negated "as if".
    (
        Polarity.NEED,
        rf"(?:er|var) (?:jo |da )?{_NOT} (?:slik |sånn |det |fordi |for det )?(?:at |som at )?(?:vi |me |dei |de )?{_NOT} {_NEEDS}\b|"
        rf"(?:er|var) (?:jo |da )?{_NOT} (?:lenger |lengre )?(?:slik|sånn|det) at (?:vi|me|de|dei|alle|folk|noen) (?:kan|har|behersker|er)\b|"
        rf"{_NOT} uten (?:at|å)|kan {_NOT} (?:klare|klara|greie) oss uten|(?:klarer|klarar|greier|får|overlever|kommer|kjem) (?:vi |me |oss )*{_NOT} (?:\w+ ){{1,4}}(?:uten|utan)\b|(?:klarer|klarar|greier) (?:oss |seg )?{_NOT} (?:oss |seg )?(?:lenger |lengre )?(?:uten|utan)",
    ),
    # What is said of a concept by a whole verdict: first those that a "ikke" inside would mislead.
    (
        Polarity.NICE_TO_HAVE,
        rf"(?:{_NOT}) (?:avgjørende|avgjerande|noe must|noko must|noe absolutt krav|noko absolutt krav)\b|(?:på|øverst på|langt nede på) (?:ønskelista|ønskelisten|ønskjelista)|"
        r"(?:drømmer|drøymer) (?:vi |me )?om|(?:setter|set) (?:vi |me )?pris på|(?:ser|liker|likar) (?:vi|me) (?:gjerne|godt|på som positivt)|blir (?:det )?lagt merke til|"
        r"(?:kan|kunne|kunne ha|kan ha) (?:vært|vore|være|vere|bli) (?:nyttig|kjekt|fint|greit|aktuelt|artig|en fordel|ein fordel)|(?:hadde|ville) (?:gjort|gjøre) (?:oss|det) (?:glade|lettere|lettare)|"
        r"(?:også|òg) kan\b(?= .*\b(?:fint|bra|pluss|fordel|flott|føremon|bonus)\b)|(?:gjerne|helst) med\b|på sikt\b|en dag\b(?=.* hatt)|(?:med|er) (?:et |eit )?(?:stort |klart |lite )?(?:pluss|fortrinn|føremon)",
    ),
    (
        Polarity.HAVE,
        r"(?:ordner|ordnar|fikser|fiksar|gjør|gjer|tar|tek|styrer|klarer|klarar|greier) (?:vi|me) (?:oss )?(?:fint |helt |heilt |alt )?(?:selv|sjølv|sjølve|på egen hånd|på eiga hand|med egne folk|med eigne folk)|"
        r"(?:tar|tek) (?:\w+ ){1,3}(?:seg|hand om|hånd om) av\b|har (?:vi |me )?(?:alt |allerede )?(?:folk (?:på|til)|inne|internt|i huset|under huden)\b|"
        r"(?:utlærte|utlærde|sertifiserte|godkjente|godkjende|drevne|rutinerte) (?:i|på|innen|innan|for)\b|vært på (?:\w*kurs)|vore på (?:\w*kurs)|(?:tatt|teke|bestått) (?:\w*kurs\w*|sertifikat\w*|fagbrev\w*|prøva|prøven)|"
        r"(?:er|blir|vert) (?:det )?(?:ikke|ikkje|ingen|inga|aldri) (?:noe |noko |et |eit )?(?:problem|mangel|skort|sak|tema)|går (?:av seg selv|av seg sjølv|på skinner|som en lek|som ein leik)|full bemanning|(?:ingen|inga) (?:mangel|skort|nød)|"
        r"(?:sitter|sit) (?:vi|me) (?:godt )?(?:inne med|på)\b(?! (?:og|for))|(?:har|er) (?:vi|me) allerede\b|(?:nå|no) har (?:vi|me)\b(?! (?:ikke|ikkje|ingen|inga|bruk|behov|for|trøbbel|problem))",
    ),
    (
        Polarity.NOT_NEEDED,
        # Nobody who asks "hva trenger vi sveising til" wants it.
        r"(?:hva|kva) (?:trenger|treng|behøver|skal) (?:vi|me|jeg|eg)(?= (?:med )?(?:\w+ ){1,4}til$)|"
        rf"(?:er|var) {_NOT} (?:noe|noko|det|noen|nokon|den|dei|de|akkurat det) (?:som )?(?:vi|me|bedriften|kommunen) {_NEEDS}\b|står {_NOT} på (?:lista|listen|ønskelista)|"
        rf"(?:trengs|trengst|behøves|kreves|krevst|forlanges|ventes|etterspørres) (?:det )?(?:heller |lenger |slett )?{_NOT}\b|(?:krever|krev|forlanger|forlangar|ber|spør) (?:vi|me) (?:heller |om |etter |lenger )*{_NOT}\b|"
        rf"(?:ingen|inga) (?:forkunnskaper|forkunnskapar|erfaring|krav|bruk|etterspørsel|vits|grunn|poeng)\b|(?:se|sjå) bort (?:fra|frå)|gjør (?:ingenting|ikke noe) om du {_NOT} kan|gjer (?:ingenting|ikkje noko) om du {_NOT} kan|"
        r"(?:fjernet|fjerna|kuttet|kutta|droppet|droppa|strøket|stroke|lagt bort|lagt på hylla|avviklet|avvikla|nedlagt|lagt ned)\b|(?:søke|søkje|komme|jobbe|arbeide) (?:her |hos oss )?(?:uten|utan)\b|(?:kan|må) (?:gjerne |godt )?vente\b",
    ),
    (
        Polarity.OFFER,
        r"(?:kom|reis) (?:til|innom) oss|(?:hospitere|hospitering|praksisplass\w*|læreplass\w*) (?:hos|i|på|ved)|tar (?:vi )?imot (?:\w+ )?(?:lærlinger|elever|studenter|praksis\w*)|tek (?:me )?imot (?:\w+ )?(?:lærlingar|elevar|studentar|praksis\w*)|"
        r"(?:i løpet av|gjennom|målet med|formålet med|på|føremålet med) (?:kurset|kursa|studiet|emnet|utdanningen|utdanninga|modulen|opplæringen|opplæringa)|(?:læringsmål|pensum|timeplan|undervisning\w* i|undervisning\w* om|undervising\w* i)|"
        r"(?:lær|lære) (?:av|hos|med) oss|(?:fører|leder|leier) (?:fram|frem) til|(?:gir|gjev) (?:deg|dere|dykk|deltakerne|deltakarane|elevene|elevane|studentene|studentane)\b",
    ),
    # Taught to others.
    (
        Polarity.OFFER,
        rf"(?<!som )(?<!noen av dere )(?:(?<!dere )(?<!hvem )(?<!kven )(?<!de )kan |vil |skal )?(?<!dere kan )(?<!hvem kan )(?<!kven kan )(?:gjerne )?(?:lære|lærer|lærar) (?:gjerne |den |det |dette )?{_TO_SOMEBODY}\b(?! (?:vi|me) (?:mangler|trenger|treng))|"
        r"(?:deler|delar|dele) (?:den |det |dette |dei |de |vi |me )?(?:gjerne )?(?:det (?:vi|me) kan|kunnskap\w*|erfaring\w*|gjerne|med (?:andre|dere|dykk|deg))|"
        r"(?:gjerne )?(?:viser|syner|vise|syne) (?:gjerne )?(?:dere|dykk|deg|andre|folk)|"
        r"(?:utdanner|utdannar|skolerer|skulerer|lærer opp|lærar opp|kurser|kursar|veileder|rettleier|instruerer|foreleser om|førelesar|held foredrag om|holder foredrag om)\b|"
        r"(?:gir|gjev|gjer|har|tilbyr|tilbyd|holder|held|arrangerer|setter opp|set opp|starter|startar|kjører|køyrer) (?:vi |me |også |òg |nå |no |egne |eigne |et |eit |nytt |gratis |åpne |opne |jevnlig |jamleg |kvelds|helge)*"
        r"(?:\w*opplæring|\w*kurs|\w*undervisning|\w*undervising|veiledning|rettleiing|workshop\w*|verksted i|fagdag\w*|studie\w*|utdanning\w*|modul\w*|emne\w*)\b(?! (?:av |hos )?(?:oss|ansatte|tilsette))|"
        r"(?:ring|kontakt|ta kontakt med) oss\b|ta kontakt (?:om|hvis|viss|dersom)|(?:meld|melde) (?:deg|dere|dykk) på|påmelding|studieplass\w*|"
        r"(?:vil|ønsker|ønskjer|trenger|treng|lurer|drømmer|drøymer) (?:du|dere|de) (?:på |om )?(?:verkeleg |virkelig |deg |å )?(?:lære|læra|bli|kunne|ha|folk|hjelp|kurs)|"
        r"(?:hos oss|her) (?:får|kan|lærer|lærar|vil) (?:du|dere|de|elevene|elevane|deltakerne|deltakarane|ungdom\w*|man|en|ein) (?:\w+ )?(?:lære|å lære|opplæring|kurs|teste|prøve)?|"
        r"(?:kom og|bli med og|bli med på|kom på|kom til oss og) (?:lær|prøv|kurs\w*|bli)?|(?:lær|studer|ta) (?:deg )?(?=.* (?:hos oss|på \w+skolen|med oss|ved \w+|på nett))|"
        r"(?:eleven|elevene|elevane|deltakerne|deltakarane|deltakaren|deltakeren|studenten|studentene|studentane|lærlingen|lærlingene|lærlingane|kandidaten|kandidatane|kandidatene|kursdeltakerne|du) (?:skal |vil )?(?:får|lærer|lærar|kunne|kan etter|sitter igjen med|sit att med|går ut med|tilegner|tileignar|har etter)\b(?! (?:ikke|ikkje))",
    ),
    # Said no to.
    (
        Polarity.NOT_NEEDED,
        rf"{_NEEDS} (?:\w+ ){{0,2}}(?:verken|hverken|korkje)\b|(?:verken|hverken|korkje)(?= (?:\w+ ){{1,6}}{_NEEDS}\b)|"
        rf"(?:klarer|klarar|greier|klare|greie) (?:\w+ ){{0,3}}(?:uten|utan)\b(?<!ikke uten)(?<!ikkje utan)|uten (?:at (?:noen|nokon|du|vi|folk)|å (?:kunne|ha|kan))|utan (?:at (?:nokon|du|me|folk)|å (?:kunne|ha|kan))|"
        rf"{_NOT} (?:lenger |lengre |akkurat )?(?:på (?:jakt|leit|let) etter|interessert i|aktuelt|aktuell|vits i|noen vits|noko poeng|noe poeng|viktig|nødvendig\w*|naudsynt\w*|påkrevd|et krav|eit krav|noe krav|noko krav)|"
        r"(?:sluttet|slutta|holdt opp|halde opp|gitt opp|gjeve opp|stoppet|stoppa) (?:å |med å )(?:lete|leite|søke|søkje|se|sjå|spørre|bruke|lyse)|"
        r"(?:før|tidligere|tidlegare|en gang|ein gong|lenge|i fjor) (?:trengte|trong|trengde|søkte|lette|leita|ville|måtte|brukte|hadde)\b|"
        r"(?:trengte|trong|trengde|søkte|lette|leita|pleide|brukte|måtte) (?:vi|me|dei|de)(?= (?:.* )?(?:før|tidligere|tidlegare)\b)|"
        r"(?:trengte|trong|trengde|søkte|pleide|lette|leita)(?= .*\b(?:nå|no|i dag)\b)|"
        rf"(?:trenger|treng|behøver|må) (?:du|dere|de|dei|man|en|ein|ingen|noen|nokon|folk) (?:\w+ )?{_NOT}\b|"
        r"(?:bare|berre) (?:ikke|ikkje)\b|(?:takker|takkar|sier|seier) nei til|(?:spiller|speler) (?:ingen|inga) rolle|(?:det )?samme om|slutt på|tiden er forbi|tida er forbi|"
        r"(?:kan|kunne) (?:vi|me) (?:godt |fint )?(?:være|vere|klare oss) (?:uten|utan)|erstattet av|erstatta av|tatt over av|tar roboten seg av",
    ),
    # A wish.
    (
        Polarity.NICE_TO_HAVE,
        rf"{_WAS} (?:veldig |så |jo |skikkelig |litt |rent |reint |også |òg )*(?:{_GOOD}|(?:ikke|ikkje) (?:så )?(?:dumt|galt|feil|vondt))|{_WAS} (?:\w+ )?(?:dumt|galt|glad|glade|takknemlig\w*)\b|"
        rf"(?:ville|vil|kan|kunne|skader|skadar) (?:det )?{_NOT} (?:skade|skada|være feil|vere feil|være dumt|vere dumt|gjøre noe|gjere noko|om\b)|(?:skader|skadar) {_NOT}|"
        rf"(?:er|var) {_NOT} (?:en |ein |noen |noko |nokon |noe )?(?:ulempe|hindring|dumt|galt|feil|minus)|"
        rf"(?:er|blir|vert) (?:veldig |jo |også |òg |alltid |bare |berre |bonus )*(?:{_GOOD})(?: å (?:ha|kunne|få)| med| om| hvis| dersom| viss|\b)|"
        r"(?:går|stiller|stiller sterkere|står) (?:føre|foran|først|fremst|sterkt|sterkare|sterkere)\b|(?:ekstra |pluss)poeng\b|"
        r"(?:gjør|gjer) seg med|attpåtil|på toppen|på kjøpet|(?:skulle|kunne) (?:vi |me |jeg |eg |også |òg |så )*(?:gjerne|ønske|ønskt|tenkt oss)(?: (?:hatt|ha|sett|fått|oss))?|"
        r"(?:frivillig|valgfritt|valfritt|ingen betingelse|ikkje noko krav|ikke noe krav|ikke et must|ikkje eit must|i beste fall|om det passer|om det byr seg)",
    ),
    # In hand.
    (
        Polarity.HAVE,
        r"(?:godt |fullt |fult )?(?:dekte|dekket|dekt|dekka|forsynte?|utstyrte?) (?:med|på|når)|(?:fullbemannet|fullbemanna|fulltallig\w*|godt bemannet|godt bemanna|godt rustet|godt rusta|godt skodd|selvforsynt|sjølvforsynt|sjølvberga|selvberget)(?: med| på| når det gjelder)?\b|"
        r"(?:er|står|har (?:vi|me)) (?:alt |allerede |allereie |godt |nå |no )?(?:på plass|i boks|i orden|under kontroll|i hus|på huset|på stell|innabords|ivaretatt|ivareteke|dekket|dekka|ordnet|ordna|sikret|sikra)\b|"
        r"(?:mer|meir) enn nok|nok av\b(?<!ikke nok av)(?<!ikkje nok av)|(?:holder|held|rekker|rekk|greier seg) for oss|"
        rf"(?:kan|veit|vet|behersker|meistrar|mestrer|klarer|klarar|har) (?:vi|me|de|dei|alle|alle sammen|alle saman|hun|han|ho|folka|gutta|jentene|jentane|ungdommene|ungdomane)\b(?! (?:\w+ )?{_NOT}\b)(?! (?:få|trenge|bruke|ha|tilby|lære))|"
        r"(?:de fleste|dei fleste|alle|samtlige|begge|mange|folka|gutta|jentene|jentane|ungdommene|ungdomane|vikarene|vikarane|lærlingene|lærlingane)(?: av (?:oss|dem|dei)| her| hos oss| på huset)? (?:kan|veit|vet|behersker|meistrar|mestrer|er sertifisert\w*|er kurset|er kursa|har (?:tatt|teke|fått|bestått|lært|sertifikat|kurs|fagbrev|bevis))\b(?! (?:ikke|ikkje|for lite|lite|få|trenge))|"
        r"(?:sitter|sit) (?:godt |som et skudd )?(?:i fingrene|i fingrane|i ryggmargen)|(?:er|har) (?:vi|me) (?:gode|flinke|sterke|trygge|rå|eksperter|ekspertar|bra)\b",
    ),
    (
        Polarity.HAVE,
        r"(?:holder|held|rekker|rekk) (?:lenge|det|godt|i massevis)|i mål\b|(?:på|i) rams|(?:trenger|treng) (?:vi|me) (?:ikke|ikkje) (?:å )?(?:lære|tenke på|bekymre oss)|"
        r"(?:har|fikk|fekk) (?:vi |me )?(?:nettopp |akkurat |alt |allerede )?(?:ansatt|tilsett|fått tak i|fått på plass|fylt|besatt|utdannet|utdanna|kurset|kursa|lært opp)\b|"
        r"(?:godt |veldig |svært |kjempe)?(?:fornøyd|fornøyde|nøgd|nøgde) med\b|(?:er|har) (?:vi |me )?(?:trygge|stødige|solide|rutinerte|erfarne|røynde)\b|(?:kan|har) (?:vi|me) fra før|"
        r"(?:egen|eigen|egne|eigne|fast|faste|dyktig|dyktige|flink|flinke) (?=(?:\w+ ){0,3}(?:her|hos oss|i huset|på huset|fra før|frå før|allerede|i staben|på laget))",
    ),
    # Musts.
    (
        Polarity.NEED,
        r"(?:er|blir|vert) (?:et |eit |en |ein |absolutt |helt |heilt )*(?:must|krav|nødvendighet|naudsynt|nødvendig|påkrevd|uunnværlig|avgjørende|avgjerande|kritisk|mangelvare)\b",
    ),
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
        r"(?:vil|ville|tar|tek|ønsker|vi) gjerne (?:ha|lære|vite|veta|bli|kunne|kurse|med)",
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
        r"(?:behov|bruk for|søkt|lett etter|leita|etterlyst|problem\w*|utfordring\w*|vansk\w*|mangel|ingen|få\b|lite\b|lita\b|ledig\w*|ledige|lyst|ønske|sluttet(?! med| å)|slutta(?! med| å)|mistet|mista|underskudd|for få)",
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
        r"bør lære|burde kunne|burde|(?:ikke|ikkje) kan|ingen|få (?:her|hos|som|kan|av)|for få|for lite|altfor få|lite|sliter|slit|strever|strevar|usikre|usikker|utrygge|redde for|"
        r"vanskelig|vanskeleg|vrient|tungt|umulig|umogleg|dårlige?|svake|knapphet|rekruttere|ansette|tilsette flere|tilsetje|lære opp|bli flinkere|bli bedre|bli betre)\b",
    ),
)

_ENGLISH: Final = (
    (
        Polarity.NEED,
        r"not (?:that|because|as if|as though) (?:we|they|i) (?:don t|do not) (?:need|want|require)\b|can t (?:do|manage) without|cannot (?:do|manage) without",
    ),
    (
        Polarity.OFFER,
        r"(?:happy|glad|willing) to (?:share|teach|show)|(?:will|can|could|would) (?:gladly |happily )?(?:show|teach|train|coach) (?:you|others|anyone|people|them)\b|(?:share|shares|sharing) (?:our|what|their|it)\b|"
        r"if you (?:want|need|wish|would like)|(?:want|wish) to learn(?= .*\b(?:us|you|our)\b)|(?:run|runs|running|hold|holds|host|hosts|give|gives) (?:\w+ ){0,2}(?:courses?|workshops?|training|classes)\b|(?:contact|call) us|sign up|(?:our|the) \w+ (?:teaches|trains|offers|covers|runs|shows)\b|(?:come and|join us|learn with us|with us you)",
    ),
    (
        Polarity.NOT_NEEDED,
        r"no need (?:to|for)|(?:outsource\w*|outsourced)|(?:cut|cutting|phase|phasing) out|long since|have no use|used to (?:need|look|want|hire|require|seek|recruit)|(?:needed|looked for|wanted|hired)(?= .*\bnow\b)|neither(?= .*\bneed\b)|need neither|(?:get|manage|do|doing|getting) (?:along |by )?(?:fine |well |perfectly )?without\b|"
        r"(?:without|no) (?:knowing|speaking|having)|not (?:interested in|on the lookout|after|in the market)|stopped (?:looking|searching|hiring|recruiting)|no point in|(?:makes|make) no difference|doesn t matter",
    ),
    (
        Polarity.NICE_TO_HAVE,
        r"(?:wouldn t|would not|won t|doesn t|does not) (?:hurt|harm|go amiss)|(?:would|d) (?:be|have been) (?:a )?(?:lovely|luxury|dream|handy|fun|welcome|bonus|wonderful)|no disadvantage|not a disadvantage|on top of that|extra points|goes? to the front|icing on",
    ),
    (
        Polarity.HAVE,
        r"(?:happy|satisfied|pleased|content) with (?:the|our)|(?:just|recently|newly) hired|(?:fully staffed|well staffed|in place|under control|in hand|taken care of|sorted|well covered|self sufficient)\b|more than enough|(?:most|all|both|many) of (?:us|them|our \w+) (?:can|know|master|are trained|are certified)\b|"
        r"(?:we|they) (?:know|can) (?:well|already|by heart)|(?:can|know) (?:they|we) (?:do|already)",
    ),
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
    # Words alone begin a cue: to look at their ends too took twice the time.
    return re.compile(rf"(?<![^ ])(?:{pattern})"), tuple(polarity for polarity, _ in cues)
