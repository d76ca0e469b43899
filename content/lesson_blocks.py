"""The registry of lesson blocks and the stream of them that a lesson body is."""

from wagtail import blocks

from lms.plugins import Registry

lesson_blocks = Registry("content.lesson_blocks")


class LessonBody(blocks.StreamBlock):
    """Every registered block, by its key. Built when first used, after plugins have loaded."""

    def __init__(self, local_blocks=None, **kwargs):
        registered = [(block.key, block()) for block in lesson_blocks]
        super().__init__([*registered, *(local_blocks or [])], **kwargs)
