"""The question bank in the Wagtail admin: list, write, try out, choose into a quiz. Only questions one may edit."""

import random

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import OuterRef, Subquery
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import IndexView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.chooser import (
    ChooseResultsView,
    ChooseView,
    ChosenMultipleView,
    ChosenView,
)
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permissions import policy_registry

from assessments.questions import build, question_types
from assessments.questions.actions import write
from assessments.questions.editor import Editor
from assessments.questions.models import Question
from assessments.questions.permissions import courses_of
from content.language import DEFAULT
from content.models import CoursePage
from lms import clock


def questions_of(user):
    policy = policy_registry.get_by_type(Question)
    course = CoursePage.objects.filter(translation_key=OuterRef("course"), locale__language_code=DEFAULT)
    mine = policy.instances_user_has_permission_for(user, "change").select_related("version")
    return mine.annotate(course_title=Subquery(course.values("title")[:1])).order_by("-pk")


def type_label(question):
    kind = question.version and question_types.get(question.version.type)
    return kind.label if kind else _("not available")


class QuestionIndex(IndexView):
    def get_base_queryset(self):
        return questions_of(self.request.user)


class AboutForm(forms.Form):
    """What is said of a question besides what it asks."""

    course = forms.ChoiceField(
        label=gettext_lazy("Course"), help_text=gettext_lazy("Whoever may edit this course may edit the question.")
    )
    area = forms.CharField(
        label=gettext_lazy("Area"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("Groups questions in a profile."),
        widget=forms.TextInput(attrs={"class": "input input--short"}),
    )

    def __init__(self, user, *args, **options):
        super().__init__(*args, **options)
        courses = courses_of(user).filter(locale__language_code=DEFAULT).order_by("path")
        named = courses.values_list("translation_key", "title")
        self.fields["course"].choices = [(str(key), title) for key, title in named]


class QuestionView(WagtailAdminTemplateMixin, TemplateView):
    """Write a question: its type first, then its form. “Try it” shows it as learners see it and marks an answer."""

    template_name = "assessments/question_edit.html"
    header_icon = "help"
    sample_prefix = "sample"

    def dispatch(self, request, *args, pk=None, **kwargs):
        policy = policy_registry.get_by_type(Question)
        if not policy.user_has_permission(request.user, "add"):
            raise PermissionDenied
        self.question = get_object_or_404(questions_of(request.user), pk=pk) if pk else None
        self.version = self.question and self.question.version
        key = self.version.type if self.version else request.GET.get("type")
        self.kind = question_types.get(key)
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self):
        return str(self.question or _("New question"))

    def get_breadcrumbs_items(self):
        bank = {"url": reverse("questions:index"), "label": _("Questions")}
        return [*self.breadcrumbs_items, bank, {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs) | {"question": self.question, "kind": self.kind}
        if self.kind is None:
            return context | {"kinds": [] if self.question else list(question_types)}
        return context | {"about": self.about(), "editor": Editor(self.kind, version=self.version)} | kwargs

    def about(self, sent=None):
        initial = {"course": str(self.question.course), "area": self.question.area} if self.question else None
        return AboutForm(self.request.user, sent, initial=initial, prefix="about")

    def post(self, request, *args, **kwargs):
        if self.kind is None:
            return redirect(request.path)
        about, editor = self.about(request.POST), Editor(self.kind, request.POST, version=self.version)
        context = {"about": about, "editor": editor}
        if not (about.is_valid() & editor.is_valid()):
            return self.again(context)
        try:
            if "try" in request.POST:
                return self.again(context | self.tried(editor))
            return self.save(about.cleaned_data, *editor.written())
        except ValidationError as error:
            return self.again(context | {"problem": error.messages})

    def again(self, context):
        return self.render_to_response(self.get_context_data(**context))

    def tried(self, editor):
        """The question as learners see it, and the mark of the sample answer when one was given."""
        data, _translations = editor.written()
        shown = build(self.kind.key, self.kind.written(data)).shuffled(random.Random(1))
        form = shown.form(self.request.POST, prefix=self.sample_prefix)
        response = form.cleaned_data["answer"] or None if form.is_valid() else None
        if response is None:
            form = shown.form(prefix=self.sample_prefix)
        templates = [f"questions/{self.kind.key}.html", "questions/plain.html"]
        mark = shown.mark(response) if response is not None else None
        return {"shown": shown, "sample": form, "templates": templates, "mark": mark, "said": shown.said(response)}

    def save(self, about, data, translations):
        question = self.question or Question()
        question.course, question.area = about["course"], about["area"]
        self.kind.written(data)  # refused before anything is stored
        question.save()
        user, now = self.request.user, clock.now()
        version = write(question, type=self.kind.key, data=data, translations=translations, by=user, now=now)
        messages.success(self.request, _("Saved as version %(number)s.") % {"number": version.number})
        return redirect("questions:edit", question.pk)


class QuestionViewSet(ModelViewSet):
    """Only list, write and edit: a question is neither deleted nor copied, and its history is its versions."""

    model = Question
    name = "questions"
    icon = "help"
    menu_label = gettext_lazy("Questions")
    menu_name = "questions"
    menu_order = 220
    add_to_admin_menu = True
    copy_view_enabled = False
    form_fields = ["area"]
    index_view_class = QuestionIndex
    search_fields = ["title"]
    search_backend_name = None
    list_filter = ["area"]
    list_display = [
        "title",
        Column("type", label=gettext_lazy("Type"), accessor=type_label),
        Column("course_title", label=gettext_lazy("Course")),
        "area",
        Column("number", label=gettext_lazy("Version"), accessor="version.number"),
    ]

    @property
    def add_view(self):
        return QuestionView.as_view()

    @property
    def edit_view(self):
        return QuestionView.as_view()

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Question)

    def get_urlpatterns(self):
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("new/", self.add_view, name="add"),
            path("edit/<int:pk>/", self.edit_view, name="edit"),
        ]

    def get_common_view_kwargs(self, **kwargs):
        names = {"delete_url_name": "", "history_url_name": "", "usage_url_name": ""}
        return super().get_common_view_kwargs(**(kwargs | names))


# --- choosing into a quiz -------------------------------------------------------------------------------------------
class Mine:
    """Choosing among the questions one may edit."""

    def get_object_list(self):
        return questions_of(self.request.user)

    def get_object(self, pk):
        return questions_of(self.request.user).get(pk=pk)

    def get_objects(self, pks):
        return questions_of(self.request.user).filter(pk__in=pks)


def _mine(view):
    return type(f"My{view.__name__}", (Mine, view), {"__module__": __name__})


class QuestionChooser(ChooserViewSet):
    model = Question
    icon = "help"
    choose_one_text = gettext_lazy("Choose a question")
    choose_another_text = gettext_lazy("Choose another question")
    edit_item_text = gettext_lazy("Edit this question")
    choose_view_class = _mine(ChooseView)
    choose_results_view_class = _mine(ChooseResultsView)
    chosen_view_class = _mine(ChosenView)
    chosen_multiple_view_class = _mine(ChosenMultipleView)


viewset = QuestionViewSet()
chooser = QuestionChooser("question_chooser")
