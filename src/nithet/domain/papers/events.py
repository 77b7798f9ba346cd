"""Sentences of what happens to papers."""

from nithet.foundation.audit.events import Event

EVENTS = (
    Event("letterhead.edited", "%(actor)s changed the head of the office's papers."),
    Event("template.brought", "%(actor)s brought a template for %(target)s."),
    Event("template.chosen", "%(actor)s said which template is in force for %(target)s."),
    Event("paper.made", "%(actor)s made the paper %(target)s."),
    Event("paper.made_again", "%(actor)s made the paper %(target)s again from the records."),
    Event("paper.brought_back", "%(actor)s brought the paper %(target)s back from Word."),
    Event("paper.numbered", "%(actor)s gave the paper %(target)s the number %(number)s."),
    Event("paper.printed", "%(actor)s printed the paper %(target)s."),
    Event("paper.signed", "%(actor)s marked the paper %(target)s as signed."),
    Event("paper.taken_back", "%(actor)s took the paper %(target)s back."),
    Event("publication.proposed", "%(actor)s proposed to publish %(target)s."),
    Event("publication.approved", "%(actor)s approved that %(target)s is published."),
    Event("publication.withdrawn", "%(actor)s withdrew %(target)s from publication: %(reason)s"),
    Event("publication.shown_again", "%(actor)s published %(target)s again."),
)
