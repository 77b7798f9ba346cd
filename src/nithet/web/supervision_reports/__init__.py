"""Pages of the reports on supervision (รายงานการนิเทศ)."""
