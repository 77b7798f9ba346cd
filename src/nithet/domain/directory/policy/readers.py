"""Who reads the directory."""

from nithet.foundation.access.roles import OFFICE_STAFF, Role

READERS = (
    *sorted(OFFICE_STAFF),
    Role.COMMITTEE_MEMBER,
    Role.NETWORK_CHAIR,
    Role.ASSESSOR,
)
"""Those who read the whole directory; a school's own people read their school's page."""
FIGURE_READERS = (*sorted(OFFICE_STAFF), Role.ASSESSOR)
"""Those who read the figures that documents state."""
