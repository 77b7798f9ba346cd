"""Every write about supervision, a module per noun."""
