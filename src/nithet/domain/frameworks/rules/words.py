"""Words in two languages, as an edition holds them."""

from dataclasses import dataclass
from typing import Literal

Language = Literal["th", "en"]
LANGUAGES: tuple[Language, ...] = ("th", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """Words in Thai and, where given, in English.

    >>> Text("ข้อ", "item").say("en"), Text("ข้อ").say("en")
    ('item', 'ข้อ')
    """

    th: str
    en: str = ""

    def say(self, language: Language) -> str:
        """The words in `language`; Thai where there are no English ones."""
        return self.en if language == "en" and self.en else self.th
