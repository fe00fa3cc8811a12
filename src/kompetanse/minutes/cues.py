"""What minutes say when somebody needs people or training, and what sounds like it and is not.

Patterns over a sentence in lower case. Bokmål and nynorsk stand together, since minutes mix them. An *ask* says that
something is lacked or wanted, a *telling* ask that it is skill or people; an *object* is what makes a plain ask one of
skill; a *no* tells that it is something else: a decision, thanks, an offer, a plan, what is over, or what one has.
"""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import Final, NamedTuple


class Sort(StrEnum):
    """What a cue says of its sentence."""

    TELLING = "telling"
    ASK = "ask"
    OBJECT = "object"
    NO = "no"
    # Beats a "no" that is only likely: "vi holder kurs, men mangler lærere".
    STILL = "still"


class Cue(NamedTuple):
    sort: Sort
    # Why not, for a NO: the kinds of tests/data/minutes/README.md.
    kind: str
    pattern: re.Pattern[str]


_NOT: Final = r"(?:ikke|ikkje|ikkj|aldri)"
_NOBODY: Final = r"(?:ingen|inga|nesten ingen|knapt (?:noen|nokon)|få)"
_SOMEONE: Final = r"(?:folk|noen|nokon|nokre|ansatte|tilsette|medarbeidere|medarbeidarar|fagfolk|fagarbeidere|fagarbeidarar|personell|flere|fleire|en|ein|én|éin|to|tre|fire|fem|seks|ti|stykker|personer|personar|vaksne|voksne|lærere|lærarar|lærlinger|lærlingar)"
_KNOW: Final = r"(?:kan|kunne|behersker|beherskar|meistrar|mestrer|forstår|forstår seg på|skjønner|skjønar|har lært|er lært opp|tør|torer|vet|veit|kjenner|kjenner til)"
_TRAINING: Final = (
    r"(?:\w*kurs(?:et|a|ene|ing|tilbud|tilbod|es)?|\w*opplæring(?:en|a)?|\w*etterutdanning(?:en|a)?|\w*videreutdanning(?:en|a)?|\w*vidareutdanning(?:a)?|"
    r"\w*kompetanse(?:n|heving|heving\w*)?|kompetansepåfyll|påfyll|\w*kunnskap(?:en|ar|er)?|trening|øving|øvelse|ferdigheter|ferdigheiter|forståelse|"
    r"\w*utdanning(?:en|a)?|skolering|skulering|veiledning i|rettleiing i|innføring i|undervisning i|undervising i|kveldstilbud|kveldstilbod)"
)
_PAPERS: Final = (
    r"(?:\w*fagbrev\w*|\w*sertifikat\w*|\w*førerbevis\w*|\w*førarbevis\w*|\w*bevis\b|svennebrev|førerkort|førarkort|klasse [a-z]{1,2}\b|"
    r"autorisasjon\w*|\w*erfaring|\w*bakgrunn|formell)"
)
_PEOPLE: Final = (
    r"(?:\w*lærling(?:er|ar|en|ane|ene)?|\w*søker(?:e)?|\w*søkar(?:ar)?|\w*fagarbeider(?:e)?|\w*fagarbeidar(?:ar)?|fagfolk|\w*instruktør(?:er|ar)?|"
    r"\w{3,}(?:montør|operatør|sjåfør|teknikar|tekniker|fører|førar|mekaniker|mekanikar|meister|mester|ingeniør|pleier|pleiar|sekretær|konsulent|utvikler|"
    r"utviklar|kokk|lærer|lærar|arbeider|arbeidar|leder|leiar|veileder|rettleiar|radiograf|agronom|elektriker|elektrikar)(?:er|ar|e|en|ar|ane|ene)?|"
    r"kokk(?:er|ar)?|lege(?:r)?|lærere|lærarar|frisører|frisørar|jordmødre|jordmor|piloter|pilotar|vikarer|vikarar|"
    r"\w{4,}(?<!leverand)(?<!akt)(?<!delta)(?:ører|ørar)|\w{3,}(?:ikere|ikarar)|\w{2,}(?:eisere|eisarar|ekkere|ekkarar|ommere|ymrere|edkere|uggere|anleggere|leggere|leggarar|ferere|ulere|yggere|yggjarar|akere|akarar))\b"
)
# Somebody who knows: what tells a person from a projector.
_WHO_KNOW: Final = rf"(?:{_SOMEONE} (?:\w+ ){{0,3}}(?:som (?:\w+ )?{_KNOW}|med (?:\w+ ){{0,3}}(?:{_TRAINING}|{_PAPERS})|til å (?:lære|undervise|programmere|drifte)|å lære av))"

_TELLING: Final = (
    rf"{_NOBODY} (?:\w+ ){{0,5}}(?:som )?(?:\w+ )?{_KNOW}\b|{_NOBODY} (?:av \w+ )?(?:\w+ )?{_KNOW}\b|ingen (?:er|har) (?:\w+ )?(?:lært|opplært|sertifisert|kurset)",
    rf"for få (?:\w+ )?som\b|{_NOBODY} igjen som|(?:finnes|finst|finn) (?:knapt|nesten ikke|nesten ikkje|ikke|ikkje) (?:folk|noen|nokon)\b",
    rf"(?:kan|kunne|behersker|beherskar|meistrar|mestrer|forstår) (?:det |den |dette |dei |de |vi |me )?(?:{_NOT}|for lite|for dårlig|for dårleg|altfor lite|lite)\b(?! (?:stå|være|vere|vente|bli|møte|komme))",
    rf"{_NOT} (?:nok )?(?:folk|noen|nokon|lærere|lærarar|ansatte|tilsette) (?:\w+ )?som\b|{_NOT} (?:\w+ ){{0,2}}kan\b (?!(?:løse|løyse|stå|være|vere|møte|komme|vente|bli))",
    rf"(?:vet|veit|skjønner|skjønar|kjenner|kjenn) (?:vi |me |de |dei )?{_NOT} (?:\w+ )?(?:hvordan|korleis|hva|kva|krava|kravene|reglene|reglane|hvor)",
    r"(?:usikre|usikker|utrygge|utrygg|redde|engstelige|ukjente|ukjende) (?:på|for|i|med)\b",
    rf"(?:tør|torer) (?:\w+ )?{_NOT}\b",
    r"(?:vil|ønsker|ønskjer|ynskjer|ønsket|ønskte|gjerne|må|treng|trenger|skal|ville|skulle)(?: (?:seg|gjerne|alle|også|òg|å|at|vi|me|oss|dei|de|ansatte|tilsette|\w+)){0,4} (?:å )?(?:lære|lærer|lært|læra)\b(?! (?:bort|opp|av))",
    r"lære (?:oss|dem|dei|seg)\b|(?:må|treng|trenger) å (?:lære|lærast|læres)\b|(?:gjenstår|står igjen) (?:at|å)(?: \w+){0,2} lære",
    rf"(?:får|fikk|fekk|har) (?:\w+ )?{_NOT} (?:\w+ ){{0,3}}(?:opplæring|øvd|øvet|lært|lære|kurs)|{_NOT} får (?:\w+ ){{0,2}}(?:opplæring|lære|øve|kurs)|(?:ingen|inga) (?:av \w+ )?får (?:\w+ )?lær|(?:har {_NOT}|{_NOT} har) (?:\w+ ){{0,2}}(?:kompetanse|kunnskap|erfaring|utdanning)\w*",
    rf"(?:utlyst|lyst ut|annonsert|søkt) (?:\w+ ){{0,7}}(?:uten|utan|forgjeves)|{_NOBODY} søker\w*|{_NOBODY} søkar\w*|får {_NOT} (?:\w+ )?sø[k]\w+|{_NOT} (?:\w+ )?(?:en|ein) eneste søk\w+|{_NOBODY} av dei som søk\w+|ingen av dem som søk\w+",
    r"(?:går|gå) av med pensjon|(?:nærmer|nærmar) seg pensjon|(?:bare|berre|kun) (?:én|en|ein|éin|to)\b(?: \w+){0,4} (?:som )?kan\b|(?:én|éin|ein|en) som kan\b(?=.*\b(?:når|sluttar|slutter|sjuk|syk|\d\d)\b)",
    r"(?:kompetansen?|kunnskapen?|faget|ferdigheten\w*) (?:\w+ ){0,5}(?:finnes knapt|finst knapt|finnes ikke|forsvinn\w*|forsvinne|er svak|er tynn|er borte|dør ut|mangler|manglar)|i ferd med å forsvinne",
    r"(?:trenger|treng|mangler|manglar|savner|saknar|skorter|skortar)\w*(?: \w+){0,4} (?:på )?(?:kompetanse|kunnskap|opplæring|kurs|påfyll|trening|øving|øvelse)\w*",
    rf"(?:uten|utan) (?:å kunne|opplæring|folk som|fleire fagarbeid\w+|flere fagarbeid\w+|fagfolk|{_PEOPLE})\b|(?:står|stod|er) (?:uten|utan) (?:\w+ )?{_PEOPLE}",
    r"(?:henger|heng) etter\b|(?:står|stend|stå) fast\b|(?:fryser|frys) når\b|(?:kommer|kjem) til kort\b",
)
_ASK: Final = (
    r"mangler?\b|manglar?\b|mangla\b|manglet\b|mangel på\b|savner?\b|savn\b|sakn(?:ar|er)?\b|skorte?r? (?:på)?|skortar\b|(?:det )?er (?:for )?få\b",
    r"etterlys(?:er|te|ste|t|ast|es|ar)?\b|etterspør(?:r|es|st)?\b|etterspurte\b|spør (?:\w+ ){0,2}etter\b|spurte (?:\w+ ){0,2}etter\b|spør om\b|spurte om\b|spurde (?:om|etter)\b|lurer på om\b|lurar på om\b",
    r"(?:trenger|treng|trengs|trengst|trengte|trong|trenge|behøver|behøv|behov (?:for|av)|behovet|bruk for)\b",
    r"(?:ønsker|ønskjer|ynskjer|ønsket|ønskte|ønske|ønskje|ynskje|skulle ønske|skulle ynskje)\b|skulle (?:gjerne )?(?:hatt|lært|hatt)\b|gjerne (?:hatt|ha)\b|vil (?:gjerne )?ha\b|ville (?:gjerne )?ha\b|vil gjerne\b",
    r"(?:leter|leiter|leitar|ser|jakter|jaktar) etter\b|på jakt etter\b|(?:søker|søkjer) (?:etter )?\b",
    rf"(?:får|få|fått) {_NOT} tak i\b|{_NOT} (?:få|får) tak i\b|(?:finner|finn|finne|skaffer|skaffar|skaffe|rekruttere|rekrutterer|rekrutterar) (?:vi |me )?{_NOT}\b|{_NOT} (?:å )?(?:finne|finner|finn|skaffe|skaffar|rekruttere)\b|"
    rf"(?:klarer|klarar|greier) {_NOT} (?:å )?(?:skaffe|rekruttere|finne|få)",
    r"(?:slit|sliter|strever|strevar|strev|problemer|problem|vansker|vanskar|utfordringer|utfordringar|trøbbel) med å (?:få|finne|rekruttere|skaffe|holde|halde)\b|(?:vanskelig|vanskeleg|umulig|umogleg|krevende|krevjande|tungt|tøft) å (?:\w+ )?(?:få|finne|rekruttere|skaffe|holde på|halde på)\b|"
    r"rekruttering\w* (?:\w+ ){0,3}(?:er )?(?:krevende|krevjande|vanskelig|vanskeleg|tung)",
    r"(?:ber|ba|bad|bedt|bede) (?:\w+ )?om\b|(?:haster|hastar)\b|må (?:\w+ )?(?:ha|få|få på plass|få tak i)\b|må få\b|(?:vil|kommer til å|kjem til å) (?:trenge|mangle)\b",
    r"(?:finnes|finst|fins) det (?:\w+ ){0,4}(?:som kan|kurs|noe kort|noko kort)|kan (?:noen|nokon) lære oss\b|lære (?:oss|dem|dei) (?:om|å)\b",
    r"(?:udekket|udekt|stort|økende|aukande) behov\b|viktigste\b(?= ?\.?$)|(?:opptatt|oppteken|opptekne) av at\b|tok opp at\b",
)
_OBJECT: Final = (
    rf"\b{_TRAINING}\b",
    rf"\b{_PAPERS}\b",
    rf"\b{_PEOPLE}",
    rf"\b{_WHO_KNOW}",
    rf"\b(?:{_SOMEONE}|noe|noko) (?:\w+ ){{0,2}}(?:som kan|som kunne|med|innen|innan|som forstår)\b",
    r"\blære(?:r|s|st)?\b|\blært\b|\b(?:forstå|beherske|meistre|mestre)\b|\b(?:noe|noko) kort om\b",
    rf"\bsom (?:\w+ )?{_KNOW}\b|\bat (?:flere|fleire|noen|nokon|alle) kan\b",
    r"\bvil ha (?:\w+ ){1,3}gjennom (?:noe|noko)\b",
)

# What it is instead. A STILL beside it takes a "no" back.
_NO: Final = (
    (
        "thanks",
        r"^(?:\w+ )?(?:tusen |hjertelig |hjarteleg |stor )*(?:takk|takkar|takker)\b(?! nei)|\btakket\b|\btakka\b|\b(?:takk|takke) (?:til|for|alle|instruktøren)\b|takker for\b|\bmed vennlig hilsen\b|^helsing\b|^mvh\b|ønsk\w+ (?:\w+ )?(?:velkommen|lykke til|lukke til|god )",
    ),
    (
        "decision",
        r"^vedtak\b|\bvedt(?:ok|att|eke|as)\b|\b(?:det )?(?:ble|vart|er) (?:det )?(?:bestemt|besluttet|vedtatt|vedteke|avgjort|avgjord)\b|\bgodkjent\b|\bgodkjend\b|\bslutta? seg til|\bsluttet seg til|\benighet om|\b(?:ble|vart) (?:vi |partene |partane )?(?:enige|einige|samde) om|\bavslått\b|\bavslo\b|\bbevilg\w+|\bløyv\w+|\boppnevn\w+|\btilrår\b|\bavlys\w+|\bprioriteres\b|\bskal prioriter\w+|\bstyret (?:vil|skal|går)|\bgikk for\b|\bflytta til\b",
    ),
    (
        "offer",
        r"\btilbyr\b|\btilbyd\b|\btilbud om (?:kurs|opplæring)|\b(?:kan|tar|tek|ta) (?:gjerne )?imot\b|\b(?:holder|held) gjerne|\b(?:holder|held|arrangerer|setter opp|set opp) (?:\w+ ){0,2}kurs|\bledige plass\w+|\bhar plass til|\butdanner\b|\butdannar\b|\bgratis\b|\bpasser for|\bpassar for|\bdekkjer kurs|\bdekker kurs|\bhar midler|\bhar midlar|\blyser ut\b|\bhar utviklet|\bhar utvikla|\blåner gjerne|\blåne\b|\b(?:stiller|stille) opp\b|\bspør oss\b|\b(?:kan|kunne) (?:komme|kome) (?:ut |til )?|\bkan vise\b|\b(?:så )?(?:ring|skriv|kontakt|spør) (?:oss|til|på)|\bkan (?:ringe|skrive|kontakte)|\bnettsidene våre|\bnettsidene\b|\bhjelper verksem\w+|\bhjelper bedrift\w+|\bfor (?:dem|dei) som vil\b|\blære bort (?:\w+ )?(?:en|ein) kveld|\bstartar kurs|\bgir (?:gratis|kurs|opplæring|veiledning)",
    ),
    (
        "offer",
        r"^(?:trenger|treng|har|mangler|manglar|sliter|slit|ønsker|vil|får) (?:du|dere|dykk|noen|nokon|bedriften)\b(?!.*\bvi (?:trenger|mangler)\b)(?!.*\blære oss\b)|\bfår ikk(?:je|e) tak i (?:deg|meg|møteinn)",
    ),
    (
        "history",
        r"\bi (?:19|20[01]|202[0-5])\d?\b|\bfra 20(?:1\d|2[0-5])\b|\bfrå 20(?:1\d|2[0-5])\b|\bfor (?:\w+ ){1,2}(?:år|månader|måneder) sid[ea]n?\b|\btidligere (?:var|hadde|manglet|trengte|ønsket)|\btidlegare (?:var|hadde|mangla)|^før (?:var|hadde|pandemien|koronaen|mangla|manglet)|\bden gangen\b|\bden gongen\b|\bfortalte om da\b|\bi fjor\b(?=.*\b(?:men|nå|no|ferdig\w*|lærte)\b)|\bløste seg\b|\bløyste seg\b|\bløst (?:med|av|ved|da)\b|\bløyst\b|\binnfridd\b|\bbetra seg\b|\bbedret seg\b|\b(?:ble|er|vart|blei) (?:nå |no )?(?:dekket|dekt|dekte|svara på|besvart|fylt|fylte)\b|\bnå finnes det\b|\bno finst det\b|\b(?:ble|vart|blei) (?:holdt|halde|evaluert|kartlagt|startet|starta|melt)\b|\bsiden sist\b|\bsidan sist\b|^da \w+ (?:åpnet|opna|startet|starta|kom)|\bhadde (?:problem\w*|vansker) .*\bmen\b|\b(?:har|har alle|alle .* har) (?:(?:nå|no) |(?:\w+ ){2,3})?(?<!noen har )(?<!nokon har )fått opplæring|\bvar ferdig\b|\blærte (?:mye|mykje|masse) av|\btrong\b",
    ),
    (
        "plan",
        r"\bneste (?:møte|samling|gang|gong)\b|\bfrist\b|\b(?:uke|veke) \d|\bplanen er\b|\b(?:lager|lagar) (?:\w+ )?(?:oversikt|oversyn|utkast|plan)|\bskal (?:vi |me |gruppa |arbeidsgruppa |alle )?(?:\w+ )?(?:arrangere|kartlegge|kartleggje|invitere|sjå på|se på|søke om|søkje om|ta fagprøven|lære opp|møtes|møtast|på kurs)|\b(?:starter|startar) (?:\w+ )?(?:intern)?opplæring|\boppfølging:|\bkontakter fag\w+|\btas opp med|\bsettes av tid|\bsøknad om midler|\bblir \d|\ber (?:alt |allerede )?bestilt|\bhentar inn tal|\bhenter inn tall|\bny undersøkelse|\bny undersøking|\bi (?:januar|februar|mars|april|mai|juni|august|september|oktober|november|desember) kommer det",
    ),
    (
        "info",
        r"^(?:til ?stede|til ?stades|fra|frå|emne|sak \d|saksliste|dagsorden|sakliste|dato|sted|stad|gruppearbeid|referent|møteleder)\b[: ]|^\w*hei,? (?:takk|her)|\b(?:hva|kva) (?:\w+ )?(?:trenger|treng|mangler|manglar|bedriften\w* (?:trenger|treng|mangler|manglar))|^(?:hva|kva|hvem|kven|hvordan vet|hvorfor|kvifor) |\bstatsråden|\bregjeringen?a?\b|\bnorge (?:trenger|treng)|\brapporten\b|\bmeld\. st|\bekspertutvalg\w*|\bkompetansebarometer\w*|\bundersøkt\b|\bhvis (?:bedrift|noen)|\b(?:ikke|ikkje) alle behov|\bkompetanse til å (?:fatte|endre|vedta|avgjøre|gjøre vedtak)|\bsnakket om (?:behov|kva|hva)|\bsnakka om (?:behov|kva|hva)|\bvil (?:vite|vete) (?:mer|meir|hva|kva)|\bjo mer\b|\bdess meir\b|\bkompetanse (?:er|vert|blir) vikti\w+|\bdiskusjon om\b|\borientering om\b|\borienterte om\b|\bfortalte om hvordan|\bfortalde om korleis|\boversatt til\b|\bskilnad på\b|\bpresenterte\b|\bviste (?:fram|hvordan|korleis)|\bbli flinkere til|\bbli flinkare til|\ber på \d|\bprosent\b|\bbakgrunnen for\b|\bhandler om\b|\bendrer seg raskt|\bi sverige\b|\bkurs i (?:\w+ )?fylket|\bforumet har\b|\bkompetanseforumet har\b|\btrukket fram som",
    ),
    (
        "have",
        rf"\b(?:trenger|treng|behøver|søker|søkjer|mangler|manglar) (?:vi |me )?{_NOT} (?!bare\b|berre\b)|\b(?:er|var) {_NOT} det (?:de|dei|vi|me) treng\w*|\bhar vi {_NOT} lenger|\b(?:ingen|inga) (?:mangel|skort|nød) på|\bhar (?:\w+ )?nok (?:av )?(?!behov)(?:\w+)|\bgod dekning|\bgod dekking|\bfull bemanning|\bklarer seg fint|\bklarar seg fint|\bgodt fornøyd|\bsvært flinke|\b(?:kan|behersker|beherskar) alle\b|^alle (?:\w+ ){{0,3}}(?:kan|har)\b|\bbedre enn oss|\bså gode at|\bhar (?:fagbrev|lang erfaring)|\balt lært\b|\bhar lært opp egne",
    ),
    # What is asked for is no skill.
    (
        "thing",
        r"\b(?:trenger|treng|mangler|manglar|ønsker|ønskjer|behov for|må ha|savner|savnet|saknar|etterlyste?|leter etter|leitar etter|har for få|for få|ønsker seg)(?: (?:seg|en|ein|eit|et|ny|nye|nytt|mer|meir|flere|fleire|større|betre|bedre|litt|noen|nokre|underskrift|to|tre)){0,3} (?:\w*projektor|\w*plass\b|\w*plasser|svar\b|underskrift\w*|\w*lager\b|tilbakemelding\w*|tid\b|penger|pengar|lokaler?|lokale|oppdrag|forankring|kaffe|stol\w*|møterom|tak\b|tallene|slakteri|veger|vegar|område\w*|deler|toalett\w*|pris\b|kafé|buss\w*|tid til|innspill til)",
    ),
)
_STILL: Final = (
    rf"\bmen (?:\w+ ){{0,4}}(?:mangler|manglar|trenger|treng|kan {_NOT}|ingen)|\bfremdeles (?:behov|mangel)|\bfortsatt (?:behov|mangel|mangler)|\bframleis\b|\bnå mangler\b|\bvi mangler det\b|\bmen vet {_NOT}\b",
)


def _made(sort: Sort, patterns: tuple[str, ...], *, kind: str = "") -> list[Cue]:
    return [
        Cue(sort, kind, re.compile(rf"(?<!\w)(?:{pattern})" if sort in (Sort.TELLING, Sort.ASK) else pattern))
        for pattern in patterns
    ]


@cache
def cues() -> tuple[Cue, ...]:
    """All cues, compiled once."""
    made = [
        *_made(Sort.TELLING, _TELLING),
        *_made(Sort.ASK, _ASK),
        *_made(Sort.OBJECT, _OBJECT),
        *_made(Sort.STILL, _STILL),
    ]
    for kind, pattern in _NO:
        made += _made(Sort.NO, (pattern,), kind=kind)
    return tuple(made)
