"""A round, its items and its judgement in plain sentences (รอบการรายงาน)."""
