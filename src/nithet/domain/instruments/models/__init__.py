"""Tables of instruments, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.instruments.models.attachments
import nithet.domain.instruments.models.briefings
import nithet.domain.instruments.models.devices
import nithet.domain.instruments.models.instruments
import nithet.domain.instruments.models.media
import nithet.domain.instruments.models.submissions
import nithet.domain.instruments.models.versions  # noqa: F401
