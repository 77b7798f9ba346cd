"""Pages of the papers that visits make (เอกสารจากการนิเทศ)."""
