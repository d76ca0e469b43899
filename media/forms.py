"""Wagtail's forms for images and recordings, with what we check and add."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.forms import BaseImageForm
from wagtailmedia.forms import BaseMediaForm

from media import svg
from media.models import Captions

MOST_CAPTIONS = 1024 * 1024


class ImageForm(BaseImageForm):
    def clean_file(self):
        file = self.cleaned_data["file"]
        if "file" in self.changed_data and file.name.lower().endswith(".svg"):
            file.seek(0)
            svg.check(file.read())
            file.seek(0)
        return file


class RecordingForm(BaseMediaForm):
    """A recording with a captions file for each language."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        kept = {row.language: row.file for row in self.instance.captions.all()} if self.instance.pk else {}
        for language, label in settings.LANGUAGES:
            self.fields[_field(language)] = forms.FileField(
                label=_("Captions: %(language)s") % {"language": label},
                help_text=_("A WebVTT file (.vtt)."),
                required=False,
                initial=kept.get(language),
                validators=[check_captions],
                widget=forms.ClearableFileInput(attrs={"accept": ".vtt"}),
            )

    def save(self, commit=True):
        media = super().save(commit=commit)
        for language, _label in settings.LANGUAGES:
            self._keep_captions(media, language, self.cleaned_data.get(_field(language)))
        return media

    def _keep_captions(self, media, language, file):
        if _field(language) not in self.changed_data:
            return
        Captions.objects.filter(media=media, language=language).delete()
        if file:
            Captions.objects.create(media=media, language=language, file=file)


def _field(language):
    return f"captions_{language.replace('-', '_')}"


def check_captions(file):
    """Raise ValidationError unless the file is WebVTT in UTF-8."""
    file.seek(0)
    data = file.read(MOST_CAPTIONS + 1)
    file.seek(0)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if len(data) > MOST_CAPTIONS or not text.startswith("WEBVTT"):
        raise ValidationError(_("This is not a captions file: it has to begin with WEBVTT and be saved as UTF-8."))
