"""Texts that libraries show here and do not translate into every language of ours.

They stand here so that our catalogues hold them; Django looks there before it looks in a library's own.
"""

from django.utils.translation import ngettext_lazy

PASSWORD_TOO_SHORT = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
    ),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
    ),
)
