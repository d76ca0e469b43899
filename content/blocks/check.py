"""A question to check oneself, answered in the page and told at once. Which option is right stays on the server."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from content.checks import key_of


class CheckOption(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Answer"), max_length=300)
    correct = blocks.BooleanBlock(label=_("Right"), required=False)
    feedback = blocks.CharBlock(label=_("What the learner is told"), required=False, max_length=400)


class CheckYourself(blocks.StructBlock):
    key = "check"

    question = blocks.CharBlock(label=_("Question"), max_length=400)
    multiple = blocks.BooleanBlock(label=_("Several answers can be right"), required=False)
    options = blocks.ListBlock(CheckOption(), label=_("Answers"), min_num=2)
    required = blocks.BooleanBlock(
        label=_("Needed to complete the lesson"),
        required=False,
        default=True,
        help_text=_("Answered, not answered right."),
    )

    def __init__(self, local_blocks=None, **kwargs):
        named = blocks.RegexBlock(
            regex=r"^[A-Za-z0-9_-]{1,40}$",
            required=False,
            label=_("Key"),
            help_text=_("The same in every language. May stay empty when translations are made by copying."),
        )
        super().__init__([("key", named), *(local_blocks or [])], **kwargs)

    def clean(self, value):
        value = super().clean(value)
        right = sum(option["correct"] for option in value["options"])
        if self.is_deferred_validation or right == 1 or (value["multiple"] and right):
            return value
        wrong = _("Mark at least one answer as right.") if value["multiple"] else _("Mark one answer as right.")
        raise StructBlockValidationError(block_errors={"options": ValidationError(wrong)})

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        return {**context, "check_key": key_of(value, context.get("id"))}

    class Meta:
        icon = "help"
        label = _("Check yourself")
        template = "blocks/check.html"
        preview_value = {
            "key": "sample",
            "required": True,
            "multiple": False,
            "question": _("What do you do first?"),
            "options": [{"text": _("Make sure the child is safe"), "correct": True}, {"text": _("Write the report")}],
        }
        description = _("A question with feedback at once.")
