"""Every write of plans, a module per noun."""
