"""Pages of the supervision cycle: the year's model and its steps, matrix, indicators, reviews, handbook, information."""
