"""App registration."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """Evidence (เอกสาร/หลักฐานอ้างอิง)."""

    name = "nithet.domain.evidence"
    label = "evidence"
