"""What the readers of one file share: its report, and the ids given out so far."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from nithet.domain.frameworks.rules.loading.fields import Fields, Ids, Report
from nithet.domain.frameworks.rules.measures import MeasureSpec


@dataclass(slots=True)
class Shelf:
    """One file being read. `known_measures` None: measures are not checked."""

    report: Report
    known_measures: Collection[str] | None
    kinds: Ids = field(default_factory=lambda: Ids("kinds"))
    items: Ids = field(default_factory=lambda: Ids("items"))
    traces: bool = False

    def check_measure(self, fields: Fields, key: str, name: str) -> MeasureSpec | None:
        """What is known of the measure, if anything; reports one that does not exist."""
        known = self.known_measures
        if known is None:
            return None
        if name not in known:
            full = self.report.full
            near = [] if full else difflib.get_close_matches(name[:80], known, n=1)
            if near:
                fields.fault("unknown_measure_near", key, measure=name[:80], near=near[0])
            else:
                fields.fault("unknown_measure", key, measure=name[:80])
            return None
        spec = known[name] if isinstance(known, Mapping) else None
        return spec if isinstance(spec, MeasureSpec) else None
