"""Words that say little about which skill is meant, so that no link rests on them alone."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from kompetanse.linking.lemmas import family, is_in_dictionary, lemma, stem
from kompetanse.linking.tokens import words_of

# Share of its weight that a general word keeps.
GENERAL_SHARE: Final = 0.4

# A word of the dictionary that is no longer ("tre", "sag", "bor") means too much; "hms" and "pls" stand in none.
_MEANS_TOO_MUCH: Final = 3

# Grammar: no weight at all, neither in a term nor in a text.
_STOP: Final = {
    "no": """og i jeg eg det at en ein et ei eit den til er som på de dei med han ham av ikke ikkje der så var meg seg deg men
    ett har om vi me min mitt ha hadde hun ho nå no over da då ved fra frå du ut sin dem oss opp man kan kunne hans
    hvor kor eller hva kva skal skulle selv sjølv sjøl her alle vil ville bli blir ble blei vert vart vore kunnet inn
    når være vere kom noen nokon nokre noe noko dere de deres dykk dykkar kun ja etter ned hennes mot for før
    samt også òg å slik slike bare berre hver kvar hvem kven henne hei takk mye mykje mer meir mest flere fleire få får fått litt ganske
    hvordan korleis hvilke hvilken disse desse denne dette inne ute uten utan under mellom blant gjennom innen
    innenfor innanfor sammen saman via per pr eks etc osv mm bl a f m o s v t må måtte bør burde vår vårt våre sitt
    sine hos både enn fordi men mens nok sånn allerede fortsatt også veldig alt annet andre annen skulle
    først første bort borte fram frem tilbake attende igjen att rundt hit dit hjå all aldri alltid
    bedre betre ordentlig skikkelig godt gode god dårlig egen egne eigen ulike viktig mulig""",
    "en": """the a an and or of to in on at for from with without by as is are was were be been being it its this that
    these those we our us you your they their them he she his her i my me not no do does did don doesn t s re ve ll
    has have had will would can could should must may might if then than so such into about over under between
    through during per etc e g all any some other others more most each both who whom which what when where how
    also very well within across up out off own same only just there here""",
}

# Working life: people who ask for anything say these.
_GENERAL: Final = {
    "no": """bruke bruk gjøre gjere gjennomføre lage vise utføre håndtere handtere lære opplæring kurs
    kompetanse kunnskap ferdighet erfaring jobb jobbe arbeid arbeide arbeidsliv folk ansatt ansatte tilsette
    nyansatt medarbeider personell person menneske bedrift virksomhet verksemd firma kommune trenge trenger
    treng behov mangle søke ønske ønskje ville se sjå vite forstå forståing kjenne kjennskap ha få ta gi komme
    gå stå ligge sette holde halde følge følgje hjelpe hjelp sørge sikre ny nye stor liten mange folk ting måte
    dag uke veke år tid plass sted område fag faglig utdanning utdannelse kurset bransje daglig enkel enkle
    grunnleggende vanlig ulik forskjellig relevant aktuell generell nødvendig oppgave ansvar ansvarlig rutine
    metode type del gruppe system prosess utvikle utvikling drive flink dyktig lede
    prøve delta øke styrke forbedre ytterligere ta ta seg ordne fikse klare tenke snakke si seie føle starte slutte
    finne begynne lete mann kvinne gutt jente mannskap norsk norge""",
    "en": """use using make do perform work job ensure provide manage handle carry conduct apply develop support
    understand knowledge skill skills ability experience competence training course learn people person
    employee company organisation need require want seek look know day week year time place
    area field basic different various relevant general necessary task responsible responsibility method type
    part group system process new good strong excellent high level environment related include including
    activity set take give get keep help
    role candidate position offer opportunity join great world best etc""",
}


def is_stop(word: str, family: str) -> bool:
    """Whether a normalised word is grammar."""
    return word in stop_words(family)


def is_general(key: str, family: str) -> bool:
    """Whether a key (see `matching_key`) belongs to a general working-life word."""
    return key in _general_stems(family)


def says_enough(text: str, *, language: str) -> bool:
    """Whether a text, standing alone, could be a name of a skill: one of its words is neither grammar nor general nor short."""
    tongue = family(language)
    return any(
        not is_stop(word, tongue)
        and not is_general(matching_key(word, tongue), tongue)
        and (len(word) > _MEANS_TOO_MUCH or not is_in_dictionary(word, tongue))
        for word in words_of(text)
    )


@lru_cache(maxsize=60_000)
def matching_key(word: str, family: str) -> str:
    """What words that may stand for each other share: the stem, but a general word keeps its kin away.

    "Operator" and "læring" say something although "operate" and "lære" do not.
    """
    shared = stem(word, family)
    if shared not in _general_stems(family):
        return shared
    general = _general_forms(family)
    return shared if word in general or lemma(word, family) in general else lemma(word, family) + "~"


@cache
def stop_words(family: str) -> frozenset[str]:
    """The normalised words of a family of languages that are grammar."""
    return frozenset(_STOP.get(family, "").split())


@cache
def _general_stems(family: str) -> frozenset[str]:
    return frozenset(stem(word, family) for word in _GENERAL.get(family, "").split())


@cache
def _general_forms(family: str) -> frozenset[str]:
    words = _GENERAL.get(family, "").split()
    return frozenset(words) | frozenset(lemma(word, family) for word in words)
