"""How a text becomes sentences of words with places."""

from kompetanse.linking.tokens import MAX_SENTENCE_WORDS, Token, sentences


def read(text: str) -> list[list[str]]:
    return [[token.text for token in sentence.tokens] for sentence in sentences(text, limit=50)]


def test_words_keep_their_place_and_the_mark_before_them():
    [sentence] = sentences("Sveis, C++ og 5G!", limit=5)
    assert sentence.tokens == (
        Token("sveis", 0, 5, ""),
        Token("c++", 7, 10, ","),
        Token("og", 11, 13, ""),
        Token("5g", 14, 16, ""),
    )


def test_sentences_end_at_stops_lines_and_bullets_but_not_at_abbreviations():
    assert read("Vi sveiser f.eks. stål. vi drar\nHei • På") == [
        ["vi", "sveiser", "f", "eks", "stål"],
        ["vi", "drar"],
        ["hei"],
        ["på"],
    ]


def test_headings_and_bullets_are_known():
    kinds = [(one.is_heading, one.is_item) for one in sentences("Vi trenger:\n- truck\n2. kokk\nHilsen Kari", limit=9)]
    assert kinds == [(True, False), (False, True), (False, True), (False, False)]


def test_decomposed_and_full_width_letters_are_the_same_words():
    assert read("A\u030apen Ｔｒｕｃｋ ﬁsk sveise\u00adre") == [["åpen", "truck", "fisk", "sveisere"]]


def test_a_sentence_without_end_is_cut():
    assert [len(words) for words in read("ord " * (MAX_SENTENCE_WORDS + 5))] == [MAX_SENTENCE_WORDS, 5]


def test_no_more_sentences_than_asked_for():
    assert len(list(sentences("Hei.\n" * 100, limit=7))) == 7
