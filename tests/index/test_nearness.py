import pytest

from index.nearness import near_terms

VOCABULARY = {
    "枫桥": 9,
    "经验": 30,
    "丰桥": 1,
    "放管服": 4,
    "改革": 50,
    "数字经济": 8,
    "gdp": 3,
    "重庆": 2,
}


@pytest.mark.parametrize(
    ("term", "nearest"),
    [
        ("锋桥经验", "枫桥经验"),
        ("枫桥惊艳", "枫桥经验"),
        ("枫侨", "枫桥"),
        ("放管福改革", "放管服改革"),
        # Of a character with several readings one is enough: 重 is zhong and chong.
        ("虫庆", "重庆"),
        ("数字经记", "数字经济"),
        ("数字经", "数字经济"),
        ("gpd", "gdp"),
    ],
)
def test_a_term_that_sounds_or_is_written_alike_is_offered_first(term, nearest):
    assert near_terms(term, VOCABULARY)[0] == nearest


def test_of_terms_equally_near_the_more_frequent_comes_first():
    assert near_terms("锋桥", VOCABULARY) == ("枫桥", "丰桥")


@pytest.mark.parametrize("term", ["粮食", "发展", "，", "", "枫" * 1_000])
def test_where_nothing_is_near_nothing_is_offered(term):
    assert near_terms(term, VOCABULARY) == ()


def test_the_term_itself_is_not_offered():
    assert "枫桥" not in near_terms("枫桥", VOCABULARY)
