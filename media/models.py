"""Wagtail's image, document and recording models; private files with their uploads and the log of who opened what."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.documents.models import AbstractDocument
from wagtail.documents.models import Document as WagtailDocument
from wagtail.images.models import AbstractImage, AbstractRendition
from wagtail.images.models import Image as WagtailImage
from wagtailmedia.models import AbstractMedia

from media.storage import private_storage


def uploaded_by(related_name):
    """Wagtail's own models stay installed beside ours; a name of our own keeps the ways back apart."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name=related_name,
    )


def tags(related_name):
    return TaggableManager(help_text=None, blank=True, verbose_name=_("tags"), related_name=related_name)


class Image(AbstractImage):
    uploaded_by_user = uploaded_by("uploaded_images")
    tags = tags("tagged_images")

    admin_form_fields = WagtailImage.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]


class Rendition(AbstractRendition):
    image = models.ForeignKey(Image, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = (("image", "filter_spec", "focal_point_key"),)


class Document(AbstractDocument):
    uploaded_by_user = uploaded_by("uploaded_documents")
    tags = tags("tagged_documents")

    admin_form_fields = WagtailDocument.admin_form_fields

    class Meta(AbstractDocument.Meta):
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        permissions = [("choose_document", "Can choose document")]


class Media(AbstractMedia):
    """A recording: video or audio, with captions in each language beside it."""

    uploaded_by_user = uploaded_by("uploaded_media")
    tags = tags("tagged_media")
    transcript = models.TextField(_("transcript"), blank=True)
    admin_form_fields = ("title", "file", "collection", "duration", "thumbnail", "tags", "transcript")

    class Meta:
        verbose_name = _("recording")
        verbose_name_plural = _("recordings")


class Captions(models.Model):
    """WebVTT captions of a recording in one language."""

    media = models.ForeignKey(Media, on_delete=models.CASCADE, related_name="captions")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES)
    file = models.FileField(_("WebVTT file"), upload_to="captions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["media", "language"], name="one_captions_file_per_language")]
        verbose_name = _("captions")
        verbose_name_plural = _("captions")


class PrivateFileQuerySet(models.QuerySet):
    def kept(self):
        """Those whose bytes are still there."""
        return self.filter(erased_at=None)

    def of_subject(self, purpose, subject):
        return self.kept().filter(purpose=purpose, subject=subject)


class PrivateFile(models.Model):
    """A stored private file. Its purpose names the app that says who may open it (``media.file_purposes``).

    ``subject`` is what it was added to, in the words of that app; empty when it was taken back and something handed
    in still has it. An erased file keeps its size and hash, and loses its name and its bytes.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=60, blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="private_files")
    name = models.CharField(_("file name"), max_length=200)
    file = models.FileField(storage=private_storage, upload_to="", max_length=200)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True, blank=True)

    objects = PrivateFileQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject"])]
        verbose_name = _("private file")
        verbose_name_plural = _("private files")

    def __str__(self):
        return self.name

    @property
    def short_hash(self):
        """The beginning of the hash as receipts print it: 7F3A-92C1."""
        return f"{self.sha256[:4]}-{self.sha256[4:8]}".upper()


class Upload(models.Model):
    """A file on its way in, in chunks (tus). The offset is the size of the partial file.

    When all has arrived and was taken, ``file`` is what became of it: a client that missed the answer asks again.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads")
    purpose = models.CharField(max_length=30)
    subject = models.CharField(max_length=60, help_text="What the file is for, in the words of the purpose's app.")
    name = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    file = models.ForeignKey(PrivateFile, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["purpose", "subject"])]

    def __str__(self):
        return str(self.uuid)


class Opening(models.Model):
    """Somebody opened private text or a private file: who, what, when, why. Append-only; no content."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="openings")
    at = models.DateTimeField()
    kind = models.CharField(max_length=30, help_text="file, submission, application …")
    reference = models.CharField(max_length=60, help_text="The number or code of what was opened.")
    capacity = models.CharField(max_length=60, blank=True, help_text="As what: author, supervisor, scorer …")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["kind", "reference"])]
        verbose_name = _("opening")
        verbose_name_plural = _("openings")
