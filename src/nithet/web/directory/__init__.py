"""Pages of the directory (ทำเนียบ): schools."""
