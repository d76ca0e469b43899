"""Names for the many people of the demo, the same at every loading. Surnames are the star mansions."""

import random

SURNAMES = "角亢氐房心尾箕斗牛女虚危室壁奎娄胃昴毕觜参井鬼柳星张翼轸"
GIVEN = [
    "安宁",
    "知夏",
    "明月",
    "小雨",
    "一凡",
    "若谷",
    "长青",
    "思源",
    "小满",
    "一苇",
    "清和",
    "晓岚",
    "如山",
    "怀远",
    "望舒",
    "采薇",
    "子衿",
    "静姝",
    "和畅",
    "映雪",
    "知秋",
    "南乔",
    "北辰",
    "青禾",
    "向晚",
    "听澜",
    "书瑶",
    "景行",
    "乐山",
    "致远",
    "念慈",
    "守拙",
    "沐阳",
    "云起",
    "远舟",
    "锦程",
    "令仪",
    "嘉言",
    "星野",
    "松年",
]
PLACES = ["黄阁镇", "横沥镇", "万顷沙镇", "东涌镇", "大岗镇", "榄核镇", "南沙街道", "珠江街道", "龙穴街道"]
POSTS = ["儿童主任", "儿童督导员", "社工", "教师", "社区工作者"]


def people(count, seed):
    """So many different names in a fixed order, as (user name, name)."""
    pairs = [surname + given for surname in SURNAMES for given in GIVEN]
    random.Random(seed).shuffle(pairs)
    return [(f"p{seed}{number:03d}", name) for number, name in enumerate(pairs[:count], 1)]
