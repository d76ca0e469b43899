"""The letters' first texts, in Chinese and English. Staff edit them afterwards; these are only what we begin with."""

FOOT_ZH = """

结果以邮件为准。申请进度：{link}
联系我们：{contact}

{programme}项目办
{date}
信件编号 {number}"""

FOOT_EN = """

What counts is this letter. State of your application: {link}
Contact: {contact}

Programme office, {programme}
{date}
Letter {number}"""

TEXTS = {
    ("receipt", "zh-hans"): (
        "收到你的申请（{application}）",
        """{name}：

你的申请我们收到了。
申请号：{application}
收到时间：{time}（北京时间）

申请的培养方向：
{tracks}
{missed}

随附文件和校验码：
{files}

请登录网站完成初始能力评估（24 题，40 分钟，只做一次）。""",
    ),
    ("offer", "zh-hans"): (
        "录取通知：{track}",
        """{name}：

恭喜你。{programme}（{cohort}）{track}方向录取了你。

请在 {deadline}（北京时间）前登录网站确认入学。到时没有确认，名额会给候补的同行。
本期 {starts} 开班，课程费用全免。入学后请按时学习，保守孩子和家庭的秘密，接受督导。""",
    ),
    ("waitlist", "zh-hans"): (
        "候补通知：{track}",
        """{name}：

{track}方向名额 {seats} 个，已经排满。你在候补名单上，现在是第 {position} 位。

候补名单用到 {valid_until}。有人放弃时按顺序递补，系统自动发信，给你 {days} 天确认。""",
    ),
    ("decline", "zh-hans"): (
        "申请结果：{track}",
        """{name}：

谢谢你申请{track}方向（{cohort}）。这一次没有录取，原因：
{reason}

如有疑问，可以在 {review_until} 前向项目办申请复核一次，由没有参加评分的人办理。欢迎申请下一期。""",
    ),
    ("ask", "zh-hans"): (
        "请补材料：{track}",
        """{name}：

审查你的{track}方向申请时，还需要你补充：
{items}

请在 {deadline}（北京时间）前登录网站补齐并重新提交。逾期按现有材料审查。""",
    ),
    ("lapse", "zh-hans"): (
        "录取名额已过期：{track}",
        """{name}：

{track}方向的录取名额要在 {deadline}（北京时间）前确认，我们没有收到你的确认，名额已经给了候补的同行。""",
    ),
    ("confirmed", "zh-hans"): (
        "入学已确认：{track}",
        """{name}：

你已确认参加{track}方向（{cohort}）。本期 {starts} 开班，登录网站就能看到课程。""",
    ),
    ("receipt", "en"): (
        "We have your application ({application})",
        """Dear {name},

we have received your application.
Number: {application}
Received: {time} (Beijing time)

Tracks:
{tracks}
{missed}

Files and check sums:
{files}

Please sign in and take the baseline assessment (24 questions, 40 minutes, one attempt).""",
    ),
    ("offer", "en"): (
        "You are offered a seat: {track}",
        """Dear {name},

congratulations: {programme} ({cohort}) offers you a seat in {track}.

Please sign in and confirm it before {deadline} (Beijing time). A seat that is not confirmed goes to the waiting list.
The cohort begins on {starts}. There is no course fee. You learn on time, keep what you hear of children and families
to yourself, and accept supervision.""",
    ),
    ("waitlist", "en"): (
        "You are on the waiting list: {track}",
        """Dear {name},

the {seats} seats of {track} are taken. You are number {position} on the waiting list.

The list is used until {valid_until}. When a seat becomes free, the next person gets a letter and {days} days to
confirm.""",
    ),
    ("decline", "en"): (
        "Result of your application: {track}",
        """Dear {name},

thank you for applying to {track} ({cohort}). This time we cannot offer you a seat. The reason:
{reason}

Until {review_until} you can ask the programme office once for a review, by somebody who did not score. You are
welcome to apply again.""",
    ),
    ("ask", "en"): (
        "Please supplement your application: {track}",
        """Dear {name},

to go on with your application to {track} we need:
{items}

Please sign in, supplement and send it again before {deadline} (Beijing time). After that we go by what we have.""",
    ),
    ("lapse", "en"): (
        "Your offer has lapsed: {track}",
        """Dear {name},

the seat in {track} had to be confirmed before {deadline} (Beijing time). We received no confirmation, and the seat
went to the waiting list.""",
    ),
    ("confirmed", "en"): (
        "Your seat is confirmed: {track}",
        """Dear {name},

you take part in {track} ({cohort}). The cohort begins on {starts}; sign in to see your courses.""",
    ),
}


def default(kind, language):
    """(subject, body) to begin with; Chinese when there is no text in the language."""
    found = (str(kind), language) if (str(kind), language) in TEXTS else (str(kind), "zh-hans")
    subject, body = TEXTS[found]
    return subject, body + (FOOT_EN if found[1] == "en" else FOOT_ZH)


def every():
    """(kind, language, subject, body) of all of them."""
    for kind, language in TEXTS:
        yield kind, language, *default(kind, language)
