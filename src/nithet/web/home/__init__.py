"""Home of an office and of its people (หน้าแรก)."""
