"""Foundation: serves any domain package and knows none of their words (floor 2)."""
