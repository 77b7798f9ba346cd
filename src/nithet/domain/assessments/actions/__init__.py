"""Every write in a round."""
