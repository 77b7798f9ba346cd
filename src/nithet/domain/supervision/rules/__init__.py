"""Decisions about supervision on plain values, a module per noun."""
