"""Pure decisions about forms on plain values."""
