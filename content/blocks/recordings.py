"""Video and audio of our own, with captions and a transcript beside them; documents to take along."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtailmedia.blocks import AudioChooserBlock, VideoChooserBlock

from content.transcripts import lines_of
from media.models import Document, Media


class Recording(blocks.StructBlock):
    """What video and audio share. A transcript given here is shown instead of the recording's own."""

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context)
        recording = value["recording"]
        text = value["transcript"] or (recording.transcript if recording else "")
        tracks = recording.captions.order_by("language") if recording else []
        length = round(recording.duration / 60) if recording else 0
        return {**context, "recording": recording, "tracks": tracks, "length": length, "transcript": lines_of(text)}

    def get_preview_value(self):
        """The first recording of this kind in the library, when there is one."""
        first = Media.objects.filter(type=self.key).order_by("pk").first()
        return self.to_python({"recording": first and first.pk, "title": _("Two minutes of breathing")})


class Video(Recording):
    key = "video"
    recording = VideoChooserBlock(label=_("Video"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    transcript = blocks.TextBlock(label=_("Transcript"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video.html"
        description = _("A video of our own; captions belong to the recording.")


class Audio(Recording):
    key = "audio"
    recording = AudioChooserBlock(label=_("Audio"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    transcript = blocks.TextBlock(label=_("Transcript"), required=False)

    class Meta:
        icon = "wagtailmedia-audio"
        label = _("Audio")
        template = "blocks/audio.html"
        description = _("Something to listen to, with its words to read.")


class Handout(blocks.StructBlock):
    key = "document"
    document = DocumentChooserBlock(label=_("Document"))
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=160)
    note = blocks.CharBlock(label=_("What it is for"), required=False, max_length=300)

    def get_preview_value(self):
        first = Document.objects.order_by("pk").first()
        return self.to_python({"document": first and first.pk, "note": _("To print and take along")})

    class Meta:
        icon = "doc-full"
        label = _("Document")
        template = "blocks/document.html"
        description = _("A file to download.")
