"""Pages of studies of supervision and of a supervisor's own work (วิจัยและงานของฉัน)."""
