"""Read-only questions that cross the chain: what the office's home and an item's page show (ภาพรวม)."""
