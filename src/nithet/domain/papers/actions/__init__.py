"""Every write to papers, a module per noun."""
