"""Every write in reviews."""
