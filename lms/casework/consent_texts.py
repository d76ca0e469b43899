"""The texts that guardians and children hear or sign, by version. A version that was used is never edited: add one.

The texts are data in both languages, not interface strings, because a consent keeps the version that was agreed to.
Duties behind them: 个人信息保护法 art. 17, 29–31; 儿童个人信息网络保护规定 art. 9–10; 未保法 art. 4(5), 72.
"""

from dataclasses import dataclass

CURRENT = "2026-1"


@dataclass(frozen=True)
class ConsentText:
    """``notice``: (heading, text) in order. The other fields: one sentence per purpose, keyed by its value."""

    title: str
    notice: tuple
    guardian: dict
    told: dict
    own: dict
    signature: str


def consent_text(version, language):
    """The text of one version in Chinese or, for English readers, in English. Raises KeyError for an unknown version."""
    return TEXTS[version]["en" if (language or "").startswith("en") else "zh"]


def child_sentence(version, language, purpose, *, own_words):
    """What is read to the child for one purpose: told simply, or asked for an answer of its own."""
    text = consent_text(version, language)
    return (text.own if own_words else text.told)[purpose]


ZH = ConsentText(
    title="个案服务与资料使用知情同意书",
    notice=(
        (
            "谁在问您",
            "参加儿童服务培养项目的工作人员正在为您的孩子提供服务，并把服务过程写成个案记录，用来学习和改进。"
            "项目的名称、负责人和联系方式由工作人员当面告诉您。",
        ),
        (
            "写什么，不写什么",
            "只写个案编号、年龄段、家里的情况、做了什么和有没有帮助。不写孩子和家人的姓名、住址、学校、电话、证件号，"
            "不收孩子的照片。这份签字页由服务机构锁好保存，不上传。",
        ),
        (
            "谁能看到",
            "写记录的工作人员、指定的督导；由项目指名的讲师。每次打开都有记录。别的人看不到内容。",
        ),
        (
            "放在哪里，留多久",
            "保存在中国境内的服务器上。培养项目结束后 180 天内删除。",
        ),
        (
            "您的权利",
            "可以只同意其中几项，也可以都不同意。不同意或者撤回，都不影响孩子得到服务。"
            "可以随时查看、要求更正或删除，也可以向项目的儿童保护负责人或民政部门投诉。",
        ),
        (
            "怎么撤回",
            "打电话、写纸条或当面说都算，当天生效。撤回“服务和记录”或“督导和培训”后，记录马上关闭，任何人不能再打开。",
        ),
        (
            "例外",
            "发现孩子受到伤害或有危险时，法律要求我们立即报告，这时不需要任何人同意。",
        ),
    ),
    guardian={
        "service": "我同意为孩子提供服务，并按上面说的方式写个案记录。",
        "training": "我同意工作人员把不写姓名的记录交给督导，用来指导和评定工作人员。",
        "evaluation": "我同意项目请我和孩子说说服务怎么样；由别人来问，不是这位工作人员。",
        "publication": "我同意把再次去掉可辨认信息的案例收入案例库。公开前还会再给我看一次。",
    },
    told={
        "service": "“我会常来看你，和你一起想办法。我会写下我们做了什么，不写你的名字。你不想的时候可以告诉我。”",
        "training": "“我想把我们一起做的事告诉我的老师，不说你的名字。你说可以，或者不可以，都没关系。”",
        "evaluation": "“过一阵子会有另一个人问你：我来看你，你觉得怎么样。你可以说，也可以不说。”",
        "publication": "“也许别的老师能从我们的故事里学到东西。故事里没有你的名字。你愿意吗？”",
    },
    own={
        "service": "“我会写下我们一起做的事，只写编号，不写你的名字、学校和住的地方。你随时可以叫停。你同意吗？用你自己的话说。”",
        "training": "“我的督导会看这份记录，帮我把事情做得更好。他不会知道你是谁。你同意吗？用你自己的话说。”",
        "evaluation": "“会有别人来问你对服务的看法，你的回答不会告诉我是谁说的。你同意吗？用你自己的话说。”",
        "publication": "“我们想把这个故事再改得认不出是谁，放进案例库给别的工作者学。你同意吗？不同意也完全可以。”",
    },
    signature="监护人签名：____________　与孩子的关系：____________　日期：______年____月____日",
)

EN = ConsentText(
    title="Consent to service and to the use of a case record",
    notice=(
        (
            "Who asks you",
            "A worker who takes part in a training programme for children's services works with your child and writes a "
            "case record in order to learn. The worker tells you the name of the programme, who is responsible, and how "
            "to reach them.",
        ),
        (
            "What is written, and what is not",
            "Only a case code, an age band, the situation at home, what was done and whether it helped. No names, "
            "address, school, telephone or identity number of the child or the family, and no photo of the child. This "
            "signed page is kept under lock by the service organisation and is not uploaded.",
        ),
        (
            "Who can see it",
            "The worker who writes it and the supervisor assigned; an instructor named by the programme. Every opening "
            "is recorded. Nobody else sees the content.",
        ),
        (
            "Where it is kept, and how long",
            "On servers in mainland China. It is deleted within 180 days after the programme ends.",
        ),
        (
            "Your rights",
            "You may agree to some of the uses or to none. Refusing or withdrawing never affects the service for your "
            "child. You may look at the record, have it corrected or deleted, and complain to the programme's "
            "child-protection officer or to the civil-affairs authority.",
        ),
        (
            "How to withdraw",
            "A call, a note or a word is enough and takes effect the same day. When service or training is withdrawn, "
            "the record is closed at once and nobody can open it again.",
        ),
        (
            "Exception",
            "When a child is harmed or in danger, the law obliges us to report at once, without anyone's consent.",
        ),
    ),
    guardian={
        "service": "I agree that my child receives this service and that it is recorded as described above.",
        "training": "I agree that the record, without names, is read by the supervisor to guide and assess the worker.",
        "evaluation": "I agree that the programme asks me and my child how the service was; somebody else asks, not the worker.",
        "publication": "I agree that the case, with everything recognisable removed once more, enters the case library. "
        "I will be shown it before it is published.",
    },
    told={
        "service": "“I will come to see you often, and we will find ways together. I write down what we did, without your "
        "name. Tell me whenever you do not want to.”",
        "training": "“I would like to tell my teacher what we do together, without your name. You may say yes or no; both "
        "are fine.”",
        "evaluation": "“Later somebody else will ask you how it was when I came. You may answer, or not.”",
        "publication": "“Perhaps other helpers can learn from our story. Your name is not in it. Would you like that?”",
    },
    own={
        "service": "“I will write down what we do together, with a code, without your name, school or home. You can stop it "
        "at any time. Do you agree? Say it in your own words.”",
        "training": "“My supervisor reads this record to help me do better, and will not know who you are. Do you agree? "
        "Say it in your own words.”",
        "evaluation": "“Somebody else will ask what you think of the service, and will not tell me who said what. Do you "
        "agree? Say it in your own words.”",
        "publication": "“We would like to change the story until nobody can tell who it is, and put it into the case "
        "library for other workers. Do you agree? No is a good answer too.”",
    },
    signature="Guardian's signature: ____________  Relation to the child: ____________  Date: ____________",
)

TEXTS = {"2026-1": {"zh": ZH, "en": EN}}
