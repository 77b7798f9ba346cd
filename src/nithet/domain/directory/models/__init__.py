"""Tables of the directory, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.directory.models.arrangements
import nithet.domain.directory.models.census
import nithet.domain.directory.models.committees
import nithet.domain.directory.models.figures
import nithet.domain.directory.models.importing
import nithet.domain.directory.models.populations
import nithet.domain.directory.models.schools
import nithet.domain.directory.models.staff  # noqa: F401
