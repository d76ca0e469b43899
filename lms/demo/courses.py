"""The three courses, the baseline assessment and their pictures, from the files beside this module."""

import tomllib
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile, File
from wagtail.models import Collection

from assessments.models import AssignmentPage, Rubric, RubricCriterion, RubricLevel
from assessments.quizzes.imports import add_quiz
from content.importing import stream_from
from content.models import Activity, CoursePage, CoursesPage, LessonPage, ModulePage
from lms.demo.breathing import write_breathing
from lms.programmes.models import TrackActivity, TrackCourse
from media.models import Captions, Image, Media

HERE = Path(__file__).parent
REQUIRED = {  # lesson: the tracks that require it; quizzes and assignments are required in all of them
    "1.1": "PCK",
    "1.2": "PCK",
    "1.3": "K",
    "1.4": "PK",
    "1.5": "CK",
    "2.1": "PCK",
    "2.2": "PCK",
    "2.3": "CK",
    "2.4": "K",
    "2.5": "PCK",
    "3.1": "K",
    "3.2": "PK",
    "3.3": "K",
    "3.4": "PCK",
    "3.5": "PC",
    "3.6": "PC",
}
EVERY_TRACK = "PCK"
COURSES = ["protection", "crisis", "casework"]


def read(*parts):
    """A TOML file of the demo; None when it does not exist."""
    path = HERE.joinpath(*parts)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else None


class CourseLoader:
    """Makes the pages as an editor would: saved as a revision, then published."""

    def __init__(self, tracks, *, by, now):
        self.tracks = tracks
        self.by = by
        self.now = now
        self.root = CoursesPage.objects.get(locale__language_code="zh-hans")
        self.collection = Collection.get_first_root_node()
        self.images = {path.name: self._image(path) for path in sorted((HERE / "illustrations").glob("*.svg"))}
        self.media = {"breathing.wav": self._breathing()}

    def load(self):
        """Every course with its lessons, quizzes and assignments; returns the pages by slug."""
        return {name: self._course(name, order) for order, name in enumerate(COURSES)}

    def _image(self, path):
        with path.open("rb") as stream:
            image = Image(title=path.stem, collection=self.collection, uploaded_by_user=self.by)
            image.file = File(stream, name=path.name)
            image.save()
        return image

    def _breathing(self):
        path = HERE / "media" / "breathing.wav"
        write_breathing(path)
        media = Media(title="两分钟呼吸练习", type="audio", duration=120, collection=self.collection)
        media.file.save(path.name, ContentFile(path.read_bytes()), save=False)
        path.unlink()
        media.save()
        for language, suffix in (("zh-hans", "zh"), ("en", "en")):
            text = (HERE / "media" / f"breathing.{suffix}.vtt").read_bytes()
            Captions(media=media, language=language).file.save(f"breathing.{suffix}.vtt", ContentFile(text))
        return media

    def _publish(self, parent, page):
        page.owner = self.by
        parent.add_child(instance=page)
        page.save_revision(user=self.by, log_action=True).publish(user=self.by)
        return page

    def _course(self, name, order):
        data = read("courses", name, "course.toml")
        course = self._publish(
            self.root,
            CoursePage(
                title=data["title"],
                slug=data["slug"],
                summary=data["summary"],
                cover=self.images[f"{name}.svg"],
            ),
        )
        english = self._translate(course, title=data["title_en"], summary=data["summary_en"])
        for track in self.tracks.values():
            TrackCourse.objects.create(track=track, course=course, order=order)
        modules = [self._module(course, english, name, number, part) for number, part in enumerate(data["modules"], 1)]
        self._quiz(modules[-1], name)
        return course

    def _translate(self, page, **texts):
        """The English page of a page, published with these texts."""
        english = page.copy_for_translation(page.locale.__class__.objects.get(language_code="en"), copy_parents=True)
        for field, text in texts.items():
            setattr(english, field, text)
        english.slug = page.slug
        english.save_revision(user=self.by).publish(user=self.by)
        return english

    def _module(self, course, english, name, number, data):
        module = self._publish(course, ModulePage(title=data["title"], slug=f"m{number}"))
        self._translate(module, title=data["title_en"])
        for key in data["lessons"]:
            self._lesson(module, name, key)
        return module

    def _lesson(self, module, name, key):
        data = read("courses", name, f"{key}.zh.toml")
        page = self._publish(module, self._lesson_page(data))
        page.tags.add(*data.get("tags", []))
        page.save_revision(user=self.by).publish(user=self.by)
        self._require(page, REQUIRED[data["number"]])
        english = read("courses", name, f"{key}.en.toml")
        if english:
            self._translate(page, **self._lesson_fields(english))

    def _lesson_page(self, data):
        return LessonPage(slug=data["slug"], **self._lesson_fields(data))

    def _lesson_fields(self, data):
        return {
            "title": data["title"],
            "objective": data["objective"],
            "minutes": data["minutes"],
            "law_checked_on": data.get("law_checked_on"),
            "review_by": data.get("review_by"),
            "body": stream_from(data["body"], images=self.images, media=self.media),
        }

    def _quiz(self, module, name):
        english = read("courses", name, "quiz.en.toml")
        page = add_quiz(
            module,
            read("courses", name, "quiz.zh.toml"),
            {"en": english} if english else None,
            by=self.by,
            now=self.now,
        )
        self._require(page, EVERY_TRACK)

    def _require(self, page, codes):
        activity = Activity.objects.get(uuid=page.translation_key)
        for code in codes:
            TrackActivity.objects.create(track=self.tracks[code], activity=activity)

    def add_assignments(self, courses):
        """A letter of referral that the instructor grades, and the case record that the supervisor grades."""
        crisis = courses["crisis"].get_children().last().specific
        casework = courses["casework"].get_children().last().specific
        letter = AssignmentPage(
            title="转介信",
            slug="referral",
            minutes=40,
            form="text",
            rubric=make_rubric(read("rubrics.toml")["referral"]),
            objective="学完能做到：写一封不暴露身份、对方看得懂、知道下一步的转介信。",
            instructions="根据你服务中的一个真实情况或课时 2.5 的例子，写一封 300 字左右的转介信。不写姓名、住址和电话。",
        )
        record = AssignmentPage(
            title="个案记录",
            slug="case-record",
            minutes=240,
            form="case_record",
            repeatable=True,
            rubric=make_rubric(read("rubrics.toml")["case_record"]),
            objective="学完能做到：写一份有事实、有判断、有依据，又认不出孩子的个案记录。",
            instructions="先在“个案”里登记同意，再从那里开始写。每个个案交一份，督导按评分量表批阅，可以退回修改。",
        )
        for module, page in ((crisis, letter), (casework, record)):
            self._publish(module, page)
        self._translate(letter, title="Letter of referral", instructions=REFERRAL_EN, objective="")
        self._translate(record, title="Case record", instructions=RECORD_EN, objective="")
        return letter, record

    def add_baseline(self):
        """The baseline assessment in an unlisted course; returns its activity."""
        course = self._publish(self.root, CoursePage(title="入学评估", slug="baseline", listed=False))
        english = self._translate(course, title="Before the course")
        module = self._publish(course, ModulePage(title="初始能力评估", slug="m1"))
        self._translate(module, title="Baseline assessment")
        del english
        page = add_quiz(module, read("baseline.zh.toml"), {"en": read("baseline.en.toml")}, by=self.by, now=self.now)
        return Activity.objects.get(uuid=page.translation_key)


REFERRAL_EN = (
    "From a real situation in your work, or the example in lesson 2.5, write a letter of referral of about 300 "
    "characters. No names, addresses or telephone numbers."
)
RECORD_EN = (
    "Record the consents under “Cases” first, and start from there. One record per case; your supervisor grades it by "
    "the rubric and may return it."
)


def make_rubric(data):
    """A rubric with its criteria and levels from its table in rubrics.toml."""
    rubric = Rubric(title=data["title"], title_en=data["title_en"])
    rubric.criteria = [_criterion(row, order) for order, row in enumerate(data["criteria"])]
    rubric.save()
    return rubric


def _criterion(row, order):
    criterion = RubricCriterion(
        title=row["title"],
        title_en=row["title_en"],
        weight=row["weight"],
        veto=row.get("veto", False),
        sort_order=order,
    )
    criterion.levels = [
        RubricLevel(points=points, text=text, text_en=text_en)
        for points, (text, text_en) in zip((4, 3, 2, 1), row["levels"], strict=True)
    ]
    return criterion


def long_ago(now):
    """When the courses were written: before the first cohort began."""
    return now - timedelta(days=640)
