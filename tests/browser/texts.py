"""What stands in the journey's course, in both languages, and what its people write. All invented."""

import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

WRITTEN = tomllib.loads((Path(__file__).parents[2] / "lms/demo/texts.toml").read_text(encoding="utf-8"))
SUMMARY, REASON, WORK = WRITTEN["summaries"][0].strip(), WRITTEN["reasons"][0].strip(), WRITTEN["works"][0]
RECORD = WRITTEN["records"][0]


def long_ago(days):
    """A day so many days ago in Beijing, as date fields take it."""
    return (datetime.now(ZoneInfo("Asia/Shanghai")).date() - timedelta(days=days)).isoformat()


LESSON = [
    {"type": "rich_text", "html": "<p>走进一个家，先坐下，再开口。这节课只讲一件事：先问孩子怎么想。</p>"},
    {"type": "heading", "text": "先问，再想办法"},
    {"type": "callout", "kind": "key", "title": "记住", "html": "<p>孩子说的话，用他的原话记下来。</p>"},
    {
        "type": "check",
        "key": "c1",
        "required": True,
        "question": "到了孩子家里，第一步做什么？",
        "options": [
            {"text": "先拍照", "correct": False, "feedback": "不拍孩子。"},
            {"text": "先听孩子说", "correct": True, "feedback": "对。"},
        ],
    },
]
LESSON_EN = [
    {"type": "rich_text", "html": "<p>Sit down before you speak. This lesson says one thing: ask the child first.</p>"},
    {"type": "heading", "text": "Ask, then think"},
    {"type": "callout", "kind": "key", "title": "Remember", "html": "<p>Write the child's own words.</p>"},
    {
        "type": "check",
        "key": "c1",
        "required": True,
        "question": "What comes first in the child's home?",
        "options": [
            {"text": "A photo", "correct": False, "feedback": "No pictures of children."},
            {"text": "Listening to the child", "correct": True, "feedback": "Yes."},
        ],
    },
]

QUIZ = {
    "title": "第一单元测验",
    "slug": "quiz",
    "minutes": 10,
    "attempts": 3,
    "pass_mark": 70,
    "show_answers": "submitted",
    "questions": [
        {
            "key": "s1",
            "type": "single",
            "text": "先问谁？",
            "options": [{"text": "孩子", "correct": True}, {"text": "邻居"}, {"text": "谁都不问"}],
        },
        {"key": "o1", "type": "ordering", "text": "排一排。", "items": ["敲门", "坐下", "听孩子说", "写下来"]},
        {
            "key": "m1",
            "type": "matching",
            "text": "打哪个号码？",
            "pairs": [
                {"left": "眼下有危险", "right": "110"},
                {"left": "问政策", "right": "12345"},
                {"left": "心里难受", "right": "12356"},
            ],
            "extra": ["114"],
        },
    ],
}
QUIZ_EN = {
    "title": "Quiz of module one",
    "questions": [
        {
            "key": "s1",
            "type": "single",
            "text": "Whom do you ask first?",
            "options": [{"text": "The child"}, {"text": "The neighbour"}, {"text": "Nobody"}],
        },
        {"key": "o1", "type": "ordering", "text": "Put in order.", "items": ["Knock", "Sit down", "Listen", "Write"]},
        {
            "key": "m1",
            "type": "matching",
            "text": "Which number?",
            "pairs": [
                {"left": "Danger now", "right": "110"},
                {"left": "A question of policy", "right": "12345"},
                {"left": "A heavy heart", "right": "12356"},
            ],
            "extra": ["114"],
        },
    ],
}
# the right answers as the page shows them, in either language
RIGHT_OPTIONS = {"孩子", "The child"}
RIGHT_ORDER = ["敲门", "坐下", "听孩子说", "写下来"], ["Knock", "Sit down", "Listen", "Write"]
RIGHT_PAIRS = {
    pair["left"]: pair["right"]
    for quiz in (QUIZ, QUIZ_EN)
    for one in quiz["questions"]
    for pair in one.get("pairs", ())
}

BASELINE = {
    "title": "初始能力评估",
    "slug": "baseline",
    "minutes": 40,
    "attempts": 1,
    "areas": [{"key": "A", "title": "法律"}, {"key": "B", "title": "实务"}, {"key": "C", "title": "伦理"}],
    "questions": [
        {"key": "b1", "type": "true_false", "area": "A", "text": "疑似受到侵害，就要报告。", "correct": True},
        {
            "key": "b2",
            "type": "single",
            "area": "B",
            "text": "走访时先做什么？",
            "options": [{"text": "听孩子说", "correct": True}, {"text": "填表"}],
        },
        {
            "key": "b3",
            "type": "multiple",
            "area": "C",
            "text": "记录里不写什么？",
            "options": [{"text": "姓名", "correct": True}, {"text": "住址", "correct": True}, {"text": "孩子的话"}],
        },
    ],
}
BASELINE_EN = {
    "title": "Baseline assessment",
    "areas": [{"key": "A", "title": "Law"}, {"key": "B", "title": "Practice"}, {"key": "C", "title": "Ethics"}],
    "questions": [
        {"key": "b1", "type": "true_false", "text": "A suspicion is enough to report.", "correct": True},
        {
            "key": "b2",
            "type": "single",
            "text": "What comes first on a visit?",
            "options": [{"text": "Listening to the child"}, {"text": "A form"}],
        },
        {
            "key": "b3",
            "type": "multiple",
            "text": "What is left out of a record?",
            "options": [{"text": "Names"}, {"text": "Addresses"}, {"text": "The child's words"}],
        },
    ],
}

RUBRIC = {
    "title": "行路量表",
    "title_en": "Rubric of the road",
    "criteria": [
        {
            "title": "安全与伦理",
            "title_en": "Safety and ethics",
            "weight": 50,
            "veto": True,
            "levels": [
                ["一直跟到底", "Followed to the end"],
                ["完整", "Complete"],
                ["晚了一步", "A step late"],
                ["漏看风险", "Risk missed"],
            ],
        },
        {
            "title": "记录与反思",
            "title_en": "Recording and reflection",
            "weight": 50,
            "levels": [["诚实", "Honest"], ["清楚", "Clear"], ["流水账", "A list"], ["没有", "Absent"]],
        },
    ],
}
