"""Input of the pages of core."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from schakelbord.core.display import Display


class DisplayForm(forms.Form):
    """Colours, letters, motion, keys and speech."""

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
    keys = forms.ChoiceField(
        label=_("Single letters as keys on the stage"),
        choices=[("on", _("On: G for the next gap, L for lines, ? for help")), ("off", _("Off"))],
        widget=forms.RadioSelect,
    )
    spoken = forms.ChoiceField(
        label=_("What a screen reader says when you step"),
        choices=[("all", _("Every step")), ("scenes", _("Only new scenes")), ("none", _("Nothing"))],
        widget=forms.RadioSelect,
    )

    def chosen(self) -> Display:
        """The valid choice."""
        return Display(**self.cleaned_data)
