"""Many texts at once are analysed as each of them alone."""

from hypothesis import given
from hypothesis import strategies as st

from index import bulk_analysis
from index.analysis import count_characters, fold_text, is_word, words
from index.bulk_analysis import fold_texts, iter_tokens

# What folding treats in its own way, and a pair that only together is a word.
SPECIAL = "枫桥经验發展国际，。“”《》[]〔〕12ＡaB5Ｇ％%\n\t \u3000\u200b\0\x1f𠀀"
texts = st.lists(st.text(SPECIAL, max_size=20) | st.text(max_size=8), max_size=8)


@given(texts)
def test_the_characters_of_many_texts_are_those_of_each_alone(several):
    folded = fold_texts(several)

    expected = [fold_text(text) for text in several]
    assert folded.codes.tolist() == [ord(character) for text in expected for character in text]
    assert folded.lengths.tolist() == [len(text) for text in expected]


@given(texts)
def test_the_words_of_many_texts_are_those_of_each_alone(several):
    tokens = [[token for token in found if is_word(token)] for found in iter_tokens(several)]

    assert tokens == [words(text) for text in several]


@given(texts)
def test_the_characters_as_shown_are_counted_as_of_each_alone(several):
    expected = [count_characters(text) for text in several]

    assert bulk_analysis.count_characters(several).tolist() == expected


def test_a_number_does_not_grow_together_with_that_of_the_next_text():
    assert list(iter_tokens(["增长5", "6万吨"])) == [["增长", "5"], ["6", "万吨"]]
