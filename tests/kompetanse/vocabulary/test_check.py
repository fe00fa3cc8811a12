"""What the check finds in a vocabulary."""

from dataclasses import replace

from kompetanse.vocabulary import Entry, Fault, Finding, Pair, Vocabulary, check, read_vocabulary

_WELD = "http://data.europa.eu/esco/skill/1"
_BRAZE = "http://data.europa.eu/esco/skill/2"
_WELDER = "http://data.europa.eu/esco/occupation/1"


def entry(uri: str, label: str, *words: str) -> Entry:
    kind = "occupation" if "occupation" in uri else "skill"
    return Entry(
        uri=uri,
        kind=kind,  # type: ignore[arg-type]
        trade="industry",
        labels={"nb": label, "nn": label, "en": label},
        words={"nb": words},
    )


_GOOD = Vocabulary(
    skills=(entry(_WELD, "weld", "TIG"), entry(_BRAZE, "braze")),
    occupations=(entry(_WELDER, "welder"),),
    pairs=(Pair(_WELDER, _WELD, "essential"),),
)
_KNOWN = {_WELD: ("weld metal",), _BRAZE: ("braze",), _WELDER: ("welder",)}


def test_a_good_vocabulary_has_no_findings():
    assert check(_GOOD, known=_KNOWN) == []
    assert check(_GOOD, known=None) == []


def test_wrong_and_unknown_uris_are_found():
    wrong = replace(_GOOD, skills=(*_GOOD.skills, entry(_WELDER.replace("1", "9"), "x"), entry(_WELD + "9", "y")))
    wrong = replace(wrong, skills=tuple(replace(one, kind="skill") for one in wrong.skills))
    assert [(one.fault, one.where) for one in check(wrong, known=_KNOWN)] == [
        (Fault.WRONG_URI, f"industry:{_WELDER.replace('1', '9')}"),
        (Fault.UNKNOWN_URI, f"industry:{_WELD}9"),
    ]


def test_a_label_with_no_word_of_escos_is_found():
    assert check(_GOOD, known=_KNOWN | {_BRAZE: ("bake bread", "make loaves")}) == [
        Finding(Fault.OTHER_LABEL, f"industry:{_BRAZE}", "'braze'; ESCO says 'bake bread'")
    ]


def test_missing_languages_and_words_twice_are_found():
    poor = replace(entry(_BRAZE, "braze", "lodd", "Lodd"), labels={"nb": "lodde", "en": "braze"})
    assert check(replace(_GOOD, skills=(_GOOD.skills[0], poor)), known=None) == [
        Finding(Fault.DOUBLE_WORD, f"industry:{_BRAZE}", "'lodd' stands twice in words_nb"),
        Finding(Fault.MISSING_LANGUAGE, f"industry:{_BRAZE}", "no label in nn"),
    ]


def test_doubles_and_ambiguous_words_are_found():
    double = replace(_GOOD, skills=(*_GOOD.skills, entry(_WELD, "weld"), entry(_BRAZE + "9", "solder", "tig")))
    assert check(double, known=None) == [
        Finding(Fault.DOUBLE, _WELD, "stands 2 times: industry, industry"),
        Finding(Fault.AMBIGUOUS_WORD, "nb:tig", "means weld and solder"),
    ]


def test_pairs_with_loose_ends_are_found():
    pairs = (*_GOOD.pairs, *_GOOD.pairs, Pair(_WELD, _WELDER, "often"))
    assert check(replace(_GOOD, pairs=pairs), known=None) == [
        Finding(Fault.DOUBLE, f"{_WELDER} {_WELD}", "the pair stands 2 times"),
        Finding(Fault.UNKNOWN_END, f"{_WELD} {_WELDER}", "the occupation is not in the vocabulary"),
        Finding(Fault.UNKNOWN_END, f"{_WELD} {_WELDER}", "the skill is not in the vocabulary"),
        Finding(Fault.WRONG_RELATION, f"{_WELD} {_WELDER}", "'often' is neither essential nor optional"),
    ]


def test_the_vocabulary_that_ships_is_sound():
    assert check(read_vocabulary(), known=None) == []
