"""The tags and filters of every template; one tag draws one file of `templates/ui/`.

Leaves take their variables by name and see nothing else of the page: `{% button _("Save") icon="check" %}`.
Containers hold what stands between them and their end: `{% card _("Evidence") %} … {% endcard %}`.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from nithet.foundation.ui import navigation, words
from nithet.foundation.ui.form_parts import field_parts, problems_of
from nithet.foundation.ui.levels import level_words, steps
from nithet.foundation.ui.shapes import (
    Crumb,
    Fact,
    LevelShown,
    Moment,
    Tab,
    Words,
    YearChoice,
)
from nithet.kernel.numerals import to_arabic

register = template.Library()

register.filter("thai_date", words.date_words)
register.filter("thai_time", words.time_words)
register.filter("thai_datetime", words.moment_words)
register.filter("digits", words.number_words)
register.filter("amount", words.amount_words)
register.filter("n_of_n", words.n_of_n_words)
register.filter("fiscal", words.fiscal_words)
register.filter("as_at", words.as_at_words)
register.filter("when", words.when_words)
register.filter("dialled", words.dialled_words)

TONE_ICONS = {
    "good": "check-circle",
    "needs": "alert",
    "bad": "stop",
    "info": "info",
    "rest": "dot",
}


@register.filter
def told(error: Any) -> str:
    """Say a broken rule or a verdict in the reader's language, digits in the kind of the view."""
    if error is None or error == "":
        return ""
    if hasattr(error, "words"):
        return words.number_words(error.words)
    if hasattr(error, "params") and hasattr(error, "message"):
        return words.number_words(gettext(error.message) % error.params)
    return str(error)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw an icon of `frontend/icons.svg`. Without a label it is ornament and not read aloud."""
    address = static("dist/icons.svg")
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>',
            label,
            address,
            name,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>',
        address,
        name,
    )


@register.inclusion_tag("ui/button.html")
def button(
    label: Words,
    *,
    href: str = "",
    kind: str = "primary",
    icon: str = "",
    type: str = "submit",
    name: str = "",
    value: str = "",
    form: str = "",
    large: bool = False,
    why_not: Words = "",
    download: bool = False,
) -> dict[str, Any]:
    """Draw a button, or a link that looks like one where `href` is given."""
    return locals()


@register.inclusion_tag("ui/primary_action.html")
def primary_action(
    label: Words,
    *,
    href: str = "",
    icon: str = "",
    form: str = "",
    name: str = "",
    value: str = "",
    why_not: Words = "",
) -> dict[str, Any]:
    """Draw the one primary action of a page: top right, on a phone at the bottom under the thumb."""
    return locals()


@register.inclusion_tag("ui/state.html")
def state(word: Words, tone: str = "rest", icon: str = "") -> dict[str, Any]:
    """Draw a state as a word with an icon, tinted."""
    return {"word": word, "tone": tone, "icon": icon or TONE_ICONS[tone]}


@register.inclusion_tag("ui/level_meter.html")
def level_meter(
    level: int | None,
    *,
    of: int = 4,
    target: int | None = None,
    possible: Sequence[int] = (),
    text: Words = "",
    name: Words = "",
) -> dict[str, Any]:
    """Draw a level as squares with its words: filled = reached, dashed = target, dotted = still possible."""
    said = level_words(level, of=of, target=target, possible=possible, text=text)
    return {
        "steps": steps(level, of=of, target=target, possible=possible),
        "said": said,
        "name": name,
    }


@register.inclusion_tag("ui/three_levels.html")
def three_levels(
    computed: LevelShown | None,
    declared: LevelShown | None,
    assessor: LevelShown | None,
    *,
    of: int = 4,
    target: int | None = None,
    across: bool = True,
) -> dict[str, Any]:
    """Draw the three levels side by side, each named in full; None says that there is none yet."""
    return locals()


@register.inclusion_tag("ui/stat.html")
def stat(
    label: Words,
    value: object,
    *,
    total: int | None = None,
    unit: Words = "",
    as_at: date | datetime | None = None,
    href: str = "",
    link: Words = "",
    note: Words = "",
    tone: str = "",
) -> dict[str, Any]:
    """Draw one figure: n of N, its as-at date and the link to its rows."""
    return locals()


@register.inclusion_tag("ui/progress.html")
def progress(count: int, total: int, label: Words) -> dict[str, Any]:
    """Draw n of N as a bar beside its words; `label` says what is counted."""
    return locals()


@register.inclusion_tag("ui/empty_state.html")
def empty_state(
    title: Words,
    text: Words = "",
    *,
    href: str = "",
    action: Words = "",
    icon: str = "list",
    second_href: str = "",
    second_action: Words = "",
) -> dict[str, Any]:
    """Draw what stands where nothing is yet: what this place is for and what to do first."""
    return locals()


@register.inclusion_tag("ui/definitions.html")
def definitions(facts: Iterable[Fact | tuple[Words, object]]) -> dict[str, Any]:
    """Draw terms with what they are."""
    return {"facts": [fact if isinstance(fact, Fact) else Fact(*fact) for fact in facts]}


@register.inclusion_tag("ui/because.html")
def because(reason: Words | Sequence[Words]) -> dict[str, Any]:
    """Draw the "เพราะ…" line that stands beside everything judged; several reasons become a list."""
    reasons = [reason] if isinstance(reason, str | Promise) else list(reason)
    return {"reasons": [one for one in reasons if one]}


@register.inclusion_tag("ui/verdict.html")
def verdict(verdict: Any, action: Words = "") -> dict[str, Any]:
    """Draw why something can or cannot be done."""
    return {"verdict": verdict, "action": action, "reason": told(verdict)}


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(crumbs: Iterable[Crumb | tuple[Words, str]]) -> dict[str, Any]:
    """Draw the way to this page."""
    return {"crumbs": [crumb if isinstance(crumb, Crumb) else Crumb(*crumb) for crumb in crumbs]}


@register.inclusion_tag("ui/tabs.html", takes_context=True)
def section_tabs(context: template.Context, section: str, label: Words) -> dict[str, Any]:
    """Draw the tab bar of a section of the menu (`navigation.register_tab`); nothing where the reader sees fewer than two.

    The fiscal year that the page shows (`request.shown_year`), else the one in its address, goes along.
    """
    request = context["request"]
    found = navigation.tabs_of(section, getattr(request, "actor", None), request.path)
    year = _year_shown(request)
    shown = [Tab(tab.label, f"{href}{year}" if tab.keeps_year else href, current) for tab, href, current in found]
    return {"tabs": shown if len(shown) > 1 else [], "label": label}


def _year_shown(request: Any) -> str:
    typed = to_arabic(request.GET.get("year", ""))
    asked = typed if typed.isdecimal() and len(typed) == len("2555") else ""
    year = getattr(request, "shown_year", None) or asked
    return f"?year={year}" if year else ""


@register.inclusion_tag("ui/years.html")
def year_switch(years: YearChoice | None) -> dict[str, Any]:
    """Draw the fiscal years to choose from; it stands under the tabs of the section on every page that shows a year."""
    return {"years": years}


@register.inclusion_tag("ui/tabs.html")
def tabs(tabs: Iterable[Tab], label: Words) -> dict[str, Any]:
    """Draw tabs, each an address of its own; `label` names the set for readers of the screen aloud."""
    return {"tabs": list(tabs), "label": label}


@register.inclusion_tag("ui/timeline.html")
def timeline(moments: Iterable[Moment]) -> dict[str, Any]:
    """Draw what happened, in the order given."""
    return {"moments": list(moments)}


@register.inclusion_tag("ui/pagination.html", takes_context=True)
def pagination(
    context: template.RequestContext, page: "Page[Any]", name: str = "page"
) -> dict[str, Any]:
    """Draw the way between the pages of a list; every other part of the address stays."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[name] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    links = [(n, address(n) if isinstance(n, int) else "") for n in numbers]
    return {
        "page": page,
        "links": links,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
    }


@register.inclusion_tag("ui/sheet_link.html", takes_context=True)
def sheet_link(context: template.RequestContext, label: Words = "") -> dict[str, Any]:
    """Draw the link that downloads the list of the page as Excel: same filters, same order, all its pages."""
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["as"] = "xlsx"
    return {"address": f"?{query.urlencode()}", "label": label}


@register.inclusion_tag("ui/field.html")
def field(
    bound: BoundField, *, label: Words = "", help: Words = "", rows: int | None = None
) -> dict[str, Any]:
    """Draw a form field: label above, help under it, the error at the field."""
    return field_parts(bound, label=label, help_text=help, rows=rows)


@register.inclusion_tag("ui/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """Draw the summary of errors and every field of a form, the hidden ones included."""
    return {"form": form}


@register.inclusion_tag("ui/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """Draw the summary of errors, which takes focus; nothing where there is no error."""
    return {"problems": problems_of(form)}


@register.simple_block_tag
def card(
    content: SafeString,
    title: Words = "",
    *,
    note: Words = "",
    href: str = "",
    link: Words = "",
    id: str = "",
    level: int = 2,
    classes: str = "",
) -> SafeString:
    """Draw a box with a heading around its content."""
    return render_to_string("ui/card.html", locals())


@register.simple_block_tag
def notice(
    content: SafeString, tone: str = "info", title: Words = "", icon: str = ""
) -> SafeString:
    """Draw a tinted line that the reader should notice."""
    shown = {"content": content, "tone": tone, "title": title, "icon": icon or TONE_ICONS[tone]}
    return render_to_string("ui/notice.html", shown)


@register.simple_block_tag
def table(
    content: SafeString, caption: Words, *, caption_shown: bool = False, as_list: bool = True
) -> SafeString:
    """Draw a table (its content: thead and tbody) that becomes a list on a phone.

    On the phone each `td` shows its `data-label` before it.
    """
    return render_to_string("ui/table.html", locals())


@register.simple_block_tag
def fold(content: SafeString, summary: Words, *, open: bool = False) -> SafeString:
    """Draw what opens on touch."""
    return render_to_string("ui/fold.html", locals())
