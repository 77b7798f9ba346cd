"""What every page is made of (หน้าจอ): layout, components, the Buddhist-era words of dates and numbers, and the menu.

It knows no word of the domain. A page extends `ui/page.html` and builds its body with the tags of `templatetags/nithet.py`
(in every template without loading); each tag draws one file of `templates/ui/`, which opens with its variables.

Invariants: one kind of digits in a view; a state is a word and an icon, never colour alone; nothing inline that a strict
content security policy would refuse; everything that is only reading works without scripts.
"""
