"""Every write in the directory, a module per noun."""
