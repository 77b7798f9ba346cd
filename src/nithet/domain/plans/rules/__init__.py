"""Pure decisions on plain values of plans."""
