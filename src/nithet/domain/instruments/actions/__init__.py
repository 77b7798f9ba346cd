"""Every write of instruments, a module per noun."""
