"""Every read of instruments that others use, a module per noun."""
