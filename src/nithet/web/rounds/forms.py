"""Shape and wording of what is typed on the pages of a round."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NOT_REACHED = "none"


class AnswerForm(forms.Form):
    """The answer to one test: done, not done, or taken back."""

    answer = forms.ChoiceField(
        choices=[
            ("done", _("Done")),
            ("not_done", _("Not done")),
            ("unanswered", _("Not answered")),
        ]
    )
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)
    seen = forms.CharField(max_length=20, required=False)

    @property
    def is_done(self) -> bool | None:
        """Return the answer as the action takes it."""
        return {"done": True, "not_done": False, "unanswered": None}[self.cleaned_data["answer"]]


class ParagraphForm(forms.Form):
    """The words of one paragraph, with the words that the writer saw first."""

    text = forms.CharField(
        label=_("Text"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 6})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, strip=False)


class LevelForm(forms.Form):
    """A level with its reason: declared by the office, or given by an assessor."""

    level = forms.ChoiceField(label=_("Level"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed where the records show another level, or cannot tell one yet"),
    )

    def __init__(self, *args: Any, levels: tuple[int, ...], below: str, **kwargs: Any) -> None:
        """Offer the levels of the edition, and that none is reached."""
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [("", _("Please choose")), (NOT_REACHED, below)] + [  # type: ignore[attr-defined]
            (str(n), _("Level %(n)s") % {"n": n}) for n in levels
        ]

    @property
    def chosen(self) -> int | None:
        """Return the level; None where none is reached."""
        value = self.cleaned_data["level"]
        return None if value == NOT_REACHED else int(value)


class SignForm(LevelForm):
    """The declared level, signed for exactly what was shown."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=64)


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(
        label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
