"""Pages of what instruments found (ผลจากแบบนิเทศ)."""
