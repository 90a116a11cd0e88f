"""Forms for logging in, with our own words."""

from __future__ import annotations

from allauth.account import forms as account_forms
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

WORDS = {
    "login": (_("E-mail address"), _("Fill in your e-mail address.")),
    "email": (_("E-mail address"), _("Fill in your e-mail address.")),
    "password": (_("Password"), _("Fill in your password.")),
    "oldpassword": (_("Your password now"), _("Fill in the password that you use now.")),
    "password1": (_("New password"), _("Fill in a new password.")),
    "password2": (_("New password, once more"), _("Fill in the new password once more.")),
    "code": (_("Code"), _("Fill in the code.")),
}


def use_our_words(form: forms.BaseForm) -> None:
    """Give the fields of `form` our labels and sentences; a placeholder is not a label, so it goes."""
    for name, field in form.fields.items():
        if name in WORDS:
            field.label, field.error_messages["required"] = WORDS[name]
        field.help_text = ""
        if name in {"login", "email"}:
            field.error_messages["invalid"] = _(
                "This is not a complete e-mail address. It looks like name@organisation.nl."
            )
        field.widget.attrs.pop("placeholder", None)


class LoginForm(account_forms.LoginForm):
    """Log in with e-mail address and password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)


class AskNewPasswordForm(account_forms.ResetPasswordForm):
    """Ask for a link to choose a new password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)


class NewPasswordForm(account_forms.ResetPasswordKeyForm):
    """Choose a new password, from the link."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """Choose a new password, knowing the present one."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)


class ConfirmPasswordForm(account_forms.ReauthenticateForm):
    """Give the password again before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)


class SecondFactorForm(AuthenticateForm):
    """Give the code of the app after the password."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)


class ConfirmSecondFactorForm(ReauthenticateForm):
    """Give the code of the app before something that matters."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)


class ActivateSecondFactorForm(ActivateTOTPForm):
    """Switch the second factor on, with a first code."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        use_our_words(self)
