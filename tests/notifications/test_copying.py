"""A text for a chat group: readable, with whole items, always under 500 signs."""

from hypothesis import given
from hypothesis import strategies as st

from taole.notifications.copying import chat_text

LINK = "https://taole.example.invalid/s/o0000000000000000000001"
WORDS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=200)
ITEMS = st.lists(st.tuples(WORDS, WORDS, st.sampled_from(["", "超5天", "剩2天"])), max_size=60)


def test_a_villages_five_gaps_are_readable():
    gaps = [("", f"{month}月残疾人两项补贴发放", f"超{35 - month}天") for month in range(1, 6)]
    text = chat_text(head="【村务公开】东园村 陈某：", items=gaps, foot="综合办公室", link=LINK)
    assert text.splitlines()[0] == "【村务公开】东园村 陈某："
    assert "5月残疾人两项补贴发放（超30天）" in text
    assert text.splitlines()[-2:] == ["综合办公室", LINK]


def test_the_items_of_a_village_stand_under_its_name_once():
    items = [("东园村", "甲", "超1天"), ("东园村", "乙", "超2天"), ("庙庙湖村", "丙", "")]
    assert chat_text(head="头", items=items).splitlines() == [
        "头",
        "东园村：",
        "· 甲（超1天）",
        "· 乙（超2天）",
        "庙庙湖村：",
        "· 丙",
    ]


def test_what_finds_no_room_is_left_out_whole_and_counted():
    items = [(f"第{n}村", "残疾人两项补贴发放", "超5天") for n in range(60)]
    text = chat_text(head="到今天还没公示：", items=items, link=LINK)
    shown = text.count("残疾人两项补贴发放（超5天）")
    assert 0 < shown < 60
    assert f"……另有{60 - shown}项" in text


@given(WORDS, ITEMS, WORDS, st.sampled_from(["", LINK]))
def test_a_text_is_always_under_500_signs_and_keeps_its_link(head, items, foot, link):
    text = chat_text(head=head, items=items, foot=foot, link=link)
    assert len(text) < 500
    assert text.endswith(link)
