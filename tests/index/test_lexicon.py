import itertools
import logging
from pathlib import Path

import pytest

from index import lexicon
from index.analysis import (
    _load_jieba,
    _load_rjieba,
    analysis_versions,
    fold_text,
    load_segmenter,
    query_words,
    words,
)
from index.lexicon import load_lexicon

# jieba logs at import of its dictionary; Tokenizer without the lexicon is the yardstick here.
jieba = pytest.importorskip("jieba")
jieba.setLogLevel(logging.WARNING)


@pytest.fixture(scope="module")
def plain():
    """jieba's own tokenizer, without the lexicon."""
    tokenizer = jieba.Tokenizer()
    tokenizer.initialize()
    return tokenizer


def lines_of(folder: Path) -> list[str]:
    paths = sorted(folder.rglob("*.txt"))
    texts = (path.read_bytes().decode("utf-8", "ignore") for path in paths)
    return [fold_text(line) for line in "\n".join(texts).splitlines() if line.strip()]


def test_there_are_a_few_hundred_terms_each_folded_and_once():
    terms = load_lexicon()

    assert 300 <= len(terms) <= 1000
    assert len(set(terms)) == len(terms)
    assert [term for term in terms if fold_text(term) != term] == []


@pytest.mark.parametrize("term", ["高质量发展", "新质生产力", "放管服", "枫桥经验", "专精特新"])
def test_terms_of_policy_language_are_words(term):
    assert term in words(f"持续推进{term}工作")


def test_the_inner_words_of_a_term_stay_words():
    assert {"高质量", "质量", "发展", "高质量发展"} <= set(words("高质量发展"))
    assert {"枫桥经验", "经验"} <= set(words("枫桥经验"))


def test_a_query_for_a_term_asks_for_its_words_where_they_make_up_all_of_it():
    assert query_words("“枫桥经验”") == ("枫桥", "经验")
    assert query_words("放管服") == ("放管服",)
    assert query_words("链长制") == ("链长", "链长制")
    assert query_words("放管服改革") == ("放管服", "改革")
    assert query_words("生态环境") == ("生态", "环境", "生态环境")


def test_words_that_only_ask_or_join_ask_for_nothing_beside_others():
    assert query_words("如何提高农民收入") == query_words("提高农民收入")
    assert query_words("福建的茶") == ("福建", "茶")
    assert query_words("如何") == ("如何",)


def test_no_term_is_in_the_dictionary_of_jieba_already(plain):
    assert [t for t in load_lexicon() if list(plain.cut(t, HMM=False)) == [t]] == []


def test_every_term_is_cut_as_one_word_and_loses_none_of_its_words(plain):
    lost = {}
    for term in load_lexicon():
        before = {word for word in plain.cut_for_search(term, HMM=False) if len(word) > 1}
        after = load_segmenter()(term)
        if after[-1] != term or not before <= set(after):
            lost[term] = before - set(after)

    assert lost == {}


def test_no_term_hides_a_longer_word_that_search_mode_would_not_give(plain):
    terms = set(load_lexicon())
    hidden = {
        (term, term[start:end])
        for term in terms
        for start, end in itertools.combinations(range(len(term) + 1), 2)
        if 4 <= end - start < len(term)
        and (term[start:end] in terms or plain.FREQ.get(term[start:end]))
    }

    assert hidden == set()


@pytest.mark.parametrize("source", ["corpus", "reports"])
def test_both_segmenters_give_the_same_tokens(source, request):
    pytest.importorskip("rjieba", reason="compares rjieba with jieba: pip install rjieba")
    folder = (
        request.getfixturevalue("corpus")
        if source == "corpus"
        else request.getfixturevalue("shared") / "reports"
    )
    lines = lines_of(folder)
    rust, python = _load_rjieba(), _load_jieba()

    assert len(lines) > 100
    assert [line for line in lines if rust(line) != python(line)] == []


def test_a_changed_lexicon_shows_in_the_versions_of_an_index(monkeypatch):
    before = analysis_versions()

    monkeypatch.setattr(lexicon, "load_lexicon", lambda: (*load_lexicon(), "新词新语"))

    changed = {name for name, version in analysis_versions().items() if version != before[name]}
    assert changed == {"lexicon"}
