import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis import TEXT_END, fold_text, fold_together, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("新时代“枫桥经验”", "新时代枫桥经验"),
        ("楓橋經驗", "枫桥经验"),
        ("５Ｇ、ＰＭ2.5、３％", "5g、pm2.5、3%"),
        ("发展 ,提高 、改善", "发展,提高、改善"),
        ("政 府 工 作 报 告", "政府工作报告"),
        ("《条例》（试行）【解读】", "条例试行解读"),
        ("零\u200b宽\ufeff", "零宽"),
        ("甲，乙。丙", "甲,乙。丙"),
        ("“”（）", ""),
        ("枫桥[1]经验［１２］落地〔3〕生根【456】", "枫桥经验落地生根"),
        ("国发〔2023〕3号[附]", "国发20233号附"),
        ("甲[1乙", "甲1乙"),
        ("甲\x00乙\x1b\x7f\x85丙", "甲乙丙"),
    ],
)
def test_folding_drops_what_writers_vary_and_keeps_other_punctuation(text, folded):
    assert fold_text(text) == folded


def test_a_folded_text_folds_to_itself():
    every = "".join(chr(point) for point in range(0x20, 0x30000) if not 0xD800 <= point < 0xE000)
    assert fold_text(fold_text(every)) == fold_text(every)


def test_offsets_lead_back_to_the_text_as_shown():
    folded = fold_together(["平安", "新时代“楓橋經驗”发展"])

    assert folded.characters == "平安\n新时代枫桥经验发展\n"
    assert folded.locate(0, 2) == (0, 0, 2)
    assert folded.locate(6, 10) == (1, 4, 8)
    assert folded.locate(5, 10) == (1, 2, 8)


def test_offsets_lead_past_note_marks():
    folded = fold_together(["枫桥[1]经验\x00［２］。"])

    assert folded.characters == "枫桥经验。\n"
    assert folded.offsets.tolist() == [0, 1, 5, 6, 11, 12]


@given(st.lists(st.text("枫桥經Ａa [1２］〔】「”\x00\u200b\n")))
def test_texts_fold_together_as_each_alone_and_without_offsets(texts):
    folded = fold_together(texts)

    assert folded.characters == "".join(fold_text(text) + TEXT_END for text in texts)
    for place, character in enumerate(folded.characters):
        number, start, end = folded.locate(place, place + 1)
        assert fold_text(texts[number][start:end]) == character.strip(TEXT_END)


def test_words_hold_long_words_and_the_words_in_them():
    assert {"高质量", "质量", "发展"} <= set(words("推动高质量发展"))


def test_words_are_the_same_in_both_scripts():
    assert words("國際論壇") == words("国际论坛")


def test_a_blank_between_latin_words_separates_them():
    assert words("5G 20") == ["5g", "20"]


def test_punctuation_is_no_word():
    assert words("，。！") == []
