"""Forty files that must do no harm, and forty like them that must be let in. All are made here, in code."""
