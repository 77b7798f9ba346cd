"""Who reads the directory."""

from nithet.foundation.access.roles import OFFICE_STAFF, Role

READERS = (
    *sorted(OFFICE_STAFF),
    Role.COMMITTEE_MEMBER,
    Role.NETWORK_CHAIR,
)
"""Those who read the whole directory; a school's own people read their school's page, an assessor a frozen copy of a round."""
FIGURE_READERS = tuple(sorted(OFFICE_STAFF))
"""Those who read the figures that documents state."""
