"""Numbers and names are pointed out whatever their disguise; plain professional language is left in peace."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from assessments.identifiers import Place, find

HERE = Place("s", "f", "Part › Field")
ID = "11010519491231002X"
DISGUISES = {
    "plain": lambda text: text,
    "spaced": lambda text: f"{text[:6]} {text[6:14]} {text[14:]}",
    "dashed": lambda text: f"{text[:6]}-{text[6:14]}-{text[14:]}",
    "wide": lambda text: "".join(chr(ord(char) + 0xFEE0) for char in text),
    "invisible": lambda text: "\u200b".join(text),
    "small x": lambda text: text.lower(),
}


def kinds(text, names=()):
    return [(finding.kind, finding.text) for finding in find([(HERE, text)], names)]


@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES)
def test_an_id_number_is_found_in_every_disguise(disguise):
    [(kind, text)] = kinds(f"证件 {disguise(ID)} 已看")
    assert kind == "id" and text.replace(" ", "").replace("-", "").upper() == ID


@given(some.from_regex(r"[1-9][0-9]{16}[0-9X]", fullmatch=True))
@settings(max_examples=60, deadline=None, database=None)
def test_a_mistyped_check_digit_hides_nothing(number):
    assert ("id", number) in kinds(f"号码:{number}。")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("电话 13800138000", "phone"),
        ("138-0013-8000 是他妈妈的", "phone"),
        ("座机 010-62345678", "phone"),
        ("微信号: xiaoming_99", "account"),
        ("QQ 号 12345678", "account"),
        ("写信到 a.b@example.org", "mail"),
        ("车牌粤A·12345", "plate"),
        ("2015年3月4日出生", "birth"),
        ("生日是3月4日", "birth"),
        ("住在解放路12号", "address"),
        ("3单元 402", "address"),
        ("阳光小学的老师说", "school"),
        ("三(2)班的班主任", "school"),
        ("卡号 6222 0212 3456 7890 123", "card"),
        ("王小明和妈妈来到站里", "name"),
    ],
)
def test_what_tells_who_somebody_is_is_pointed_out(text, kind):
    assert kind in [found for found, _text in kinds(text)]


@pytest.mark.parametrize(
    "text",
    [
        "祖母每月有养老金，孩子先谢谢祖母，再说自己卡住的地方。",
        "我是一名小学教师，从中学调来，外婆和舅舅在照顾他。",
        "孩子A,女,6 到 12 岁,与祖父同住,父母在外地务工,每月通电话两三次。",
        "第一次(11 月 4 日 16:05,家中)。离开前确认当晚姑婆会过来住。",
        "在她就读的某某小学门口接到孩子,一起走回家。",
        "活动 14 个孩子,每周 2 次,共 120 分钟。",
        "依据未成年人保护法第十一条,当天已口头报告村居和镇民政。",
    ],
)
def test_plain_professional_language_is_left_in_peace(text):
    assert kinds(text) == []


def test_known_names_are_found_exactly_even_with_spaces_and_where_jieba_knows_nothing():
    assert kinds("我和木 呷聊了很久", ["木呷"]) == [("known", "木 呷")]


def test_each_finding_names_its_place_once_and_is_found_again_by_its_id():
    other = Place("s", "g", "Part › Other")
    texts = [(HERE, "13800138000,再说一遍 13800138000"), (other, "13800138000")]
    findings = find(texts)
    assert [finding.place for finding in findings] == [HERE, other]
    assert [finding.id for finding in findings] == [finding.id for finding in find(texts)]
    assert len({finding.id for finding in findings}) == 2
