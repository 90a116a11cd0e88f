"""Input of the pages of core."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from schakelbord.core.display import Display


class DisplayForm(forms.Form):
    """Colours, letters and motion."""

    theme = forms.ChoiceField(
        label=_("Colours"),
        choices=[
            ("auto", _("As my device")),
            ("light", _("Light")),
            ("dark", _("Dark")),
            ("contrast", _("High contrast")),
        ],
        widget=forms.RadioSelect,
    )
    letters = forms.ChoiceField(
        label=_("Letters"), choices=[("normal", _("Normal")), ("large", _("Large"))], widget=forms.RadioSelect
    )
    motion = forms.ChoiceField(
        label=_("Motion"),
        choices=[("device", _("As my device")), ("none", _("Without motion"))],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> Display:
        """The valid choice."""
        return Display(**self.cleaned_data)
