"""The lesson body: a StreamField whose blocks come from the registry and which never loses a block it does not know."""

from wagtail.fields import StreamField

from content.lesson_blocks import LessonBody


class LessonField(StreamField):
    """Leaves its blocks out of migrations, so that installing a plugin demands none."""

    def __init__(self, verbose_name=None, **kwargs):
        super().__init__(LessonBody, verbose_name=verbose_name, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super(StreamField, self).deconstruct()
        return name, path, [], kwargs
