"""Wiring only: settings, addresses, middleware and the WSGI entry (floor 5)."""
