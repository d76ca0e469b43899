"""The controls of a field that has several, one by one, so that a template can lay them out."""

from django.forms.boundfield import BoundWidget


def controls(bound):
    """Each subwidget of a bound field whose widget is a MultiWidget: ``tag`` and ``id_for_label``."""
    widget = bound.field.widget
    parts = bound.subwidgets[0].data["subwidgets"]
    return [BoundWidget(widget, part, bound.form.renderer) for part in parts]
