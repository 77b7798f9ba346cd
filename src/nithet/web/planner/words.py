"""What these pages say alike."""

from django.contrib import messages
from django.http import HttpRequest

from nithet.foundation.actions.errors import Conflict, Refused
from nithet.foundation.ui.templatetags.nithet import told
from nithet.kernel.errors import RuleBroken


def say_problem(request: HttpRequest, error: RuleBroken) -> None:
    """Say a broken rule above the page that is shown next; conflicts and refusals have pages of their own."""
    if isinstance(error, Conflict | Refused):
        raise error
    messages.error(request, told(error))
