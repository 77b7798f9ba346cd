"""Carrying whole offices."""
