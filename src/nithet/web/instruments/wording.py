"""Words for what changed between two versions."""

from django.utils.translation import gettext

from nithet.domain.instruments.rules.comparing import Changed


def changed_words(changed: Changed) -> list[str]:
    """Say what of a question changed, one line each."""
    words = {
        "label": gettext("its words"),
        "hint": gettext("its explanation"),
        "type": gettext("its kind"),
        "choices": gettext("its choices"),
        "range": gettext("its range"),
        "required": gettext("whether it must be answered"),
        "relevant": gettext("when it is asked"),
        "constraint": gettext("what is accepted"),
        "calculate": gettext("how it is worked out"),
        "private": gettext("who sees the answer"),
    }
    return [words[part] for part in changed.parts]
