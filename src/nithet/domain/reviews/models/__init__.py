"""Tables of reviews, a module per noun; each is loaded here so that Django knows it."""

import nithet.domain.reviews.models.folders
import nithet.domain.reviews.models.frozen  # noqa: F401
