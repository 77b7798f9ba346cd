"""Every read of the directory, a module per noun."""
