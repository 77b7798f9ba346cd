"""Reading an old action plan: rows of tables and paragraphs become proposed lines; nothing is guessed in silence."""
