"""REST with OpenAPI for other systems (floor 4)."""
