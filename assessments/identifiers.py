"""Points out what in a text might tell who a child is, before it is sent. It suggests; the learner decides.

Numbers are found whatever their disguise (full width, spaces, dashes, invisible characters), and a mistyped check digit
hides nothing. Names that are known (``SubmissionForm.names_to_find``) are searched exactly; others are proposed by
jieba, which is loaded when first needed and misses names it does not know.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import import_module

import phonenumbers
from django.conf import settings
from django.utils.translation import gettext_lazy as _

INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]")
GAP = r"[ \-\u2010-\u2015_.·]?"
NOT_DIGIT_BEFORE, NOT_DIGIT_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"

KINDS = {
    "name": _("a name"),
    "known": _("a name that is known from the form"),
    "id": _("an ID number"),
    "phone": _("a telephone number"),
    "account": _("a WeChat or QQ account"),
    "mail": _("an e-mail or web address"),
    "plate": _("a number plate"),
    "card": _("a bank card or another long number"),
    "birth": _("an exact birth date"),
    "address": _("an address"),
    "school": _("a school, hospital or class"),
}
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
PATTERNS = (
    ("id", NOT_DIGIT_BEFORE + rf"(?:\d{GAP}){{17}}[\dXx]" + NOT_DIGIT_AFTER),
    ("id", NOT_DIGIT_BEFORE + rf"[1-9](?:{GAP}\d){{7}}{GAP}[01]{GAP}\d{GAP}[0-3](?:{GAP}\d){{4}}" + NOT_DIGIT_AFTER),
    ("card", NOT_DIGIT_BEFORE + rf"\d(?:{GAP}\d){{14,18}}" + NOT_DIGIT_AFTER),
    ("mail", r"[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+|www\.\S+"),
    ("account", r"(?:微信|威信|[Ww]e[Cc]hat|[Vv][Xx]|[Qq][Qq])\s*(?:号|id|ID)?\s*[是为:]?\s*([A-Za-z0-9][\w-]{4,19})"),
    ("plate", rf"[{PROVINCES}][A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{{5,6}}(?![A-Z0-9])"),
    ("birth", r"(?:19|20)\d\d\s*[年./-]\s*[01]?\d\s*[月./-]\s*[0-3]?\d\s*(?:日|号)?\s*(?:出生|生(?![活产长效意]))"),
    ("birth", r"(?:生日|出生(?:日期|于|在)?)\s*[是为:]?\s*(?:(?:19|20)\d\d\s*[年./-]\s*)?[01]?\d\s*[月./-]\s*[0-3]?\d"),
    ("address", r"[\u4e00-\u9fff]{1,8}(?:路|街|巷|弄|大道)\s*\d{1,5}\s*(?:号|弄)?|\d{1,4}\s*(?:栋|幢|号楼|单元|门牌)"),
    ("address", r"\d{1,3}\s*组\s*\d{1,4}\s*号|[\u4e00-\u9fff]{2,4}(?:村|屯|寨|社区|小区|花园|新村)\s*\d{1,4}"),
    ("school", r"(?!某)[\u4e00-\u9fff]{2,8}(?<!某)(?:小学|中学|幼儿园|医院|卫生院)"),
    ("school", r"[一二三四五六七八九初高]\s*年?级?\s*[((]\s*[\d一二三四五六七八九十]{1,2}\s*[))]\s*班"),
)
COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in PATTERNS)
VAGUE = re.compile(
    r"(?:某|这所|那所|一所|所在|就读|一名|从|镇|乡|县|市|村|当地|附近|去|到|在|的|读|上)(?:中心)?(?:小学|中学|幼儿园|医院|卫生院)$"
)
STAND_INS = re.compile(r"^(?:孩子|小朋友|同学|家长|督导|老师|社工)?[A-Z甲乙丙丁某]$")
# kin, titles and everyday words that jieba takes for names, though they tell nobody
NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        """老师 主任 书记 医生 警官 校长 院长 所长 村长 叔叔 阿姨 奶奶 爷爷 祖母 祖父 外婆 外公 外祖母 外祖父 姥姥 姥爷
        母亲 父亲 妈妈 爸爸 伯伯 伯父 伯母 大伯 婶婶 舅舅 舅妈 姑姑 姑父 姑妈 姨妈 姨父 小姨 哥哥 姐姐 弟弟 妹妹
        堂哥 堂姐 堂弟 堂妹 表哥 表姐 表弟 表妹 继父 继母 养父 养母 谢谢 卡住 养老金""",
    )
)


@dataclass(frozen=True)
class Place:
    """Where a text stands: in which section and field, in which row, and what people call it."""

    section: str
    field: str
    label: str
    target: str = ""


@dataclass(frozen=True)
class Finding:
    """A piece of text that may tell who somebody is. ``id`` is stable, so that a confirmation finds it again."""

    place: Place
    kind: str
    text: str

    @property
    def label(self):
        return KINDS[self.kind]

    @property
    def id(self):
        plain = f"{self.place.section}/{self.place.field}/{self.kind}/{self.text}"
        return hashlib.sha256(plain.encode()).hexdigest()[:12]


def folded(text):
    """The text as people see it: full width made narrow, invisible characters gone."""
    return INVISIBLE.sub("", unicodedata.normalize("NFKC", text))


def find(texts, names=()):
    """What may identify somebody in (Place, text) pairs: known names first, then numbers, then proposed names.

    Each piece is told once per place.
    """
    names = [folded(name).replace(" ", "") for name in names if len(name.strip()) > 1]
    found = {}
    for place, text in texts:
        for kind, piece in _pieces(folded(text), names):
            finding = Finding(place, kind, piece)
            found.setdefault(finding.id, finding)
    return list(found.values())


def _pieces(text, names):
    taken = []
    for kind, start, end in _spans(text, names):
        if not any(start < other_end and other_start < end for other_start, other_end in taken):
            taken.append((start, end))
            yield kind, text[start:end].strip()


def _spans(text, names):
    """Candidates in order of certainty; a later one that overlaps an earlier one is the same thing again."""
    for name in names:
        spaced = r"\s*".join(map(re.escape, name))
        yield from (("known", *match.span()) for match in re.finditer(spaced, text))
    for kind, pattern in COMPILED:
        for match in pattern.finditer(text):
            if kind != "school" or not VAGUE.search(match.group()):
                yield (kind, *match.span())
    for match in phonenumbers.PhoneNumberMatcher(text, "CN"):
        yield "phone", match.start, match.end
    yield from _proposed_names(text)


_read = {}  # where the names stand in a text, by the text's hash: never the text of a case


def _proposed_names(text):
    """The names that jieba proposes. A text is looked through before it is sent and when it is: it is read once."""
    key = hashlib.sha256(text.encode()).digest()
    if key not in _read:
        if len(_read) >= 2000:
            _read.clear()
        _read[key] = tuple(_names(text))
    return _read[key]


def _names(text):
    """Words that jieba takes for names of people, apart from stand-ins such as 孩子A and titles without a name."""
    if not re.search(r"[\u4e00-\u9fff]{2}", text):
        return
    at = 0
    for word, flag in _cut(text):
        start, at = at, at + len(word)
        if flag == "nr" and len(word) > 1 and not STAND_INS.match(word) and word not in NOT_NAMES:
            yield "name", start, at


def _cut(text):
    """(word, part of speech) pairs."""
    return ((pair.word, pair.flag) for pair in _tagger().cut(text))


@cache
def _tagger():
    """jieba, when it is first needed: half a second and 42 MB that most processes never need."""
    jieba = import_module("jieba")
    jieba.setLogLevel("ERROR")
    jieba.dt.tmp_dir = str(settings.VAR)  # its cache is read as code: not from a folder that everybody may write to
    return import_module("jieba.posseg")
