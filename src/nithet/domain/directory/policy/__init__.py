"""Who may read and write the directory, with the reason; a module per noun."""
