"""App registration."""

from django.apps import AppConfig


class ReviewsPagesConfig(AppConfig):
    """Pages of folders, assessors and comparisons."""

    name = "nithet.web.reviews"
    label = "web_reviews"
