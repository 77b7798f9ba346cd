"""App registration."""

from django.apps import AppConfig


class VisitPapersPagesConfig(AppConfig):
    """Pages of the papers of visits."""

    name = "nithet.web.visit_papers"
    label = "web_visit_papers"
